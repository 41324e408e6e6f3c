"""Work off the GUI thread: questions that may go stale, actions that keep their order, answers by queued signals."""

import itertools
import weakref
from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, Slot
from shiboken6 import isValid


class Ticket(NamedTuple):
    """One piece of work on its way: whose it is, its generation, and what to do with the answer."""

    owner: weakref.ref[QObject]
    slot: tuple[int, str]
    generation: int
    work: Callable[[], Any]
    answered: Callable[[Any], None] | None
    failed: Callable[[Exception], None]
    may_go_stale: bool


def key_of(handler: Callable[..., Any]) -> str:
    """Return a name for "the same question": the place in the code that takes the answer."""
    plain = getattr(handler, "func", handler)
    plain = getattr(plain, "__func__", plain)
    code = getattr(plain, "__code__", None)
    return f"{code.co_filename}:{code.co_firstlineno}" if code else repr(type(plain))


class Jobs(QObject):
    """Runs work in two pools: questions beside one another, actions one after the other.

    Answers arrive on the thread this object lives in (the GUI thread). An answer is dropped when its owner is gone,
    or when its question was asked again meanwhile; an action's answer is dropped only when its owner is gone.
    """

    _finished = Signal(object, object, object)  # Ticket, answer, Exception | None
    busy = Signal(bool)  # an action is running

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._generations: dict[tuple[int, str], int] = {}
        self._counter = itertools.count(1)
        self._questions = QThreadPool(self)
        self._questions.setMaxThreadCount(4)
        self._actions = QThreadPool(self)
        self._actions.setMaxThreadCount(1)
        for pool in (self._questions, self._actions):
            pool.setExpiryTimeout(-1)  # Qt ends the program when a thread is begun while no descriptor is left
        self._running = 0
        self._pending = 0
        self._stopped = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def ask(
        self,
        owner: QObject,
        work: Callable[[], Any],
        answered: Callable[[Any], None],
        failed: Callable[[Exception], None],
        key: str = "",
    ) -> Ticket | None:
        """Run ``work`` off the GUI thread; a later ask by the same owner under the same key makes this one stale."""
        return self._start(owner, work, answered, failed, key or key_of(answered), stale=True)

    def act(
        self,
        owner: QObject,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None,
        failed: Callable[[Exception], None],
    ) -> Ticket | None:
        """Run ``work`` after every action started before it."""
        return self._start(owner, work, done, failed, f"act {next(self._counter)}", stale=False)

    def pending(self) -> int:
        """Return how many pieces of work have not been answered yet."""
        return self._pending

    def forget(self, owner: QObject, key: str) -> None:
        """Make the running question of this owner under ``key`` stale."""
        self._generations.pop((id(owner), key), None)

    def stop(self, milliseconds: int = 3000) -> bool:
        """Start nothing new, drop what waits, let running work end; return whether all of it did in time.

        Waiting actions are run, not dropped: they are what the person did.
        """
        self._stopped = True
        self._questions.clear()
        self._generations.clear()
        acted = self._actions.waitForDone(milliseconds)
        return self._questions.waitForDone(milliseconds) and acted

    def _start(
        self,
        owner: QObject,
        work: Callable[[], Any],
        answered: Callable[[Any], None] | None,
        failed: Callable[[Exception], None],
        key: str,
        *,
        stale: bool,
    ) -> Ticket | None:
        if self._stopped:
            return None
        slot = (id(owner), key)
        ticket = Ticket(weakref.ref(owner), slot, next(self._counter), work, answered, failed, stale)
        if stale:
            self._generations[slot] = ticket.generation
        else:
            self._running += 1
            if self._running == 1:
                self.busy.emit(True)
        self._pending += 1
        pool = self._questions if stale else self._actions
        pool.start(lambda: self._run(ticket))
        return ticket

    def _fresh(self, ticket: Ticket) -> bool:
        return not ticket.may_go_stale or self._generations.get(ticket.slot) == ticket.generation

    def _run(self, ticket: Ticket) -> None:
        answer: Any = None
        error: Exception | None = None
        try:
            if self._fresh(ticket):
                answer = ticket.work()
        except Exception as caught:  # it is delivered to the GUI thread, which tells known errors from bugs
            error = caught
        if isValid(self):
            self._finished.emit(ticket, answer, error)

    @Slot(object, object, object)
    def _deliver(self, ticket: Ticket, answer: Any, error: Exception | None) -> None:
        self._pending -= 1
        if ticket.may_go_stale:
            if not self._fresh(ticket):
                return
            del self._generations[ticket.slot]
        else:
            self._running -= 1
            if self._running == 0:
                self.busy.emit(False)
        owner = ticket.owner()
        if owner is None or not isValid(owner):
            if error is not None and not ticket.may_go_stale:
                ticket.failed(error)
            return
        if error is not None:
            ticket.failed(error)
        elif ticket.answered is not None:
            ticket.answered(answer)
