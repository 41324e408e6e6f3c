"""RTF into plain text, also where Outlook hid HTML in it; and Outlook's packed RTF unpacked. Worker only.

A reader of our own: striprtf, the known library, reads by one regular expression over the whole text, knows neither
hidden HTML nor packed RTF, and has no bound on what it builds.
"""

import re
import struct
from dataclasses import dataclass, replace

from foiadesk.intake.charsets import codec_for
from foiadesk.intake.refusals import Refusal

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?[0-9]{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\"
)
_SILENT = frozenset(
    (b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"themedata", b"colorschememapping",
     b"latentstyles", b"datastore", b"listtable", b"listoverridetable", b"rsidtbl", b"generator", b"xmlnstbl",
     b"filetbl", b"revtbl", b"fldinst", b"bkmkstart", b"bkmkend", b"nonshppict", b"datafield", b"mhtmltag", b"pntext")
)  # fmt: skip
_WORDS = {
    b"par": "\n", b"line": "\n", b"row": "\n", b"sect": "\n", b"page": "\n", b"tab": "\t", b"cell": "\t",
    b"emdash": "—", b"endash": "–", b"bullet": "•", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
    b"rdblquote": "”", b"emspace": " ", b"enspace": " ",
}  # fmt: skip
_SYMBOLS = {b"~": " ", b"_": "\u2011", b"{": "{", b"}": "}", b"\\": "\\", b"\n": "\n", b"\r": "\n"}
_CHARSETS = {
    0: "cp1252", 77: "mac-roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250",
}  # fmt: skip
_MAX_DEPTH = 2000
_MAX_TEXT = 50_000_000


@dataclass(slots=True)
class _State:
    """What a group changes and its end puts back."""

    silent: bool = False
    hidden: bool = False  # \htmlrtf: stands for HTML that is there too
    codec: str = ""
    skip: int = 1  # characters after \u that stand in for it


class _Reader:
    """Takes tokens, gathers text; bytes are held until their run ends, since letters may have two."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.size = 0
        self.held = bytearray()
        self.state = _State()
        self.stack: list[_State] = []
        self.codec = "cp1252"
        self.fonts: dict[int, str] = {}
        self.font = 0
        self.in_fonts = 0
        self.from_html = False
        self.pending_skip = 0
        self.starred = False
        self.high = 0

    def put(self, text: str) -> None:
        self.flush()
        self._write(text)

    def _write(self, text: str) -> None:
        state = self.state
        if not state.silent and not state.hidden:
            self.size += len(text)
            if self.size > _MAX_TEXT:
                raise Refusal("inflates")
            self.out.append(text)

    def flush(self) -> None:
        if self.held:
            raw, self.held = bytes(self.held), bytearray()
            self._write(raw.decode(self.state.codec or self.codec, "replace"))

    def group(self, brace: bytes) -> None:
        self.flush()
        if brace == b"{":
            if len(self.stack) >= _MAX_DEPTH:
                raise Refusal("damaged_office")
            self.stack.append(self.state)
            self.state = replace(self.state)
        elif self.stack:
            self.state = self.stack.pop()
            if len(self.stack) < self.in_fonts:
                self.in_fonts = 0
        self.starred = False
        self.pending_skip = 0

    def word(self, name: bytes, number: int | None) -> None:  # noqa: PLR0912 - one case a word
        starred, self.starred = self.starred, False
        state = self.state
        if name == b"u" and number is not None:
            self._unicode(number & 0xFFFF)
            return
        self.flush()
        if name == b"fonttbl":
            self.in_fonts = len(self.stack)
        if name in _SILENT:
            state.silent = True
        elif name == b"htmltag" and starred:
            state.silent = not self.from_html
        elif name == b"htmlrtf":
            state.hidden = self.from_html and number != 0
        elif name == b"fromhtml":
            self.from_html = number != 0
        elif starred:
            state.silent = True
        elif name in _WORDS:
            self._write(_WORDS[name])
        elif name == b"ansicpg" and number:
            self.codec = codec_for(f"cp{number}") or self.codec
        elif name == b"mac":
            self.codec = "mac-roman"
        elif name == b"uc" and number is not None:
            state.skip = min(max(number, 0), 100)
        elif name == b"f" and number is not None:
            self.font = number
            if not self.in_fonts:
                state.codec = self.fonts.get(number, "")
        elif name == b"fcharset" and number is not None and self.in_fonts:
            self.fonts[self.font] = _CHARSETS.get(number, "")
        elif name == b"bin" and number:
            raise _Skip(number)

    def _unicode(self, unit: int) -> None:
        self.flush()
        if 0xD800 <= unit < 0xDC00:
            self.high = unit
        elif 0xDC00 <= unit < 0xE000 and self.high:
            self._write(chr(0x10000 + ((self.high - 0xD800) << 10) + unit - 0xDC00))
            self.high = 0
        elif not 0xD800 <= unit < 0xE000:
            self._write(chr(unit))
        self.pending_skip = self.state.skip

    def bytes_(self, raw: bytes) -> None:
        if self.pending_skip:
            cut = min(self.pending_skip, len(raw))
            self.pending_skip -= cut
            raw = raw[cut:]
        if raw and not self.state.silent and not self.state.hidden:
            self.held += raw


class _Skip(Exception):
    """So many bytes of binary data follow."""

    def __init__(self, count: int) -> None:
        self.count = count


def rtf_text(data: bytes) -> str:
    """Return an RTF document's text; of HTML that Outlook hid in it, what a person would read.

    Raises Refusal ("damaged_office", "inflates").
    """
    if not data.lstrip()[:5].startswith(b"{\\rtf"):
        raise Refusal("damaged_office")
    reader = _Reader()
    at = 0
    while match := _TOKEN.match(data, at):
        at = match.end()
        name, number, code, symbol, brace, plain = match.groups()
        try:
            if plain is not None:
                reader.starred = False
                reader.bytes_(plain)
            elif brace is not None:
                reader.group(brace)
                if brace == b"}" and not reader.stack:
                    break
            elif name is not None:
                reader.word(name, int(number) if number is not None else None)
            elif code is not None:
                reader.bytes_(bytes.fromhex(code.decode()))
            elif symbol == b"*":
                reader.starred = True
            elif symbol in _SYMBOLS:
                reader.put(_SYMBOLS[symbol])
        except _Skip as skip:
            at += min(skip.count, len(data))
    reader.flush()
    text = "".join(reader.out)
    if reader.from_html:
        from foiadesk.intake.html_text import html_to_text

        return html_to_text(text)
    return text


# The text every packed RTF starts from, [MS-OXRTFCP] 2.1.2.1.
_PRELOAD = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS "
    b"Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)


def unpacked(data: bytes) -> bytes:
    """Undo Outlook's packing of RTF, [MS-OXRTFCP]; what comes before any damage is returned. b"" for no such data."""
    if len(data) < 16:
        return b""
    _size, raw_size, kind = struct.unpack_from("<III", data)
    if kind == 0x414C454D:  # "MELA": not packed
        return data[16 : 16 + raw_size]
    return _unfolded(data) if kind == 0x75465A4C else b""  # "LZFu"


def _unfolded(data: bytes) -> bytes:
    """Undo the packing itself: eight at a time, letters or (offset, length) of what was written before."""
    window = bytearray(_PRELOAD) + bytearray(4096 - len(_PRELOAD))
    out = bytearray()
    write, at = len(_PRELOAD), 16
    while at < len(data):
        control = data[at]
        at += 1
        for bit in range(8):
            back = control >> bit & 1
            if at + back >= len(data):
                return bytes(out)
            if back:
                offset, length = data[at] << 4 | data[at + 1] >> 4, (data[at + 1] & 15) + 2
                if offset == write:  # the end
                    return bytes(out)
                copied = [(offset + step) & 4095 for step in range(length)]
            else:
                copied = []
                window[write] = data[at]
                out.append(data[at])
                write = (write + 1) & 4095
            at += 1 + back
            for place in copied:
                window[write] = window[place]
                out.append(window[place])
                write = (write + 1) & 4095
    return bytes(out)
