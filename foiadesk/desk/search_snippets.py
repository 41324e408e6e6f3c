"""The few words around what was found, with the places to highlight; never markup."""

from __future__ import annotations

import re

from foiadesk.desk.search_words import HIT_END, HIT_START

LENGTH = 180  # characters
_BEFORE = 50  # of them at most before the first highlight
_HIT = re.compile(f"{HIT_START}([^{HIT_END}]*){HIT_END}")
_MARK = re.compile(f"([{HIT_START}{HIT_END}])")
_SPACE = re.compile(r"\s+")

Ranges = tuple[tuple[int, int], ...]


def unmarked(text: str) -> tuple[str, Ranges]:
    """Return a short marked text without its marks, and where they stood: (start, end) in characters.

    A mark whose other half was cut off reaches to the end, or is left out.
    """
    plain: list[str] = []
    ranges: list[tuple[int, int]] = []
    length, start = 0, -1
    for piece in _MARK.split(text):
        if piece == HIT_START:
            start = length
        elif piece == HIT_END:
            if 0 <= start < length:
                ranges.append((start, length))
            start = -1
        else:
            plain.append(piece)
            length += len(piece)
    if 0 <= start < length:
        ranges.append((start, length))
    return "".join(plain), tuple(ranges)


def snippet(text: str) -> tuple[str, Ranges, int]:
    """Return the piece of a marked text where the most different words stand near one another.

    Returns it with the ranges to highlight, and its page, from 1. Without a mark it is the beginning of the text.
    """
    start = _best(text)
    page = text.count("\f", 0, start) + 1
    first = text.rfind("\f", 0, start) + 1
    last = text.find("\f", start)
    begin = _word_before(text, max(first, start - _BEFORE))
    # Marks inside take no room.
    piece = text[begin : begin + LENGTH + 2 * text.count(HIT_START, begin, begin + LENGTH)]
    if last >= 0:
        piece = piece[: max(0, last - begin)]
    ends = begin + len(piece) >= (last if last >= 0 else len(text))
    if not ends:
        piece = piece.rsplit(" ", 1)[0] if " " in piece[LENGTH // 2 :] else piece
    piece = _SPACE.sub(" ", piece).strip()
    if not piece:
        return "", (), page
    return *unmarked(f"{'… ' if begin > first else ''}{piece}{'' if ends else ' …'}"), page


def _best(text: str) -> int:
    """Return where the window with the most different marked words begins."""
    hits = [(hit.start(), hit[1].casefold()) for hit in _HIT.finditer(text)]
    best, most = (hits[0][0] if hits else 0), 0
    last = 0
    for first, (start, _word) in enumerate(hits[:2_000]):
        last = max(last, first)
        while last < len(hits) and hits[last][0] < start + LENGTH - _BEFORE:
            last += 1
        different = len({word for _, word in hits[first:last]})
        if different > most:
            best, most = start, different
    return best


def _word_before(text: str, at: int) -> int:
    """Return the beginning of the word at this place, not more than a few letters back."""
    for back in range(at, max(at - 20, -1), -1):
        if back == 0 or text[back - 1].isspace():
            return back
    return at
