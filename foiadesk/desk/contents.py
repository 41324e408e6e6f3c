"""Bytes into the vault and out again: each distinct content once, durable before any row names it."""

from __future__ import annotations

import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from foiadesk.desk.shapes import FileStretch, IncomingFile
from foiadesk.frozen import dataclass
from foiadesk.records.errors import BadInput, KnownError, NotFound, Unreadable
from foiadesk.records.speech import say
from foiadesk.store import rows_common, rows_filing

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.desk import Desk
    from foiadesk.store.vault import StoredFile

HEAD = 65_536  # bytes that tell what a file is
HELD = 64 << 20  # the last file read is kept in memory up to this size, so that turning pages decrypts it once


@dataclass(frozen=True, slots=True)
class Kept:
    """A content that is durable in the vault. key is "" when the desk had it already."""

    key: str
    sha256: str
    size: int
    name: str
    head: bytes

    def row(self, db: Database) -> int:
        """Return its content row inside a transaction, made when new."""
        return rows_filing.keep_content(db, self.key, self.sha256, self.size)


class Contents:
    """The desk's stored contents."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._marking = threading.Lock()
        self._marked = False
        self._fresh: set[str] = set()  # vault files made since opening
        self._holding = threading.Lock()
        self._held: tuple[str, bytes] = ("", b"")

    def keep(
        self,
        source: Path | IncomingFile | FileStretch,
        put: Callable[[bytes | BinaryIO, str], StoredFile] | None = None,
        sha256: str = "",
        new: bool = False,
    ) -> Kept:
        """Store a content durably and return it. Nothing of it is stored twice.

        put: another way into the vault, which makes many contents durable together, later. sha256: of the content,
        where the caller knows it. new: the caller knows that the desk has it not.
        Raises BadInput when the path is no ordinary file, Unreadable when it cannot be read, StorageFull.
        """
        with opened(source) as (file, size):
            head = file.read(HEAD)
            file.seek(0)
            if not sha256 and not new:
                with self._desk.read() as db:
                    comparable = rows_filing.content_of_size(db, size)
                if comparable:
                    from foiadesk.store.vault import fingerprint

                    sha256, _length = fingerprint(file)
                    file.seek(0)
            if sha256 and not new:
                with self._desk.read() as db:
                    if rows_filing.content_by_hash(db, sha256) is not None:
                        return Kept("", sha256, size, source.name, head)
            self.mark()
            stored = (put or self._desk.store.vault.put)(_at_once(source, file, size), sha256)
            self._fresh.add(stored.key)
            return Kept(stored.key, stored.sha256, stored.size, source.name, head)

    def renew(self, key: str, sha256: str) -> str:
        """Encrypt a stored content anew as a further vault file and return its key; see `Vault.renew`."""
        self.mark()
        stored = self._desk.store.vault.renew(key, sha256)
        self._fresh.add(stored.key)
        return stored.key

    def mark(self) -> None:
        """Note that files are being stored, so that a desk that was not closed looks for files without a row."""
        with self._marking:
            if not self._marked:
                self._desk.store.write(lambda db: rows_common.put_state(db, "storing", "yes"))
                self._marked = True

    def unmark(self) -> None:
        """Note that every stored file has its row; called when the desk closes.

        A file whose rows the disk refused has none: then the mark stays, and the next opening recovers the file.
        """
        with self._marking:
            if not self._marked:
                return
            with suppress(KnownError):  # the mark then stays too, and costs the next opening one look
                with self._desk.read() as db:
                    complete = self._fresh <= rows_filing.vault_keys(db)
                if complete:
                    self._desk.store.write(lambda db: rows_common.put_state(db, "storing", ""))
                    self._marked = False

    def fresh(self) -> frozenset[str]:
        """Return the vault files made since opening, some of which may not have their row yet."""
        return frozenset(self._fresh)

    def read(self, attachment: int) -> tuple[bytes, str]:
        """Return a stored file's exact bytes and its name; raises NotFound, DamagedDesk."""
        with self._desk.read() as db:
            found = rows_filing.attachment_file(db, attachment)
        if found is None:
            raise NotFound(say("There is no stored file {attachment}.", attachment=attachment))
        key, name, sha256 = found
        with self._holding:
            if self._held[0] == key:
                return self._held[1], name
        data = self._desk.store.vault.read(key, sha256)
        if len(data) <= HELD:
            with self._holding:
                self._held = (key, data)
        return data, name

    def forget(self) -> None:
        """Let go of the content held in memory."""
        with self._holding:
            self._held = ("", b"")

    def read_key(self, key: str) -> bytes:
        """Return the bytes of a vault file."""
        return self._desk.store.vault.read(key)

    def copy_to(self, attachment: int, target: BinaryIO) -> None:
        """Decrypt a stored file into a writable one, in a constant amount of memory."""
        with self._desk.read() as db:
            found = rows_filing.attachment_file(db, attachment)
        if found is None:
            raise NotFound(say("There is no stored file {attachment}.", attachment=attachment))
        self._desk.store.vault.copy_to(found[0], target, found[2])


def _at_once(source: Path | IncomingFile | FileStretch, file: BinaryIO, size: int) -> bytes | BinaryIO:
    """Return the bytes of what is small enough to be encrypted in one piece, else the open file."""
    from foiadesk.store.sealed import AT_ONCE
    from foiadesk.store.vault import unreadable_source

    if isinstance(source, IncomingFile):
        return source.data
    if size > AT_ONCE:
        return file
    try:
        data = file.read(AT_ONCE + 1)
    except OSError as error:
        raise unreadable_source() from error
    if len(data) <= AT_ONCE:
        return data
    file.seek(0)  # it grows while it is read
    return file


@contextmanager
def opened(source: Path | IncomingFile | FileStretch) -> Iterator[tuple[BinaryIO, int]]:
    """Open what is to be filed and say how large it is; raises BadInput, Unreadable."""
    if isinstance(source, IncomingFile):
        import io

        yield io.BytesIO(source.data), len(source.data)
        return
    if isinstance(source, FileStretch):
        from foiadesk.desk.stretch import Stretch

        with opened(source.path) as (file, size):
            if source.start + source.size > size:
                raise Unreadable(
                    say("The file {path} changed while it was read.", path=source.path.name), safe="Nothing was stored."
                )
            yield Stretch(file, source.start, source.size), source.size
        return
    try:
        found = source.stat()  # before opening: a pipe would wait for ever
        if not stat.S_ISREG(found.st_mode):
            raise BadInput(
                say("{source} is a folder or a device, not a file.", source=source.name),
                safe="Nothing was stored.",
                todo="Choose the files themselves.",
            )
        file = source.open("rb")
    except FileNotFoundError:
        raise NotFound(say("There is no file {source}.", source=source.name), safe="Nothing was stored.") from None
    except OSError:
        raise Unreadable(
            say("The file {source} cannot be read.", source=source.name),
            safe="Nothing was stored.",
            todo="Check that you may read it and that its disk is connected.",
        ) from None
    with file:
        yield file, found.st_size


def whole(source: Path | IncomingFile, limit: int) -> bytes:
    """Return all bytes of what may be filed; raises BadInput when there are more than ``limit``."""
    with opened(source) as (file, size):
        if size > limit:
            raise BadInput(
                say("This file has {what} MB: too many to look into before it is filed.", what=size // (1 << 20))
            )
        try:
            return file.read()
        except OSError:
            raise Unreadable(
                say("The file {source} cannot be read to its end.", source=source.name), safe="Nothing was stored."
            ) from None
