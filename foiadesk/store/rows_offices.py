"""Rows of what a person knows of offices beside the directory."""

import json
from typing import TYPE_CHECKING, Any

from foiadesk.records import OwnOffice
from foiadesk.store.rows_common import Row, day_text, dump, read_day, row, rows

if TYPE_CHECKING:
    from sqlite_utils import Database


def own_offices(db: "Database") -> tuple[OwnOffice, ...]:
    """Return all of them, by code."""
    return tuple(map(_own, rows(db, "SELECT * FROM own_offices ORDER BY code")))


def own_office(db: "Database", code: str) -> OwnOffice | None:
    """Return the one with this code, if any."""
    found = row(db, "SELECT * FROM own_offices WHERE code = ?", (code,))
    return _own(found) if found else None


def own_columns(own: OwnOffice) -> dict[str, Any]:
    """Return the columns in which it is stored, without id and version."""
    return {
        "code": own.code,
        "office": dump(dict(own.fields)),
        "added": int(own.added),
        "contact": own.contact,
        "notes": own.notes,
        "as_of": day_text(own.as_of),
    }


def _own(found: Row) -> OwnOffice:
    return OwnOffice(
        code=found["code"],
        fields=json.loads(found["office"]),
        contact=found["contact"],
        notes=found["notes"],
        added=bool(found["added"]),
        as_of=read_day(found["as_of"]),
        id=found["id"],
        version=found["version"],
    )
