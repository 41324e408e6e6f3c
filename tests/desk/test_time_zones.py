"""The time zone of the machine changes nothing: the same answers, exhibits and calendar files wherever it stands."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from foiadesk.desk import Desk

from .conftest import PASSPHRASE, START, Ask, Maker, Today, sent

ROOT = Path(__file__).parents[2]
# The first and the last place where a day begins, and one that shifts its clocks within the counts.
ZONES = ("Pacific/Kiritimati", "Etc/GMT+12", "America/New_York", "UTC")
ANSWERS = """if True:
    import sys, time
    from datetime import date
    from hashlib import sha256
    from pathlib import Path
    from foiadesk.desk import Desk
    with Desk.open(Path(sys.argv[1]), sys.argv[2], write=False, clock=lambda: date(2026, 3, 9)) as desk:
        said = [repr(desk.requests.answer(number).as_json()) for number in sorted(desk.requests.ids())]
        said += [repr(desk.deadlines.exhaustion()), repr(desk.deadlines.due()), repr(desk.deadlines.today())]
        said += [desk.deadlines.worksheet(1, "determination").as_text()]
        files = [desk.deadlines.worksheet_pdf(1, "determination"), desk.deadlines.calendar_file(titles=True)]
    print(time.strftime("%z"))
    print(sha256("".join(said).encode() + b"".join(files)).hexdigest())
"""


def test_answers_are_the_same_in_every_time_zone(desk: Desk, ask: Ask, today: Today, maker: Maker) -> None:
    first, second = ask(), ask("Second", "DOJ/BOP")
    sent(desk, first, START)
    sent(desk, second, START)
    desk.requests.add_event(second, {"kind": "determination", "date": "2026-01-05", "outcome": "full_denial"})
    desk.calendar.add_closure(START.replace(day=28), note="Snow")
    desk.requests.ids()
    desk.close()
    said = []
    for zone in ZONES:
        done = subprocess.run(
            [sys.executable, "-c", ANSWERS, str(desk.folder), PASSPHRASE],
            env={**os.environ, "TZ": zone, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
        said.append(done.stdout.split())
    assert len({offset for offset, _ in said}) == len(ZONES), "the zones were not told apart"
    assert len({answers for _, answers in said}) == 1


@pytest.mark.parametrize("zone", ZONES[:3])
def test_the_histories_of_the_law_hold_in_every_time_zone(zone: str) -> None:
    told = ("test_start.py", "test_exhaustion.py", "test_appeals.py", "test_tolls_and_extensions.py")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *(f"tests/law/{name}" for name in told)],
        env={**os.environ, "TZ": zone}, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]
    assert "passed" in done.stdout
