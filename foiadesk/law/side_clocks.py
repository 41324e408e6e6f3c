"""Clocks beside the count: expedition, tracking number, questions to answer, reminders."""

from datetime import date

from foiadesk.law import naming
from foiadesk.law.agencies import AgencyRules
from foiadesk.law.answers import Clock, ExhaustionState, ExpeditionExhaustion, say
from foiadesk.law.calendars import Calendar
from foiadesk.law.history import History
from foiadesk.law.making import Maker
from foiadesk.law.packs import LawPack
from foiadesk.law.plan import answered_by
from foiadesk.records import Event, EventKind
from foiadesk.records.speech import say as told

K = EventKind


def _plus(day: date, days: int | None) -> date:
    return date.fromordinal(day.toordinal() + (days or 0))


def _paired(asked: list[Event], answered: list[Event]) -> tuple[list[tuple[Event, Event | None]], list[Event]]:
    """Pair each answer with the earliest open question; returns the pairs and the answers to nothing."""
    answers: dict[int, Event] = {}
    loose = []
    for answer in answered:
        for number, question in enumerate(asked):
            if number not in answers and question.date <= answer.date:
                answers[number] = answer
                break
        else:
            loose.append(answer)
    return [(question, answers.get(number)) for number, question in enumerate(asked)], loose


def expedition_clocks(
    history: History, pack: LawPack, rules: AgencyRules, make: Maker, received: date | None
) -> tuple[list[Clock], ExpeditionExhaustion]:
    """Return the clocks of each wish for expedition, and whether refusal or silence may be sued on."""
    nothing = ExpeditionExhaustion(ExhaustionState.NOT_APPLICABLE, None)
    wishes, decisions = history.all(K.EXPEDITION_REQUESTED), history.all(K.EXPEDITION_DECIDED)
    if not wishes and not decisions:
        return [], nothing
    rule = pack.clocks["expedition"]
    pairs, loose = _paired(wishes, decisions)
    for event in loose:
        history.warnings.append(
            told(
                "{kind} of {day}: no request for expedition was entered.",
                kind=naming.event(event.kind),
                day=say(event.date),
            )
        )
    answer = answered_by(history)
    found: list[Clock] = []
    states = []
    for wish, decision in pairs:
        due = _plus(wish.date, rule.days)
        notes = []
        if wish.get("certified") is not True:
            history.warnings.append(
                told(
                    "The request for expedition of {day} is not certified as true and correct, 5 U.S.C. "
                    "552(a)(6)(E)(vi): "
                    "the agency may refuse it for that alone.",
                    day=say(wish.date),
                )
            )
        latest = None
        if rules.expedition_from_receipt and received is not None and received > wish.date:
            latest = _plus(received, rule.days)
            notes.append(told("The agency's own rule may count from receipt; that is unverified."))
        ended = answer.date if answer and decision is None and answer.date >= wish.date else None
        clock = make.make(
            rule,
            about="expedition",
            start=wish.date,
            due=due,
            met_on=decision.date if decision else None,
            ended_on=ended,
            latest=latest,
            assumed=wish.assumed,
            notes=tuple(notes),
        )
        found.append(clock)
        states.append(_expedition_state(make, due, decision, answered=answer is not None))
    state = _of_all(states)
    refused = [event for event in loose if event.get("granted") is False]
    if not wishes and refused and answer is None and make.closed_on is None:
        state = ExpeditionExhaustion(ExhaustionState.OPEN, refused[0].date)
    return found, state


def _of_all(states: list[ExpeditionExhaustion]) -> ExpeditionExhaustion:
    """A right once open is not closed by asking again; granting any wish closes it."""
    first = ExpeditionExhaustion(ExhaustionState.NOT_APPLICABLE, None)
    for state in states:
        if state.state is ExhaustionState.NOT_APPLICABLE:
            return state
        if state.since is not None and (first.since is None or state.since < first.since):
            first = state
    return first if first.since is not None or not states else states[-1]


def _expedition_state(make: Maker, due: date, decision: Event | None, *, answered: bool) -> ExpeditionExhaustion:
    """A refusal or silence may be sued on at once; a complete answer on the request ends that."""
    if answered or make.closed_on is not None or (decision is not None and decision.get("granted")):
        return ExpeditionExhaustion(ExhaustionState.NOT_APPLICABLE, None)
    silent_since = _plus(due, 1)
    if decision is not None:
        return ExpeditionExhaustion(ExhaustionState.OPEN, min(decision.date, silent_since))
    if make.today > due:
        return ExpeditionExhaustion(ExhaustionState.OPEN, silent_since)
    return ExpeditionExhaustion(ExhaustionState.NOT_YET, None)


def tracking_clock(
    history: History, pack: LawPack, make: Maker, received: date | None, *, assumed: bool
) -> list[Clock]:
    """Return the clock of the tracking number, once the request was received."""
    if received is None or "tracking_number" not in pack.clocks or received > make.today:
        return []
    rule = pack.clocks["tracking_number"]
    given = [
        event.date
        for event in history.events
        if (event.kind is K.TRACKING_NUMBER and event.get("reason") in {"initial", "component", "other"})
        or (event.kind is K.ACKNOWLEDGED and event.get("tracking_number"))
    ]
    answer = answered_by(history)
    return [
        make.make(
            rule,
            about="request",
            start=received,
            due=_plus(received, rule.days),
            met_on=given[0] if given else None,
            ended_on=answer.date if answer and not given else None,
            assumed=assumed,
        )
    ]


def question_clocks(
    history: History, pack: LawPack, rules: AgencyRules, calendar: Calendar, make: Maker
) -> list[Clock]:
    """Return what the requester has to answer: clarifications, fees, "still interested?"."""
    found: list[Clock] = []
    answer = answered_by(history)
    determined = answer.date if answer else None
    for asked in history.asked:
        kind = "clarification" if asked.family == "clarification" else "fee_answer"
        found.append(_question(make, pack, rules, calendar, kind, asked.reason, asked.event, asked.answer, determined))
    pairs, loose = _paired(history.all(K.STILL_INTERESTED_ASKED), history.all(K.STILL_INTERESTED_ANSWERED))
    for event in loose:
        history.warnings.append(
            told(
                "{kind} of {day} answers no question entered before.",
                kind=naming.event(event.kind),
                day=say(event.date),
            )
        )
    for question, reply in pairs:
        found.append(_question(make, pack, rules, calendar, "still_interested", "request", question, reply, determined))
    return found


def _question(
    make: Maker, pack: LawPack, rules: AgencyRules, calendar: Calendar, kind: str, about: str, event: Event,
    reply: Event | None, determined: date | None,
) -> Clock:  # fmt: skip
    rule = pack.clocks[kind]
    due: date | None = event.get("answer_by")
    unit = count = None
    notes: tuple[str, ...] = ()
    basis = rule.citations
    if due is not None:
        notes = (told("The last day is the one the agency named."),)
    elif kind == "clarification" and rules.clarification_days is not None:
        unit, count = rules.clarification_unit, rules.clarification_days
        ordinal = event.date.toordinal()
        due = date.fromordinal(calendar.add(ordinal, count) if unit == "working" else ordinal + count)
        basis = (rules.clarification_citation, *rule.citations)
    else:
        notes = (told("No last day is known; an unanswered question may be taken as a withdrawal."),)
    ended = determined if reply is None and determined is not None and determined >= event.date else None
    return make.make(
        rule,
        about=about,
        start=event.date,
        due=due,
        met_on=reply.date if reply else None,
        ended_on=ended,
        unit=unit,
        count=count,
        basis=basis,
        assumed=event.assumed,
        notes=notes,
    )


def reminder_clocks(history: History, pack: LawPack, make: Maker) -> list[Clock]:
    """Return the reminders the requesters set themselves. They move nothing."""
    return [
        make.make(
            pack.clocks["reminder"],
            about=event.get("what") or event.note or None,
            start=event.date,
            due=event.get("due"),
        )
        for event in history.all(K.REMINDER)
    ]
