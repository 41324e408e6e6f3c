"""Where a form's starting values come from, and how the form's text is read back as dates, sums, lists and choices."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from foiadesk.letters.catalogue import LetterKind
from foiadesk.letters.model import LetterContext
from foiadesk.letters.words import clean, join_items
from foiadesk.records import Event, EventKind
from foiadesk.records.errors import BadInput
from foiadesk.records.events import read_date

YES = "yes"
_OFF = frozenset({"", "0", "no", "off", "false"})


def chosen(value: str) -> bool:
    """Say whether a check's text is on."""
    return value.strip().lower() not in _OFF


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _channel(context: LetterContext) -> str:
    office = context.request.office
    return "portal" if office.portal else "email" if office.email else "mail" if office.address else ""


def _contact(context: LetterContext) -> str:
    for requester in context.requesters:
        known = [part for part in (requester.email, requester.phone) if part]
        if known:
            return " or ".join(known)
    return ""


def tracking_numbers(events: tuple[Event, ...]) -> tuple[str, ...]:
    """Return every tracking number of the request itself, oldest first; numbers given to an appeal are left out."""
    found: dict[str, None] = {}
    for event in events:
        number = ""
        if event.kind is EventKind.TRACKING_NUMBER and event.get("reason") != "appeal":
            number = event.get("number")
        elif event.kind is EventKind.ACKNOWLEDGED:
            number = event.get("tracking_number") or ""
        if number.strip():
            found[number.strip()] = None
    return tuple(found)


def sent_event(events: tuple[Event, ...]) -> Event | None:
    """Return the event of the request's being sent, the last one when it was sent again."""
    sent = [event for event in events if event.kind is EventKind.REQUEST_SENT]
    return sent[-1] if sent else None


def _sent_on(context: LetterContext) -> str:
    event = sent_event(context.events)
    return _day(event.date) if event else ""


SOURCES: Mapping[str, Callable[[LetterContext], str]] = {
    "": lambda context: "",
    "today": lambda context: _day(context.today),
    "channel": _channel,
    "contact": _contact,
    "title": lambda context: context.request.title,
    "background": lambda context: context.request.background,
    "items": lambda context: join_items(context.request.items),
    "records_from": lambda context: _day(context.request.records_from),
    "records_to": lambda context: _day(context.request.records_to),
    "formats": lambda context: context.request.formats,
    "fee_category": lambda context: context.request.fees.category or "",
    "category_basis": lambda context: context.request.fees.reasons.get("category", ""),
    "fee_waiver": lambda context: YES if context.request.fees.waiver else "",
    "fee_limit": lambda context: "" if context.request.fees.limit is None else str(context.request.fees.limit),
    "expedition": lambda context: YES if context.request.expedition.asked else "",
    "ground": lambda context: context.request.expedition.ground or "",
    "statement": lambda context: context.request.expedition.statement,
    "activity": lambda context: context.request.fees.reasons.get("activity", ""),
    "certified": lambda context: YES if context.request.expedition.certified else "",
    "tracking": lambda context: ", ".join(tracking_numbers(context.events)),
    "sent_on": _sent_on,
}


def starting_values(kind: LetterKind, context: LetterContext) -> dict[str, str]:
    """Return every field's starting value by name."""
    values: dict[str, str] = {}
    for field in kind.fields:
        if field.source.startswith("reason:"):
            values[field.name] = context.request.fees.reasons.get(field.source.removeprefix("reason:"), "")
        else:
            values[field.name] = str(SOURCES[field.source](context)) or field.default
    return values


def read_money(text: str) -> Decimal:
    """Read "25", "$1,250.50"; raises BadInput when it is no amount of money."""
    plain = re.sub(r"[$,\s]", "", text)
    try:
        amount = Decimal(plain) if plain.isascii() else Decimal("NaN")
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0 or amount >= 10**12:
        raise BadInput(f"{text.strip()[:40]!r} is not an amount of money.")
    return amount.quantize(Decimal("0.01"))


def read_day(text: str) -> date:
    """Read an ISO date; raises BadInput when it is none."""
    return read_date(clean(text).strip()[:40], "date")
