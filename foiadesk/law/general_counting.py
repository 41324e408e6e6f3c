"""A clock of any law but the federal one while it is counted: segments, readings, notes; and what it amounts to."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from foiadesk.law import naming
from foiadesk.law.answers import Clock, ClockState, Pause, say
from foiadesk.law.calendars import Calendar
from foiadesk.law.general_runs import Run, Segment, Span, run
from foiadesk.law.making import Maker
from foiadesk.law.packs import Rule
from foiadesk.records.speech import say as told


@dataclass(slots=True)
class Counting:
    """How one clock stands while notices are dealt to it."""

    segments: list[Segment]
    spans: list[Span]
    result: Run
    extended_by: int = 0
    named: date | None = None  # the date the agency named where the law sets no number
    numberless: bool = False
    later: list[date] = field(default_factory=list)
    earlier: list[date] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    cites: list[str] = field(default_factory=list)
    assumed: bool = False

    @property
    def due(self) -> date | None:
        """The last day as counted so far; None while paused, unknown or without a number."""
        return self.named if self.numberless else self.result.due


def _touches_unverified(calendar: Calendar, start: date, due: date | None) -> bool:
    if due is None:
        return False
    days = calendar.unverified
    return bisect_right(days, due.toordinal()) > bisect_right(days, start.toordinal())


def finish(
    make: Maker,
    rule: Rule,
    counting: Counting,
    start: date,
    *,
    about: str = "request",
    met_on: date | None = None,
    ended_on: date | None = None,
    assumed: bool = False,
    notes: Iterable[str] = (),
    pauses: tuple[Pause, ...] = (),
    citations: tuple[str, ...] | None = None,
    rules: tuple[tuple[str, str], ...] = (),
) -> Clock:
    """Make the clock that a counting amounts to."""
    calendar = make.calendar
    due = counting.due
    until = met_on or ended_on or make.closed_on
    projected = None
    paused = counting.result.paused and not counting.numberless
    left_out = counting.result.left_out if not counting.numberless else ()
    if paused:
        closed = run(calendar, start, counting.segments, roll=rule.roll, spans=counting.spans,
                     open_until=until or make.today)  # fmt: skip
        left_out = closed.left_out
        if until:
            due, paused = closed.due, False
        else:
            projected = closed.due
    later = [day for day in (*counting.later, counting.result.latest) if day and due and day > due]
    earlier = [day for day in counting.earlier if due is None or day < due]
    said = [*notes, *counting.notes]
    if rule.unsettled:
        said.append(rule.unsettled)
    if counting.result.note and not counting.numberless:
        said.append(counting.result.note)
    by_calendar = any(unit == "working" for _, unit in counting.segments) or (
        bool(counting.segments) and rule.roll != "none"
    )
    if by_calendar and calendar.unverified:
        said.append(calendar.unsettled)
    cites = tuple(dict.fromkeys((*(rule.citations if citations is None else citations), *counting.cites)))
    clock = make.make(
        rule,
        about=about,
        start=start,
        due=due,
        met_on=met_on,
        ended_on=ended_on,
        is_paused=paused,
        projected=projected,
        paused=pauses,
        extended_by=counting.extended_by,
        earliest=min(earlier) if earlier else None,
        latest=max(later) if later else None,
        basis=cites,
        assumed=assumed or counting.assumed,
        unverified=by_calendar and _touches_unverified(calendar, start, due or projected),
        notes=tuple(dict.fromkeys(said)),
        rules=((rule.says, "; ".join(rule.citations)), *rules),
    )
    last = until or make.today
    if clock.working_days_late and not calendar.covers(last.toordinal()):
        clock = replace(clock, working_days_late=0)  # unknown: the calendar ends before
    return replace(clock, left_out=left_out)


def not_started(make: Maker, rule: Rule, *, met_on: date | None = None, notes: Iterable[str] = ()) -> Clock:
    """Make a clock that nothing has started; it says what it would be if it started today."""
    counted = begin(make.calendar, rule, make.today)
    clock = make.make(rule, about="request", start=None, due=None, met_on=met_on, projected=counted.due,
                      notes=tuple(notes))  # fmt: skip
    return replace(clock, left_out=())


def begin(calendar: Calendar, rule: Rule, start: date, spans: Sequence[Span] = ()) -> Counting:
    """Start counting a rule, with the other number it may have."""
    if rule.days is None:
        counting = Counting([], list(spans), Run(None), numberless=True)
    else:
        segments = [(rule.days, rule.unit or "calendar")]
        counting = Counting(segments, list(spans), run(calendar, start, segments, roll=rule.roll, spans=spans))
    if rule.other_days is not None:
        other = run(calendar, start, [(rule.other_days, rule.other_unit)], spans=spans).due
        if other is not None:
            (counting.earlier if counting.due is None or other < counting.due else counting.later).append(other)
        number, says = naming.period(rule.other_days, rule.other_unit), told(rule.other_says)
        counting.notes.append(
            told("{period} {says}.", period=number, says=says)
            if other is None
            else told("{period} {says}: {day}.", period=number, says=says, day=say(other))
        )
    return counting


def missed(clock: Clock) -> bool:
    """Say whether a clock's last day passed without what it was for."""
    return clock.state is ClockState.MISSED and clock.due is not None
