"""One line of time for a request: its events, its correspondence, its due dates."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from foiadesk.desk import event_log, wording
from foiadesk.desk.request_shapes import TimelineEntry
from foiadesk.records.speech import joined, say, say_count
from foiadesk.store import rows_filing, rows_trash

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.law import Clock

_FAR = 365  # days; a limitation period further away stands under the deadlines, not at the end of every timeline


def timeline(db: Database, request: int, today: date) -> tuple[TimelineEntry, ...]:
    """Return events, correspondence and due dates on one line of time, oldest first."""
    events = event_log.in_force(db, request)
    letters = rows_filing.correspondence_of(db, request)
    answer = event_log.answer(db, request, today)
    trashed = rows_trash.events_resting_on_trash(db, request)
    by_event = {event: letter for letter in letters for event in letter.events}
    entries: list[tuple[date, int, TimelineEntry]] = []
    for event in events:
        letter = by_event.get(event.id)
        files = letter.attachments if letter else ()
        title = wording.event_title(event)
        gone = say("The letter it rests on is in the trash.") if event.id in trashed else ""
        detail = joined(" ", filter(None, (event.note, wording.named_exemptions(event), gone)))
        entries.append((event.date, 1, TimelineEntry(event.date, "event", title, detail, event, letter, files)))
    for letter in letters:
        if not letter.events:
            filed = letter.filed_at.date() if letter.filed_at else today
            title = letter.subject or (letter.attachments[0].name if letter.attachments else say("Correspondence"))
            entry = TimelineEntry(letter.date, "correspondence", title, letter.sender, None, letter, letter.attachments)
            entries.append((letter.date or filed, 2, entry))
    for clock in answer.clocks:
        far = clock.kind == "limitation" and clock.due is not None and (clock.due - today).days > _FAR
        if clock.due is not None and str(clock.state) in ("running", "missed") and not far:
            entries.append((clock.due, 3, _due_entry(clock, clock.due, today)))
    return tuple(entry for _, _, entry in sorted(entries, key=lambda each: each[:2]))


def _due_entry(clock: Clock, due: date, today: date) -> TimelineEntry:
    met_on = clock.met_on
    if met_on is None:
        detail = wording.counted(due, today)
    else:
        late, came = (met_on - due).days, wording.day(met_on, today)
        detail = say_count("came {n} day late, on {day}", "came {n} days late, on {day}", late, day=came)
    if clock.unverified:
        detail = joined(" · ", (detail, say("unverified rule")))
    return TimelineEntry(due, "due", wording.due_title(clock.kind, due < today), detail)
