"""Asks the search index: how many fit, which come first, and where in them the words stand.

Ranking costs thirty times as much as matching, and first goes through everything that has one of the words. So what
fits is counted up to a bound first, and very many are not ranked: those with the words in their titles come first, then
the newest. Such a page is found in a blink; who wants an older one says more than one common word.
"""

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any

from foiadesk.frozen import dataclass
from foiadesk.store.rows_common import Row, rows

if TYPE_CHECKING:
    from sqlite_utils import Database

COUNTED = 20_000  # beyond, it says "more than"
ALL_SORTED = 5_000  # up to so many, every one is put in order of its date
RANKED = 1_000  # up to so many are ranked
LOOKED_AT = 2_000  # of more, so many of the newest are looked at more closely
ORDERS = ("best", "newest")

Sql = tuple[str, Sequence[Any]]
Marked = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for. match: an expression for ``words``, "" when ``where`` says all. where: conditions on d."""

    match: str = ""
    where: tuple[Sql, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Ids of documents in order. total: how many fit; more: and beyond that.

    marked: title, names and text of some of them, with marks around what was found.
    """

    ids: tuple[int, ...]
    total: int
    more: bool
    marked: Mapping[int, Marked] = field(default_factory=dict)


_MARKED = "highlight(words, 0, ?, ?), highlight(words, 1, ?, ?), highlight(words, 3, ?, ?)"


def find(
    db: "Database", wanted: Wanted, limit: int, offset: int = 0, order: str = "best", marks: tuple[str, str] = ("", "")
) -> Found:
    """Return one page of what fits. marks: what to put before and after what was found."""
    if wanted.match and order == "best":
        ids, counted = _best(db, wanted, limit, offset)
        return Found(ids, min(counted, COUNTED), counted > COUNTED, _marks(db, wanted.match, ids, marks))
    source, where, values = _source(wanted)
    counted = _count(db, source, where, values, COUNTED + 1)
    more = counted > COUNTED
    key = "w.rowid" if wanted.match else "d.id"
    if counted > ALL_SORTED:
        newest = db.execute(
            f"SELECT {key} FROM {source} WHERE {where} ORDER BY {key} DESC LIMIT 1 OFFSET {LOOKED_AT - 1}",  # noqa: S608
            values,
        ).fetchone()
        where, values = f"{where} AND {key} >= ?", [*values, newest[0]]
    if "documents" not in source:
        source = f"{source} CROSS JOIN documents d ON d.id = w.rowid"
    by = f"d.date IS NULL, d.date DESC, {key} DESC"
    found = db.execute(
        f"SELECT {key} FROM {source} WHERE {where} ORDER BY {by} LIMIT ? OFFSET ?",  # noqa: S608 - our own
        [*values, limit, offset],
    )
    return Found(tuple(each for (each,) in found.fetchall()), min(counted, COUNTED), more)


def _count(db: "Database", source: str, where: str, values: Sequence[Any], most: int) -> int:
    sql = f"SELECT count(*) FROM (SELECT 1 FROM {source} WHERE {where} LIMIT {most})"  # noqa: S608 - our own
    return int(db.execute(sql, values).fetchone()[0])


def _best(db: "Database", wanted: Wanted, limit: int, offset: int) -> tuple[tuple[int, ...], int]:
    """Return one page of what fits best, and how many fit: one more than are counted at most."""
    source, where, values = _source(wanted)
    newest = f"SELECT w.rowid FROM {source} WHERE {where} ORDER BY w.rowid DESC LIMIT ?"  # noqa: S608 - our own
    last = db.execute(f"{newest} OFFSET {LOOKED_AT - 1}", [*values, 1]).fetchone()
    if last is None:
        bound, counted = 0, _count(db, source, where, values, LOOKED_AT)
        if counted <= RANKED:
            return _ranked(db, wanted, limit, offset), counted
    else:
        bound = last[0]
        older = [*values, bound]
        counted = LOOKED_AT + _count(db, source, f"{where} AND w.rowid < ?", older, COUNTED + 1 - LOOKED_AT)
    # What fits by its title, names or numbers first: ranking would go through all that has one of the words.
    first: dict[int, None] = {}
    many = offset + limit
    for columns in ("title names numbers", "title"):
        match = f"{{{columns}}} : ({wanted.match})"
        if "NOT" in wanted.match:  # what is excluded must not stand anywhere else either
            match = f"({match}) AND ({wanted.match})"
        _, _, values_there = _source(Wanted(match, wanted.where))
        # The sign keeps SQLite from going backwards, where FTS5 would not stop at the bound.
        sql = f"SELECT w.rowid FROM {source} WHERE {where} AND w.rowid >= ? ORDER BY +w.rowid DESC LIMIT ?"  # noqa: S608
        found = db.execute(sql, [*values_there, bound, many]).fetchall()
        if not found:  # nor any by its title alone
            break
        first = dict.fromkeys(key for (key,) in found) | first
    if len(first) < many:
        first.update((key, None) for (key,) in db.execute(newest, [*values, many]).fetchall())
    return tuple(first)[offset:many], counted


def _ranked(db: "Database", wanted: Wanted, limit: int, offset: int) -> tuple[int, ...]:
    """Return one page of the best first. Sorted by SQLite: FTS5's own sorting goes back to each row once more."""
    source, where, values = _source(wanted)
    fitting = f"SELECT w.rowid AS key, w.rank AS worth FROM {source} WHERE {where}"  # noqa: S608 - our own
    sql = f"SELECT key FROM ({fitting} ORDER BY key DESC LIMIT {RANKED}) ORDER BY worth, key DESC LIMIT ? OFFSET ?"  # noqa: S608
    return tuple(key for (key,) in db.execute(sql, [*values, limit, offset]).fetchall())


def _marks(db: "Database", match: str, ids: Sequence[int], marks: tuple[str, str]) -> dict[int, Marked]:
    """Return the texts of these with marks. All in one pass: to begin matching costs as much as a thousand matches."""
    if not ids:
        return {}
    start, end = marks
    found = db.execute(
        f"""SELECT w.rowid, {_MARKED} FROM words w WHERE words MATCH ? AND w.rowid BETWEEN ? AND ?
        AND +w.rowid IN (SELECT value FROM json_each(?))""",  # noqa: S608 - our own
        [*[start, end] * 3, match, min(ids), max(ids), f"[{','.join(map(str, ids))}]"],
    )
    return {row[0]: (row[1], row[2], row[3]) for row in found.fetchall()}


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


def marked(db: "Database", key: int, match: str, start: str, end: str) -> Marked | None:
    """Return a document's title, names and text with marks around what the expression finds; None when nothing."""
    found: Marked | None = db.execute(
        f"SELECT {_MARKED} FROM words WHERE words MATCH ? AND rowid = ?",  # noqa: S608 - our own
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
