"""Counting days from a start: the last day of a period, and every day on the way that does not count."""

from datetime import date
from typing import Literal

from foiadesk.frozen import dataclass
from foiadesk.law.calendars import Calendar
from foiadesk.records.errors import BadInput
from foiadesk.records.speech import say

Unit = Literal["working", "calendar"]
Roll = Literal["none", "forward"]
MOST_DAYS = 36_525


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day that is not counted, and why: "weekend", the holiday's name, "paused" or "closure"."""

    date: date
    reason: str


@dataclass(frozen=True, slots=True)
class DueDate:
    """The last day to act (inclusive), and each day after the start up to it that was not counted."""

    due: date
    skipped: tuple[Skipped, ...]


def skipped_between(calendar: Calendar, start: int, end: int) -> tuple[Skipped, ...]:
    """Return the days after ``start`` up to and including ``end`` (ordinals) that are not working days."""
    found = []
    for day in range(start + 1, end + 1):
        if reason := calendar.reason(day):
            found.append(Skipped(date.fromordinal(day), reason))
    return tuple(found)


def due_date(calendar: Calendar, start: date, days: int, unit: Unit, roll: Roll = "none") -> DueDate:
    """Count ``days`` from ``start``, which is day 0 whether it is a working day or not.

    roll "forward": an end on a day that is not a working day moves to the next one; those days are listed as skipped.
    Raises BadInput when the count leaves the years the calendar knows, or days is negative or absurd.
    """
    if not 0 <= days <= MOST_DAYS:
        raise BadInput(say("days: {days} is outside 0 to {most_days}.", days=days, most_days=MOST_DAYS))
    first = start.toordinal()
    calendar.check(first)
    if unit == "working":
        last = calendar.add(first, days)
        counted_to = first
    else:
        last = counted_to = first + days
        calendar.check(last)
    if roll == "forward":
        last = calendar.forward(last)
    if unit == "calendar":
        # Of a rolled end, the days it could not fall on are the ones left out: the last day itself always counts.
        passed = range(max(counted_to, first + 1), last)
        skipped = tuple(Skipped(date.fromordinal(day), calendar.reason(day)) for day in passed)
    else:
        skipped = skipped_between(calendar, first, last)
    return DueDate(date.fromordinal(last), skipped)


def same_day_years_later(day: date, years: int) -> date:
    """Return the same date some years later; February 29 becomes February 28 where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
