"""Which days count as working days: calendars built from rules or from a list, with exact, fast day arithmetic."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date
from functools import cache
from pathlib import Path

from foiadesk.frozen import dataclass
from foiadesk.law.holiday_rules import HolidayRules, holidays_of_rules, read_rules
from foiadesk.law.tables import read_toml
from foiadesk.paths import config_folder
from foiadesk.records.errors import BadInput, NotFound
from foiadesk.records.speech import say
from foiadesk.shelf import resource

WEEKEND = "weekend"
CLOSURE = "closure"
UNNAMED = "holiday"
CALENDARS = ("us-federal",)  # those of rules; the others are in regions.py
_FIRST_DAY, _LAST_DAY = date(1, 1, 1).toordinal(), date(9990, 12, 31).toordinal()


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day on which offices are closed. ``date`` is the day skipped; ``observed``: it was moved there."""

    date: date
    name: str
    observed: bool = False


def _weekdays_to(ordinal: int) -> int:
    """Count Mondays to Fridays from the first Monday of the common era up to this day, inclusive."""
    weeks, days = divmod(ordinal - 1, 7)
    return 5 * weeks + (days + 1 if days < 5 else 5)


def _nth_weekday(number: int) -> int:
    weeks, days = divmod(number - 1, 5)
    return 7 * weeks + days + 1


@dataclass(frozen=True, eq=False)
class Calendar:
    """Working days of one place. Weekends are Saturday and Sunday. Days are ordinals (``date.toordinal``) inside.

    ``first_year`` to ``last_year`` are the years whose holidays can be listed; a count may run on to ``last_day``.
    ``disputed``: days that count, but which an agency may argue do not.
    """

    id: str
    version: str
    title: str
    first_year: int
    last_year: int
    first_day: int
    last_day: int
    reasons: Mapping[int, str]  # closed weekdays only: ordinal -> holiday's name, or "closure"
    listed: tuple[Holiday, ...] = ()  # every holiday, also those on weekends, in order
    disputed: Mapping[int, str] = field(default_factory=dict)
    notes: Mapping[int, str] = field(default_factory=dict)  # what a person noted on a closure
    citations: tuple[str, ...] = ()
    unsettled: str = ""
    unverified: tuple[int, ...] = ()  # holidays of whose rule the text was not at hand
    _closed: tuple[int, ...] = field(init=False, default=())
    _disputed_days: tuple[int, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "_closed", tuple(sorted(self.reasons)))
        object.__setattr__(self, "_disputed_days", tuple(sorted(self.disputed)))

    # -- in ordinals ---------------------------------------------------------------------------------------------

    def covers(self, ordinal: int) -> bool:
        """Say whether the calendar knows this day."""
        return self.first_day <= ordinal <= self.last_day

    def check(self, ordinal: int) -> None:
        """Raise BadInput for a day the calendar knows nothing of."""
        if not self.covers(ordinal):
            raise self._unknown(ordinal)

    def reason(self, ordinal: int) -> str:
        """Return why a day is not a working day: "weekend", a holiday's name or "closure"; "" when it is one."""
        if (ordinal - 1) % 7 > 4:
            return WEEKEND
        return self.reasons.get(ordinal, "")

    def count(self, start: int, end: int) -> int:
        """Count the working days after ``start`` up to and including ``end``; 0 when end is not later."""
        if end <= start:
            return 0
        closed = self._closed
        return _weekdays_to(end) - _weekdays_to(start) - bisect_right(closed, end) + bisect_right(closed, start)

    def add(self, start: int, days: int) -> int:
        """Return the ordinal of the working day number ``days`` after ``start``; ``start`` itself for 0.

        Raises BadInput when the count leaves the days the calendar knows.
        """
        if start < self.first_day:
            raise self._unknown(start)
        if not days:
            return start
        closed = self._closed
        passed = bisect_right(closed, start)
        target = _weekdays_to(start) - passed + days
        while True:
            found = _nth_weekday(target + passed)
            now = bisect_right(closed, found)
            if now == passed:
                break
            passed = now
        if found > self.last_day:
            raise self._unknown(found)
        return found

    def forward(self, ordinal: int) -> int:
        """Return this day if it is a working day, else the next one."""
        return ordinal if not self.reason(ordinal) else self.add(ordinal, 1)

    def _unknown(self, ordinal: int) -> BadInput:
        year = date.fromordinal(min(max(ordinal, _FIRST_DAY), _LAST_DAY)).year
        return BadInput(
            say(
                "The calendar {id} has no data for the year {year}: days there are unknown and cannot be counted.",
                id=self.id,
                year=year,
            )
        )

    # -- in dates ------------------------------------------------------------------------------------------------

    def is_working(self, day: date) -> bool:
        """Say whether a day counts. Raises BadInput for a day the calendar knows nothing of."""
        return not self.closed_reason(day)

    def closed_reason(self, day: date) -> str:
        """Return why a day does not count: "weekend", a holiday's name or "closure"; "" when it does."""
        ordinal = day.toordinal()
        self.check(ordinal)
        return self.reason(ordinal)

    def holidays(self, year: int) -> list[Holiday]:
        """Return the days closed for a holiday in a year, in order.

        A holiday moved into another year is in that year's list. Raises BadInput for a year without data.
        """
        if not self.first_year <= year <= self.last_year:
            raise BadInput(
                say(
                    "The calendar {id} has no data for the year {year}: its holidays are unknown (it knows "
                    "{first_year} to {last_year}).",
                    id=self.id,
                    year=year,
                    first_year=self.first_year,
                    last_year=self.last_year,
                )
            )
        return [holiday for holiday in self.listed if holiday.date.year == year]

    def closing(self, closures: Mapping[date, str]) -> "Calendar":
        """Return this calendar with offices also closed on these days, each with its note. Holidays stay holidays."""
        added = {
            day.toordinal(): note
            for day, note in closures.items()
            if self.covers(day.toordinal()) and not self.reason(day.toordinal())
        }
        if not added:
            return self
        mark = ",".join(f"{date.fromordinal(day).isoformat()}" for day in sorted(added))
        return self._with({**self.reasons, **dict.fromkeys(added, CLOSURE)}, f"{self.version}+{mark}", added)

    @property
    def disputed_reading(self) -> "Calendar":
        """The same calendar as an agency may read it, with the disputed days not counted."""
        if not self.disputed:
            return self
        known = self.__dict__.get("_disputed_reading")
        if known is None:
            known = self._with({**self.disputed, **self.reasons}, f"{self.version} disputed", self.notes)
            object.__setattr__(self, "_disputed_reading", known)
        found: Calendar = known
        return found

    def has_disputed(self, start: int, end: int) -> bool:
        """Say whether a disputed day lies after ``start`` up to and including ``end``."""
        days = self._disputed_days
        return bisect_right(days, end) > bisect_right(days, start)

    def _with(self, reasons: Mapping[int, str], version: str, notes: Mapping[int, str]) -> "Calendar":
        return Calendar(
            id=self.id, version=version, title=self.title, first_year=self.first_year, last_year=self.last_year,
            first_day=self.first_day, last_day=self.last_day, reasons=reasons, listed=self.listed,
            disputed=self.disputed, notes=notes, citations=self.citations, unsettled=self.unsettled,
            unverified=self.unverified,
        )  # fmt: skip


def calendar_of_dates(days: Iterable[date], name: str = "dates") -> Calendar:
    """Return a calendar whose only holidays are these days; weekends are off and every year is covered."""
    listed = tuple(Holiday(day, UNNAMED) for day in sorted(set(days)))
    weekdays = {h.date.toordinal(): UNNAMED for h in listed if h.date.weekday() < 5}
    return Calendar(
        id=name, version=f"{name} ({len(listed)} days)", title=name, first_year=1, last_year=9990,
        first_day=_FIRST_DAY, last_day=_LAST_DAY, reasons=weekdays, listed=listed,
    )  # fmt: skip


def is_calendar_file(path: Path) -> bool:
    """Say whether a file of a folder of laws is a calendar, and not a law. Raises BadInput when it cannot be read."""
    return path.is_file() and read_toml(path).get("kind") == "calendar"


@cache
def calendar_names() -> tuple[str, ...]:
    """Return the name of every shipped calendar."""
    from foiadesk.law.regions import regions

    return (*CALENDARS, *regions())


@cache
def load_calendar(name: str, folder: Path | None = None) -> Calendar:
    """Return a calendar, computed once: a file of rules in ``folder``, else a shipped one, else the user's own.

    Raises NotFound naming near matches.
    """
    if folder is not None or name not in calendar_names():
        own = (folder or config_folder() / "laws") / f"{Path(name).name}.toml"
        if is_calendar_file(own):
            return calendar_of_rules(read_rules(own))
    if name in CALENDARS:
        return calendar_of_rules(read_rules(resource("laws", f"{name}.toml")))
    if name not in calendar_names():
        from difflib import get_close_matches  # late: only for a mistake

        near = get_close_matches(name, calendar_names(), n=5, cutoff=0.4) or CALENDARS
        raise NotFound(say("There is no calendar {name}. Near: {what}.", name=repr(name), what=", ".join(near)))
    from foiadesk.law.regions import calendar_of_region

    return calendar_of_region(name)


def calendar_of_rules(rules: HolidayRules) -> Calendar:
    """Compute the calendar that a file of rules describes."""
    found = holidays_of_rules(rules)
    reasons: dict[int, str] = {}
    unverified: set[int] = set()
    for ordinal, name, _, verified in found:
        if (ordinal - 1) % 7 < 5:
            reasons[ordinal] = f"{reasons[ordinal]} and {name}" if ordinal in reasons else name
            if not verified:
                unverified.add(ordinal)
    return Calendar(
        id=rules.id,
        version=rules.version,
        title=rules.title,
        first_year=rules.first_year,
        last_year=rules.last_year,
        first_day=date(rules.first_year, 1, 1).toordinal(),
        last_day=date(rules.counts_to, 12, 31).toordinal(),
        reasons=reasons,
        listed=tuple(Holiday(date.fromordinal(day), name, moved) for day, name, moved, _ in found),
        disputed={day: name for day, name in rules.disputed.items() if (day - 1) % 7 < 5 and day not in reasons},
        citations=rules.citations,
        unsettled=rules.unsettled,
        unverified=tuple(sorted(unverified)),
    )


def holidays(calendar: Calendar, year: int) -> Sequence[Holiday]:
    """Return the days on which a calendar's offices are closed for a holiday in a year. See ``Calendar.holidays``."""
    return calendar.holidays(year)
