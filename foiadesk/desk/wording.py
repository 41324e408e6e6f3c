"""The words for what happened and what is due: short sentences for timelines, lists and undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from foiadesk.records import Event, EventKind
from foiadesk.records.events import FIELDS

PLAIN: dict[EventKind, str] = {
    EventKind.REQUEST_SENT: "Request sent",
    EventKind.REQUEST_RECEIVED: "Request received by the agency",
    EventKind.ACKNOWLEDGED: "Acknowledged",
    EventKind.TRACKING_NUMBER: "Tracking number",
    EventKind.ROUTED: "Routed",
    EventKind.PERFECTION_CLAIMED: "The agency says the request is incomplete",
    EventKind.PERFECTION_DISPUTED: "We disputed that the request is incomplete",
    EventKind.PERFECTED: "The agency got what was missing",
    EventKind.IDENTITY_SENT: "Identity certification sent",
    EventKind.CONSENT_SENT: "Consent sent",
    EventKind.PAYMENT_SENT: "Payment sent",
    EventKind.DELIVERY_PROVED: "Delivery proved",
    EventKind.DELIVERY_FAILED: "Delivery failed",
    EventKind.CLARIFICATION_ASKED: "Clarification asked",
    EventKind.CLARIFICATION_ANSWERED: "Clarification answered",
    EventKind.FEE_ESTIMATE: "Fee estimate",
    EventKind.FEE_ANSWERED: "Fee estimate answered",
    EventKind.EXTENSION_NOTICE: "Extension notice",
    EventKind.TIME_FRAME_AGREED: "Alternative time frame agreed",
    EventKind.NARROWED: "Request narrowed",
    EventKind.STILL_INTERESTED_ASKED: "The agency asks whether we are still interested",
    EventKind.STILL_INTERESTED_ANSWERED: "We are still interested",
    EventKind.COMPLETION_DATE_ASKED: "Estimated completion date asked for",
    EventKind.COMPLETION_DATE_GIVEN: "Estimated completion date given",
    EventKind.REFERRED: "Referred",
    EventKind.CONSULTED: "Consultation",
    EventKind.OGIS_OPENED: "OGIS mediation opened",
    EventKind.OGIS_CLOSED: "OGIS mediation closed",
    EventKind.DEMAND_SENT: "Demand sent",
    EventKind.CALL: "Call",
    EventKind.VISIT: "Visit",
    EventKind.UNANSWERED_LETTER: "Letter without an answer",
    EventKind.NOTE: "Note",
    EventKind.EXPEDITION_REQUESTED: "Expedition requested",
    EventKind.EXPEDITION_DECIDED: "Expedition decided",
    EventKind.FEE_WAIVER_REQUESTED: "Fee waiver requested",
    EventKind.FEE_WAIVER_DECIDED: "Fee waiver decided",
    EventKind.INTERIM_RELEASE: "Interim release",
    EventKind.DETERMINATION: "Determination",
    EventKind.CLOSED: "Closed",
    EventKind.REOPENED: "Reopened",
    EventKind.APPEAL_SENT: "Appeal sent",
    EventKind.APPEAL_RECEIVED: "Appeal received by the agency",
    EventKind.APPEAL_DECIDED: "Appeal decided",
    EventKind.SUIT_FILED: "Suit filed",
    EventKind.SERVED: "Complaint served",
    EventKind.ANSWERED: "Complaint answered",
    EventKind.ORDER: "Court order",
    EventKind.PRODUCTION: "Production",
    EventKind.STATUS_REPORT: "Status report",
    EventKind.AMENDED_COMPLAINT: "Amended complaint",
    EventKind.VAUGHN_RECEIVED: "Vaughn index received",
    EventKind.JUDGMENT: "Judgment",
    EventKind.SETTLED: "Settled",
    EventKind.REMINDER: "Reminder",
    EventKind.RETRACTED: "An entry was retracted",
}

CHANNELS = {
    "mail": "by mail",
    "email": "by e-mail",
    "portal": "through the portal",
    "fax": "by fax",
    "hand": "by hand",
}
_OUTCOMES = {
    "full_grant": "granted in full", "partial_grant": "granted in part", "full_denial": "denied in full",
    "no_records": "no records found", "referred": "referred", "withdrawn": "withdrawn", "fee_related": "fees",
    "not_reasonably_described": "not reasonably described", "improper": "improper request",
    "not_agency_record": "not an agency record", "duplicate": "duplicate", "other": "other", "glomar": "Glomar",
}  # fmt: skip

CLOCKS = {
    "determination": "decision",
    "expedition": "decision on expedition",
    "appeal_window": "appeal",
    "appeal_determination": "decision on the appeal",
    "complaint_answer": "answer to the complaint",
    "service": "service of the complaint",
    "limitation": "suit, before the limitation period ends",
    "tracking_number": "tracking number",
    "clarification": "answer to the clarification",
    "fee_answer": "answer on fees",
    "still_interested": "answer that we are still interested",
    "order": "what the court ordered",
    "reminder": "reminder",
}


def event_title(event: Event) -> str:
    """Return an event in a few words: "Acknowledged (2026-ICFO-00123)"."""
    return title_of(event.kind, {**_defaults(event.kind), **event.fields})


def title_of(kind: str, fields: Mapping[str, Any]) -> str:
    """Return an event in a few words from its kind and fields, as read or as stored."""
    kind = EventKind(kind)
    title, more = PLAIN[kind], ""
    match kind:
        case EventKind.REQUEST_SENT | EventKind.APPEAL_SENT:
            more = " " + CHANNELS.get(str(fields.get("channel") or ""), "")
        case EventKind.ACKNOWLEDGED:
            more = f" ({fields.get('tracking_number')})" if fields.get("tracking_number") else ""
        case EventKind.TRACKING_NUMBER:
            more = f" {fields.get('number')}"
        case EventKind.DETERMINATION:
            more = f": {_OUTCOMES[str(fields.get('outcome'))]}"
        case EventKind.FEE_WAIVER_DECIDED | EventKind.APPEAL_DECIDED:
            more = f": {fields.get('outcome')}"
        case EventKind.EXPEDITION_DECIDED:
            title = "Expedition granted" if fields.get("granted") else "Expedition denied"
        case EventKind.EXTENSION_NOTICE:
            more = f" ({fields.get('working_days', _defaults(kind)['working_days'])} working days)"
        case EventKind.CLOSED:
            more = f" by the {fields.get('by')}"
        case EventKind.ROUTED | EventKind.REFERRED:
            more = f" to {fields.get('to')}" if fields.get("to") else ""
        case EventKind.FEE_ESTIMATE:
            more = f": ${fields.get('amount')}" if fields.get("amount") is not None else ""
        case EventKind.REMINDER | EventKind.ORDER:
            more = f": {fields.get('what')}" if fields.get("what") else ""
    return (title + more).rstrip()


@cache
def _defaults(kind: EventKind) -> Mapping[str, Any]:
    return {name: spec.default for name, spec in FIELDS.get(kind, {}).items() if spec.default is not None}


_LAST_DAYS = {
    "appeal_window": "Last day to appeal",
    "limitation": "Last day to sue",
    "service": "Last day to serve the complaint",
    "clarification": "Last day to answer the clarification",
    "fee_answer": "Last day to answer on fees",
    "still_interested": "Last day to say that we are still interested",
    "order": "Ordered by the court",
    "reminder": "Reminder",
}


def due_title(kind: str, passed: bool) -> str:
    """Return a due date in a few words: "Decision was due", "Last day to appeal"."""
    if kind in _LAST_DAYS:
        return _LAST_DAYS[kind]
    what = CLOCKS.get(kind, kind.replace("_", " "))
    return f"{what[:1].upper()}{what[1:]} {'was' if passed else 'is'} due"


def day(when: date, today: date | None = None) -> str:
    """Return a date for a list: "3 Feb", with the year when it is not this one."""
    text = f"{when.day} {when:%b}"
    return text if today is not None and when.year == today.year else f"{text} {when.year}"


def unverified(rule: str) -> str:
    """Say that a rule behind a date is unverified. rule: the law, with what of it where that is known."""
    return (
        f"Unverified rule: its text was not compared with a source; check it before relying on the date. Law: {rule}."
    )


def days(number: int, noun: str = "day") -> str:
    """Return a counted noun: "1 day", "35 days"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def counted(due: date, today: date) -> str:
    """Return how far a due date is: "35 days late", "due today", "due in 6 days"."""
    away = (due - today).days
    if away < 0:
        return f"{days(-away)} late"
    return {0: "due today", 1: "due tomorrow"}.get(away, f"due in {days(away)}")


def listed(names: Sequence[str]) -> str:
    """Join names as a sentence does: "ICE, CBP and PRIV"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""
