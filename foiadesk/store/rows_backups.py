"""Rows of backup places, of the last good backup in each, and of the prints of encrypted files."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from foiadesk.frozen import dataclass
from foiadesk.store.rows_common import Row, dump, row, rows
from foiadesk.store.sealed import Print

if TYPE_CHECKING:
    from sqlite_utils import Database

_PLACES = """SELECT p.*, m.number, m.taken_at, m.bytes FROM backup_places p
LEFT JOIN backups_made m ON m.place = p.id """


@dataclass(frozen=True, slots=True)
class Wanted:
    """A stored file that rows name: its key, SHA-256 and size of its content, and its print where it is known."""

    key: str
    sha256: str
    size: int
    known: Print | None = None


def places(db: "Database") -> list[Row]:
    """Return every place with its last good backup, in the order they were added."""
    return rows(db, _PLACES + "ORDER BY p.id")


def place(db: "Database", key: int) -> Row | None:
    """Return one place, if any."""
    return row(db, _PLACES + "WHERE p.id = ?", (key,))


def note_made(db: "Database", key: int, number: int, taken_at: str, size: int) -> None:
    """Remember the last good backup in a place. A place forgotten meanwhile is left forgotten."""
    db.execute(
        """INSERT INTO backups_made (place, number, taken_at, bytes) SELECT ?, ?, ?, ?
        WHERE EXISTS (SELECT 1 FROM backup_places WHERE id = ?) ON CONFLICT (place) DO UPDATE
        SET number = excluded.number, taken_at = excluded.taken_at, bytes = excluded.bytes""",
        (key, number, taken_at, size, key),
    )


def note_none(db: "Database", key: int) -> None:
    """Remember that a place holds no good backup."""
    db.execute("DELETE FROM backups_made WHERE place = ?", (key,))


def wanted(db: "Database") -> list[Wanted]:
    """Return every stored file that the rows name; of a schema without prints, without them."""
    prints = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'vault_prints'").fetchone() is not None
    if not prints:
        return [Wanted(*each) for each in db.execute("SELECT vault_key, sha256, size FROM contents ORDER BY id")]
    return [
        Wanted(key, sha256, size, Print(length, seal) if seal else None)
        for key, sha256, size, length, seal in db.execute(
            """SELECT c.vault_key, c.sha256, c.size, p.size, p.sha256 FROM contents c
            LEFT JOIN vault_prints p ON p.vault_key = c.vault_key ORDER BY c.id"""
        )
    ]


def keys(db: "Database") -> set[str]:
    """Return the key of every stored file that the rows need."""
    return {key for (key,) in db.execute("SELECT vault_key FROM contents").fetchall()}


def note_prints(db: "Database", found: Iterable[tuple[str, Print]]) -> None:
    """Remember the prints of encrypted files that were proven right; a content purged meanwhile gets none."""
    db.conn.executemany(
        """INSERT INTO vault_prints (vault_key, size, sha256) SELECT ?, ?, ?
        WHERE EXISTS (SELECT 1 FROM contents WHERE vault_key = ?)
        ON CONFLICT (vault_key) DO UPDATE SET size = excluded.size, sha256 = excluded.sha256""",
        [(key, one.size, one.sha256, key) for key, one in found],
    )


def holds(db: "Database", sha256: str) -> bool:
    """Tell whether the rows name a content with this hash."""
    return db.execute("SELECT 1 FROM contents WHERE sha256 = ?", (sha256,)).fetchone() is not None


def spares(db: "Database") -> dict[str, list[str]]:
    """Return the keys of further vault files of a content, by the key of the one in use."""
    found: dict[str, list[str]] = {}
    for key, spare in db.execute(
        "SELECT c.vault_key, s.vault_key FROM spare_contents s JOIN contents c ON c.id = s.content"
    ).fetchall():
        found.setdefault(key, []).append(spare)
    return found


def has_rows(db: "Database", table: str, keys: Iterable[int]) -> bool:
    """Tell whether any of these rows is there; one that was purged is not, though its id is."""
    there = "AND gone = 0" if table == "requests" else ""
    sql = f"SELECT 1 FROM {table} WHERE id IN (SELECT value FROM json_each(?)) {there} LIMIT 1"  # noqa: S608 - our names
    return db.execute(sql, (dump(sorted(keys)),)).fetchone() is not None
