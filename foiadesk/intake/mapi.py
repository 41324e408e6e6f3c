"""What Outlook's properties mean, for .msg files and winmail.dat alike: texts, dates, bodies. Worker only."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from foiadesk.intake.charsets import codec_for, decode, readable
from foiadesk.intake.refusals import Refusal

SUBJECT, BODY, HTML, PACKED_RTF = 0x0037, 0x1000, 0x1013, 0x1009
HEADERS, MESSAGE_ID, IN_REPLY_TO, REFERENCES = 0x007D, 0x1035, 0x1042, 0x1039
SENT, DELIVERED = 0x0039, 0x0E06
SENDER_NAME, SENDER_ADDRESS, SENDER_SMTP = 0x0C1A, 0x0C1F, 0x5D01
FROM_NAME, FROM_ADDRESS, FROM_SMTP = 0x0042, 0x0065, 0x5D02
DISPLAY_NAME, ADDRESS, SMTP, RECIPIENT_KIND = 0x3001, 0x3003, 0x39FE, 0x0C15
TO, CC, BCC = 0x0E04, 0x0E03, 0x0E02
LONG_NAME, SHORT_NAME, MIME, METHOD, CONTENT_ID = 0x3707, 0x3704, 0x370E, 0x3705, 0x3712
ATTACHED = 0x3701
CODEPAGE, INTERNET_CODEPAGE = 0x3FFD, 0x3FDE
_UTC_START = datetime(1601, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Properties:
    """One object's properties by id: ``texts`` decoded when asked, ``wide`` those in UTF-16."""

    texts: dict[int, bytes] = field(default_factory=dict)  # eight-bit
    wide: dict[int, bytes] = field(default_factory=dict)
    binary: dict[int, bytes] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)
    times: dict[int, int] = field(default_factory=dict)  # tenths of microseconds since 1601
    charset: str = ""

    def text(self, key: int) -> str:
        """Return a text, "" when it is missing; never raises."""
        if key in self.wide:
            raw = self.wide[key]
            return readable(raw[: len(raw) & ~1].decode("utf-16-le", "replace")).strip("\x00")
        if key in self.texts:
            page = self.numbers.get(INTERNET_CODEPAGE if key == BODY else CODEPAGE) or self.numbers.get(CODEPAGE)
            return readable(decode(self.texts[key].rstrip(b"\x00"), named_charset(page) or self.charset)[0])
        return ""

    def time(self, key: int) -> datetime | None:
        """Return a moment, None when it is missing or impossible."""
        value = self.times.get(key)
        if not value:
            return None
        try:
            return _UTC_START + timedelta(seconds=value // 10_000_000)
        except OverflowError:
            return None

    def body(self) -> str:
        """Return the text to read: the plain one, else the HTML, else the RTF."""
        plain = self.text(BODY).strip("\n")
        if plain.strip():
            return plain
        html = self.binary.get(HTML, b"")
        found = self.text(HTML)
        if html or found:
            from foiadesk.intake.html_text import html_to_text

            return html_to_text(found or readable(decode(html, named_charset(self.numbers.get(INTERNET_CODEPAGE)))[0]))
        packed = self.binary.get(PACKED_RTF, b"")
        if packed:
            from foiadesk.intake.rtf import rtf_text, unpacked

            try:
                return readable(rtf_text(unpacked(packed))).strip("\n")
            except Refusal:
                return ""
        return ""


def named_charset(page: int | None) -> str:
    """Return the character set of a Windows code page, "" when there is none."""
    if not page:
        return ""
    if page == 65001:
        return "utf-8"
    if page == 20127:
        return "us-ascii"
    if 28591 <= page <= 28605:
        return f"iso-8859-{page - 28590}"
    found = {20932: "euc-jp", 51932: "euc-jp", 50220: "iso-2022-jp", 20866: "koi8-r", 51949: "euc-kr", 936: "gb18030"}
    return found.get(page) or codec_for(f"cp{page}") or ""


def correspondent(name: str, *addresses: str) -> str:
    """Return "Name <address>" from what Outlook keeps apart; an address that is no mail address is left out."""
    address = next((one for one in addresses if "@" in one), "")
    name = " ".join(name.split()).strip("'\"")
    if not address or address.casefold() == name.casefold():
        return address or name
    return f"{name} <{address}>" if name else address


def fixed(kind: int, raw: bytes, into: Properties, key: int) -> None:
    """Keep a property of fixed size, given in eight bytes."""
    if kind == 0x0040:
        into.times[key] = struct.unpack("<Q", raw[:8])[0]
    elif kind == 0x0003:
        into.numbers[key] = struct.unpack("<I", raw[:4])[0]
    elif kind in (0x0002, 0x000B):
        into.numbers[key] = struct.unpack("<H", raw[:2])[0]


def varied(kind: int, raw: bytes, into: Properties, key: int) -> None:
    """Keep a property of varying size."""
    where: Mapping[int, dict[int, bytes]] = {0x001F: into.wide, 0x001E: into.texts, 0x0102: into.binary}
    if kind in where:
        where[kind].setdefault(key, raw)
