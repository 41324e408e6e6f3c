"""From a start and a last day to a Clock: its state, how late it is, and everything the contract lists."""

from dataclasses import dataclass
from datetime import date

from foiadesk.law.answers import Clock, ClockState, Pause
from foiadesk.law.calendars import Calendar
from foiadesk.law.packs import LawPack, Rule


@dataclass(slots=True)
class Maker:
    """Makes clocks for one answer: knows the day, the calendar, and until when anything still moves.

    closed_on: the day a requester or a court closed the request; clocks nobody met by then are closed.
    """

    today: date
    calendar: Calendar
    closed_on: date | None

    def make(
        self,
        rule: Rule,
        *,
        kind: str = "",
        about: str | None = None,
        start: date | None,
        due: date | None,
        met_on: date | None = None,
        ended_on: date | None = None,
        is_paused: bool = False,
        projected: date | None = None,
        who: str = "",
        unit: str | None = None,
        count: int | None = None,
        paused: tuple[Pause, ...] = (),
        extended_by: int = 0,
        earliest: date | None = None,
        latest: date | None = None,
        basis: tuple[str, ...] | None = None,
        assumed: bool = False,
        unverified: bool = False,
        notes: tuple[str, ...] = (),
        rules: tuple[tuple[str, str], ...] = (),
        first_day_counts: bool = False,
        late_from: date | None = None,
    ) -> Clock:
        """Work out the state and lateness. ``ended_on``: it ended without being met (also by the request's closing)."""
        if met_on is None and self.closed_on is not None and (ended_on is None or self.closed_on < ended_on):
            ended_on = self.closed_on
        until: date | None = None
        if met_on is not None:
            state = ClockState.MET if due is None or met_on <= due else ClockState.MISSED
            until = met_on
        elif ended_on is not None:
            state, until = ClockState.CLOSED, ended_on
        elif start is None:
            state, due = ClockState.NOT_STARTED, None
        elif is_paused:
            state, due = ClockState.PAUSED, None
        elif due is not None and self.today > due:
            state, until = ClockState.MISSED, self.today
        else:
            state = ClockState.RUNNING
        late = working_late = 0
        if until is not None and due is not None and until > due:
            first, last = due.toordinal(), until.toordinal()
            late = last - first
            working_late = self.calendar.count(first, last) if self.calendar.covers(first) else 0
        if state not in {ClockState.NOT_STARTED, ClockState.PAUSED}:
            projected = None
        return Clock(
            id="",
            kind=kind or rule.kind,
            about=about,
            who=who or rule.who,
            start=start,
            due=due,
            projected_due=projected,
            state=state,
            met_on=met_on,
            days_late=late,
            working_days_late=working_late,
            unit=unit or rule.unit,
            count=count if count is not None else rule.days,
            paused=paused,
            extended_by=extended_by,
            earliest_arguable=earliest,
            latest_arguable=latest,
            basis=rule.citations if basis is None else basis,
            assumed=assumed,
            unverified=unverified or not rule.verified,
            notes=notes,
            calendar=self.calendar,
            rules=rules or ((rule.says, "; ".join(rule.citations)),),
            first_day_counts=first_day_counts,
            late_from=late_from,
            as_of=self.today,
        )


def requesters_days(pack: LawPack, calendar: Calendar) -> Calendar:
    """Return the calendar of the requester's own last days: without the closures a person entered, which give an
    agency more days by one reading, but never the requester.
    """
    return pack.days_of if calendar.notes and calendar.id == pack.calendar else calendar


def dated(ordinal: int | None) -> date | None:
    """Turn an ordinal into a date; None stays None."""
    return None if ordinal is None else date.fromordinal(ordinal)
