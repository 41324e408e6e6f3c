"""English sentences that remember how they were made, so that a window can say them in another language."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Self


class Said(str):
    """English text that knows its template and what was put into it; to everything else it is plain text.

    template, plural: as translators see them; number chooses between the two, None where there is no plural.
    values: what was put in, by name; those that are Said or Day are said anew, all others stay as they are.
    begin: what is done to the first letter, "upper", "lower" or "".
    """

    template: str
    plural: str
    number: int | None
    values: Mapping[str, object]
    begin: str

    def __new__(
        cls, text: str, template: str, values: Mapping[str, object], plural: str = "", number: int | None = None,
        begin: str = "",
    ) -> Self:  # fmt: skip
        """Return the text with its making."""
        made = super().__new__(cls, text)
        made.template, made.plural, made.number, made.values, made.begin = template, plural, number, values, begin
        return made

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        """A copy, as of a record told in JSON, is the plain text."""
        return str, (str(self),)


class Day(str):
    """A date as English lists write it, that still knows which day it is and whether its year is told."""

    day: date
    year: bool

    def __new__(cls, day: date, year: bool) -> Self:
        """Return the day in words: "3 Feb", "3 Feb 2026"."""
        made = super().__new__(cls, f"{day.day} {day:%b} {day.year}" if year else f"{day.day} {day:%b}")
        made.day, made.year = day, year
        return made

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        """A copy is the plain text."""
        return str, (str(self),)


def worded(day: date, text: str) -> Day:
    """Return a date written in another way in English, that a window may still say in its own."""
    made = str.__new__(Day, text)
    made.day, made.year = day, True
    return made


def iso_day(day: date) -> Day:
    """Return a date as machines write it: "2026-02-03"."""
    return worded(day, day.isoformat())


def say(template: str, /, **values: object) -> Said:
    """Return a sentence with its {holes} filled."""
    return Said(template.format(**values) if values else template, template, values)


def say_count(one: str, many: str, number: int, /, **values: object) -> Said:
    """Return the form of a sentence that fits ``number``, which stands in it as {n}."""
    text = (one if number == 1 else many).format(n=f"{number:,}", **values)
    return Said(text, one, values, many, number)


def joined(between: str, parts: Iterable[str]) -> Said:
    """Return texts one after the other; each is said anew, what stands between them is not."""
    values = {f"part{number}": part for number, part in enumerate(parts)}
    return Said(between.join(values.values()), between.join(f"{{{name}}}" for name in values), values)


def listed(names: Sequence[str]) -> str:
    """Join names as a sentence does: "ICE, CBP and PRIV"."""
    if len(names) < 2:
        return names[0] if names else ""
    return say("{several} and {last}", several=joined(", ", names[:-1]), last=names[-1])


def either(names: Sequence[str]) -> str:
    """Join names as a choice: "email or portal"."""
    found = names[0] if names else ""
    for name in names[1:]:
        found = say("{one} or {other}", one=found, other=name)
    return found


def as_said(text: str) -> Said:
    """Return words of ours as a sentence, whether anything was filled into them or not."""
    return text if isinstance(text, Said) else say(text)


def raised(text: str) -> str:
    """Return words with a capital at their beginning."""
    return _begun(text, "upper")


def lowered(text: str) -> str:
    """Return words without a capital at their beginning, to stand within a sentence."""
    return _begun(text, "lower")


def begun(text: str, begin: str) -> str:
    """Return a text with its first letter "upper" or "lower"; "" leaves it."""
    return getattr(text[:1], begin)() + text[1:] if begin else text


def _begun(text: str, begin: str) -> str:
    words = begun(text, begin)
    return Said(words, text.template, text.values, text.plural, text.number, begin) if isinstance(text, Said) else words


def making(text: str) -> str:
    """Return how a sentence was made, as text that ``remade`` reads; "" for text that is just text."""
    return json.dumps(_told(text), ensure_ascii=False, separators=(",", ":")) if isinstance(text, Said) else ""


def remade(text: str, how: str) -> str:
    """Return a sentence that was kept as plain text beside its making; what cannot be read leaves the plain text."""
    if not how:
        return text
    try:
        again = _untold(json.loads(how))
    except (ValueError, TypeError, KeyError, IndexError):
        return text
    if not isinstance(again, Said):
        return text
    return Said(text, again.template, again.values, again.plural, again.number, again.begin)


def _told(value: object) -> object:
    """Return a value as JSON holds it: {"d": ...} is a day, {"t": ...} a sentence, all else stands for itself."""
    if isinstance(value, Day):
        return {"d": value.day.isoformat(), "y": value.year, "x": str(value)}
    if not isinstance(value, Said):
        return value if isinstance(value, int | float | bool | None) else str(value)
    found: dict[str, object] = {"t": value.template}
    if value.values:
        found["v"] = {name: _told(one) for name, one in value.values.items()}
    if value.number is not None:
        found |= {"p": value.plural, "n": value.number}
    if value.begin:
        found["b"] = value.begin
    if str(value) != value.template:
        found["x"] = str(value)
    return found


def _untold(data: object) -> object:
    if not isinstance(data, dict):
        return data
    if "d" in data:
        made = str.__new__(Day, data["x"])
        made.day, made.year = date.fromisoformat(data["d"]), bool(data["y"])
        return made
    values = {str(name): _untold(one) for name, one in data.get("v", {}).items()}
    template = str(data["t"])
    return Said(
        str(data.get("x", template)), template, values, str(data.get("p", "")), data.get("n"), str(data.get("b", ""))
    )
