"""Foreign bytes into text: the declared character set where it is one, sensible guesses where it is not."""

import codecs
import contextlib
import re

# What senders write, and the larger set it really is (as the WHATWG encoding standard has it).
_REALLY = {
    "us-ascii": "ascii",
    "ascii": "ascii",
    "ansi_x3.4-1968": "ascii",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "unicode-1-1-utf-7": "utf-7",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
    "windows-874": "cp874",
    "tis-620": "cp874",
}
# Codecs of Python that are text by name only, or are slow enough to be turned against the reader.
_NEVER = frozenset(("punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"))
_SAID_UNKNOWN = frozenset(("", "unknown", "x-unknown", "unknown-8bit", "8bit", "default", "none", "binary"))
_UNWANTED = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def codec_for(charset: str) -> str | None:
    """Return the name of the Python codec for a declared character set, None when there is no such set."""
    name = charset.strip().strip("\"'").lower()
    name = _REALLY.get(name, name)
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError, UnicodeError):
        if not (match := re.fullmatch(r"(?:cp|windows|ibm|ms)[-_ ]?(\d{3,5})", name)):
            return None
        try:
            found = codecs.lookup(f"cp{match[1]}")
        except LookupError:
            return None
    if not found._is_text_encoding or found.name.replace("_", "-") in _NEVER:
        return None
    return found.name


def _guess(data: bytes) -> str:
    """Decode bytes of unknown set: a Unicode mark, UTF-8, else Windows-1252, which never fails here."""
    for mark, codec in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def decode(data: bytes, charset: str = "") -> tuple[str, bool]:
    """Return bytes as text, and whether the declared set fits them ("" fits: none was declared). Never raises."""
    codec = codec_for(charset)
    if codec is None:
        return _guess(data), charset.strip().strip("\"'").lower() in _SAID_UNKNOWN
    # Many a text is UTF-8 whatever it says it is, and other bytes hardly ever pass for UTF-8 by accident.
    for attempt in (codec, "utf-8"):
        with contextlib.suppress(ValueError, LookupError, OverflowError):
            return data.decode(attempt), True
    if codec == "ascii":
        return _guess(data), True
    try:
        return data.decode(codec, "replace"), False
    except (ValueError, LookupError, OverflowError):
        return _guess(data), False


def readable(text: str) -> str:
    """Return text fit for showing: lines end in "\\n"; control characters and direction overrides left out."""
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
