"""Rows of office closures: days a person knows to be closed, by calendar."""

from hashlib import sha256
from typing import TYPE_CHECKING

from foiadesk.store.rows_common import Row, row, rows

if TYPE_CHECKING:
    from sqlite_utils import Database

_COLUMNS = "id, calendar, date, note, version"


def closures(db: "Database", calendar: str | None = None) -> list[Row]:
    """Return the closures of one calendar, or of all, in order."""
    where, params = ("WHERE calendar = ?", (calendar,)) if calendar is not None else ("", ())
    return rows(db, f"SELECT {_COLUMNS} FROM closures {where} ORDER BY calendar, date", params)  # noqa: S608 - ours


def closure(db: "Database", key: int) -> Row | None:
    """Return one closure, if it is there."""
    return row(db, f"SELECT {_COLUMNS} FROM closures WHERE id = ?", (key,))  # noqa: S608 - our own


def closed_days(db: "Database", calendar: str) -> tuple[tuple[str, str], ...]:
    """Return the (date, note) of every closure of a calendar, in order."""
    found = db.execute("SELECT date, note FROM closures WHERE calendar = ? ORDER BY date", (calendar,))
    return tuple(found.fetchall())


def fingerprint(db: "Database") -> str:
    """Return what tells one set of closed days from another; "" when there are none."""
    found = db.execute("SELECT calendar, date FROM closures ORDER BY calendar, date").fetchall()
    return sha256(repr(found).encode()).hexdigest()[:16] if found else ""
