"""Connections for reading, kept open and lent out: each loan is one snapshot of the desk."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from foiadesk.records.errors import DeskBusy, KnownError
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
        self._barred = False

    def take(self) -> "Database":
        """Lend a connection with an open snapshot. Raises KnownError once closed, and what opening raises."""
        with self._changed:
            self._changed.wait_for(lambda: not self._barred or self._closed)
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
            if not self._closed and not self._barred:
                self._lent.add(db)
                return db
            ended = self._closed
        close_quietly(db)
        if ended:
            raise closed()
        return self.take()  # the desk got another key meanwhile

    def give_back(self, db: "Database", *, sound: bool = True) -> None:
        """Return a connection. sound: False closes it, because something went wrong on it."""
        if sound:
            try:
                db.conn.rollback()
            except Exception:
                sound = False
        with self._changed:
            if sound and not self._closed and not self._barred and len(self._idle) < KEPT_IDLE:
                self._idle.append(db)
                self._lent.discard(db)
                self._changed.notify_all()
                return
        close_quietly(db)  # before it counts as returned: whoever closes the desk waits for this
        with self._changed:
            self._lent.discard(db)
            self._changed.notify_all()

    @contextmanager
    def nobody(self, patience: float) -> Iterator[None]:
        """Let nobody read within the block: who asks waits for its end, what waits idle is closed.

        Reading that does not end within ``patience`` seconds is stopped. Raises DeskBusy when it goes on all the same.
        """
        with self._changed:
            self._barred = True
            idle, self._idle = self._idle, []
        try:
            for db in idle:
                close_quietly(db)
            with self._changed:
                if not self._changed.wait_for(lambda: not self._lent, patience):
                    for db in self._lent:
                        db.conn.interrupt()
                    if not self._changed.wait_for(lambda: not self._lent, patience):
                        raise DeskBusy(
                            "A part of the program is still reading the desk.",
                            safe="Nothing was changed.",
                            todo="Wait a moment, then do it again.",
                        )
            yield
        finally:
            with self._changed:
                self._barred = False
                self._changed.notify_all()

    def close(self, patience: float) -> None:
        """Lend no more, stop what is still being read, and close everything returned within ``patience`` seconds."""
        until = time.monotonic() + patience
        with self._changed:
            self._closed = True
            self._changed.notify_all()
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
