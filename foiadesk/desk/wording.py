"""The words for what happened and what is due: short sentences for timelines, lists and undo."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from foiadesk.records import Event, EventKind
from foiadesk.records.events import FIELDS
from foiadesk.records.speech import Day, raised, say, say_count
from foiadesk.records.titles import EVENT_TITLES

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

_DECIDED = {
    "granted": "granted", "partial": "partial", "denied": "denied", "affirmed": "affirmed", "partly": "partly",
    "remanded": "remanded", "reversed": "reversed", "moot": "moot", "untimely": "untimely",
}  # fmt: skip
_CLOSED = {
    "agency": "Closed by the agency", "requester": "Closed by the requester", "court": "Closed by the court",
}  # fmt: skip

CLOCKS = {
    "acknowledgment": "acknowledgment",
    "determination": "decision",
    "production": "the records",
    "remand": "new decision after the appeal",
    "review_window": "request for review",
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
    title = say(EVENT_TITLES[kind])
    match kind:
        case EventKind.REQUEST_SENT | EventKind.APPEAL_SENT if fields.get("channel") in CHANNELS:
            title = say("{event} {channel}", event=title, channel=say(CHANNELS[str(fields["channel"])]))
        case EventKind.ACKNOWLEDGED if fields.get("tracking_number"):
            title = say("{event} ({detail})", event=title, detail=str(fields["tracking_number"]))
        case EventKind.TRACKING_NUMBER:
            title = say("{event} {number}", event=title, number=str(fields.get("number")))
        case EventKind.DETERMINATION:
            title = say("{event}: {detail}", event=title, detail=say(_OUTCOMES[str(fields.get("outcome"))]))
        case EventKind.FEE_WAIVER_DECIDED | EventKind.APPEAL_DECIDED:
            outcome = str(fields.get("outcome"))
            title = say("{event}: {detail}", event=title, detail=say(_DECIDED.get(outcome, outcome)))
        case EventKind.EXPEDITION_DECIDED:
            title = say("Expedition granted" if fields.get("granted") else "Expedition denied")
        case EventKind.EXTENSION_NOTICE:
            number = fields.get("working_days", _defaults(kind)["working_days"])
            title = say("{event} ({detail})", event=title, detail=say("{number} working days", number=number))
        case EventKind.CLOSED:
            title = say(_CLOSED.get(str(fields.get("by")), "Closed by the {by}"), by=str(fields.get("by")))
        case EventKind.ROUTED | EventKind.REFERRED if fields.get("to"):
            title = say("{event} to {office}", event=title, office=str(fields["to"]))
        case EventKind.FEE_ESTIMATE if fields.get("amount") is not None:
            title = say("{event}: {detail}", event=title, detail=f"${fields['amount']}")
        case EventKind.REMINDER | EventKind.ORDER if fields.get("what"):
            title = say("{event}: {detail}", event=title, detail=str(fields["what"]))
    return title


def named_exemptions(event: Event) -> str:
    """Return the exemptions an answer names as a whole, in a sentence; "" when it names none."""
    which = event.get("exemptions")
    return say("Exemptions: {which}.", which=", ".join(which)) if which else ""


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
        return say(_LAST_DAYS[kind])
    what = raised(clock_name(kind))
    return say("{what} was due", what=what) if passed else say("{what} is due", what=what)


def clock_name(kind: str) -> str:
    """Return what a clock counts to, within a sentence: "decision"."""
    return say(CLOCKS[kind]) if kind in CLOCKS else kind.replace("_", " ")


def day(when: date, today: date | None = None) -> Day:
    """Return a date for a list: "3 Feb", with the year when it is not this one."""
    return Day(when, today is None or when.year != today.year)


def counted(due: date, today: date) -> str:
    """Return how far a due date is: "35 days late", "due today", "due in 6 days"."""
    away = (due - today).days
    if away < 0:
        return say_count("{n} day late", "{n} days late", -away)
    if away > 1:
        return say_count("due in {n} day", "due in {n} days", away)
    return say("due tomorrow") if away else say("due today")


def unverified(rule: str) -> str:
    """Say that a rule behind a date is unverified. rule: the law, with what of it where that is known."""
    return say(
        "Unverified rule: its text was not compared with a source; check it before relying on the date. Law: {law}.",
        law=rule,
    )
