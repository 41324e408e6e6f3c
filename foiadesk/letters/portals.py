"""How much text an office's portal takes, as data with its date, and how much a letter has."""

import tomllib
from functools import cache
from urllib.parse import urlsplit

from foiadesk.frozen import dataclass
from foiadesk.shelf import resource


@dataclass(frozen=True, slots=True)
class PortalLimit:
    """limit: characters, as a browser sends them. as_of: the ISO day on which ``source`` said so."""

    host: str
    field: str
    limit: int
    as_of: str
    source: str


@cache
def portal_limits() -> tuple[PortalLimit, ...]:
    """Return every limit that is known."""
    table = tomllib.loads(resource("agencies", "portals.toml").read_text(encoding="utf-8"))
    return tuple(PortalLimit(**row) for row in table["portals"])


def limit_of(portal: str) -> PortalLimit | None:
    """Return the limit of a portal's address, None where none is known."""
    try:
        host = (urlsplit(portal).hostname or "").lower()
    except ValueError:
        return None
    return next((known for known in portal_limits() if known.host == host), None)


def sent_length(text: str) -> int:
    """Return how many characters a browser sends for a text: a line break counts as two."""
    plain = text.rstrip("\n")
    return len(plain) + plain.count("\n")
