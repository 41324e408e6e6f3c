"""Headers of messages as broken as they come: encoded words, addresses, parameters, dates. Nothing here raises."""

import binascii
import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz
from urllib.parse import unquote_to_bytes

from foiadesk.intake.charsets import decode
from foiadesk.intake.names import without_controls

_WORD = re.compile(r"=\?([^?\s]{1,80})\?([BbQq])\?([^?]*)\?=")
_WORDS = re.compile(r"=\?[^?\s]{1,80}\?[BbQq]\?[^?]*\?=(?:\s*=\?[^?\s]{1,80}\?[BbQq]\?[^?]*\?=)*")
_PARAMETER = re.compile(r";\s*([^\s=;\"]{1,100})\s*=\s*(\"(?:[^\"\\]|\\.)*(?:\"|\Z)|[^;]*)", re.DOTALL)
_EXTENDED = re.compile(r"(.+?)(?:\*(\d{1,4}))?(\*)?\Z", re.DOTALL)
_MAX_ADDRESSES = 5000
_MAX_ADDRESS = 1000  # characters
_MAX_HEADER = 1_000_000  # characters; more is no header


def _raw_text(value: str) -> str:
    """Turn the bytes that the parser smuggled through as surrogates into text: UTF-8, else Windows-1252."""
    if value.isascii():
        return value
    return decode(value.encode("utf-8", "surrogateescape"))[0]


def _word_bytes(encoding: str, text: str) -> bytes | None:
    raw = text.encode("utf-8", "replace")
    if encoding in "Qq":
        return binascii.a2b_qp(raw, header=True)
    for padding in (b"", b"=", b"=="):
        try:
            return binascii.a2b_base64(raw + padding)
        except binascii.Error:
            continue
    return None


def _decode_words(run: re.Match[str]) -> str:
    """Decode neighbouring words; those of one set are joined first, as some senders split a letter between two."""
    out: list[str] = []
    pending, charset = b"", ""
    for match in _WORD.finditer(run[0]):
        data = _word_bytes(match[2], match[3])
        named = match[1].partition("*")[0].lower()  # RFC 2231 lets a language follow
        if data is None or named != charset:
            out.append(decode(pending, charset)[0])
            pending, charset = b"", named
        if data is None:
            out.append(match[0])
        else:
            pending += data
    out.append(decode(pending, charset)[0])
    return "".join(out)


def words(value: str) -> str:
    """Return a header's text on one line, its encoded words (RFC 2047) decoded wherever they stand."""
    text = _raw_text(value[:_MAX_HEADER])
    if "=?" in text:
        text = _WORDS.sub(_decode_words, text)
    return without_controls(text)


def addresses(value: str) -> tuple[str, ...]:
    """Return the addresses of a To, Cc or From header, each as "Name <address>" or as it stood; groups dissolved."""
    text = _raw_text(value[:_MAX_HEADER])
    pieces: list[str] = []
    piece: list[str] = []
    quoted = escaped = in_angle = False
    depth = 0
    for char in text:
        if escaped:
            escaped = False
        elif char == "\\" and (quoted or depth):
            escaped = True
        elif char == '"' and not depth:
            quoted = not quoted
        elif not quoted:
            if char == "(":
                depth += 1
            elif char == ")" and depth:
                depth -= 1
            elif not depth:
                in_angle = char == "<" or (in_angle and char != ">")
                if char in ",;" and not in_angle:
                    pieces.append("".join(piece))
                    piece = []
                    continue
                if char == ":" and not in_angle and "@" not in "".join(piece[-320:]):
                    piece = []  # the name of a group
                    continue
        piece.append(char)
    pieces.append("".join(piece))
    found = (words(one) for one in pieces[:_MAX_ADDRESSES])
    return tuple(_tidy(one) for one in found if one)


def _tidy(one: str) -> str:
    """Return one address without needless quotes and brackets; "address (Name)" becomes "Name <address>"."""
    if len(one) > _MAX_ADDRESS:
        return one
    if match := re.fullmatch(r"<([^<>\s]+)>", one):
        return match[1]
    if match := re.fullmatch(r"([^\s()<>\"]+@[^\s()<>\"]+) \(([^()<>,;]+)\)", one):
        return f"{match[2].strip()} <{match[1]}>"
    return re.sub(r'^"((?:[^"\\]|\\.)*)"', _unquote_name, one)


def _unquote_name(match: re.Match[str]) -> str:
    inner = re.sub(r"\\(.)", r"\1", match[1])
    return inner if "," not in inner and "<" not in inner else match[0]


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """Split a Content-Type or Content-Disposition into its lower-case first word and its parameters.

    Continued and encoded parameters (RFC 2231) and encoded words inside quotes, as many senders write, are decoded.
    """
    text = _raw_text(value[:_MAX_HEADER])
    first = re.sub(r"\s+", "", text.partition(";")[0]).lower()
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for match in _PARAMETER.finditer(text):
        raw = match[2].strip()
        if raw.startswith('"'):
            raw = re.sub(r'\\(["\\])', r"\1", raw[1:-1] if raw.endswith('"') and len(raw) > 1 else raw[1:])
        name = _EXTENDED.match(match[1].lower())
        if name is None:
            continue
        if name[2] is None and name[3] is None:
            plain.setdefault(name[1], raw)
        else:
            pieces.setdefault(name[1], {}).setdefault(int(name[2] or 0), (raw, name[3] is not None))
    for key, numbered in pieces.items():
        plain[key] = _join_extended(numbered)
    return first, plain


def _join_extended(numbered: dict[int, tuple[str, bool]]) -> str:
    charset, data = "", b""
    for index, (raw, encoded) in sorted(numbered.items()):
        text = raw
        if encoded and index == min(numbered) and text.count("'") >= 2:
            charset, _language, text = text.split("'", 2)
        data += unquote_to_bytes(text) if encoded else text.encode("utf-8", "replace")
    return decode(data, charset)[0]


def file_name(content_type: dict[str, str], disposition: dict[str, str]) -> str:
    """Return the file name a part gives itself, decoded, "" when it gives none. Not safe: see ``safe_name``."""
    raw = disposition.get("filename") or content_type.get("name") or disposition.get("name") or ""
    return words(raw) if "=?" in raw else raw.encode("utf-8", "replace").decode("utf-8")


def moment(value: str) -> datetime | None:
    """Return the moment a Date header names, aware, None when it names none. No zone, or -0000, counts as UTC."""
    text = words(value)[:200]
    try:
        found = parsedate_tz(text)
        if found is None:
            return None
        naive = datetime(*found[:5], second=min(found[5], 59))  # noqa: DTZ001 - the zone follows; :60 is a leap second
        offset = found[9] or 0
        if not offset:
            return naive.replace(tzinfo=UTC)
        aware = naive.replace(tzinfo=timezone(timedelta(seconds=offset)))
        aware.astimezone(UTC)  # raises at the ends of the calendar
    except (ValueError, TypeError, OverflowError, IndexError, AttributeError):
        return None
    return aware


def message_ids(value: str) -> tuple[str, ...]:
    """Return the <…> ids of a Message-ID, In-Reply-To or References header, without brackets lost or words added."""
    text = words(value)
    found = re.findall(r"<[^<>\s]{1,998}>", text)
    if found:
        return tuple(found[:1000])
    first = text.split()[:1]
    return tuple(first) if first and "@" in first[0] else ()
