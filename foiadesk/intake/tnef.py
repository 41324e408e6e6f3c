"""winmail.dat (TNEF): the files Outlook packed into it, and its text where the message has none. Worker only.

A bounded reader of our own for [MS-OXTNEF]: tnefparse, the known library, gives up at the first irregularity, so that
one damaged attachment hides all the others.
"""

import struct
from dataclasses import dataclass, field

from foiadesk.intake import mapi
from foiadesk.intake.mapi import Properties

_SIGNATURE = 0x223E9F78
_RENDER, _TITLE, _DATA, _OBJECT_PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_MESSAGE_PROPERTIES, _BODY, _SUBJECT, _CODEPAGE = 0x9003, 0x800C, 0x8004, 0x9007
_MAX_FILES = 5000
_MESSAGE_OBJECT = bytes.fromhex("0703020000000000c000000000000046")
_FIXED_SIZES = {1: 4, 2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16}


@dataclass(slots=True)
class TnefFile:
    """One file packed into winmail.dat; a message packed whole has ``data`` in TNEF form and ``message`` set."""

    name: str = ""
    media: str = ""
    data: bytes = b""
    message: bool = False


@dataclass(slots=True)
class Unpacked:
    """What was found. broken: the stream ends or goes wrong before its end; what came before is here."""

    files: list[TnefFile] = field(default_factory=list)
    subject: str = ""
    body: str = ""
    broken: bool = False


class _Cut(Exception):
    """The bytes end before what they announce."""


class _Bytes:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, size: int) -> bytes:
        if size < 0 or self.at + size > len(self.data):
            raise _Cut
        self.at += size
        return self.data[self.at - size : self.at]

    def number(self) -> int:
        value: int = struct.unpack("<I", self.take(4))[0]
        return value


def _values(source: _Bytes, kind: int) -> list[bytes]:
    """Read one property's values."""
    many, base = kind & 0x1000, kind & 0x0FFF
    if base in _FIXED_SIZES:
        count = source.number() if many else 1
        return [source.take(_FIXED_SIZES[base]) for _each in range(min(count, len(source.data)))]
    if base not in (0x0D, 0x1E, 0x1F, 0x102):
        raise _Cut
    found = []
    for _each in range(min(source.number(), len(source.data))):
        size = source.number()
        found.append(source.take(size))
        source.take(-size % 4)
    return found


def _read_properties(data: bytes, into: Properties) -> bool:
    """Read a property list; False when it breaks off. What was read until then is kept."""
    source = _Bytes(data)
    try:
        for _each in range(min(source.number(), len(data))):
            tag = source.number()
            kind, key = tag & 0xFFFF, tag >> 16
            if key & 0x8000:  # a named property: its name comes first
                source.take(16)
                if source.number() == 0:
                    source.number()
                else:
                    size = source.number()
                    source.take(size + -size % 4)
            for value in _values(source, kind)[:1]:
                if kind & 0x0FFF == 0x0D:
                    into.binary.setdefault(key, value)
                elif kind & 0x0FFF in _FIXED_SIZES:
                    mapi.fixed(kind, value.ljust(8, b"\0"), into, key)
                else:
                    mapi.varied(kind, value, into, key)
    except _Cut:
        return False
    return True


class _Attachment:
    def __init__(self) -> None:
        self.title, self.data = b"", b""
        self.properties = Properties()

    def file(self, charset: str) -> TnefFile | None:
        given = self.properties
        given.charset = charset
        from foiadesk.intake.charsets import decode

        title = decode(self.title.partition(b"\0")[0], charset)[0]
        name = given.text(mapi.LONG_NAME) or title or given.text(mapi.SHORT_NAME) or given.text(mapi.DISPLAY_NAME)
        found = TnefFile(name, given.text(mapi.MIME).strip().lower(), self.data)
        packed = given.binary.get(mapi.ATTACHED, b"")
        if packed.startswith(_MESSAGE_OBJECT):
            found.data, found.message = packed[16:], True
        elif packed and not found.data:
            found.data = packed
        return found if found.data or found.name else None


def unpack_tnef(data: bytes) -> Unpacked:  # noqa: PLR0912 - one case an attribute
    """Read a TNEF stream as far as it can be read; never raises for its content."""
    found = Unpacked()
    source = _Bytes(data)
    message = Properties()
    held: list[_Attachment] = []
    body = subject = b""
    charset = ""
    try:
        if source.number() != _SIGNATURE:
            raise _Cut
        source.take(2)
        while source.at < len(data):
            source.take(1)
            key = source.number() & 0xFFFF
            value = source.take(source.number())
            source.take(2)  # its checksum; whoever wrote it may have been wrong about it
            if key == _RENDER and len(held) < _MAX_FILES:
                held.append(_Attachment())
            elif key == _CODEPAGE and len(value) >= 4:
                charset = mapi.named_charset(struct.unpack("<I", value[:4])[0])
            elif key == _BODY:
                body = value
            elif key == _SUBJECT:
                subject = value
            elif key == _MESSAGE_PROPERTIES:
                found.broken |= not _read_properties(value, message)
            elif key in (_TITLE, _DATA, _OBJECT_PROPERTIES) and held:
                if key == _TITLE:
                    held[-1].title = value
                elif key == _DATA:
                    held[-1].data = value
                else:
                    found.broken |= not _read_properties(value, held[-1].properties)
    except _Cut:
        found.broken = True
    message.charset = charset
    if body and mapi.BODY not in message.texts:
        message.texts[mapi.BODY] = body
    if subject and mapi.SUBJECT not in message.texts:
        message.texts[mapi.SUBJECT] = subject
    found.body, found.subject = message.body(), message.text(mapi.SUBJECT)
    found.files = [file for file in (one.file(charset) for one in held) if file is not None]
    return found
