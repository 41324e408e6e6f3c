"""Make a verified, encrypted copy of an open desk's rows; a copy that does not verify never gets a name."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from foiadesk.records.errors import DamagedDesk
from foiadesk.records.progress import Progress
from foiadesk.records.speech import say
from foiadesk.store.atomic import PART, make_folder, sync_folder
from foiadesk.store.connection import close_quietly, connect, verify
from foiadesk.store.keys import RawKey

if TYPE_CHECKING:
    from sqlite_utils import Database

PAGES_A_STEP = 2048
_MADE = "snapshot_taken_at"
_CODES = {
    "database is locked": 5,
    "out of memory": 7,
    "attempt to write a readonly database": 8,
    "interrupted": 9,
    "disk I/O error": 10,
    "database disk image is malformed": 11,
    "database or disk is full": 13,
    "unable to open database file": 14,
    "file is not a database": 26,
}


def take(
    db: "Database",
    key: RawKey,
    target: Path,
    *,
    taken_at: str = "",
    progress: Progress | None = None,
    complete: "Callable[[Database], None] | None" = None,
) -> None:
    """Copy the rows of an open desk, as of one moment, to a new file with the same passphrase, and verify the copy.

    db: a connection with no open transaction. target: replaced only by a copy that is complete and verified.
    taken_at: noted inside the copy; "" removes such a note. complete: called with the verified copy before it gets its
    name; what it raises leaves the copy without one.
    Raises DamagedDesk when the copy does not verify (the desk itself is damaged then), Cancelled, and what disk and
    database say.
    """
    progress = progress or Progress()
    make_folder(target.parent)
    temporary = target.with_name(f".{target.name}{PART}")
    remove(temporary)
    os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        expected = _copy(db, key, temporary, taken_at, progress)
        settle(temporary)
        copy = connect(temporary, key, "read")
        try:
            progress.at(0, 0, "checking the rows")
            _check(copy, expected)
            if complete is not None:
                complete(copy)
        finally:
            close_quietly(copy)
        temporary.rename(target)
    finally:
        with suppress(OSError):  # whoever makes the next one sweeps it away; a copy that has its name is made
            remove(temporary)
    sync_folder(target.parent)


def taken_at(db: "Database") -> str:
    """Return when an open snapshot was taken (UTC, ISO), "" when it does not say."""
    found = db.conn.execute("SELECT value FROM desk_meta WHERE name = ?", (_MADE,)).fetchone()
    return str(found[0]) if found else ""


def _copy(db: "Database", key: RawKey, temporary: Path, taken: str, progress: Progress) -> dict[str, int]:
    copy = connect(temporary, key, "create")

    def stepped(_status: int, remaining: int, total: int) -> None:
        progress.at(total - remaining, total, "pages of rows")

    try:
        # The read transaction holds one moment, so that the counts are those of the rows copied.
        db.conn.execute("BEGIN")
        try:
            expected = counts(db)
            with _coded():
                db.conn.backup(copy.conn, pages=PAGES_A_STEP, progress=stepped)
        finally:
            db.conn.rollback()
        copy.conn.execute("PRAGMA journal_mode = DELETE")
        expected["desk_meta"] -= copy.conn.execute("DELETE FROM desk_meta WHERE name = ?", (_MADE,)).rowcount
        if taken:
            copy.conn.execute("INSERT INTO desk_meta (name, value) VALUES (?, ?)", (_MADE, taken))
            expected["desk_meta"] += 1
    finally:
        close_quietly(copy)
    return expected


@contextmanager
def _coded() -> Iterator[None]:
    """Give the errors of the backup call, which come in words only, the code that errors of other calls have."""
    try:
        yield
    except Exception as error:
        code = _CODES.get(str(error))
        if code is not None and not hasattr(error, "sqlite_errorcode"):
            error.sqlite_errorcode = code  # type: ignore[attr-defined]
        raise


def _check(copy: "Database", expected: dict[str, int]) -> None:
    problems = verify(copy)
    if not problems and counts(copy) != expected:
        problems = ["The copy does not hold as many rows as the desk."]
    if problems:
        raise DamagedDesk(
            say("A copy of the desk was made and does not verify: {problems}", problems=problems[0]),
            safe="The desk was not changed, and older backups are still there.",
            todo="Copy the desk folder away before anything else, then open the newest backup.",
        )


def settle(path: Path) -> None:
    """Make a file durable, and let what is read of it next come from the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    reread(path)


def reread(path: Path) -> None:
    """Let what is read of a durable file next come from the disk, where the system can be asked to."""
    if hasattr(os, "posix_fadvise"):
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def counts(db: "Database") -> dict[str, int]:
    """Return how many rows each table holds."""
    names = [row[0] for row in db.conn.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    found = {}
    for name in names:
        quoted = '"' + name.replace('"', '""') + '"'
        found[name] = db.conn.execute(f"SELECT count(*) FROM {quoted}").fetchone()[0]  # noqa: S608 - quoted just above
    return found


def remove(temporary: Path) -> None:
    """Remove an unfinished database and what SQLite keeps beside it."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            temporary.with_name(temporary.name + suffix).unlink()
