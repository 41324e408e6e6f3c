"""The encrypted index beside the same tables without a key: searching warm and cold, and writing."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bench.measure import expect, interleaved, middle, spread, timed
from bench.search import bare
from bench.search_documents import QUERIES, fill
from bench.setting import Setting
from bench.table import Goal, Row

if TYPE_CHECKING:
    from sqlite_utils import Database

CACHE = "PRAGMA cache_size = -65536"  # 64 MB for both
_RANKED = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT 20"
MOST_ROUNDS = 3  # of writing everything anew


def run(setting: Setting) -> list[Row]:
    """Build both files in turn, then ask both the same."""
    room = setting.room("search-plain")
    places = {name: room / f"{name}.db" for name in ("encrypted", "plain")}

    def build(name: str) -> float:
        places[name].unlink(missing_ok=True)
        db = _open(places[name], encrypted=name == "encrypted", new=True)
        took = timed(lambda: fill(lambda work: _transaction(db, work), setting.peer_documents))
        db.conn.close()
        return took

    rounds = min(setting.rounds, MOST_ROUNDS) - 1
    setting.say(f"writing {setting.peer_documents:,} documents with and without a key…")
    writing = interleaved(max(1, rounds), lambda: build("encrypted"), lambda: build("plain"))
    open_ones = {name: _open(place, encrypted=name == "encrypted") for name, place in places.items()}
    answers = {name: [_ask(db, query) for query in QUERIES.values()] for name, db in open_ones.items()}
    expect(answers["encrypted"] == answers["plain"] and all(answers["plain"]), "the two files answer differently")

    def warm(name: str) -> float:
        return timed(lambda: [_ask(open_ones[name], query) for query in QUERIES.values()])

    def cold(name: str) -> float:
        """A connection of its own for each query: nothing is decrypted yet, though the system has read the file."""
        took = 0.0
        for query in QUERIES.values():
            db = _open(places[name], encrypted=name == "encrypted")
            took += timed(lambda db=db, query=query: _ask(db, query))  # type: ignore[misc]
            db.conn.close()
        return took

    warmly = interleaved(setting.rounds, lambda: warm("encrypted"), lambda: warm("plain"))
    coldly = interleaved(setting.rounds, lambda: cold("encrypted"), lambda: cold("plain"))
    for db in open_ones.values():
        db.conn.close()
    count = f"{setting.peer_documents:,} documents"
    return [
        _row("search_warm", f"encrypted: six ranked searches, warm, {count}", warmly, 1.1),
        _row("search_cold", f"encrypted: six ranked searches, cold, {count}", coldly, 2.0),
        _row("search_insert", f"encrypted: making {count} findable", writing, 2.3),
    ]


def _row(name: str, what: str, found: tuple[list[float], list[float]], bound: float) -> Row:
    ours, floor = found
    return Row(
        name=name,
        what=what,
        unit="ms",
        ours=middle(ours),
        floor=middle(floor),
        against="the same file without a key",
        goal=Goal("at most", bound),
        details={"ours": spread(ours), "floor": spread(floor)},
    )


def _ask(db: "Database", query: str) -> list[int]:
    return [key for (key,) in db.execute(_RANKED, (bare(query),)).fetchall()]


def _open(path: Path, *, encrypted: bool, new: bool = False) -> "Database":
    """Open an index with every setting of ours, the key alone left out where it is to be plain."""
    from foiadesk.store.connection import load_engine
    from foiadesk.store.index_schema import index_migrations

    load_engine()
    from sqlcipher3 import dbapi2
    from sqlite_utils import Database

    conn = dbapi2.connect(path.as_posix(), isolation_level=None)
    if encrypted:
        conn.execute(f"PRAGMA key = \"x'{'ab' * 48}'\"")
        conn.execute("PRAGMA cipher_compatibility = 4")
    for setting in ("temp_store = MEMORY", "journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
        conn.execute(f"PRAGMA {setting}")
    conn.execute(CACHE)
    db = Database(conn, execute_plugins=False)
    if new:
        index_migrations.start(db)
        index_migrations.run(db)
    return db


def _transaction(db: "Database", work: Callable[["Database"], None]) -> None:
    db.conn.execute("BEGIN IMMEDIATE")
    work(db)
    db.conn.execute("COMMIT")
