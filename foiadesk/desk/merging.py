"""Two requests that are one: all of the first moves to the second, events by new events, in one undo."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from foiadesk.desk import event_log, evidence
from foiadesk.desk.desk import Done
from foiadesk.desk.request_shapes import Merging
from foiadesk.frozen import dataclass
from foiadesk.records import Event, EventKind, Request
from foiadesk.records.errors import BadInput, NotFound
from foiadesk.records.speech import joined, listed, say, say_count
from foiadesk.store import rows_events, rows_requests
from foiadesk.store.rows_common import dump

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.journal import Journal


@dataclass(frozen=True, slots=True)
class _Move:
    """One event in force of the request that goes: its row, and the event there already that says the same."""

    seq: int
    event: Event
    letters: tuple[int, ...]
    same: int | None


def plan(db: Database, source: int, into: int) -> Merging:
    """Say what merging would do. Raises NotFound, BadInput when the two cannot be one."""
    first, second = _two(db, source, into)
    moves = _moves(db, source, into)
    notes = []
    if first.office.code != second.office.code:
        notes.append(
            say(
                "The requests are to different offices: {short} and {short2}. What {short} did will count as done "
                "by {short2}.",
                short=first.office.short,
                short2=second.office.short,
            )
        )
    sent = [one.event.date for one in moves if one.event.kind is EventKind.REQUEST_SENT and one.same is None]
    has = [event for event in event_log.in_force(db, into) if event.kind is EventKind.REQUEST_SENT]
    if sent and has:
        notes.append(say("Both were sent, on different days: look at the deadlines afterwards."))
    return Merging(
        source=rows_requests.request_name(db, source),
        into=rows_requests.request_name(db, into),
        events=sum(one.same is None for one in moves),
        doubles=sum(one.same is not None for one in moves),
        correspondence=len(_keys(db, "correspondence", source)),
        letters=len(_keys(db, "letters", source)),
        items=len(_missing(first.items, second.items)),
        notes=tuple(notes),
    )


def merge(journal: Journal, source: int, into: int, today: date) -> Done:
    """Move correspondence, letters, events, items and notes of ``source``, and put it in the trash.

    An event that the other has already, alike in every field, is not entered twice. Raises as ``plan``.
    """
    db = journal.db
    first, second = _two(db, source, into)
    found = plan(db, source, into)
    before = event_log.answer(db, into, today)
    for table in ("correspondence", "letters"):
        for key in _keys(db, table, source):
            journal.update(table, key, {"request": into})
    for move in _moves(db, source, into):
        seq = move.same
        if seq is None:
            event = replace(move.event, id="", supersedes="", entered_at="", evidence=evidence.beside(move.event))
            seq, _event = journal.append_event(into, event, move.letters)
        else:
            _prove(journal, seq, move.letters)
        journal.set_status(move.seq, source, False, seq, "merged into another request")
    columns: dict[str, Any] = {"items": dump([*second.items, *_missing(first.items, second.items)])}
    if first.notes.strip() and first.notes.strip() not in second.notes:
        columns["notes"] = f"{second.notes.rstrip()}\n\n{first.notes.strip()}".strip()
    journal.update("requests", into, columns)
    journal.update("requests", source, {"trashed": 1, "trashed_at": journal.at})
    alerts, warnings = event_log.told(before, event_log.answer(db, into, today))
    return Done(
        say("Merged {source} into {into}", source=found.source, into=found.into),
        into,
        (*alerts, *found.notes),
        warnings,
    )


def sentence(found: Merging) -> str:
    """Say in one sentence what moves."""
    moved: list[str] = []
    if found.events:
        moved.append(say_count("{n} event", "{n} events", found.events))
    if found.correspondence:
        moved.append(say_count("{n} piece of correspondence", "{n} pieces of correspondence", found.correspondence))
    if found.letters:
        moved.append(say_count("{n} letter", "{n} letters", found.letters))
    if found.items:
        moved.append(say_count("{n} item", "{n} items", found.items))
    what = listed(moved) or say("Nothing")
    said = say("{what} of {source} will move to {into}.", what=what, source=found.source, into=found.into)
    if not found.doubles:
        return said
    twice = say_count("{n} of its events it has already.", "{n} of its events it has already.", found.doubles)
    return joined(" ", (said, twice))


def _two(db: Database, source: int, into: int) -> tuple[Request, Request]:
    if source == into:
        raise BadInput("A request cannot be merged into itself.")
    found = []
    for key in (source, into):
        request = rows_requests.read_request(db, key)
        if request is None:
            raise NotFound(say("There is no request {key}.", key=key))
        if request.trashed:
            raise BadInput(
                say("{request} is in the trash.", request=rows_requests.request_name(db, key)), todo="Restore it first."
            )
        found.append(request)
    if found[0].law != found[1].law:
        raise BadInput(
            say(
                "One was made under {law}, the other under {law2}: they are not one request.",
                law=found[0].law,
                law2=found[1].law,
            )
        )
    return found[0], found[1]


def _keys(db: Database, table: str, request: int) -> list[int]:
    sql = f"SELECT id FROM {table} WHERE request = ? ORDER BY id"  # noqa: S608 - our names
    return [key for (key,) in db.execute(sql, (request,)).fetchall()]


def _moves(db: Database, source: int, into: int) -> list[_Move]:
    there = {_content(event): seq for seq, event in rows_events.events_in_force(db, into)}
    found = []
    for seq, event in rows_events.events_in_force(db, source):
        if event.kind is EventKind.RETRACTED:
            continue
        linked = db.execute("SELECT correspondence FROM event_evidence WHERE event = ? ORDER BY id", (seq,)).fetchall()
        found.append(_Move(seq, event, tuple(key for (key,) in linked), there.get(_content(event))))
    return found


def _content(event: Event) -> tuple[Any, ...]:
    """Return what an event says, without who says it."""
    return (event.kind, event.date, dump(dict(sorted(event.fields.items()))), event.note)


def _prove(journal: Journal, seq: int, letters: tuple[int, ...]) -> None:
    known = {key for (key,) in journal.db.execute("SELECT correspondence FROM event_evidence WHERE event = ?", (seq,))}
    for key in letters:
        if key not in known:
            journal.insert("event_evidence", {"event": seq, "correspondence": key})
            journal.touch("correspondence", key)


def _missing(items: tuple[str, ...], there: tuple[str, ...]) -> list[str]:
    return [item for item in items if item not in there]
