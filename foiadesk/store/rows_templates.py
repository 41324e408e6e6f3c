"""Rows of the desk's own letter templates, and of what is being typed in them."""

from typing import TYPE_CHECKING

from foiadesk.store.rows_common import Row, row, rows, value

if TYPE_CHECKING:
    from sqlite_utils import Database


def versions(db: "Database") -> tuple[tuple[int, int], ...]:
    """Return what tells one state of all templates from another."""
    return tuple(db.execute("SELECT id, version FROM templates ORDER BY id").fetchall())


def templates(db: "Database") -> list[Row]:
    """Return every template, by name."""
    return rows(db, "SELECT * FROM templates ORDER BY name")


def template(db: "Database", name: str) -> Row | None:
    """Return the template of this name, if any."""
    return row(db, "SELECT * FROM templates WHERE name = ?", (name,))


def letters_of(db: "Database", kind: str) -> int:
    """Return how many letters, drafts and sent, are of a kind."""
    return int(value(db, "SELECT count(*) FROM letters WHERE kind = ?", (kind,)))


def drafts(db: "Database") -> dict[str, tuple[str, str]]:
    """Return form and text of every draft, by name."""
    found = rows(db, "SELECT name, form, text FROM template_drafts")
    return {one["name"]: (one["form"], one["text"]) for one in found}


def put_draft(db: "Database", name: str, form: str, text: str) -> None:
    """Keep a draft in place of an earlier one."""
    db.execute("INSERT OR REPLACE INTO template_drafts (name, form, text) VALUES (?, ?, ?)", (name, form, text))


def drop_draft(db: "Database", name: str) -> None:
    """Keep a draft no longer."""
    db.execute("DELETE FROM template_drafts WHERE name = ?", (name,))
