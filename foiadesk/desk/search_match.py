"""A query's words as the index takes them: one expression of its own language, or sets joined in SQL."""

from __future__ import annotations

from collections.abc import Iterator

from foiadesk.desk.search_query import Both, Either, Node, Without, Word
from foiadesk.desk.search_words import folded, is_number, runs

_IN_WORDS = "{} IN (SELECT rowid FROM words WHERE words MATCH ?)"
_IN_PARTS = "{} IN (SELECT rowid FROM parts WHERE parts MATCH ?)"
SHORTEST_PART = 3  # letters; shorter ones are found only as words and beginnings


def findable(node: Node | None) -> tuple[Node | None, tuple[str, ...]]:
    """Return the query without words that hold neither letter nor digit and are too short, and those words."""
    lost: list[str] = []

    def kept(node: Node) -> Node | None:
        if isinstance(node, Word):
            if _has_letters(node.text) or len(node.text) >= SHORTEST_PART:
                return node
            if node.text.strip():
                lost.append(node.text)
            return None
        if isinstance(node, Without):
            inner = kept(node.part)
            return Without(inner) if inner is not None else None
        parts = tuple(found for part in node.parts if (found := kept(part)) is not None)
        if len(parts) <= 1:
            return parts[0] if parts else None
        return type(node)(parts)

    found = kept(node) if node is not None else None
    return found, tuple(dict.fromkeys(lost))


def words_of(node: Node | None) -> Iterator[Word]:
    """Yield every word a query looks for, those it excludes left out."""
    if isinstance(node, Word):
        yield node
    elif isinstance(node, Both | Either):
        for part in node.parts:
            yield from words_of(part)


def beginning(node: Node) -> Node:
    """Return the query with every word also standing for words that begin so."""
    if isinstance(node, Word):
        return Word(node.text, begins=True) if not node.phrase and len(node.text) >= SHORTEST_PART else node
    if isinstance(node, Without):
        return node
    return type(node)(tuple(beginning(part) for part in node.parts))


def match(node: Node) -> str | None:
    """Return the query as one FTS5 expression; None when only sets can express it (a bare exclusion, signs alone)."""
    if isinstance(node, Word):
        return _word(node) if _has_letters(node.text) else None
    if isinstance(node, Without):
        return None
    if isinstance(node, Either):
        parts = [match(part) for part in node.parts]
        return None if None in parts else f"({' OR '.join(part for part in parts if part)})"
    positive = [match(part) for part in node.parts if not isinstance(part, Without)]
    negative = [match(part.part) for part in node.parts if isinstance(part, Without)]
    if not positive or None in positive or None in negative:
        return None
    found = f"({' AND '.join(part for part in positive if part)})"
    return f"({found} NOT ({' OR '.join(part for part in negative if part)}))" if negative else found


def sets(node: Node, key: str, *, parts: bool) -> tuple[str, list[str]]:
    """Return the query as SQL on rows whose id is ``key``, and its parameters. parts: also inside of short texts."""
    if isinstance(node, Word):
        made: list[tuple[str, str]] = []
        if _has_letters(node.text):
            made.append((_IN_WORDS.format(key), _word(node)))
        if (not made or (parts and not node.phrase)) and len(node.text) >= SHORTEST_PART:
            made.append((_IN_PARTS.format(key), _quoted(node.text)))
        return f"({' OR '.join(sql for sql, _ in made)})", [value for _, value in made]
    if isinstance(node, Without):
        sql, values = sets(node.part, key, parts=False)
        return f"NOT {sql}", values
    both = [sets(part, key, parts=parts) for part in node.parts]
    joint = " AND " if isinstance(node, Both) else " OR "
    return f"({joint.join(sql for sql, _ in both)})", [value for _, values in both for value in values]


def inside(node: Node) -> str | None:
    """Return an FTS5 expression on ``parts``: rows in whose short texts any word of the query stands somewhere."""
    texts = [
        word.text
        for word in words_of(node)
        if len(word.text) >= SHORTEST_PART and not (word.phrase and _has_letters(word.text))
    ]
    return " OR ".join(map(_quoted, dict.fromkeys(texts))) or None


def _has_letters(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _word(word: Word) -> str:
    """Return a word, and a number also in the writings it was not typed in."""
    writings = [word.text]
    if not word.phrase and (is_number(word.text) or _is_mixed(word.text)):
        writings += [" ".join(runs(word.text)), folded(word.text)]
    star = " *" if word.begins else ""
    found = [_quoted(text) + star for text in dict.fromkeys(writings)]
    return found[0] if len(found) == 1 else f"({' OR '.join(found)})"


def _is_mixed(text: str) -> bool:
    """Tell whether a word has digits and letters at once: it may be the beginning of a number."""
    return any(character.isdigit() for character in text) and any(character.isalpha() for character in text)
