"""Postmarks and days of delivery by hand: noted on a letter of ours, and followed by the events that came with it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from foiadesk.desk import event_log, evidence, wording
from foiadesk.desk.desk import Done
from foiadesk.records import Correspondence, Direction, Event, EventKind, event_as_json
from foiadesk.records.errors import BadInput, NotFound
from foiadesk.records.speech import listed, say
from foiadesk.store import rows_events, rows_filing
from foiadesk.store.rows_common import day_text

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.journal import Journal

_SENT = {
    EventKind.REQUEST_SENT: EventKind.REQUEST_RECEIVED,
    EventKind.APPEAL_SENT: EventKind.APPEAL_RECEIVED,
}
_ARRIVED = (*_SENT.values(), EventKind.DELIVERY_PROVED)
BY_HAND = "handed over"


def set_delivery(journal: Journal, key: int, postmark: date | None, by_hand: date | None, today: date) -> Done:
    """Note both days (None: neither) on a letter of ours, and let its events follow.

    A request or an appeal counts as sent on its postmark, and as received on the day it was handed over; of any other
    letter the delivery is proved. Raises NotFound, BadInput for incoming correspondence or a day to come.
    """
    letter = rows_filing.read_correspondence(journal.db, key)
    if letter is None:
        raise NotFound(say("There is no correspondence {key}.", key=key))
    if letter.direction is not Direction.OUT or letter.request is None:
        raise BadInput("Only a letter of ours that is filed on a request is postmarked or handed over.")
    for name, day in (("postmark", postmark), ("by_hand", by_hand)):
        if day is not None and day > today:
            raise BadInput(say("{name}: {day} is after today, {today}.", name=name, day=day, today=today))
        if day is not None and letter.date is not None and day < letter.date:
            raise BadInput(
                say("{name}: {day} is before the date on the letter, {date}.", name=name, day=day, date=letter.date)
            )
    before = event_log.answer(journal.db, letter.request, today)
    alerts: list[str] = []
    came = _came_with(journal.db, letter)
    sent = next((event for event in came if event.kind in _SENT), None)
    sent_on = postmark or letter.date
    if sent is not None and sent_on is not None and sent.date != sent_on:
        data = {**event_as_json(sent), "date": sent_on.isoformat(), "entered_at": None}
        alerts += event_log.correct(journal, sent.id, data, today).alerts
    arrived = next((event for event in came if event.kind in _ARRIVED), None)
    alerts += _arrive(journal, letter, sent, arrived, by_hand, today)
    journal.update("correspondence", key, {"postmark": day_text(postmark), "by_hand": day_text(by_hand)})
    _alerts, warnings = event_log.told(before, event_log.answer(journal.db, letter.request, today))
    return Done(_sentence(letter, postmark, by_hand, today), key, tuple(alerts), warnings)


def _arrive(
    journal: Journal,
    letter: Correspondence,
    sent: Event | None,
    arrived: Event | None,
    by_hand: date | None,
    today: date,
) -> tuple[str, ...]:
    assert letter.request is not None
    if by_hand is None:
        if arrived is None or letter.by_hand is None:
            return ()  # entered otherwise
        return event_log.retract(journal, arrived.id, "not handed over after all", today).alerts
    if arrived is not None:
        if arrived.date == by_hand:
            return ()
        data = {**event_as_json(arrived), "date": by_hand.isoformat(), "assumed": None, "entered_at": None}
        return event_log.correct(journal, arrived.id, data, today).alerts
    kind = _SENT[sent.kind] if sent is not None else EventKind.DELIVERY_PROVED
    data = {"kind": kind.value, "date": by_hand.isoformat()}
    if kind is EventKind.REQUEST_RECEIVED:
        data |= {"office": "proper", "delivery_proof": BY_HAND}
    elif kind is EventKind.APPEAL_RECEIVED and sent is not None:
        data |= {"about": sent.get("about"), "note": BY_HAND}
    else:
        data |= {"note": BY_HAND}
    return event_log.add(journal, letter.request, data, today, (letter.id,)).alerts


def _came_with(db: Database, letter: Correspondence) -> list[Event]:
    """Return the events in force that were entered from this letter."""
    found = []
    for event_id in letter.events:
        row = rows_events.event_row(db, event_id)
        if row is not None:
            event = rows_events.event_from_text(row["data"])
            if evidence.came_with(event, letter.id):
                found.append(event)
    return found


def _sentence(letter: Correspondence, postmark: date | None, by_hand: date | None, today: date) -> str:
    name = letter.subject or say("a letter")
    dated: list[str] = [say("postmarked {day}", day=wording.day(postmark, today))] if postmark else []
    dated += [say("handed over {day}", day=wording.day(by_hand, today))] if by_hand else []
    if dated:
        return say("Noted “{name}” as {dated}", name=name, dated=listed(dated))
    return say("Took the days of delivery off “{name}”", name=name)
