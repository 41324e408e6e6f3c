"""Where a period ends: working days, calendar days, weeks, months or years, and what happens to an end on a closed day.

Weeks and months end on the same weekday or date; a month without that date ends on its last day.
"""

import calendar as months_of
from datetime import date

from foiadesk.frozen import dataclass
from foiadesk.law.arithmetic import Skipped, same_day_years_later, skipped_between
from foiadesk.law.calendars import Calendar
from foiadesk.records.errors import BadInput
from foiadesk.records.speech import joined
from foiadesk.records.speech import say as told

UNKNOWN_END = told("The last day is unknown.")


@dataclass(frozen=True, slots=True)
class End:
    """The last day of a period (None: the calendar has no data for it), a later day it may be argued to be, the days
    left out on the way, and what must be said of it."""

    due: date | None
    latest: date | None = None
    left_out: tuple[Skipped, ...] = ()
    note: str = ""


def same_day_months_later(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of a month that has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = months_of.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def plain_end(start: date, count: int, unit: str) -> date:
    """Return the end of a period that no calendar moves: calendar days, weeks, months, years."""
    match unit:
        case "calendar":
            return date.fromordinal(start.toordinal() + count)
        case "weeks":
            return date.fromordinal(start.toordinal() + 7 * count)
        case "months":
            return same_day_months_later(start, count)
        case "years":
            return same_day_years_later(start, count)
    raise ValueError(unit)


def _moved(calendar: Calendar, end: date, *, saturday_counts: bool) -> date:
    """Return this day if something can be done on it, else the next one. Raises BadInput where data is missing."""
    day = end.toordinal()
    while True:
        is_saturday = (day - 1) % 7 == 5
        if not (is_saturday and saturday_counts):
            if (day - 1) % 7 < 5:
                calendar.check(day)
            if not calendar.reason(day):
                return date.fromordinal(day)
        elif day not in {holiday.date.toordinal() for holiday in calendar.listed}:
            return date.fromordinal(day)
        day += 1


def _rolled_over(calendar: Calendar, raw: date, due: date) -> tuple[Skipped, ...]:
    first = raw.toordinal()
    return tuple(Skipped(date.fromordinal(day), calendar.reason(day)) for day in range(first, due.toordinal()))


def end_of(calendar: Calendar, start: date, count: int, unit: str, roll: str = "none") -> End:
    """Count a period from ``start``, which is day 0.

    roll "forward": an end on a weekend or holiday moves to the next working day; "holidays": the same, but a Saturday
    that is no holiday stays; "arguable": it stays, and the later day is named as another reading. A year of which the
    calendar knows nothing gives no date, never a guess.
    """
    if unit == "working":
        try:
            calendar.check(start.toordinal())
            last = calendar.add(start.toordinal(), count)
        except BadInput as error:
            return End(None, note=joined(" ", (error.what, UNKNOWN_END)))
        theirs = calendar.disputed_reading.add(start.toordinal(), count)
        later = date.fromordinal(theirs) if theirs != last else None
        note = told("Days that offices may choose to keep as holidays fall into the count.") if later else ""
        return End(date.fromordinal(last), later, skipped_between(calendar, start.toordinal(), last), note)
    return rolled(calendar, plain_end(start, count, unit), roll)


def rolled(calendar: Calendar, raw: date, roll: str) -> End:
    """Return where a plain end falls once weekends and holidays are looked at. See ``end_of``."""
    if roll == "none":
        return End(raw)
    try:
        moved = _moved(calendar, raw, saturday_counts=roll == "holidays")
    except BadInput as error:
        if roll == "arguable":
            return End(raw, note=told("{what} Whether an office is open on the last day is unknown.", what=error.what))
        return End(None, note=joined(" ", (error.what, UNKNOWN_END)))
    if moved == raw:
        return End(raw)
    if roll == "arguable":
        return End(
            raw, moved, (), told("The last day is not a working day; whether it then moves is not settled here.")
        )
    return End(moved, None, _rolled_over(calendar, raw, moved))
