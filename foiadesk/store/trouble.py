"""Turn what SQLite, the vault and the disk say into sentences a person can act on."""

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from foiadesk.records.errors import BadInput, DamagedDesk, DeskBusy, KnownError, ReadOnly, StorageFull

_OLD_STATE = "What was stored before is safe; this last action was not stored."

# Extended result codes that say more than SQLite's primary code "I/O error" (10)
_IOERR_NOMEM = 10 | 12 << 8
_IOERR_DATA = 10 | 32 << 8
_IOERR_CORRUPTFS = 10 | 33 << 8

_FULL_ERRORS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY_ERRORS = {errno.EROFS, errno.EACCES, errno.EPERM}
_CROWDED_ERRORS = {errno.EMFILE, errno.ENFILE}


def _full() -> KnownError:
    return StorageFull(
        "The disk with the desk is full or its quota is spent.",
        safe=_OLD_STATE,
        todo="Free some space, then do it again.",
    )


def _refused() -> KnownError:
    return StorageFull(
        "The disk with the desk reported an error.",
        safe=_OLD_STATE,
        todo="Check that the disk is connected and healthy, make a backup elsewhere, then do it again.",
    )


def _read_only() -> KnownError:
    return ReadOnly(
        "The desk cannot be written to: its folder, its files or its disk are read-only.",
        safe="Nothing was changed.",
        todo="Make the folder writable, or open the desk for reading only.",
    )


def _crowded() -> KnownError:
    return StorageFull(
        "The system allows this program no more open files.",
        safe=_OLD_STATE,
        todo="Close other programs, then do it again.",
    )


def _damaged() -> KnownError:
    return DamagedDesk(
        "The desk's database is damaged: a part of it does not verify.",
        safe="The attachments and the backups are separate files and are not touched by this.",
        todo="Copy the desk folder away before anything else, then open the newest backup.",
    )


def _unreadable() -> KnownError:
    return DamagedDesk(
        "The disk could not read a part of the desk's database.",
        safe="Nothing was changed.",
        todo="Check that the disk is connected and healthy; if it stays so, copy the desk folder away and open the "
        "newest backup.",
    )


def _out_of_memory() -> KnownError:
    return KnownError("The computer ran out of memory.", safe=_OLD_STATE, todo="Close other programs and do it again.")


def _busy() -> KnownError:
    return DeskBusy("The desk is busy in another program.", safe=_OLD_STATE, todo="Wait a moment, then do it again.")


def _stopped() -> KnownError:
    return KnownError("The work was stopped.", safe=_OLD_STATE)


def _too_large() -> KnownError:
    return BadInput("One value is too large to be stored.", safe=_OLD_STATE, todo="Shorten it.")


_BY_PRIMARY_CODE: dict[int, Callable[[], KnownError]] = {
    3: _read_only,  # PERM
    5: _busy,  # BUSY
    6: _busy,  # LOCKED
    7: _out_of_memory,  # NOMEM
    8: _read_only,  # READONLY
    9: _stopped,  # INTERRUPT
    10: _refused,  # IOERR
    11: _damaged,  # CORRUPT
    13: _full,  # FULL
    14: _refused,  # CANTOPEN
    15: _refused,  # PROTOCOL
    18: _too_large,  # TOOBIG
    22: _refused,  # NOLFS
    23: _read_only,  # AUTH
    26: _damaged,  # NOTADB, once the key is known to be right
}

# Copying page by page says what went wrong in SQLite's words only.
_BY_WORDS = {
    "database is locked": 5,
    "out of memory": 7,
    "attempt to write a readonly database": 8,
    "disk I/O error": 10,
    "database disk image is malformed": 11,
    "database or disk is full": 13,
    "unable to open database file": 14,
    "file is not a database": 26,
}


def from_database(error: BaseException) -> KnownError | None:
    """Return the known error behind an SQLite error, or None for a bug (bad SQL, a broken constraint)."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None and type(error).__module__.startswith("sqlcipher3"):
        code = _BY_WORDS.get(str(error))
    if not isinstance(code, int):
        return None
    if code in (_IOERR_CORRUPTFS, _IOERR_DATA):
        return _unreadable()
    if code == _IOERR_NOMEM:
        return _out_of_memory()
    make = _BY_PRIMARY_CODE.get(code & 0xFF)
    return make() if make else None


def from_disk(error: OSError) -> KnownError:
    """Return the known error behind a failed disk call on the desk folder."""
    if error.errno in _FULL_ERRORS:
        return _full()
    if error.errno in _READ_ONLY_ERRORS:
        return _read_only()
    if error.errno in _CROWDED_ERRORS:
        return _crowded()
    if error.errno == errno.ENOENT:
        return StorageFull(
            "The desk's folder, or a part of it, is no longer there.",
            safe="Nothing more was written.",
            todo="Connect the disk again or put the folder back, then open the desk again.",
        )
    return _refused()


@contextmanager
def translated(*, disk: bool = True) -> Iterator[None]:
    """Raise the known error for every SQLite error inside the block; bugs and known errors pass unchanged.

    disk: also translate OSError, right only where every disk call in the block is on the desk folder.
    """
    try:
        yield
    except OSError as error:
        if not disk:
            raise
        raise from_disk(error) from error
    except Exception as error:
        known = from_database(error)
        if known is None:
            raise
        raise known from error
