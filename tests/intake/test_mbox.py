"""Mailboxes as a stream: each message's bytes exactly as they stand between separators, wherever a block ends."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foiadesk.intake import mbox
from foiadesk.intake.mbox import looks_like_mbox, messages

SEPARATOR = b"From - Mon Jan 05 10:00:00 2026\n"
ONE = b"From: a@b.example\nSubject: One\n\n>From the start, it was quoted.\nFrom here on it is not.\n"
TWO = b"Subject: Two\nFrom: c@d.example\n\nline\n\nFrom time to time we write.\n\nend\n"


def split(data: bytes) -> list[bytes]:
    return [data[start : start + size] for start, size in messages(io.BytesIO(data))]


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
@pytest.mark.parametrize(
    "separator",
    [
        b"From - Mon Jan 05 10:00:00 2026\n",
        b"From foia@ice.dhs.gov Mon Jan  5 10:00:00 2026\n",
        b"From MAILER-DAEMON Thu, 1 Jan 2026 10:00:00 +0000\n",
        b"From foia@ice.dhs.gov Mon Jan  5 10:00:00 2026 -0500\n",
        b"From nobody\n",
    ],
)
def test_the_bytes_between_separators_are_exact(separator: bytes, ending: bytes) -> None:
    whole = b"".join(separator + text + b"\n" for text in (ONE, TWO, ONE))
    whole, one, two = (text.replace(b"\n", ending) for text in (whole, ONE, TWO))
    assert looks_like_mbox(whole) and split(whole) == [one, two, one]
    assert split(whole.removesuffix(ending)) == [one, two, one]  # the last may lack its empty line


def test_a_mailbox_without_empty_lines_between_messages() -> None:
    separator = b"From foia@ice.dhs.gov Mon Jan  5 10:00:00 2026\n"
    assert split(separator + ONE + separator + TWO) == [ONE, TWO]


def test_empty_messages_and_extra_lines() -> None:
    assert split(SEPARATOR + b"\n" + SEPARATOR + ONE + b"\n\n" + SEPARATOR) == [b"", ONE + b"\n", b""]


@pytest.mark.parametrize("data", [b"", b"From", b"From the desk of\nAna Ruiz\n", ONE, b"\n" + SEPARATOR + ONE])
def test_what_is_no_mailbox_yields_nothing(data: bytes) -> None:
    assert split(data) == [] and not looks_like_mbox(data)


@given(
    st.integers(1, 400), st.lists(st.sampled_from([ONE, TWO, b"", b"X: y\n\nFrom 10:00 to 2026\nplain\n"]), min_size=1)
)
def test_where_a_block_ends_makes_no_difference(size: int, texts: list[bytes]) -> None:
    whole = b"".join(SEPARATOR + text + b"\n" for text in texts)
    before = mbox._BLOCK, mbox._LOOK
    try:
        mbox._BLOCK, mbox._LOOK = max(size, 64), 200
        assert split(whole) == texts
    finally:
        mbox._BLOCK, mbox._LOOK = before


def test_a_large_mailbox_is_never_held_whole() -> None:
    piece = SEPARATOR + b"Subject: x\n\n" + b"y" * 1000 + b"\n\n"

    class Endless(io.RawIOBase):
        """Two hundred megabytes of messages, made as they are read."""

        def __init__(self) -> None:
            self.left, self.largest = 200 << 20, 0

        def seek(self, offset: int, whence: int = 0) -> int:
            return 0

        def read(self, size: int = -1) -> bytes:
            self.largest = max(self.largest, size)
            size = min(size, self.left)
            self.left -= size
            return piece * (size // len(piece))

    file = Endless()
    assert sum(1 for _each in messages(file)) > 150_000
    assert 0 < file.largest <= 1 << 20
