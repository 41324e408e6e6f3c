"""An mbox as a stream of messages, whatever its size. Plain line reading: nothing in it is parsed here.

A message's bytes are exactly those between two separators. A separator is a "From " line, together with the one empty
line before it. A ">From " within a message stays as it is: not every program that wrote mailboxes added the ">", none
says whether it did, and taking it away would change bytes that somebody else may hash.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

_BLOCK = 1 << 20
_LOOK = 4096  # bytes that show whether a line separates: itself and the start of the next
_BEHIND = 4  # bytes before a separator that show the empty line
_DATED = (
    rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +\d{1,2} "
    rb"\d{1,2}:\d{2}(?::\d{2})?(?: [^\r\n]{1,40})? \d{4}"
)
_FOLLOWS = rb"(?=[!-9;-~]{1,76}:|>From |\r?\n|\Z)"  # a header, or a message without any
# After an empty line a line with any time and year separates, or one that headers follow; elsewhere only the full form.
_TOLD = rb"From [^\r\n]{0,900}\d{1,2}:\d{2}[^\r\n]{0,60}\d{4}[^\r\n]{0,60}\r?\n" + _FOLLOWS
_HEADED = rb"From [^\r\n]{0,900}\r?\n(?=[!-9;-~]{1,76}:[^\r\n]*\r?\n(?:[ \t]|[!-9;-~]{1,76}:|\r?\n))"
_FULL = rb"From \S{1,320} +" + _DATED + rb"[^\r\n]{0,60}\r?\n(?=[!-9;-~]{1,76}:)"
_FIRST = re.compile(rb"(?:" + _TOLD + rb"|" + _HEADED + rb")")
_NEXT = re.compile(rb"(?:(?:(?<=\n\n)|(?<=\n\r\n))(?:" + _TOLD + rb"|" + _HEADED + rb")|(?<=\n)" + _FULL + rb")")


def looks_like_mbox(head: bytes) -> bool:
    """Say whether a file begins as an mbox does: with the separator of its first message."""
    return _FIRST.match(head) is not None


def messages(file: BinaryIO) -> Iterator[tuple[int, int]]:
    """Yield (start, size) in bytes of each message of an mbox; what is no mbox yields nothing.

    The file is read once, forwards, from its start, in blocks of a mebibyte. Raises OSError from the file.
    """
    file.seek(0)
    buffer = file.read(_BLOCK)
    first = _FIRST.match(buffer)
    if first is None:
        return
    base, start, at = 0, first.end(), first.end()  # where the buffer begins; the message begins; to search from
    ended = False
    while not ended:
        block = file.read(_BLOCK)
        ended = not block
        buffer += block
        sure = len(buffer) if ended else len(buffer) - _LOOK
        while (match := _NEXT.search(buffer, at)) and match.start() < max(sure, 1):
            yield start, max(0, base + _end(buffer, match.start()) - start)
            start, at = base + match.end(), match.end()
        at = max(at, sure)
        cut = max(0, at - _BEHIND)
        if not ended:
            buffer, base, at = buffer[cut:], base + cut, at - cut
    yield start, max(0, base + _end(buffer, len(buffer)) - start)


def _end(buffer: bytes, end: int) -> int:
    """Return where a message ends: before the one empty line that belongs to the separator."""
    for gap in (b"\r\n\r\n", b"\n\n"):
        if buffer[max(0, end - len(gap)) : end] == gap:
            return end - len(gap) // 2
    return end
