"""Lock: nothing of an open desk stays in memory, because the process itself is replaced."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication, QKeyEvent, QKeySequence, QWindow

from foiadesk import __main__ as start
from foiadesk_ui.secret_clip import forget_secret
from foiadesk_ui.shortcuts import Shortcut

_SECRETS = ("FOIADESK_PASSPHRASE", "FOIADESK_PASSPHRASE_FILE")
_INPUT = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
    QEvent.Type.InputMethod,
)


def fresh_command(folder: Path) -> list[str]:
    """Return the command of a fresh process that shows the unlock page of this desk. It carries no secret."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "open", str(folder)]
    # By its path, not by its name: so it is found where a launcher, not Python, knows the folder it lies in.
    return [sys.executable, "-P", start.__file__, "open", str(folder)]


def replace_process(folder: Path) -> None:
    """Become a fresh process that shows the unlock page; does not return. On Windows: start it and end this one."""
    surroundings = {name: value for name, value in os.environ.items() if name not in _SECRETS}
    command = fresh_command(folder)
    sys.stdout.flush()
    sys.stderr.flush()
    if sys.platform == "win32":
        import subprocess

        subprocess.Popen(command, env=surroundings, close_fds=True)
        os._exit(0)
    os.execve(command[0], command, surroundings)  # noqa: S606 - no shell is meant


def clear_clipboard() -> None:
    """Empty the clipboard and the selection if they came from this window."""
    clipboard = QGuiApplication.clipboard()
    forget_secret(clipboard)
    if clipboard.ownsClipboard():
        clipboard.clear(QClipboard.Mode.Clipboard)
    if clipboard.supportsSelection() and clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)


class IdleWatch(QObject):
    """Calls ``idle`` once nobody has touched keyboard or mouse in our windows for so many minutes; 0 never.

    ``lock`` is called for the lock key in whatever window of ours has the keyboard: a shortcut of the main window is
    deaf while a dialog lies over it, and locking must work at any moment.
    """

    def __init__(
        self, idle: Callable[[], None], lock: Callable[[], None] | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._lock = lock
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(idle)
        self._watched: set[int] = set()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self.watch)

    def set_minutes(self, minutes: int) -> None:
        """Wait this long from now on."""
        self._timer.stop()
        self._timer.setInterval(minutes * 60_000)
        if minutes > 0:
            self._timer.start()

    def watch(self, window: QWindow | None) -> None:
        """Hear the input of this window. A window's own events are few: those of widgets would cost every repaint."""
        if window is not None and id(window) not in self._watched:
            key = id(window)
            self._watched.add(key)
            window.installEventFilter(self)
            window.destroyed.connect(lambda: self._watched.discard(key))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Start waiting again on any input; lock on the lock key."""
        if (
            self._lock is not None
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and QKeySequence(event.keyCombination()) == Shortcut.LOCK.keys
        ):
            QTimer.singleShot(0, self, self._lock)
            return True
        if event.type() in _INPUT and self._timer.interval() > 0:
            self._timer.start()
        return False
