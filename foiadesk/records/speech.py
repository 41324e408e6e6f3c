"""English sentences that remember how they were made, so that a window can say them in another language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Self


class Said(str):
    """English text that knows its template and what was put into it; to everything else it is plain text.

    template, plural: as translators see them; number chooses between the two, None where there is no plural.
    values: what was put in, by name; those that are Said or Day are said anew, all others stay as they are.
    """

    template: str
    plural: str
    number: int | None
    values: Mapping[str, object]
    raised: bool  # begins with a capital, whatever its template does

    def __new__(
        cls, text: str, template: str, values: Mapping[str, object], plural: str = "", number: int | None = None,
        raised: bool = False,
    ) -> Self:  # fmt: skip
        """Return the text with its making."""
        made = super().__new__(cls, text)
        made.template, made.plural, made.number, made.values, made.raised = template, plural, number, values, raised
        return made


class Day(str):
    """A date as English lists write it, that still knows which day it is and whether its year is told."""

    day: date
    year: bool

    def __new__(cls, day: date, year: bool) -> Self:
        """Return the day in words: "3 Feb", "3 Feb 2026"."""
        made = super().__new__(cls, f"{day.day} {day:%b} {day.year}" if year else f"{day.day} {day:%b}")
        made.day, made.year = day, year
        return made


def say(template: str, /, **values: object) -> Said:
    """Return a sentence with its {holes} filled."""
    return Said(template.format(**values) if values else template, template, values)


def say_count(one: str, many: str, number: int, /, **values: object) -> Said:
    """Return the form of a sentence that fits ``number``, which stands in it as {n}."""
    text = (one if number == 1 else many).format(n=f"{number:,}", **values)
    return Said(text, one, values, many, number)


def raised(text: str) -> str:
    """Return words with a capital at their beginning."""
    higher = text[:1].upper() + text[1:]
    return (
        Said(higher, text.template, text.values, text.plural, text.number, True) if isinstance(text, Said) else higher
    )
