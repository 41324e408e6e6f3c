"""A desk of very many requests: the first thousands made through the desk's doors, the rest copies of their rows."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bench.histories import events
from bench.measure import expect

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk import Desk

PASSPHRASE = "seven made-up words for a benchmark desk"
MADE = 4_000  # requests made one by one; beyond, their rows are copied, which takes seconds instead of minutes
CHUNK = 2_000

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
        desk.deadlines.today()  # from now on stored answers hold for this day; else all would be derived once more
        from foiadesk.exchange.directory import directory

        who = Requester("Larkspur Rights Project", ("1210 Harbor Street",), signers=(Signer("A. Okonkwo", "Director"),))
        asker = desk.people.add(who).primary
        codes = tuple(office.code for office in directory().all())
        made: list[int] = []
        wanted = min(requests, MADE)
        while len(made) < wanted:
            lot = len(made) // len(codes)
            plan = RequestPlan(
                title=f"{_SUBJECTS[lot % len(_SUBJECTS)]}, {1 + lot}",
                items=_ITEMS,
                offices=codes[: wanted - len(made)],
                requesters=(asker,),
            )
            made += sorted(desk.requests.create(plan).ids["request"])
        for at in range(0, wanted, CHUNK):
            _tell(desk, made[at : at + CHUNK], at, today)
        while len(made) < requests:
            made += _copy(desk, made[: requests - len(made)])
        sent = _check(desk, made, today)
    finally:
        desk.close()
    return BigDesk(folder, requests, sent, time.monotonic() - start)


def _tell(desk: "Desk", chunk: Sequence[int], first: int, today: date) -> None:
    """Append the histories of some requests and derive their answers, in one transaction."""
    from foiadesk.desk import standing
    from foiadesk.store import rows_events

    def work(db: "Database") -> None:
        for number, request in enumerate(chunk, first):
            history = events(number, today)
            for place, event in enumerate(history):
                own = replace(event, id=f"b{request}.{place}", entered_at=f"{event.date}T12:00:00Z")
                rows_events.append_event(db, request, own)
            if history:
                standing.put(db, request, today)

    desk.store.write(work)


def _copy(desk: "Desk", originals: Sequence[int]) -> list[int]:
    """Add a copy of each of these requests, the first ones of the desk, with everything that hangs on it."""
    last = originals[-1]

    def work(db: "Database") -> list[int]:
        shift = _one(db, "SELECT max(id) FROM requests")
        later = _one(db, "SELECT max(seq) FROM events")
        links = _one(db, "SELECT max(id) FROM request_requesters")
        moved = {"request": f"request + {shift}"}
        event_id = f"'b' || (request + {shift}) || substr(id, instr(id, '.'))"
        _again(db, "requests", "id", last, {"id": f"id + {shift}", "title": f"title || ' / ' || {shift}"})
        _again(db, "request_requesters", "request", last, {**moved, "id": f"id + {links}"})
        _again(
            db, "events", "request", last,
            {**moved, "seq": f"seq + {later}", "id": event_id, "data": f"json_set(data, '$.id', {event_id})"},
        )  # fmt: skip
        head = f"CASE head_event WHEN 0 THEN 0 ELSE head_event + {later} END"
        _again(db, "standing", "request", last, {**moved, "head_event": head})
        for table in ("standing_clocks", "tracking"):
            _again(db, table, "request", last, moved)
        return [request + shift for request in originals]

    return desk.store.write(work)


def _again(db: "Database", table: str, key: str, last: int, changed: Mapping[str, str]) -> None:
    """Insert once more the rows of a table whose key is not above ``last``, with these columns changed."""
    names = [row[1] for row in db.execute(f"PRAGMA table_info({table})").fetchall()]
    values = ", ".join(changed.get(name, name) for name in names)
    db.execute(f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM {table} WHERE {key} <= {last}")


def _one(db: "Database", sql: str) -> int:
    return int(db.execute(sql).fetchone()[0] or 0)


def _check(desk: "Desk", made: Sequence[int], today: date) -> int:
    """Return how many requests have a history; stored answers must be those the law derives from the events."""
    from foiadesk.desk import standing

    page = desk.deadlines.today()
    expect(len(desk.requests.ids()) == len(made) == len(set(made)), "the large desk does not hold every request made")
    with desk.read() as db:
        told = _one(db, "SELECT count(DISTINCT request) FROM events")
        for request in (*made[:: max(1, len(made) // 100)], made[-1]):
            derived = standing.derive(db, request, today)
            names = [row[1] for row in db.execute("PRAGMA table_info(standing)").fetchall()]
            stored = db.execute("SELECT * FROM standing WHERE request = ?", (request,)).fetchone()
            expect(
                derived is not None and dict(derived.row) == dict(zip(names, stored, strict=True)),
                f"the stored answer of request {request} is not the one its events give",
            )
    expect(told == 0 or bool(page.agencies_owe), "no agency owes anything on the large desk")
    expect(bool(page.needs_you), "nothing waits for anybody on the large desk")
    return told
