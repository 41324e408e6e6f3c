"""Every count of working days an agency owes, with tolls and extensions dealt out to them in the order they came."""

from dataclasses import dataclass, field
from datetime import date

from foiadesk.law import naming
from foiadesk.law.answers import say
from foiadesk.law.calendars import Calendar
from foiadesk.law.history import Appeal, Asked, Decision, History
from foiadesk.law.packs import LawPack
from foiadesk.law.runs import FOREVER, Run
from foiadesk.records import Event, EventKind
from foiadesk.records.speech import joined
from foiadesk.records.speech import say as told

K = EventKind


@dataclass(slots=True)
class Listed:
    """A run with what was dealt to it: tolls (and whether each counts), notes, a time frame agreed for it."""

    run: Run
    tolls: list[tuple[Asked, bool]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    agreed: date | None = None
    assumed: bool = False
    cites: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """own: the request's first count (None: not started); remands and appeals: by the appeal they belong to."""

    own: Listed | None
    remands: dict[int, Listed]
    appeals: dict[int, Listed]
    loose: list[str] = field(default_factory=list)  # warnings on notices that fit no count
    own_tolls: list[tuple[Asked, bool]] = field(default_factory=list)  # tolls while nothing had started
    agreed: date | None = None  # a time frame agreed while nothing had started


def answered_by(history: History, after: date | None = None) -> Decision | None:
    """Return the first standing answer on the request, or the first after a day (a remand)."""
    for decision in history.decisions:
        if decision.stands and (after is None or decision.date > after):
            return decision
    return None


def appeal_receipt(appeal: Appeal, pack: LawPack) -> tuple[date | None, bool]:
    """Return when the agency received an appeal and whether that is assumed from its channel."""
    if appeal.received is not None:
        return appeal.received.date, appeal.received.assumed
    for event in appeal.sent:
        if event.get("channel") in pack.assumed_same_day:
            return event.date, True
    return None, False


def remanding(history: History) -> list[Appeal]:
    """Return the appeals about the request that sent something back."""
    return [
        appeal
        for appeal in history.appeals
        if appeal.about == "request" and appeal.decided is not None and appeal.decided.get("outcome") == "remanded"
    ]


def make_plan(
    history: History, pack: LawPack, calendar: Calendar, start: date | None, *, first_day: bool, agency: bool
) -> Plan:
    """Deal tolls and extensions out in order. ``agency``: by every reading that the agency could argue.

    first_day: the day of receipt, if a working day, is day 1 (an agency's own rule).
    """
    closing = history.closing.date.toordinal() if history.closing else None
    own = None
    if start is not None:
        days = pack.clocks["determination"].days or 0
        opening = start.toordinal()
        if first_day and not agency and not calendar.reason(opening):
            days -= 1
        answer = answered_by(history)
        ended = answer.date.toordinal() if answer else closing
        own = Listed(Run(calendar, opening, days, ended, zero_left=agency))
    plan = Plan(own, {}, {})
    if history.appeals:
        _appeal_runs(plan, history, pack, calendar, closing, agency)
    if history.by.keys() & _MOVING:
        questions = {id(asked.event): asked for asked in history.asked if asked.tolls}
        most = pack.extension.days or 0
        spent = 0
        informed = False
        for event in history.events:
            if event.kind is K.EXTENSION_NOTICE:
                spent = _extend(plan, event, pack, spent, most, agency)
            elif event.kind is K.TIME_FRAME_AGREED:
                _agree(plan, event)
            elif id(event) in questions:
                informed = _toll(plan, questions[id(event)], informed, agency)
    return plan


_MOVING = {K.EXTENSION_NOTICE, K.TIME_FRAME_AGREED, K.CLARIFICATION_ASKED, K.FEE_ESTIMATE}


def _appeal_runs(
    plan: Plan, history: History, pack: LawPack, calendar: Calendar, closing: int | None, agency: bool
) -> None:
    for appeal in history.appeals:
        received, _ = appeal_receipt(appeal, pack)
        if received is not None:
            decided = appeal.decided.date.toordinal() if appeal.decided else closing
            days = pack.clocks["appeal_determination"].days or 0
            plan.appeals[id(appeal)] = Listed(Run(calendar, received.toordinal(), days, decided))
    for appeal in remanding(history):
        assert appeal.decided is not None
        sent_back = appeal.decided.date
        answer = answered_by(history, sent_back)
        ended = answer.date.toordinal() if answer else closing
        days = pack.clocks["remand"].days or 0
        plan.remands[id(appeal)] = Listed(Run(calendar, sent_back.toordinal(), days, ended, zero_left=agency))


def _request_run(plan: Plan, day: int) -> Listed | None:
    found = plan.own
    for listed in plan.remands.values():
        if listed.run.start <= day:
            found = listed
    return found


def _appeal_run(plan: Plan, day: int) -> Listed | None:
    found = None
    for listed in plan.appeals.values():
        if listed.run.start <= day and (listed.run.ended is None or day <= listed.run.ended):
            found = listed
    return found


def _extend(plan: Plan, event: Event, pack: LawPack, spent: int, most: int, agency: bool) -> int:
    day = event.date.toordinal()
    request, appeal = _request_run(plan, day), _appeal_run(plan, day)
    applies = event.get("applies_to")
    if applies == "request":
        target = request
    elif applies == "appeal":
        target = appeal
    elif request is not None and request.run.running_on(day):
        target = request
    elif appeal is not None:
        target = appeal
    else:
        target = request
    named: int = event.get("working_days")
    said = told("The extension notice of {day}", day=say(event.date))
    if target is None:
        plan.loose.append(
            told("extension_notice of {day}: no count had started that it could extend.", day=say(event.date))
        )
        return spent
    target.cites.extend(cite for cite in pack.extension.citations if cite not in target.cites)
    if not target.run.running_on(day):
        target.notes.append(told("{said} came when the count had ended: it is without effect.", said=said))
        return spent
    days = min(named, most)
    left = most - (target.run.extended if agency else spent)
    granted = max(0, min(days, left))
    target.run.extend(granted)
    target.assumed = target.assumed or event.assumed
    note = told("{said} adds {granted} working days.", said=said, granted=granted)
    if granted < days:
        note = told(
            "{said} names {days} working days, but {left} of the {most} in all were left: it adds {granted}.",
            said=said, days=days, left=max(left, 0), most=most, granted=granted,
        )  # fmt: skip
    if named > most:
        note = joined(" ", (note, told("It names {named}; beyond {most} it only offers an alternative time frame.",
                                       named=named, most=most)))  # fmt: skip
    target.notes.append(note)
    return min(most, spent + days)


def _agree(plan: Plan, event: Event) -> None:
    until = event.get("until")
    day = event.date.toordinal()
    appeal = _appeal_run(plan, day)
    target = appeal if appeal is not None else _request_run(plan, day)
    if target is None:
        plan.agreed = until or plan.agreed
        return
    target.agreed = until or target.agreed
    if until is not None:
        target.notes.append(
            told(
                "A time frame until {day} was agreed on {day2}; it does not move the statute's limit.",
                day=say(until),
                day2=say(event.date),
            )
        )


def _toll(plan: Plan, asked: Asked, informed: bool, agency: bool) -> bool:
    """Deal one toll out; returns whether the one toll for information is spent by now."""
    day = asked.event.date.toordinal()
    listed = _request_run(plan, day)
    if listed is None:
        plan.own_tolls.append((asked, False))
        return informed
    information = asked.reason == "information"
    said = told("The question about {reason} of {day}", reason=naming.about(asked.reason), day=say(asked.event.date))
    if not listed.run.running_on(day):
        listed.tolls.append((asked, False))
        listed.notes.append(told("{said} came when the count had ended: it pauses nothing.", said=said))
        return informed
    if information and informed and not agency:
        listed.tolls.append((asked, False))
        listed.notes.append(told("{said} is not counted: the statute allows one pause for information.", said=said))
        return informed
    listed.run.pause(day, asked.answer.date.toordinal() if asked.answer else FOREVER)
    listed.tolls.append((asked, True))
    listed.assumed = listed.assumed or asked.event.assumed or (asked.answer is not None and asked.answer.assumed)
    return informed or information
