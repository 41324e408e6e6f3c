"""What if: the law's answer with supposed events, and the day several requests are ripe together; nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from foiadesk.desk import event_log
from foiadesk.desk.shapes import Ripening, RipeTogether
from foiadesk.desk.worksheets import pack_of
from foiadesk.frozen import dataclass
from foiadesk.law.answers import Exhaustion, ExhaustionState
from foiadesk.records import Event, event_from_json
from foiadesk.records.errors import BadInput, NotFound
from foiadesk.records.speech import say
from foiadesk.store import rows_requests

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.law import Answer

_RIPE = (ExhaustionState.OPEN, ExhaustionState.EXHAUSTED)
_STEPS = 400  # changes looked at: a request has a clock or two to run out, and a reminder or two

Supposed = Mapping[int, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class _Span:
    """From this day on (until the next span) the answer is this one."""

    first: date
    answer: Exhaustion

    @property
    def ripe(self) -> bool:
        return self.answer.state in _RIPE


def supposed_events(data: Sequence[Mapping[str, Any]]) -> tuple[Event, ...]:
    """Read events that are only supposed; their dates may lie ahead. Raises BadInput naming the kind and field."""
    found = tuple(map(event_from_json, data))
    for event in found:
        if event.supersedes:
            raise BadInput(
                say("{kind}: supersedes: what is only supposed corrects and retracts nothing.", kind=event.kind)
            )
    return found


def plan(db: Database, events: Supposed, today: date) -> dict[int, Answer]:
    """Return the law's answer for each request on a day, with these events added. Raises BadInput, NotFound."""
    return {request: event_log.answer(db, request, today, supposed_events(data)) for request, data in events.items()}


def ripe_together(db: Database, requests: Sequence[int], today: date, events: Supposed) -> RipeTogether:
    """Return the earliest day on which all these requests are ripe if nothing but the supposed events happens."""
    wanted = tuple(dict.fromkeys(requests))
    if not wanted:
        raise BadInput("requests: choose at least one request.")
    strays = sorted(set(events) - set(wanted))
    if strays:
        raise BadInput(say("events: request {strays} is not among those chosen.", strays=strays[0]))
    spans = {request: list(_spans(db, request, today, events.get(request, ()))) for request in wanted}
    each = tuple(_ripening(db, request, spans[request]) for request in wanted)
    missing = tuple(one.request for one in each if one.on is None)
    on = undisputed = None
    if not missing:
        found = list(spans.values())
        if all(walked[0].ripe for walked in found):  # they are already: since the last of them was
            on = max(one.on for one in each if one.on is not None)
        else:
            on = _first_day(found, [span.first for walked in found for span in walked if span.ripe])
        days = [one.undisputed_on for one in each if one.undisputed_on is not None]
        if on is not None and len(days) == len(each):
            ready = max(on, *days)
            undisputed = ready if ready <= today else _first_day(found, [ready])
    return RipeTogether(on, undisputed, each, missing)


def _spans(db: Database, request: int, today: date, data: Sequence[Mapping[str, Any]]) -> Iterator[_Span]:
    """Walk from one day on which the answer may differ to the next."""
    more = supposed_events(data)
    day: date | None = today
    last: Exhaustion | None = None
    for _ in range(_STEPS):
        if day is None or day.year > 2100:
            return
        answer = event_log.answer(db, request, day, more)
        if answer.exhaustion != last:
            last = answer.exhaustion
            yield _Span(day, last)
        day = answer.next_change_on


def _at(spans: Sequence[_Span], day: date) -> _Span:
    return [span for span in spans if span.first <= day][-1]


def _first_day(spans: Sequence[Sequence[_Span]], days: Sequence[date]) -> date | None:
    """Return the first of some days on which all are ripe."""
    for day in sorted(set(days)):
        if all(found[0].first <= day and _at(found, day).ripe for found in spans):
            return day
    return None


def _ripening(db: Database, request: int, spans: Sequence[_Span]) -> Ripening:
    named = rows_requests.request_titles(db, request)
    if named is None:
        raise NotFound(say("There is no request {request}.", request=request))
    place = next((number for number, span in enumerate(spans) if span.ripe), None)
    now = spans[0] if place is None else spans[place]
    on = until = undisputed = None
    if place is not None:
        on = min(now.first, now.answer.since or now.first) if place == 0 else now.first
        after = next((span.first for span in spans[place:] if not span.ripe), None)
        until = after - timedelta(days=1) if after else None
        undisputed = now.answer.undisputed_since
    last = spans[-1] if place is None else now
    unverified = pack_of(db, request).title if last.answer.unverified else ""
    return Ripening(request, *named, last.answer.state.value, on, until, undisputed, last.answer.why, unverified)
