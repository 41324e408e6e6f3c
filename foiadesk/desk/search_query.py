"""What somebody typed into the search box, understood. Any text is a query: what is no operator is looked for itself.

Words must all occur; "words in a row"; OR, NOT, -word and parentheses; word* for beginnings; name:value for filters.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from foiadesk.desk.search_words import clean
from foiadesk.frozen import dataclass
from foiadesk.records import EventKind, Stage
from foiadesk.records.speech import say

LONGEST = 4_000  # characters of a query that are looked at
_WORDS_AT_MOST = 60
_DEEPEST = 12  # parentheses within parentheses


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or what stood between quotation marks. begins: words that begin so count, too."""

    text: str
    begins: bool = False
    phrase: bool = False


@dataclass(frozen=True, slots=True)
class Both:
    """All of these must hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of these must hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """This must not hold."""

    part: Node


Node = Word | Both | Either | Without


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition on what is found. value: as the field's list has it, or as typed; without: it must not hold."""

    field: str
    value: str
    without: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A query. words: None when only filters were given. notes: sentences on what was taken otherwise than meant."""

    words: Node | None = None
    filters: tuple[Filter, ...] = ()
    notes: tuple[str, ...] = ()


KINDS = {
    "request": "request", "requests": "request", "letter": "letter", "letters": "letter", "draft": "letter",
    "event": "event", "events": "event", "mail": "mail", "message": "mail", "correspondence": "mail", "file": "file",
    "document": "file", "documents": "file", "attachment": "file",
}  # fmt: skip
HAS = ("attachment", "ocr", "event", "text")
IS = ("draft", "sent", "incoming", "outgoing", "damaged", "tray")
TYPES = ("pdf", "image", "mail", "text", "word", "sheet", "zip")
_SAME = {
    "office": "agency", "after": "after", "since": "from", "until": "to", "tracking": "in", "number": "in",
}  # fmt: skip
FIELDS = (
    "agency", "campaign", "stage", "kind", "from", "to", "before", "after", "on", "has", "is", "type", "in",
)  # fmt: skip

_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<minus>-(?=[^\s)-]))?(?:
        (?P<field>[^\W\d_]{2,16}):(?P<quoted_value>"[^"]*"|(?P<value>[^\s()"]+))
        |"(?P<phrase>[^"]*)"(?P<phrase_star>\*(?=[\s()]|\Z))?
        |(?P<open>\()|(?P<close>\))
        |(?P<word>[^\s()"]+|"))""",
    re.VERBOSE,
)
_PERIOD = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # word, phrase, open, close, and, or, not
    text: str = ""
    begins: bool = False


def parse(text: str, *, typing: bool = False) -> Query:
    """Understand a query; never raises. typing: the last word is still being typed, so what begins like it counts."""
    text = clean(text[:LONGEST])
    tokens, filters, notes = _tokens(text)
    if len(tokens) > _WORDS_AT_MOST:
        tokens = tokens[:_WORDS_AT_MOST]
        notes.append(say("Only the first {words_at_most} words were looked for.", words_at_most=_WORDS_AT_MOST))
    if typing and tokens and tokens[-1].kind == "word" and text and not text[-1].isspace():
        last = tokens[-1]
        tokens[-1] = _Token("word", last.text, begins=True)
    words = _Parser(tokens).whole()
    return Query(words, tuple(dict.fromkeys(filters)), tuple(dict.fromkeys(notes)))


def _tokens(text: str) -> tuple[list[_Token], list[Filter], list[str]]:
    tokens: list[_Token] = []
    filters: list[Filter] = []
    notes: list[str] = []
    at = 0
    while found := _TOKEN.match(text, at):
        at = found.end()
        if found["space"]:
            continue
        minus = bool(found["minus"])
        if found["field"]:
            value = found["value"] or found["quoted_value"][1:-1]
            read = _filter(found["field"].lower(), value.strip(), minus, notes)
            if read is not None:
                # "NOT kind:letter" is "-kind:letter".
                if tokens and tokens[-1].kind == "not":
                    tokens.pop()
                    read = Filter(read.field, read.value, not read.without)
                filters.append(read)
                continue
        if minus:
            tokens.append(_Token("not"))
        tokens.append(_plain_token(found))
    return tokens, filters, notes


def _plain_token(found: re.Match[str]) -> _Token:
    if found["open"]:
        return _Token("open")
    if found["close"]:
        return _Token("close")
    if found["phrase"] is not None:
        return _Token("phrase", found["phrase"], bool(found["phrase_star"]))
    word = found["word"] or f"{found['field']}:{found['quoted_value']}"
    if word in ("AND", "OR", "NOT"):
        return _Token(word.lower(), word)
    begins = word.endswith("*") and len(word) > 1
    return _Token("word", word.rstrip("*") if begins else word, begins)


# -- filters ----------------------------------------------------------------------------------------------------------


def _filter(name: str, value: str, without: bool, notes: list[str]) -> Filter | None:
    """Return a filter, or None for what is to be looked for as it stands; a note then says why."""
    field = _SAME.get(name, name)
    if field not in FIELDS:
        if not value.startswith("/") and value:
            notes.append(say("“{name}:” is no filter, so it was looked for as it stands.", name=name))
        return None
    folded = value.lower().replace(" ", "_").replace("-", "_")
    read: str | None = value
    if field in ("from", "to", "before", "after", "on"):
        read = value if period(value) is not None else None
    elif field == "stage":
        read = folded if folded in tuple(Stage) else None
    elif field == "kind":
        read = KINDS.get(folded) or (folded if folded in tuple(EventKind) else None)
    elif field in _LISTS:
        read = _LISTS[field].get(folded)
    if not read:
        notes.append(
            say(
                "“{value}” is nothing that “{name}:” knows ({what}); it was looked for as it stands.",
                value=value,
                name=name,
                what=_known(field),
            )
        )
        return None
    return Filter(field, read, without)


_LISTS: dict[str, dict[str, str]] = {
    "has": {**{name: name for name in HAS}, "attachments": "attachment", "file": "attachment", "scan": "ocr"},
    "is": {**{name: name for name in IS}, "in": "incoming", "out": "outgoing", "in_tray": "tray"},
    "type": {name: name for name in TYPES},
}


def _known(field: str) -> str:
    if field in _LISTS:
        return ", ".join({"has": HAS, "is": IS, "type": TYPES}[field])
    return {
        "stage": ", ".join(Stage),
        "kind": "request, letter, mail, file, event, or a kind of event such as determination",
    }.get(field, "a date: 2026, 2026-02 or 2026-02-03")


def period(text: str) -> tuple[date, date] | None:
    """Return the first and last day that a year, a month or a day names; None for anything else."""
    found = _PERIOD.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        first = date(year, month or 1, day or 1)
        if day:
            return first, first
        if month:
            return first, date(year, month, monthrange(year, month)[1])
        return first, date(year, 12, 31)
    except ValueError:
        return None


# -- words ------------------------------------------------------------------------------------------------------------

_ENDS, _BEGINS = ("word", "phrase", "close"), ("word", "phrase", "not", "open")


def _literal(tokens: Sequence[_Token]) -> list[_Token]:
    """Return the tokens with every operator that has nothing to join as the word it is."""
    found: list[_Token] = []
    for at, token in enumerate(tokens):
        before = found[-1].kind if found else ""
        after = tokens[at + 1].kind if at + 1 < len(tokens) else ""
        joins = after in _BEGINS and (token.kind == "not" or before in _ENDS)
        if token.kind in ("and", "or", "not") and not joins:
            if token.text:
                found.append(_Token("word", token.text))
        else:
            found.append(token)
    return found


class _Parser:
    """Reads tokens into a tree: OR binds less than words beside one another, NOT more."""

    def __init__(self, tokens: Sequence[_Token]) -> None:
        self._tokens = _literal(tokens)
        self._at = 0

    def whole(self) -> Node | None:
        """Return everything; a parenthesis that closes nothing is no obstacle."""
        found: list[Node | None] = []
        while self._at < len(self._tokens):
            found.append(self._either(0))
            self._at += self._peek() == "close"
        return _joined(Both, found)

    def _peek(self) -> str:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else ""

    def _either(self, depth: int) -> Node | None:
        found = [self._both(depth)]
        while self._peek() == "or":
            self._at += 1
            found.append(self._both(depth))
        return _joined(Either, found)

    def _both(self, depth: int) -> Node | None:
        found: list[Node | None] = []
        while (kind := self._peek()) and kind not in ("or", "close"):
            if kind == "and":
                self._at += 1
            else:
                found.append(self._one(depth))
        return _joined(Both, found)

    def _one(self, depth: int) -> Node | None:
        token = self._tokens[self._at]
        self._at += 1
        if token.kind == "not":
            part = self._one(depth) if self._peek() in _BEGINS else None
            if isinstance(part, Without):
                return part.part
            return Without(part) if part is not None else None
        if token.kind != "open":
            return Word(token.text, token.begins, token.kind == "phrase")
        if depth >= _DEEPEST:
            return None
        inside = self._either(depth + 1)
        self._at += self._peek() == "close"
        return inside


def _joined(kind: type[Both] | type[Either], parts: Sequence[Node | None]) -> Node | None:
    kept = tuple(part for part in parts if part is not None)
    if len(kept) <= 1:
        return kept[0] if kept else None
    return kind(kept)
