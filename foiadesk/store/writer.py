"""The desk thread: owns the only writing connection and runs actions one after another, each in one transaction."""

import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from foiadesk.records.errors import DamagedDesk, ReadOnly, StorageFull
from foiadesk.store.connection import close_quietly
from foiadesk.store.readers import closed
from foiadesk.store.trouble import from_database, translated

if TYPE_CHECKING:
    from sqlite_utils import Database

T = TypeVar("T")


class _Action(Generic[T]):
    """A piece of work waiting for its turn, how it is to be run, and what became of it."""

    def __init__(self, work: Callable[["Database"], T], run: Callable[[Callable[["Database"], T]], T]) -> None:
        self._work = work
        self._run = run
        self._done = threading.Event()
        self._result: T
        self._error: BaseException | None = None

    def run(self) -> None:
        try:
            self._result = self._run(self._work)
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
        return self._in_turn(_Action(work, self._transaction))

    def alone(self, work: Callable[["Database"], T]) -> T:
        """Run work in its turn on a fresh connection without a transaction, while nothing else writes."""
        return self._in_turn(_Action(work, self._plain))

    def apart(self, work: Callable[[], T]) -> T:
        """Run work in its turn while this connection is closed and nothing else writes; it opens again when needed."""
        return self._in_turn(_Action(lambda _db: work(), self._closed_meanwhile))

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

    def _in_turn(self, action: _Action[T]) -> T:
        with self._gate:
            if self._closed:
                raise closed()
            self._queue.put(action)
        return action.outcome()

    def _serve(self) -> None:
        while (action := self._queue.get()) is not None:
            action.run()
            del action  # holds the work, and so whatever content it closes over
        if self._db is not None:
            db, self._db = self._db, None
            with suppress(Exception):  # a full disk, say: the rows are safe in the journal
                db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            close_quietly(db)

    def _connection(self) -> "Database":
        if self._db is None:
            self._db = self._connect()
        return self._db

    def _plain(self, work: Callable[["Database"], T]) -> T:
        with translated(disk=False):
            db = self._connect()
            try:
                return work(db)
            finally:
                close_quietly(db)

    def _closed_meanwhile(self, work: Callable[[Any], T]) -> T:
        if self._db is not None:
            db, self._db = self._db, None
            close_quietly(db)
        return work(None)

    def _transaction(self, work: Callable[["Database"], T]) -> T:
        with translated(disk=False):
            db = self._connection()
            self._inside = True
            try:
                db.conn.execute("BEGIN IMMEDIATE")
                result = work(db)
                if not db.conn.in_transaction:
                    raise RuntimeError("An action ended its transaction itself.")
                db.conn.execute("COMMIT")
            except BaseException as error:
                self._undo(db, error)
                raise
            finally:
                self._inside = False
            return result

    def _undo(self, db: "Database", error: BaseException) -> None:
        broken = isinstance(from_database(error), StorageFull | DamagedDesk | ReadOnly)
        try:
            if db.conn.in_transaction:
                db.conn.execute("ROLLBACK")
        except Exception:
            broken = True
        if broken:
            # SQLCipher fails every later call on a connection that met a bad page, and closing rolls back for certain.
            close_quietly(db)
            self._db = None

    def _join(self, work: Callable[["Database"], T]) -> T:
        with self.open_transaction.atomic() as db:
            return work(db)
