"""One window a desk: a second start asks the first to come forward through a file in the runtime folder."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QCryptographicHash, QFileSystemWatcher, QLockFile, QObject

from foiadesk import paths


class OneWindow(QObject):
    """Holds the place of the window of one desk; the system gives it back when the process ends."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        runtime = paths.runtime_folder()
        name = _name(folder)
        self._bell = runtime / f"window-{name}.bell"
        self._lock = _Place(runtime / f"window-{name}.lock")
        self._watcher: QFileSystemWatcher | None = None

    def first(self) -> bool:
        """Take the place and return True, or return False because another process has it."""
        return self._lock.take()

    def ring(self, files: Sequence[Path] = ()) -> None:
        """Ask the process that has the place to come forward, and to file these files."""
        with self._bell.open("ab") as bell:
            bell.write(json.dumps([str(file.absolute()) for file in files]).encode() + b"\n")

    def heed(self, come_forward: Callable[[tuple[Path, ...]], None]) -> None:
        """Call ``come_forward`` whenever another start rings, with the files it was started with."""
        self._bell.write_bytes(b"")
        self._watcher = QFileSystemWatcher(self)
        self._watcher.addPath(str(self._bell))
        self._watcher.fileChanged.connect(lambda _path: self._answer(come_forward))

    def _answer(self, come_forward: Callable[[tuple[Path, ...]], None]) -> None:
        try:
            said = self._bell.read_bytes()
        except FileNotFoundError:
            return
        if not said.endswith(b"\n"):
            return  # still being written: the rest rings again
        self._bell.write_bytes(b"")
        come_forward(tuple(path for line in said.splitlines() for path in _files(line)))

    def give_back(self) -> None:
        """Let another process have the place."""
        if self._watcher is not None:
            self._watcher.removePaths(self._watcher.files())
        self._bell.unlink(missing_ok=True)
        self._lock.give_back()


def _files(line: bytes) -> Iterator[Path]:
    try:
        listed = json.loads(line)
    except ValueError:
        return
    for name in listed if isinstance(listed, list) else ():
        if isinstance(name, str):
            yield Path(name)


def _name(folder: Path) -> str:
    digest = QCryptographicHash.hash(os.fsencode(folder.absolute()), QCryptographicHash.Algorithm.Sha256)
    return bytes(digest.toHex().data()).decode()[:32]


class _Place:
    """A lock that the system releases when its holder dies. Lighter than filelock, which would cost the start 20 ms."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._handle = -1
        self._windows: QLockFile | None = None

    def take(self) -> bool:
        """Return whether the place is ours now."""
        if sys.platform == "win32":
            self._windows = QLockFile(str(self._file))
            return self._windows.tryLock(0)
        import fcntl

        handle = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            return False
        self._handle = handle
        return True

    def give_back(self) -> None:
        """Let go; harmless when it was never taken."""
        if self._windows is not None:
            self._windows.unlock()
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
