"""Stage, turn and "may I sue?" under any law but the federal one; what a pack does not know is said, never guessed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from foiadesk.law import naming
from foiadesk.law.answers import Clock, ClockState, Exhaustion, ExhaustionState, ExpeditionExhaustion, say
from foiadesk.law.general_appeals import Window
from foiadesk.law.history import Appeal, Decision, History
from foiadesk.law.packs import LawPack, Review, Silence
from foiadesk.law.standing import day_after
from foiadesk.records import EventKind, Stage, Turn
from foiadesk.records.speech import joined
from foiadesk.records.speech import say as told

K = EventKind
S = ExhaustionState
SaySo = Callable[..., Exhaustion]
_NO_EXPEDITION = ExpeditionExhaustion(S.NOT_APPLICABLE, None)
_MERITS = frozenset({"affirmed", "partly", "reversed"})


@dataclass(slots=True)
class Where:
    """Everything the stage is read from. silent_on: the day after which silence means what the pack says it does."""

    history: History
    pack: LawPack
    today: date
    waiting: str
    own: Clock
    silent_on: date | None
    decision: Decision | None
    window: Window | None
    appeal: Appeal | None
    appeal_clock: Clock | None
    review: Clock | None  # the time to go to the next body

    @property
    def outcome(self) -> str:
        """How the appeal was decided; "" while it is not."""
        if self.appeal is None or self.appeal.decided is None:
            return ""
        return str(self.appeal.decided.get("outcome"))

    @property
    def remanded(self) -> bool:
        """Whether an appeal sent the request back and no new answer came."""
        if self.outcome != "remanded":
            return False
        assert self.appeal is not None
        assert self.appeal.decided is not None
        return self.decision is None or self.decision.date <= self.appeal.decided.date

    @property
    def late_appeal(self) -> bool:
        """Whether the appeal missed its time, as far as the pack knows one."""
        return self.window is not None and self.window.clock.state is ClockState.MISSED

    @property
    def silence_counts(self) -> bool:
        """Whether the pack gives the silence so far a meaning."""
        known = self.pack.silence.effect in {"denied", "reviewable"}
        return known and self.silent_on is not None and self.today > self.silent_on and self.decision is None


def _sure(text: str, *, verified: bool, citations: Sequence[str]) -> str:
    says = told(text.rstrip("."))
    if citations:
        says = told("{sentence} ({cites})", sentence=says, cites="; ".join(citations))
    return told("{sentence}." if verified else "{sentence}, unverified.", sentence=says)


def _whole(says: str) -> str:
    """Return a sentence of a law's file that also stands within others, with the full stop it has there."""
    return told("{sentence}.", sentence=told(says[:-1])) if says.endswith(".") else told(says)


def _unsure(rule: Clock | Silence | Review | None) -> bool:
    if rule is None:
        return False
    return rule.unverified if isinstance(rule, Clock) else not rule.verified


def exhaustion(now: Where) -> Exhaustion:
    """Answer "may I sue?" as far as the pack knows. Facts and sources; never advice."""

    def say_so(
        state: ExhaustionState,
        why: str,
        *,
        since: date | None = None,
        until: date | None = None,
        rests_on: Sequence[Clock | Silence | Review | None] = (),
    ) -> Exhaustion:
        unverified = any(_unsure(one) for one in rests_on)
        return Exhaustion(state, since, until, why, now.own.assumed, None, _NO_EXPEDITION, unverified)

    history = now.history
    if history.closing is not None:
        return say_so(
            S.NOT_APPLICABLE,
            told(
                "The request was closed by the {by} on {day}.",
                by=naming.closer(history.closing.get("by")),
                day=say(history.closing.date),
            ),
        )
    if history.suit is not None:
        return say_so(
            S.IN_SUIT, told("A suit was filed on {day}.", day=say(history.suit.date)), since=history.suit.date
        )
    if now.appeal is not None:
        return _by_appeal(now, say_so)
    if now.decision is not None:
        return _by_answer(now, say_so)
    return _by_silence(now, say_so)


def _by_silence(now: Where, say_so: SaySo) -> Exhaustion:  # noqa: PLR0911 - one return a state
    clock, silence, review = now.own, now.pack.silence, now.pack.review
    if clock.state is ClockState.NOT_STARTED:
        return say_so(S.NOT_YET, told("No receipt that starts the agency's time is known."))
    if clock.state is ClockState.PAUSED:
        return say_so(S.NOT_YET, told("The agency's time is paused until its question is answered."),
                      rests_on=(clock,))  # fmt: skip
    if now.silence_counts:
        assert now.silent_on is not None
        what = _sure(silence.says, verified=silence.verified, citations=silence.citations)
        why = told("No answer came by {day}. {what}", day=say(now.silent_on), what=what)
        how = _sure(review.says, verified=review.verified, citations=review.citations)
        rests = (clock, silence, review)
        if review.path in {"court", "optional"}:
            return say_so(S.OPEN, joined(" ", (why, how)), since=day_after(now.silent_on), rests_on=rests)
        if review.path == "required":
            window = now.window.clock if now.window is not None and now.window.running else None
            until = window.due if window is not None else None
            return say_so(S.NOT_YET, joined(" ", (why, how)), until=until, rests_on=(*rests, window))
        return say_so(S.NOT_YET, joined(" ", (why, how)), rests_on=rests)
    if clock.state is ClockState.MISSED:
        known = silence.effect != "unknown"
        why = told(
            "The answer was due on {day} and none came. {meaning}", day=say(clock.due), meaning=_whole(silence.says)
        )
        return say_so(S.NOT_YET, why, until=now.silent_on if known else None, rests_on=(clock, silence))
    if clock.due is None:
        says = now.pack.clocks["determination"].says
        why = told("{says} No last day is known; whether a delay can be reviewed: check the statute.", says=told(says))
        return say_so(S.NOT_YET, why, rests_on=(clock,))
    return say_so(
        S.NOT_YET, told("The answer is due by {day}.", day=say(clock.due)), until=clock.due, rests_on=(clock,)
    )


def _by_appeal(now: Where, say_so: SaySo) -> Exhaustion:
    appeal, clock, review = now.appeal, now.appeal_clock, now.pack.review
    assert appeal is not None
    how = _sure(review.says, verified=review.verified, citations=review.citations)
    shut = S.CLOSED_BY_DETERMINATION if now.decision is not None else S.NOT_YET
    started = now.decision.date if now.decision is not None else None
    if now.outcome == "remanded":
        return say_so(
            S.NOT_YET, told("The appeal sent the request back; a new limit is not in this pack: check the statute.")
        )
    if now.outcome in _MERITS:
        assert appeal.decided is not None
        decided = appeal.decided.date
        why = told("The appeal was decided on {day} ({outcome}). {how}", day=say(decided),
                   outcome=naming.plain_outcome(now.outcome), how=how)  # fmt: skip
        if review.path in {"court", "optional"} or review.then == "court":
            return say_so(S.EXHAUSTED, why, since=decided, until=now.review.due if now.review else None,
                          rests_on=(review, now.review))  # fmt: skip
        until = now.review.due if now.review is not None else None
        why = told("{why} Whether a court is open now is not in this pack: check the statute.", why=why)
        return say_so(shut, why, since=started, until=until, rests_on=(review, now.review))
    if now.outcome:
        why = told("The appeal ended as {outcome}. What follows is not in this pack: check the statute.",
                   outcome=naming.plain_outcome(now.outcome))  # fmt: skip
        return say_so(shut, why, since=started)
    if clock is not None and clock.state is ClockState.MISSED:
        why = told("The appeal was due to be decided by {day} and was not.", day=say(clock.due))
        return say_so(
            shut,
            told("{why} What that opens is not in this pack: check the statute.", why=why),
            since=started,
            rests_on=(clock,),
        )
    due = clock.due if clock is not None else None
    why = (
        told("An appeal is to be decided by {day}.", day=say(due))
        if due
        else told("An appeal is to be decided; by when is not known: check the statute.")
    )
    return say_so(shut, why, since=started, until=due, rests_on=(clock,))


def _by_answer(now: Where, say_so: SaySo) -> Exhaustion:  # noqa: PLR0911 - one return a state
    decision, window, review = now.decision, now.window, now.pack.review
    assert decision is not None
    since = decision.date
    if decision.outcome == "full_grant":
        return say_so(S.NOT_APPLICABLE, told("Everything was granted on {day}.", day=say(since)))
    if decision.outcome == "withdrawn":
        return say_so(S.NOT_APPLICABLE, told("The request was withdrawn by {day}.", day=say(since)))
    answered = told(
        "The agency answered on {day} ({outcome})", day=say(since), outcome=naming.outcome(decision.outcome)
    )
    shut = S.CLOSED_BY_DETERMINATION
    if not decision.appealable:
        return say_so(shut, told("{answered}, which opens no appeal.", answered=answered), since=since)
    how = _sure(review.says, verified=review.verified, citations=review.citations)
    if review.path in {"court", "optional"}:
        why = told("{answered}. {how} The time for that, and what must come before: check the statute.",
                   answered=answered, how=how)  # fmt: skip
        return say_so(S.EXHAUSTED, why, since=since, rests_on=(review,))
    if window is not None and window.clock.due is not None:
        rests = (window.clock, review)
        if window.running:
            why = told("{answered}: appeal by {day}. {how}", answered=answered, day=say(window.clock.due), how=how)
            return say_so(shut, why, since=since, until=window.clock.due, rests_on=rests)
        why = told("{answered} and the time to appeal ran out on {day}. {how}", answered=answered,
                   day=say(window.clock.due), how=how)  # fmt: skip
        return say_so(shut, why, since=since, rests_on=rests)
    return say_so(
        shut,
        told("{answered}. {how} By when is not known: check the statute.", answered=answered, how=how),
        since=since,
        rests_on=(review,),
    )


def stage_of(now: Where, may_sue: Exhaustion) -> Stage:  # noqa: PLR0911 - one return a stage
    """Return the first stage that holds."""
    if now.history.closing is not None:
        return Stage.CLOSED
    if now.history.suit is not None:
        return Stage.IN_LITIGATION
    if now.appeal is not None and may_sue.state is S.EXHAUSTED:
        return Stage.EXHAUSTED
    if now.appeal is not None and not now.outcome:
        late = now.appeal_clock is not None and now.appeal_clock.state is ClockState.MISSED
        return Stage.APPEAL_OVERDUE if late else Stage.ON_APPEAL
    if now.decision is not None and not now.remanded:
        return Stage.APPEAL_WINDOW_OPEN if now.window is not None and now.window.running else Stage.DETERMINED
    match now.own.state:
        case _ if now.remanded:
            return Stage.IN_PROCESS
        case ClockState.PAUSED:
            return Stage.PAUSED
        case ClockState.MISSED:
            return Stage.OVERDUE
        case ClockState.NOT_STARTED:
            return Stage.DRAFT if now.waiting == "draft" else Stage.SENT
        case _:
            return Stage.IN_PROCESS


def turn_of(now: Where, stage: Stage) -> Turn:
    """Return who must act next."""
    match stage:
        case Stage.CLOSED | Stage.DETERMINED:
            return Turn.NONE
        case Stage.DRAFT | Stage.PAUSED | Stage.EXHAUSTED | Stage.APPEAL_WINDOW_OPEN:
            return Turn.REQUESTER
        case Stage.SENT:
            return Turn.REQUESTER if now.waiting in {"failed", "undesignated"} else Turn.AGENCY
        case Stage.IN_LITIGATION:
            ended = now.history.first(K.SETTLED) or now.history.first(K.JUDGMENT)
            return Turn.NONE if ended else Turn.COURT
        case Stage.OVERDUE if now.pack.review.path == "required" and now.silence_counts:
            return Turn.REQUESTER
        case _:
            return Turn.AGENCY


def ruling_clock(  # noqa: PLR0911 - one return a stage
    now: Where, stage: Stage, clocks: Sequence[Clock]
) -> Clock | None:
    """Return the clock that lists and headers show; None when nothing is due from anybody."""

    def first(*kinds: str) -> Clock | None:
        found = [c for c in clocks if c.kind in kinds and c.met_on is None and c.state in _OPEN]
        return min(found, key=lambda clock: (clock.due is None, clock.due or date.max)) if found else None

    match stage:
        case Stage.DRAFT | Stage.CLOSED | Stage.DETERMINED:
            return None
        case Stage.IN_LITIGATION:
            return first("order")
        case Stage.EXHAUSTED:
            return first("review_window", "limitation")
        case Stage.APPEAL_OVERDUE | Stage.ON_APPEAL:
            return now.appeal_clock
        case Stage.APPEAL_WINDOW_OPEN:
            return now.window.clock if now.window else None
        case Stage.IN_PROCESS if now.own.due is not None:
            return first("acknowledgment", "determination") or now.own
        case _:
            return now.own


_OPEN = {ClockState.RUNNING, ClockState.MISSED}
