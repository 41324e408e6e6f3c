"""Make a verified, encrypted copy of an open desk's rows; a copy that does not verify never gets a name."""

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from foiadesk.records.errors import DamagedDesk
from foiadesk.store.atomic import PART, make_folder, sync_folder
from foiadesk.store.connection import close_quietly, connect, verify
from foiadesk.store.keys import RawKey
from foiadesk.store.trouble import translated

if TYPE_CHECKING:
    from sqlite_utils import Database

PAGES_A_STEP = 2048


def take(db: "Database", key: RawKey, target: Path) -> None:
    """Copy the rows of an open desk, as of one moment, to a new file with the same passphrase, and verify the copy.

    db: a connection with no open transaction. target: replaced only by a copy that is complete and verified.
    Raises DamagedDesk when the copy does not verify (the desk itself is damaged then), StorageFull, ReadOnly.
    """
    with translated():
        make_folder(target.parent)
        temporary = target.with_name(f".{target.name}{PART}")
        _remove(temporary)
        os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            expected = _copy(db, key, temporary)
            _check(key, temporary, expected)
            with temporary.open("rb") as file:
                os.fsync(file.fileno())
            temporary.rename(target)
        finally:
            _remove(temporary)
        sync_folder(target.parent)


def _copy(db: "Database", key: RawKey, temporary: Path) -> dict[str, int]:
    copy = connect(temporary, key, "create")
    try:
        # The read transaction holds one moment, so that the counts are those of the rows copied.
        db.conn.execute("BEGIN")
        try:
            expected = counts(db)
            db.conn.backup(copy.conn, pages=PAGES_A_STEP)
        finally:
            db.conn.rollback()
        copy.conn.execute("PRAGMA journal_mode = DELETE")
    finally:
        close_quietly(copy)
    return expected


def _check(key: RawKey, copied: Path, expected: dict[str, int]) -> None:
    copy = connect(copied, key, "read")
    try:
        problems = verify(copy)
        if not problems and counts(copy) != expected:
            problems = ["The copy does not hold as many rows as the desk."]
    finally:
        close_quietly(copy)
    if problems:
        raise DamagedDesk(
            f"A copy of the desk was made and does not verify: {problems[0]}",
            safe="The desk was not changed, and older backups are still there.",
            todo="Copy the desk folder away before anything else, then open the newest backup.",
        )


def counts(db: "Database") -> dict[str, int]:
    """Return how many rows each table holds."""
    names = [row[0] for row in db.conn.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    found = {}
    for name in names:
        quoted = '"' + name.replace('"', '""') + '"'
        found[name] = db.conn.execute(f"SELECT count(*) FROM {quoted}").fetchone()[0]  # noqa: S608 - quoted just above
    return found


def _remove(temporary: Path) -> None:
    for suffix in ("", "-journal", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            temporary.with_name(temporary.name + suffix).unlink()
