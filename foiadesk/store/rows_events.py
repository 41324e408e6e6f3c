"""Rows of the event log: appended, never changed; and of what is in force."""

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from foiadesk.records import Event, event_as_json, event_from_json
from foiadesk.store.rows_common import Row, dump, insert, row

if TYPE_CHECKING:
    from sqlite_utils import Database


def append_event(db: "Database", request: int, event: Event) -> int:
    """Append an event to a request's log and return its row number."""
    return insert(
        db,
        "events",
        {
            "id": event.id,
            "request": request,
            "kind": event.kind.value,
            "date": event.date.isoformat(),
            "data": dump(event_as_json(event)),
            "entered_at": event.entered_at,
        },
    )


def set_event_status(db: "Database", seq: int, active: bool, replaced_by: int | None, reason: str, at: str) -> None:
    """Append to the record of what is in force."""
    insert(
        db,
        "event_status",
        {"event": seq, "active": int(active), "replaced_by": replaced_by, "reason": reason, "at": at},
    )


def event_status(db: "Database", seq: int) -> tuple[bool, int | None]:
    """Return whether an event is in force, and what replaced it."""
    found = db.execute(
        "SELECT active, replaced_by FROM event_status WHERE event = ? ORDER BY seq DESC LIMIT 1", (seq,)
    ).fetchone()
    return (bool(found[0]), found[1]) if found else (True, None)


def event_row(db: "Database", event_id: str) -> Row | None:
    """Return an event's row (seq, request, data) by its id, if any."""
    return row(db, "SELECT seq, id, request, kind, data FROM events WHERE id = ?", (event_id,))


def event_from_text(text: str) -> Event:
    """Read an event as stored."""
    return event_from_json(json.loads(text))


def events_in_force(db: "Database", request: int) -> list[tuple[int, Event]]:
    """Return (row number, event) of what is in force, by date and then by entry."""
    found = db.execute("SELECT seq, data FROM events_in_force WHERE request = ? ORDER BY date, seq", (request,))
    return [(seq, event_from_text(data)) for seq, data in found.fetchall()]


def event_log(db: "Database", request: int) -> list[tuple[Event, bool]]:
    """Return every event ever entered, in order of entry, each with whether it is in force."""
    found = db.execute(
        """SELECT e.data, coalesce(
            (SELECT s.active FROM event_status s WHERE s.event = e.seq ORDER BY s.seq DESC LIMIT 1), 1)
        FROM events e WHERE e.request = ? AND e.kind <> 'purged' ORDER BY e.seq""",
        (request,),
    )
    return [(event_from_text(data), bool(active)) for data, active in found.fetchall()]


def events_of_all(db: "Database") -> Iterator[tuple[int, list[tuple[int, Event]]]]:
    """Yield (request, its events in force) for every request that has any, by request."""
    held: list[tuple[int, Event]] = []
    current = 0
    for request, seq, data in db.execute("SELECT request, seq, data FROM events_in_force ORDER BY request, date, seq"):
        if request != current:
            if held:
                yield current, held
            current, held = request, []
        held.append((seq, event_from_text(data)))
    if held:
        yield current, held


def in_force_of_kinds(
    db: "Database", kinds: Sequence[str], request: int | None = None
) -> list[tuple[int, str, str, str, str, str | None]]:
    """Return (request, id, kind, date, data, its evidence's correspondence ids joined by commas) of events in force.

    Those of some kinds, of one request or of all, by request, date and entry.
    """
    where = "AND e.request = ?" if request is not None else ""
    found: list[tuple[int, str, str, str, str, str | None]] = db.execute(
        f"""SELECT e.request, e.id, e.kind, e.date, e.data,
            (SELECT group_concat(v.correspondence) FROM event_evidence v WHERE v.event = e.seq)
        FROM events_in_force e WHERE e.kind IN (SELECT value FROM json_each(?)) {where}
        ORDER BY e.request, e.date, e.seq""",  # noqa: S608 - our own
        (dump(list(kinds)), *(() if request is None else (request,))),
    ).fetchall()
    return found


def has_events(db: "Database", request: int) -> bool:
    """Tell whether anything was ever entered in a request's log."""
    return db.execute("SELECT 1 FROM events WHERE request = ? LIMIT 1", (request,)).fetchone() is not None
