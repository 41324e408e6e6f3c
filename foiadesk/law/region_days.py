"""Our own days of a calendar: fixed dates, nth weekdays, days around Easter, whole spans, and single years."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from foiadesk.law.holiday_rules import HolidayRule
from foiadesk.records.errors import BadInput
from foiadesk.records.speech import say

Days = dict[date, dict[str, bool]]  # day -> name -> it was moved there
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_KNOWN = frozenset({
    "name", "month", "day", "weekday", "nth", "from_day", "easter", "to_month", "to_day", "years", "saturday",
    "sunday", "from_year", "to_year",
})  # fmt: skip


def add_days(days: Days, day: date, name: str, *, moved: bool) -> None:
    """Add a holiday to a day; a day that carries it already keeps what is known."""
    days.setdefault(day, {}).setdefault(name, moved)


def drop_days(days: Days, names: Sequence[str]) -> Days:
    """Return the days without the holidays named."""
    kept = {day: {name: moved for name, moved in found.items() if name not in names} for day, found in days.items()}
    return {day: found for day, found in kept.items() if found}


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


def _spans(rule: Mapping[str, Any], year: int) -> Iterator[date]:
    first = date(year, rule["month"], rule["day"])
    last = date(year, rule["to_month"], rule["to_day"])
    if last < first:
        last = last.replace(year=year + 1)
    while first <= last:
        yield first
        first += timedelta(days=1)


def _of_year(rule: Mapping[str, Any], year: int) -> Iterator[date]:
    if "to_month" in rule:
        yield from _spans(rule, year)
    elif "easter" in rule:
        yield easter(year) + timedelta(days=rule["easter"])
    elif "from_day" in rule:  # the first such weekday on or after a day: election day is the Tuesday from November 2
        first = date(year, rule["month"], rule["from_day"])
        yield first + timedelta(days=(_WEEKDAYS.index(rule["weekday"]) - first.weekday()) % 7)
    elif "weekday" in rule:
        named = HolidayRule(rule["name"], rule["month"], weekday=_WEEKDAYS.index(rule["weekday"]), nth=rule["nth"])
        found = named.ordinal(year)
        assert found is not None
        yield date.fromordinal(found)
    else:
        yield date(year, rule["month"], rule["day"])


def days_of_rule(rule: Mapping[str, Any], first: int, last: int, where: str) -> list[tuple[date, str, bool]]:
    """Return (day, name, moved) for each year. saturday, sunday: by how many days one falling there moves.

    Raises BadInput naming the rule and the field.
    """
    if unknown := set(rule) - _KNOWN:
        raise BadInput(say("{where}: it has no field {what}.", where=where, what=repr(sorted(unknown)[0])))
    found = []
    even = {"even": (0,), "odd": (1,)}.get(rule.get("years", ""), (0, 1))
    try:
        for year in range(max(first - 1, rule.get("from_year", first - 1)), min(last, rule.get("to_year", last)) + 2):
            if year % 2 not in even or year > rule.get("to_year", year):
                continue
            for day in _of_year(rule, year):
                by = rule.get(_WEEKDAYS[day.weekday()], 0) if day.weekday() > 4 else 0
                shown = day + timedelta(days=by)
                if first <= shown.year <= last:
                    found.append((shown, rule["name"], bool(by)))
    except KeyError as error:
        raise BadInput(say("{where}: {args} is missing.", where=where, args=error.args[0])) from None
    except (TypeError, ValueError):
        raise BadInput(say("{where}: it names no day of a year.", where=where)) from None
    return found
