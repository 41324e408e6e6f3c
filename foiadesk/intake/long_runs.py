"""Long stretches of base64 in a message, held apart while its parts are looked for: the library reads line by line.

Such a line can be no header, no boundary and no continuation, and nor can the one word that stands for many of them: so
the parts found are the same, and their bytes, once put back, too.
"""

import os
import re

_DIGITS = 8
_SMALLEST = 16_384  # bytes of a message in which it is worth looking
# Begun only where a line begins, and bounded, so that little is remembered. Not possessive: Python 3.11 had that wrong
# until 3.11.5, and Debian 12 has 3.11.2.
_RUN = re.compile(rb"^(?:[A-Za-z0-9+/]{60,76}\r?\n){40,4096}", re.MULTILINE)


class Runs:
    """What was taken out of one message's bytes."""

    def __init__(self) -> None:
        self._held: dict[bytes, bytes] = {}
        self._mark = b""

    def taken_out(self, data: bytes) -> bytes:
        """Return a message with one word, on a line of its own, for each long run of base64 lines."""
        if len(data) < _SMALLEST:
            return data
        self._mark = self._mark or os.urandom(16).hex().encode("ascii")  # guessed by no message

        def held(run: re.Match[bytes]) -> bytes:
            whole = run[0]
            number = b"%08x" % len(self._held)
            ending = b"\r\n" if whole.endswith(b"\r\n") else b"\n"
            self._held[number] = whole[: -len(ending)]
            return self._mark + number + ending

        return _RUN.sub(held, data)

    def put_back(self, found: bytes) -> bytes:
        """Return bytes of a part with the runs in their places again."""
        if not self._held or self._mark not in found:
            return found
        first, *others = found.split(self._mark)
        return first + b"".join(self._held[other[:_DIGITS]] + other[_DIGITS:] for other in others)
