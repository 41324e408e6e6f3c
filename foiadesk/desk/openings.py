"""The requests that wait for something, found by address, office and title; arranged once for many letters."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from foiadesk.store import rows_meaning

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(slots=True)
class OpenOffice:
    """An office and its open requests. name: folded, without "U.S."; emails: as each request's copy of it has them."""

    code: str
    short: str
    name: str
    emails: dict[str, list[int]] = field(default_factory=dict)
    requests: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Openings:
    """offices: by code. titles: by folded title, as written and the requests that have it."""

    offices: dict[str, OpenOffice] = field(default_factory=dict)
    titles: dict[str, tuple[str, list[int]]] = field(default_factory=dict)


def folded(text: str) -> str:
    """Return words as they are compared: without case, on one line, "&" written out."""
    return " ".join(text.casefold().replace("&", " and ").split())


def openings(db: Database) -> Openings:
    """Arrange what is open."""
    found = Openings()
    for request, title, code, short, name, email in rows_meaning.open_requests(db):
        office = found.offices.get(code)
        if office is None:
            office = found.offices[code] = OpenOffice(code, short, folded(name).removeprefix("u.s. "))
        office.requests.append(request)
        if email:
            office.emails.setdefault(email, []).append(request)
        found.titles.setdefault(folded(title), (title, []))[1].append(request)
    return found
