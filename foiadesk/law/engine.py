"""From events to the answer: one pure function that replays a request under a law on one day."""

from collections.abc import Sequence
from datetime import date

from foiadesk.law.agencies import rules_for
from foiadesk.law.agency_clocks import AgencyClocks, agency_clocks
from foiadesk.law.answers import Answer, Clock, ClockState
from foiadesk.law.appeal_window import Window, appeal_windows
from foiadesk.law.calendars import Calendar
from foiadesk.law.court_clocks import court_clocks, limitation_clock
from foiadesk.law.fees import fees_of
from foiadesk.law.history import History, read_history
from foiadesk.law.log import Log, replay
from foiadesk.law.making import Maker, requesters_days
from foiadesk.law.packs import LawPack
from foiadesk.law.schema import FEDERAL
from foiadesk.law.side_clocks import expedition_clocks, question_clocks, reminder_clocks, tracking_clock
from foiadesk.law.standing import Situation, day_after, exhaustion, final, ruling_clock, situation, stage_of, turn_of
from foiadesk.law.start import Start, find_start
from foiadesk.law.steps import next_steps
from foiadesk.law.warn import add_warnings
from foiadesk.records import Event, EventKind, FeeCategory

K = EventKind
_KINDS = (
    "determination", "expedition", "tracking_number", "clarification", "fee_answer", "still_interested",
    "appeal_window", "appeal_determination", "limitation", "service", "complaint_answer", "order", "reminder",
)  # fmt: skip
_PLACE = {kind: number for number, kind in enumerate(_KINDS)}
_OWN = frozenset({None, "request"})


def answer(
    events: Sequence[Event],
    *,
    law: LawPack,
    agency: str | None,
    today: date,
    fee_category: FeeCategory | None = None,
    calendar: Calendar | None = None,
) -> Answer:
    """Replay a request's events and say where it stands on ``today``, whose turn it is, what is due and why.

    agency: "DHS/ICE", "DHS" or None for the general rules. calendar: instead of the law's own (closures added, say).
    Pure: the same events in any order give the same answer. Raises BadInput for a log that cannot be replayed.
    """
    if law.procedure != FEDERAL:
        from foiadesk.law.general import general_answer

        return general_answer(events, law=law, today=today, calendar=calendar)
    log = replay(events, today)
    history = read_history(log.events, log.warnings)
    days = calendar if calendar is not None else law.days_of
    rules = rules_for(agency)
    make = Maker(today, days, history.closing.date if history.closing else None)
    start = find_start(history, law, rules, days)
    owed = agency_clocks(history, law, rules, days, start, make)
    mine = requesters_days(law, days)
    make_mine = make if mine is days else Maker(today, mine, make.closed_on)
    windows: list[Window] = []
    if history.decisions or history.side_decisions:
        windows = appeal_windows(history, law, rules, mine, make_mine)
    received = _received(history, start)
    expedition, expedition_state = expedition_clocks(history, law, rules, make, received)
    now = situation(history, start, owed, windows)
    accrued, accrued_assumed = _accrual(owed, now)
    if accrued is not None and mine is not days:
        # The right that has accrued did so, at the safest, before any closure gave the agency more days.
        plain = agency_clocks(history, law, rules, mine, find_start(history, law, rules, mine), make_mine)
        before, before_assumed = _accrual(plain, now)
        if before is not None and before < accrued:
            accrued, accrued_assumed = before, before_assumed
    clocks = [owed.own, *(clock for _, clock in owed.remands), *expedition]
    clocks += tracking_clock(history, law, make, received, assumed=start.assumed)
    if history.asked or K.STILL_INTERESTED_ASKED in history.by or K.STILL_INTERESTED_ANSWERED in history.by:
        clocks += question_clocks(history, law, rules, mine, make_mine)
    clocks += [window.clock for window in windows]
    clocks += [clock for _, clock in owed.appeals]
    clocks += limitation_clock(history, law, make_mine, accrued, assumed=accrued_assumed)
    if history.by.keys() & _COURT:
        clocks += court_clocks(history, law, days, make)
    if K.REMINDER in history.by:
        clocks += reminder_clocks(history, law, make)
    ordered = _named(clocks)
    for clock in ordered:
        if clock.kind == "limitation":
            now.limitation, now.limitation_passed = clock.due, clock.state is ClockState.MISSED and not clock.met_on
    may_sue = exhaustion(now, expedition_state)
    stage = stage_of(now, may_sue)
    add_warnings(history, now, owed, windows)
    ruling = ruling_clock(now, stage, ordered)
    return Answer(
        stage=stage,
        turn=turn_of(now, stage, ordered),
        exhaustion=may_sue,
        fees=fees_of(ordered, law, fee_category),
        clocks=tuple(ordered),
        warnings=tuple(dict.fromkeys(history.warnings)),
        next_steps=next_steps(now, stage, may_sue, ordered, windows),
        next_change_on=_next_change(ordered, log, today),
        ruling=ruling,
    )


_COURT = {K.SUIT_FILED, K.SERVED, K.ANSWERED, K.ORDER}


def _received(history: History, start: Start) -> date | None:
    """Return the day of receipt, known or assumed, by an office that starts anything."""
    if not start.received:
        return None
    days = [event.date for event in history.receipts if event.get("office") in {"proper", "designated"}]
    return min(days) if days else start.day if start.at_receipt else None


def _named(clocks: list[Clock]) -> list[Clock]:
    """Order clocks by kind, the request's own first, then by start; and name each one."""
    ordered = sorted(
        clocks,
        key=lambda clock: (
            _PLACE[clock.kind],
            clock.about not in _OWN,
            clock.start is None,
            clock.start or date.max,
            clock.due or date.max,
        ),
    )
    seen: dict[str, int] = {}
    named = []
    for clock in ordered:
        number = seen[clock.kind] = seen.get(clock.kind, 0) + 1
        # Named in place: nobody else holds the clock yet, and copying every field would cost more than making it.
        object.__setattr__(clock, "id", clock.kind if number == 1 else f"{clock.kind}-{number}")
        named.append(clock)
    return named


def _accrual(owed: AgencyClocks, now: Situation) -> tuple[date | None, bool]:
    """Return the day the right of action accrued: after the first missed due date, else on a final appeal decision."""
    found: list[tuple[date, bool]] = []
    own = owed.own
    late_appeals = {id(now.appeal)} if now.late_appeal else set()
    for clock in [own, *(clock for _, clock in owed.remands)]:
        if clock.due is not None and clock.days_late > 0:
            found.append((day_after(clock.due), clock.assumed))
    for appeal, clock in owed.appeals:
        on_request = appeal.about == "request" and id(appeal) not in late_appeals
        if on_request and clock.due is not None and clock.days_late > 0:
            found.append((day_after(clock.due), clock.assumed))
    if found:
        return min(found)
    decided = [
        (appeal.decided.date, appeal.decided.assumed)
        for appeal, _ in owed.appeals
        if appeal.about == "request" and appeal.decided is not None and final(appeal, late=id(appeal) in late_appeals)
    ]
    return min(decided) if decided else (None, False)


def _next_change(clocks: Sequence[Clock], log: Log, today: date) -> date | None:
    """Return the first later day on which a clock runs out or an event left out comes into its own."""
    days = []
    for clock in clocks:
        if clock.state is ClockState.RUNNING and clock.due is not None:
            days.append(day_after(clock.due))
    days += [event.date for event in log.later]
    days = [day for day in days if day > today]
    return min(days) if days else None
