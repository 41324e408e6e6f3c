"""Keeps everything findable while the window is open: quietly, after the first paint, one small step at a time."""

import logging
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal, Slot
from shiboken6 import isValid

from foiadesk_ui.i18n import _

if TYPE_CHECKING:
    from foiadesk.desk import Change, Desk
    from foiadesk.records.progress import Progress
    from foiadesk_ui.session import Session

log = logging.getLogger(__name__)

_FIRST = 1_500  # milliseconds after the window shows
_AFTER_CHANGE = 400  # milliseconds
_BREATH = 0.003  # seconds between two steps, for whoever waits
LONG = 2_000  # things that wait: from here on the job bar counts them


class IndexKeeper(QObject):
    """Runs the desk's own steps on a thread of its own, and makes way for whatever a person does."""

    settled = Signal()  # nothing waits any more
    _ended = Signal(int, int)  # what still waits after a run (-1: it failed), pages that are only pictures

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self._session = session
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._stopping = threading.Event()
        self._free = threading.Event()  # no action is being written
        self._free.set()
        self._started = False
        self._running = False
        self._again = False
        self._refused = False  # somebody stopped the reading of pictures
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._wake)
        self._ended.connect(self._heard, Qt.ConnectionType.QueuedConnection)
        session.busy.connect(self._make_way)
        session.changed.connect(self._changed)

    def start(self) -> None:
        """Begin a while from now; once is enough."""
        if not self._started and not self._session.desk.read_only:
            self._started = True
            self._timer.start(_FIRST)

    def stop(self, milliseconds: int = 3000) -> bool:
        """Stop after the present step; return whether it ended in time."""
        self._stopping.set()
        self._free.set()
        self._timer.stop()
        return self._pool.waitForDone(milliseconds)

    @property
    def running(self) -> bool:
        """Whether something is being made findable right now."""
        return self._running

    def _make_way(self, busy: bool) -> None:
        self._free.clear() if busy and not self._stopping.is_set() else self._free.set()

    def _changed(self, change: "Change") -> None:
        if self._started:
            if change.touches("setting"):
                self._refused = False
            self._timer.start(_AFTER_CHANGE)

    def _wake(self) -> None:
        if self._stopping.is_set():
            return
        if self._running:
            self._again = True
            return
        self._running = True
        desk = self._session.desk
        self._pool.start(lambda: self._run(desk))

    def _run(self, desk: "Desk") -> None:
        waiting, pictures = -1, 0
        try:
            waiting = desk.search.waiting()
            if waiting < LONG:
                self._steps(desk, None)
                waiting = 0
                desk.search.rest()
                pictures = desk.search.pictures() if desk.settings.get().ocr and desk.search.ocr() else 0
        except Exception as error:  # a full disk, a desk that is being closed: it goes on with the next change
            log.warning("the search index could not be brought up to date: %s", type(error).__name__)
            waiting = -1
        if isValid(self):
            self._ended.emit(waiting, pictures)

    def _steps(self, desk: "Desk", progress: "Progress | None") -> None:
        done = 0
        while not self._stopping.is_set():
            self._free.wait()
            if not desk.search.step():
                return
            done += 1
            if progress is not None and done % 10 == 0:
                left = desk.search.waiting()
                progress.at(max(0, self._total - left), max(self._total, left), "")
            self._stopping.wait(_BREATH)

    _total = 0

    @Slot(int, int)
    def _heard(self, waiting: int, pictures: int) -> None:
        if self._stopping.is_set():
            return
        if waiting >= LONG:
            self._total = waiting
            self._session.long(
                self,
                _("Preparing the search"),
                self._steps,
                lambda _nothing: self._over(),
                failed=lambda _error: self._over(),
                cancelled=self._over,
            )
            return
        self._over()
        if waiting == 0:
            self.settled.emit()
        if pictures and not self._refused:
            self._refused = True  # until it has ended well: never twice at once
            self._session.long(
                self,
                _("Reading scanned pages"),
                lambda desk, progress: desk.search.read_pictures(progress),
                lambda _count: self._read(),
            )

    def _read(self) -> None:
        self._refused = False
        self.settled.emit()

    def _over(self) -> None:
        self._running = False
        if self._again:
            self._again = False
            self._timer.start(_AFTER_CHANGE)
