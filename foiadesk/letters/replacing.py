"""Find and replace across the fields of a letter's form that hold running text."""

import re
from collections.abc import Mapping

from foiadesk.frozen import dataclass
from foiadesk.letters.catalogue import LetterField, LetterKind
from foiadesk.letters.sources import chosen
from foiadesk.letters.words import join_items, split_items

WRITTEN = ("line", "text", "items")  # types of fields a person writes in


@dataclass(frozen=True, slots=True)
class Found:
    """How often a text stands in a field."""

    name: str
    label: str
    count: int


def wanted(kind: LetterKind, name: str, values: Mapping[str, str]) -> bool:
    """Say whether a field matters, given what the fields it depends on hold."""
    fields = {field.name: field for field in kind.fields}
    when = fields[name].when
    if not when:
        return True
    other, _equals, value = when.partition("=")
    if other not in fields or not wanted(kind, other, values):
        return False
    held = values.get(other, "")
    return held == value if value else chosen(held)


def find(kind: LetterKind, values: Mapping[str, str], text: str, *, case: bool = False) -> tuple[Found, ...]:
    """Return each written field of the letter in which a text stands, in the form's order. case: as it is written."""
    if not text:
        return ()
    pattern = pattern_of(text, case=case)
    found = []
    for field in _written(kind, values):
        count = sum(len(pattern.findall(part)) for part in _parts(field, values[field.name]))
        if count:
            found.append(Found(field.name, field.label, count))
    return tuple(found)


def replaced(
    kind: LetterKind, values: Mapping[str, str], text: str, by: str, *, case: bool = False
) -> tuple[dict[str, str], int]:
    """Return the fields that change with their new values, and how many places did."""
    if not text:
        return {}, 0
    pattern, total, made = pattern_of(text, case=case), 0, {}
    for field in _written(kind, values):
        parts, count = [], 0
        for part in _parts(field, values[field.name]):
            new, here = pattern.subn(lambda _match: by, part)
            parts.append(new)
            count += here
        if count:
            made[field.name] = join_items(parts) if field.type == "items" else parts[0]
            total += count
    return made, total


def pattern_of(text: str, *, case: bool) -> re.Pattern[str]:
    """Return what finds a text as it stands, whatever its letters' case unless ``case``."""
    return re.compile(re.escape(text), re.NOFLAG if case else re.IGNORECASE)


def _written(kind: LetterKind, values: Mapping[str, str]) -> list[LetterField]:
    fields = (field for field in kind.fields if field.type in WRITTEN and values.get(field.name))
    return [field for field in fields if wanted(kind, field.name, values)]


def _parts(field: LetterField, value: str) -> list[str]:
    return split_items(value) if field.type == "items" else [value]
