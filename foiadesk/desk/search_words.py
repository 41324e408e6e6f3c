"""How text is written down for finding: cleaned, and numbers in every writing somebody may type."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

HIT_START, HIT_END = "\x01", "\x02"  # around what was found; no text in the index holds them

_NUMBERS_KEPT = 2_000  # of one text
_UNWANTED = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff]")
# A word of letters and digits, or several joined as reference numbers are: 2026-ICFO-00123, 22/1234, F-2026-00012.
_JOINED = re.compile(r"[^\W_]+(?:[-\u2010-\u2015/_.#][^\W_]+)*")
_RUN = re.compile(r"\d+|[^\W\d_]+")
_LONGEST = 40  # characters of a number; what is longer is a link or a checksum


def clean(text: str) -> str:
    """Return text as it is kept for finding: composed characters, no control characters, nothing that is no Unicode."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode())
    return _UNWANTED.sub(" ", text)


def places(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Return where words begin in a text, accents and case aside: (start, end) in characters, in order."""
    flat = _flat(text)
    found: set[tuple[int, int]] = set()
    for word in words:
        wanted = r"[\W_]+".join(re.escape(part) for part in re.split(r"[\W_]+", _flat(word)) if part)
        if wanted:
            found.update(match.span() for match in re.finditer(rf"(?<![^\W_]){wanted}", flat))
        if len(found) > _NUMBERS_KEPT:
            break
    return sorted(found)


def _flat(text: str) -> str:
    """Return text of the same length, each character lower case and without accents."""
    if text.isascii():
        return text.lower()
    return "".join(_plain(character) for character in text)


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    return unicodedata.normalize("NFD", character)[0].lower()[:1] or character


def runs(word: str) -> list[str]:
    """Return the runs of digits and of letters in a word: "2026ICFO00123" has three."""
    return _RUN.findall(word)


def folded(word: str) -> str:
    """Return only the letters and digits of a word."""
    return "".join(character for character in word if character.isalnum())


def is_number(word: str) -> bool:
    """Tell whether a word may be a reference number: some digits, joined or mixed with letters."""
    return (
        len(word) <= _LONGEST
        and not word.isalpha()
        and sum(character.isdigit() for character in word) >= 3
        and not word.isdecimal()
        and word.isprintable()
    )


def numbers_in(*texts: str) -> str:
    """Return the reference numbers of texts in the writings their words do not show.

    A joined one ("22-1234") in one piece, a mixed one ("2026ICFO00123") in its runs: then each is found in any writing.
    """
    found: dict[str, None] = {}
    for text in texts:
        # Most words are letters alone; a number never goes beyond white space.
        told = " ".join(word for word in text.split() if not word.isalpha())
        for match in _JOINED.finditer(told):
            word = match[0]
            if not is_number(word):
                continue
            whole = folded(word)
            if whole != word:
                found.setdefault(whole)
            parts = runs(word)
            if len(parts) > len(re.split(r"[\W_]+", word)):
                found.setdefault(" ".join(parts))
            if len(found) >= _NUMBERS_KEPT:
                return " ".join(found)
    return " ".join(found)
