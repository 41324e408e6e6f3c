"""A stretch of an open file, read as if it were a file of its own."""

import io
from typing import BinaryIO


class Stretch(io.RawIOBase, BinaryIO):
    """Reads ``size`` bytes of ``file`` from ``start``; nothing is held."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        self._file, self._start, self._size, self._at = file, start, size, 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes. Raises OSError."""
        left = self._size - self._at
        wanted = left if size < 0 else min(size, left)
        self._file.seek(self._start + self._at)
        found = self._file.read(wanted)
        self._at += len(found)
        return found

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place counted from the stretch's start; other ways of seeking are not needed."""
        assert whence == io.SEEK_SET
        self._at = max(0, min(offset, self._size))
        return self._at
