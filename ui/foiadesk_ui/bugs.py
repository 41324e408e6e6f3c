"""What nobody foresaw: it is shown once, and logged as names and line numbers, never anyone's words."""

import contextlib
import sys
import threading
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from foiadesk import __version__, paths

_KEEP = 512 * 1024  # bytes of log


def report(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Return what may be told of a bug: its kind and where in the code it was, without messages or values."""
    import traceback

    lines = [f"FOIADesk {__version__}, Python {sys.version.split()[0]}, {kind.__module__}.{kind.__qualname__}"]
    lines += [
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)[-40:]
    ]
    return "\n".join(lines)


def log(text: str) -> None:
    """Append to the log; a log that cannot be written must not cause a second error."""
    from datetime import UTC, datetime

    with contextlib.suppress(OSError):
        folder = paths.log_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        target = folder / "foiadesk.log"
        if target.exists() and target.stat().st_size > _KEEP:
            target.replace(folder / "foiadesk.old.log")
        with target.open("a", encoding="utf-8") as out:
            out.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {text}\n")


class Catcher(QObject):
    """Takes over ``sys.excepthook`` and shows each bug once, on the GUI thread."""

    _caught = Signal(str)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._seen: set[str] = set()
        self._caught.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Catch from now on what no code catches, on every thread."""
        sys.excepthook = self._hook
        threading.excepthook = lambda args: self._hook(
            args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
        )

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            QApplication.exit(130)
            return
        text = report(kind, trace)
        log(text)
        if text not in self._seen:
            self._seen.add(text)
            self._caught.emit(text)

    def _show(self, text: str) -> None:
        from foiadesk_ui.bug_dialog import BugDialog

        BugDialog(text, QApplication.activeWindow()).open()
