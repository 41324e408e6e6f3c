"""Rows of the search index: what is found, and the text read out of stored contents. Always rebuildable."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from foiadesk.frozen import dataclass
from foiadesk.store.rows_common import Row, row, rows, value

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing as it is to be found; the columns of ``documents``. content: of a file, whose text is in its pages."""

    kind: str
    key: int
    title: str
    names: str = ""
    numbers: str = ""
    text: str = ""
    sub: str = ""
    state: str = ""
    request: int | None = None
    date: str | None = None
    direction: str = ""
    media: str = ""
    files: int = 0
    content: int | None = None


_COLUMNS = (
    "kind", "key", "sub", "state", "request", "date", "direction", "media", "files", "content", "title", "names",
    "numbers", "text",
)  # fmt: skip
_PUT = f"""INSERT INTO documents ({", ".join(_COLUMNS)}) VALUES ({", ".join("?" * len(_COLUMNS))})
    ON CONFLICT (kind, key) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _COLUMNS[2:])}
    RETURNING id"""  # noqa: S608 - our names
# An index over outside content must be given, to forget a row, exactly what it was given to learn it.
_FORGET = (
    """INSERT INTO words (words, rowid, title, names, numbers, text)
    SELECT 'delete', id, title, names, numbers, text FROM searched WHERE id = ?""",
    "INSERT INTO parts (parts, rowid, title, names) SELECT 'delete', id, title, names FROM documents WHERE id = ?",
)
_LEARN = (
    """INSERT INTO words (rowid, title, names, numbers, text)
    SELECT id, title, names, numbers, text FROM searched WHERE id = ?""",
    "INSERT INTO parts (rowid, title, names) SELECT id, title, names FROM documents WHERE id = ?",
)
_KNOWN = f"SELECT id, {', '.join(_COLUMNS[2:])} FROM documents WHERE kind = ? AND key = ?"  # noqa: S608 - our names


_NEW = f"INSERT INTO documents (id, {', '.join(_COLUMNS)}) VALUES (?, {', '.join('?' * len(_COLUMNS))})"  # noqa: S608
_LEARN_TEXT = "INSERT INTO words (rowid, title, names, numbers, text) VALUES (?, ?, ?, ?, ?)"
_LEARN_PARTS = "INSERT INTO parts (rowid, title, names) VALUES (?, ?, ?)"


def put_all(db: "Database", kind: str, entries: Sequence[Entry]) -> None:
    """Make things of one kind findable, as ``put`` does; all that are new to the index in a few statements."""
    keys = f"[{','.join(str(entry.key) for entry in entries)}]"
    sql = "SELECT key FROM documents WHERE kind = ? AND key IN (SELECT value FROM json_each(?))"
    known = {key for (key,) in db.execute(sql, (kind, keys)).fetchall()}
    last = int(value(db, "SELECT coalesce(max(id), 0) FROM documents"))
    new = list(enumerate((entry for entry in entries if entry.key not in known), last + 1))
    contents = [(entry.content,) for _, entry in new if entry.content is not None]
    db.conn.executemany("INSERT OR IGNORE INTO contents (content) VALUES (?)", contents)
    db.conn.executemany(_NEW, [(key, *(getattr(entry, name) for name in _COLUMNS)) for key, entry in new])
    told = [(key, one.title, one.names, one.numbers, one.text) for key, one in new if one.content is None]
    db.conn.executemany(_LEARN_TEXT, told)
    db.conn.executemany(_LEARN[0], [(key,) for key, entry in new if entry.content is not None])
    db.conn.executemany(_LEARN_PARTS, [(key, entry.title, entry.names) for key, entry in new])
    for entry in entries:
        if entry.key in known:
            put(db, entry)


def put(db: "Database", entry: Entry) -> None:
    """Make a thing findable, in place of what was known of it; nothing is written when nothing differs."""
    values = tuple(getattr(entry, name) for name in _COLUMNS)
    known = db.execute(_KNOWN, (entry.kind, entry.key)).fetchone()
    if known is not None and known[1:] == values[2:]:
        return
    if entry.content is not None:
        db.execute("INSERT OR IGNORE INTO contents (content) VALUES (?)", (entry.content,))
    if known is not None:
        for sql in _FORGET:
            db.execute(sql, (known[0],))
    key = db.execute(_PUT, values).fetchone()[0]
    for sql in _LEARN:
        db.execute(sql, (key,))


def drop(db: "Database", kind: str, key: int) -> None:
    """Let a thing be found no more. What was read out of its content stays until `forget_contents`."""
    known = value(db, "SELECT id FROM documents WHERE kind = ? AND key = ?", (kind, key))
    if known is not None:
        _drop(db, known)


def drop_request(db: "Database", request: int) -> None:
    """Let nothing of a request be found any more."""
    found = db.execute("SELECT id FROM documents WHERE request = ?", (request,)).fetchall()
    for (known,) in found:
        _drop(db, known)


def _drop(db: "Database", known: int) -> None:
    for sql in _FORGET:
        db.execute(sql, (known,))
    db.execute("DELETE FROM documents WHERE id = ?", (known,))


def has(db: "Database", kind: str, key: int) -> bool:
    """Tell whether a thing can be found."""
    return value(db, "SELECT 1 FROM documents WHERE kind = ? AND key = ?", (kind, key)) is not None


def contents_known(db: "Database") -> set[int]:
    """Return the contents of which anything is kept."""
    return {key for (key,) in db.execute("SELECT content FROM contents").fetchall()}


def forget_contents(db: "Database", contents: Iterable[int]) -> None:
    """Drop what was read out of contents that are gone from the desk; no findable thing may still have them."""
    db.conn.executemany("DELETE FROM contents WHERE content = ?", [(key,) for key in contents])


# -- text of contents -------------------------------------------------------------------------------------------------


def next_to_read(db: "Database") -> Row | None:
    """Return the newest content whose text waits to be read, and how many of its pages are done."""
    return row(
        db,
        """SELECT c.*, (SELECT count(*) FROM pages p WHERE p.content = c.content) AS done
        FROM contents c WHERE c.state = 'waiting' ORDER BY c.content DESC LIMIT 1""",
    )


def to_read(db: "Database") -> int:
    """Return how many contents wait to be read."""
    return int(value(db, "SELECT count(*) FROM contents WHERE state = 'waiting'"))


def content(db: "Database", key: int) -> Row | None:
    """Return what is known of a content."""
    return row(db, "SELECT * FROM contents WHERE content = ?", (key,))


def try_content(db: "Database", key: int) -> None:
    """Count one more attempt, before it is made: one that ends the program counts, too."""
    db.execute("UPDATE contents SET tries = tries + 1 WHERE content = ?", (key,))


def settle_content(db: "Database", key: int, state: str, *, kind: str, pages: int, reason: str = "") -> None:
    """Note what a content is and whether all of it was read."""
    db.execute(
        "UPDATE contents SET state = ?, kind = ?, pages = ?, reason = ? WHERE content = ?",
        (state, kind, pages, reason, key),
    )


def put_pages(db: "Database", key: int, pages: Sequence[tuple[int, str, str, str]]) -> None:
    """Store pages of a content: (number from 0, source, text, why there is none). Its files are found by them."""
    owners = [each for (each,) in db.execute("SELECT id FROM documents WHERE content = ?", (key,)).fetchall()]
    telling = any(text for _, _, text, _ in pages)
    if telling:
        for owner in owners:
            db.execute(_FORGET[0], (owner,))
    db.conn.executemany(
        """INSERT INTO pages (content, number, source, text, reason) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (content, number) DO UPDATE SET source = excluded.source, text = excluded.text,
        reason = excluded.reason""",
        [(key, number, source, text, reason) for number, source, text, reason in pages],
    )
    if telling:
        for owner in owners:
            db.execute(_LEARN[0], (owner,))


def try_page(db: "Database", key: int, number: int) -> int:
    """Count one more attempt at a page and return how many there were."""
    db.execute("UPDATE pages SET tries = tries + 1 WHERE content = ? AND number = ?", (key, number))
    return int(value(db, "SELECT tries FROM pages WHERE content = ? AND number = ?", (key, number)) or 0)


def pages_of(db: "Database", key: int) -> list[Row]:
    """Return the pages of a content, in order."""
    return rows(db, "SELECT number, source, text, reason FROM pages WHERE content = ? ORDER BY number", (key,))


def without_text(db: "Database", content: int | None = None) -> list[tuple[int, int]]:
    """Return (content, page) of what may still be read by OCR, of one content or of all that are findable."""
    if content is not None:
        sql = "SELECT content, number FROM pages WHERE content = ? AND source = 'none' AND reason = '' ORDER BY number"
        return [(key, number) for key, number in db.execute(sql, (content,)).fetchall()]
    found = db.execute(
        """SELECT p.content, p.number FROM pages p WHERE p.source = 'none' AND p.reason = ''
        AND EXISTS (SELECT 1 FROM documents d WHERE d.content = p.content) ORDER BY p.content DESC, p.number"""
    )
    return [(key, number) for key, number in found.fetchall()]


# -- the index itself -------------------------------------------------------------------------------------------------


def state(db: "Database", name: str) -> str:
    """Return one of the index's own remembered values, "" when never set."""
    return str(value(db, "SELECT value FROM state WHERE name = ?", (name,)) or "")


def put_state(db: "Database", name: str, text: str) -> None:
    """Remember one of the index's own values."""
    db.execute(
        "INSERT INTO state (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, text),
    )
