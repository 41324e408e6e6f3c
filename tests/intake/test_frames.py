"""Frames on the pipes: what goes in comes out, and nothing is read on another's word alone."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foiadesk.intake.frames import HEADER_LIMIT, BrokenFrame, OversizedFrame, read_frame, write_frame


@given(
    st.dictionaries(st.text().filter(lambda key: key != "payloads"), st.one_of(st.text(), st.integers(), st.none())),
    st.lists(st.binary()),
)
def test_what_goes_in_comes_out(header, payloads) -> None:
    stream = io.BytesIO()
    write_frame(stream, header, payloads)
    stream.seek(0)
    assert read_frame(stream, limit=10**6) == (header, payloads)
    assert read_frame(stream, limit=10**6) is None


@given(st.binary())
def test_any_bytes_are_a_frame_or_refused(data: bytes) -> None:
    try:
        frame = read_frame(io.BytesIO(data), limit=1000)
    except BrokenFrame:
        return
    assert frame is None or isinstance(frame[0], dict)


def framed(header: object, rest: bytes = b"") -> io.BytesIO:
    encoded = header if isinstance(header, bytes) else json.dumps(header).encode()
    return io.BytesIO(len(encoded).to_bytes(4, "big") + encoded + rest)


@pytest.mark.parametrize(
    "stream",
    [
        framed({"payloads": [5]}, b"abc"),
        framed({"payloads": [-1]}),
        framed({"payloads": [True]}, b"a"),
        framed({"payloads": [1.0]}, b"a"),
        framed({"payloads": "abc"}),
        framed({}),
        framed([]),
        framed(b"{"),
        framed(b"[" * 100_000),
        framed(b"\xff"),
        io.BytesIO(b"\0\0"),
    ],
)
def test_broken_frames(stream: io.BytesIO) -> None:
    with pytest.raises(BrokenFrame):
        read_frame(stream, limit=1000)


def test_sizes_are_refused_before_anything_is_read() -> None:
    class Watched(io.BytesIO):
        largest = 0

        def read(self, size=-1):
            self.largest = max(self.largest, size)
            return super().read(size)

    stream = Watched(framed({"payloads": [900, 900]}).getvalue())
    with pytest.raises(OversizedFrame):
        read_frame(stream, limit=1000)
    assert stream.largest < 100
    stream = Watched((HEADER_LIMIT + 1).to_bytes(4, "big"))
    with pytest.raises(OversizedFrame):
        read_frame(stream, limit=1000)
    assert stream.largest == 4


def test_a_header_too_long_is_not_sent() -> None:
    with pytest.raises(BrokenFrame):
        write_frame(io.BytesIO(), {"text": "x" * (HEADER_LIMIT + 1)})
