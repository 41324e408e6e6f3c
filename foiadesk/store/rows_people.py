"""Rows of requesters and their signers."""

import json
from typing import TYPE_CHECKING, Any

from foiadesk.records import Requester, Signer
from foiadesk.store.rows_common import Row, dump, row, rows, value

if TYPE_CHECKING:
    from sqlite_utils import Database


def requester_columns(requester: Requester) -> dict[str, Any]:
    """Return the columns a requester is stored in, without id, signers and version."""
    return {
        "name": requester.name,
        "address": dump(list(requester.address)),
        "email": requester.email,
        "phone": requester.phone,
        "website": requester.website,
        "logo": requester.logo,
    }


def _requester_from(found: Row, signers: tuple[Signer, ...]) -> Requester:
    return Requester(
        name=found["name"],
        address=tuple(json.loads(found["address"])),
        email=found["email"],
        phone=found["phone"],
        website=found["website"],
        signers=signers,
        logo=found["logo"],
        id=found["id"],
        version=found["version"],
    )


def _signers(db: "Database", requester: int) -> tuple[Signer, ...]:
    found = db.execute("SELECT name, title FROM signers WHERE requester = ? ORDER BY place", (requester,))
    return tuple(Signer(name, title) for name, title in found.fetchall())


def signer_ids(db: "Database", requester: int) -> list[int]:
    """Return the keys of a requester's signer rows."""
    return [key for (key,) in db.execute("SELECT id FROM signers WHERE requester = ?", (requester,)).fetchall()]


def read_requester(db: "Database", requester: int) -> Requester | None:
    """Return one requester, if it is there."""
    found = row(db, "SELECT * FROM requesters WHERE id = ?", (requester,))
    return _requester_from(found, _signers(db, requester)) if found else None


def requesters(db: "Database") -> tuple[Requester, ...]:
    """Return every requester, by name."""
    found = rows(db, "SELECT * FROM requesters ORDER BY name COLLATE NOCASE, id")
    return tuple(_requester_from(each, _signers(db, each["id"])) for each in found)


def requests_naming(db: "Database", requester: int) -> int:
    """Return how many requests a requester signs."""
    return int(value(db, "SELECT count(*) FROM request_requesters WHERE requester = ?", (requester,)))
