"""Outlook's .msg taken apart: headers, a body to read, every attachment by its bytes. Runs in the worker only.

Read with olefile, on which python-oxmsg rests too: that reads nothing at all of a message with one broken stream or one
text that does not fit its code page, and neither enclosed messages nor bodies kept as RTF.
"""

import struct
from datetime import datetime

from foiadesk.intake import headers, mapi
from foiadesk.intake.mapi import Properties, correspondent
from foiadesk.intake.media import media_type
from foiadesk.intake.names import safe_name, without_controls
from foiadesk.intake.ole import Storage, read_compound, write_compound
from foiadesk.intake.refusals import Refusal
from foiadesk.intake.results import ParsedMessage, ParsedPart

_MAX_DEPTH = 12
_MAX_PARTS = 10_000
_SAME_MOMENT = 120  # seconds
_FIXED = "__properties_version1.0"
_STREAM = "__substg1.0_"
_NAMES = "__nameid_version1.0"
_BY_REFERENCE = (2, 3, 4, 7)


def _properties(storage: Storage, header: int) -> Properties:
    found = Properties()
    fixed = storage.streams.get(_FIXED, b"")
    for at in range(header, len(fixed) - 15, 16):
        kind, key = struct.unpack_from("<HH", fixed, at)
        mapi.fixed(kind, fixed[at + 8 : at + 16], found, key)
    for name, data in storage.streams.items():
        if name.startswith(_STREAM) and len(name) == len(_STREAM) + 8:
            try:
                key, kind = int(name[-8:-4], 16), int(name[-4:], 16)
            except ValueError:
                continue
            mapi.varied(kind, data, found, key)
    return found


def _children(storage: Storage, start: str) -> list[Storage]:
    return [storage.storages[name] for name in sorted(storage.storages) if name.startswith(start)]


def _recipients(storage: Storage, whole: Properties, charset: str) -> tuple[str, ...]:
    found: list[tuple[int, str]] = []
    for child in _children(storage, "__recip_version1.0_"):
        one = _properties(child, 8)
        one.numbers.setdefault(mapi.CODEPAGE, whole.numbers.get(mapi.CODEPAGE, 0))
        one.charset = charset
        text = correspondent(one.text(mapi.DISPLAY_NAME), one.text(mapi.SMTP), one.text(mapi.ADDRESS))
        if text:
            found.append((one.numbers.get(mapi.RECIPIENT_KIND, 1), text))
    if not found:
        shown = (whole.text(key) for key in (mapi.TO, mapi.CC, mapi.BCC))
        return tuple(one.strip() for text in shown for one in text.split(";") if one.strip())
    return tuple(dict.fromkeys(text for _kind, text in sorted(found, key=lambda each: each[0])))


def _header(text: str, name: str) -> str:
    """Return a header of the internet headers Outlook keeps, "" when it has none."""
    from email.parser import HeaderParser
    from email.policy import compat32

    return str(HeaderParser(policy=compat32).parsestr(text).get(name, "")) if text else ""


def _sender(whole: Properties, internet: str) -> str:
    found = headers.addresses(_header(internet, "from"))
    if found:
        return ", ".join(found)
    spoken_for = (mapi.FROM_NAME, mapi.FROM_SMTP, mapi.FROM_ADDRESS)
    by = (mapi.SENDER_NAME, mapi.SENDER_SMTP, mapi.SENDER_ADDRESS)
    for name, *addresses in (spoken_for, by):
        text = correspondent(whole.text(name), *map(whole.text, addresses))
        if text:
            return text
    return ""


def _date(whole: Properties, internet: str) -> datetime | None:
    """Return when it was sent; the header's moment where it is the same one, since it knows the sender's zone."""
    written = headers.moment(_header(internet, "date"))
    kept = whole.time(mapi.SENT) or whole.time(mapi.DELIVERED)
    if written is None or kept is None:
        return written or kept
    return written if abs((written - kept).total_seconds()) < _SAME_MOMENT else kept


def _enclosed(storage: Storage, root: Storage) -> bytes:
    """Return an enclosed message as a file of its own: its header as a whole file has it, with the tree's names."""
    fixed = storage.streams.get(_FIXED, b"")
    streams = {**storage.streams, _FIXED: fixed[:24] + bytes(8) + fixed[24:]}
    storages = dict(storage.storages)
    if _NAMES in root.storages:
        storages.setdefault(_NAMES, root.storages[_NAMES])
    return write_compound(Storage(streams, storages))


def _attachment(child: Storage, number: str, root: Storage, charset: str) -> tuple[ParsedPart | None, Storage | None]:
    """Return an attachment as a file (None where there are no bytes) and, of an enclosed message, its storage."""
    one = _properties(child, 8)
    one.charset = charset
    name = one.text(mapi.LONG_NAME) or one.text(mapi.SHORT_NAME) or one.text(mapi.DISPLAY_NAME)
    media = one.text(mapi.MIME).strip().lower()
    inner = child.storages.get(f"{_STREAM}{mapi.ATTACHED:04X}000D")
    message: Storage | None = None
    if mapi.ATTACHED in one.binary:
        data = one.binary[mapi.ATTACHED]
    elif inner is not None and _FIXED in inner.streams:
        message = inner
        data = _enclosed(inner, root)
        name = f"{_properties(inner, 24).text(mapi.SUBJECT) or name or 'message'}.msg"
        media = "application/vnd.ms-outlook"
    elif inner is not None:
        data = write_compound(inner)  # an object of another program, such as a drawing
        media = "application/x-ole-storage"
    else:
        return None, None
    shown = without_controls(name)
    if "/" not in media or media == "application/octet-stream":
        media = media_type(data, name)
    return ParsedPart(safe_name(name or f"attachment {number}"), shown, media, data, f"part {number}"), message


def _collect(
    storage: Storage, root: Storage, prefix: str, depth: int, notes: list[str], parts: list[ParsedPart], charset: str
) -> None:
    for index, child in enumerate(_children(storage, "__attach_version1.0_"), 1):
        if len(parts) >= _MAX_PARTS:
            notes.append(f"The message has more than {_MAX_PARTS} parts, and the later ones are only in the original.")
            return
        number = f"{prefix}{index}"
        part, message = _attachment(child, number, root, charset)
        if part is None:
            if _properties(child, 8).numbers.get(mapi.METHOD) in _BY_REFERENCE:
                notes.append(f"Part {number} only names a file elsewhere; its bytes are not in the message.")
            else:
                notes.append(f"The bytes of part {number} could not be found.")
            continue
        parts.append(part)
        if message is not None:
            if depth >= _MAX_DEPTH:
                notes.append(f"Messages lie within messages more than {_MAX_DEPTH} deep; the innermost are kept whole.")
            else:
                _collect(message, root, f"{number}.", depth + 1, notes, parts, charset)


def parse_outlook(data: bytes) -> ParsedMessage:
    """Take an Outlook message apart; ``damaged`` says what cannot be read.

    Raises Refusal ("damaged_compound", "inflates", "not_message").
    """
    root = read_compound(data)
    if _FIXED not in root.streams and not any(name.startswith(_STREAM) for name in root.streams):
        raise Refusal("not_message")
    whole = _properties(root, 32)
    internet = whole.text(mapi.HEADERS)
    charset = mapi.named_charset(whole.numbers.get(mapi.CODEPAGE) or whole.numbers.get(mapi.INTERNET_CODEPAGE))
    notes: list[str] = []
    if broken := root.all_broken():
        notes.append(f"Pieces of the message that could not be read: {broken}.")
    parts: list[ParsedPart] = []
    _collect(root, root, "", 0, notes, parts, charset)
    body = whole.body()
    if not body and any(key in whole.binary for key in (mapi.HTML, mapi.PACKED_RTF)):
        notes.append("Its text could not be read.")
    references = whole.text(mapi.REFERENCES) or _header(internet, "references")
    return ParsedMessage(
        subject=without_controls(whole.text(mapi.SUBJECT)),
        sender=_sender(whole, internet),
        recipients=_recipients(root, whole, charset),
        date=_date(whole, internet),
        message_id="".join(headers.message_ids(whole.text(mapi.MESSAGE_ID) or _header(internet, "message-id"))[:1]),
        in_reply_to="".join(headers.message_ids(whole.text(mapi.IN_REPLY_TO) or _header(internet, "in-reply-to"))[:1]),
        references=headers.message_ids(references),
        body=body,
        parts=tuple(parts),
        damaged=" ".join(dict.fromkeys(notes)),
    )


def outlook_parts(data: bytes, prefix: str, parts: list[ParsedPart]) -> None:
    """Add the attachments of an Outlook message that lies in another message; one that cannot be read has none."""
    try:
        root = read_compound(data)
    except Refusal:
        return
    whole = _properties(root, 32)
    charset = mapi.named_charset(whole.numbers.get(mapi.CODEPAGE))
    _collect(root, root, prefix, 1, [], parts, charset)


def outlook_subject(data: bytes) -> str:
    """Return an Outlook message's subject, "" when it has none or cannot be read."""
    try:
        return without_controls(_properties(read_compound(data), 32).text(mapi.SUBJECT))
    except Refusal:
        return ""
