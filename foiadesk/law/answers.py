"""What the law room answers: clocks, exhaustion, fees, next steps, as frozen records and as JSON of a fixed shape."""

from collections.abc import Sequence
from dataclasses import field
from datetime import date
from enum import StrEnum
from typing import Any

from foiadesk.frozen import dataclass
from foiadesk.law import naming
from foiadesk.law.arithmetic import Skipped, skipped_between
from foiadesk.law.calendars import Calendar
from foiadesk.records import Stage, Turn
from foiadesk.records.speech import Day
from foiadesk.records.speech import say as say_words


def say(day: date | None) -> str:
    """Write a date in a sentence: "3 Feb 2026"."""
    if day is None:
        return say_words("an unknown day")
    return Day(day, True)


def iso(day: date | None) -> str | None:
    """Write a date for a machine; None stays None."""
    return None if day is None else day.isoformat()


class ClockState(StrEnum):
    """Where one clock stands. MISSED stays missed when the act comes late; CLOSED ended without being met."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"
    CLOSED = "closed"


class ExhaustionState(StrEnum):
    """The answer to "may I sue?"."""

    NOT_YET = "not_yet"
    OPEN = "open"
    CLOSED_BY_DETERMINATION = "closed_by_determination"
    EXHAUSTED = "exhausted"
    IN_SUIT = "in_suit"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Pause:
    """A toll: days after ``since`` up to ``to`` are left out, if ``counted``. to None: still open."""

    since: date
    to: date | None
    reason: str  # "information" or "fees"
    counted: bool

    def as_json(self) -> dict[str, Any]:
        """Return the pause as JSON says it."""
        return {"from": self.since.isoformat(), "to": iso(self.to), "reason": self.reason, "counted": self.counted}


@dataclass(frozen=True, slots=True)
class Clock:
    """One period somebody must act in. ``due``: last day to act, inclusive; None while not started or paused, when
    ``projected_due`` says what it would be if the answer came today. ``count`` of ``unit`` days, ``extended_by`` more.

    ``earliest_arguable``, ``latest_arguable``: other readings' due dates, where there are any. ``basis``: citations.
    ``title``, ``rules`` and what follows serve lists and worksheets and are not part of the JSON.
    """

    id: str
    kind: str
    about: str | None
    who: str
    start: date | None
    due: date | None
    projected_due: date | None
    state: ClockState
    met_on: date | None
    days_late: int
    working_days_late: int
    unit: str | None
    count: int | None
    paused: tuple[Pause, ...]
    extended_by: int
    earliest_arguable: date | None
    latest_arguable: date | None
    basis: tuple[str, ...]
    assumed: bool
    unverified: bool
    notes: tuple[str, ...]
    calendar: Calendar = field(repr=False)  # every closed day of many years: nothing to read in a repr
    rules: tuple[tuple[str, str], ...] = ()  # (sentence, citations) the worksheet prints
    first_day_counts: bool = False  # the day of receipt is day 1 by the agency's own rule
    late_from: date | None = None  # the day it arrived after the agency's hour; the count starts the working day after
    as_of: date = date.max  # the day asked about, up to which an open pause lasts so far
    left_out: tuple[Skipped, ...] | None = None  # days not counted, where unit and count alone do not tell them
    met_by: str = ""  # of an appeal window: whether an appeal must be "sent" or "received" by the due day; "" unknown

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """Every day after the start up to the due (else projected) date that is not counted, and why."""
        last = self.due or self.projected_due
        if self.start is None or last is None:
            return ()
        if self.left_out is not None:
            return self.left_out
        first, end = self.start.toordinal(), last.toordinal()
        if self.unit == "calendar":
            return self._rolled(first, end)
        if self.unit != "working":
            return ()
        spans = self._spans()
        if not spans:
            return skipped_between(self.calendar, first, end)
        found = []
        for day in range(first + 1, end + 1):
            reason = self.calendar.reason(day)
            if not reason and any(since < day <= to for since, to in spans):
                reason = "paused"
            if reason:
                found.append(Skipped(date.fromordinal(day), reason))
        return tuple(found)

    def _spans(self) -> tuple[tuple[int, int], ...]:
        """Return the counted pauses as (after this day, up to this day), in ordinals."""
        return tuple(
            (pause.since.toordinal(), (pause.to or self.as_of).toordinal()) for pause in self.paused if pause.counted
        )

    def _rolled(self, first: int, end: int) -> tuple[Skipped, ...]:
        # A period that may not end on a closed day runs on: the days it could not end on are the ones left out.
        if self.count is None:
            return ()
        passed = range(max(first + self.count, first + 1), end)
        return tuple(Skipped(date.fromordinal(day), self.calendar.reason(day)) for day in passed)

    @property
    def title(self) -> str:
        """The clock in words: "Determination", "Appeal window (fee waiver)"."""
        words = naming.clock(self.kind)
        if self.about in {None, "request", self.kind}:
            return words
        return say_words("{clock} ({about})", clock=words, about=naming.about(str(self.about)))

    def as_json(self) -> dict[str, Any]:
        """Return every key of the contract; None where nothing is known."""
        return {
            "id": self.id,
            "kind": self.kind,
            "about": self.about,
            "who": self.who,
            "start": iso(self.start),
            "due": iso(self.due),
            "projected_due": iso(self.projected_due),
            "state": self.state.value,
            "met_on": iso(self.met_on),
            "days_late": self.days_late,
            "working_days_late": self.working_days_late,
            "unit": self.unit,
            "count": self.count,
            "skipped": [{"date": skip.date.isoformat(), "reason": skip.reason} for skip in self.skipped],
            "paused": [pause.as_json() for pause in self.paused],
            "extended_by": self.extended_by,
            "earliest_arguable": iso(self.earliest_arguable),
            "latest_arguable": iso(self.latest_arguable),
            "basis": list(self.basis),
            "assumed": self.assumed,
            "unverified": self.unverified,
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class ExpeditionExhaustion:
    """Whether the refusal or silence on expedition may be sued on, and since when."""

    state: ExhaustionState
    since: date | None


@dataclass(frozen=True, slots=True)
class Exhaustion:
    """May the requester sue? ``undisputed_since``: the day by every reading the agency could argue.

    ``unverified``: a rule it rests on was not compared with a source; it serves lists and is not part of the JSON.
    """

    state: ExhaustionState
    since: date | None
    until: date | None
    why: str
    assumed: bool
    undisputed_since: date | None
    expedition: ExpeditionExhaustion
    unverified: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the answer as JSON says it."""
        return {
            "state": self.state.value,
            "since": iso(self.since),
            "until": iso(self.until),
            "why": self.why,
            "assumed": self.assumed,
            "undisputed_since": iso(self.undisputed_since),
            "expedition": {"state": self.expedition.state.value, "since": iso(self.expedition.since)},
        }


@dataclass(frozen=True, slots=True)
class Fees:
    """Whether lateness bars fees, 5 U.S.C. 552(a)(4)(A)(viii); None while the requester's category is unknown."""

    search_barred: bool | None
    duplication_barred: bool | None
    why: str

    def as_json(self) -> dict[str, Any]:
        """Return the answer as JSON says it."""
        return {"search_barred": self.search_barred, "duplication_barred": self.duplication_barred, "why": self.why}


@dataclass(frozen=True, slots=True)
class NextStep:
    """A letter or an action that fits now. ``kind`` is a letter kind or the name of an action."""

    kind: str
    why: str
    by: date | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the step as JSON says it."""
        return {"kind": self.kind, "why": self.why, "by": iso(self.by)}


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything the law says of one request on one day, replayed from its events.

    ruling: the clock that lists and headers show. next_change_on: the first later day on which this answer may differ
    without new events, days late and projections aside.
    """

    stage: Stage
    turn: Turn
    exhaustion: Exhaustion
    fees: Fees
    clocks: tuple[Clock, ...]
    warnings: tuple[str, ...]
    next_steps: tuple[NextStep, ...]
    next_change_on: date | None
    ruling: Clock | None

    def as_json(self) -> dict[str, Any]:
        """Return the answer in exactly the shape the command line promises."""
        return {
            "stage": self.stage.value,
            "turn": self.turn.value,
            "exhaustion": self.exhaustion.as_json(),
            "fees": self.fees.as_json(),
            "clocks": [clock.as_json() for clock in self.clocks],
            "warnings": list(self.warnings),
            "next_steps": [step.as_json() for step in self.next_steps],
        }


def clocks_of(clocks: Sequence[Clock], *kinds: str) -> tuple[Clock, ...]:
    """Return the clocks of some kinds, in order."""
    return tuple(clock for clock in clocks if clock.kind in kinds)
