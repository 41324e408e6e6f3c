"""The window's event loop while mail is brought in, a campaign's letters are set and somebody searches."""

from pathlib import Path
from typing import Any

from bench.importing import make_mails
from bench.measure import child, expect
from bench.setting import Setting
from bench.table import Goal, Row

GOAL = Goal("at most", 50, of="ours")
PATIENCE = 1_500  # seconds


def run(setting: Setting) -> list[Row]:
    """Measure once: its thousands of turns are their own sample."""
    room = setting.room("responsive")
    mails, letters = room / "mails", room / "letters"
    make_mails(mails / "cur", setting.mails)
    letters.mkdir()
    offices = _desk_with_drafts(room / "desk", setting)
    arguments = [str(room / "desk"), setting.passphrase, str(mails), str(letters)]
    found = child("bench.children.under_load", arguments, setting.env(), PATIENCE)
    expect(found["brought"] == setting.mails, f"{found['brought']} of {setting.mails} mails came in")
    expect(found["letters"] == offices, f"{found['letters']} of {offices} letters were saved")
    return [_row(setting, offices, found)]


def _desk_with_drafts(folder: Path, setting: Setting) -> int:
    """Make a desk with one draft for each office; return how many."""
    from foiadesk.desk import Desk, RequestPlan
    from foiadesk.desk.asking import ask_offices
    from foiadesk.exchange.directory import directory
    from foiadesk.records import Requester, Signer

    codes = tuple(office.code for office in directory().all())[: setting.offices]
    with Desk.create(folder, setting.passphrase, clock=lambda: setting.today) as desk:
        who = Requester("Larkspur Rights Project", ("1210 Harbor Street",), signers=(Signer("A. Okonkwo", "Director"),))
        asker = desk.people.add(who).primary
        ask_offices(desk, RequestPlan("Surveillance contracts", ("All contracts.",), codes, (asker,), "Campaign"))
        desk.search.bring()
    return len(codes)


def _row(setting: Setting, offices: int, found: dict[str, Any]) -> Row:
    phases = [f"{name}: {one['p999']:.0f} ms, at most {one['most']:.0f} ms" for name, one in found["phases"].items()]
    return Row(
        name="responsive",
        what=f"event loop, {setting.mails:,} mails come in, {offices} letters are set, somebody searches: gap, p99.9",
        unit="ms",
        ours=found["p999"],
        floor=None,
        against="-",
        goal=GOAL,
        notes=(
            f"longest gap {found['most']:.0f} ms; {found['long']} of {found['ticks']:,} above 50 ms, in "
            f"{found['seconds']:.0f} s",
            "; ".join(phases),
        ),
        details={name: found[name] for name in ("most", "p99", "ticks", "long", "seconds", "phases", "found")},
    )
