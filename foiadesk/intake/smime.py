"""S/MIME envelopes: what a signed one holds. An encrypted one is told apart and left whole. Worker only.

Only the outermost shell of CMS (RFC 5652) is read, to find the signed bytes; no signature is checked and no key used.
"""

_SIGNED = bytes.fromhex("2a864886f70d010702")
_ENCRYPTED = (bytes.fromhex("2a864886f70d010703"), bytes.fromhex("2a864886f70d0109100117"))
_MAX_DEPTH = 16


class _NotCms(Exception):
    """The bytes are no CMS structure."""


def _element(data: bytes, at: int) -> tuple[int, int, int, int]:
    """Return (tag, start of content, end of content or -1 when it ends with a mark, end of element or -1)."""
    if at + 2 > len(data):
        raise _NotCms
    tag, length = data[at], data[at + 1]
    start = at + 2
    if tag & 31 == 31:
        raise _NotCms
    if length == 0x80:
        return tag, start, -1, -1
    if length & 0x80:
        count = length & 0x7F
        if count > 6 or start + count > len(data):
            raise _NotCms
        length = int.from_bytes(data[start : start + count], "big")
        start += count
    if start + length > len(data):
        length = len(data) - start  # cut off: what is there is still worth reading
    return tag, start, start + length, start + length


def _skip(data: bytes, at: int, depth: int = 0) -> int:
    """Return where the element at ``at`` ends."""
    _tag, start, _end, after = _element(data, at)
    if after >= 0:
        return after
    if depth > _MAX_DEPTH:
        raise _NotCms
    while data[start : start + 2] != b"\0\0":
        start = _skip(data, start, depth + 1)
    return start + 2


def _octets(data: bytes, at: int, depth: int = 0) -> bytes:
    """Return an OCTET STRING's bytes, also when it comes in pieces."""
    tag, start, end, _after = _element(data, at)
    if tag & 0x1F != 4 or depth > _MAX_DEPTH:
        raise _NotCms
    if not tag & 0x20:
        if end < 0:
            raise _NotCms
        return data[start:end]
    pieces = []
    while (end < 0 and data[start : start + 2] != b"\0\0") or start < end:
        pieces.append(_octets(data, start, depth + 1))
        start = _skip(data, start)
    return b"".join(pieces)


def _into(data: bytes, at: int, tag: int) -> int:
    found, start, _end, _after = _element(data, at)
    if found != tag:
        raise _NotCms
    return start


def signed_content(data: bytes) -> bytes | None:
    """Return the MIME text a signed envelope holds, b"" when it holds none or is no CMS, None when it is encrypted."""
    try:
        at = _into(data, 0, 0x30)
        _tag, start, end, after = _element(data, at)
        kind = data[start:end]
        if kind in _ENCRYPTED:
            return None
        if kind != _SIGNED:
            return b""
        at = _into(data, _into(data, after, 0xA0), 0x30)
        at = _skip(data, _skip(data, at))  # the version and the digests
        at = _into(data, at, 0x30)
        at = _skip(data, at)  # what kind of content it is
        return _octets(data, _into(data, at, 0xA0))
    except (_NotCms, IndexError):
        return b""
