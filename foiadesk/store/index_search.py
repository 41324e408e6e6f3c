"""Asks the search index: how many fit, which come first, and where in them the words stand.

Ranking costs far more than matching. So what fits is counted up to a bound first, and beyond it only the newest are
ranked: of so many, nobody looks at more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foiadesk.store.rows_common import Row, rows

if TYPE_CHECKING:
    from sqlite_utils import Database

COUNTED = 20_000
RANKED = 10_000
ORDERS = ("best", "newest")

Sql = tuple[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for. match: an expression for ``words``, "" when ``where`` says all. where: conditions on d."""

    match: str = ""
    where: tuple[Sql, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Ids of documents in order. total: how many fit; more: and beyond that."""

    ids: tuple[int, ...]
    total: int
    more: bool


def find(db: "Database", wanted: Wanted, limit: int, offset: int = 0, order: str = "best") -> Found:
    """Return one page of what fits."""
    source, where, values = _source(wanted)
    counted = db.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM {source} WHERE {where} LIMIT {COUNTED + 1})",  # noqa: S608 - our own
        values,
    ).fetchone()[0]
    more = counted > COUNTED
    key = "w.rowid" if wanted.match else "d.id"
    if more:
        newest = db.execute(
            f"SELECT {key} FROM {source} WHERE {where} ORDER BY {key} DESC LIMIT 1 OFFSET {RANKED - 1}",  # noqa: S608
            values,
        ).fetchone()
        where, values = f"{where} AND {key} >= ?", [*values, newest[0]]
    if order == "newest" and "documents" not in source:
        source = f"{source} CROSS JOIN documents d ON d.id = w.rowid"
    by = "w.rank" if wanted.match and order == "best" else f"d.date IS NULL, d.date DESC, {key} DESC"
    found = db.execute(
        f"SELECT {key} FROM {source} WHERE {where} ORDER BY {by} LIMIT ? OFFSET ?",  # noqa: S608 - our own
        [*values, limit, offset],
    )
    return Found(tuple(each for (each,) in found.fetchall()), min(counted, COUNTED), more)


def _source(wanted: Wanted) -> tuple[str, str, list[Any]]:
    wheres = [sql for sql, _ in wanted.where]
    values = [value for _, found in wanted.where for value in found]
    if not wanted.match:
        return "documents d", " AND ".join(wheres) or "true", values
    source = "words w CROSS JOIN documents d ON d.id = w.rowid" if wheres else "words w"
    return source, " AND ".join(["words MATCH ?", *wheres]), [wanted.match, *values]


def documents(db: "Database", ids: Sequence[int]) -> dict[int, Row]:
    """Return the rows of these documents, without their text."""
    found = rows(
        db,
        """SELECT d.id, d.kind, d.key, d.sub, d.state, d.request, d.date, d.direction, d.media, d.files, d.title,
            d.names, c.pages FROM json_each(?) j CROSS JOIN documents d ON d.id = j.value
        LEFT JOIN contents c ON c.content = d.content""",
        (f"[{','.join(map(str, ids))}]",),
    )
    return {row["id"]: row for row in found}


def marked(db: "Database", key: int, match: str, start: str, end: str) -> tuple[str, str, str] | None:
    """Return a document's title, names and text with marks around what the expression finds; None when nothing."""
    found: tuple[str, str, str] | None = db.execute(
        """SELECT highlight(words, 0, ?, ?), highlight(words, 1, ?, ?), highlight(words, 3, ?, ?)
        FROM words WHERE words MATCH ? AND rowid = ?""",
        (start, end, start, end, start, end, match, key),
    ).fetchone()
    return found


def marked_inside(db: "Database", key: int, match: str, start: str, end: str) -> tuple[str, str] | None:
    """Return a document's title and names with marks around letters found anywhere in them; None when nothing."""
    found: tuple[str, str] | None = db.execute(
        "SELECT highlight(parts, 0, ?, ?), highlight(parts, 1, ?, ?) FROM parts WHERE parts MATCH ? AND rowid = ?",
        (start, end, start, end, match, key),
    ).fetchone()
    return found


def told(db: "Database", kind: str, key: int) -> str:
    """Return a thing's names and all its text; "" when it is not there."""
    found = db.execute(
        """SELECT d.names, s.text FROM documents d JOIN searched s ON s.id = d.id WHERE d.kind = ? AND d.key = ?""",
        (kind, key),
    ).fetchone()
    return "\n\n".join(part for part in found if part) if found else ""


def text_of(db: "Database", key: int) -> str:
    """Return all text of a document."""
    found = db.execute("SELECT text FROM searched WHERE id = ?", (key,)).fetchone()
    return str(found[0]) if found else ""
