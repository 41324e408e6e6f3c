"""What can happen to a request: the kinds of event, the fields each may carry, and one checked, frozen record."""

import re
from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from foiadesk.frozen import dataclass
from foiadesk.records.enums import Channel
from foiadesk.records.errors import BadInput
from foiadesk.records.speech import say

FIRST_YEAR, LAST_YEAR = 1966, 2100


class EventKind(StrEnum):
    """Every kind of event; the values are what files, the database and JSON say."""

    REQUEST_SENT = "request_sent"
    REQUEST_RECEIVED = "request_received"
    ACKNOWLEDGED = "acknowledged"
    TRACKING_NUMBER = "tracking_number"
    ROUTED = "routed"
    PERFECTION_CLAIMED = "perfection_claimed"
    PERFECTION_DISPUTED = "perfection_disputed"
    PERFECTED = "perfected"
    IDENTITY_SENT = "identity_sent"
    CONSENT_SENT = "consent_sent"
    PAYMENT_SENT = "payment_sent"
    DELIVERY_PROVED = "delivery_proved"
    DELIVERY_FAILED = "delivery_failed"
    CLARIFICATION_ASKED = "clarification_asked"
    CLARIFICATION_ANSWERED = "clarification_answered"
    FEE_ESTIMATE = "fee_estimate"
    FEE_ANSWERED = "fee_answered"
    EXTENSION_NOTICE = "extension_notice"
    TIME_FRAME_AGREED = "time_frame_agreed"
    NARROWED = "narrowed"
    STILL_INTERESTED_ASKED = "still_interested_asked"
    STILL_INTERESTED_ANSWERED = "still_interested_answered"
    COMPLETION_DATE_ASKED = "completion_date_asked"
    COMPLETION_DATE_GIVEN = "completion_date_given"
    REFERRED = "referred"
    CONSULTED = "consulted"
    OGIS_OPENED = "ogis_opened"
    OGIS_CLOSED = "ogis_closed"
    DEMAND_SENT = "demand_sent"
    CALL = "call"
    VISIT = "visit"
    UNANSWERED_LETTER = "unanswered_letter"
    NOTE = "note"
    EXPEDITION_REQUESTED = "expedition_requested"
    EXPEDITION_DECIDED = "expedition_decided"
    FEE_WAIVER_REQUESTED = "fee_waiver_requested"
    FEE_WAIVER_DECIDED = "fee_waiver_decided"
    INTERIM_RELEASE = "interim_release"
    DETERMINATION = "determination"
    CLOSED = "closed"
    REOPENED = "reopened"
    APPEAL_SENT = "appeal_sent"
    APPEAL_RECEIVED = "appeal_received"
    APPEAL_DECIDED = "appeal_decided"
    SUIT_FILED = "suit_filed"
    SERVED = "served"
    ANSWERED = "answered"
    ORDER = "order"
    PRODUCTION = "production"
    STATUS_REPORT = "status_report"
    AMENDED_COMPLAINT = "amended_complaint"
    VAUGHN_RECEIVED = "vaughn_received"
    JUDGMENT = "judgment"
    SETTLED = "settled"
    REMINDER = "reminder"
    RETRACTED = "retracted"


OUTCOMES = (
    "full_grant", "partial_grant", "full_denial", "no_records", "referred", "withdrawn", "fee_related",
    "not_reasonably_described", "improper", "not_agency_record", "duplicate", "other", "glomar",
)  # fmt: skip


_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)  # where the office is


@dataclass(frozen=True, slots=True)
class Field:
    """One field an event may carry. type: text, date, time, bool, int, money, list (of texts), items (of a
    determination). choices close a text field; most is the largest number."""

    type: str = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    default: Any = None
    most: int = 1_000_000_000


_CHANNELS = tuple(channel.value for channel in Channel)
_ABOUT_APPEAL = Field(choices=("request", "fee_waiver", "expedition"), default="request")
_ABOUT_TOLL = ("information", "fees")

FIELDS: Mapping[EventKind, Mapping[str, Field]] = {
    EventKind.REQUEST_SENT: {
        "channel": Field(required=True, choices=_CHANNELS),
        "time": Field("time"),
        "proof": Field(),
    },
    EventKind.REQUEST_RECEIVED: {
        "office": Field(required=True, choices=("proper", "designated", "undesignated")),
        "time": Field("time"),
        "delivery_proof": Field(),
    },
    EventKind.ACKNOWLEDGED: {"tracking_number": Field()},
    EventKind.TRACKING_NUMBER: {
        "number": Field(required=True),
        "reason": Field(choices=("initial", "appeal", "component", "other"), default="initial"),
    },
    EventKind.ROUTED: {"to": Field()},
    EventKind.PERFECTION_CLAIMED: {
        "missing": Field(choices=("identity", "consent", "fee_promise", "description", "other"))
    },
    EventKind.CLARIFICATION_ASKED: {"about": Field(required=True, choices=_ABOUT_TOLL), "answer_by": Field("date")},
    EventKind.CLARIFICATION_ANSWERED: {"about": Field(choices=_ABOUT_TOLL)},
    EventKind.FEE_ESTIMATE: {"amount": Field("money"), "answer_by": Field("date"), "stops_work": Field("bool")},
    EventKind.EXTENSION_NOTICE: {
        "working_days": Field("int", default=10, most=3660),
        "expected_date": Field("date"),
        "applies_to": Field(choices=("request", "appeal")),
    },
    EventKind.TIME_FRAME_AGREED: {"until": Field("date")},
    EventKind.STILL_INTERESTED_ASKED: {"answer_by": Field("date")},
    EventKind.COMPLETION_DATE_GIVEN: {"expected": Field("date")},
    EventKind.REFERRED: {"to": Field()},
    EventKind.CONSULTED: {"with": Field()},
    EventKind.EXPEDITION_REQUESTED: {"certified": Field("bool")},
    EventKind.EXPEDITION_DECIDED: {"granted": Field("bool", required=True)},
    EventKind.FEE_WAIVER_DECIDED: {"outcome": Field(required=True, choices=("granted", "partial", "denied"))},
    EventKind.INTERIM_RELEASE: {
        "pages_full": Field("int"),
        "pages_part": Field("int"),
        "pages_withheld": Field("int"),
        "exemptions": Field("list"),
    },
    EventKind.DETERMINATION: {
        "outcome": Field(required=True, choices=OUTCOMES),
        "items": Field("items"),
        "exemptions": Field("list"),
        "received": Field("date"),
        "appeal_days": Field("int", most=3660),
        "appeal_unit": Field(choices=("working", "calendar")),
        "appeal_basis": Field(choices=("sent", "received")),
        "appeal_notice": Field("bool"),
    },
    EventKind.CLOSED: {"by": Field(required=True, choices=("agency", "requester", "court")), "reason": Field()},
    EventKind.APPEAL_SENT: {"channel": Field(choices=_CHANNELS), "about": _ABOUT_APPEAL},
    EventKind.APPEAL_RECEIVED: {"about": _ABOUT_APPEAL},
    EventKind.APPEAL_DECIDED: {
        "outcome": Field(required=True, choices=("affirmed", "partly", "remanded", "reversed", "moot", "untimely")),
        "about": _ABOUT_APPEAL,
    },
    EventKind.SUIT_FILED: {"court": Field(), "docket": Field()},
    EventKind.SERVED: {
        "on": Field(choices=("us_attorney", "attorney_general", "agency"), default="us_attorney"),
    },
    EventKind.ORDER: {"what": Field(), "due": Field("date")},
    EventKind.PRODUCTION: {"pages": Field("int")},
    EventKind.REMINDER: {"due": Field("date"), "what": Field()},
}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, as checked by ``event_from_json``. ``date`` is the agency's local date; for a letter,
    the date on the letter. ``fields`` holds only what was given: read defaults through ``get``."""

    kind: EventKind
    date: date
    fields: Mapping[str, Any] = field(default_factory=dict)
    id: str = ""
    supersedes: str = ""
    assumed: bool = False
    note: str = ""
    evidence: tuple[str, ...] = ()
    entered_at: str = ""

    def get(self, name: str) -> Any:
        """Return a field's value, else its default."""
        if name in self.fields:
            return self.fields[name]
        spec = FIELDS.get(self.kind, {}).get(name)
        return spec.default if spec else None


_KINDS = frozenset(kind.value for kind in EventKind)
COMMON = ("id", "kind", "date", "supersedes", "assumed", "note", "evidence", "entered_at")


def read_date(value: object, name: str) -> date:
    """Read an ISO date (YYYY-MM-DD) of the years 1966 to 2100; raises BadInput naming the field."""
    if isinstance(value, date) and not isinstance(value, datetime):
        found = value
    else:
        if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
            raise BadInput(say("{name}: {what} is not a date like 2026-02-03.", name=name, what=_shown(value)))
        try:
            found = date.fromisoformat(value)
        except ValueError:
            raise BadInput(say("{name}: {value} is not a day of the calendar.", name=name, value=value)) from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise BadInput(
            say(
                "{name}: the year {year} is outside {first_year} to {last_year}.",
                name=name,
                year=found.year,
                first_year=FIRST_YEAR,
                last_year=LAST_YEAR,
            )
        )
    return found


def _shown(value: object) -> str:
    """Show what was given, short enough for one sentence."""
    text = ascii(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _texts(value: object, where: str) -> tuple[str, ...]:
    """Read a list of texts; a whole number (exemption 5) is read as its digits."""
    if not isinstance(value, (list, tuple)):
        raise BadInput(say("{where}: {what} is not a list.", where=where, what=_shown(value)))
    for part in value:
        if isinstance(part, bool) or not isinstance(part, (str, int)):
            raise BadInput(say("{where}: {what} is neither a text nor a whole number.", where=where, what=_shown(part)))
    return tuple(str(part) for part in value)


def _items(value: object, where: str) -> tuple[Mapping[str, Any], ...]:
    """Read what was decided on each item asked for: item (its number or words), outcome, exemptions."""
    if not isinstance(value, (list, tuple)):
        raise BadInput(say("{where}: {what} is not a list.", where=where, what=_shown(value)))
    found = []
    for number, part in enumerate(value, start=1):
        place = f"{where}[{number}]"
        if not isinstance(part, Mapping):
            raise BadInput(
                say(
                    "{place}: {what} is not an object with item, outcome and exemptions.",
                    place=place,
                    what=_shown(part),
                )
            )
        for name in part:
            if name not in ("item", "outcome", "exemptions"):
                raise BadInput(say("{place}: it has no field {what}.", place=place, what=_shown(name)))
        item, outcome = part.get("item"), part.get("outcome")
        if isinstance(item, bool) or not isinstance(item, (int, str)):
            raise BadInput(say("{place}: item: {what} is neither a number nor a text.", place=place, what=_shown(item)))
        if outcome is not None and outcome not in OUTCOMES:
            raise BadInput(
                say(
                    "{place}: outcome: {what} is none of {what2}.",
                    place=place,
                    what=_shown(outcome),
                    what2=", ".join(OUTCOMES),
                )
            )
        plain: dict[str, Any] = {"item": item}
        if outcome is not None:
            plain["outcome"] = outcome
        if part.get("exemptions") is not None:
            plain["exemptions"] = list(_texts(part["exemptions"], f"{place}: exemptions"))
        found.append(plain)
    return tuple(found)


def _read_field(  # noqa: PLR0911, PLR0912 - one return a type
    kind: EventKind, name: str, spec: Field, value: object
) -> Any:
    where = f"{kind}.{name}"
    match spec.type:
        case "date":
            return read_date(value, where)
        case "bool":
            if not isinstance(value, bool):
                raise BadInput(say("{where}: {what} is neither true nor false.", where=where, what=_shown(value)))
            return value
        case "int":
            if isinstance(value, bool) or not isinstance(value, int) or value < 0:
                raise BadInput(
                    say("{where}: {what} is not a whole number of zero or more.", where=where, what=_shown(value))
                )
            if value > spec.most:
                raise BadInput(
                    say("{where}: {what} is more than {most}.", where=where, what=_shown(value), most=spec.most)
                )
            return value
        case "time":
            if not isinstance(value, str) or not _TIME.fullmatch(value):
                raise BadInput(
                    say("{where}: {what} is not a time of day like 09:30 or 17:00.", where=where, what=_shown(value))
                )
            return value
        case "money":
            return _money(value, where)
        case "list":
            return _texts(value, where)
        case "items":
            return _items(value, where)
    if not isinstance(value, str):
        raise BadInput(say("{where}: {what} is not a text.", where=where, what=_shown(value)))
    if spec.choices and value not in spec.choices:
        raise BadInput(
            say("{where}: {what} is none of {what2}.", where=where, what=_shown(value), what2=", ".join(spec.choices))
        )
    return value


def _money(value: object, where: str) -> Decimal:
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        amount = Decimal(-1)
    if isinstance(value, bool) or not amount.is_finite() or not 0 <= amount < 1_000_000_000_000:
        raise BadInput(say("{where}: {what} is not an amount of money.", where=where, what=_shown(value)))
    return amount


def event_from_json(data: Mapping[str, Any]) -> Event:
    """Check one event as it stands in JSON (or in a form) and return it. null counts as not given.

    Raises BadInput naming the kind and field that cannot be used.
    """
    if not isinstance(data, Mapping):
        raise BadInput(say("An event is a JSON object, not {name}.", name=type(data).__name__))
    named = data.get("kind")
    if named is None:
        raise BadInput("kind is missing.")
    if not isinstance(named, str) or named not in _KINDS:
        raise BadInput(say("kind: {what} is no kind of event.", what=_shown(named)))
    kind = EventKind(named)
    if data.get("date") is None:
        raise BadInput(say("{kind}: date is missing.", kind=kind))
    specs = FIELDS.get(kind, {})
    fields: dict[str, Any] = {}
    for name, value in data.items():
        if name in COMMON or value is None:
            continue
        if name not in specs:
            raise BadInput(say("{kind}: it has no field {what}.", kind=kind, what=_shown(name)))
        fields[name] = _read_field(kind, name, specs[name], value)
    for name, spec in specs.items():
        if spec.required and name not in fields:
            raise BadInput(say("{kind}: {name} is missing.", kind=kind, name=name))
    if kind is EventKind.RETRACTED and not data.get("supersedes"):
        raise BadInput("retracted: supersedes is missing.")
    for name, sort in (("id", str), ("supersedes", str), ("note", str), ("entered_at", str), ("assumed", bool)):
        if data.get(name) is not None and not isinstance(data[name], sort):
            raise BadInput(
                say(
                    "{kind}: {name}: {value} is not text."
                    if sort is str
                    else "{kind}: {name}: {value} is not true or false.",
                    kind=kind, name=name, value=_shown(data[name]),
                )
            )  # fmt: skip
    evidence = data.get("evidence")
    return Event(
        kind=kind,
        date=read_date(data["date"], f"{kind}.date"),
        fields=fields,
        id=data.get("id") or "",
        supersedes=data.get("supersedes") or "",
        assumed=bool(data.get("assumed")),
        note=data.get("note") or "",
        evidence=() if evidence is None else _texts(evidence, f"{kind}: evidence"),
        entered_at=data.get("entered_at") or "",
    )


def event_as_json(event: Event) -> dict[str, Any]:
    """Return the event as JSON can carry it; ``event_from_json`` reads it back equal."""
    plain: dict[str, Any] = {"kind": event.kind.value, "date": event.date.isoformat()}
    for name in ("id", "supersedes", "note", "entered_at"):
        if getattr(event, name):
            plain[name] = getattr(event, name)
    if event.assumed:
        plain["assumed"] = True
    if event.evidence:
        plain["evidence"] = list(event.evidence)
    for name, value in event.fields.items():
        if isinstance(value, date):
            plain[name] = value.isoformat()
        elif isinstance(value, Decimal):
            plain[name] = str(value)
        else:
            plain[name] = list(value) if isinstance(value, tuple) else value
    return plain


def require_past(event: Event, today: date) -> None:
    """Refuse an event that has not happened yet. Dates it only names (answer_by, until, due) may lie ahead.

    Raises BadInput naming the kind and the field.
    """
    for name, day in (("date", event.date), ("received", event.fields.get("received"))):
        if day is not None and day > today:
            raise BadInput(
                say(
                    "{kind}.{name}: {day} is after today, {today}.",
                    kind=event.kind,
                    name=name,
                    day=day.isoformat(),
                    today=today.isoformat(),
                )
            )
