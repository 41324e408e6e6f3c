"""Zip archives that came within a message: kept whole, and each file in them is a part of its own. In the worker only.

All archives of one message share one allowance, however they lie within one another, so that a small message never
unpacks to more than a person could have sent. What is not unpacked is named, and still there in its archive.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from foiadesk.intake import walk
from foiadesk.intake.media import MESSAGES, media_type
from foiadesk.intake.names import safe_name, without_controls
from foiadesk.intake.refusals import REFUSALS, Refusal
from foiadesk.intake.results import MEBIBYTE, ParsedMessage, ParsedPart

ZIP = "application/zip"
AT_MOST = 128 * MEBIBYTE  # bytes out of all archives of one message; of small ones, less
ALWAYS = 32 * MEBIBYTE
TIMES = 50  # no honest archive unpacks to more than so many times its size
DEEPEST = 3  # archives, and messages in archives, within one another
PARTS_AT_MOST = 10_000  # of a message, whatever they came in
_NOTES = 20  # sentences


@dataclass(slots=True)
class _Room:
    """What the archives of one message may still unpack to, and what could not be unpacked."""

    left: int
    parts: int
    notes: dict[str, None] = field(default_factory=dict)

    def note(self, number: str, code: str) -> None:
        what = REFUSALS[code][0]
        why = "it could not be read." if "{" in what else f"{what[0].lower()}{what[1:]}"
        self.notes[f"Something in the archive of {number} was not unpacked: {why}"] = None


def opened(message: ParsedMessage) -> ParsedMessage:
    """Return a message with the files in its archives among its parts, each archive's after it: part 2, part 2.1, …"""
    size = sum(len(part.data) for part in message.parts if _is_zip(part))
    if not size:
        return message
    room = _Room(min(AT_MOST, max(ALWAYS, TIMES * size)), PARTS_AT_MOST - len(message.parts))
    parts = [each for part in message.parts for each in (part, *_within(part, 0, room))]
    damaged = " ".join(filter(None, (message.damaged, *list(room.notes)[:_NOTES])))
    return replace(message, parts=tuple(parts), damaged=damaged)


def left_closed(message: ParsedMessage) -> ParsedMessage:
    """Return a message as it is, which says of its archives that they were not unpacked."""
    if not any(map(_is_zip, message.parts)):
        return message
    told = "The archives in the message could not be unpacked, so they are kept whole."
    return replace(message, damaged=" ".join(filter(None, (message.damaged, told))))


def _is_zip(part: ParsedPart) -> bool:
    return part.data.startswith(b"PK") and media_type(part.data, part.name) == ZIP


def _within(part: ParsedPart, depth: int, room: _Room) -> Iterator[ParsedPart]:
    """Yield what lies in a part, if it is an archive, or a message that came in one."""
    number = part.origin.partition(",")[0]
    if depth >= DEEPEST:
        return
    if _is_zip(part):
        for inner in _members(part, number, room):
            yield inner
            yield from _within(inner, depth + 1, room)
    elif depth and part.media_type in MESSAGES:
        for inner in _of_message(part, number, room):
            yield inner
            if _is_zip(inner):
                yield from _within(inner, depth + 1, room)


def _members(part: ParsedPart, number: str, room: _Room) -> Iterator[ParsedPart]:
    from foiadesk.intake.zipped import members, open_zip, read_member

    try:
        archive = open_zip(part.data)
        listed = members(archive)
    except Refusal:
        room.notes[f"The archive in {number} could not be opened, so it is kept whole."] = None
        return
    for index, member in enumerate(listed, 1):
        folders = member.name.replace("\\", "/").split("/")
        if walk.passed_over(folders[-1]) or any(map(walk.of_system, folders[:-1])):
            continue
        if room.parts <= 0:
            room.notes["The message has more parts than are listed; the later ones are only in their archive."] = None
            return
        if member.trouble or member.size > room.left:
            room.note(number, member.trouble or "inflates")
            continue
        room.left -= member.size  # no more than an archive says is ever inflated, sound or not
        try:
            data = read_member(archive, member.number, member.size)
        except Refusal as refusal:
            room.note(number, refusal.code)
            continue
        room.parts -= 1
        name = folders[-1] or member.name
        media = media_type(data, name)
        yield ParsedPart(safe_name(name), without_controls(name), media, data, f"{number}.{index}")


def _of_message(part: ParsedPart, number: str, room: _Room) -> Iterator[ParsedPart]:
    from foiadesk.intake.message import parse_message

    try:
        found = parse_message(part.data)
    except Refusal as refusal:
        room.note(number, refusal.code)
        return
    if found.damaged:
        room.notes[f"The message enclosed as {number} is itself damaged."] = None
    for inner in found.parts:
        if room.parts <= 0:
            return
        room.parts -= 1
        yield replace(inner, origin=f"{number}.{inner.origin.removeprefix('part ')}")
