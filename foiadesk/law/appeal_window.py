"""The time to appeal: the agency's rule, the letter, or the safest reading of the statute; and what meets it."""

from dataclasses import replace
from datetime import date

from foiadesk.frozen import dataclass
from foiadesk.law import naming
from foiadesk.law.agencies import AgencyRules
from foiadesk.law.answers import Clock, ClockState, say
from foiadesk.law.calendars import Calendar
from foiadesk.law.history import Appeal, Decision, History
from foiadesk.law.making import Maker
from foiadesk.law.packs import LawPack, Rule
from foiadesk.law.plan import appeal_receipt
from foiadesk.records import EventKind
from foiadesk.records.speech import iso_day
from foiadesk.records.speech import say as told


@dataclass(frozen=True, slots=True)
class Window:
    """A time to appeal and the clock that counts it. ``timely``: an appeal met it; None: none did, yet."""

    decision: Decision
    clock: Clock
    basis: str

    @property
    def running(self) -> bool:
        """Whether there is still time to appeal."""
        return self.clock.state is ClockState.RUNNING


@dataclass(frozen=True, slots=True)
class _Period:
    due: date
    days: int
    unit: str
    basis: str
    source: str  # "rule", "letter", "statute"


def _end(calendar: Calendar, start: date, days: int, unit: str) -> date:
    if unit == "working":
        return date.fromordinal(calendar.add(start.toordinal(), days))
    return date.fromordinal(start.toordinal() + days)


def _known(
    decision: Decision, general: Rule, rules: AgencyRules, calendar: Calendar
) -> tuple[_Period | None, _Period | None]:
    """Return what the agency's rule or the letter says, the earlier when both do, and the other one."""
    start, event = decision.date, decision.event
    rule: _Period | None = None
    if rules.appeal_days is not None:
        unit, basis = rules.appeal_unit or "calendar", rules.appeal_basis or "received"
        rule = _Period(_end(calendar, start, rules.appeal_days, unit), rules.appeal_days, unit, basis, "rule")
    letter_days, letter_basis = event.get("appeal_days"), event.get("appeal_basis")
    if letter_days is None:
        if rule is not None and letter_basis == "received":
            rule = replace(rule, basis=letter_basis)  # meeting the stricter of the two meets both
        return rule, None
    unit = event.get("appeal_unit") or "calendar"
    basis = letter_basis or (rule.basis if rule else general.basis)
    letter = _Period(_end(calendar, start, letter_days, unit), letter_days, unit, basis, "letter")
    if rule is None:
        return letter, None
    if letter.due == rule.due:
        basis = "received" if "received" in {rule.basis, letter.basis} else "sent"
        return _Period(rule.due, rule.days, rule.unit, basis, "rule"), None
    return (letter, rule) if letter.due < rule.due else (rule, letter)


def _period(
    decision: Decision, pack: LawPack, rules: AgencyRules, calendar: Calendar
) -> tuple[_Period, date | None, date | None, list[str]]:
    """Return the period that holds, an earlier and a later reading, and what must be said of them."""
    general = pack.clocks["appeal_window"]
    least = general.days or 0
    start = decision.date
    floor = _end(calendar, start, least, "calendar")
    notes: list[str] = []
    chosen, other = _known(decision, general, rules, calendar)
    if chosen is None:
        basis = decision.event.get("appeal_basis") or general.basis
        chosen = _Period(floor, least, general.unit or "calendar", basis, "statute")
        notes.append(general.unsettled)
        if rules.outdated_days is not None:
            notes.append(
                told(
                    "The agency's rule at hand ({cite}) names {days} days, fewer than the statute's {least}: it is "
                    "older "
                    "than the statute.",
                    cite=rules.appeal_citation,
                    days=rules.outdated_days,
                    least=least,
                )
            )
    earlier = later = None
    if chosen.due < floor:
        notes.append(
            told(
                "The letter names {period}, until {day}; the statute gives at least {least} calendar days. Better "
                "appeal "
                "by then."
                if chosen.source == "letter"
                else "The rule names {period}, until {day}; the statute gives at least {least} calendar days. Better "
                "appeal by then.",
                period=naming.days(chosen.days, chosen.unit),
                day=say(chosen.due),
                least=least,
            )
        )
        earlier = chosen.due
        chosen = _Period(floor, least, "calendar", chosen.basis, chosen.source)
    if other is not None:
        if other.due > chosen.due:
            later = other.due
        notes.append(
            told(
                "The letter gives {period}, until {day}; the earlier of the two is used."
                if other.source == "letter"
                else "The agency’s rule gives {period}, until {day}; the earlier of the two is used.",
                period=naming.days(other.days, other.unit),
                day=say(other.due),
            )
        )
    if chosen.basis == "sent":
        notes.append(told("It is met by sending the appeal (postmark or transmission) by the last day."))
    else:
        notes.append(told("The appeal must be in the agency's hands by the last day."))
    return chosen, earlier, later, notes


def _met(window_basis: str, appeals: list[Appeal], pack: LawPack, due: date) -> tuple[date | None, bool]:
    """Return the day the appeal met the window (or came too late), and whether that is assumed."""
    days: list[tuple[date, bool]] = []
    for appeal in appeals:
        receipt, assumed = appeal_receipt(appeal, pack)
        if window_basis == "sent" and appeal.sent:
            days.append((appeal.sent[0].date, appeal.sent[0].assumed))
        elif receipt is not None:
            days.append((receipt, assumed))
        elif appeal.decided is not None and appeal.decided.date <= due:
            days.append((appeal.decided.date, True))  # a decision in time shows an appeal in time
    return min(days) if days else (None, False)


def appeal_windows(
    history: History, pack: LawPack, rules: AgencyRules, calendar: Calendar, make: Maker
) -> list[Window]:
    """Return the time to appeal that each adverse answer opened, in order."""
    found = []
    for decision in (*history.decisions, *history.side_decisions):
        if not decision.appealable:
            continue
        period, earlier, later, notes = _period(decision, pack, rules, calendar)
        against = [appeal for appeal in history.appeals if appeal.against is decision]
        met_on, assumed = _met(period.basis, against, pack, period.due)
        ended = None
        if not decision.stands:
            reopened = [event.date for event in history.all(EventKind.REOPENED) if event.date >= decision.date]
            ended = reopened[0] if reopened else None
            notes.append(told("The request was reopened: this answer no longer stands."))
        if met_on is None and any(appeal.sent for appeal in against):
            notes.append(
                told("An appeal was sent, but no receipt of it is entered, and mail is never taken as received.")
            )
        if rules.appeal_note and period.source == "rule":
            notes.append(rules.appeal_note)
        if rules.appeal_counted_from_receipt and period.source == "rule":
            notes.append(told("The rule counts from the day the letter was received; counting from its date is safer."))
        if decision.outcome == "full_grant":
            notes.append(told("Everything was granted: an appeal could only concern whether the search was adequate."))
        if decision.event.get("appeal_notice") is False:
            notes.append(told("The letter names no right to appeal: it is arguably not a determination (CREW v. FEC)."))
        general = pack.clocks["appeal_window"]
        basis = general.citations
        if period.source == "rule" or (rules.appeal_days is not None and rules.appeal_citation):
            basis = (rules.appeal_citation, *general.citations)
        clock = make.make(
            general,
            about=decision.about,
            start=decision.date,
            due=period.due,
            met_on=met_on,
            ended_on=ended,
            unit=period.unit,
            count=period.days,
            earliest=earlier,
            latest=later,
            basis=basis,
            assumed=assumed or decision.event.assumed,
            unverified=period.source == "rule" and not rules.verified,
            notes=tuple(notes),
            rules=_sentences(period, rules, pack),
        )
        found.append(Window(decision, replace(clock, met_by=period.basis), period.basis))
    return found


def _sentences(period: _Period, rules: AgencyRules, pack: LawPack) -> tuple[tuple[str, str], ...]:
    general = pack.clocks["appeal_window"]
    found = [(general.says, "; ".join(general.citations))]
    if period.source == "rule":
        cite = rules.appeal_citation
        if rules.as_of:
            cite = told("{cite}, as of {day}", cite=cite, day=iso_day(rules.as_of))
        found.append((told("This agency's rule gives {period}.", period=naming.days(period.days, period.unit)), cite))
    elif period.source == "letter":
        gives = told("The letter gives {period}.", period=naming.days(period.days, period.unit))
        found.append((gives, told("the determination letter")))
    return tuple(found)
