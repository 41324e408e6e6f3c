"""Where a form's starting values come from, and how the form's text is read back as dates, sums, lists and choices."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from foiadesk.letters.appeal_facts import rules_of
from foiadesk.letters.catalogue import LetterKind
from foiadesk.letters.exemptions import exemption_keys
from foiadesk.letters.law_facts import limit_verified, review_body
from foiadesk.letters.model import LetterContext
from foiadesk.letters.words import clean, join_items, money
from foiadesk.records import Event, EventKind
from foiadesk.records.errors import BadInput
from foiadesk.records.events import read_date
from foiadesk.records.speech import say

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


def _decided_on(context: LetterContext) -> str:
    """Return the day of the agency's last answer: a determination, or its closing of the request."""
    for event in reversed(context.events):
        if event.kind is EventKind.DETERMINATION:
            return _day(event.date)
        if event.kind is EventKind.CLOSED and event.get("by") == "agency":
            return _day(event.date)
    return ""


def _appeal_office(context: LetterContext) -> str:
    return rules_of(context).appeal_office


def _appeal_address(context: LetterContext) -> str:
    return "\n".join(rules_of(context).appeal_address)


def _appeal_channel(context: LetterContext) -> str:
    return "portal" if rules_of(context).appeal_portal else ""


def _big(words: str) -> str:
    return words[:1].upper() + words[1:]


def _name_limit(context: LetterContext) -> str:
    return YES if limit_verified(context) else ""


def _fee_limit_words(context: LetterContext) -> str:
    """Return the most to be paid as a law other than the federal Act takes it: in its own currency."""
    fees = context.request.fees
    if fees.limit is None or fees.reasons.get("limit"):
        return fees.reasons.get("limit", "")
    return money(fees.limit) if context.request.law.startswith("us-") else str(fees.limit)


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
    "fee_limit_words": _fee_limit_words,
    "expedition": lambda context: YES if context.request.expedition.asked else "",
    "ground": lambda context: context.request.expedition.ground or "",
    "statement": lambda context: context.request.expedition.statement,
    "activity": lambda context: context.request.fees.reasons.get("activity", ""),
    "certified": lambda context: YES if context.request.expedition.certified else "",
    "tracking": lambda context: ", ".join(tracking_numbers(context.events)),
    "sent_on": _sent_on,
    "decided_on": _decided_on,
    "appeal_office": _appeal_office,
    "appeal_address": _appeal_address,
    "name_limit": _name_limit,
    "review_body": lambda context: _big(review_body(context)),
    "requester": lambda context: context.requesters[0].name if context.requesters else "",
    "requester_address": lambda context: ", ".join(context.requesters[0].address) if context.requesters else "",
    "office_name": lambda context: context.request.office.name,
}


def _reason(key: str, context: LetterContext) -> str:
    return context.request.fees.reasons.get(key, "")


def _last(key: str, context: LetterContext) -> str:
    """Read "fee_estimate.amount": that field (or the date) of the last event of the kind that has it."""
    name, _dot, field = key.partition(".")
    for event in reversed(context.events):
        value = event.date if field == "date" else event.get(field)
        if event.kind is EventKind(name) and value is not None:
            return value.isoformat() if isinstance(value, date) else str(value)
    return ""


def exemptions_named(events: Sequence[Event]) -> frozenset[str]:
    """Return the keys of the exemptions under which anything was withheld, in an answer or a release."""
    named: list[str] = []
    for event in events:
        if event.kind in (EventKind.INTERIM_RELEASE, EventKind.DETERMINATION):
            named += event.get("exemptions") or ()
        if event.kind is EventKind.DETERMINATION:
            named += [text for item in event.get("items") or () for text in item.get("exemptions", ())]
    return frozenset(key for text in named for key in exemption_keys(text))


def _exemption(key: str, context: LetterContext) -> str:
    return YES if key in exemptions_named(context.events) else ""


KEYED: Mapping[str, Callable[[str, LetterContext], str]] = {
    "reason": _reason,
    "last": _last,
    "exemption": _exemption,
}


def starting_values(kind: LetterKind, context: LetterContext) -> dict[str, str]:
    """Return every field's starting value by name."""
    values: dict[str, str] = {}
    for field in kind.fields:
        how, colon, key = field.source.partition(":")
        if colon:
            values[field.name] = KEYED[how](key, context) or field.default
        elif field.name == "channel" and kind.to == "named":
            values[field.name] = _appeal_channel(context) if kind.group == "appeals" else ""
        else:
            values[field.name] = str(SOURCES[field.source](context)) or field.default
    return values


def read_money(text: str, name: str = "") -> Decimal:
    """Read "25", "$1,250.50"; raises BadInput, naming the field where that is given, when it is no amount of money."""
    plain = re.sub(r"[$,\s]", "", text)
    try:
        amount = Decimal(plain) if plain.isascii() else Decimal("NaN")
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0 or amount >= 10**12:
        raise BadInput(
            say(
                "{where}: {what} is not an amount of money." if name else "{what} is not an amount of money.",
                where=name, what=repr(text.strip()[:40]),
            )
        )  # fmt: skip
    return amount.quantize(Decimal("0.01"))


def read_day(text: str, name: str = "date") -> date:
    """Read an ISO date; raises BadInput, naming the field, when it is none."""
    return read_date(clean(text).strip()[:40], name)
