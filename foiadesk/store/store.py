"""Store: an open desk folder. One thread writes, pooled connections read, the vault keeps the attachments."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from foiadesk.records.errors import KnownError, ReadOnly, WrongPassphrase
from foiadesk.store import rekey
from foiadesk.store.atomic import make_folder, sweep_parts
from foiadesk.store.connection import LENT_CACHE_KIB, READER_CACHE_KIB, close_quietly, connect, verify
from foiadesk.store.folder import DeskFolder, check_desk, check_new, refuse_network
from foiadesk.store.keys import HeldKey, RawKey, derive, normalized
from foiadesk.store.lock import DeskLock
from foiadesk.store.migrate import Migrations
from foiadesk.store.opening import (
    bring_up_to_date,
    empty_journal,
    free_name,
    give_birth,
    identities,
    key_of,
    reading_mode,
    rewrite,
    unfinished,
    verify_settled,
)
from foiadesk.store.readers import Readers
from foiadesk.store.rows_common import now_text
from foiadesk.store.trouble import translated
from foiadesk.store.vault import Vault
from foiadesk.store.writer import Writer

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.store.deriving import Deriving
    from foiadesk.store.index import Index

T = TypeVar("T")

READERS_PATIENCE_SECONDS = 5.0


class _Loan:
    """A reading connection in the hands of one thread."""

    __slots__ = ("db", "running")

    def __init__(self, db: "Database") -> None:
        self.db = db
        self.running = True


class Store:
    """One open desk folder. Every method may be called from any thread; `close` ends them all.

    rekeyed: whether a change of the passphrase that was interrupted had been complete; None when none was.
    """

    rekeyed: bool | None = None

    def __init__(
        self,
        places: DeskFolder,
        held: HeldKey,
        vault: Vault,
        readers: Readers,
        writer: Writer | None,
        lock: DeskLock | None,
    ) -> None:
        """Take over what `create` and `open` have prepared; call those instead."""
        self.folder = places.path
        self.places = places
        self.vault = vault
        self.read_only = writer is None
        self._held = held
        self._index_key = HeldKey(held.key)
        self._readers = readers
        self._writer = writer
        self._lock = lock
        self._reading = threading.local()
        self._closing = threading.Lock()
        self._closed = False

    @classmethod
    def create(cls, folder: Path, passphrase: str, migrations: Migrations) -> Self:
        """Make a new desk in a folder that is missing or empty, and open it for writing.

        The desk appears by one rename when everything in it is on disk: an interrupted creation leaves no desk.
        Raises BadInput (folder in use, unusable passphrase), NetworkFolder, DeskBusy, StorageFull, ReadOnly.
        """
        normalized(passphrase)
        folder = Path(folder)
        with translated():
            check_new(folder)
            missing = [place for place in (folder, *folder.parents) if not place.exists()]
            for place in reversed(missing):
                make_folder(place)
        places = DeskFolder(folder)
        lock = DeskLock(places.lock)
        with translated():
            lock.acquire()
        try:
            with translated():
                check_new(folder)  # again, now that nobody else can be making one
                give_birth(places, passphrase, migrations)
            return cls._open_locked(places, passphrase, migrations, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open(
        cls,
        folder: Path,
        passphrase: "str | Deriving",
        migrations: Migrations,
        *,
        write: bool = True,
        meanwhile: Callable[[], None] | None = None,
    ) -> Self:
        """Open a desk with its passphrase, or with what already derives the key from it.

        write: hold it as the one writing process and bring its schema up to date, after a verified copy in backups/;
        False reads beside a writing process, or from a read-only medium. meanwhile: see ``key_of``.
        Raises NotADesk, WrongPassphrase, DamagedDesk, NewerDesk, NetworkFolder, DeskBusy, ReadOnly, StorageFull.
        """
        places = DeskFolder(Path(folder))
        with translated():
            check_desk(places.path)
        if not write:
            return cls._open_to_read(places, passphrase, migrations, meanwhile)
        with translated():
            refuse_network(places.path)
            lock = DeskLock(places.lock)
            lock.acquire()
        try:
            return cls._open_locked(places, passphrase, migrations, lock, meanwhile)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _open_locked(
        cls,
        places: DeskFolder,
        passphrase: "str | Deriving",
        migrations: Migrations,
        lock: DeskLock,
        meanwhile: Callable[[], None] | None = None,
    ) -> Self:
        key = key_of(places, passphrase, meanwhile)
        held = HeldKey(key)
        try:
            db = connect(places.database, key, "write")
        except WrongPassphrase as wrong:
            raise rekey.one_of_two(places, wrong) from None
        try:
            with translated():
                bring_up_to_date(db, key, places, migrations)
                rekeyed = rekey.settle(places, db, key)
                vault = Vault(places.attachments, identities(db))
                vault.sweep()
                for folder in (places.path, places.backups):
                    sweep_parts(folder)
        except BaseException:
            close_quietly(db)
            raise
        waiting = [db]
        writer = Writer(lambda: waiting.pop() if waiting else connect(places.database, held.key, "write"))
        readers = Readers(lambda: connect(places.database, held.key, "read", cache_kib=LENT_CACHE_KIB))
        made = cls(places, held, vault, readers, writer, lock)
        made.rekeyed = rekeyed
        return made

    @classmethod
    def _open_to_read(
        cls,
        places: DeskFolder,
        passphrase: "str | Deriving",
        migrations: Migrations,
        meanwhile: Callable[[], None] | None = None,
    ) -> Self:
        key = key_of(places, passphrase, meanwhile)
        mode = reading_mode(places)
        try:
            db = connect(places.database, key, mode, cache_kib=LENT_CACHE_KIB)
        except WrongPassphrase as wrong:
            raise rekey.one_of_two(places, wrong) from None
        except KnownError as error:
            if mode == "read" and not os.access(places.path, os.W_OK):
                raise unfinished() from error
            raise
        try:
            with translated():
                if migrations.pending(db):
                    raise ReadOnly(
                        "The desk was last used with an older FOIADesk and must be brought up to date first.",
                        safe="Nothing was changed.",
                        todo="Open it once for writing.",
                    )
                vault = Vault(places.attachments, identities(db), read_only=True)
        except BaseException:
            close_quietly(db)
            raise
        waiting = [db]

        def reader() -> "Database":
            return waiting.pop() if waiting else connect(places.database, key, mode, cache_kib=LENT_CACHE_KIB)

        readers = Readers(reader)
        return cls(places, HeldKey(key), vault, readers, None, None)

    @property
    def _key(self) -> RawKey:
        return self._held.key

    def opens_with(self, passphrase: str) -> bool:
        """Tell whether this is the desk's passphrase: a tenth of a second. Raises BadInput when it can be none."""
        with translated():
            salt = check_desk(self.places.path)
        return self._key.same(derive(passphrase, salt))

    def change_key(self, passphrase: str) -> None:
        """Give the desk another passphrase, alone on it: nobody reads or writes meanwhile, in any program.

        The identities of the vault stay, and so do copies made before: see `foiadesk.store.rekey`. Raises DeskBusy
        while another program reads, StorageFull and the like; the old passphrase is the desk's then.
        """
        if self._writer is None:
            raise ReadOnly("The desk is open for reading only.", safe="Nothing was changed.")

        def change() -> None:
            with self._readers.nobody(READERS_PATIENCE_SECONDS):
                self._held.key = rekey.change(self.places, self._held.key, passphrase)

        self._writer.apart(change)
        self._reading.loan = None
        # The index keeps its own key until it has the new one, so that nobody finds it spoilt meanwhile.
        with suppress(KnownError):  # it was thrown away then, and is made anew
            self.index.rekey(self._index_key, self._key)

    def snapshot(self, name: str) -> Path:
        """Put a verified copy of the rows into the folder “backups” and return it; a number is added when there is one.

        Raises StorageFull, ReadOnly, DamagedDesk.
        """
        from foiadesk.store import snapshot

        if self._writer is None:
            raise ReadOnly("The desk is open for reading only.", safe="Nothing was changed.")
        target = free_name(self.places.backups, name)
        with translated():
            self._writer.alone(lambda db: snapshot.take(db, self._key, target, taken_at=now_text()))
        return target

    def write(self, work: Callable[["Database"], T]) -> T:
        """Run ``work`` on the desk thread in one transaction and return what it returned; on return it is durable.

        Actions run in the order they were handed in. Whatever ``work`` raises undoes all of it and is raised here.
        Called by work that is itself inside `write`, it joins the open transaction: if this inner work fails, only its
        own part is undone. Work must not commit, and must not wait for another thread that writes.
        Raises ReadOnly, StorageFull, DamagedDesk, DeskBusy, and KnownError once the desk is closed.
        """
        if self._writer is None:
            raise ReadOnly(
                "The desk is open for reading only.", safe="Nothing was changed.", todo="Open it for writing."
            )
        result = self._writer.write(work)
        self._reading.loan = None  # what this thread reads next must show what it just wrote
        return result

    @contextmanager
    def read(self) -> Iterator["Database"]:
        """Lend a connection that sees one unchanging state of the desk until the block ends, and cannot write.

        Nested on one thread it is the same state. Inside `write` it is the open transaction, with its own changes.
        Raises DamagedDesk, StorageFull and the like, and KnownError once the desk is closed.
        """
        if self._writer is not None and self._writer.is_inside():
            with _query_only(self._writer.open_transaction) as db:
                yield db
            return
        outer: _Loan | None = getattr(self._reading, "loan", None)
        if outer is not None and outer.running:
            yield outer.db
            return
        with translated(disk=False):
            loan = self._reading.loan = _Loan(self._readers.take())
            sound = False
            try:
                yield loan.db
                sound = True
            except Exception as error:
                sound = not hasattr(error, "sqlite_errorcode")
                raise
            finally:
                loan.running = False
                self._readers.give_back(loan.db, sound=sound)

    @cached_property
    def index(self) -> "Index":
        """The search index beside the desk. It is no part of it: whoever searches makes it, and makes it anew."""
        from foiadesk.store.index import Index

        return Index(self.places.index, lambda: self._index_key.key, write=not self.read_only)

    def check(self) -> list[str]:
        """Verify every page and row of the database; return what is wrong, a sentence each, empty when all is well."""
        db = self._readers.take()
        try:
            db.conn.execute(f"PRAGMA cache_size = -{READER_CACHE_KIB}")  # every row is looked for in every index
            problems = verify(db, file_itself=self._writer is not None or not self.places.journal_holds_rows())
        finally:
            self._readers.give_back(db, sound=False)
        if problems and self._writer is not None:
            # A page of the file may be half written, now or by a crash, while the journal holds it whole: look again
            # when the journal has been emptied and nothing is written.
            problems = self._writer.alone(verify_settled)
        return problems

    def scrub(self) -> None:
        """Write every page of the database anew, so that what was deleted is on none, and empty the journal.

        secure_delete wipes what a deletion leaves in place, but not the copies that remain in the unused part of a page
        whose rows were once moved to another. Raises StorageFull, and DeskBusy while somebody reads an older state.
        """
        if self._writer is None:
            raise ReadOnly("The desk is open for reading only.", safe="Nothing was changed.")
        self._writer.alone(rewrite)

    def empty_journal(self) -> None:
        """Empty the journal into the database. Raises as `scrub` does."""
        if self._writer is not None:
            self._writer.alone(empty_journal)

    def take_snapshot(self, target: Path, **how: Any) -> None:
        """Copy the rows as of one moment to a new file, beside whoever writes; see `foiadesk.store.snapshot.take`.

        Closing the desk stops it. Disk and database speak untranslated: only the caller knows whose disk it is.
        """
        from foiadesk.store import snapshot

        db = self._readers.take()
        try:
            db.conn.rollback()
            snapshot.take(db, self._key, target, **how)
        finally:
            self._readers.give_back(db, sound=False)

    def open_snapshot(self, path: Path) -> "Database":
        """Open a copy of the rows for reading, with this desk's key. Raises WrongPassphrase when that does not fit."""
        return connect(path, self._key, "immutable")

    def close(self) -> None:
        """Finish what is queued, stop readers, empty the journal into the database and let the desk go.

        Closing twice is harmless. Must not be called by work inside `write`.
        """
        with self._closing:
            if self._closed:
                return
            if self._writer is not None and self._writer.is_inside():
                raise RuntimeError("An action cannot close the desk it runs on.")
            self._closed = True
            try:
                if "index" in self.__dict__:
                    self.index.close()
                self._readers.close(READERS_PATIENCE_SECONDS)
                if self._writer is not None:
                    self._writer.close()
            finally:
                if self._lock is not None:
                    self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


@contextmanager
def _query_only(db: "Database") -> Iterator["Database"]:
    before = db.conn.execute("PRAGMA query_only").fetchone()[0]
    db.conn.execute("PRAGMA query_only = ON")
    try:
        yield db
    finally:
        if not before:
            db.conn.execute("PRAGMA query_only = OFF")
