"""Frames on the worker's pipes: a length, a small JSON header, then binary payloads of announced sizes.

Nothing here can run code from the other side: JSON and bytes only. Layout: four bytes, big-endian, the length of the
header; the header, a JSON object whose "payloads" lists sizes in bytes; the payloads, one after another.
"""

import json
import struct
from collections.abc import Mapping, Sequence
from typing import IO, Any

HEADER_LIMIT = 16 * 1024 * 1024
PAYLOAD_COUNT_LIMIT = 20_000
_LENGTH = struct.Struct(">I")


class BrokenFrame(Exception):
    """The other side sent something that is no frame, stopped in the middle, or announced more than is allowed."""


class OversizedFrame(BrokenFrame):
    """The other side announced more than is allowed."""


def write_frame(stream: IO[bytes], header: Mapping[str, Any], payloads: Sequence[bytes] = ()) -> None:
    """Write one frame and flush it. Raises OSError when the other side is gone, BrokenFrame when it is too big."""
    if len(payloads) > PAYLOAD_COUNT_LIMIT:
        raise BrokenFrame("too many payloads")
    encoded = json.dumps({**header, "payloads": [len(payload) for payload in payloads]}).encode("ascii")
    if len(encoded) > HEADER_LIMIT:
        raise BrokenFrame("the header is too long")
    stream.write(_LENGTH.pack(len(encoded)) + encoded)
    for payload in payloads:
        stream.write(payload)
    stream.flush()


def _read_exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise BrokenFrame("the stream ended inside a frame")
    return data


def read_frame(stream: IO[bytes], *, limit: int) -> tuple[dict[str, Any], list[bytes]] | None:
    """Read one frame of at most ``limit`` payload bytes; None when the stream ended between frames.

    Sizes are checked before anything is read for them. Raises BrokenFrame, or OSError from the stream.
    """
    start = stream.read(_LENGTH.size)
    if not start:
        return None
    if len(start) != _LENGTH.size:
        raise BrokenFrame("the stream ended inside a frame")
    (length,) = _LENGTH.unpack(start)
    if length > HEADER_LIMIT:
        raise OversizedFrame("the header is too long")
    try:
        header = json.loads(_read_exactly(stream, length).decode("ascii"))
    except (ValueError, RecursionError):
        raise BrokenFrame("the header is not JSON") from None
    if not isinstance(header, dict):
        raise BrokenFrame("the header is no object")
    sizes = header.pop("payloads", None)
    if not isinstance(sizes, list) or len(sizes) > PAYLOAD_COUNT_LIMIT:
        raise BrokenFrame("the header lists no payloads")
    if not all(type(size) is int and size >= 0 for size in sizes):
        raise BrokenFrame("a payload has no size")
    if sum(sizes) > limit:
        raise OversizedFrame("the payloads are larger than is allowed")
    return header, [_read_exactly(stream, size) for size in sizes]
