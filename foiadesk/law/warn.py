"""Warnings: dates that cannot be as entered, and what endangers rights. Nothing is refused here."""

from collections.abc import Sequence
from datetime import date

from foiadesk.law import naming
from foiadesk.law.agency_clocks import AgencyClocks
from foiadesk.law.answers import Clock, ClockState, say
from foiadesk.law.appeal_window import Window
from foiadesk.law.history import History
from foiadesk.law.plan import answered_by
from foiadesk.law.standing import Situation
from foiadesk.records import EventKind
from foiadesk.records.speech import say as told

K = EventKind
# What an agency can only do with a request it has; a determination is compared with the start of its count instead.
_AGENCY_ACTS = frozenset({
    K.ACKNOWLEDGED, K.ROUTED, K.PERFECTION_CLAIMED, K.CLARIFICATION_ASKED, K.FEE_ESTIMATE, K.EXTENSION_NOTICE,
    K.INTERIM_RELEASE, K.STILL_INTERESTED_ASKED, K.COMPLETION_DATE_GIVEN, K.REFERRED, K.CONSULTED,
})  # fmt: skip


def add_warnings(history: History, now: Situation, owed: AgencyClocks, windows: Sequence[Window]) -> None:
    """Add to the history's warnings what the clocks bring to light."""
    _of_order(history)
    _of_answers(history, owed)
    if history.appeals or windows:
        _of_appeals(history, windows)
    if now.limitation_passed and now.limitation is not None:
        history.warnings.append(told("The time to sue ran out on {day}, 28 U.S.C. 2401(a).", day=say(now.limitation)))
    if now.start.day is None and history.all(K.DELIVERY_PROVED):
        proved = history.all(K.DELIVERY_PROVED)[-1]
        history.warnings.append(
            told("Delivery was proved on {day}; enter the receipt so that the count can start.", day=say(proved.date))
        )


def _of_order(history: History) -> None:
    """Warn of acts of the agency on a request that had not even been sent by then."""
    known = [event.date for kind in (K.REQUEST_SENT, K.REQUEST_RECEIVED) for event in history.all(kind)]
    first = min(known, default=None)
    if first is None or history.events[0].date >= first:
        return
    for event in history.events:
        if event.date < first and event.kind in _AGENCY_ACTS:
            history.warnings.append(
                told(
                    "{kind} of {day} is dated before the request, {day2}.",
                    kind=naming.event(event.kind),
                    day=say(event.date),
                    day2=say(first),
                )
            )


def warn_of_early_answer(history: History, own: Clock) -> None:
    """Warn of an answer dated before the count of the request starts."""
    first = answered_by(history)
    if first is not None and own.start is not None and first.date < own.start:
        history.warnings.append(
            told(
                "{kind} of {day} is dated before the count starts, {day2}.",
                kind=naming.event(first.event.kind),
                day=say(first.date),
                day2=say(own.start),
            )
        )


def _of_answers(history: History, owed: AgencyClocks) -> None:
    warnings, own, suit = history.warnings, owed.own, history.suit
    warn_of_early_answer(history, own)
    for decision in history.decisions:
        if decision.event.get("appeal_notice") is False:
            warnings.append(
                told(
                    "The determination of {day} names no right to appeal: arguably not a determination (CREW v. FEC).",
                    day=say(decision.date),
                )
            )
        if suit is not None and decision.date == suit.date:
            warnings.append(
                told("A determination and the suit are both dated {day}: taken as in suit.", day=say(suit.date))
            )
    if suit is not None:
        _of_suit(history, suit.date, owed)
    wishes = history.all(K.FEE_WAIVER_REQUESTED)
    for event in history.all(K.FEE_WAIVER_DECIDED):
        if not wishes or wishes[0].date > event.date:
            warnings.append(
                told("fee_waiver_decided of {day}: no request for a waiver was entered before.", day=say(event.date))
            )


def _of_suit(history: History, filed: date, owed: AgencyClocks) -> None:
    """Warn of a suit that came before the administrative way had ended."""
    answers = [decision for decision in history.decisions if decision.stands and decision.date < filed]
    if not answers:
        first = answered_by(history)
        early = owed.own.due is None or filed <= owed.own.due
        if early and (first is None or first.date > filed):
            history.warnings.append(
                told("The suit of {day} was filed before the agency's time had run out.", day=say(filed))
            )
        return
    latest = answers[-1]
    if not latest.appealable or latest.outcome == "full_grant":
        return
    against = [(appeal, clock) for appeal, clock in owed.appeals if appeal.against is latest]
    for appeal, clock in against:
        decided = appeal.decided is not None and appeal.decided.date <= filed
        if decided or (clock.due is not None and clock.due < filed):
            return
    history.warnings.append(
        told(
            "The suit of {day} was filed before the appeal was decided or its time had run out: the agency answered on "
            "{day2} (Oglesby v. Army)."
            if against
            else "The suit of {day} was filed before the answer was appealed: the agency answered on {day2} "
            "(Oglesby v. "
            "Army).",
            day=say(filed),
            day2=say(latest.date),
        )
    )


def _of_appeals(history: History, windows: Sequence[Window]) -> None:
    warnings = history.warnings
    for appeal in history.appeals:
        first_day = appeal.first_day
        if appeal.received is not None and appeal.sent_on is not None and appeal.received.date < appeal.sent_on:
            warnings.append(
                told(
                    "appeal_received of {day} is dated before the appeal was sent on {day2}.",
                    day=say(appeal.received.date),
                    day2=say(appeal.sent_on),
                )
            )
        if appeal.about == "request" and appeal.against is None:
            if history.decisions and history.decisions[0].date > first_day:
                warnings.append(told("The appeal of {day} is dated before any determination.", day=say(first_day)))
        elif appeal.about == "fee_waiver" and appeal.against is None:
            warnings.append(
                told("The appeal of {day} is about a fee waiver that was not refused by then.", day=say(first_day))
            )
    for window in windows:
        clock = window.clock
        if clock.state is ClockState.MISSED and clock.met_on is not None:
            unsent = window.basis == "sent" and not any(
                appeal.sent for appeal in history.appeals if appeal.against is window.decision
            )
            warnings.append(
                told(
                    "The appeal of {day} came after its last day, {day2}. When it was sent is not entered; sending "
                    "it in "
                    "time is enough."
                    if unsent
                    else "The appeal of {day} came after its last day, {day2}.",
                    day=say(clock.met_on),
                    day2=say(clock.due),
                )
            )
