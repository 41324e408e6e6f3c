"""What every rows module needs: dates and JSON as text, one-row reads, and the numbers that version rows."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlite_utils import Database

Row = dict[str, Any]


def now_text() -> str:
    """Return this moment, UTC, as stored: 2026-02-03T14:05:06+00:00."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def read_moment(text: str | None) -> datetime | None:
    """Read a stored moment."""
    return datetime.fromisoformat(text) if text else None


def read_day(text: str | None) -> date | None:
    """Read a stored day."""
    return date.fromisoformat(text) if text else None


def day_text(day: date | None) -> str | None:
    """Return a day as stored."""
    return day.isoformat() if day else None


def dump(value: Any) -> str:
    """Return JSON as stored: compact, text as it is, money as text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    return asdict(value)


def rows(db: "Database", sql: str, params: Sequence[Any] | Row = ()) -> list[Row]:
    """Return every row of a query as a mapping from column to value."""
    cursor = db.execute(sql, params)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def row(db: "Database", sql: str, params: Sequence[Any] | Row = ()) -> Row | None:
    """Return the first row of a query, if any."""
    found = rows(db, sql, params)
    return found[0] if found else None


def value(db: "Database", sql: str, params: Sequence[Any] | Row = ()) -> Any:
    """Return the first value of the first row, if any."""
    found = db.execute(sql, params).fetchone()
    return found[0] if found else None


def insert(db: "Database", table: str, values: Mapping[str, Any]) -> int:
    """Insert one row and return its key. (sqlite-utils' own insert would commit the transaction it stands in.)"""
    names = ", ".join(values)
    marks = ", ".join("?" * len(values))
    cursor = db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values()))  # noqa: S608 - our names
    return int(cursor.lastrowid or 0)


def update(db: "Database", table: str, key: int, values: Mapping[str, Any]) -> None:
    """Write these columns of the row with this key."""
    names = ", ".join(f"{name} = ?" for name in values)
    db.execute(f"UPDATE {table} SET {names} WHERE rowid = ?", (*values.values(), key))  # noqa: S608 - our names


def delete(db: "Database", table: str, key: int) -> None:
    """Delete the row with this key."""
    db.execute(f"DELETE FROM {table} WHERE rowid = ?", (key,))  # noqa: S608 - our names


def by_id(db: "Database", table: str, key: int) -> Row | None:
    """Return the row with this key, if any: its integer primary key, which most tables call id."""
    return row(db, f"SELECT * FROM {table} WHERE rowid = ?", (key,))  # noqa: S608 - our names


def next_version(db: "Database") -> int:
    """Draw a number no row version has had."""
    db.execute("UPDATE revision SET number = number + 1 WHERE one = 1")
    return int(value(db, "SELECT number FROM revision WHERE one = 1"))


def state(db: "Database", name: str) -> str:
    """Return one of the desk's own remembered values, "" when never set."""
    return str(value(db, "SELECT value FROM desk_state WHERE name = ?", (name,)) or "")


def put_state(db: "Database", name: str, text: str) -> None:
    """Remember one of the desk's own values."""
    db.execute(
        "INSERT INTO desk_state (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, text),
    )
