"""Work that takes longer than a person waits: run beside everything else, counted, stopped when asked."""

import itertools
import threading
import time
import weakref
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, Slot
from shiboken6 import isValid

from foiadesk.records.progress import Cancelled, Progress

_BESIDE = 2  # pieces of long work at once
_PAUSE = 0.05  # seconds between two reports of one job


class LongJob:
    """One piece of long work. Its numbers are read on the GUI thread only."""

    def __init__(self, number: int, title: str) -> None:
        self.number = number
        self.title = title
        self.done = 0
        self.total = 0  # 0: not known
        self.what = ""
        self.progress = Progress()
        self.stopping = False

    def cancel(self) -> None:
        """Ask the work to stop at its next safe place."""
        self.stopping = True
        self.progress.cancel()


class LongJobs(QObject):
    """Runs long work in a pool of its own, so that questions and actions never wait for it."""

    changed = Signal()  # a job began, went on or ended
    _said = Signal(object, object)  # LongJob, (done, total, what)
    _ended = Signal(object, object, object)  # LongJob, answer, Exception | None

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.running: list[LongJob] = []
        self._numbers = itertools.count(1)
        self._endings: dict[int, tuple[weakref.ref[QObject], Callable[[Any], None] | None, Any, Any]] = {}
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(_BESIDE)
        self._stopped = False
        self._said.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._end, Qt.ConnectionType.QueuedConnection)

    def start(
        self,
        owner: QObject,
        title: str,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None] | None,
        failed: Callable[[Exception], None],
        cancelled: Callable[[], None] | None = None,
    ) -> LongJob:
        """Run ``work`` beside everything else; one of the three handlers is called on the GUI thread when it ends.

        The handlers are dropped when ``owner`` is gone, but a failure is always reported.
        """
        job = LongJob(next(self._numbers), title)
        latest = 0.0
        guard = threading.Lock()

        def heard(now_done: int, total: int, what: str) -> None:
            nonlocal latest
            with guard:
                moment = time.monotonic()
                if moment - latest < _PAUSE and now_done != total:
                    return
                latest = moment
            if isValid(self):
                self._said.emit(job, (now_done, total, what))

        job.progress = Progress(heard)
        self._endings[job.number] = (weakref.ref(owner), done, failed, cancelled)
        self.running.append(job)
        if self._stopped:
            job.cancel()
        self._pool.start(lambda: self._run(job, work))
        self.changed.emit()
        return job

    def stop(self, milliseconds: int = 3000) -> bool:
        """Ask everything to stop and wait for it; return whether all of it ended in time."""
        self._stopped = True
        for job in self.running:
            job.cancel()
        return self._pool.waitForDone(milliseconds)

    def _run(self, job: LongJob, work: Callable[[Progress], Any]) -> None:
        answer: Any = None
        error: Exception | None = None
        try:
            if job.progress.cancelled:
                raise Cancelled
            answer = work(job.progress)
        except Exception as caught:  # it is delivered to the GUI thread, which tells known errors from bugs
            error = caught
        if isValid(self):
            self._ended.emit(job, answer, error)

    @Slot(object, object)
    def _hear(self, job: LongJob, said: tuple[int, int, str]) -> None:
        job.done, job.total, job.what = said
        self.changed.emit()

    @Slot(object, object, object)
    def _end(self, job: LongJob, answer: Any, error: Exception | None) -> None:
        self.running.remove(job)
        owner, done, failed, cancelled = self._endings.pop(job.number)
        self.changed.emit()
        here = owner()
        there = here is not None and isValid(here)
        if isinstance(error, Cancelled):
            if cancelled is not None and there:
                cancelled()
        elif error is not None:
            failed(error)
        elif done is not None and there:
            done(answer)
