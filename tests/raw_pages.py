"""Every page of a SQLCipher 4 file decrypted one by one, free ones too, without SQLCipher's help."""

import _hashlib
import ctypes
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

PAGE, RESERVED, TAG, IV, SALT = 4096, 80, 64, 16, 16
ROUNDS = 256_000
WAL_HEADER, FRAME_HEADER = 32, 24

_library = ctypes.CDLL(_hashlib.__file__)  # Python's own OpenSSL
_library.EVP_CIPHER_CTX_new.restype = ctypes.c_void_p
_library.EVP_aes_256_cbc.restype = ctypes.c_void_p


def _decrypted(key: bytes, iv: bytes, data: bytes) -> bytes:
    context = ctypes.c_void_p(_library.EVP_CIPHER_CTX_new())
    out, size = ctypes.create_string_buffer(len(data) + 32), ctypes.c_int()
    assert _library.EVP_DecryptInit_ex(context, ctypes.c_void_p(_library.EVP_aes_256_cbc()), None, key, iv) == 1
    _library.EVP_CIPHER_CTX_set_padding(context, 0)
    assert _library.EVP_DecryptUpdate(context, out, ctypes.byref(size), data, len(data)) == 1
    _library.EVP_CIPHER_CTX_free(context)
    return out.raw[: size.value]


def pages(path: Path, passphrase: str) -> Iterator[bytes]:
    """Yield each page of the file as it lies there; its journal, if any, must be empty."""
    journal = path.with_name(path.name + "-wal")
    assert not journal.exists() or journal.stat().st_size == 0, "rows still wait in the journal"
    data = path.read_bytes()
    assert data and len(data) % PAGE == 0
    key = hashlib.pbkdf2_hmac("sha512", passphrase.encode(), data[:SALT], ROUNDS, 32)
    for start in range(0, len(data), PAGE):
        page = data[start : start + PAGE]
        begin = SALT if start == 0 else 0
        yield _decrypted(key, page[PAGE - RESERVED : PAGE - RESERVED + IV], page[begin : PAGE - RESERVED])


def journal_pages(path: Path, passphrase: str) -> Iterator[tuple[int, bytes]]:
    """Yield each page, with its number, that lies in the file's journal, old ones too; nothing where there is none."""
    journal = path.with_name(path.name + "-wal")
    data = journal.read_bytes() if journal.exists() else b""
    key = hashlib.pbkdf2_hmac("sha512", passphrase.encode(), path.read_bytes()[:SALT], ROUNDS, 32)
    for start in range(WAL_HEADER, len(data) - PAGE, FRAME_HEADER + PAGE):
        number = int.from_bytes(data[start : start + 4], "big")
        page = data[start + FRAME_HEADER : start + FRAME_HEADER + PAGE]
        begin = SALT if number == 1 else 0
        yield number, _decrypted(key, page[PAGE - RESERVED : PAGE - RESERVED + IV], page[begin : PAGE - RESERVED])


def holding(path: Path, passphrase: str, *words: str) -> list[int]:
    """Return the numbers (from 1) of the pages on which a word stands, in any case or as UTF-16."""
    return [number for number, page in enumerate(pages(path, passphrase), 1) if _says(page, words)]


def journal_holding(path: Path, passphrase: str, *words: str) -> list[int]:
    """Return the numbers of the pages in the file's journal on which a word stands, as ``holding`` does."""
    return [number for number, page in journal_pages(path, passphrase) if _says(page, words)]


def _says(page: bytes, words: Iterable[str]) -> bool:
    needles = [form for word in words for form in (word.lower().encode(), word.lower().encode("utf-16-le"))]
    return any(needle in page.lower() for needle in needles)
