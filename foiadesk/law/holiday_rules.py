"""Holiday rules as data: read from TOML, checked by name of field, computed for any year."""

import calendar as months
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from foiadesk.frozen import dataclass
from foiadesk.law.tables import read_toml
from foiadesk.records.errors import BadInput
from foiadesk.records.speech import say

_WEEKDAYS = {name: number for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday"))}


@dataclass(frozen=True, slots=True)
class HolidayRule:
    """One holiday: a fixed day of a month, or the nth weekday of it (-1: the last), in a span of years."""

    name: str
    month: int
    day: int = 0
    weekday: int = -1
    nth: int = 0
    from_year: int = 1
    to_year: int = 9999
    verified: bool = True

    def ordinal(self, year: int) -> int | None:
        """Return the day of a year as an ordinal; None when the holiday did not exist then."""
        if not self.from_year <= year <= self.to_year:
            return None
        if self.day:
            return date(year, self.month, self.day).toordinal()
        if self.nth > 0:
            first = date(year, self.month, 1)
            return first.toordinal() + (self.weekday - first.weekday()) % 7 + 7 * (self.nth - 1)
        last = date(year, self.month, months.monthrange(year, self.month)[1])
        return last.toordinal() - (last.weekday() - self.weekday) % 7


@dataclass(frozen=True, slots=True)
class HolidayRules:
    """A calendar as its file describes it."""

    id: str
    title: str
    version: str
    first_year: int
    last_year: int
    counts_to: int
    saturday: int  # days by which a holiday on a Saturday moves
    sunday: int
    rules: tuple[HolidayRule, ...]
    disputed: Mapping[int, str]
    citations: tuple[str, ...]
    unsettled: str


def _rule(data: Mapping[str, Any], where: str) -> HolidayRule:
    known = {"name", "month", "day", "weekday", "nth", "from_year", "to_year", "verified"}
    if unknown := set(data) - known:
        raise BadInput(say("{where}: it has no field {what}.", where=where, what=repr(sorted(unknown)[0])))
    plain = dict(data)
    if "weekday" in plain:
        if plain["weekday"] not in _WEEKDAYS:
            raise BadInput(
                say(
                    "{where}: weekday: {plain} is none of {what}.",
                    where=where,
                    plain=repr(plain["weekday"]),
                    what=", ".join(_WEEKDAYS),
                )
            )
        plain["weekday"] = _WEEKDAYS[plain["weekday"]]
    for name, value in plain.items():
        wanted = {"name": str, "verified": bool}.get(name, int)
        if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
            raise BadInput(
                say("{where}: {name}: {value} is not usable there.", where=where, name=name, value=repr(value))
            )
    try:
        rule = HolidayRule(**plain)
    except TypeError:
        raise BadInput(say("{where}: name or month is missing.", where=where)) from None
    if not 1 <= rule.month <= 12 or not 0 <= rule.day <= months.monthrange(2023, rule.month)[1]:
        raise BadInput(say("{where}: {name}: there is no such day in every year.", where=where, name=rule.name))
    if rule.nth not in {-1, 0, 1, 2, 3, 4}:
        raise BadInput(say("{where}: nth: {nth} is neither 1 to 4 nor -1.", where=where, nth=rule.nth))
    if rule.nth and rule.weekday < 0:
        raise BadInput(say("{where}: weekday is missing.", where=where))
    if bool(rule.day) == bool(rule.nth):
        raise BadInput(say("{where}: {name} needs either a day or a weekday with nth.", where=where, name=rule.name))
    return rule


_TOP: Mapping[str, type] = {
    "kind": str, "id": str, "title": str, "version": str, "first_year": int, "last_year": int, "counts_to": int,
    "citation": str, "shift": dict, "holidays": list, "disputed": list,
}  # fmt: skip
_SHIFT: Mapping[str, type] = {"saturday": int, "sunday": int, "citations": list, "unsettled": str}


def _check_top(data: Mapping[str, Any], where: str) -> None:
    """Check the fields around the rules. Raises BadInput naming file and field."""
    for table, fields, place in ((data, _TOP, where), (data.get("shift", {}), _SHIFT, f"{where}: shift")):
        for name, value in table.items():
            if name not in fields:
                raise BadInput(say("{place}: it has no field {name}.", place=place, name=repr(name)))
            if not isinstance(value, fields[name]) or isinstance(value, bool):
                raise BadInput(
                    say("{place}: {name}: {value} is not usable there.", place=place, name=name, value=repr(value))
                )
    if not 1 < data["first_year"] <= data["last_year"] <= data.get("counts_to", data["last_year"]) <= 9000:
        raise BadInput(say("{where}: last_year: the years are not in order.", where=where))
    for number, rule in enumerate(data["holidays"]):
        if not isinstance(rule, dict):
            raise BadInput(say("{where}: holidays[{number}]: it is not a table.", where=where, number=number))
    for number, day in enumerate(data.get("disputed", ())):
        if not isinstance(day, dict) or set(day) != {"date", "name"} or not isinstance(day["date"], date):
            raise BadInput(
                say("{where}: disputed[{number}]: it needs exactly a date and a name.", where=where, number=number)
            )


def read_rules(path: Path) -> HolidayRules:
    """Read a calendar's file. Raises BadInput naming file and field."""
    data = read_toml(path)
    missing = {"id", "title", "version", "first_year", "last_year", "holidays"} - set(data)
    if missing:
        raise BadInput(say("{name}: {what} is missing.", name=path.name, what=sorted(missing)[0]))
    _check_top(data, path.name)
    shift = data.get("shift", {})
    return HolidayRules(
        id=data["id"],
        title=data["title"],
        version=data["version"],
        first_year=data["first_year"],
        last_year=data["last_year"],
        counts_to=data.get("counts_to", data["last_year"]),
        saturday=shift.get("saturday", 0),
        sunday=shift.get("sunday", 0),
        rules=tuple(_rule(rule, f"{path.name}: holidays[{i}]") for i, rule in enumerate(data["holidays"])),
        disputed={entry["date"].toordinal(): entry["name"] for entry in data.get("disputed", ())},
        citations=(data.get("citation", ""), *shift.get("citations", ())),
        unsettled=shift.get("unsettled", ""),
    )


def holidays_of_rules(rules: HolidayRules) -> list[tuple[int, str, bool, bool]]:
    """Return (ordinal of the day skipped, name, moved, verified) for every year, in order.

    A holiday may be observed in the year before its own (January 1 on a Saturday), so one more year is computed than
    is counted in.
    """
    found: list[tuple[int, str, bool, bool]] = []
    first, last = date(rules.first_year, 1, 1).toordinal(), date(rules.counts_to, 12, 31).toordinal()
    for year in range(rules.first_year - 1, rules.counts_to + 2):
        for rule in rules.rules:
            day = rule.ordinal(year)
            if day is None:
                continue
            weekday = (day - 1) % 7
            moved = rules.saturday if weekday == 5 else rules.sunday if weekday == 6 else 0
            if first <= day + moved <= last:
                found.append((day + moved, rule.name, bool(moved), rule.verified))
    return sorted(found)
