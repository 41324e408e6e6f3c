"""What a letter files when it is sent: its kind's events, with the fields that its form gives them."""

from collections.abc import Mapping
from typing import Any

from foiadesk.letters.catalogue import LetterField, LetterKind
from foiadesk.letters.sources import chosen, read_day, read_money
from foiadesk.records import Channel
from foiadesk.records.errors import BadInput


def _holds(when: str, values: Mapping[str, str]) -> bool:
    name, equals, value = when.partition("=")
    return values.get(name, "") == value if equals else chosen(values.get(name, ""))


def _typed(field: LetterField, text: str) -> str:
    """Return a form's text as an event takes it; "" when it is none or cannot be read."""
    if not text.strip():
        return ""
    try:
        match field.type:
            case "date":
                return read_day(text).isoformat()
            case "money":
                return str(read_money(text))
    except BadInput:
        return ""
    return text.strip()


def events_of(kind: LetterKind, values: Mapping[str, str], channel: Channel | None) -> tuple[dict[str, Any], ...]:
    """Return the events, without channel and mostly without date, the kind's own first."""
    fields = {field.name: field for field in kind.fields}
    made: list[dict[str, Any]] = []
    for filing in kind.filings:
        if (filing.when and not _holds(filing.when, values)) or (filing.received and channel is Channel.MAIL):
            continue
        event: dict[str, Any] = {"kind": filing.kind.value, **filing.sets}
        event |= {name: chosen(values.get(check, "")) for name, check in filing.checks.items()}
        taken = {name: _typed(fields[field], values.get(field, "")) for name, field in filing.takes.items()}
        event |= {name: text for name, text in taken.items() if text}
        if filing.on and (day := _typed(fields[filing.on], values.get(filing.on, ""))):
            event["date"] = day
        if filing.received:
            event["assumed"] = True
        made.append(event)
    return tuple(made)
