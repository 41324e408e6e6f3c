"""The desk thread: owns the only writing connection and runs actions one after another, each in one transaction."""

import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from foiadesk.store.connection import close_quietly
from foiadesk.store.readers import closed
from foiadesk.store.trouble import translated

if TYPE_CHECKING:
    from sqlite_utils import Database

T = TypeVar("T")


class _Action(Generic[T]):
    """A piece of work waiting for its turn, and what became of it."""

    def __init__(self, work: Callable[["Database"], T]) -> None:
        self._work = work
        self._done = threading.Event()
        self._result: T
        self._error: BaseException | None = None

    def run(self, transaction: Callable[[Callable[["Database"], T]], T]) -> None:
        try:
            self._result = transaction(self._work)
        except BaseException as error:  # handed to whoever waits; the desk thread goes on
            self._error = error
        self._done.set()

    def outcome(self) -> T:
        self._done.wait()
        if self._error is not None:
            try:
                raise self._error
            finally:
                self._error = None  # breaks the cycle of error, traceback and this frame
        return self._result


class Writer:
    """The one writing connection and its thread."""

    def __init__(self, connect: Callable[[], "Database"]) -> None:
        """Start the desk thread over the connection that ``connect`` opens now, and again should it ever break."""
        self._connect = connect
        self._db: Database | None = connect()
        self._queue: queue.SimpleQueue[_Action[Any] | None] = queue.SimpleQueue()
        self._gate = threading.Lock()
        self._closed = False
        self._inside = False
        self._thread = threading.Thread(target=self._serve, name="desk", daemon=True)
        self._thread.start()

    def write(self, work: Callable[["Database"], T]) -> T:
        """Run work in a transaction in its turn and return what it returned; see `Store.write`."""
        if self.is_inside():
            return self._join(work)
        action = _Action(work)
        with self._gate:
            if self._closed:
                raise closed()
            self._queue.put(action)
        return action.outcome()

    def is_inside(self) -> bool:
        """Tell whether the caller is work that the desk thread is running right now."""
        return self._inside and threading.current_thread() is self._thread

    @property
    def open_transaction(self) -> "Database":
        """The connection with its open transaction, for work that is inside."""
        if not self.is_inside() or self._db is None:
            raise RuntimeError("Only work on the desk thread may use its connection.")
        return self._db

    def close(self) -> None:
        """Run every action queued so far, empty the journal into the file, close the connection. Waits for all that."""
        if threading.current_thread() is self._thread:
            raise RuntimeError("An action cannot close the desk it runs on.")
        with self._gate:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()

    def _serve(self) -> None:
        while (action := self._queue.get()) is not None:
            action.run(self._transaction)
            del action  # holds the work, and so whatever content it closes over
        if self._db is not None:
            db, self._db = self._db, None
            with suppress(Exception):  # a full disk, say: the rows are safe in the journal
                db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            close_quietly(db)

    def _transaction(self, work: Callable[["Database"], T]) -> T:
        with translated(disk=False):
            if self._db is None:
                self._db = self._connect()
            conn = self._db.conn
            conn.execute("BEGIN IMMEDIATE")
            self._inside = True
            try:
                result = work(self._db)
                if not conn.in_transaction:
                    raise RuntimeError("An action ended its transaction itself.")
                conn.execute("COMMIT")
            except BaseException:
                self._undo()
                raise
            finally:
                self._inside = False
            return result

    def _undo(self) -> None:
        if self._db is None or not self._db.conn.in_transaction:
            return
        try:
            self._db.conn.execute("ROLLBACK")
        except Exception:
            # Closing rolls back for certain; the next action opens a fresh connection.
            close_quietly(self._db)
            self._db = None

    def _join(self, work: Callable[["Database"], T]) -> T:
        with self.open_transaction.atomic() as db:
            return work(db)
