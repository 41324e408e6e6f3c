"""The search index beside a desk: opened with the desk's key, made anew when missing, damaged or of another kind."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from foiadesk.records.errors import DamagedDesk, KnownError, NewerDesk, NotADesk, ReadOnly, WrongPassphrase
from foiadesk.store.connection import close_quietly, connect
from foiadesk.store.index_schema import index_migrations
from foiadesk.store.keys import HeldKey, RawKey
from foiadesk.store.readers import Readers
from foiadesk.store.trouble import translated

if TYPE_CHECKING:
    from sqlite_utils import Database

T = TypeVar("T")

PATIENCE_SECONDS = 5.0
_SPOILT = (WrongPassphrase, DamagedDesk, NewerDesk, NotADesk)
_SUFFIXES = ("", "-wal", "-shm", "-journal")


class NoIndex(KnownError):
    """There is no index that could be read, and this process may not make one."""


class Index:
    """One index file. Only the process that holds the desk for writing may write it; any method from any thread."""

    def __init__(self, path: Path, key: Callable[[], RawKey], *, write: bool) -> None:
        """key: asked at each opening, because a desk can be given another passphrase."""
        self.path = path
        self.may_write = write
        self._key = key
        self._turn = threading.RLock()
        self._writing: Database | None = None
        self._readers: Readers | None = None
        self._closed = False

    def write(self, work: Callable[["Database"], T], *, new: bool = False) -> T:
        """Run ``work`` in one transaction. new: on an empty index, made now.

        Raises NoIndex when there is none, or none that is sound: that is then thrown away. Raises ReadOnly, StorageFull
        and the like.
        """
        if not self.may_write:
            raise ReadOnly("The search index can only be read here.", safe="Nothing was changed.")
        with self._turn:
            if new:
                self.discard()
                self._make()
            elif not self.path.exists():
                self._let_go()  # of a file that somebody removed
                raise _no_index()
            try:
                return self._transaction(work)
            except _SPOILT as error:
                self.discard()
                raise _no_index() from error

    @contextmanager
    def read(self) -> Iterator["Database"]:
        """Lend a connection that sees one unchanging state of the index.

        Raises NoIndex where there is none to read; a spoilt one is then thrown away, where that is allowed.
        """
        try:
            with translated(disk=False):
                readers = self._ready()
                db = readers.take()
                sound = False
                try:
                    yield db
                    sound = True
                finally:
                    readers.give_back(db, sound=sound)
        except _SPOILT as error:
            if self.may_write:
                self.discard()
            raise _no_index() from error

    def exists(self) -> bool:
        """Whether there is a file, usable or not."""
        return self.path.exists()

    def discard(self) -> None:
        """Throw the index away; the next `write` makes an empty one."""
        with self._turn:
            self._let_go()
            for suffix in _SUFFIXES:
                with translated(), suppress(FileNotFoundError):
                    self.path.with_name(self.path.name + suffix).unlink()

    def rewrite(self) -> None:
        """Write every page anew and empty the journal, so that what left the index is on none. Removes a spoilt one.

        Nothing may be reading: readers are waited for, then stopped.
        """
        with self._turn:
            self._let_go()
            try:
                with translated(disk=False):
                    db = self._writer()
                    db.conn.execute("VACUUM")
                    checkpoint = db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            except _SPOILT:
                self.discard()
                return
            if checkpoint[0]:  # another process reads an older state, and would keep its pages
                self.discard()

    def rekey(self, held: HeldKey, key: RawKey) -> None:
        """Give the index the key the desk has now; one that cannot take it is removed.

        held: what `Index` asks for its key, changed here. Raises what the disk says of the removal.
        """
        with self._turn:
            self._let_go()
            old, held.key = held.key, key
            if not self.path.exists():
                return
            with suppress(Exception):  # whether it took the new key shows below
                db = connect(self.path, old, "write")
                try:
                    db.conn.execute(f"PRAGMA rekey = {key.literal}")
                    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                finally:
                    close_quietly(db)
            try:
                close_quietly(connect(self.path, key, "write"))
            except KnownError:
                self.discard()

    def close(self) -> None:
        """Close every connection. Closing twice is harmless."""
        with self._turn:
            self._closed = True
            if self._writing is not None:
                with suppress(Exception):  # a full disk, say: what is in the journal is read from there
                    self._writing.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._let_go()

    def _let_go(self) -> None:
        if self._readers is not None:
            self._readers.close(PATIENCE_SECONDS)
            self._readers = None
        if self._writing is not None:
            close_quietly(self._writing)
            self._writing = None

    def _transaction(self, work: Callable[["Database"], T]) -> T:
        with translated(disk=False):
            db = self._writer()
            try:
                db.conn.execute("BEGIN IMMEDIATE")
                result = work(db)
                db.conn.execute("COMMIT")
            except BaseException as error:
                try:
                    if db.conn.in_transaction:
                        db.conn.execute("ROLLBACK")
                except Exception:
                    error.add_note("the index was closed, too")
                    self._let_go()
                raise
            return result

    def _writer(self) -> "Database":
        if self._closed:
            raise KnownError("The desk is closed.", safe="Nothing was changed.", todo="Unlock it again.")
        if self._writing is None:
            db = connect(self.path, self._key(), "write")
            try:
                _check(db)
            except BaseException:
                close_quietly(db)
                raise
            self._writing = db
        return self._writing

    def _make(self) -> None:
        with translated():
            os.close(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        db = connect(self.path, self._key(), "create")
        try:
            index_migrations.start(db)
            index_migrations.run(db)
        finally:
            close_quietly(db)

    def _ready(self) -> Readers:
        with self._turn:
            if self._closed or not self.path.exists():
                raise _no_index()
            if self._readers is None:
                journal = self.path.with_name(self.path.name + "-wal")
                empty = not journal.exists() or journal.stat().st_size == 0
                mode = "immutable" if empty and not os.access(self.path.parent, os.W_OK) else "read"
                first = connect(self.path, self._key(), mode)  # type: ignore[arg-type]
                try:
                    _check(first)
                except BaseException:
                    close_quietly(first)
                    raise
                waiting = [first]
                self._readers = Readers(lambda: waiting.pop() if waiting else connect(self.path, self._key(), mode))  # type: ignore[arg-type]
            return self._readers


def _check(db: "Database") -> None:
    """Raise one of the errors of a spoilt index unless it has exactly our schema."""
    if index_migrations.pending(db):
        raise NotADesk("The search index is of another schema.")


def _no_index() -> NoIndex:
    return NoIndex(
        "Nothing is prepared for searching yet.",
        safe="Requests, letters and files are not touched by this.",
        todo="Leave the desk open in the window for a while, or search once while no window has it open.",
    )
