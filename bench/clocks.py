"""Clocks from events: the law room beside a plain count that goes through the days one by one."""

import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from bench.histories import sent_ones
from bench.measure import expect, interleaved, middle, spread
from bench.setting import Setting
from bench.table import Goal, Row
from foiadesk.records import Event, EventKind

DAY = timedelta(days=1)
OFFICE = "DHS/ICE"
Plain = dict[str, tuple[date, int, int]]  # clock -> last day, calendar days late, working days late


def run(setting: Setting) -> list[Row]:
    """Ask both about the same histories and compare every due date and every day late."""
    from foiadesk.law import answer, holidays, load_calendar, load_pack

    law, today = load_pack("us-foia"), setting.today
    calendar = load_calendar(law.calendar)
    closed = {day.date for year in range(today.year - 5, today.year + 3) for day in holidays(calendar, year)}
    histories = list(sent_ones(setting.histories, today))

    def ask(history: Sequence[Event]) -> Any:
        return answer(history, law=law, agency=OFFICE, today=today)

    _compare(histories, ask, closed, today)

    def ours() -> float:
        return _rate(lambda: [ask(history) for history in histories], len(histories))

    def floor() -> float:
        return _rate(lambda: [by_days(history, closed, today) for history in histories], len(histories))

    fast, slow = interleaved(setting.rounds, ours, floor)
    details = {"ours": spread(fast), "floor": spread(slow), "histories": len(histories)}
    clocks = sum(len(ask(history).clocks) for history in histories[:500]) / len(histories[:500])
    rate = Row(
        name="clocks",
        what="clocks from events, requests a second on one core",
        unit="/s",
        ours=middle(fast),
        floor=middle(slow),
        against="plain day-by-day count of determination and appeal",
        goal=Goal("at least", 5.0),
        notes=(f"ours also answers stage, turn, exhaustion, fees, next steps and {clocks:.1f} clocks a request",),
        details=details,
    )
    least = Row(
        name="clocks_rate",
        what="clocks from events, at the least",
        unit="/s",
        ours=middle(fast),
        floor=None,
        against="-",
        goal=Goal("at least", 5_000, of="ours"),
    )
    return [rate, least]


def _rate(work: Callable[[], object], count: int) -> float:
    start = time.process_time()
    work()
    return count / (time.process_time() - start)


def _compare(
    histories: Sequence[Sequence[Event]], ask: Callable[[Sequence[Event]], Any], closed: set[date], today: date
) -> None:
    for history in histories:
        plain = by_days(history, closed, today)
        found = {
            clock.kind: (clock.due, clock.days_late or 0, clock.working_days_late or 0)
            for clock in ask(history).clocks
            if clock.kind in ("determination", "appeal_determination") and clock.due is not None
        }
        told = [f"{event.kind} {event.date}" for event in history]
        expect(plain == found, f"the counts differ: {found} by rule, {plain} by days, for {told}")


def by_days(history: Sequence[Event], closed: set[date], today: date) -> Plain:
    """Count a request's and an appeal's working days one by one: tolls, one extension, and how late the answer is."""
    received = asked = answered = decided = appealed = None
    needed = 20
    for event in history:
        match event.kind:
            case EventKind.REQUEST_SENT:
                received = event.date  # through a portal: it is there at once, until a receipt says otherwise
            case EventKind.REQUEST_RECEIVED:
                received = event.date
            case EventKind.CLARIFICATION_ASKED:
                asked = event.date
            case EventKind.CLARIFICATION_ANSWERED:
                answered = event.date
            case EventKind.EXTENSION_NOTICE:
                needed += event.get("working_days")
            case EventKind.DETERMINATION:
                decided = event.date
            case EventKind.APPEAL_RECEIVED:
                appealed = event.date
    found: Plain = {}
    if received is not None:
        due = _last_day(received, needed, closed, asked, answered)
        found["determination"] = (due, *_late(due, decided or today, closed))
    if appealed is not None:
        due = _last_day(appealed, 20, closed, None, None)
        found["appeal_determination"] = (due, *_late(due, today, closed))
    return found


def _last_day(start: date, days: int, closed: set[date], asked: date | None, answered: date | None) -> date:
    day = start
    while days:
        day += DAY
        if day.weekday() < 5 and day not in closed and not (asked and answered and asked < day <= answered):
            days -= 1
    return day


def _late(due: date, until: date, closed: set[date]) -> tuple[int, int]:
    day, late, working = due, 0, 0
    while day < until:
        day += DAY
        late += 1
        working += day.weekday() < 5 and day not in closed
    return late, working
