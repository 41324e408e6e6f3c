"""Tells the desktop, when a person wants it, how many deadlines the week has: a number and nothing else."""

import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Q_ARG, QMetaObject, QObject, Qt

from foiadesk_ui.i18n import ngettext
from foiadesk_ui.session import Session

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusInterface

    from foiadesk.desk import Desk

DAYS = 7
LAYOUT = "notices.told"  # the day the desktop was last told
_SERVICE = "org.freedesktop.Notifications"
_PATH = "/org/freedesktop/Notifications"
_PATIENCE = 3000  # milliseconds for the bus; asked off the GUI thread


def service() -> "QDBusInterface | None":
    """Return the desktop's notifications, None where no such service answers. Takes its time: off the GUI thread."""
    if not sys.platform.startswith("linux"):
        return None
    from PySide6.QtDBus import QDBusConnection, QDBusInterface

    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return None
    found = QDBusInterface(_SERVICE, _PATH, _SERVICE, bus)
    found.setTimeout(_PATIENCE)
    return found if found.isValid() else None


def available() -> bool:
    """Say whether this desktop takes notifications. Takes its time: off the GUI thread."""
    return service() is not None


def tell(sentence: str) -> bool:
    """Show a sentence as a notification; return whether the desktop took it. Takes its time: off the GUI thread."""
    found = service()
    if found is None:
        return False
    # Called through the interface as it describes itself: only so are its unsigned numbers sent as such.
    types: Any = (
        ("QString", "FOIADesk"), ("uint", 0), ("QString", "foiadesk"), ("QString", sentence), ("QString", ""),
        ("QStringList", []), ("QVariantMap", {}), ("int", -1),
    )  # fmt: skip
    words: Any = [Q_ARG(kind, value) for kind, value in types]
    done = QMetaObject.invokeMethod(found, "Notify", Qt.ConnectionType.DirectConnection, *words)
    return bool(done) and not found.lastError().isValid()


def count(desk: "Desk", today: date) -> int:
    """Return how many dates fall due in the seven days from today on, whoever has to meet them."""
    end = today + timedelta(days=DAYS)
    return sum(row.due is not None and today <= row.due < end for row in desk.deadlines.due())


class Notices(QObject):
    """Tells once a day while the desk is open. Locking ends the process, so nothing is ever told while locked."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._wanted = False

    def want(self, wanted: bool) -> None:
        """Tell from now on, or no more."""
        if wanted and not self._wanted:
            self._wanted = True
            self.look()
        self._wanted = wanted

    def look(self) -> None:
        """Tell the desktop, unless it was told today or there is nothing to tell."""
        if not self._wanted:
            return

        def say(desk: "Desk") -> None:
            if desk.calendar.waiting():
                return  # until all dates are counted again: then it is looked once more
            today = desk.clock()
            number = count(desk, today) if desk.settings.layout(LAYOUT) != today.isoformat() else 0
            if number and tell(words(number)):
                desk.settings.put_layout(LAYOUT, today.isoformat())

        self._session.ask(self, say, lambda _nothing: None, key="notice", failed=lambda _error: None)


def words(number: int) -> str:
    """Return what is told of so many deadlines."""
    return ngettext("{n} deadline this week", "{n} deadlines this week", number)
