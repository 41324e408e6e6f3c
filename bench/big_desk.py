"""A desk of very many requests, made through the desk's own doors, its histories in a few transactions."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bench.histories import events
from bench.measure import Failed, expect

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk import Desk

PASSPHRASE = "seven made-up words for a benchmark desk"
CHUNK = 5_000

_SUBJECTS = (
    "Face recognition contracts", "Cell-site simulator policies", "License plate reader sharing", "Drone flight logs",
    "Detention facility inspections", "Use-of-force reports", "Data broker purchases", "Social media monitoring",
    "Body camera retention", "Predictive policing audits",
)  # fmt: skip
_ITEMS = (
    "All contracts and task orders for the program, with amendments.",
    "All policies and training materials that govern it.",
    "Records sufficient to show its use by month.",
)


@dataclass(frozen=True, slots=True)
class BigDesk:
    """A built and closed desk. sent: how many requests have a history; seconds: what building took."""

    folder: Path
    requests: int
    sent: int
    seconds: float


def build(folder: Path, requests: int, today: date) -> BigDesk:
    """Make a desk on which so many requests wait, are answered, late or closed, as of today; check it and close it."""
    from foiadesk.desk import Desk, RequestPlan
    from foiadesk.records import Requester, Signer

    start = time.monotonic()
    desk = Desk.create(folder, PASSPHRASE, clock=lambda: today)
    try:
        from foiadesk.exchange.directory import directory

        who = Requester("Larkspur Rights Project", ("1210 Harbor Street",), signers=(Signer("A. Okonkwo", "Director"),))
        asker = desk.people.add(who).primary
        codes = tuple(office.code for office in directory().all())
        made: list[int] = []
        while len(made) < requests:
            lot = len(made) // len(codes)
            plan = RequestPlan(
                title=f"{_SUBJECTS[lot % len(_SUBJECTS)]}, {1 + lot}",
                items=_ITEMS,
                offices=codes[: requests - len(made)],
                requesters=(asker,),
            )
            made += sorted(desk.requests.create(plan).ids["request"])
        sent = sum(_tell(desk, made[at : at + CHUNK], at, today) for at in range(0, len(made), CHUNK))
        _check(desk, requests, sent)
    finally:
        desk.close()
    return BigDesk(folder, requests, sent, time.monotonic() - start)


def _tell(desk: "Desk", chunk: Sequence[int], first: int, today: date) -> int:
    """Append the histories of some requests and derive their answers, in one transaction."""
    from foiadesk.desk import standing
    from foiadesk.store import rows_events

    def work(db: "Database") -> int:
        told = 0
        for number, request in enumerate(chunk, first):
            history = events(number, today)
            for place, event in enumerate(history):
                own = replace(event, id=f"b{number:x}.{place}", entered_at=f"{event.date}T12:00:00Z")
                rows_events.append_event(db, request, own)
            if history:
                standing.put(db, request, today)
                told += 1
        return told

    return desk.store.write(work)


def _check(desk: "Desk", requests: int, sent: int) -> None:
    page = desk.deadlines.today()
    if len(desk.requests.ids()) != requests:
        raise Failed("the large desk does not hold every request made")
    expect(sent == 0 or bool(page.agencies_owe), "no agency owes anything on the large desk")
    expect(bool(page.needs_you), "nothing waits for anybody on the large desk")
