"""A file as a letter to be read for its meaning: its text and its parts', taken out of it in the worker."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from foiadesk.desk import contents
from foiadesk.desk.shapes import IncomingFile
from foiadesk.frozen import dataclass
from foiadesk.intake.meaning.plain import READ
from foiadesk.intake.meaning.shapes import Letter, Part
from foiadesk.records.errors import KnownError, Unreadable

if TYPE_CHECKING:
    from foiadesk.desk.desk import Desk

LOOKED_INTO = 100 << 20
_PARTS = 6  # parts of a message that are read for their text
_KEPT_HEAD = 4000  # characters of an enclosed message: its headers


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as a letter. damaged: why it could not be read in full. parts: the names of what came with it."""

    letter: Letter
    damaged: str = ""
    parts: tuple[str, ...] = ()


def open_source(desk: Desk, source: Path | IncomingFile) -> Opened:
    """Read a file that is not stored; never raises for its content."""
    try:
        data = contents.whole(source, LOOKED_INTO)
    except Unreadable as error:
        return Opened(Letter(name=source.name), str(error))
    return open_bytes(desk, data, source.name)


def open_bytes(desk: Desk, data: bytes, name: str) -> Opened:
    """Read a file's bytes in the worker; never raises for its content."""
    from foiadesk.intake import media_type
    from foiadesk.intake.media import MESSAGES, has_text

    media = media_type(data, name)
    try:
        if media in MESSAGES:
            return _message(desk, data, name)
        text = desk.worker.text(data) if has_text(media) else ""
    except Unreadable as error:
        return Opened(Letter(name=name), str(error))
    return Opened(Letter(name=name, body=text[:READ]))


def _message(desk: Desk, data: bytes, name: str) -> Opened:
    from foiadesk.intake.media import has_text

    message = desk.worker.message(data)
    parts: list[Part] = []
    for part in message.parts:
        text = ""
        if len(parts) < _PARTS:
            if part.media_type.startswith(("message/", "text/rfc822")):
                text = part.data[: _KEPT_HEAD * 4].decode("utf-8", "replace")[:_KEPT_HEAD].replace("\r\n", "\n")
            elif has_text(part.media_type):
                try:
                    text = desk.worker.text(part.data)[:READ]
                except KnownError:
                    text = ""
        parts.append(Part(part.name, part.media_type, text))
    letter = Letter(
        name=name,
        subject=message.subject,
        sender=message.sender,
        recipients=message.recipients,
        body=message.body[:READ],
        parts=tuple(parts),
        sent=message.date.date() if message.date else None,
        is_message=True,
        in_reply_to=message.in_reply_to,
        references=message.references,
    )
    return Opened(letter, message.damaged, tuple(part.name for part in message.parts))
