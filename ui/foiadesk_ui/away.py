"""Hears from the system that the screen was locked or the computer goes to sleep: then the desk locks too."""

import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import SLOT, QObject, Slot

_SCREEN = (
    ("org.freedesktop.ScreenSaver", "ActiveChanged"),
    ("org.gnome.ScreenSaver", "ActiveChanged"),
    ("org.cinnamon.ScreenSaver", "ActiveChanged"),
    ("org.mate.ScreenSaver", "ActiveChanged"),
)
_SLEEP = ("org.freedesktop.login1.Manager", "PrepareForSleep")


class Away(QObject):
    """Listens on the session's and the system's message bus, which are Unix sockets; without one it hears nothing."""

    def __init__(self, gone: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._gone = gone
        self.wanted = True

    def listen(self) -> int:
        """Begin to listen; return to how many signals."""
        if not sys.platform.startswith("linux"):
            return 0
        from PySide6.QtDBus import QDBusConnection

        heard = 0
        slot: Any = SLOT("gone(bool)")  # text, whatever the stubs say
        session, system = QDBusConnection.sessionBus(), QDBusConnection.systemBus()
        if session.isConnected():
            heard += sum(session.connect("", "", interface, name, self, slot) for interface, name in _SCREEN)
        if system.isConnected():
            heard += system.connect("org.freedesktop.login1", "/org/freedesktop/login1", *_SLEEP, self, slot)
        return heard

    @Slot(bool)
    def gone(self, away: bool) -> None:
        """The screen is locked (True) or open again, the computer goes to sleep (True) or has woken."""
        if away and self.wanted:
            self._gone()
