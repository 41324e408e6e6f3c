"""What a letter may state of the law's count: only what the answer and the events hold, else a blank."""

from datetime import date
from typing import TYPE_CHECKING, Any

from foiadesk.letters.model import LetterContext
from foiadesk.letters.record import course
from foiadesk.letters.sources import sent_event
from foiadesk.letters.template import Missing
from foiadesk.letters.words import HOW, counted, long_date, series
from foiadesk.records import Channel, Event, EventKind

if TYPE_CHECKING:
    from foiadesk.law import Answer, Clock

_NEEDED = {
    "due": "Day the determination was due",
    "missed": "Day the time ran out",
    "late": "Days late",
    "late_calendar": "Days late",
    "allowed": "Time allowed",
    "start": "Day the count began",
}


def _last(events: tuple[Event, ...], kind: EventKind) -> Event | None:
    found = [event for event in events if event.kind is kind]
    return found[-1] if found else None


def _sent(event: Event | None) -> object:
    if event is None:
        return Missing("sent", "Day the request was sent")
    channel = event.get("channel")
    return f"{long_date(event.date)}, {HOW[Channel(channel)]}" if channel else long_date(event.date)


def _pauses(clock: "Clock") -> list[str]:
    asked = {"fees": "your question about fees"}
    return [
        f"the days after {long_date(pause.since)} through {long_date(pause.to)}, "
        f"while {asked.get(pause.reason, 'your question')} was open"
        for pause in clock.paused
        if pause.counted and pause.to is not None
    ]


def _clock(clock: "Clock | None", context: LetterContext) -> dict[str, Any]:
    facts: dict[str, Any] = {name: Missing(name, label) for name, label in _NEEDED.items()}
    facts |= {"began": "", "extension": "", "met": "", "pauses": []}
    if clock is None:
        return facts
    received = _last(context.events, EventKind.REQUEST_RECEIVED)
    if clock.start:
        facts["start"] = long_date(clock.start)
        if received and not clock.assumed and clock.start != received.date:
            facts["began"] = long_date(clock.start)
    if clock.due:
        facts["due"] = long_date(clock.due)
    if clock.met_on:
        facts["met"] = long_date(clock.met_on)
    if clock.count:
        facts["allowed"] = f"{counted(clock.count, f'{clock.unit} day')} after receipt, 5 U.S.C. § 552(a)(6)(A)(i)"
    if clock.extended_by:
        facts["extension"] = f"{counted(clock.extended_by, 'working day')} by your notice, § 552(a)(6)(B)(i)"
    facts["pauses"] = _pauses(clock)
    if clock.days_late > 0 and clock.due:
        days = counted(clock.days_late, "calendar day")
        facts["missed"] = facts["due"]
        facts["late_calendar"] = days
        facts["late"] = f"{days} ({counted(clock.working_days_late, 'working day')})"
    return facts


def _dues(context: LetterContext) -> list[tuple[date, str]]:
    """Return when a determination, and a decision on an appeal, was or is due, with the days it is late."""
    made = []
    for kind, what in (("determination", "Determination due"), ("appeal_determination", "Decision on the appeal due")):
        for clock in context.answer.clocks if context.answer else ():
            if clock.kind != kind or clock.due is None:
                continue
            late = counted(clock.days_late, "calendar day") if clock.days_late else ""
            as_of = "" if clock.met_on else f" as of {long_date(context.today)}"
            made.append((clock.due, f"{what}; {late} late{as_of}" if late else what))
    return made


def _waiver_pending(context: LetterContext) -> bool:
    asked = _last(context.events, EventKind.FEE_WAIVER_REQUESTED)
    return asked is not None and _last(context.events, EventKind.FEE_WAIVER_DECIDED) is None


def _other(answer: "Answer | None", kind: str) -> dict[str, str]:
    """Return when a clock of this kind is or was due and by how many days it is late; "" where it is not."""
    clock = next((found for found in answer.clocks if found.kind == kind), None) if answer else None
    due = long_date(clock.due) if clock and clock.due else ""
    late = counted(clock.days_late, "calendar day") if clock and clock.days_late and clock.met_on is None else ""
    return {"due": due, "late": late}


def waiting_facts(context: LetterContext) -> dict[str, Any]:
    """Return what a letter about a pending request states: dates, days late, exhaustion and barred fees, each if so."""
    answer = context.answer
    clock = next((found for found in answer.clocks if found.kind == "determination"), None) if answer else None
    sent = sent_event(context.events)
    received = _last(context.events, EventKind.REQUEST_RECEIVED)
    acknowledged = _last(context.events, EventKind.ACKNOWLEDGED)
    barred = []
    exhausted = ""
    if answer:
        fees = answer.fees
        barred = [name for name, so in (("search", fees.search_barred), ("duplication", fees.duplication_barred)) if so]
        if answer.exhaustion.state == "open" and answer.exhaustion.since:
            exhausted = long_date(answer.exhaustion.since)
    assumed = ""
    if clock and clock.assumed and sent:
        assumed = HOW[Channel(sent.get("channel"))]
    return {
        "waiver_pending": _waiver_pending(context),
        "course": course(context.events, _dues(context)),
        "waited": counted((context.today - sent.date).days, "calendar day")
        if sent and sent.date <= context.today
        else "",
        "number": _other(answer, "tracking_number"),
        "expedition_clock": _other(answer, "expedition"),
        "appeal_clock": _other(answer, "appeal_determination"),
        "state": answer.exhaustion.state if answer else "",
        "clock": _clock(clock, context),
        "counted_on": long_date(context.today),
        "sent": _sent(sent),
        "received": long_date(received.date) if received else Missing("received", "Day the agency received it"),
        "assumed": assumed,
        "acknowledged": long_date(acknowledged.date) if acknowledged else "",
        "exhausted": exhausted,
        "barred_fees": series(barred),
    }
