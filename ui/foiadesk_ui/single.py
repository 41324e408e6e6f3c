"""One window a desk: a second start asks the first to come forward through a file in the runtime folder."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock, Timeout
from PySide6.QtCore import QFileSystemWatcher, QObject

from foiadesk import paths


class OneWindow(QObject):
    """Holds the place of the window of one desk; the system gives it back when the process ends."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        runtime = paths.runtime_folder()
        name = hashlib.sha256(os.fsencode(folder.absolute())).hexdigest()[:32]
        self._bell = runtime / f"window-{name}.bell"
        self._lock = FileLock(runtime / f"window-{name}.lock", timeout=0)
        self._watcher: QFileSystemWatcher | None = None

    def first(self) -> bool:
        """Take the place and return True, or return False because another process has it."""
        try:
            self._lock.acquire()
        except Timeout:
            return False
        return True

    def ring(self) -> None:
        """Ask the process that has the place to come forward."""
        with self._bell.open("ab") as bell:
            bell.write(b".")

    def heed(self, come_forward: Callable[[], None]) -> None:
        """Call ``come_forward`` whenever another start rings."""
        self._bell.write_bytes(b"")
        self._watcher = QFileSystemWatcher(self)
        self._watcher.addPath(str(self._bell))
        self._watcher.fileChanged.connect(lambda _path: self._answer(come_forward))

    def _answer(self, come_forward: Callable[[], None]) -> None:
        if not self._bell.exists() or self._bell.stat().st_size == 0:
            return
        self._bell.write_bytes(b"")
        come_forward()

    def give_back(self) -> None:
        """Let another process have the place."""
        if self._watcher is not None:
            self._watcher.removePaths(self._watcher.files())
        self._bell.unlink(missing_ok=True)
        self._lock.release()
