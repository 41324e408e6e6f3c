"""winmail.dat as parts of a message, or as a message of its own. Runs in the worker only."""

from foiadesk.intake.media import media_type
from foiadesk.intake.names import safe_name, without_controls
from foiadesk.intake.results import ParsedMessage, ParsedPart
from foiadesk.intake.tnef import Unpacked, unpack_tnef

_MAX_DEPTH = 8


def unpack_parts(data: bytes, prefix: str, parts: list[ParsedPart]) -> tuple[str, bool]:
    """Add the files in a winmail.dat to ``parts``; return its text and whether it is damaged."""
    found = unpack_tnef(data)
    return found.body, _add(found, prefix, parts, 0)


def _add(found: Unpacked, prefix: str, parts: list[ParsedPart], depth: int) -> bool:
    broken = found.broken
    for index, file in enumerate(found.files, 1):
        inner = unpack_tnef(file.data) if file.message and depth < _MAX_DEPTH else None
        name = file.name
        if file.message:
            name = f"{(inner.subject if inner else '') or name or 'message'}.dat"
        media = file.media if "/" in file.media else media_type(file.data, name)
        shown = without_controls(name)
        parts.append(ParsedPart(safe_name(name or f"file {index}"), shown, media, file.data, f"part {prefix}{index}"))
        if inner is not None:
            broken |= _add(inner, f"{prefix}{index}.", parts, depth + 1)
    return broken


def parse_winmail(data: bytes) -> ParsedMessage:
    """Read a winmail.dat that came without its message."""
    found = unpack_tnef(data)
    parts: list[ParsedPart] = []
    broken = _add(found, "", parts, 0)
    return ParsedMessage(
        subject=without_controls(found.subject), sender="", recipients=(), date=None, message_id="", in_reply_to="",
        references=(), body=found.body, parts=tuple(parts),
        damaged="This winmail.dat is damaged; what could be found in it is listed." if broken else "",
    )  # fmt: skip
