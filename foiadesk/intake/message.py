"""One e-mail message taken apart: headers, a body to read, and every enclosed file by its exact bytes.

The standard library finds the parts; an enclosed message is left whole by it (see ``_Whole``) so that its original
bytes can be kept, and is then taken apart in turn. Runs in the worker only.
"""

import binascii
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

from foiadesk.intake import headers
from foiadesk.intake.charsets import decode, readable
from foiadesk.intake.html_text import html_to_text
from foiadesk.intake.long_runs import Runs
from foiadesk.intake.media import SMIME, TNEF, media_type
from foiadesk.intake.names import safe_name, without_controls
from foiadesk.intake.results import ParsedMessage, ParsedPart
from foiadesk.intake.uuencoded import decoded_line, taken_out

_MAX_DEPTH = 12  # messages enclosed in messages
_MAX_PARTS = 10_000
_GUESS_WITHIN = 65_536  # bytes in which a forgotten boundary must show itself
_GUESSES = 5
_MAX_DAMAGE = 20  # sentences; the rest are counted
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UNCODED = frozenset(("", "7bit", "8bit", "binary", "7-bit", "8-bit", "none", "7bits", "8bits", "unknown", "plain"))
_EXTENSIONS = {
    "text/plain": ".txt", "text/html": ".html", "text/calendar": ".ics", "text/csv": ".csv", "application/pdf": ".pdf",
    "image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/tiff": ".tif", "image/bmp": ".bmp",
    "image/webp": ".webp", "application/zip": ".zip", "message/rfc822": ".eml", "message/delivery-status": ".txt",
    "message/disposition-notification": ".txt", "text/rfc822-headers": ".txt", "application/ms-tnef": ".dat",
    "application/rtf": ".rtf", "text/vcard": ".vcf", "application/pkcs7-signature": ".p7s",
    "application/pkcs7-mime": ".p7m", "application/x-pkcs7-mime": ".p7m", "application/x-pkcs7-signature": ".p7s",
    "application/vnd.ms-outlook": ".msg", "application/vnd.ms-tnef": ".dat",
}  # fmt: skip
_DEFECTS = {
    "NoBoundaryInMultipartDefect": "{where} does not say how its parts are separated",
    "StartBoundaryNotFoundDefect": "{where} announces parts, but none of them could be found",
    "CloseBoundaryNotFoundDefect": "{where} ends before its last part does, so something may be missing at its end",
    "FirstHeaderLineIsContinuationDefect": "{where} begins in the middle of a header",
    "MissingHeaderBodySeparatorDefect": "in {where}, the headers break off into the text",
    "MultipartInvariantViolationDefect": "{where} announces parts, but none of them could be found",
}


class _Whole(Message):
    """A message whose enclosed messages the parser leaves as they are, so that their bytes stay exact."""

    def get_content_type(self) -> str:
        kind = super().get_content_type()
        return "application/x-enclosed" if kind.startswith("message/") else kind

    def declared_type(self) -> str:
        """Return the media type the part claims, "text/plain" (or, in a digest, a message) when it claims none."""
        return super().get_content_type()


@dataclass(slots=True)
class _Leaf:
    """One part without parts of its own."""

    part: _Whole
    where: str  # "2.1"
    alternative: int  # which multipart/alternative it is a form of; 0 for none
    media: str = ""
    name: str = ""
    charset: str = ""
    attached: bool = False
    data: bytes = b""
    reading: bytes | None = None  # what is shown of it, where files were taken out of the text

    @property
    def is_text(self) -> bool:
        return self.media in ("text/plain", "text/html", "text/enriched", "text/x-amp-html") and not self.attached


@dataclass(slots=True)
class _Notes:
    """What could not be read, one sentence each, none twice."""

    found: list[str] = field(default_factory=list)
    too_deep: bool = False
    runs: Runs = field(default_factory=Runs)

    def nested_too_deeply(self) -> None:
        self.too_deep = True
        self.add("the message nests its parts too deeply to be taken apart, so it is shown as it came")

    def add(self, sentence: str) -> None:
        sentence = sentence[0].upper() + sentence[1:] + "."
        if sentence not in self.found:
            self.found.append(sentence)

    def text(self) -> str:
        more = len(self.found) - _MAX_DAMAGE
        return " ".join(self.found[:_MAX_DAMAGE] + ([f"And {more} more."] if more > 0 else []))


def _first(message: Message, name: str) -> str:
    """Return the first header of that name as the parser kept it (bytes beyond ASCII as surrogates), else ""."""
    for key, value in message.raw_items():
        if key.lower() == name:
            return str(value)
    return ""


def _all(message: Message, name: str) -> Iterator[str]:
    return (str(value) for key, value in message.raw_items() if key.lower() == name)


def _where(number: str) -> str:
    return f"part {number}" if number else "the message"


def _payload(part: _Whole, notes: _Notes) -> bytes:
    """Return a leaf's bytes as they stand in the message. Takes its transfer encoding header away.

    Only so does the library give exact bytes: undecoded it hands out text after guessing at its character set.
    """
    del part["content-transfer-encoding"]
    found = part.get_payload(decode=True)
    return notes.runs.put_back(found) if isinstance(found, bytes) else b""


def _base64(raw: bytes) -> tuple[bytes, bool]:
    """Undo base64; the flag says whether it was clean. Text after the padding is left out, further base64 is not."""
    packed = raw.translate(None, b"\r\n\t \v\f")
    with suppress(binascii.Error):
        return binascii.a2b_base64(packed, strict_mode=True), True
    runs = re.findall(rb"[A-Za-z0-9+/]+={0,2}", packed)  # more than one where padded pieces were strung together
    if sum(map(len, runs)) == len(packed) and all(len(run) % 4 == 0 for run in runs):
        return b"".join(map(binascii.a2b_base64, runs)), True
    for padding in (b"", b"=", b"==", b"==="):
        try:
            return binascii.a2b_base64(packed + padding), False
        except binascii.Error:
            continue
    return raw, False


def _uuencoded(raw: bytes) -> tuple[bytes, bool]:
    lines = raw.splitlines()
    starts = [index for index, line in enumerate(lines) if re.match(rb"begin [0-7]{3,4} ", line)]
    if not starts:
        return raw, False
    out: list[bytes] = []
    for line in lines[starts[0] + 1 :]:
        if line.strip() == b"end":
            return b"".join(out), True
        decoded = decoded_line(line)
        if decoded is None:
            return raw, False
        out.append(decoded)
    return b"".join(out), False


def _decoded(leaf_part: _Whole, where: str, notes: _Notes) -> bytes:
    """Return a part's bytes with the transfer encoding undone; as they came where that cannot be done."""
    coding = without_controls(_first(leaf_part, "content-transfer-encoding")).lower().partition(";")[0].strip(" \"'")
    raw = _payload(leaf_part, notes)
    if coding == "base64":
        data, clean = _base64(raw)
    elif coding in ("quoted-printable", "quoted_printable", "qp"):
        data, clean = binascii.a2b_qp(raw, header=False), True
    elif coding in ("x-uuencode", "uuencode", "uue", "x-uue"):
        data, clean = _uuencoded(raw)
    else:
        if coding not in _UNCODED:
            notes.add(f"{_where(where)} names a transfer encoding that does not exist; its bytes are kept as they came")
        return raw
    if not clean:
        notes.add(f"the transfer encoding of {_where(where)} is damaged; what could be decoded is kept")
    return data


def _note_defects(part: Message, where: str, notes: _Notes) -> None:
    for defect in part.defects:
        sentence = _DEFECTS.get(type(defect).__name__)
        if sentence:
            notes.add(sentence.format(where=_where(where)))


def _with_guessed_boundary(part: _Whole, where: str, notes: _Notes) -> _Whole:
    """Find the parts of a multipart that names no boundary, or a wrong one, by the line that stands between them.

    Returns the part itself where there is no such line.
    """
    body = _payload(part, notes)
    lines = re.findall(rb"^--([^\s\"][^\r\n\"]{0,199})\r?$", body[:_GUESS_WITHIN], re.MULTILINE)
    if notes.too_deep:
        return part
    for boundary in list(dict.fromkeys(line.rstrip() for line in lines))[:_GUESSES]:
        if body.count(b"--" + boundary) < 2:
            continue
        kind = part.declared_type().encode("ascii", "replace")
        again = _parse(b"Content-Type: " + kind + b'; boundary="' + boundary + b'"\r\n\r\n' + body, notes)
        if again.is_multipart():
            notes.add(f"the parts of {_where(where)} were found by guessing what separates them")
            return again
    return part


def _leaves(part: _Whole, where: str, alternative: int, notes: _Notes) -> Iterator[_Leaf]:
    """Walk the parts in order; a multipart without findable parts is a text of its own."""
    _note_defects(part, where, notes)
    if not part.is_multipart() and part.declared_type().startswith("multipart/"):
        part = _with_guessed_boundary(part, where, notes)
    if part.is_multipart():
        kind = part.get_content_type()
        inner = id(part) if kind == "multipart/alternative" else alternative
        for index, child in enumerate(part.get_payload(), 1):
            yield from _leaves(child, f"{where}.{index}" if where else str(index), inner, notes)
        return
    leaf = _Leaf(part, where, alternative)
    declared, given = headers.parameters(_first(part, "content-type"))
    shown, disposition = headers.parameters(_first(part, "content-disposition"))
    leaf.media = declared if re.fullmatch(r"[\w.+-]{1,80}/[\w.+-]{1,80}", declared, re.ASCII) else part.declared_type()
    if leaf.media.startswith("multipart/"):
        leaf.media = "text/plain"
    leaf.charset = given.get("charset", "")
    leaf.name = headers.file_name(given, disposition)
    leaf.attached = shown == "attachment" or bool(leaf.name)
    leaf.data = _decoded(part, where, notes)
    yield leaf


def _shown(leaf: _Leaf, notes: _Notes) -> str:
    text, known = decode(leaf.data if leaf.reading is None else leaf.reading, leaf.charset)
    if not known:
        notes.add(f"the letters of {_where(leaf.where)} do not fit the character set it names, so some may be wrong")
    text = readable(text)
    if leaf.media in ("text/html", "text/x-amp-html"):
        text = html_to_text(text)
    elif leaf.media == "text/enriched":
        text = re.sub(r"<(?!<)[^<>]{0,60}>", "", re.sub(r"\n(\n*)", lambda m: m[1] or " ", text)).replace("<<", "<")
    return text.strip("\n") if text.strip() else ""


def _read_body(leaves: list[_Leaf], notes: _Notes) -> tuple[str, set[int]]:
    """Choose what to show: of alternatives the plain one that says something, else the HTML; all unnamed texts.

    Returns the body and the places (in ``leaves``) of the parts it wholly stands for, which are not listed as files.
    """
    candidates = [index for index, leaf in enumerate(leaves) if leaf.is_text]
    if not candidates:  # a message that is nothing but a named text
        candidates = [index for index, leaf in enumerate(leaves) if leaf.media in ("text/plain", "text/html")][:1]
        texts = [_shown(leaves[index], notes) for index in candidates]
        return "".join(texts), set()
    texts, stands_for, first_group = [], set[int](), True
    position = 0
    while position < len(candidates):
        group = [candidates[position]]
        alternative = leaves[group[0]].alternative
        while alternative and position + len(group) < len(candidates):
            following = candidates[position + len(group)]
            if leaves[following].alternative != alternative:
                break
            group.append(following)
        position += len(group)
        ranked = sorted(group, key=lambda index: leaves[index].media != "text/plain")
        text = ""
        for index in ranked:
            if text := _shown(leaves[index], notes):
                break
        if text:
            texts.append(text)
        if first_group:
            stands_for.update(group)
        else:
            stands_for.update(index for index in group if alternative or not leaves[index].data.strip())
        first_group = first_group and not text
    return "\n\n".join(texts), stands_for


def _part_of(leaf: _Leaf, prefix: str, title: str) -> ParsedPart:
    media = leaf.media
    sniffed = media_type(leaf.data, leaf.name)
    if media in ("application/octet-stream", "application/x-download", "application/force-download", ""):
        media = sniffed
    number = f"{prefix}{leaf.where or '1'}"
    ending = _EXTENSIONS.get(media) or _EXTENSIONS.get(sniffed, "")
    name = leaf.name or (f"{title or 'message'}{ending}" if media == "message/rfc822" else f"part {number}{ending}")
    return ParsedPart(safe_name(name), without_controls(leaf.name), media, leaf.data, f"part {number}")


def _files_in_texts(leaves: list[_Leaf]) -> dict[int, list[tuple[str, bytes]]]:
    """Find the files that older senders wrote into a text with uuencode; the text is then shown without them."""
    found: dict[int, list[tuple[str, bytes]]] = {}
    for index, leaf in enumerate(leaves):
        if leaf.is_text and leaf.media == "text/plain":
            leaf.reading, files = taken_out(leaf.data)
            if files:
                found[index] = files
    return found


def _opened(leaf: _Leaf, media: str, number: str, depth: int, notes: _Notes, parts: list[ParsedPart]) -> str:
    """Take apart what is packed within a part that is kept whole: winmail.dat, a signed envelope, an Outlook message.

    Returns the text that was in it, for a message that has none of its own.
    """
    if depth >= _MAX_DEPTH:
        return ""
    if media in TNEF or leaf.data.startswith(b"\x78\x9f\x3e\x22"):
        from foiadesk.intake.winmail import unpack_parts

        text, broken = unpack_parts(leaf.data, f"{number}.", parts)
        if broken:
            notes.add(f"the winmail.dat in part {number} is damaged; what could be found in it is listed")
        return text
    if media in SMIME:
        return _of_envelope(leaf.data, number, depth, notes, parts)
    if media == "application/pgp-encrypted":
        notes.add("the message is encrypted (PGP), so its content is kept whole and could not be read")
    elif media == "application/vnd.ms-outlook" and leaf.data.startswith(_COMPOUND):
        from foiadesk.intake.outlook import outlook_parts

        outlook_parts(leaf.data, f"{number}.", parts)
    return ""


def _of_envelope(data: bytes, number: str, depth: int, notes: _Notes, parts: list[ParsedPart]) -> str:
    from foiadesk.intake.smime import signed_content

    content = signed_content(data)
    if content is None:
        notes.add(f"part {number} is encrypted (S/MIME), so it is kept whole and could not be read")
        return ""
    if not content:
        return ""
    inner = _Notes()
    _message, text = _collect(content, f"{number}.", depth + 1, inner, parts)
    if inner.found:
        notes.add(f"the signed content of part {number} is itself damaged")
    return text


def subject_of(data: bytes) -> str:
    """Return a message's subject from its headers alone, "" when it has none."""
    if data.startswith(_COMPOUND):
        from foiadesk.intake.outlook import outlook_subject

        return outlook_subject(data)
    return headers.words(_first(_parser().parsebytes(data, headersonly=True), "subject"))


def _parser() -> "BytesParser[_Whole]":
    # compat32 keeps headers as they came and never raises; the newer policies parse them eagerly, and fail on some.
    return BytesParser(_Whole, policy=compat32)  # type: ignore[arg-type]


def _parse(data: bytes, notes: _Notes) -> _Whole:
    try:
        return _parser().parsebytes(notes.runs.taken_out(data))
    except RecursionError:
        notes.nested_too_deeply()
        return _parser().parsebytes(data, headersonly=True)


def _collect(data: bytes, prefix: str, depth: int, notes: _Notes, parts: list[ParsedPart]) -> tuple[_Whole, str]:
    """Take one message apart into ``parts``, enclosed messages after the file they are; return it and its body."""
    message = _parse(data, notes)
    try:
        leaves = list(_leaves(message, "", 0, notes))
    except RecursionError:
        notes.nested_too_deeply()
        message = _parser().parsebytes(data, headersonly=True)
        leaves = list(_leaves(message, "", 0, notes))
    within = _files_in_texts(leaves)
    body, stands_for = _read_body(leaves, notes)
    for index, leaf in enumerate(leaves):
        if len(parts) >= _MAX_PARTS:
            notes.add(f"the message has more than {_MAX_PARTS} parts, and the later ones are only in the original")
            break
        number = f"{prefix}{leaf.where or '1'}"
        for name, packed in within.get(index, ()):
            media = media_type(packed, name)
            shown = without_controls(name)
            parts.append(ParsedPart(safe_name(name), shown, media, packed, f"part {number}, within its text"))
        if index in stands_for:
            continue
        enclosed = leaf.media == "message/rfc822"
        if not leaf.data and not leaf.name and not enclosed:
            continue
        parts.append(_part_of(leaf, prefix, subject_of(leaf.data) if enclosed else ""))
        if enclosed and depth < _MAX_DEPTH:
            inner = _Notes()
            _collect(leaf.data, f"{number}.", depth + 1, inner, parts)
            if inner.found:
                notes.add(f"the message enclosed as part {number} is itself damaged")
        elif enclosed:
            notes.add(f"messages lie within messages more than {_MAX_DEPTH} deep, and the innermost are kept whole")
        else:
            text = _opened(leaf, parts[-1].media_type, number, depth, notes, parts)
            body = body or text
    return message, body


def parse_message(data: bytes) -> ParsedMessage:
    """Take a message apart. Whatever the bytes, it returns what can be read and says in ``damaged`` what cannot.

    Outlook's own formats are read too. Raises Refusal for one of these that is no message.
    """
    if data.startswith(_COMPOUND):
        from foiadesk.intake.outlook import parse_outlook

        return parse_outlook(data)
    if data.startswith(b"\x78\x9f\x3e\x22"):
        from foiadesk.intake.winmail import parse_winmail

        return parse_winmail(data)
    notes, parts = _Notes(), list[ParsedPart]()
    start = data.lstrip(b"\r\n") if data[:1] in (b"\r", b"\n") else data
    message, body = _collect(start.removeprefix(b"\xef\xbb\xbf"), "", 0, notes, parts)
    if not message.keys():
        notes.add("the message has no headers, so who wrote it and when is unknown")
    date_text = _first(message, "date")
    date = headers.moment(date_text) if date_text.strip() else None
    if date is None and date_text.strip():
        notes.add("its date cannot be read")
    senders = headers.addresses(_first(message, "from")) or headers.addresses(_first(message, "sender"))
    recipients = (
        one for name in ("to", "cc", "bcc") for value in _all(message, name) for one in headers.addresses(value)
    )
    replied = headers.message_ids(_first(message, "in-reply-to"))
    return ParsedMessage(
        subject=headers.words(_first(message, "subject")),
        sender=", ".join(senders),
        recipients=tuple(dict.fromkeys(recipients)),
        date=date,
        message_id="".join(headers.message_ids(_first(message, "message-id"))[:1]),
        in_reply_to="".join(replied[:1]),
        references=tuple(one for value in _all(message, "references") for one in headers.message_ids(value)),
        body=body,
        parts=tuple(parts),
        damaged=notes.text(),
    )
