"""Base64 held apart while a message is taken apart: whatever the message, all that is read of it is the same."""

import base64
import random
import re
from collections.abc import Iterator

import pytest

from foiadesk.intake import long_runs
from foiadesk.intake.media import media_type
from foiadesk.intake.message import parse_message
from foiadesk.intake.refusals import Refusal
from foiadesk.intake.results import ParsedMessage
from tests.shared_data import shared

from .made import message
from .mutations import mutations

# As in the program, but for runs of a few short lines, so that every message has some.
MANY = re.compile(
    long_runs._RUN.pattern.replace(b"{60,76}", b"{4,76}").replace(b"{40,4096}", b"{2,4096}"), re.MULTILINE
)


def read(data: bytes) -> ParsedMessage | str:
    try:
        return parse_message(data)
    except Refusal as refused:
        return refused.code


def messages() -> Iterator[bytes]:
    for path in sorted(shared("mail").rglob("*")):
        if path.is_file() and media_type(path.read_bytes(), path.name) == "message/rfc822":
            yield path.read_bytes()
    for name, data in mutations(20261126, 300, None):
        if media_type(data, name) == "message/rfc822":
            yield data


def odd() -> Iterator[bytes]:
    """Messages in which lines of base64 letters stand where no file is."""
    lines = [b"A" * 76] * 60
    random.seed(3)
    packed = base64.encodebytes(random.randbytes(40_000))
    for ending in (b"\n", b"\r\n"):
        run = ending.join(lines) + ending
        yield b"Subject: a" + ending + run + b"X-Later: b" + ending + ending + b"text"  # amid the headers
        yield run + b"Subject: a" + ending + ending + run  # before them
        head = b"Content-Type: multipart/mixed; boundary=" + lines[0] + ending + ending
        part = b"--" + lines[0] + ending + b"Content-Type: text/plain; name=a.txt" + ending + ending + run
        yield head + run + part + part + b"--" + lines[0] + b"--" + ending + run  # around boundaries of such letters
        yield head.replace(lines[0], b"wrong") + part + part + b"--" + lines[0] + b"--" + ending
        yield b"Content-Transfer-Encoding: base64" + ending + ending + packed.replace(b"\n", ending)
        yield b"Content-Transfer-Encoding: quoted-printable" + ending + ending + run + b"=" + ending + run
        inner = message(("a.bin", "application/x-data", packed), subject="inner").replace(b"\r\n", ending)
        yield b"Content-Type: message/rfc822" + ending + ending + inner
        yield inner.replace(b"A", b"\r").replace(b"B", b"\x85")
        yield message(("in.eml", "message/rfc822", inner))


@pytest.mark.parametrize("source", [messages, odd])
def test_what_is_read_is_the_same(source, monkeypatch: pytest.MonkeyPatch) -> None:
    held = 0
    real = long_runs.Runs.taken_out

    def counted(self: long_runs.Runs, data: bytes) -> bytes:
        nonlocal held
        found = real(self, data)
        held += len(found) < len(data)
        return found

    monkeypatch.setattr(long_runs.Runs, "taken_out", counted)
    for data in source():
        monkeypatch.setattr(long_runs, "_SMALLEST", 1 << 60)
        plain = read(data)
        monkeypatch.setattr(long_runs, "_SMALLEST", 0)
        assert read(data) == plain
        monkeypatch.setattr(long_runs, "_RUN", MANY)
        assert read(data) == plain
        monkeypatch.undo()
        monkeypatch.setattr(long_runs.Runs, "taken_out", counted)
    assert held > 10
