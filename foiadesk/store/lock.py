"""One writing process a desk: a lock the system itself releases when the process dies, naming its holder."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from foiadesk.records.errors import DeskBusy, NetworkFolder
from foiadesk.records.speech import say


class DeskLock:
    """The lock on a desk folder; held from `acquire` to `release` or to the death of the process."""

    def __init__(self, path: Path) -> None:
        from filelock import FileLock

        # No soft fallback: a lock that is only a file's existence outlives a crash. Not bound to a thread: the desk
        # may be closed by another thread than the one that opened it.
        self._lock = FileLock(path, timeout=0, thread_local=False, mode=0o600, fallback_to_soft=False)
        self._path = path

    def acquire(self) -> None:
        """Take the lock at once.

        Raises DeskBusy naming the holder's process, NetworkFolder where the file system has no locks, OSError.
        """
        from filelock import Timeout

        try:
            self._lock.acquire()
        except Timeout:
            raise _busy(_holder(self._path)) from None
        except OSError as error:
            if error.errno not in (errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOLCK):
                raise
            raise NetworkFolder(
                "The desk folder lies on a file system without locks, where two programs could damage the desk.",
                safe="Nothing was changed.",
                todo="Move the folder to a disk of this computer, or open the desk for reading only.",
            ) from None
        # Whoever finds the lock taken reads this number; the lock itself does not depend on it.
        with suppress(OSError):
            self._path.write_text(f"{os.getpid()}\n", "ascii")

    def release(self) -> None:
        """Give the lock back; the file stays, because removing it would let two processes hold two locks."""
        with suppress(OSError):
            os.truncate(self._path, 0)
        self._lock.release()


def _holder(path: Path) -> int | None:
    try:
        return int(path.read_text("ascii"))
    except (OSError, ValueError):
        return None


def _busy(holder: int | None) -> DeskBusy:
    named = f" (process {holder})" if holder else ""
    return DeskBusy(
        say("The desk is open in FOIADesk{named}.", named=named),
        safe="Nothing was changed.",
        todo="Close it there first, or open it here for reading only.",
    )
