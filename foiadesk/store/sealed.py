"""Encrypted files as they lie on a disk: their print, and the proof that the right content is inside."""

import io
from collections.abc import Callable, Sequence
from typing import Any, BinaryIO, Protocol

from foiadesk.frozen import dataclass

CHUNK = 1 << 20
AT_ONCE = 8 << 20  # bytes that are encrypted or decrypted in one piece


def _new_digest(data: bytes = b"") -> Any:
    """Begin a SHA-256, over the content given first."""
    from hashlib import sha256  # late: starting the program hashes nothing

    return sha256(data)


class Readable(Protocol):
    """What bytes are read from."""

    def read(self, size: int = -1, /) -> bytes:
        """Read on."""


@dataclass(frozen=True, slots=True)
class Print:
    """Size in bytes and SHA-256 in hex of an encrypted file: what a true copy of it has."""

    size: int
    sha256: str


class Reading:
    """Reads on from a file, and turns a failure of its disk into what ``failed`` makes of it."""

    def __init__(self, source: Readable, failed: Callable[[OSError], Exception]) -> None:
        self._source = source
        self._failed = failed

    def read(self, size: int = -1, /) -> bytes:
        """Read on."""
        try:
            return self._source.read(size)
        except OSError as error:
            raise self._failed(error) from None


def print_of(source: Readable, also: BinaryIO | None = None) -> Print:
    """Return the print of an encrypted file, which is not decrypted. also: gets the bytes too. Raises OSError."""
    digest = _new_digest()
    size = 0
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
        if also is not None:
            also.write(chunk)
    return Print(size, digest.hexdigest())


def examined(source: Readable, identities: Sequence[Any], also: BinaryIO | None = None) -> tuple[Print, str]:
    """Decrypt a file; return its print, and the SHA-256 in hex of the content inside, "" when it cannot be decrypted.

    also: gets the encrypted bytes as they are read. Raises what reading, or writing ``also``, raises.
    """
    from pyrage import decrypt, decrypt_io

    reader = _Reader(source, also)
    content = ""
    head = reader.read(CHUNK)
    while len(head) <= AT_ONCE and (more := reader.read(CHUNK)):
        head += more
    try:
        if len(head) <= AT_ONCE:  # pieces of a few kilobytes would cost more than the decryption
            content = _new_digest(decrypt(head, identities)).hexdigest()
        else:
            plain = _Hasher()
            decrypt_io(_After(head, reader), plain, identities)
            content = plain.digest.hexdigest()
    except Exception:
        if reader.failure is not None:
            raise reader.failure from None
    while reader.read(CHUNK):  # what follows the end, so that the print is of the whole file
        pass
    return Print(reader.size, reader.digest.hexdigest()), content


class _Reader:
    """Hands on what it reads, hashing it, and remembers its own failure, which the age library would turn to text."""

    def __init__(self, source: Readable, also: BinaryIO | None) -> None:
        self._source = source
        self._also = also
        self.digest = _new_digest()
        self.size = 0
        self.failure: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        try:
            chunk = self._source.read(size)
            if self._also is not None:
                self._also.write(chunk)
        except BaseException as error:
            self.failure = error
            raise
        self.digest.update(chunk)
        self.size += len(chunk)
        return chunk


class _After:
    """Reads what was read before, then on."""

    def __init__(self, head: bytes, rest: Readable) -> None:
        self._head = io.BytesIO(head)
        self._rest = rest

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        return self._head.read(size) or self._rest.read(size)


class _Hasher:
    """Takes plain bytes and keeps only their hash."""

    def __init__(self) -> None:
        self.digest = _new_digest()

    def write(self, chunk: bytes) -> int:
        """Hash on."""
        self.digest.update(chunk)
        return len(chunk)

    def flush(self) -> None:
        """Nothing waits."""
