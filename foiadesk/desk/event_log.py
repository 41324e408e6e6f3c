"""Entering, correcting and retracting events: the log only grows, and the way to court is watched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from foiadesk.desk import standing, wording
from foiadesk.desk.desk import Done
from foiadesk.records import Event, EventKind, event_from_json
from foiadesk.records.errors import BadInput, Conflict, NotFound
from foiadesk.records.speech import joined, say
from foiadesk.store import rows_events, rows_requests
from foiadesk.store.rows_common import row

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.journal import Journal
    from foiadesk.law import Answer, Calendar
    from foiadesk.store.rows_common import Row

_OPEN_TO_COURT = ("open", "exhausted")


def in_force(db: Database, request: int) -> tuple[Event, ...]:
    """Return a request's events in force, in the order the law reads them; retractions are no event."""
    from foiadesk.law import in_order

    found = rows_events.events_in_force(db, request)
    return tuple(in_order(event for _, event in found if event.kind is not EventKind.RETRACTED))


def answer(
    db: Database, request: int, today: date, more: Sequence[Event] = (), calendar: Calendar | None = None
) -> Answer:
    """Return what the law says of a request on a day; raises NotFound.

    more: events that are only supposed. calendar: instead of the law's own with this desk's closures.
    """
    facts = row(db, "SELECT law, office_code, fees FROM requests WHERE id = ? AND gone = 0", (request,))
    if facts is None:
        raise NotFound(say("There is no request {request}.", request=request))
    events = [*standing.for_law(rows_events.events_in_force(db, request)), *more]
    days = calendar or standing.calendar_of(db, facts["law"])
    return standing.count(facts["law"], facts["office_code"], facts["fees"], events, today, days)


def checked(data: Mapping[str, Any], today: date) -> Event:
    """Read an event as given; raises BadInput naming what cannot be used, or a date after today."""
    event = event_from_json(data)
    if event.date > today:
        raise BadInput(
            say("{kind}: the date {date} is after today, {today}.", kind=event.kind, date=event.date, today=today)
        )
    return event


def add(journal: Journal, request: int, data: Mapping[str, Any], today: date, evidence: tuple[int, ...] = ()) -> Done:
    """Append an event; the transaction's sentence, row number, alerts and warnings."""
    if data.get("supersedes"):
        old = str(data["supersedes"])
        if data.get("kind") == EventKind.RETRACTED:
            return retract(journal, old, str(data.get("note") or ""), today)
        return correct(journal, old, data, today, evidence)
    event = checked(data, today)
    name = _named(journal.db, request)
    before = answer(journal.db, request, today)
    seq, event = journal.append_event(request, event, evidence)
    said = told(before, answer(journal.db, request, today))
    return Done(
        say(
            "{event}, {day}, on {name}", event=wording.event_title(event), day=wording.day(event.date, today), name=name
        ),
        seq,
        *said,
    )


def correct(
    journal: Journal, event_id: str, data: Mapping[str, Any], today: date, evidence: tuple[int, ...] = ()
) -> Done:
    """Append an event that replaces another; its evidence is kept unless other evidence is given."""
    old = _replaceable(journal.db, event_id)
    own_id = data.get("id")
    event = checked({**data, "id": None if own_id == event_id else own_id, "supersedes": event_id}, today)
    if event.kind is EventKind.RETRACTED:
        return retract(journal, event_id, event.note, today)
    linked = evidence or tuple(
        key
        for (key,) in journal.db.execute(
            "SELECT correspondence FROM event_evidence WHERE event = ? ORDER BY id", (old["seq"],)
        ).fetchall()
    )
    before = answer(journal.db, old["request"], today)
    seq, event = journal.append_event(old["request"], event, linked)
    journal.set_status(old["seq"], old["request"], False, seq, "corrected")
    said = told(before, answer(journal.db, old["request"], today))
    name = _named(journal.db, old["request"])
    return Done(
        say(
            "Corrected: {event}, {day}, on {name}",
            event=wording.event_title(event),
            day=wording.day(event.date, today),
            name=name,
        ),
        seq,
        *said,
    )


def retract(journal: Journal, event_id: str, note: str, today: date) -> Done:
    """Put an event out of force as entered in error."""
    old = _replaceable(journal.db, event_id)
    was = rows_events.event_from_text(old["data"])
    before = answer(journal.db, old["request"], today)
    entry = Event(EventKind.RETRACTED, today, supersedes=event_id, note=note)
    seq, _ = journal.append_event(old["request"], entry)
    journal.set_status(old["seq"], old["request"], False, seq, "retracted")
    said = told(before, answer(journal.db, old["request"], today))
    name = _named(journal.db, old["request"])
    return Done(
        say(
            "Retracted: {event}, {day}, on {name}",
            event=wording.event_title(was),
            day=wording.day(was.date, today),
            name=name,
        ),
        seq,
        *said,
    )


def _replaceable(db: Database, event_id: str) -> Row:
    found = rows_events.event_row(db, event_id)
    if found is None:
        raise NotFound(say("There is no event {event_id}.", event_id=repr(event_id)))
    if found["kind"] == EventKind.RETRACTED:
        raise BadInput("A retraction is not corrected or retracted: enter the event again instead.")
    if not rows_events.event_status(db, found["seq"])[0]:
        raise Conflict(
            say("The event {event_id} was already corrected, retracted or undone.", event_id=repr(event_id)),
            safe="Nothing was changed.",
        )
    return found


def _named(db: Database, request: int) -> str:
    name = rows_requests.request_name(db, request)
    if not name:
        raise NotFound(say("There is no request {request}.", request=request))
    return name


def still(db: Database, request: int, today: date, warnings: Sequence[str]) -> tuple[str, ...]:
    """Return those of the warnings of several events, entered one after the other, that hold after the last of them."""
    if not warnings:
        return ()
    known = answer(db, request, today).warnings
    return tuple(warning for warning in dict.fromkeys(warnings) if warning in known)


def told(before: Answer, after: Answer) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the alerts and the warnings that what was entered newly causes."""
    return _alerts(before, after), tuple(warning for warning in after.warnings if warning not in before.warnings)


def _alerts(before: Answer, after: Answer) -> tuple[str, ...]:
    """Say when the way to court, open until now, is closed by what was entered."""
    was, now = str(before.exhaustion.state), str(after.exhaustion.state)
    if was not in _OPEN_TO_COURT or now in (*_OPEN_TO_COURT, "in_suit", "not_applicable"):
        return ()
    closed = now == "closed_by_determination"
    said = say("This closes the way to court.") if closed else say("By this the way to court is no longer open.")
    return (joined(" ", (said, after.exhaustion.why, say("Check with counsel."))),)
