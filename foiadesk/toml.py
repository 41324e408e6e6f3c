"""TOML that anybody may have written: read as the standard library reads it, unless that would take long."""

import tomllib
from typing import Any

_WORK = 50_000_000


def loads(text: str) -> dict[str, Any]:
    """Return what a text in TOML says. Raises ValueError (TOMLDecodeError where it is none), RecursionError.

    A key of many parts takes the library the square of their number: a line of a megabyte, days. So the dots of a line
    are counted first; no line of words has so many.
    """
    if sum(line.count(".") ** 2 for line in text.split("\n")) > _WORK:
        raise ValueError("a key has too many parts")
    return tomllib.loads(text)
