"""Makes the backups that are due while the window is open: after the first paint, then whenever one comes due."""

import logging
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from foiadesk_ui.i18n import _
from foiadesk_ui.session import Session

if TYPE_CHECKING:
    from foiadesk.desk import BackupMade, BackupPlace, Desk
    from foiadesk.records.progress import Progress

log = logging.getLogger(__name__)

SETTLED = 20_000  # milliseconds after the first paint
LOOK = 600_000  # milliseconds between looks; timers do not count a laptop's sleep, so not until the moment itself


class BackupSchedule(QObject):
    """One for each window."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._running: set[int] = set()
        self._refused: set[int] = set()  # places that failed are said once a session, and tried again
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin looking, when the window has settled."""
        if not self._timer.isActive():
            self._timer.start()
            QTimer.singleShot(SETTLED, self, self.look)

    def look(self) -> None:
        """Make every backup that is due now."""
        self._session.ask(self, lambda desk: desk.backups.due(), self._make, key="due", failed=self._ignore)

    def _make(self, due: "tuple[BackupPlace, ...]") -> None:
        for place in due:
            if place.id not in self._running:
                self._running.add(place.id)
                self._session.long(
                    self,
                    _("Backup"),
                    partial(_run, place.id),
                    partial(self._done, place.id),
                    failed=partial(self._failed, place.id),
                    cancelled=partial(self._running.discard, place.id),
                )

    def _done(self, place: int, _made: "BackupMade") -> None:
        self._running.discard(place)
        self._refused.discard(place)

    def _failed(self, place: int, error: Exception) -> None:
        from foiadesk.records.errors import DeskBusy, KnownError

        self._running.discard(place)
        if not isinstance(error, KnownError):
            self._session.report(error)
        elif not isinstance(error, DeskBusy) and place not in self._refused:
            self._refused.add(place)
            self._session.report(error)

    def _ignore(self, error: Exception) -> None:
        log.warning("what backups are due could not be asked: %s", type(error).__name__)


def _run(place: int, desk: "Desk", progress: "Progress") -> "BackupMade":
    return desk.backups.run(place, progress)
