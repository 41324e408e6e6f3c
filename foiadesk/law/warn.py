"""Warnings: dates that cannot be as entered, and what endangers rights. Nothing is refused here."""

from collections.abc import Sequence
from datetime import date

from foiadesk.law.agency_clocks import AgencyClocks
from foiadesk.law.answers import ClockState, say
from foiadesk.law.appeal_window import Window
from foiadesk.law.history import History
from foiadesk.law.plan import answered_by
from foiadesk.law.standing import Situation
from foiadesk.records import EventKind

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
        history.warnings.append(f"The time to sue ran out on {say(now.limitation)}, 28 U.S.C. 2401(a).")
    if now.start.day is None and history.all(K.DELIVERY_PROVED):
        proved = history.all(K.DELIVERY_PROVED)[-1]
        history.warnings.append(
            f"Delivery was proved on {say(proved.date)}; enter the receipt so that the count can start."
        )


def _of_order(history: History) -> None:
    """Warn of acts of the agency on a request that had not even been sent by then."""
    known = [event.date for kind in (K.REQUEST_SENT, K.REQUEST_RECEIVED) for event in history.all(kind)]
    first = min(known, default=None)
    if first is None or history.events[0].date >= first:
        return
    for event in history.events:
        if event.date < first and event.kind in _AGENCY_ACTS:
            history.warnings.append(f"{event.kind} of {say(event.date)} is dated before the request, {say(first)}.")


def _of_answers(history: History, owed: AgencyClocks) -> None:
    warnings, own, suit = history.warnings, owed.own, history.suit
    first = answered_by(history)
    if first is not None and own.start is not None and first.date < own.start:
        warnings.append(f"{first.event.kind} of {say(first.date)} is dated before the count starts, {say(own.start)}.")
    for decision in history.decisions:
        if decision.event.get("appeal_notice") is False:
            warnings.append(
                f"The determination of {say(decision.date)} names no right to appeal: arguably not a determination "
                "(CREW v. FEC)."
            )
        if suit is not None and decision.date == suit.date:
            warnings.append(f"A determination and the suit are both dated {say(suit.date)}: taken as in suit.")
    if suit is not None:
        _of_suit(history, suit.date, owed)
    wishes = history.all(K.FEE_WAIVER_REQUESTED)
    for event in history.all(K.FEE_WAIVER_DECIDED):
        if not wishes or wishes[0].date > event.date:
            warnings.append(f"fee_waiver_decided of {say(event.date)}: no request for a waiver was entered before.")


def _of_suit(history: History, filed: date, owed: AgencyClocks) -> None:
    """Warn of a suit that came before the administrative way had ended."""
    answers = [decision for decision in history.decisions if decision.stands and decision.date < filed]
    said = f"The suit of {say(filed)} was filed before"
    if not answers:
        first = answered_by(history)
        early = owed.own.due is None or filed <= owed.own.due
        if early and (first is None or first.date > filed):
            history.warnings.append(f"{said} the agency's time had run out.")
        return
    latest = answers[-1]
    if not latest.appealable or latest.outcome == "full_grant":
        return
    against = [(appeal, clock) for appeal, clock in owed.appeals if appeal.against is latest]
    for appeal, clock in against:
        decided = appeal.decided is not None and appeal.decided.date <= filed
        if decided or (clock.due is not None and clock.due < filed):
            return
    what = "the appeal was decided or its time had run out" if against else "the answer was appealed"
    history.warnings.append(f"{said} {what}: the agency answered on {say(latest.date)} (Oglesby v. Army).")


def _of_appeals(history: History, windows: Sequence[Window]) -> None:
    warnings = history.warnings
    for appeal in history.appeals:
        first_day = appeal.first_day
        if appeal.received is not None and appeal.sent_on is not None and appeal.received.date < appeal.sent_on:
            warnings.append(
                f"appeal_received of {say(appeal.received.date)} is dated before the appeal was sent on "
                f"{say(appeal.sent_on)}."
            )
        if appeal.about == "request" and appeal.against is None:
            if history.decisions and history.decisions[0].date > first_day:
                warnings.append(f"The appeal of {say(first_day)} is dated before any determination.")
        elif appeal.about == "fee_waiver" and appeal.against is None:
            warnings.append(f"The appeal of {say(first_day)} is about a fee waiver that was not refused by then.")
    for window in windows:
        clock = window.clock
        if clock.state is ClockState.MISSED and clock.met_on is not None:
            unsent = window.basis == "sent" and not any(
                appeal.sent for appeal in history.appeals if appeal.against is window.decision
            )
            more = " When it was sent is not entered; sending it in time is enough." if unsent else ""
            warnings.append(f"The appeal of {say(clock.met_on)} came after its last day, {say(clock.due)}.{more}")
