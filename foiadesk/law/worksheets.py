"""A clock opened up: every day from its start, counted or not and why, with the rules and what is uncertain."""

from datetime import date

from foiadesk.frozen import dataclass
from foiadesk.law import naming
from foiadesk.law.answers import Clock, ClockState, say
from foiadesk.law.calendars import CLOSURE, WEEKEND, Calendar
from foiadesk.law.holiday_names import holiday_name
from foiadesk.law.packs import LawPack
from foiadesk.records.speech import Said
from foiadesk.records.speech import say as told

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_REASONS = {WEEKEND: "weekend", "paused": "paused", CLOSURE: "closure"}
LONGEST = 800  # days listed one by one; a longer period (six years to sue) is given by its ends


@dataclass(frozen=True, slots=True)
class WorksheetDay:
    """One day. number: the day's place in the count; None when it is not counted."""

    date: date
    number: int | None
    counted: bool
    why: str


@dataclass(frozen=True, slots=True)
class Worksheet:
    """How a date was counted. rules: sentences with their citations; notes: what is assumed or uncertain."""

    title: str
    summary: str
    days: tuple[WorksheetDay, ...]
    rules: tuple[str, ...]
    notes: tuple[str, ...]

    def as_text(self) -> str:
        """Return the worksheet as plain text, one day a line."""
        lines = [self.title, self.summary, ""]
        for day in self.days:
            number = "" if day.number is None else str(day.number)
            lines.append(f"{day.date.isoformat()}  {_DAYS[day.date.weekday()]:<9}  {number:>4}  {day.why}".rstrip())
        for heading, sentences in (("Rules", self.rules), ("Notes", self.notes)):
            if sentences:
                lines += ["", heading, *(f"- {sentence}" for sentence in sentences)]
        return "\n".join(lines) + "\n"


def worksheet(clock: Clock, *, law: LawPack, calendar: Calendar, today: date) -> Worksheet:
    """Count a clock day by day. For a paused clock, as if the answer came on ``today``."""
    last = clock.due or clock.projected_due
    days: tuple[WorksheetDay, ...] = ()
    if clock.start is not None and last is not None and (last - clock.start).days <= LONGEST:
        days = _count(clock, calendar, last)
    notes = list(clock.notes)
    if clock.assumed:
        notes.insert(0, told("The start is assumed, not known."))
    if clock.unverified:
        notes.append(
            told("A rule used here is unverified: its text was not at hand. Check it before relying on the date.")
        )
    if clock.earliest_arguable:
        notes.append(told("By another reading the last day was {day}.", day=say(clock.earliest_arguable)))
    if clock.latest_arguable:
        notes.append(told("By another reading the last day is {day}.", day=say(clock.latest_arguable)))
    moved = {holiday.date for holiday in calendar.listed if holiday.observed}
    if calendar.unsettled and any(day.date in moved and not day.counted for day in days):
        notes.append(calendar.unsettled)
    rules = [_cited(sentence, cites) for sentence, cites in clock.rules]
    if clock.unit == "working":
        rules.append(
            told(
                "Days are counted by {title} [{cites}]",
                title=told(calendar.title),
                cites="; ".join(cite for cite in calendar.citations if cite),
            )
        )
    rules.append(
        told(
            "As counted on {day} under {version} and {version2}.",
            day=say(today),
            version=law.version,
            version2=calendar.version,
        )
    )
    return Worksheet(clock.title, summary_of(clock), days, tuple(rules), tuple(notes))


def summary_of(clock: Clock) -> str:  # noqa: PLR0911 - one return a state
    """Say in one sentence where a clock stands."""
    who = told(naming.WHO[clock.who])
    match clock.state:
        case ClockState.NOT_STARTED:
            if clock.projected_due:
                return told(
                    "Not started. If it started today, the last day would be {day}.", day=say(clock.projected_due)
                )
            return told("Not started.")
        case ClockState.PAUSED:
            if clock.projected_due:
                return told(
                    "Paused. If the answer came today, the last day would be {day}.", day=say(clock.projected_due)
                )
            return told("Paused.")
        case ClockState.CLOSED:
            return told("Closed without having been met.")
    if clock.due is None:
        return (
            told("Waits for {who}; no last day is known.", who=who)
            if clock.met_on is None
            else told("Met on {day}.", day=say(clock.met_on))
        )
    due = told("Last day for {who}: {day}", who=who, day=say(clock.due))
    match clock.state:
        case ClockState.MET:
            return (
                told("{due}; met on {day}.", due=due, day=say(clock.met_on))
                if clock.met_on
                else told("{due}; met.", due=due)
            )
        case ClockState.MISSED:
            days = naming.late(clock.days_late)
            return (
                told("{due}; answered {day}, {days}.", due=due, day=say(clock.met_on), days=days)
                if clock.met_on
                else told("{due}; {days}.", due=due, days=days)
            )
        case _:
            return told("{due}.", due=due)


def unverified_rule(clock: Clock, law: LawPack) -> str:
    """Name the law and what a clock rests on, when that was not compared with a source; "" when it was."""
    if not clock.unverified:
        return ""
    return told("{law}: {cites}", law=told(law.title), cites="; ".join(clock.basis)) if clock.basis else told(law.title)


def _count(clock: Clock, calendar: Calendar, last: date) -> tuple[WorksheetDay, ...]:
    assert clock.start is not None
    first, end = clock.start.toordinal(), last.toordinal()
    why = told("the day it starts: day 0")
    number = 0
    if clock.first_day_counts:
        number, why = 1, told("the day of receipt, day 1 by the agency's own rule")
    found = _before(clock, calendar)
    found.append(WorksheetDay(clock.start, number, clock.first_day_counts, why))
    skipped = {skip.date: skip.reason for skip in clock.skipped}
    for ordinal in range(first + 1, end + 1):
        day = date.fromordinal(ordinal)
        reason = skipped.get(day)
        if reason is None:
            number += 1
            last_one = told("last day") if ordinal == end else ""
            found.append(WorksheetDay(day, number, True, last_one))
        else:
            found.append(WorksheetDay(day, None, False, _explain(reason, calendar, ordinal)))
    return tuple(found)


def _before(clock: Clock, calendar: Calendar) -> list[WorksheetDay]:
    """Return the days from an arrival after the agency's hour to the day it counts as the receipt."""
    if clock.late_from is None or clock.start is None:
        return []
    found = [WorksheetDay(clock.late_from, None, False, told("it arrived, after the cut-off hour"))]
    for ordinal in range(clock.late_from.toordinal() + 1, clock.start.toordinal()):
        reason = calendar.reason(ordinal)
        found.append(WorksheetDay(date.fromordinal(ordinal), None, False, _explain(reason, calendar, ordinal)))
    return found


def _explain(reason: str, calendar: Calendar, ordinal: int) -> str:
    if reason in {WEEKEND, "paused"}:
        return told(_REASONS[reason])
    if reason == CLOSURE:
        note = calendar.notes.get(ordinal, "")
        return told("closure: {note}", note=note) if note else told(_REASONS[CLOSURE])
    return told("holiday: {name}", name=holiday_name(reason))


def _again(sentence: str) -> str:
    """Return a sentence of a law's file as one of ours; one of ours stays."""
    return sentence if isinstance(sentence, Said) else told(sentence)


def _cited(sentence: str, cites: str) -> str:
    return told("{sentence} [{cites}]", sentence=_again(sentence), cites=cites) if cites else _again(sentence)
