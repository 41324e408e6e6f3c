"""Appeals under any law but the federal one: the time to appeal, the decision, the next review, the time to sue."""

from dataclasses import replace
from datetime import date

from foiadesk.frozen import dataclass
from foiadesk.law import naming
from foiadesk.law.answers import Clock, ClockState, say
from foiadesk.law.general_counting import Counting, begin, finish, missed, not_started
from foiadesk.law.general_runs import Run
from foiadesk.law.history import Appeal, Decision, History
from foiadesk.law.making import Maker
from foiadesk.law.packs import LawPack, Rule
from foiadesk.law.periods import end_of
from foiadesk.law.plan import appeal_receipt
from foiadesk.records import EventKind
from foiadesk.records.speech import say as told

K = EventKind
_ENDED = frozenset({"affirmed", "partly", "untimely", "moot"})
_UNKNOWN_WINDOW = Rule(
    "appeal_window", "requester", "This law's pack knows no time to appeal: check the letter and the statute.",
    verified=False,
)  # fmt: skip
_UNKNOWN_DECISION = Rule(
    "appeal_determination", "agency", "This law's pack knows no time for deciding an appeal: check the statute.",
    verified=False,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Window:
    """A time to appeal. decision None: it was opened by silence."""

    decision: Decision | None
    clock: Clock
    body: str

    @property
    def running(self) -> bool:
        """Whether there is still time to appeal, as far as the pack knows."""
        return self.clock.state is ClockState.RUNNING


def _met(basis: str, appeals: list[Appeal], pack: LawPack, due: date | None) -> tuple[date | None, bool]:
    days: list[tuple[date, bool]] = []
    for appeal in appeals:
        receipt, assumed = appeal_receipt(appeal, pack)
        if basis == "sent" and appeal.sent:
            days.append((appeal.sent[0].date, appeal.sent[0].assumed))
        elif receipt is not None:
            days.append((receipt, assumed))
        elif appeal.decided is not None and (due is None or appeal.decided.date <= due):
            days.append((appeal.decided.date, True))
    return min(days) if days else (None, False)


def windows(history: History, pack: LawPack, make: Maker, own: Clock) -> list[Window]:
    """Return the time to appeal that each adverse answer, or silence, opened."""
    found = [
        _of_decision(decision, history, pack, make)
        for decision in history.decisions
        if decision.appealable and decision.outcome != "full_grant"
    ]
    rule = pack.clocks.get("appeal_window")
    if rule is not None and rule.from_silence and missed(own) and own.met_on is None and own.due is not None:
        against = [appeal for appeal in history.appeals if appeal.about == "request" and appeal.against is None]
        counting = begin(make.calendar, rule, own.due)
        met_on, assumed = _met(rule.basis, against, pack, counting.due)
        notes = (told("Opened by silence: counted from the day the answer was due."), _how(rule.basis))
        clock = finish(make, rule, counting, own.due, met_on=met_on, assumed=assumed or own.assumed, notes=notes)
        found.append(Window(None, replace(clock, met_by=rule.basis), rule.body))
    return [window for window in found if window is not None]


def _how(basis: str) -> str:
    if basis == "sent":
        return told("It is met by sending the appeal by the last day.")
    return told("Taken as met only when the appeal is received: whether sending suffices is not in this pack.")


def _of_decision(decision: Decision, history: History, pack: LawPack, make: Maker) -> Window | None:
    rule = pack.clocks.get("appeal_window")
    event = decision.event
    days = event.get("appeal_days")
    if rule is None and days is None and pack.review.path == "court":
        return None
    base = rule or _UNKNOWN_WINDOW
    start = decision.date
    counting = begin(make.calendar, base, start)
    notes = []
    used = base
    if days is not None:
        unit = event.get("appeal_unit") or "calendar"
        letter = end_of(make.calendar, start, days, unit)
        gives = naming.period(days, unit)
        notes.append(
            told("The letter gives {period}, until {day}.", period=gives, day=say(letter.due))
            if letter.due
            else told("The letter gives {period}.", period=gives)
        )
        if counting.due is None or (letter.due is not None and letter.due < counting.due):
            if counting.due is not None:
                notes.append(
                    told("The law's own time runs until {day}; the earlier of the two is used.", day=say(counting.due))
                )
            later = [counting.due] if counting.due else []
            counting = Counting([(days, unit)], [], Run(letter.due, letter.latest, letter.left_out, letter.note),
                                later=later)  # fmt: skip
            used = replace(base, days=days, unit=unit, roll="none")
    basis = event.get("appeal_basis") or base.basis
    against = [appeal for appeal in history.appeals if appeal.against is decision]
    met_on, assumed = _met(basis, against, pack, counting.due)
    ended = None
    if not decision.stands:
        reopened = [event.date for event in history.all(K.REOPENED) if event.date >= decision.date]
        ended = reopened[0] if reopened else None
        notes.append(told("The request was reopened: this answer no longer stands."))
    if base.body:
        notes.append(told("To {body}.", body=told(base.body)))
    clock = finish(make, used, counting, start, met_on=met_on, ended_on=ended, assumed=assumed or event.assumed,
                   notes=(*notes, _how(basis)))  # fmt: skip
    return Window(decision, replace(clock, met_by=basis), base.body)


def decisions_due(history: History, pack: LawPack, make: Maker) -> list[tuple[Appeal, Clock]]:
    """Return the clock of each appeal's decision."""
    rule = pack.clocks.get("appeal_determination", _UNKNOWN_DECISION)
    found = []
    for appeal in history.appeals:
        if appeal.about != "request":
            continue
        received, assumed = appeal_receipt(appeal, pack)
        decided = appeal.decided.date if appeal.decided else None
        if received is None:
            note = (
                (told("No receipt of the appeal is entered, and mail is never taken as received."),)
                if appeal.sent
                else ()
            )
            found.append((appeal, not_started(make, rule, met_on=decided, notes=note)))
            continue
        counting = begin(make.calendar, rule, received)
        found.append((appeal, finish(make, rule, counting, received, met_on=decided, assumed=assumed)))
    return found


def next_reviews(history: History, pack: LawPack, make: Maker) -> list[Clock]:
    """Return the time to go on to the next body or court after an appeal was decided."""
    rule = pack.clocks.get("review_window")
    if rule is None:
        return []
    found = []
    for appeal in history.appeals:
        if appeal.about != "request" or appeal.decided is None or appeal.decided.get("outcome") not in _ENDED:
            continue
        start = appeal.decided.date
        suit = history.suit.date if history.suit and history.suit.date >= start else None
        notes = (told("To {body}.", body=told(rule.body)),) if rule.body else ()
        found.append(finish(make, rule, begin(make.calendar, rule, start), start, met_on=suit,
                            assumed=appeal.decided.assumed, notes=notes))  # fmt: skip
    return found


def limitation(history: History, pack: LawPack, make: Maker, own: Clock, silent_since: date | None) -> list[Clock]:
    """Return the time to sue, from the day the pack knows the right to have arisen: silence, an answer, or an appeal's
    decision."""
    rule = pack.clocks.get("limitation")
    if rule is None:
        return []
    days = [silent_since] if silent_since else []
    adverse = [one.date for one in history.decisions if one.stands and one.appealable and one.outcome != "full_grant"]
    if adverse and pack.review.path != "required":
        days.append(adverse[0])
    days += [
        appeal.decided.date
        for appeal in history.appeals
        if appeal.about == "request" and appeal.decided is not None and appeal.decided.get("outcome") in _ENDED
    ]
    if not days:
        return []
    start = min(days)
    note = told(
        "Counted from {day}, the first day the right may have arisen: the safest reading. Check the statute.",
        day=say(start),
    )
    suit = history.suit.date if history.suit else None
    return [finish(make, rule, begin(make.calendar, rule, start), start, met_on=suit, assumed=own.assumed,
                   notes=(note,))]  # fmt: skip
