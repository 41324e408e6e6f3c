"""Names of foreign files made safe to show and to save under: never a path, never longer than a file system takes."""

import re
import unicodedata

MAX_BYTES = 200  # of 255, so that " (2)" and the like still fit
_MAX_EXTENSION = 16
_FALLBACK = "unnamed"
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9¹²³])", re.IGNORECASE)
_LOOKS_LIKE_PATH = re.compile(r"(?:[A-Za-z]:[\\/]|\\\\|/|\.{1,2}[\\/]|~[\\/])")
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\u2044\u2215\u29f5\u29f8\ufe68\uff0f\uff3c\uff1a]')


def without_controls(text: str) -> str:
    """Return ``text`` on one line: no control, bidirectional or other invisible characters, single spaces.

    Left out are the Unicode categories Cc, Cf, Cs, Co, Cn; line, paragraph and other separators become one space.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept: list[str] = []
    for char in text:
        category = unicodedata.category(char)
        if category[0] == "Z" or char in "\t\n\v\f\r\x85":
            kept.append(" ")
        elif category[0] != "C":
            kept.append(char)
    return " ".join("".join(kept).split())


def _cut(text: str, size: int) -> str:
    """Return the longest start of ``text`` of at most ``size`` UTF-8 bytes that splits no accent from its letter."""
    if len(text.encode()) <= size:
        return text
    end, used = 0, 0
    for char in text:
        used += len(char.encode())
        if used > size:
            break
        end += 1
    while 0 < end < len(text) and unicodedata.combining(text[end]):
        end -= 1
    return text[:end]


def safe_name(text: str) -> str:
    """Return a file name that is safe to show and to save under on every system; never empty, never a path.

    Of a text that is a path only the last component is kept; other slashes become underscores. Control and
    bidirectional characters go, as do leading dots and names that Windows reserves. At most ``MAX_BYTES`` bytes of
    UTF-8 in NFC; the extension survives shortening. A name made safe stays as it is when made safe again.
    """
    name = text[:4096] + (text[-64:] if len(text) > 4160 else text[4096:])
    if _LOOKS_LIKE_PATH.match(name.lstrip()):
        name = re.split(r"[\\/]", name.rstrip(" \\/"))[-1]
    name = without_controls(unicodedata.normalize("NFC", name))
    name = _FORBIDDEN.sub("_", name)
    name = unicodedata.normalize("NFC", " ".join(name.split())).lstrip(". ").rstrip(". ")
    if name.startswith(("-", "~")):
        name = "_" + name
    stem, dot, extension = name.rpartition(".")
    if not stem or not extension or len(extension.encode()) > _MAX_EXTENSION or " " in extension:
        stem, dot, extension = name, "", ""
    tail = dot + extension
    stem = _cut(stem, MAX_BYTES - 1 - len(tail.encode())).rstrip(". ")
    if _RESERVED.fullmatch(stem.split(".")[0].rstrip(" ")):
        stem = "_" + stem
    return (stem + tail) or _FALLBACK
