"""Two sets of a form's values side by side: which fields differ, and in which words."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher

from foiadesk.frozen import dataclass
from foiadesk.letters.catalogue import LetterField, LetterKind
from foiadesk.letters.sources import chosen

SAME, GONE, NEW = "same", "gone", "new"
_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
_WORDS_AT_MOST = 6000  # beyond, a text is compared line by line: word by word would take seconds


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and whether both texts have them ("same"), only the older ("gone") or only the newer ("new")."""

    how: str
    text: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that differs. before and after: as the form shows them. pieces: both at once, word by word."""

    name: str
    label: str
    before: str
    after: str
    pieces: tuple[Piece, ...]


def compare(kind: LetterKind, before: Mapping[str, str], after: Mapping[str, str]) -> tuple[FieldChange, ...]:
    """Return the fields that differ, in the form's order; what stands beside the form (enclosures …) comes last."""
    known = {field.name: field for field in kind.fields}
    names = [*known, *(name for name in {**before, **after} if name not in known)]
    found = []
    for name in names:
        old, new = (shown(known.get(name), values.get(name, "")) for values in (before, after))
        if old != new:
            label = known[name].label if name in known else _beside(name)
            found.append(FieldChange(name, label, old, new, pieces(old, new)))
    return tuple(found)


def shown(field: LetterField | None, text: str) -> str:
    """Return a value as the form shows it: a choice by its words, a check as yes or no."""
    if field is None:
        return text.strip()
    if field.type == "check":
        return "yes" if chosen(text) else "no"
    if field.type == "choice":
        return dict(field.choices).get(text, text)
    return text.strip()


def _beside(name: str) -> str:
    plain = name.removeprefix("+")
    words = {"enclose": "Enclosed documents", "dividers": "A page before each enclosure", "lines": "Numbered lines"}
    return words.get(plain, plain[:1].upper() + plain[1:])


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Return two texts as one, each piece said to be in both or in one."""
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    if len(old) + len(new) > _WORDS_AT_MOST:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found: list[Piece] = []
    for how, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            found.append(Piece(SAME, "".join(old[first:last])))
            continue
        if last > first:
            found.append(Piece(GONE, "".join(old[first:last])))
        if end > start:
            found.append(Piece(NEW, "".join(new[start:end])))
    return tuple(found)
