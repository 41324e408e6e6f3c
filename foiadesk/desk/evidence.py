"""Correspondence as the evidence of an event that is entered already: a receipt, a fax report, a returned message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foiadesk.desk import wording
from foiadesk.records import Event
from foiadesk.records.errors import BadInput, Conflict, NotFound
from foiadesk.records.speech import say
from foiadesk.store import rows_events, rows_requests
from foiadesk.store.rows_common import by_id, value

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.journal import Journal


def request_of(db: Database, event_id: str) -> int:
    """Return the request of an event in force. Raises NotFound, Conflict."""
    row = rows_events.event_row(db, event_id)
    if row is None:
        raise NotFound(say("There is no event {event_id}.", event_id=repr(event_id)), safe="Nothing was changed.")
    if not rows_events.event_status(db, row["seq"])[0]:
        raise Conflict(
            say("The event {event_id} is no longer in force.", event_id=repr(event_id)), safe="Nothing was changed."
        )
    return int(row["request"])


def link(journal: Journal, correspondence: int, event_id: str) -> tuple[int, Event]:
    """Note a letter as evidence of an event on its own request; noting it twice changes nothing.

    Returns the event's row number and the event. Raises NotFound, Conflict, BadInput.
    """
    request = request_of(journal.db, event_id)
    letter = by_id(journal.db, "correspondence", correspondence)
    if letter is None:
        raise NotFound(say("There is no correspondence {correspondence}.", correspondence=correspondence))
    if letter["request"] != request:
        name = rows_requests.request_name(journal.db, request)
        raise BadInput(say("That event happened on {name}.", name=name), todo="File the letter there first.")
    row = rows_events.event_row(journal.db, event_id)
    assert row is not None
    sql = "SELECT 1 FROM event_evidence WHERE event = ? AND correspondence = ?"
    if value(journal.db, sql, (row["seq"], correspondence)) is None:
        journal.insert("event_evidence", {"event": row["seq"], "correspondence": correspondence})
        journal.touch("correspondence", correspondence)
        journal.touch("event", row["seq"])
        journal.touch("request", request)
    return int(row["seq"]), rows_events.event_from_text(row["data"])


def came_with(event: Event, correspondence: int) -> bool:
    """Tell whether an event was entered from this letter, and not only proved by it later."""
    letters = [name for name in event.evidence if name.startswith("correspondence:")]
    return letters[:1] == [f"correspondence:{correspondence}"]


def beside(event: Event) -> tuple[str, ...]:
    """Return what an event names as its evidence beside letters on this desk."""
    return tuple(name for name in event.evidence if not name.startswith("correspondence:"))


def unlink(journal: Journal, correspondence: int, event_seq: int) -> None:
    """Take back that a letter is evidence of an event."""
    sql = "SELECT id FROM event_evidence WHERE event = ? AND correspondence = ?"
    key = value(journal.db, sql, (event_seq, correspondence))
    if key is not None:
        journal.delete("event_evidence", int(key))
        journal.touch("event", event_seq)


def told(event: Event) -> str:
    """Return an event as a sentence names it."""
    return say("“{event}”, {day}", event=wording.event_title(event), day=event.date.isoformat())
