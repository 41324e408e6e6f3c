"""Holiday rules as data: read from TOML, checked by name of field, computed for any year."""

import calendar as months
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from foiadesk.records.errors import BadInput

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
        raise BadInput(f"{where}: it has no field {sorted(unknown)[0]!r}.")
    plain = dict(data)
    if "weekday" in plain:
        if plain["weekday"] not in _WEEKDAYS:
            raise BadInput(f"{where}: weekday: {plain['weekday']!r} is none of {', '.join(_WEEKDAYS)}.")
        plain["weekday"] = _WEEKDAYS[plain["weekday"]]
    try:
        rule = HolidayRule(**plain)
    except TypeError:
        raise BadInput(f"{where}: name or month is missing.") from None
    if bool(rule.day) == bool(rule.nth):
        raise BadInput(f"{where}: {rule.name} needs either a day or a weekday with nth.")
    return rule


def read_rules(path: Path) -> HolidayRules:
    """Read a calendar's file. Raises BadInput naming file and field."""
    with path.open("rb") as file:
        try:
            data = tomllib.load(file)
        except tomllib.TOMLDecodeError as error:
            raise BadInput(f"{path.name} cannot be read: {error}.") from None
    missing = {"id", "title", "version", "first_year", "last_year", "holidays"} - set(data)
    if missing:
        raise BadInput(f"{path.name}: {sorted(missing)[0]} is missing.")
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
    for year in range(rules.first_year - 1, rules.counts_to + 2):
        for rule in rules.rules:
            day = rule.ordinal(year)
            if day is None:
                continue
            weekday = (day - 1) % 7
            moved = rules.saturday if weekday == 5 else rules.sunday if weekday == 6 else 0
            shown = date.fromordinal(day + moved).year
            if rules.first_year <= shown <= rules.counts_to:
                found.append((day + moved, rule.name, bool(moved), rule.verified))
    return sorted(found)
