"""The event log replayed: what is in force, in the one order the law reads it, whatever order it was entered in."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from foiadesk.frozen import dataclass
from foiadesk.law import naming
from foiadesk.records import Event, EventKind, event_as_json
from foiadesk.records.errors import BadInput
from foiadesk.records.speech import iso_day, say

# Within one day: receipt, ask, answer, extension, release, determination, appeal, appeal decision, suit.
_ORDER: tuple[tuple[EventKind, ...], ...] = (
    (
        EventKind.REQUEST_SENT,
        EventKind.DELIVERY_FAILED,
        EventKind.DELIVERY_PROVED,
        EventKind.REQUEST_RECEIVED,
        EventKind.ROUTED,
        EventKind.ACKNOWLEDGED,
        EventKind.TRACKING_NUMBER,
        EventKind.REFERRED,
        EventKind.CONSULTED,
    ),
    (
        EventKind.PERFECTION_CLAIMED,
        EventKind.EXPEDITION_REQUESTED,
        EventKind.FEE_WAIVER_REQUESTED,
        EventKind.CLARIFICATION_ASKED,
        EventKind.FEE_ESTIMATE,
        EventKind.STILL_INTERESTED_ASKED,
        EventKind.COMPLETION_DATE_ASKED,
    ),
    (
        EventKind.PERFECTION_DISPUTED,
        EventKind.IDENTITY_SENT,
        EventKind.CONSENT_SENT,
        EventKind.PAYMENT_SENT,
        EventKind.PERFECTED,
        EventKind.CLARIFICATION_ANSWERED,
        EventKind.FEE_ANSWERED,
        EventKind.STILL_INTERESTED_ANSWERED,
        EventKind.COMPLETION_DATE_GIVEN,
        EventKind.NARROWED,
    ),
    (EventKind.EXTENSION_NOTICE, EventKind.TIME_FRAME_AGREED),
    (EventKind.INTERIM_RELEASE,),
    (
        EventKind.EXPEDITION_DECIDED,
        EventKind.FEE_WAIVER_DECIDED,
        EventKind.CLOSED,
        EventKind.REOPENED,  # what is closed and reopened on one day is open, and may be determined that same day
        EventKind.DETERMINATION,
    ),
    (EventKind.APPEAL_SENT, EventKind.APPEAL_RECEIVED),
    (EventKind.APPEAL_DECIDED,),
    (
        EventKind.SUIT_FILED,
        EventKind.AMENDED_COMPLAINT,
        EventKind.SERVED,
        EventKind.ANSWERED,
        EventKind.ORDER,
        EventKind.PRODUCTION,
        EventKind.STATUS_REPORT,
        EventKind.VAUGHN_RECEIVED,
        EventKind.JUDGMENT,
        EventKind.SETTLED,
    ),
    (
        EventKind.OGIS_OPENED,
        EventKind.OGIS_CLOSED,
        EventKind.DEMAND_SENT,
        EventKind.CALL,
        EventKind.VISIT,
        EventKind.UNANSWERED_LETTER,
        EventKind.NOTE,
        EventKind.REMINDER,
        EventKind.RETRACTED,
    ),
)
RANK = {kind: number for number, kind in enumerate(kind for group in _ORDER for kind in group)}
_KINDS = len(RANK)


@dataclass(frozen=True, slots=True)
class Log:
    """The events in force up to a day, in order; ``later`` are those in force dated after it."""

    events: tuple[Event, ...]
    later: tuple[Event, ...]
    warnings: tuple[str, ...]


def _place(event: Event) -> int:
    return event.date.toordinal() * _KINDS + RANK[event.kind]


def _content(event: Event) -> str:
    return json.dumps([event.entered_at, event.id, event_as_json(event)], sort_keys=True, default=str)


def in_order(events: Iterable[Event]) -> list[Event]:
    """Return the events by date, then by the order of a day, then by content: never by order of entry."""
    found = sorted(events, key=_place)
    for first, second in pairwise(found):
        if first.kind is second.kind and first.date == second.date:
            return sorted(found, key=lambda event: (_place(event), _content(event)))
    return found


def _depths(events: Sequence[Event]) -> dict[int, int]:
    """Return how many corrections lie below each correcting event, by its identity.

    Raises BadInput for duplicate ids, unknown ids and corrections in a circle.
    """
    by_id: dict[str, Event] = {}
    for event in events:
        if event.id:
            if event.id in by_id:
                raise BadInput(
                    say("{kind}: the id {id} is given to more than one event.", kind=event.kind, id=repr(event.id))
                )
            by_id[event.id] = event
    depths: dict[int, int] = {}
    for event in events:
        chain: list[Event] = []
        walked: set[int] = set()
        at = event
        while at.supersedes and id(at) not in depths:
            if id(at) in walked:
                raise BadInput(say("{kind}: supersedes: the events correct one another in a circle.", kind=event.kind))
            if at.supersedes not in by_id:
                raise BadInput(
                    say(
                        "{kind}: supersedes: there is no event {supersedes}.",
                        kind=at.kind,
                        supersedes=repr(at.supersedes),
                    )
                )
            walked.add(id(at))
            chain.append(at)
            at = by_id[at.supersedes]
        depth = depths.get(id(at), 0)
        for link in reversed(chain):
            depth += 1
            depths[id(link)] = depth
    return depths


def _not_superseded(events: Sequence[Event]) -> tuple[list[Event], list[str]]:
    """Leave out what was corrected or retracted. Raises BadInput as ``_depths`` does."""
    depths = _depths(events)
    kind_of = {event.id: event.kind for event in events}
    # A retraction made in error is itself retracted, and then has no effect. Only later corrections can name it, so
    # going from the newest back settles each before it is needed.
    withdrawn: set[str] = set()
    superseded: set[str] = set()
    corrected: dict[str, int] = {}
    for event in sorted((event for event in events if event.supersedes), key=lambda event: -depths[id(event)]):
        if event.id and event.id in withdrawn:
            continue
        superseded.add(event.supersedes)
        if event.kind is not EventKind.RETRACTED:
            corrected[event.supersedes] = corrected.get(event.supersedes, 0) + 1
        elif kind_of[event.supersedes] is EventKind.RETRACTED:
            withdrawn.add(event.supersedes)
    kept = [e for e in events if e.kind is not EventKind.RETRACTED and not (e.id and e.id in superseded)]
    warnings: list[str] = [
        say(
            "{kind} of {day} was corrected more than once; each correction counts.",
            kind=naming.event(event.kind),
            day=iso_day(event.date),
        )
        for event in in_order(events)
        if event.id and corrected.get(event.id, 0) > 1
    ]
    return kept, warnings


def replay(events: Sequence[Event], today: date) -> Log:
    """Return what is in force on a day. A correction holds from when it was entered, whatever date it carries.

    Raises BadInput for duplicate ids, a superseded id that does not exist, and corrections in a circle.
    """
    warnings: list[str] = []
    kept: Sequence[Event] = events
    plain = True
    ids = set()
    for event in events:
        if event.supersedes or event.kind is EventKind.RETRACTED or event.id in ids:
            plain = False
            break
        if event.id:
            ids.add(event.id)
    if not plain:
        kept, warnings = _not_superseded(events)
        warnings.extend(
            say(
                "retracted of {day} is dated after {today}; what it withdraws is left out.",
                day=iso_day(event.date),
                today=iso_day(today),
            )
            for event in in_order(events)
            if event.kind is EventKind.RETRACTED and event.date > today
        )
    ordered = in_order(kept)
    later: tuple[Event, ...] = ()
    if ordered and ordered[-1].date > today:
        later = tuple(event for event in ordered if event.date > today)
        ordered = [event for event in ordered if event.date <= today]
        warnings.extend(
            say(
                "{kind} of {day} is dated after {today} and was left out.",
                kind=naming.event(event.kind),
                day=iso_day(event.date),
                today=iso_day(today),
            )
            for event in later
        )
    return Log(tuple(ordered), later, tuple(warnings))
