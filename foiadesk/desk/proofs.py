"""What a receipt, report or returned message proves: an event that is entered already, or one to enter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from foiadesk.desk import wording
from foiadesk.desk.meaning_shapes import Candidate, Proves, SuggestedEvent
from foiadesk.frozen import dataclass
from foiadesk.records import Event, EventKind
from foiadesk.records.speech import joined, say
from foiadesk.store import rows_events

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.intake.meaning.shapes import Delivery

_RECEIVED = {EventKind.REQUEST_SENT: EventKind.REQUEST_RECEIVED, EventKind.APPEAL_SENT: EventKind.APPEAL_RECEIVED}
_HOW = {"mail": "The postal service", "email": "The mail system", "portal": "The portal", "fax": "The fax report"}
_SAYS = {"delivered": "says it was delivered", "failed": "says it was not delivered", "mailed": "took it"}


@dataclass(frozen=True, slots=True)
class Proof:
    """What follows from a proof of delivery: events to enter on the likeliest request, events it is evidence of."""

    events: list[SuggestedEvent]
    proves: tuple[Proves, ...]
    why: list[str]


def proven(
    db: Database, delivery: Delivery | None, candidates: Sequence[Candidate], clear: bool, day: date | None
) -> Proof | None:
    """Say what a proof of delivery is worth on each candidate; None when the letter is none."""
    if delivery is None:
        return None
    why: list[str] = [
        say(
            "{what} {says}: “{words}”.",
            what=say(_HOW[delivery.how]), says=say(_SAYS[delivery.kind]), words=delivery.words[:160].rstrip("."),
        )
    ]  # fmt: skip
    if delivery.number:
        why = [joined(" ", (*why, say("Its number is {number}.", number=delivery.number)))]
    happened = delivery.date or day
    proves: list[Proves] = []
    events: list[SuggestedEvent] = []
    for place, candidate in enumerate(candidates):
        entered, new = _on(db, candidate.request, delivery, happened)
        for event in entered:
            title = say("{event}, {day}", event=wording.event_title(event), day=event.date.isoformat())
            proves.append(
                Proves(
                    candidate.request,
                    event.id,
                    title,
                    say("It proves “{event}” on {request}.", event=title, request=candidate.name),
                )
            )
        if place == 0 and clear:
            events = [_suggested(new, happened, delivery.words)] if new is not None else []
            why += [one.why for one in proves]
    if not (candidates and clear):
        kind = EventKind.DELIVERY_FAILED if delivery.kind == "failed" else None
        if delivery.kind == "delivered":
            kind = EventKind.APPEAL_RECEIVED if delivery.what == "appeal" else EventKind.REQUEST_RECEIVED
        events = [_suggested(_data(kind, delivery), happened, delivery.words)] if kind is not None else []
    return Proof(events, tuple(proves), why)


def entered_already(
    db: Database, candidate: Candidate, events: Sequence[SuggestedEvent]
) -> tuple[list[SuggestedEvent], list[Proves], list[str]]:
    """Tell the events that are new on a request from those of the same kind and day that are entered there already.

    Returns what is new, what the letter only proves once more, and why.
    """
    there = {(event.kind.value, event.date.isoformat()): event for _seq, event in
             rows_events.events_in_force(db, candidate.request)}  # fmt: skip
    new: list[SuggestedEvent] = []
    proves: list[Proves] = []
    for one in events:
        event = there.get((str(one.data["kind"]), str(one.data.get("date"))))
        if event is None:
            new.append(one)
            continue
        title = say("{event}, {day}", event=wording.event_title(event), day=event.date.isoformat())
        why = say("“{event}” is entered there already; this is one more proof of it.", event=title)
        proves.append(Proves(candidate.request, event.id, title, why))
    return new, proves, [one.why for one in proves]


def _on(db: Database, request: int, delivery: Delivery, day: date | None) -> tuple[list[Event], dict[str, Any] | None]:
    """Return the entered events a proof is evidence of on a request, and the event to enter, if any."""
    events = [event for _seq, event in rows_events.events_in_force(db, request)]
    before = [event for event in events if event.kind in _RECEIVED and (day is None or event.date <= day)]
    if delivery.what:
        wanted = EventKind.APPEAL_SENT if delivery.what == "appeal" else EventKind.REQUEST_SENT
        before = [event for event in before if event.kind is wanted] or before
    if not before:
        if delivery.kind == "mailed":
            return [], None
        return [], _data(
            EventKind.DELIVERY_FAILED if delivery.kind == "failed" else EventKind.DELIVERY_PROVED, delivery
        )
    sending = max(before, key=lambda event: event.date)
    if delivery.kind == "mailed":
        return [sending], None
    if delivery.kind == "failed":
        told = [event for event in events if event.kind is EventKind.DELIVERY_FAILED and event.date == day]
        return told, None if told else _data(EventKind.DELIVERY_FAILED, delivery)
    received = _RECEIVED[sending.kind]
    there = [event for event in events if event.kind is received and not event.assumed and event.date >= sending.date]
    if there:
        same = [event for event in there if event.date == day] or there[:1]
        return same[:1], None
    return [], _data(received, delivery)


def _data(kind: EventKind, delivery: Delivery) -> dict[str, Any]:
    data: dict[str, Any] = {"kind": kind.value}
    if kind is EventKind.REQUEST_RECEIVED:
        data["office"] = "proper"
        by = {"mail": "postal service", "email": "mail system", "portal": "portal receipt", "fax": "fax report"}
        data["delivery_proof"] = f"{by[delivery.how]} {delivery.number}".strip()
    elif delivery.number:
        data["note"] = f"Number {delivery.number}"
    return data


def _suggested(data: dict[str, Any], day: date | None, words: str) -> SuggestedEvent:
    dated = {**data, "date": day.isoformat()} if day is not None else data
    return SuggestedEvent(dated, wording.title_of(data["kind"], data), words)
