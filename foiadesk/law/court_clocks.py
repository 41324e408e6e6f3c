"""Clocks of a suit: six years to file, service, the agency's answer, dates a court set."""

from datetime import date

from foiadesk.law.answers import Clock, say
from foiadesk.law.arithmetic import same_day_years_later
from foiadesk.law.calendars import Calendar
from foiadesk.law.history import History
from foiadesk.law.making import Maker
from foiadesk.law.packs import LawPack
from foiadesk.records import EventKind
from foiadesk.records.speech import say as told

K = EventKind
_COMPLIED = frozenset({K.PRODUCTION, K.VAUGHN_RECEIVED, K.STATUS_REPORT, K.JUDGMENT, K.SETTLED})


def limitation_clock(
    history: History, pack: LawPack, make: Maker, accrued: date | None, *, assumed: bool
) -> list[Clock]:
    """Return the six years to sue, once a right of action has accrued. Nothing later moves them."""
    if accrued is None or "limitation" not in pack.clocks:
        return []
    rule = pack.clocks["limitation"]
    notes: list[str] = [told("The right of action accrued on {day}.", day=say(accrued))]
    if (accrued.month, accrued.day) == (2, 29):
        notes.append(rule.unsettled)
    return [
        make.make(
            rule,
            about="request",
            start=accrued,
            due=same_day_years_later(accrued, rule.days or 0),
            met_on=history.suit.date if history.suit else None,
            assumed=assumed,
            notes=tuple(notes),
        )
    ]


def court_clocks(history: History, pack: LawPack, calendar: Calendar, make: Maker) -> list[Clock]:
    """Return service, the complaint's answer and the dates of orders."""
    found: list[Clock] = []
    suit, served, answered = history.suit, history.all(K.SERVED), history.first(K.ANSWERED)
    attorney = next((event for event in served if event.get("on") == "us_attorney"), None)
    first = attorney or (served[0] if served else None)
    if suit is not None:
        rule = pack.clocks["service"]
        found.append(
            make.make(
                rule,
                about="suit",
                start=suit.date,
                due=date.fromordinal(suit.date.toordinal() + (rule.days or 0)),
                met_on=first.date if first else None,
                notes=(told("Service is complete only on the U.S. attorney, the Attorney General and the agency."),),
            )
        )
    if first is not None:
        if suit is None or first.date < suit.date:
            history.warnings.append(told("served on {day}: no suit had been filed by then.", day=say(first.date)))
        if answered is not None and answered.date < first.date:
            history.warnings.append(
                told(
                    "answered on {day}: the complaint was served on {day2}.",
                    day=say(answered.date),
                    day2=say(first.date),
                )
            )
        rule = pack.clocks["complaint_answer"]
        raw = first.date.toordinal() + (rule.days or 0)
        notes: tuple[str, ...] = ()
        if attorney is None:
            notes = (told("Counted from the first service entered; none on the U.S. attorney is."),)
        found.append(
            make.make(
                rule,
                about="suit",
                start=first.date,
                due=date.fromordinal(calendar.forward(raw) if rule.roll == "forward" else raw),
                met_on=answered.date if answered else None,
                notes=notes,
            )
        )
    elif answered is not None:
        history.warnings.append(told("answered on {day}: no service was entered before.", day=say(answered.date)))
    for order in history.all(K.ORDER):
        after = [event.date for event in history.events if event.kind in _COMPLIED and event.date >= order.date]
        due = order.get("due")
        found.append(
            make.make(
                pack.clocks["order"],
                about=order.get("what") or None,
                start=order.date,
                due=due,
                met_on=after[0] if after and due is not None else None,
                notes=(told("Taken as met by the first production, index, report or judgment entered after it."),)
                if after and due is not None
                else (),
            )
        )
    return found
