"""From events to the answer under any law but the federal one, in the same shape: what the pack knows, and no more."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from foiadesk.law import naming
from foiadesk.law.agencies import GENERAL
from foiadesk.law.answers import Answer, Clock, ClockState, Fees, say
from foiadesk.law.calendars import Calendar
from foiadesk.law.general_appeals import Window, decisions_due, limitation, next_reviews, windows
from foiadesk.law.general_clocks import acknowledgment, determination, production
from foiadesk.law.general_counting import missed, not_started
from foiadesk.law.general_standing import Where, exhaustion, ruling_clock, stage_of, turn_of
from foiadesk.law.general_steps import next_steps
from foiadesk.law.history import Appeal, History, read_history
from foiadesk.law.log import replay
from foiadesk.law.making import Maker, requesters_days
from foiadesk.law.packs import LawPack
from foiadesk.law.periods import UNKNOWN_END, end_of
from foiadesk.law.plan import answered_by
from foiadesk.law.side_clocks import question_clocks, reminder_clocks
from foiadesk.law.standing import day_after
from foiadesk.law.warn import warn_of_early_answer
from foiadesk.records import Event, EventKind
from foiadesk.records.speech import say as told

K = EventKind
_KINDS = (
    "determination", "acknowledgment", "production", "clarification", "fee_answer", "still_interested",
    "appeal_window", "appeal_determination", "review_window", "limitation", "order", "reminder",
)  # fmt: skip
_PLACE = {kind: number for number, kind in enumerate(_KINDS)}
_COMPLIED = frozenset({K.PRODUCTION, K.VAUGHN_RECEIVED, K.STATUS_REPORT, K.JUDGMENT, K.SETTLED})
_PRIVATE = frozenset({K.NOTE, K.REMINDER, K.CALL, K.VISIT})
_FEDERAL_ONLY = {
    K.EXPEDITION_REQUESTED: "a request for expedition",
    K.FEE_WAIVER_REQUESTED: "a request for a fee waiver",
    K.SERVED: "service of a complaint",
}


@dataclass(slots=True)
class Start:
    """Where the count starts, and why it does not: "draft", "mail", "failed", "undesignated"."""

    day: date | None = None
    assumed: bool = False
    waiting: str = ""
    notes: list[str] = field(default_factory=list)


def general_answer(
    events: Sequence[Event], *, law: LawPack, today: date, calendar: Calendar | None = None
) -> Answer:  # fmt: skip
    """Replay a request's events under a pack. Pure; raises BadInput for a log that cannot be replayed."""
    log = replay(events, today)
    history = read_history(log.events, log.warnings)
    days = calendar if calendar is not None else law.days_of
    make = Maker(today, days, history.closing.date if history.closing else None)
    start = _start(history, law, days)
    own, first = _own(history, law, make, start)
    silent_on = _silent_on(law, days, own, start)
    mine = requesters_days(law, days)
    make_mine = make if mine is days else Maker(today, mine, make.closed_on)
    safest, safest_silent = own, silent_on
    if mine is not days and missed(own):
        plain = _start(history, law, mine)
        safest = _own(history, law, make_mine, plain)[0]
        safest_silent = _silent_on(law, mine, safest, plain)
    opened = windows(history, law, make_mine, safest)
    owed = decisions_due(history, law, make)
    reviews = next_reviews(history, law, make_mine)
    now = _where(history, law, today, start, own, silent_on, opened, owed, reviews)
    clocks = [own, *([first] if first else []), *production(history, law, make)]
    if history.asked or K.STILL_INTERESTED_ASKED in history.by or K.STILL_INTERESTED_ANSWERED in history.by:
        clocks += question_clocks(history, law, GENERAL, mine, make_mine)
    clocks += [window.clock for window in opened]
    clocks += [clock for _, clock in owed]
    clocks += reviews
    since = day_after(safest_silent) if safest_silent is not None and now.silence_counts else None
    clocks += limitation(history, law, make_mine, own, since)
    clocks += _orders(history, law, make)
    clocks += reminder_clocks(history, law, make)
    ordered = _named(clocks)
    may_sue = exhaustion(now)
    stage = stage_of(now, may_sue)
    _warn(history, law, days, today, start, own)
    later = [day_after(c.due) for c in ordered if c.state is ClockState.RUNNING and c.due is not None]
    later += [event.date for event in log.later]
    if silent_on is not None and own.met_on is None:
        later.append(day_after(silent_on))
    return Answer(
        stage=stage,
        turn=turn_of(now, stage),
        exhaustion=may_sue,
        fees=Fees(None, None, told("Whether lateness bars fees under this law is not in its pack: check the statute.")),
        clocks=tuple(ordered),
        warnings=tuple(dict.fromkeys(history.warnings)),
        next_steps=next_steps(now, stage, may_sue, ordered),
        next_change_on=min((day for day in later if day > today), default=None),
        ruling=ruling_clock(now, stage, ordered),
    )


def _start(history: History, law: LawPack, calendar: Calendar) -> Start:
    receipts = history.receipts
    if receipts:
        usable = [event for event in receipts if event.get("office") != "undesignated"]
        if not usable:
            return Start(waiting="undesignated")
        proper = [event for event in usable if event.get("office") == "proper"]
        event = (proper or usable)[0]
        notes: list[str] = []
        if not proper:
            notes.append(
                told("A designated office has the request; whether its receipt starts the count: check the statute.")
            )
        return Start(event.date, event.assumed, notes=notes)
    waiting = "draft" if all(event.kind in _PRIVATE for event in history.events) else "mail"
    for event in history.all(K.REQUEST_SENT):
        channel = event.get("channel")
        if id(event) in history.undelivered:
            waiting = "failed"
        elif channel in law.assumed_same_day:
            return Start(event.date, True, notes=[told(
                "Sent by {channel} on {day} and taken as received that day; enter the receipt.",
                channel=naming.channel(channel), day=say(event.date),
            )])  # fmt: skip
        elif channel in law.assumed_next_working_day:
            day = end_of(calendar, event.date, 1, "working").due
            if day is not None:
                note = told(
                    "Sent by {channel} on {day} and taken as received one working day later.",
                    channel=naming.channel(channel),
                    day=say(event.date),
                )
                return Start(day, True, notes=[told("{note} Enter the receipt.", note=note)])
        else:
            waiting = "mail"
    return Start(waiting=waiting)


def _own(history: History, law: LawPack, make: Maker, start: Start) -> tuple[Clock, Clock | None]:
    """Return the determination and, where the law knows one, the acknowledgment before it."""
    if start.day is None:
        decision = answered_by(history)
        met = decision.date if decision else None
        own = not_started(make, law.clocks["determination"], met_on=met, notes=start.notes)
        first = not_started(make, law.clocks["acknowledgment"]) if "acknowledgment" in law.clocks else None
        return own, first
    first = None
    if "acknowledgment" in law.clocks:
        first = acknowledgment(history, law, make, start.day, assumed=start.assumed)
    own = determination(history, law, make, start.day, first, assumed=start.assumed, notes=start.notes)
    return own, first


def _silent_on(law: LawPack, calendar: Calendar, own: Clock, start: Start) -> date | None:
    """Return the day after which the agency's silence means what the law says it does."""
    if law.silence.days is not None and start.day is not None:
        return end_of(calendar, start.day, law.silence.days, law.silence.unit).due
    return own.due


def _where(
    history: History, law: LawPack, today: date, start: Start, own: Clock, silent_on: date | None,
    opened: Sequence[Window], owed: Sequence[tuple[Appeal, Clock]], reviews: list[Clock],
) -> Where:  # fmt: skip
    decision = history.standing
    window = next((one for one in reversed(opened) if one.decision is decision), None)
    appeal = clock = None
    for found, owing in reversed(owed):
        if found.against is decision:
            appeal, clock = found, owing
            break
    return Where(history, law, today, start.waiting, own, silent_on, decision, window, appeal, clock,
                 reviews[-1] if reviews else None)  # fmt: skip


def _orders(history: History, law: LawPack, make: Maker) -> list[Clock]:
    found = []
    for order in history.all(K.ORDER):
        due = order.get("due")
        after = [event.date for event in history.events if event.kind in _COMPLIED and event.date >= order.date]
        met = after[0] if after and due is not None else None
        notes = (told("Taken as met by the first production, report or judgment entered after it."),) if met else ()
        found.append(make.make(law.clocks["order"], about=order.get("what") or None, start=order.date, due=due,
                               met_on=met, notes=notes))  # fmt: skip
    return found


def _named(clocks: list[Clock]) -> list[Clock]:
    """Order clocks by kind, then by start; and name each one."""
    ordered = sorted(clocks, key=lambda c: (_PLACE[c.kind], c.start is None, c.start or date.max, c.due or date.max))
    seen: dict[str, int] = {}
    for clock in ordered:
        number = seen[clock.kind] = seen.get(clock.kind, 0) + 1
        object.__setattr__(clock, "id", clock.kind if number == 1 else f"{clock.kind}-{number}")
    return ordered


def _warn(history: History, law: LawPack, calendar: Calendar, today: date, start: Start, own: Clock) -> None:
    warnings = history.warnings
    if not law.verified:
        warnings.insert(0, told(
            "The rules of {title} used here are {confidence}: check the statute before relying on a date.",
            title=told(law.title), confidence=told(law.confidence),
        ))  # fmt: skip
    if start.day is None and start.waiting == "undesignated":
        warnings.append(
            told("The request was received only by an office that does not receive requests: that starts nothing.")
        )
    warnings.extend(note for note in own.notes if note.endswith(UNKNOWN_END))
    if not calendar.covers(today.toordinal()):
        warnings.append(
            told(
                "The calendar {id} has no data for {year}: working days late are not known.",
                id=calendar.id,
                year=today.year,
            )
        )
    for kind, what in _FEDERAL_ONLY.items():
        if history.all(kind):
            warnings.append(told("This law's pack has no rule for {what}: check the statute.", what=told(what)))
    if K.PERFECTION_CLAIMED in history.by or K.PERFECTED in history.by:
        warnings.append(told("Whether a request that was not complete starts the count is not in this law's pack: "
                             "the count "
                        "runs from receipt. Check the statute."))  # fmt: skip
    warn_of_early_answer(history, own)
    for decision in history.decisions:
        if decision.event.get("appeal_notice") is False:
            warnings.append(
                told("The answer of {day} names no right to appeal: check the statute.", day=say(decision.date))
            )
