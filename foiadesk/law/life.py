"""A request's life as spans of days: what each clock counted, what paused or extended it, how late it is."""

from datetime import date, timedelta
from typing import Literal

from foiadesk.frozen import dataclass
from foiadesk.law.answers import Answer, Clock, ClockState

SpanKind = Literal["counted", "paused", "extended", "late", "left"]
# The clocks worth a line of their own; tracking numbers, reminders and the like are days, not spans.
LANES = ("determination", "expedition", "appeal_window", "appeal_determination", "answer")


@dataclass(frozen=True, slots=True)
class Span:
    """Days from ``begin`` to ``end``. counted: run so far; left: still to run; the others as their names say."""

    begin: date
    end: date
    kind: SpanKind


@dataclass(frozen=True, slots=True)
class Lane:
    """One clock on the line of time. due: last day to act; met_on: when it was; days_late: calendar days."""

    clock_id: str
    kind: str
    title: str
    who: str
    state: str
    start: date
    due: date | None
    met_on: date | None
    days_late: int
    spans: tuple[Span, ...]
    unverified: bool = False  # it rests on a rule whose text was not compared with a source

    @property
    def first(self) -> date:
        """The first day drawn."""
        return self.start

    @property
    def last(self) -> date:
        """The last day drawn."""
        return max((span.end for span in self.spans), default=self.start)


def lanes(answer: Answer, today: date) -> tuple[Lane, ...]:
    """Return the clocks of an answer that have started, each cut into its spans, in the answer's order."""
    found = []
    for clock in answer.clocks:
        if clock.kind in LANES and clock.start is not None and clock.start <= today:
            found.append(_lane(clock, clock.start, today))
    return tuple(found)


def _lane(clock: Clock, start: date, today: date) -> Lane:
    return Lane(
        clock.id, clock.kind, clock.title, clock.who, clock.state.value, start, clock.due, clock.met_on,
        clock.days_late, tuple(_spans(clock, start, today)), clock.unverified,
    )  # fmt: skip


def _spans(clock: Clock, start: date, today: date) -> list[Span]:
    due = clock.due or clock.projected_due
    now = clock.met_on or today
    if clock.state is ClockState.CLOSED and due is not None:
        now = min(now, due)  # it ended without being met: what came after is another clock's
    if due is None:
        return [Span(start, max(start, now), "counted")]
    ended = min(now, due)
    spans = _cut(start, ended, _pauses(clock, start, ended), "counted")
    if clock.extended_by:
        begins = _before_extension(clock, start, due)
        spans = [part for span in spans for part in _from(span, begins)]
        if clock.met_on is None and due > max(ended, begins):
            spans.append(Span(max(ended, begins), due, "extended"))
            due = max(ended, begins)
    if clock.met_on is None and clock.state is not ClockState.CLOSED and due > ended:
        spans.append(Span(ended, due, "left"))
    if clock.days_late and clock.due is not None:
        spans.append(Span(clock.due, clock.due + timedelta(clock.days_late), "late"))
    return sorted((span for span in spans if span.end > span.begin), key=lambda span: (span.begin, span.end))


def _pauses(clock: Clock, start: date, ended: date) -> list[tuple[date, date]]:
    """Return the counted pauses within the span, joined where they overlap."""
    joined: list[tuple[date, date]] = []
    for since, to in sorted((pause.since, pause.to or clock.as_of) for pause in clock.paused if pause.counted):
        begin, end = max(since, start), min(to, ended)
        if end <= begin:
            continue
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined


def _cut(start: date, end: date, pauses: list[tuple[date, date]], kind: SpanKind) -> list[Span]:
    found = []
    at = start
    for since, to in pauses:
        found += [Span(at, since, kind), Span(since, to, "paused")]
        at = to
    return [*found, Span(at, end, kind)]


def _from(span: Span, begins: date) -> list[Span]:
    """Return a counted span in two where the days of the extension begin within it."""
    if span.kind != "counted" or span.end <= begins:
        return [span]
    middle = max(span.begin, begins)
    return [Span(span.begin, middle, "counted"), Span(middle, span.end, "extended")]


def _before_extension(clock: Clock, start: date, due: date) -> date:
    """Return the day the clock would have ended without its extension: so many counted days back from its end."""
    left_out = {skip.date for skip in clock.skipped}
    left, day = clock.extended_by, due
    while left > 0 and day > start:
        left -= day not in left_out
        day -= timedelta(1)
    return day
