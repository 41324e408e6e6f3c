"""The open desk as the window sees it: ask it questions, act on it, go to a page, hear what changed."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from foiadesk_ui.index_keeper import IndexKeeper
from foiadesk_ui.jobs import Jobs
from foiadesk_ui.long_jobs import LongJob, LongJobs

if TYPE_CHECKING:
    from foiadesk.desk import Change, Desk
    from foiadesk.records.progress import Progress

T = TypeVar("T")


class Once:
    """Work that two threads want: the first one does it, the other waits for the answer."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self._work = work
        self._lock = threading.Lock()
        self._answers: list[Any] = []

    def __call__(self) -> Any:
        with self._lock:
            if not self._answers:
                self._answers.append(self._work())
            return self._answers[0]


class Session(QObject):
    """One unlocked desk and the traffic with it. All signals arrive on the GUI thread."""

    changed = Signal(object)  # Change: refresh what it names
    acted = Signal(object)  # Change made by act(), undo() or redo(): the undo bar shows it
    navigate = Signal(str, object)  # page name, dict of where
    trouble = Signal(object)  # KnownError: the window shows what happened, what is safe, what to do
    busy = Signal(bool)  # an action is being written
    told = Signal(str)  # a sentence about something done that cannot be undone: the bar below shows it
    offered = Signal(
        object, str, str, object
    )  # Change, words of a link, page and where it leads: shown in the bar below
    window_asked = Signal(int)  # a request, in a window of its own
    lock_asked = Signal()  # a page wants the desk locked
    remember_asked = Signal(bool)  # keep this desk's folder in the list known before unlocking, or forget it
    _heard = Signal(object)
    desk: "Desk"

    def __init__(self, desk: "Desk | None" = None, parent: QObject | None = None) -> None:
        """desk: None for one that is still being opened; ``take`` brings it before anything is asked."""
        super().__init__(parent)
        self.has_desk = False
        self.jobs = Jobs(self)
        self.long_jobs = LongJobs(self)
        self.jobs.busy.connect(self.busy)
        self._heard.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        self._stop_listening: Callable[[], None] = lambda: None
        self._early: dict[Callable[[Desk], Any], Callable[[], Any]] = {}
        self.index_keeper = IndexKeeper(self)
        if desk is not None:
            self.take(desk)

    def take(self, desk: "Desk") -> None:
        """Begin with an open desk."""
        self.desk = desk
        self.has_desk = True
        self._stop_listening = desk.listen(self._heard.emit)

    def ask(
        self,
        owner: QObject,
        question: "Callable[[Desk], T]",
        answered: Callable[[T], None],
        *,
        key: str = "",
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Ask the desk off the GUI thread; ``answered`` runs on the GUI thread.

        The answer is dropped when ``owner`` is gone or asked again under the same ``key``. Without a key, the place in
        the code of ``answered`` is the key: give one when the same handler serves several questions at once.
        Without ``failed``, known errors go to ``trouble`` and anything else to ``sys.excepthook``.
        """
        desk = self.desk
        work = self._early.pop(question, None) or (lambda: question(desk))
        self.jobs.ask(owner, work, answered, failed or self.report, key)

    @contextmanager
    def answering(self, question: "Callable[[Desk], Any]") -> Iterator[None]:
        """Answer a question already while that is made, within the block, which will ask it."""
        self._early[question] = once = Once(partial(question, self.desk))
        self.jobs.ask(self, once, lambda _answer: None, lambda _error: None, "early")
        try:
            yield
        finally:
            self._early.pop(question, None)

    def act(
        self,
        owner: QObject,
        action: "Callable[[Desk], Change]",
        done: "Callable[[Change], None] | None" = None,
        *,
        failed: Callable[[Exception], None] | None = None,
        quiet: bool = False,
    ) -> None:
        """Do something to the desk, after every action before it; the undo bar then says what was done.

        ``quiet`` leaves the undo bar alone (autosave of a draft).
        """
        desk = self.desk

        def finished(change: "Change") -> None:
            if not quiet:
                self.acted.emit(change)
            if done is not None:
                done(change)

        self.jobs.act(owner, lambda: action(desk), finished, failed or self.report)

    def long(
        self,
        owner: QObject,
        title: str,
        work: "Callable[[Desk, Progress], T]",
        done: Callable[[T], None] | None = None,
        *,
        failed: Callable[[Exception], None] | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> LongJob:
        """Do something that takes its time, beside everything else, with a line that counts and a way to stop it.

        ``work`` calls ``progress.at`` between pieces that are whole by themselves. Locking stops it there.
        """
        desk = self.desk
        return self.long_jobs.start(
            owner, title, lambda progress: work(desk, progress), done, failed or self.report, cancelled
        )

    def undo(self) -> None:
        """Take back the last action."""
        self.act(self, lambda desk: desk.history.undo())

    def redo(self) -> None:
        """Do again what was taken back."""
        self.act(self, lambda desk: desk.history.redo())

    def go(self, page: str, **where: Any) -> None:
        """Show a page: ``go("request", id=3)``."""
        self.navigate.emit(page, where)

    def report(self, error: Exception) -> None:
        """Show a known error as trouble; anything else is a bug."""
        from foiadesk.records.errors import KnownError

        if isinstance(error, KnownError):
            self.trouble.emit(error)
        else:
            sys.excepthook(type(error), error, error.__traceback__)

    def close(self, milliseconds: int = 3000) -> bool:
        """Stop jobs and close the desk; return whether running work ended in time."""
        ended = self.detach(milliseconds)
        self.desk.close()
        return ended

    def detach(self, milliseconds: int = 3000) -> bool:
        """Stop jobs and listening, and leave the desk open for whoever has it next."""
        self._stop_listening()
        ended = self.index_keeper.stop(milliseconds)
        ended = self.long_jobs.stop(milliseconds) and ended
        return self.jobs.stop(milliseconds) and ended

    @Slot(object)
    def _pass_on(self, change: object) -> None:
        self.changed.emit(change)
