"""Calendars of states and countries: the holidays library's days, corrected by calendars.toml, for named years only.

The library is imported only when such a calendar is first used.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from foiadesk.frozen import dataclass
from foiadesk.law.calendars import Calendar, Holiday
from foiadesk.law.region_days import Days, add_days, days_of_rule, drop_days
from foiadesk.law.tables import read_toml
from foiadesk.records.errors import BadInput
from foiadesk.records.speech import say
from foiadesk.shelf import resource

_FILE = "calendars.toml"
_OBSERVED = " (observed)"
_GUESSED = "(estimated"  # the library's own mark on days that depend on the sighting of the moon
_FIELDS: Mapping[str, tuple[type, ...]] = {
    "title": (str,), "country": (str,), "subdivisions": (list,), "categories": (list,), "first_year": (int,),
    "last_year": (int,), "verified": (bool,), "citation": (str,), "note": (str,), "remove": (list,),
    "optional": (list,), "add": (list,),
}  # fmt: skip
_NEEDED = ("title", "first_year", "last_year", "citation", "note")


@dataclass(frozen=True, slots=True)
class Region:
    """How the calendar of a place is made. subdivisions: a day closed in any of them is closed.

    optional: days that offices may choose to keep; an agency may argue that they do not count. country "": our own
    days only.
    """

    id: str
    title: str
    first_year: int
    last_year: int
    citation: str
    note: str
    country: str = ""
    subdivisions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ("public",)
    verified: bool = False
    remove: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    add: tuple[Mapping[str, Any], ...] = ()


def _region(name: str, data: Mapping[str, Any]) -> Region:
    where = f"{_FILE}: calendars.{name}"
    for needed in _NEEDED:
        if needed not in data:
            raise BadInput(say("{where}: {needed} is missing.", where=where, needed=needed))
    for field, value in data.items():
        if field not in _FIELDS:
            raise BadInput(say("{where}: it has no field {field}.", where=where, field=repr(field)))
        if not isinstance(value, _FIELDS[field]):
            raise BadInput(
                say("{where}: {field}: {value} is not usable there.", where=where, field=field, value=repr(value))
            )
    fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
    return Region(id=name, **fields)


@cache
def _data() -> Mapping[str, Any]:
    return read_toml(resource("laws", _FILE))


@cache
def regions() -> Mapping[str, Region]:
    """Return every calendar of calendars.toml by its name, read once."""
    return {name: _region(name, data) for name, data in _data()["calendars"].items()}


def _of_library(region: Region) -> Days:
    """Return the library's days of the years named: date -> (name, moved there from another day)."""
    import holidays

    found: Days = {}
    for subdivision in region.subdivisions or (None,):
        days = holidays.country_holidays(
            region.country,
            subdiv=subdivision,
            years=range(region.first_year - 1, region.last_year + 2),
            categories=region.categories,
            language="en_US",
            expand=False,
        )
        for day, names in days.items():
            if region.first_year <= day.year <= region.last_year:
                for name in names.split("; "):
                    add_days(found, day, name.removesuffix(_OBSERVED), moved=name.endswith(_OBSERVED))
    return found


def _without_weekends(days: Days) -> Days:
    """Leave out weekend days whose holiday was moved to a working day: the day listed is the one skipped."""
    moved = [(day, name) for day, names in days.items() for name, was_moved in names.items() if was_moved]
    found: Days = {}
    for day, names in days.items():
        for name, was_moved in names.items():
            twice = day.weekday() > 4 and any(
                name == other and abs(there - day) <= timedelta(days=7) and there != day for there, other in moved
            )
            if not twice:
                add_days(found, day, name, moved=was_moved)
    return found


def _known_until(region: Region, days: Days) -> int:
    """Return the last year without a day that is only estimated."""
    guessed = [day.year for day, names in days.items() if any(_GUESSED in name for name in names)]
    return min(region.last_year, min(guessed) - 1) if guessed else region.last_year


def _version(region: Region) -> str:
    own: str = _data()["version"]
    if not region.country:
        return f"{region.id} {own}"
    from holidays.version import __version__

    return f"{region.id} {own} (holidays {__version__})"


def calendar_of_region(name: str) -> Calendar:
    """Compute the calendar of a place. Its years are few on purpose: beyond them it says that it knows nothing."""
    region = regions()[name]
    days = _of_library(region) if region.country else {}
    days = drop_days(days, region.remove)
    add = [dict(rule) for rule in region.add]
    for number, rule in enumerate(add, start=1):
        where = f"{_FILE}: calendars.{name}: add[{number}]"
        _add_rule(days, rule, region, where)
    days = _without_weekends(days)
    last_year = _known_until(region, days)
    closed: dict[int, str] = {}
    disputed: dict[int, str] = {}
    listed = []
    for day in sorted(days):
        if day.year > last_year:
            continue
        names = days[day]
        certain = [name for name in names if name not in region.optional]
        if not certain:
            disputed[day.toordinal()] = " and ".join(names)
            continue
        listed.append(Holiday(day, " and ".join(certain), any(names[name] for name in certain)))
        if day.weekday() < 5:
            closed[day.toordinal()] = listed[-1].name
    return Calendar(
        id=name,
        version=_version(region),
        title=region.title,
        first_year=region.first_year,
        last_year=last_year,
        first_day=date(region.first_year, 1, 1).toordinal(),
        last_day=date(last_year, 12, 31).toordinal(),
        reasons=closed,
        listed=tuple(listed),
        disputed={day: name for day, name in disputed.items() if (day - 1) % 7 < 5 and day not in closed},
        citations=(region.citation,),
        unsettled=region.note,
        unverified=() if region.verified else tuple(sorted(closed)),
    )


def _add_rule(days: Days, rule: Mapping[str, Any], region: Region, where: str) -> None:
    for day, name, moved in days_of_rule(rule, region.first_year, region.last_year, where):
        add_days(days, day, name, moved=moved)
