"""Worksheets of a desk's requests: one clock opened up, with what the closures entered here do to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from foiadesk.desk import event_log, wording
from foiadesk.records.errors import NotFound
from foiadesk.records.speech import say
from foiadesk.store import rows_requests

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.law import Clock, LawPack, Worksheet


def worksheet(db: Database, request: int, clock_id: str, today: date) -> Worksheet:
    """Return the day-by-day count of one clock; raises NotFound."""
    from foiadesk import law

    answer = event_log.answer(db, request, today)
    pack = pack_of(db, request)
    for clock in answer.clocks:
        if clock.id == clock_id:
            sheet = law.worksheet(clock, law=pack, calendar=clock.calendar, today=today)
            notes = _closure_notes(db, request, clock, pack, today)
            return replace(sheet, notes=(*sheet.notes, *notes)) if notes else sheet
    known = ", ".join(clock.id for clock in answer.clocks)
    raise NotFound(
        say("This request has no clock {clock_id}.", clock_id=repr(clock_id)),
        todo=say("Its clocks are {known}.", known=known),
    )


def worksheet_pdf(db: Database, request: int, clock_id: str, today: date, page: str) -> bytes:
    """Return a worksheet as PDF; raises NotFound, and BadInput for characters that no font here can show."""
    from foiadesk.desk.exhibit import exhibit

    sheet = worksheet(db, request, clock_id, today)
    found = rows_requests.read_request(db, request)
    assert found is not None
    numbers = tuple(
        number
        for (number,) in db.execute(
            "SELECT number FROM tracking WHERE request = ? ORDER BY place", (request,)
        ).fetchall()
    )
    return exhibit(sheet, found, numbers, pack_of(db, request).title, today, "a4" if page == "a4" else "letter")


def pack_of(db: Database, request: int) -> LawPack:
    """Return the pack of a request's law."""
    from foiadesk.law import load_pack

    return load_pack(db.execute("SELECT law FROM requests WHERE id = ?", (request,)).fetchone()[0])


def _closure_notes(db: Database, request: int, clock: Clock, pack: LawPack, today: date) -> tuple[str, ...]:
    """Say what the count would be without the closures a person entered: whether they count is not settled."""
    if clock.calendar is pack.days_of:
        return ()
    plain = event_log.answer(db, request, today, calendar=pack.days_of)
    same = next((one for one in plain.clocks if one.id == clock.id), None)
    last, other = clock.due or clock.projected_due, same.due or same.projected_due if same else None
    if last is None or other is None or other == last:
        return ()
    said = [
        f"Closures entered by hand move the last day: without them it is {wording.day(other)}. Whether such a day is "
        "left out of the count is not settled by the text of the law.",
    ]
    if clock.who == "requester":
        said.append(f"The safe last day for the requester is {wording.day(min(last, other))}.")
    return tuple(said)
