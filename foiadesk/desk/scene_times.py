"""How long offices take: every answer as a dot, the middle one as a bar, with the number of answers it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from foiadesk.desk.scene import SMALL, Box, Line, Mark, Scene, Shape, Words, fitted, middle
from foiadesk.desk.scene_life import LABELS, LEAST_WIDTH
from foiadesk.desk.scene_time import Say
from foiadesk.frozen import dataclass

_ROW = 36.0
_HEAD = 30.0
_APART = 56.0  # pixels between two numbers on the scale


@dataclass(frozen=True, slots=True)
class OfficeTimes:
    """One office. answered: calendar days from start to determination, each; waiting: days so far of those open."""

    office: str
    answered: tuple[int, ...]
    waiting: tuple[int, ...]

    @property
    def median(self) -> float | None:
        """The middle of the answered, None where there is none."""
        return middle(self.answered) if self.answered else None


def times_scene(title: str, offices: Sequence[OfficeTimes], *, width: float = 900.0, say: Say = str) -> Scene:
    """Draw the times of each office, the slowest first. What still waits is a ring: it has no time yet."""
    width = max(width, LEAST_WIDTH)
    headings = (
        say("Office"),
        say("Answers"),
        say("Median days"),
        say("Shortest"),
        say("Longest"),
        say("Still waiting"),
    )
    rows = tuple(_row(one) for one in offices)
    if not offices:
        sentence = say("No request has started a clock yet.")
        return Scene(width, 80, (Words(width / 2, 40, sentence, "quiet", "middle"),), title, sentence, headings, ())
    most = max((days for one in offices for days in (*one.answered, *one.waiting)), default=1)
    left, right = LABELS, width - 170
    fits = max(2, int((right - left) / _APART))
    step = next((one for one in (10, 20, 50, 100, 200, 500, 1000) if most / one <= fits), 2000)
    whole = max(step, -(-most // step) * step)
    bottom = _HEAD + 8 + _ROW * len(offices)

    def at(days: float) -> float:
        return left + days / whole * (right - left)

    shapes: list[Shape] = [Words(0, 14, fitted(title, width - 20), strong=True)]
    for days in range(0, whole + 1, step):
        shapes += [
            Line(at(days), _HEAD, at(days), bottom, "line"),
            Words(at(days), bottom + 15, f"{days:,}", "quiet", "middle", SMALL),
        ]
    shapes.append(
        Words(left, bottom + 34, say("calendar days from the start of the clock to the answer"), "quiet", size=SMALL)
    )
    for number, one in enumerate(offices):
        y = _HEAD + 12 + number * _ROW
        shapes.append(Words(LABELS - 12, y + 11, fitted(one.office, LABELS - 16), "text", "end"))
        shapes.append(Line(left, y + 7, right, y + 7, "line"))
        shapes += [
            Mark(at(days), y + 7, "ring", "soon", 8, say("still waiting") + f": {days:,}") for days in one.waiting
        ]
        shapes += [Mark(at(days), y + 7, "circle", "run", 8, f"{days:,}") for days in one.answered]
        if one.median is not None:
            shapes.append(Box(at(one.median) - 1.5, y - 3, 3, 20, "text"))
        shapes.append(Words(right + 14, y + 11, _summary(one, say), "quiet", size=SMALL))
    y = bottom + 52
    shapes += [
        Mark(left + 4, y - 4, "circle", "run"), Words(left + 14, y, say("answered"), "quiet", size=SMALL),
        Mark(left + 104, y - 4, "ring", "soon"), Words(left + 114, y, say("still waiting"), "quiet", size=SMALL),
        Box(left + 214, y - 13, 3, 16, "text"), Words(left + 224, y, say("median"), "quiet", size=SMALL),
    ]  # fmt: skip
    sentence = "; ".join(f"{one.office}: {_summary(one, say)}" for one in offices)
    return Scene(width, bottom + 64, tuple(shapes), title, sentence, headings, rows)


def _summary(one: OfficeTimes, say: Say) -> str:
    if one.median is None:
        return say("no answer yet") + f" (n = 0, +{len(one.waiting)})"
    return (
        say("median")
        + f" {one.median:g} (n = {len(one.answered)}"
        + (f", +{len(one.waiting)})" if one.waiting else ")")
    )


def _row(one: OfficeTimes) -> tuple[str, ...]:
    if not one.answered:
        return one.office, "0", "", "", "", str(len(one.waiting))
    return (
        one.office, str(len(one.answered)), f"{one.median:g}", str(min(one.answered)), str(max(one.answered)),
        str(len(one.waiting)),
    )  # fmt: skip
