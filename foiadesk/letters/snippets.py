"""Ready-made sentences: the shipped items and formats to start a request from, and the shape of a person's own."""

import tomllib
from functools import cache

from foiadesk.frozen import dataclass
from foiadesk.shelf import resource


@dataclass(frozen=True, slots=True)
class Snippet:
    """A sentence to start from. Text between « and » is for the person to fill in. id: of one's own, else 0."""

    group: str
    title: str
    text: str
    id: int = 0


@cache
def _shipped() -> dict[str, list[dict[str, object]]]:
    with resource("snippets", "items.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def item_snippets() -> tuple[Snippet, ...]:
    """Return the ready-made items in their groups' order."""
    found: list[Snippet] = []
    for group in _shipped()["group"]:
        items = group["item"]
        assert isinstance(items, list)
        found += [Snippet(str(group["title"]), str(item["title"]), str(item["text"])) for item in items]
    return tuple(found)


@cache
def format_snippets() -> tuple[Snippet, ...]:
    """Return the usual answers to "in which format?"."""
    return tuple(Snippet("", str(item["title"]), str(item["text"])) for item in _shipped()["format"])


def first_gap(text: str) -> tuple[int, int] | None:
    """Return where the first « » gap begins and ends, both marks included; None when nothing is left to fill in."""
    start = text.find("«")
    end = text.find("»", start)
    return (start, end + 1) if 0 <= start < end else None
