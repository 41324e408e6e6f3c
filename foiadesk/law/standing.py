"""May the requester sue, at which stage is the request, and whose turn is it: derived, never typed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from foiadesk.law import naming
from foiadesk.law.agency_clocks import AgencyClocks
from foiadesk.law.answers import Clock, ClockState, Exhaustion, ExhaustionState, ExpeditionExhaustion, say
from foiadesk.law.appeal_window import Window
from foiadesk.law.history import Appeal, Decision, History
from foiadesk.law.start import Start
from foiadesk.records import EventKind, Stage, Turn
from foiadesk.records.speech import joined
from foiadesk.records.speech import say as told

K = EventKind
S = ExhaustionState
SaySo = Callable[..., Exhaustion]
_MERITS = frozenset({"affirmed", "partly", "reversed"})


def final(appeal: Appeal, *, late: bool) -> bool:
    """Say whether the decision of an appeal exhausts: on the merits always, as moot when a timely appeal was made
    against an answer (nothing is left to ask the agency for)."""
    if appeal.decided is None:
        return False
    outcome = appeal.decided.get("outcome")
    return outcome in _MERITS or (outcome == "moot" and not late and appeal.against is not None)


def day_after(day: date) -> date:
    """Return the next day."""
    return date.fromordinal(day.toordinal() + 1)


@dataclass(slots=True)
class Situation:
    """Everything the stage is read from: the answer that stands, its window, its appeal, the clock that rules."""

    history: History
    start: Start
    clocks: AgencyClocks
    decision: Decision | None
    window: Window | None
    appeal: Appeal | None
    appeal_clock: Clock | None
    request_clock: Clock  # the determination, or what a remand sent back
    request_key: tuple[str, int]
    remanded: bool  # a remand waits for its answer
    limitation: date | None = None  # last day to sue, once a right of action has accrued
    limitation_passed: bool = False

    @property
    def late_appeal(self) -> bool:
        """Whether the appeal missed its window."""
        return self.window is not None and self.window.clock.state is ClockState.MISSED

    @property
    def outcome(self) -> str:
        """How the appeal was decided; "" while it is not."""
        if self.appeal is None or self.appeal.decided is None:
            return ""
        return str(self.appeal.decided.get("outcome"))


def _governing(history: History, windows: list[Window]) -> Decision | None:
    """Return the latest answer that stands; when it opens no appeal, an earlier one on appeal or still to be."""
    latest = history.standing
    if latest is None or latest.appealable:
        return latest
    for decision in reversed(history.decisions):
        open_window = any(window.decision is decision and window.running for window in windows)
        pending = any(appeal.against is decision and appeal.decided is None for appeal in history.appeals)
        if decision.stands and decision.appealable and (open_window or pending):
            return decision
    return latest


def situation(history: History, start: Start, clocks: AgencyClocks, windows: list[Window]) -> Situation:
    """Pick what counts now: the latest answer that stands, the latest appeal against it, the clock that rules."""
    decision = _governing(history, windows)
    window = next((w for w in reversed(windows) if w.decision is decision), None) if decision else None
    appeal = appeal_clock = None
    for found, clock in reversed(clocks.appeals):
        if found.about == "request" and found.against is decision:
            appeal, appeal_clock = found, clock
            break
    request_clock, key, remanded = clocks.own, ("own", 0), False
    if appeal is not None and appeal.decided is not None and appeal.decided.get("outcome") == "remanded":
        for found, clock in clocks.remands:
            if found is appeal:
                request_clock, key, remanded = clock, ("remand", id(found)), True
    return Situation(history, start, clocks, decision, window, appeal, appeal_clock, request_clock, key, remanded)


def exhaustion(now: Situation, expedition: ExpeditionExhaustion) -> Exhaustion:
    """Answer "may I sue?" with since when, until when and why. Facts and sources; never advice."""
    history = now.history
    clock = now.request_clock

    def say_so(
        state: ExhaustionState,
        why: str,
        *,
        since: date | None = None,
        until: date | None = None,
        undisputed: date | None = None,
        assumed: bool = False,
        rests_on: Clock | None = None,
    ) -> Exhaustion:
        unverified = rests_on is not None and rests_on.unverified
        return Exhaustion(state, since, until, why, assumed, undisputed, expedition, unverified)

    if history.closing is not None:
        by = history.closing.get("by")
        return say_so(
            S.NOT_APPLICABLE,
            told("The request was closed by the {by} on {day}.", by=naming.closer(by), day=say(history.closing.date)),
        )
    if history.suit is not None:
        since = history.suit.date
        return say_so(S.IN_SUIT, told("A suit was filed on {day}.", day=say(since)), since=since, assumed=clock.assumed)
    if now.appeal is not None and now.decision is None:
        silent = _by_appeal(now, say_so)
        if silent is not None:
            return silent
    if now.decision is None or now.remanded:
        return _by_silence(now, say_so)
    return _by_answer(now, say_so)


def _by_silence(now: Situation, say_so: SaySo) -> Exhaustion:
    clock = now.request_clock
    what = told("The remand") if now.remanded else told("A determination")
    match clock.state:
        case ClockState.NOT_STARTED:
            return say_so(S.NOT_YET, told("No receipt that starts the agency's time is known."), assumed=clock.assumed)
        case ClockState.PAUSED:
            return say_so(S.NOT_YET, told("The agency's time is paused until its question is answered."),
                          assumed=clock.assumed, rests_on=clock)  # fmt: skip
        case ClockState.MISSED:
            assert clock.due is not None
            last = now.clocks.undisputed.get(now.request_key)
            why = [
                told(
                    "{what} was due on {day} and none came: deemed exhausted, 5 U.S.C. 552(a)(6)(C)(i).",
                    what=what, day=say(clock.due),
                )
            ]  # fmt: skip
            if last is None:
                why.append(told("By the agency's reading its time has not run out."))
            elif last > clock.due:
                why.append(told("By every reading the agency could argue, only after {day}.", day=say(last)))
            if now.remanded:
                why.append(told("Whether a remand has this limit is unsettled."))
            return say_so(
                S.OPEN,
                joined(" ", why),
                since=day_after(clock.due),
                undisputed=None if last is None else day_after(last),
                assumed=clock.assumed,
                rests_on=clock,
            )
        case _:
            awaited = (
                told("{what} is due by {day}.", what=what, day=say(clock.due))
                if clock.due
                else told("{what} is awaited.", what=what)
            )
            return say_so(S.NOT_YET, awaited, until=clock.due, assumed=clock.assumed, rests_on=clock)


def _by_appeal(now: Situation, say_so: SaySo) -> Exhaustion | None:
    """Exhausted by the decision of an appeal or by silence on a timely one; None when neither."""
    appeal, clock = now.appeal, now.appeal_clock
    assert appeal is not None
    assert clock is not None
    silent_since = None
    if not now.late_appeal and clock.state is ClockState.MISSED and clock.due is not None:
        silent_since = day_after(clock.due)
    last = now.clocks.undisputed.get(("appeal", id(appeal)))
    if final(appeal, late=now.late_appeal):
        assert appeal.decided is not None
        since = undisputed = appeal.decided.date
        if silent_since is not None:
            since = min(since, silent_since)
            undisputed = undisputed if last is None else min(undisputed, day_after(last))
        why = told("The appeal was decided on {day} ({outcome}).", day=say(appeal.decided.date),
                   outcome=naming.plain_outcome(now.outcome))  # fmt: skip
        if now.outcome == "moot":
            why = joined(" ", (why, told("Whether one decided as moot exhausts is unsettled.")))
        silent = clock if since == silent_since else None
        return say_so(
            S.EXHAUSTED, why, since=since, undisputed=undisputed, assumed=appeal.decided.assumed, rests_on=silent
        )
    if not now.outcome and silent_since is not None:
        return say_so(
            S.EXHAUSTED,
            told(
                "The appeal was due to be decided by {day} and was not, 5 U.S.C. 552(a)(6)(C)(i).", day=say(clock.due)
            ),
            since=silent_since,
            undisputed=None if last is None else day_after(last),
            assumed=clock.assumed,
            rests_on=clock,
        )
    return None


def _by_answer(now: Situation, say_so: SaySo) -> Exhaustion:  # noqa: PLR0911 - one return a state
    decision, window = now.decision, now.window
    assert decision is not None
    since = decision.date
    if now.appeal is None and decision.outcome == "full_grant":
        return say_so(S.NOT_APPLICABLE, told("Everything was granted on {day}.", day=say(since)))
    if decision.outcome == "withdrawn":
        return say_so(S.NOT_APPLICABLE, told("The request was withdrawn by {day}.", day=say(since)))
    closed = S.CLOSED_BY_DETERMINATION
    assumed = decision.event.assumed
    answered = told(
        "The agency answered on {day} ({outcome})", day=say(since), outcome=naming.outcome(decision.outcome)
    )
    if now.appeal is not None:
        found = _by_appeal(now, say_so)
        if found is not None:
            return found
        if now.outcome:
            ended = told("{answered} and the appeal ended as {outcome}: that exhausts nothing.", answered=answered,
                         outcome=naming.plain_outcome(now.outcome))  # fmt: skip
            return say_so(closed, ended, since=since, assumed=assumed)  # fmt: skip
        if now.late_appeal:
            assert window is not None
            late = told(
                "{answered} and the appeal came after its time: silence on it exhausts nothing."
                if window.clock.met_on
                else "{answered} and the appeal is not known to have been received in its time: silence on it exhausts "
                "nothing.",
                answered=answered,
            )
            return say_so(closed, late, since=since, assumed=assumed, rests_on=window.clock)
        if window is not None and window.running:
            return say_so(
                closed, told("{answered}; the appeal is not known to have been received, and must be by {day}.",
                             answered=answered, day=say(window.clock.due)),
                since=since, until=window.clock.due, assumed=assumed, rests_on=window.clock,
            )  # fmt: skip
        due = now.appeal_clock.due if now.appeal_clock else None
        pending = (
            told("{answered}; the appeal is to be decided by {day}.", answered=answered, day=say(due))
            if due
            else told("{answered}; the appeal is to be decided.", answered=answered)
        )
        rests = assumed or (now.appeal_clock is not None and now.appeal_clock.assumed)
        return say_so(closed, pending, since=since, until=due, assumed=rests, rests_on=now.appeal_clock)
    if window is None:
        return say_so(
            closed, told("{answered}, which opens no appeal.", answered=answered), since=since, assumed=assumed
        )
    if window.running:
        due = window.clock.due
        return say_so(
            closed, told("{answered}: it must be appealed by {day} before a suit (Oglesby v. Army).", answered=answered,
                         day=say(due)),
            since=since, until=due, assumed=assumed, rests_on=window.clock,
        )  # fmt: skip
    ran_out = told(
        "{answered} and the time to appeal ran out: only a new request opens the way again.", answered=answered
    )
    return say_so(closed, ran_out, since=since, assumed=assumed, rests_on=window.clock)


def stage_of(now: Situation, may_sue: Exhaustion) -> Stage:  # noqa: PLR0911 - one return a stage
    """Return the first stage that holds."""
    history = now.history
    if history.closing is not None:
        return Stage.CLOSED
    if history.suit is not None:
        return Stage.IN_LITIGATION
    if may_sue.state is S.EXHAUSTED:
        return Stage.EXHAUSTED
    if now.appeal is not None and not now.outcome:
        missed = now.appeal_clock is not None and now.appeal_clock.state is ClockState.MISSED
        return Stage.APPEAL_OVERDUE if missed else Stage.ON_APPEAL
    if now.window is not None and now.window.running and not now.remanded:
        return Stage.APPEAL_WINDOW_OPEN
    if now.decision is not None and not now.remanded:
        return Stage.DETERMINED
    match now.request_clock.state:
        case ClockState.PAUSED:
            return Stage.PAUSED
        case ClockState.MISSED:
            return Stage.OVERDUE
        case ClockState.NOT_STARTED:
            return Stage.DRAFT if now.start.waiting == "draft" else Stage.SENT
        case _:
            return Stage.IN_PROCESS


def turn_of(now: Situation, stage: Stage, clocks: list[Clock]) -> Turn:  # noqa: PLR0911 - one return a stage
    """Return who must act next."""
    match stage:
        case Stage.CLOSED | Stage.DETERMINED:
            return Turn.NONE
        case Stage.DRAFT | Stage.PAUSED | Stage.EXHAUSTED:
            return Turn.REQUESTER
        case Stage.APPEAL_WINDOW_OPEN:
            granted = now.decision is not None and now.decision.outcome == "full_grant"
            return Turn.NONE if granted else Turn.REQUESTER
        case Stage.SENT:
            return Turn.REQUESTER if now.start.waiting in {"failed", "refused", "undesignated"} else Turn.AGENCY
        case Stage.IN_LITIGATION:
            open_kinds = {
                clock.kind for clock in clocks if clock.state in {ClockState.RUNNING, ClockState.MISSED}
                and clock.met_on is None
            }  # fmt: skip
            if now.history.first(K.SETTLED) or now.history.first(K.JUDGMENT):
                return Turn.NONE
            if "service" in open_kinds:
                return Turn.REQUESTER
            if open_kinds & {"complaint_answer", "order"}:
                return Turn.AGENCY
            return Turn.COURT
        case _:
            return Turn.AGENCY


def ruling_clock(now: Situation, stage: Stage, clocks: list[Clock]) -> Clock | None:
    """Return the clock that lists and headers show; None when nothing is due from anybody."""

    def first(*kinds: str) -> Clock | None:
        found = [
            clock
            for clock in clocks
            if clock.kind in kinds and clock.state in {ClockState.RUNNING, ClockState.MISSED} and clock.met_on is None
        ]
        return min(found, key=lambda clock: (clock.due is None, clock.due or date.max)) if found else None

    match stage:
        case Stage.DRAFT | Stage.CLOSED | Stage.DETERMINED:
            return None
        case Stage.IN_LITIGATION:
            return first("service", "complaint_answer", "order")
        case Stage.EXHAUSTED:
            return first("limitation")
        case Stage.APPEAL_OVERDUE | Stage.ON_APPEAL:
            return now.appeal_clock
        case Stage.APPEAL_WINDOW_OPEN:
            return now.window.clock if now.window else None
        case _:
            return now.request_clock
