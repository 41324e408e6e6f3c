"""The result of a benchmark, its goal, and the table and file that show them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

HEADINGS = ("what", "ours", "floor or peer", "ratio", "goal", "met")


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound on the ratio of ours to the floor ("ratio") or on our own figure ("ours")."""

    sense: Literal["at most", "at least"]
    bound: float
    of: Literal["ratio", "ours"] = "ratio"

    def met(self, ours: float, ratio: float | None) -> bool | None:
        """Say whether it is met; None when there is nothing to judge."""
        value = ratio if self.of == "ratio" else ours
        if value is None:
            return None
        return value <= self.bound if self.sense == "at most" else value >= self.bound

    def words(self, unit: str) -> str:
        """Return it as the table shows it."""
        sign = "<=" if self.sense == "at most" else ">="
        return f"{sign} {self.bound:g}x" if self.of == "ratio" else f"{sign} {shown(self.bound, unit)}"


@dataclass(frozen=True, slots=True)
class Row:
    """One line. ours and floor are medians in ``unit``; floor None: nothing to compare with, and `against` says why.

    goal: what is to be met; without one, or with ``felt``, the line is a report. details: more figures, for the file.
    """

    name: str
    what: str
    unit: str
    ours: float
    floor: float | None
    against: str
    goal: Goal | None
    felt: bool = False
    notes: tuple[str, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def ratio(self) -> float | None:
        """Ours by the floor."""
        return self.ours / self.floor if self.floor else None

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None when there is none, or nothing to compare with."""
        return self.goal.met(self.ours, self.ratio) if self.goal else None

    def as_json(self) -> dict[str, Any]:
        """Return the line as the file has it."""
        plain = {**asdict(self), "ratio": self.ratio, "met": self.met}
        plain["goal"] = self.goal.words(self.unit) if self.goal else None
        return plain

    def cells(self) -> tuple[str, ...]:
        """Return the line's cells."""
        answer = {True: "yes", False: "NO", None: "-"}[self.met]
        if self.felt and self.met is not None:
            answer = "felt: yes" if self.met else "felt: no"
        return (
            self.what,
            shown(self.ours, self.unit),
            f"{shown(self.floor, self.unit)} ({self.against})" if self.floor is not None else self.against,
            f"{self.ratio:.2f}x" if self.ratio is not None else "-",
            self.goal.words(self.unit) if self.goal else "-",
            answer,
        )


def shown(value: float, unit: str) -> str:
    """Return a figure with its unit, to about three digits."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f}{unit}" if unit.startswith("/") else f"{value:,.{digits}f} {unit}"


def as_text(rows: Sequence[Row]) -> str:
    """Return the table, each line's notes beneath it."""
    table = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in table) for column in range(len(HEADINGS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in table]
    told = [lines[0], "  ".join("-" * width for width in widths)]
    for row, line in zip(rows, lines[1:], strict=True):
        told += [line, *(f"    {note}" for note in row.notes)]
    return "\n".join(told)


def write(path: Path, rows: Sequence[Row], surroundings: Mapping[str, Any]) -> None:
    """Write the results as one JSON document, whole or not at all."""
    text = json.dumps({**surroundings, "rows": [row.as_json() for row in rows]}, indent=1, ensure_ascii=False)
    part = path.with_suffix(".part")
    part.write_text(text + "\n", "utf-8")
    part.replace(path)
