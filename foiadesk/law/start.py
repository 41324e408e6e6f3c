"""When the agency's count of a request starts: receipt, routing cap, assumed receipt, perfection."""

from dataclasses import dataclass, field
from datetime import date

from foiadesk.law import naming
from foiadesk.law.agencies import AgencyRules
from foiadesk.law.answers import say
from foiadesk.law.calendars import Calendar
from foiadesk.law.history import History
from foiadesk.law.packs import LawPack
from foiadesk.records import Event, EventKind
from foiadesk.records.speech import either
from foiadesk.records.speech import say as told

K = EventKind
# Nothing of these shows that a request exists: anything else does, even when its sending was not entered.
_PRIVATE = frozenset({K.NOTE, K.REMINDER, K.CALL, K.VISIT})


@dataclass(slots=True)
class Start:
    """Where the count starts (None: not yet) and by whose reading.

    waiting: why it has not started: "draft", "mail", "failed", "refused", "undesignated". ``by_agency``: the start the
    agency could argue for; ``agency_starts`` False when by its reading nothing has started.
    """

    day: date | None = None
    received: bool = False  # some receipt that starts a count is known or assumed
    assumed: bool = False
    at_receipt: bool = False  # the start is a day of receipt, not the routing cap or perfection
    late_from: date | None = None  # the day it arrived, after the hour until which the agency's rule counts that day
    earliest: date | None = None
    by_agency: date | None = None
    agency_starts: bool = True
    waiting: str = ""
    notes: list[str] = field(default_factory=list)
    cites: tuple[str, ...] = ()
    capped: bool = False


def find_start(history: History, pack: LawPack, rules: AgencyRules, calendar: Calendar) -> Start:
    """Find the day the count starts; adds what cannot be, and what a person must enter, to the history's warnings."""
    start = Start()
    receipts = history.receipts
    if receipts:
        _from_receipts(start, history, pack, rules, calendar)
    elif history.all(K.REQUEST_SENT):
        _from_sending(start, history, pack, rules, calendar)
    else:
        shown = any(event.kind not in _PRIVATE for event in history.events)
        start.waiting = "mail" if shown else "draft"
        if shown:
            history.warnings.append(
                told("No sending and no receipt of the request are entered: the count has no start.")
            )
    start.received = start.day is not None
    by = history.by
    if K.PERFECTION_CLAIMED in by or K.PERFECTED in by or K.PERFECTION_DISPUTED in by:
        _perfect(start, history)
    else:
        start.by_agency = start.day
    timed = any(event.get("time") for event in (*history.receipts, *history.all(K.REQUEST_SENT)))
    if start.day is not None and rules.cutoff_note and not (timed and rules.cutoff):
        start.notes.append(rules.cutoff_note)
    return start


def _arrived(start: Start, event: Event, rules: AgencyRules, calendar: Calendar) -> None:
    """Start the count on the day the request arrived, or on the next working day after the agency's hour."""
    start.day, start.at_receipt = event.date, True
    time = event.get("time")
    if not (rules.cutoff and time and time >= rules.cutoff):
        return
    start.day = date.fromordinal(calendar.add(event.date.toordinal(), 1))
    start.late_from, start.earliest = event.date, event.date
    start.notes.append(
        told(
            "It arrived on {day} at {time}; from {cutoff} {zone} on, the agency's own rule counts it as received "
            "on the "
            "next working day, {start} ({cite}). The statute names no hour.",
            day=say(event.date), time=time, cutoff=rules.cutoff, zone=told(rules.cutoff_zone), start=say(start.day),
            cite=rules.cutoff_citation,
        )
    )  # fmt: skip


def _from_receipts(start: Start, history: History, pack: LawPack, rules: AgencyRules, calendar: Calendar) -> None:
    proper = designated = None
    for event in history.receipts:
        office = event.get("office")
        if office == "proper" and proper is None:
            proper = event
        elif office == "designated" and designated is None:
            designated = event
    if proper is None and designated is None:
        start.waiting = "undesignated"
        history.warnings.append(
            told("The request was received only by an office not designated to receive requests: that starts nothing.")
        )
        return
    first_sent = history.first(K.REQUEST_SENT)
    for receipt in (proper, designated):
        if receipt is not None and first_sent is not None and receipt.date < first_sent.date:
            history.warnings.append(
                told(
                    "request_received of {day} is dated before the request was sent on {day2}.",
                    day=say(receipt.date),
                    day2=say(first_sent.date),
                )
            )
    governing: Event | None = proper
    if designated is not None:
        days = pack.routing.days or 0
        cap = date.fromordinal(calendar.add(designated.date.toordinal(), days))
        if proper is None or cap < proper.date:
            governing = designated
            start.day, start.capped = cap, True
            early = date.fromordinal(designated.date.toordinal() + days)
            early = early if proper is None else min(early, proper.date)
            start.earliest = early if early < cap else None
            start.notes.append(
                told(
                    "A designated office received the request on {day}; the count starts {days} working days later "
                    "at the "
                    "latest, on {day2}. {unsettled}",
                    day=say(designated.date),
                    days=days,
                    day2=say(cap),
                    unsettled=told(pack.routing.unsettled),
                )
            )
            start.cites = pack.routing.citations
        elif proper.date > date.fromordinal(designated.date.toordinal() + days):
            start.earliest = date.fromordinal(designated.date.toordinal() + days)
            start.notes.append(pack.routing.unsettled)
    if not start.capped and proper is not None:
        _arrived(start, proper, rules, calendar)
    start.assumed = governing is not None and governing.assumed


def _from_sending(start: Start, history: History, pack: LawPack, rules: AgencyRules, calendar: Calendar) -> None:
    for event in history.all(K.REQUEST_SENT):
        channel = event.get("channel")
        if id(event) in history.undelivered:
            start.waiting = start.waiting or "failed"
            continue
        refusal = rules.refusal(channel, event.date)
        if refusal is not None:
            start.waiting = "refused"
            history.warnings.append(
                told(
                    "{says} ({citation}): the request sent by {channel} on {day} is not taken as received. Send it "
                    "by {ways}, "
                    "or enter its receipt.",
                    says=told(refusal.says),
                    citation=refusal.citation,
                    channel=naming.channel(channel),
                    day=say(event.date),
                    ways=either(list(map(naming.channel, refusal.takes))),
                )
            )
            continue
        if channel not in pack.assumed_same_day:
            start.waiting = "mail"
            continue
        start.assumed, start.waiting = True, ""
        _arrived(start, event, rules, calendar)
        start.notes.append(
            told(
                "Sent by {channel} on {day} and taken as received that day; enter the receipt.",
                channel=naming.channel(channel),
                day=say(event.date),
            )
        )
        return
    if start.waiting == "failed":
        history.warnings.append(told("Delivery failed, so that nothing is taken as received: send the request again."))


def _perfect(start: Start, history: History) -> None:
    claims, done = history.all(K.PERFECTION_CLAIMED), history.all(K.PERFECTED)
    disputed = bool(history.all(K.PERFECTION_DISPUTED))
    last = done[-1].date if done else None
    open_claim = bool(claims) and (last is None or claims[-1].date > last)
    received = start.day
    arrived = min((event.date for event in history.receipts if event.get("office") != "undesignated"), default=received)
    if last is not None and start.waiting != "undesignated":
        if disputed:
            start.notes.append(
                told(
                    "The agency may count only from {day}, when it says it had what was missing; that is disputed.",
                    day=say(last),
                )
            )
        elif received is None or last > received:
            start.day, start.at_receipt, start.earliest, start.waiting = last, False, None, ""
            start.assumed = done[-1].assumed
            start.notes.append(told("Counted from {day}, when the agency had what it said was missing.", day=say(last)))
        elif arrived is not None and last < arrived:
            history.warnings.append(told("perfected of {day} is dated before the request was received.", day=say(last)))
    start.by_agency = start.day if last is None or start.day is None else max(start.day, last)
    if open_claim:
        missing = claims[-1].get("missing")
        start.agency_starts = False
        start.notes.append(
            told(
                "On {day} the agency said the request was not complete ({what}). By its reading the count has not "
                "started; "
                "a claim alone moves nothing here."
                if missing
                else "On {day} the agency said the request was not complete. By its reading the count has not "
                "started; a "
                "claim alone moves nothing here.",
                day=say(claims[-1].date),
                what=naming.missing(str(missing)),
            )
        )
