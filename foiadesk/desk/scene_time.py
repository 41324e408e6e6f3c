"""A line of time to draw along: days to pixels, ticks that read as a calendar, spans as bars."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from foiadesk.desk.scene import SMALL, Box, Line, Shape, Words
from foiadesk.frozen import dataclass
from foiadesk.law.life import Lane, Span

Say = Callable[[str], str]
DayText = Callable[[date], str]
_LEAST = 58.0  # pixels between two dates that are written
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Of each span: the color's role, the pattern, and what a person reads when pointing at it.
SPANS = {
    "counted": ("run", "", "counted"),
    "left": ("left", "", "still to run"),
    "paused": ("pause", "dots", "paused"),
    "extended": ("extension", "stripes", "extension"),
    "late": ("late", "", "late"),
}


def plain_day(day: date) -> str:
    """Return a day as the command line writes it in pictures: 3 Feb 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


@dataclass(frozen=True, slots=True)
class Axis:
    """Days from ``first`` to ``last`` between two places in pixels."""

    first: date
    last: date
    left: float
    right: float

    def at(self, day: date) -> float:
        """Return a day's place: days outside stand at the ends."""
        whole = max((self.last - self.first).days, 1)
        share = min(max((day - self.first).days / whole, 0.0), 1.0)
        return self.left + share * (self.right - self.left)

    def ticks(self, say: Say = str) -> Iterator[tuple[date, str]]:
        """Yield the days worth a tick with their words: month starts, far enough apart to be read."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        if months < 2:
            yield from self._days(say)
            return
        fits = max(1, int((self.right - self.left) / _LEAST))
        step = next((one for one in (1, 2, 3, 6, 12, 24, 60) if months / one <= fits), 120)
        number = self.first.year * 12 + self.first.month - 1
        number += -number % step
        while (day := date(number // 12, number % 12 + 1, 1)) <= self.last:
            if day >= self.first:
                yield day, str(day.year) if step >= 12 else f"{say(_MONTHS[day.month - 1])} {day.year}"
            number += step

    def _days(self, say: Say) -> Iterator[tuple[date, str]]:
        whole = max((self.last - self.first).days, 1)
        fits = max(1, int((self.right - self.left) / _LEAST))
        step = next((one for one in (1, 2, 7, 14) if whole / one <= fits), 28)
        day = self.first
        while day <= self.last:
            yield day, f"{day.day} {say(_MONTHS[day.month - 1])}"
            day += timedelta(step)


def spanning(days: list[date], left: float, right: float) -> Axis:
    """Return an axis over these days with a little air at both ends."""
    first, last = min(days), max(days)
    air = max(2, (last - first).days // 40)
    return Axis(first - timedelta(air), last + timedelta(air), left, right)


def grid(axis: Axis, top: float, bottom: float, say: Say) -> list[Shape]:
    """Return the ticks of an axis: hairlines from top to bottom, the dates below."""
    found: list[Shape] = []
    for day, words in axis.ticks(say):
        x = axis.at(day)
        found += [Line(x, top, x, bottom, "line"), Words(x, bottom + 15, words, "quiet", "middle", SMALL)]
    return found


def bar(axis: Axis, lane: Lane, y: float, height: float, say: Say, day: DayText) -> list[Shape]:
    """Return one clock's spans as a bar, with a mark of the paper's color where its last day is."""
    found: list[Shape] = []
    for span in lane.spans:
        role, pattern, words = SPANS[span.kind]
        x, end = axis.at(span.begin), axis.at(span.end)
        found.append(Box(x, y, max(end - x, 1.0), height, role, pattern, _tip(span, say(words), day)))
    if lane.due is not None and any(span.kind == "late" for span in lane.spans):
        x = axis.at(lane.due)
        found.append(Box(x - 1, y, 2, height, "paper"))
    return found


def _tip(span: Span, words: str, day: DayText) -> str:
    return f"{words}: {day(span.begin)} – {day(span.end)}"


def legend(kinds: list[str], x: float, y: float, say: Say) -> list[Shape]:
    """Return a line that says which color and pattern means what, for the kinds that are drawn."""
    found: list[Shape] = []
    for kind in (one for one in SPANS if one in kinds):
        role, pattern, words = SPANS[kind]
        words = say(words)
        found += [Box(x, y - 9, 14, 10, role, pattern), Words(x + 20, y, words, "quiet", size=SMALL)]
        x += 20 + len(words) * SMALL * 0.56 + 18
    return found
