"""Files that older senders wrote into the text of a message with uuencode. Runs in the worker only."""

import binascii
import re

_BEGIN = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]{1,255})\r?$", re.MULTILINE)
_MAX_FILES = 500


def decoded_line(line: bytes) -> bytes | None:
    """Undo one line, also one its encoder padded beyond its count; None when it is no such line."""
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        try:
            return binascii.a2b_uu(line[: ((((line[0] - 32) & 63) * 4 + 5) // 3) + 1] if line else b"")
        except binascii.Error:
            return None


def taken_out(text: bytes) -> tuple[bytes | None, list[tuple[str, bytes]]]:
    """Find files from a "begin" line to their "end"; return the text with a mark in each one's place, and the files.

    What does not decode to its end is no file and stays text. None, [] when there are no files.
    """
    if b"begin " not in text:
        return None, []
    files: list[tuple[str, bytes]] = []
    rest: list[bytes] = []
    at = 0
    while len(files) < _MAX_FILES and (match := _BEGIN.search(text, at)):
        found = _file_at(text, match.end())
        if found is None:
            rest.append(text[at : match.end()])
            at = match.end()
            continue
        data, end = found
        rest.append(text[at : match.start()] + b"[" + match[1].strip() + b"]")
        files.append((match[1].strip().decode("utf-8", "replace"), data))
        at = end
    if not files:
        return None, []
    return b"".join((*rest, text[at:])), files


def _file_at(text: bytes, start: int) -> tuple[bytes, int] | None:
    """Decode lines from ``start`` (the end of a "begin" line); return the bytes and where "end" ends."""
    out: list[bytes] = []
    at = text.find(b"\n", start) + 1
    while 0 < at < len(text):
        end = text.find(b"\n", at)
        stop = len(text) if end < 0 else end
        line = text[at:stop].rstrip(b"\r")
        if line.strip() == b"end":
            return b"".join(out), stop
        if len(line) > 90 or not line:
            return None
        decoded = decoded_line(line)
        if decoded is None:
            return None
        out.append(decoded)
        at = stop + 1
    return None
