"""Which way words run: the levels of the Unicode bidirectional algorithm, and the order a line shows them in."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

BACKWARD = frozenset({"R", "AL"})
LEFT_OUT = frozenset({"BN", "LRE", "RLE", "LRO", "RLO", "PDF"})


def runs_backward(text: str) -> bool:
    """Say whether any of it is written from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(char) in BACKWARD for char in text)


@lru_cache(maxsize=1000)
def all_backward(text: str) -> bool:
    """Say whether all its letters are written from right to left."""
    kinds = {unicodedata.bidirectional(char) for char in text}
    return "L" not in kinds and bool(kinds & BACKWARD)


@lru_cache(maxsize=1000)
def levels(text: str) -> tuple[int, ...]:
    """Return each character's embedding level (odd: from right to left).

    A paragraph runs from left to right, as the letter around it does, unless all its letters run the other way.
    """
    from bidi import algorithm

    base = int(all_backward(text))
    found: list[int] = []
    for line in text.split("\n"):
        storage = algorithm.get_empty_storage()
        storage["base_level"] = base
        storage["base_dir"] = "RL"[base == 0]
        algorithm.get_embedding_levels(line, storage, False, False)
        algorithm.explicit_embed_and_overrides(storage, False)
        algorithm.resolve_weak_types(storage, False)
        algorithm.resolve_neutral_types(storage, False)
        algorithm.resolve_implicit_levels(storage, False)
        resolved = iter(one["level"] for one in storage["chars"])
        for char in line:  # joiners, which the algorithm leaves out, go with the letter before them
            at = (found[-1] if found else base) if unicodedata.bidirectional(char) in LEFT_OUT else next(resolved)
            found.append(at)
        found.append(base)
    return tuple(found[: len(text)])


def mirrored(text: str) -> str:
    """Return some characters as they stand from right to left: reversed, brackets turned about."""
    from bidi.mirror import MIRRORED

    return "".join(MIRRORED.get(char, char) for char in reversed(text))


def visual_order(found: Sequence[int]) -> list[int]:
    """Return the places of a line's parts from left to right, given their levels (rule L2)."""
    order = list(range(len(found)))
    for level in range(max(found, default=0), 0, -1):
        at = 0
        while at < len(order):
            end = at
            while end < len(order) and found[order[end]] >= level:
                end += 1
            if end > at + 1:
                order[at:end] = reversed(order[at:end])
            at = max(end, at + 1)
    return order
