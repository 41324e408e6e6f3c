"""Open SQLCipher files as sqlite_utils databases, with every setting in the order that SQLCipher needs."""

import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from foiadesk.late import postponed
from foiadesk.records.errors import DamagedDesk, KnownError, WrongPassphrase
from foiadesk.store.keys import RawKey, normalized, quoted
from foiadesk.store.trouble import translated

if TYPE_CHECKING:
    from sqlite_utils import Database

Mode = Literal["create", "write", "read", "immutable"]

BUSY_SECONDS = 5.0
WRITER_CACHE_KIB = 32_768
READER_CACHE_KIB = 32_768
LENT_CACHE_KIB = 2_048  # each of several readers: lists are read once from end to end, which no cache makes faster
JOURNAL_LIMIT_BYTES = 16 << 20
PROBLEMS_SHOWN = 20

_URI = {"create": "mode=rwc", "write": "mode=rw", "read": "mode=ro", "immutable": "mode=ro&immutable=1"}
_NOT_A_DATABASE = 26
_loading = threading.Lock()  # two threads that import a package and its part at once get neither whole


def load_engine() -> None:
    """Import sqlite_utils over sqlcipher3. May be called early, off the main thread, to save the time later.

    sqlite_utils catches the error classes of a module named pysqlite3 when there is one, else those of sqlite3, which
    sqlcipher3 never raises: so sqlcipher3 takes that name before sqlite_utils is first imported.
    """
    with _loading:
        if "sqlite_utils" not in sys.modules:
            import sqlcipher3
            import sqlcipher3.dbapi2

            sys.modules["pysqlite3"] = sqlcipher3
            sys.modules["pysqlite3.dbapi2"] = sqlcipher3.dbapi2
            # What its command line, recipes and plugins need is 4 MB of an open window, and another SQLite.
            connection = sqlcipher3.dbapi2.Connection
            with (
                postponed("click", Group=object),
                postponed("dateutil.parser"),
                postponed("sqlite3", Connection=connection),
            ):
                import sqlite_utils
        import sqlite_utils.utils

    # "from sqlite_utils import utils" would hide the name: it is the module's own global that decides.
    if vars(sqlite_utils.utils)["sqlite3"].__name__ != "sqlcipher3":
        raise RuntimeError("sqlite_utils was imported before foiadesk.store could place sqlcipher3 beneath it.")


def connect(path: Path, key: RawKey | str, mode: Mode, *, cache_kib: int = READER_CACHE_KIB) -> "Database":
    """Open one SQLCipher file and prove that the key opens it.

    key: a raw key (0.3 ms) or a passphrase (SQLCipher derives the key, about 0.1 s). mode: "create" a new file (which
    may exist empty), "write", "read" (never writes), "immutable" (a read-only medium nobody writes to).
    cache_kib: pages that a connection for reading keeps.
    The connection is in autocommit, may move between threads, and is used by one at a time.
    Raises WrongPassphrase, BadInput (unusable passphrase) and what `foiadesk.store.trouble` knows.
    """
    load_engine()
    from sqlcipher3 import dbapi2
    from sqlite_utils import Database

    secret = key.literal if isinstance(key, RawKey) else quoted(normalized(key))
    with translated():
        connection = dbapi2.connect(
            f"{path.absolute().as_uri()}?{_URI[mode]}",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            _unlock(connection, secret)
            _settle(connection, mode, cache_kib)
            return Database(connection, execute_plugins=False)
        except BaseException:
            connection.close()
            raise


def _unlock(connection: Any, secret: str) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")  # before the key: SQLCipher prints to standard error otherwise
    connection.execute(f"PRAGMA key = {secret}")
    connection.execute("PRAGMA cipher_compatibility = 4")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except Exception as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == _NOT_A_DATABASE:
            raise wrong_passphrase() from None
        raise


def wrong_passphrase() -> WrongPassphrase:
    """Return the one sentence for a key that does not open the file."""
    return WrongPassphrase(
        "The passphrase does not open this desk, or the beginning of the file desk.db is damaged: "
        "encryption cannot tell the two apart.",
        safe="Nothing was changed.",
        todo="Type the passphrase again; if you are sure of it, open a backup.",
    )


def _settle(connection: Any, mode: Mode, cache_kib: int) -> None:
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA foreign_keys = ON")
    if mode in ("read", "immutable"):
        connection.execute(f"PRAGMA cache_size = -{cache_kib}")
        connection.execute("PRAGMA query_only = ON")
        return
    connection.execute(f"PRAGMA cache_size = -{WRITER_CACHE_KIB}")
    connection.execute("PRAGMA secure_delete = ON")
    if mode == "write":
        journal = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        if journal != "wal":
            raise KnownError(
                "This file system cannot hold a desk open for writing: it does not support the journal.",
                safe="Nothing was changed.",
                todo="Move the desk folder to an ordinary local disk.",
            )
        connection.execute(f"PRAGMA journal_size_limit = {JOURNAL_LIMIT_BYTES}")
        # SQLite silently opens a file it may not write to for reading: find that out now, not at the first action.
        connection.execute("BEGIN")
        connection.execute("PRAGMA user_version = 1")
        connection.execute("ROLLBACK")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA fullfsync = ON")  # macOS only: there fsync alone does not reach the disk
    connection.execute("PRAGMA checkpoint_fullfsync = ON")


def verify(db: "Database", *, file_itself: bool = True) -> list[str]:
    """Check every page and row of an open file; return what is wrong, a sentence each, empty when all is well.

    file_itself: also check each page as it lies in the file; False where the journal may hold a better one. At most
    about fifty sentences. Raises what `foiadesk.store.trouble` knows, but no DamagedDesk: that is the answer.
    """
    problems: list[str] = []
    checks = (_check_pages, _check_structure, _check_references)
    for check in checks if file_itself else checks[1:]:
        try:
            with translated():
                problems += islice(check(db), PROBLEMS_SHOWN)
        except DamagedDesk as damage:
            problems.append(damage.what)
    return list(dict.fromkeys(problems))


def _check_pages(db: "Database") -> Iterator[str]:
    for row in db.conn.execute("PRAGMA cipher_integrity_check"):
        yield f"Page check: {row[0]}."


def _check_structure(db: "Database") -> Iterator[str]:
    for row in db.conn.execute("PRAGMA integrity_check"):
        for line in str(row[0]).splitlines():
            if line != "ok" and not line.startswith("***"):
                yield f"Structure check: {line}."


def _check_references(db: "Database") -> Iterator[str]:
    for row in db.conn.execute("PRAGMA foreign_key_check"):
        yield f"Row {row[1]} of table {row[0]} refers to a missing row of {row[2]}."


def close_quietly(db: "Database") -> None:
    """Close a connection whose fate no longer matters."""
    with suppress(Exception):
        db.conn.close()
