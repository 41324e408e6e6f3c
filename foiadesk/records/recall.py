"""Sentences that were kept as plain text when a file was read, made again so that a window can say them anew.

The worker that takes messages apart knows nothing of languages, and what it says is stored with the message.
"""

import re
from functools import cache

from foiadesk.records.speech import joined, raised, say

# What may be damaged in a message, as the worker says it, without the full stop.
DAMAGES = (
    "{where} does not say how its parts are separated",
    "{where} announces parts, but none of them could be found",
    "{where} ends before its last part does, so something may be missing at its end",
    "{where} begins in the middle of a header",
    "in {where}, the headers break off into the text",
    "the message nests its parts too deeply to be taken apart, so it is shown as it came",
    "{where} names a transfer encoding that does not exist; its bytes are kept as they came",
    "the transfer encoding of {where} is damaged; what could be decoded is kept",
    "the parts of {where} were found by guessing what separates them",
    "the letters of {where} do not fit the character set it names, so some may be wrong",
    "the winmail.dat in part {number} is damaged; what could be found in it is listed",
    "this winmail.dat is damaged; what could be found in it is listed",
    "the message is encrypted (PGP), so its content is kept whole and could not be read",
    "part {number} is encrypted (S/MIME), so it is kept whole and could not be read",
    "the signed content of part {number} is itself damaged",
    "the message has more than {count} parts, and the later ones are only in the original",
    "the message enclosed as part {number} is itself damaged",
    "messages lie within messages more than {count} deep, and the innermost are kept whole",
    "messages lie within messages more than {count} deep; the innermost are kept whole",
    "the message has no headers, so who wrote it and when is unknown",
    "its date cannot be read",
    "its text could not be read",
    "part {number} only names a file elsewhere; its bytes are not in the message",
    "the bytes of part {number} could not be found",
    "pieces of the message that could not be read: {count}",
    "and {count} more",
)
# Where a file came from.
ORIGINS = (
    "part {number}, within its text, of {name}", "part {number} of {name}", "part {number}, within its text",
    "part {number}", "message {number} of {name}", "dropped file", "letter of ours, as sent", "proof of sending",
)  # fmt: skip
_WHERE = ("the message", "part {number}")
_HOLES = {
    "where": r"(?P<where>the message|part [\d.]+)", "number": r"(?P<number>[\d.]+)", "count": r"(?P<count>\d+)",
    "name": r"(?P<name>.+)",
}  # fmt: skip


def damage(text: str) -> str:
    """Return what is damaged in a message as sentences of ours; what none of them is stays as it stands."""
    parts = []
    for sentence in re.split(r"(?<=\.) (?=[A-Z])", text):
        said = _again(sentence.removesuffix("."), DAMAGES)
        parts.append(sentence if said is None else joined("", (raised(said), ".")))
    return joined(" ", parts) if text else ""


def origin(text: str) -> str:
    """Return where a file came from as words of ours; anything else stays as it stands."""
    said = _again(text, ORIGINS)
    return text if said is None else said


def _again(text: str, among: tuple[str, ...]) -> str | None:
    for template in among:
        found = _pattern(template).fullmatch(text)
        if found is not None:
            values: dict[str, object] = dict(found.groupdict())
            if where := found.groupdict().get("where"):
                number = where[5:]
                whole, part = _WHERE
                values["where"] = say(whole) if where.lower() == whole else say(part, number=number)
            return say(template, **values)
    return None


@cache
def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", template)
    text = "".join(_HOLES[part] if place % 2 else re.escape(part) for place, part in enumerate(parts))
    return re.compile(text if template in ORIGINS else f"(?i:{text})")
