"""The clocks of any law but the federal one: acknowledgment, determination, furnishing, appeal, review, time to sue."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from foiadesk.law.answers import Clock, ClockState, Pause, say
from foiadesk.law.calendars import Calendar
from foiadesk.law.general_runs import Run, Segment, Span, run
from foiadesk.law.history import Asked, History
from foiadesk.law.making import Maker
from foiadesk.law.packs import LawPack, Rule
from foiadesk.law.plan import answered_by
from foiadesk.records import Event, EventKind

K = EventKind
_FIRST_REPLIES = (
    K.ACKNOWLEDGED, K.TRACKING_NUMBER, K.EXTENSION_NOTICE, K.COMPLETION_DATE_GIVEN, K.TIME_FRAME_AGREED,
    K.INTERIM_RELEASE,
)  # fmt: skip
_EXPLAINING = (K.ACKNOWLEDGED, K.EXTENSION_NOTICE, K.COMPLETION_DATE_GIVEN)


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


def words(days: int, unit: str) -> str:
    """Write a period: "10 working days", "1 month"."""
    if unit in {"working", "calendar"}:
        return f"{days} {unit} {'day' if days == 1 else 'days'}"
    return f"{days} {unit.removesuffix('s') if days == 1 else unit}"


def _touches_unverified(calendar: Calendar, start: date, due: date | None) -> bool:
    if due is None:
        return False
    return any(start.toordinal() < day <= due.toordinal() for day in calendar.unverified)


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
            on = f": {say(other)}"
            (counting.earlier if counting.due is None or other < counting.due else counting.later).append(other)
        else:
            on = ""
        counting.notes.append(f"{words(rule.other_days, rule.other_unit).capitalize()} {rule.other_says}{on}.")
    return counting


def tolls(history: History, pack: LawPack) -> tuple[list[Span], tuple[Pause, ...], list[str]]:
    """Return the pauses that this law counts, every pause as listed, and what must be said of the others."""
    spans: list[Span] = []
    pauses = []
    notes = []
    for asked in history.asked:
        if not asked.tolls:
            continue
        counts = _counts(asked, pack)
        to = asked.answer.date if asked.answer else None
        if counts:
            spans.append((asked.event.date, to))
            notes.append(pack.tolling.says)
        else:
            question = f"The question about {asked.reason} of {say(asked.event.date)}"
            notes.append(f"{question} pauses nothing here: this law's pack knows no such pause. Check the statute.")
        pauses.append(Pause(asked.event.date, to, asked.reason, counts))
    return spans, tuple(pauses), notes


def _counts(asked: Asked, pack: LawPack) -> bool:
    return pack.tolling.fees if asked.reason == "fees" else pack.tolling.information


def first_reply(history: History, after: date) -> Event | None:
    """Return the agency's first word on the request since a day: an acknowledgment, a notice or an answer."""
    answer = answered_by(history)
    found = [event for kind in _FIRST_REPLIES for event in history.all(kind) if event.date >= after]
    if answer is not None and answer.date >= after:
        found.append(answer.event)
    return min(found, key=lambda event: event.date) if found else None


def acknowledgment(history: History, pack: LawPack, make: Maker, start: date, *, assumed: bool) -> Clock:
    """Return the clock of the first reply."""
    rule = pack.clocks["acknowledgment"]
    reply = first_reply(history, start)
    return finish(make, rule, begin(make.calendar, rule, start), start, met_on=reply.date if reply else None,
                  assumed=assumed)  # fmt: skip


def determination(
    history: History, pack: LawPack, make: Maker, start: date, first: Clock | None, *, assumed: bool,
    notes: Sequence[str],
) -> Clock:  # fmt: skip
    """Return the clock of the answer: chained to the acknowledgment where the law says so, paused, extended."""
    rule = pack.clocks["determination"]
    answer = answered_by(history)
    said = list(notes)
    chained = rule.after and first is not None
    if chained:
        assert first is not None
        by_act = rule.counted_from == "act" and first.met_on is not None
        from_day = first.met_on if by_act else first.due
        if from_day is None:
            clock = not_started(make, rule, met_on=answer.date if answer else None, notes=(*said, *first.notes))
            return replace(clock, assumed=assumed)
        said.append(
            f"Counted from the acknowledgment of {say(from_day)}."
            if by_act
            else f"Counted from {say(from_day)}, when the acknowledgment was due."
        )
        if not by_act and rule.counted_from == "act":
            assumed = True
        start = from_day
    spans, pauses, about_tolls = tolls(history, pack)
    counting = begin(make.calendar, rule, start, spans)
    counting.notes += about_tolls
    _deal(history, pack, make.calendar, rule, start, counting)
    if pack.tolling.says and any(pause.counted for pause in pauses):
        counting.cites += pack.tolling.citations
    closed = make.closed_on
    if answer is not None and counting.due is not None and answer.date < start:
        said.append("The answer is dated before the count starts.")
    rules = ((pack.extension.says, "; ".join(pack.extension.citations)),) if counting.extended_by else ()
    return finish(make, rule, counting, start, met_on=answer.date if answer else None, ended_on=closed,
                  assumed=assumed, notes=said, pauses=pauses, rules=rules)  # fmt: skip


def _deal(
    history: History, pack: LawPack, calendar: Calendar, rule: Rule, start: date, counting: Counting
) -> None:  # fmt: skip
    """Deal out extensions, explanations and dates named, in the order they came."""
    extended = False
    for event in history.events:
        if event.date < start:
            continue
        if event.kind is K.TIME_FRAME_AGREED:
            until = event.get("until")
            if until is not None:
                counting.later.append(until)
                counting.notes.append(f"A time until {say(until)} was agreed on {say(event.date)}.")
        elif event.kind is K.EXTENSION_NOTICE and event.get("applies_to") != "appeal":
            extended = _extend(pack, calendar, rule, start, counting, event, extended=extended)
        elif rule.response_suffices:
            if event.kind in _EXPLAINING:
                _explain(counting, event)
        elif counting.numberless and event.kind is K.COMPLETION_DATE_GIVEN:
            _explain(counting, event)


def _late(counting: Counting, event: Event) -> bool:
    """Say whether a notice came when the count had already ended."""
    return counting.due is not None and event.date > counting.due


def _explain(counting: Counting, event: Event) -> None:
    expected = event.get("expected") if event.kind is K.COMPLETION_DATE_GIVEN else None
    if event.kind is K.EXTENSION_NOTICE:
        expected = event.get("expected_date")
    said = f"{str(event.kind).replace('_', ' ').capitalize()} of {say(event.date)}"
    if _late(counting, event):
        counting.notes.append(f"{said} came when the count had ended: it moves nothing.")
        return
    if counting.numberless and counting.named is not None:
        if expected is not None and expected != counting.named:
            counting.later.append(expected)
            counting.notes.append(f"{said} names {say(expected)}; the first date named is kept.")
        return
    if not counting.numberless:
        counting.notes.append(f"{said} came in time; the law sets no number for the rest.")
    counting.numberless = True
    counting.earlier.clear()
    counting.assumed = counting.assumed or event.assumed
    if expected is not None:
        counting.named = expected
        counting.notes.append(f"{said} names {say(expected)} as the date: the agency's own, not the statute's.")


def _extend(
    pack: LawPack, calendar: Calendar, rule: Rule, start: date, counting: Counting, event: Event, *, extended: bool
) -> bool:  # fmt: skip
    """Deal out one notice; returns whether an extension has been used by now."""
    extension = pack.extension
    said = f"The extension notice of {say(event.date)}"
    if not extension.says or not extension.allowed:
        why = extension.says or "This law's pack knows no extension."
        counting.notes.append(f"{said} moves nothing here. {why} Check the statute.")
        return extended
    if extension.days is None:
        counting.cites += extension.citations
        counting.notes.append(extension.says)
        _explain(counting, event)
        return True
    if _late(counting, event):
        counting.notes.append(f"{said} came when the count had ended: it is without effect.")
        return extended
    if extended and not extension.repeats:
        counting.notes.append(f"{said} is not counted: one extension was used already.")
        return extended
    if not counting.segments:
        counting.notes.append(f"{said} moves nothing: there is no number to extend.")
        return extended
    _lengthen(extension, calendar, rule, start, counting, event)
    counting.cites += extension.citations
    counting.assumed = counting.assumed or event.assumed
    return True


def _lengthen(
    extension: Rule, calendar: Calendar, rule: Rule, start: date, counting: Counting, event: Event
) -> None:  # fmt: skip
    days, unit = extension.days or 0, extension.unit or "calendar"
    named = event.fields.get("working_days")
    if unit == "working" and named is not None and extension.counted == "after":
        days = min(days, named)
    before = counting.due
    if extension.counted == "from_start":
        segments = [(days, unit)]
        counting.extended_by = days - counting.segments[0][0] if unit == counting.segments[0][1] else days
    else:
        segments = _joined(counting.segments, days, unit)
        counting.extended_by += days
    result = run(calendar, start, segments, roll=rule.roll, spans=counting.spans)
    if before is not None and result.due is not None and result.due < before:
        counting.extended_by = 0
        counting.notes.append(f"The extension notice of {say(event.date)} gives no later day.")
        return
    if extension.other_days is not None:
        other = [(extension.other_days, extension.other_unit)]
        if extension.counted == "after":
            other = _joined(counting.segments, *other[0])
        most = run(calendar, start, other, roll=rule.roll, spans=counting.spans).due
        if most is not None:
            counting.later.append(most)
        counting.notes.append(f"{words(extension.other_days, extension.other_unit)} {extension.other_says}.")
    if unit in {"months", "years"} and before is not None and result.due is not None:
        counting.extended_by = (result.due - before).days
    counting.segments, counting.result = segments, result
    counting.earlier.clear()
    counting.notes.append(f"{extension.says} Notice of {say(event.date)}: {_added(extension, days, unit)}.")
    expected = event.get("expected_date")
    if expected is not None and result.due is not None and expected > result.due:
        counting.notes.append(f"It names {say(expected)}, which is later than the law allows.")


def _joined(segments: list[Segment], days: int, unit: str) -> list[Segment]:
    *before, (last, last_unit) = segments
    return [*before, (last + days, unit)] if last_unit == unit else [*segments, (days, unit)]


def _added(extension: Rule, days: int, unit: str) -> str:
    return f"{words(days, unit)} {'from the start' if extension.counted == 'from_start' else 'more'}"


def production(history: History, pack: LawPack, make: Maker) -> list[Clock]:
    """Return the time to furnish what was granted."""
    rule = pack.clocks.get("production")
    decision = answered_by(history)
    if rule is None or decision is None or decision.outcome not in {"full_grant", "partial_grant"}:
        return []
    released = [event.date for event in history.all(K.INTERIM_RELEASE) if event.date >= decision.date]
    notes = ("Taken as met by the first release entered since.",) if released else ()
    counting = begin(make.calendar, rule, decision.date)
    return [finish(make, rule, counting, decision.date, met_on=released[0] if released else None, notes=notes)]


def missed(clock: Clock) -> bool:
    """Say whether a clock's last day passed without what it was for."""
    return clock.state is ClockState.MISSED and clock.due is not None
