"""The vault: one age-encrypted file per stored content, under a random name that tells nothing."""

import io
import os
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, Self

from foiadesk.records.errors import DamagedDesk, KnownError, ReadOnly, Unreadable
from foiadesk.records.speech import say
from foiadesk.store.atomic import PART, make_folder, sweep_parts, sync_folder, write_whole
from foiadesk.store.sealed import AT_ONCE
from foiadesk.store.trouble import from_disk, translated

if TYPE_CHECKING:
    from foiadesk.store.sealed import Print, Readable

_KEY = re.compile(r"[0-9a-f]{32}")


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True)
class StoredFile:
    """What the vault says of a content it has made durable. size: in bytes; sha256: of the content, in hex."""

    key: str
    sha256: str
    size: int


class Vault:
    """The attachments of one desk. Every method may be called from any thread."""

    def __init__(self, folder: Path, identities: Iterable[str], *, read_only: bool = False) -> None:
        """Open the vault in ``folder``; the first identity (age secret key) is the one new files are encrypted to."""
        from pyrage import x25519

        self._folder = folder
        self._identities = [x25519.Identity.from_str(text) for text in identities]
        self._recipients = [identity.to_public() for identity in self._identities[:1]]
        self._read_only = read_only

    def put(self, data: "bytes | BinaryIO | _Poured", sha256: str = "") -> StoredFile:
        """Encrypt and store a content durably, in a constant amount of memory; on return it survives a power cut.

        Call it before the row that names the key. Every call makes a new file: whoever wants each content once asks
        `fingerprint` first. sha256: of bytes in memory, where the caller knows it.

        Raises StorageFull or ReadOnly from the desk's disk (nothing is stored then) and
        Unreadable when the source cannot be read.
        """
        key = os.urandom(16).hex()
        target = self.place(key)
        self.make_ready()
        with translated():
            make_folder(target.parent)
            try:
                return write_whole(
                    target, lambda file: self.encrypt(data, file, key, sha256), scratch=self._folder, still=True
                )
            except BaseException:
                # Its name may be there though the disk would not promise to keep it: refused means not stored.
                with suppress(OSError):
                    target.unlink()
                raise

    def encrypt(self, data: "bytes | BinaryIO | _Poured", file: BinaryIO, key: str, sha256: str = "") -> StoredFile:
        """Write a content, encrypted, into an open file that is to lie under ``key``; nothing is durable yet.

        sha256: as for ``put``.
        """
        from pyrage import encrypt, encrypt_io

        if isinstance(data, bytes) and len(data) <= AT_ONCE:
            file.write(encrypt(data, self._recipients))
            return StoredFile(key, sha256 or _sha256(data).hexdigest(), len(data))
        source = _Meter(io.BytesIO(data) if isinstance(data, bytes) else data)
        sink = _Sink(file)
        try:
            encrypt_io(source, sink, self._recipients)
        except Exception:
            _raise_first(sink.failure, source.failure)
            raise
        return StoredFile(key, source.digest.hexdigest(), source.size)

    @property
    def folder(self) -> Path:
        """Where the stored files lie."""
        return self._folder

    def make_ready(self) -> None:
        """Make sure files can be stored. Raises StorageFull, ReadOnly."""
        if self._read_only:
            raise ReadOnly(
                "The desk is open for reading only.", safe="Nothing was changed.", todo="Open it for writing."
            )
        with translated():
            make_folder(self._folder)

    def read(self, key: str, sha256: str | None = None) -> bytes:
        """Return a stored content whole.

        sha256: what the row says of it; without it only age's own check is made, which does not notice one stored file
        lying in another's place. Raises DamagedDesk when the file is missing, damaged or another one.
        """
        plain = io.BytesIO()
        self.copy_to(key, plain, sha256)
        return plain.getvalue()

    def open(self, key: str, sha256: str | None = None) -> BinaryIO:
        """Return a stored content as a seekable file in memory: decrypted bytes never touch the disk."""
        return io.BytesIO(self.read(key, sha256))

    def copy_to(self, key: str, target: BinaryIO, sha256: str | None = None) -> None:
        """Decrypt a stored content into a writable file as a stream, in a constant amount of memory.

        What was written is whole and genuine only when this returns. Raises DamagedDesk as `read` does, and OSError
        when ``target`` cannot be written.
        """
        from pyrage import decrypt_io

        sink = _Sink(target, digest=sha256 is not None)
        try:
            with self.place(key).open("rb") as file:
                source = _Meter(file, digest=False)
                try:
                    decrypt_io(source, sink, self._identities)
                except Exception as error:
                    if sink.failure is not None:
                        raise _Elsewhere(sink.failure) from error
                    if source.failure is not None:
                        raise source.failure from error
                    raise _damaged(key) from error
        except FileNotFoundError:
            raise _missing(key) from None
        except _Elsewhere as elsewhere:
            raise elsewhere.failure from None
        except PermissionError as error:
            raise KnownError(
                say("You are not allowed to read the stored file {key}.", key=key),
                safe="Nothing was changed.",
                todo="Give yourself the right to read the desk folder.",
            ) from error
        except OSError as error:
            raise from_disk(error) from error
        if sha256 is not None and sink.digest.hexdigest() != sha256:
            raise _damaged(key)

    def use(self, identities: Iterable[str]) -> None:
        """Open files with these identities from now on, and encrypt new ones to the first."""
        from pyrage import x25519

        found = [x25519.Identity.from_str(text) for text in identities]
        self._recipients = [found[0].to_public()]
        self._identities = found

    def is_new(self, key: str) -> bool:
        """Tell whether the newest identity opens a stored file; whether it is whole only `read` knows.

        Raises DamagedDesk when the file is missing, and what the disk says.
        """
        return self._opens(key, self._identities[:1])

    def needs_old(self, key: str) -> bool:
        """Tell whether only an older identity opens a stored file. Raises as `is_new` does."""
        return not self.is_new(key) and self._opens(key, self._identities[1:])

    def _opens(self, key: str, identities: list[Any]) -> bool:
        from pyrage import decrypt_io

        if not identities:
            return False
        sink = _Opened()
        try:
            with self.place(key).open("rb") as file:
                source = _Meter(file, digest=False)
                try:
                    decrypt_io(source, sink, identities)
                except Exception as error:
                    if source.failure is not None:
                        raise source.failure from error
                    return sink.reached
                return True  # an empty content: all of it opened, and there was nothing to write
        except FileNotFoundError:
            raise _missing(key) from None
        except OSError as error:
            raise from_disk(error) from error

    def renew(self, key: str, sha256: str) -> StoredFile:
        """Encrypt a stored content anew, to the newest identity, as a new file; the old one stays.

        The bytes go from the one to the other as a stream in memory. Raises DamagedDesk when they are not what
        ``sha256`` says (nothing is stored then), and as `put` does.
        """
        with _Poured(lambda sink: self.copy_to(key, sink, sha256)) as source:
            return self.put(source)

    def proven(self, source: "Readable", sha256: str, also: BinaryIO | None = None) -> "Print | None":
        """Decrypt an encrypted file; return its print when the content inside has this hash, else None.

        also: gets the encrypted bytes as they are read. Raises OSError when ``source`` cannot be read or ``also``
        cannot be written.
        """
        found, content = self.examined(source, also)
        return found if content == sha256 else None

    def examined(self, source: "Readable", also: BinaryIO | None = None) -> "tuple[Print, str]":
        """Decrypt an encrypted file; return its print and its content's hash; see `foiadesk.store.sealed.examined`."""
        from foiadesk.store.sealed import examined

        return examined(source, self._identities, also)

    def sealed(self, key: str) -> BinaryIO:
        """Open an encrypted file as it lies there. Raises OSError."""
        return self.place(key).open("rb")

    def exists(self, key: str) -> bool:
        """Tell whether a file lies under this key; whether it is whole only `read` knows."""
        return self.place(key).is_file()

    def keys(self) -> Iterator[str]:
        """Yield the key of every stored file, in no order."""
        for shard in sorted(self._folder.glob("[0-9a-f][0-9a-f]")):
            for file in shard.iterdir():
                if _KEY.fullmatch(file.name) and file.name.startswith(shard.name):
                    yield file.name

    def strangers(self) -> list[str]:
        """Return what lies in the folder and is no stored file, by its path inside; unfinished writes do not count."""
        own = {self.place(key) for key in self.keys()}
        return sorted(
            str(path.relative_to(self._folder))
            for path in self._folder.rglob("*")
            if path not in own and not path.is_dir() and not (path.name.startswith(".") and PART in path.name)
        )

    def size_on_disk(self, key: str) -> int:
        """Return the size of the encrypted file in bytes. Raises DamagedDesk when it is missing."""
        try:
            return self.place(key).stat().st_size
        except FileNotFoundError:
            raise _missing(key) from None

    def forget(self, key: str) -> None:
        """Remove a stored file for good, if it is there. Only purging calls this, after the rows are gone."""
        if self._read_only:
            raise ReadOnly("The desk is open for reading only.", safe="Nothing was changed.")
        path = self.place(key)
        with translated():
            if path.exists():
                path.unlink()
                sync_folder(path.parent)

    def sweep(self) -> int:
        """Remove what interrupted `put` calls left behind, never acknowledged; return how many files."""
        return sweep_parts(self._folder)

    def place(self, key: str) -> Path:
        """Return where a key's file lies, or is to lie. Raises DamagedDesk for what is no key."""
        if not _KEY.fullmatch(key):
            raise DamagedDesk(
                "A row names an attachment by an impossible key.",
                safe="All other attachments are not touched by this.",
                todo="Check the desk, then open the newest backup.",
            )
        return self._folder / key[:2] / key


def new_identity() -> str:
    """Return a fresh age identity (X25519 secret key, as text)."""
    from pyrage import x25519

    return str(x25519.Identity.generate())


def fingerprint(data: bytes | BinaryIO) -> tuple[str, int]:
    """Return the SHA-256 in hex and the size in bytes of a content; a file is read from where it stands to its end."""
    source = _Meter(io.BytesIO(data) if isinstance(data, bytes) else data)
    try:
        while source.read(1 << 20):
            pass
    except Unreadable:
        raise
    except OSError as error:
        raise unreadable_source() from error
    return source.digest.hexdigest(), source.size


class _Meter:
    """Reads on, counting and hashing, and remembers its own failure, which the age library would turn into text."""

    def __init__(self, source: _Readable, *, digest: bool = True) -> None:
        self._source = source
        self._hashing = digest
        self.digest = _sha256()
        self.size = 0
        self.failure: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            chunk = self._source.read(size)
        except BaseException as error:
            self.failure = error
            raise
        if self._hashing:
            self.digest.update(chunk)
        self.size += len(chunk)
        return chunk


class _Sink:
    """Writes on, hashing when asked, and remembers its own failure."""

    def __init__(self, target: BinaryIO, *, digest: bool = False) -> None:
        self._target = target
        self._hashing = digest
        self.digest = _sha256()
        self.failure: BaseException | None = None

    def write(self, chunk: bytes) -> int:
        try:
            written = self._target.write(chunk)
        except BaseException as error:
            self.failure = error
            raise
        if self._hashing:
            self.digest.update(chunk[:written])
        return written

    def flush(self) -> None:
        try:
            self._target.flush()
        except BaseException as error:
            self.failure = error
            raise


class _Poured:
    """Reads what another thread writes, through a pipe; what fails there is raised here, before the end is reached."""

    def __init__(self, pour: Callable[[BinaryIO], None]) -> None:
        self._pour = pour
        self._failure: BaseException | None = None

    def __enter__(self) -> Self:
        out, into = os.pipe()
        self._source = open(out, "rb")  # noqa: PTH123 - a descriptor, closed at exit
        self._sink = open(into, "wb")  # noqa: PTH123
        self._thread = threading.Thread(target=self._run, name="renew", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._source.close()  # whoever still writes is told that nobody reads
        self._thread.join()

    def read(self, size: int = -1) -> bytes:
        chunk = self._source.read(size)
        if not chunk:
            self._thread.join()
            if self._failure is not None:
                raise self._failure
        return chunk

    def _run(self) -> None:
        try:
            with suppress(BrokenPipeError), self._sink:
                self._pour(self._sink)
        except BaseException as error:
            self._failure = error


class _Opened:
    """Takes the first decrypted bytes as proof that a file opens, and ends the reading there."""

    def __init__(self) -> None:
        self.reached = False

    def write(self, _chunk: bytes) -> int:
        self.reached = True
        raise EOFError

    def flush(self) -> None:
        """Nothing is kept."""


class _Elsewhere(Exception):
    """Carries a failure that is not the desk's past the translation of the desk's own."""

    def __init__(self, failure: BaseException) -> None:
        super().__init__()
        self.failure = failure


def _sha256(data: bytes = b"") -> Any:
    from hashlib import sha256

    return sha256(data)


def _raise_first(of_disk: BaseException | None, of_source: BaseException | None) -> None:
    if of_disk is not None:
        raise of_disk
    if isinstance(of_source, OSError):
        raise unreadable_source() from of_source
    if of_source is not None:
        raise of_source


def unreadable_source() -> Unreadable:
    """Return the one sentence for a source that fails while it is read."""
    return Unreadable(
        "The file to be stored could not be read to its end.",
        safe="Nothing was stored.",
        todo="Check the disk it lies on, then try again.",
    )


def _missing(key: str) -> DamagedDesk:
    return DamagedDesk(
        say("The stored file {key} is missing from the folder “attachments”.", key=key),
        safe="All rows and all other attachments are not touched by this.",
        todo="Put the file back from a backup of the desk folder.",
    )


def _damaged(key: str) -> DamagedDesk:
    return DamagedDesk(
        say("The stored file {key} is damaged: its content does not verify.", key=key),
        safe="All rows and all other attachments are not touched by this.",
        todo="Put the file back from a backup of the desk folder.",
    )
