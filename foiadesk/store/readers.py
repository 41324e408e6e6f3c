"""Connections for reading, kept open and lent out: each loan is one snapshot of the desk."""

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from foiadesk.records.errors import KnownError
from foiadesk.store.connection import close_quietly

if TYPE_CHECKING:
    from sqlite_utils import Database

KEPT_IDLE = 4


class Readers:
    """Reading connections, opened when needed; at most a few wait idle."""

    def __init__(self, connect: Callable[[], "Database"]) -> None:
        self._connect = connect
        self._changed = threading.Condition()
        self._idle: list[Database] = []
        self._lent: set[Database] = set()
        self._closed = False

    def take(self) -> "Database":
        """Lend a connection with an open snapshot. Raises KnownError once closed, and what opening raises."""
        with self._changed:
            if self._closed:
                raise closed()
            db = self._idle.pop() if self._idle else None
        if db is None:
            db = self._connect()
        try:
            db.conn.execute("BEGIN")
        except BaseException:
            close_quietly(db)
            raise
        with self._changed:
            if not self._closed:
                self._lent.add(db)
                return db
        close_quietly(db)
        raise closed()

    def give_back(self, db: "Database", *, sound: bool = True) -> None:
        """Return a connection. sound: False closes it, because something went wrong on it."""
        if sound:
            try:
                db.conn.rollback()
            except Exception:
                sound = False
        with self._changed:
            if sound and not self._closed and len(self._idle) < KEPT_IDLE:
                self._idle.append(db)
                self._lent.discard(db)
                return
        close_quietly(db)  # before it counts as returned: whoever closes the desk waits for this
        with self._changed:
            self._lent.discard(db)
            self._changed.notify_all()

    def close(self, patience: float) -> None:
        """Lend no more, stop what is still being read, and close everything returned within ``patience`` seconds."""
        until = time.monotonic() + patience
        with self._changed:
            self._closed = True
            idle, self._idle = self._idle, []
            for db in self._lent:
                db.conn.interrupt()
            while self._lent and (left := until - time.monotonic()) > 0:
                self._changed.wait(left)
        for db in idle:
            close_quietly(db)


def closed() -> KnownError:
    """Return the one sentence for using a desk after it was closed."""
    return KnownError("The desk is closed.", safe="Nothing was changed.", todo="Unlock it again.")
