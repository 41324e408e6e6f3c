"""Rows of saved searches."""

from typing import TYPE_CHECKING

from foiadesk.store.rows_common import Row, row, rows

if TYPE_CHECKING:
    from sqlite_utils import Database


def searches(db: "Database") -> list[Row]:
    """Return every saved search, by name."""
    return rows(db, "SELECT id, name, query, version FROM searches ORDER BY name COLLATE NOCASE, id")


def search_named(db: "Database", name: str) -> Row | None:
    """Return the saved search of this name, whatever its case."""
    return row(db, "SELECT * FROM searches WHERE name = ? COLLATE NOCASE", (name,))


def offices_asked(db: "Database") -> tuple[str, ...]:
    """Return the short names of the offices of most requests that are not in the trash, fifty at most."""
    found = db.execute(
        """SELECT office_short FROM requests WHERE trashed = 0 AND gone = 0 AND office_short <> ''
        GROUP BY office_short ORDER BY count(*) DESC, office_short LIMIT 50"""
    )
    return tuple(name for (name,) in found.fetchall())
