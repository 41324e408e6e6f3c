"""What may be done next: the letter or action, why now, and by when."""

from collections.abc import Sequence
from datetime import date

from foiadesk.law import naming
from foiadesk.law.answers import Clock, ClockState, Exhaustion, ExhaustionState, NextStep, say
from foiadesk.law.appeal_window import Window
from foiadesk.law.standing import Situation
from foiadesk.records import EventKind, Stage
from foiadesk.records.speech import joined, say_count
from foiadesk.records.speech import say as told

K = EventKind
_QUESTIONS = {
    "clarification": ("answer_clarification", "The agency asked for a clarification"),
    "fee_answer": ("answer_fees", "The agency asked about fees"),
    "still_interested": ("answer_still_interested", "The agency asked whether the request still matters"),
}
_IN_COURT = {"complaint_answer": "The complaint is to be answered", "order": "An order is to be met"}


def next_steps(
    now: Situation, stage: Stage, may_sue: Exhaustion, clocks: Sequence[Clock], windows: Sequence[Window]
) -> tuple[NextStep, ...]:
    """List what fits now, the obvious first: questions to answer, then what the stage asks for, then side tracks."""
    if stage is Stage.CLOSED:
        return ()
    steps: list[NextStep] = []
    for clock in clocks:
        if clock.kind in _QUESTIONS and clock.met_on is None and clock.state is not ClockState.CLOSED:
            kind, why = _QUESTIONS[clock.kind]
            assert clock.start is not None
            steps.append(
                NextStep(
                    kind,
                    told("{why} on {day}; an unanswered one may close it.", why=told(why), day=say(clock.start)),
                    clock.due,
                )
            )
    steps += _of_stage(now, stage, may_sue)
    steps += _of_windows(now, stage, windows)
    if may_sue.expedition.state is ExhaustionState.OPEN and stage is not Stage.IN_LITIGATION:
        since = may_sue.expedition.since
        assert since is not None
        steps.append(NextStep("review_expedition", told(
            "Expedition was refused or not decided; since {day} a court may review that at once. Check with counsel.",
            day=say(since),
        )))  # fmt: skip
    if stage is Stage.IN_LITIGATION:
        for clock in clocks:
            if clock.kind in _IN_COURT and clock.state is ClockState.RUNNING and clock.due is not None:
                steps.append(
                    NextStep(
                        "wait",
                        told("{what} by {day}.", what=told(_IN_COURT[clock.kind]), day=say(clock.due)),
                        clock.due,
                    )
                )
    for clock in clocks:
        asked = clock.kind == "tracking_number" and stage is not Stage.IN_LITIGATION  # there the docket has its place
        if asked and clock.state is ClockState.MISSED and clock.met_on is None:
            steps.append(NextStep("ask_tracking_number", "A tracking number was due after ten days, "
                                  "5 U.S.C. 552(a)(7)(A)."))  # fmt: skip
        elif clock.kind == "reminder" and clock.due is not None and clock.state is not ClockState.CLOSED:
            steps.append(
                NextStep(
                    "reminder", told("A reminder you set: {what}.", what=clock.about or told("no text")), clock.due
                )
            )
    return tuple(steps)


def _of_windows(now: Situation, stage: Stage, windows: Sequence[Window]) -> list[NextStep]:
    """What may be appealed beside the answer the stage is about."""
    steps = []
    for window in windows:
        decision, due = window.decision, window.clock.due
        if window.running and decision.about == "fee_waiver":
            steps.append(
                NextStep(
                    "appeal_fee_waiver",
                    told("The fee waiver was {outcome}.", outcome=naming.outcome(decision.outcome)),
                    due,
                )
            )
        elif window.running and _still_to_appeal(now, stage, window):
            why = told(
                "The answer of {day} ({outcome}) may be appealed too, in its own time.",
                day=say(decision.date), outcome=naming.outcome(decision.outcome),
            )  # fmt: skip
            steps.append(NextStep("appeal", why, due))
    return steps


def _still_to_appeal(now: Situation, stage: Stage, window: Window) -> bool:
    """Say whether another answer than the one the stage is about still waits for its appeal."""
    decision = window.decision
    appealed = any(appeal.against is decision for appeal in now.history.appeals)
    if window is now.window or not decision.stands or decision.outcome == "full_grant" or appealed:
        return False
    return stage in {Stage.APPEAL_WINDOW_OPEN, Stage.ON_APPEAL, Stage.APPEAL_OVERDUE, Stage.EXHAUSTED, Stage.DETERMINED}


def _of_stage(  # noqa: PLR0911, PLR0912 - one return a stage
    now: Situation, stage: Stage, may_sue: Exhaustion
) -> list[NextStep]:
    clock = now.request_clock
    match stage:
        case Stage.DRAFT:
            return [NextStep("send_request", "Nothing has been sent yet.")]
        case Stage.SENT:
            return [_of_waiting(now)]
        case Stage.IN_PROCESS:
            until = (
                told("The agency has until {day}.", day=say(clock.due)) if clock.due else told("The agency must act.")
            )
            return [NextStep("wait", until, clock.due)]
        case Stage.OVERDUE:
            assert clock.due is not None
            late = say_count(
                "The determination is {n} day late.", "The determination is {n} days late.", clock.days_late
            )
            return [
                NextStep("overdue_notice", late),
                NextStep(
                    "completion_date_request", "The agency must give an estimated date, 5 U.S.C. 552(a)(7)(B)(ii)."
                ),
                _of_right_to_sue(now, may_sue),
            ]
        case Stage.APPEAL_WINDOW_OPEN:
            assert now.decision is not None
            assert now.window is not None
            outcome = naming.outcome(now.decision.outcome)
            if now.decision.outcome == "full_grant":
                return [NextStep("close", "Everything was granted; an appeal could only concern the search.")]
            why = told(
                "The answer ({outcome}) may be appealed; the appeal must be sent by the day named."
                if now.window.basis == "sent"
                else "The answer ({outcome}) may be appealed; the appeal must be received by the day named.",
                outcome=outcome,
            )
            return [NextStep("appeal", why, now.window.clock.due)]
        case Stage.DETERMINED:
            return _of_determined(now)
        case Stage.ON_APPEAL:
            due = now.appeal_clock.due if now.appeal_clock else None
            if due is None:
                return [NextStep("enter_appeal_receipt", "When the agency received the appeal is not entered.",
                                 now.window.clock.due if now.window and now.window.running else None)]  # fmt: skip
            return [NextStep("wait", told("The appeal is to be decided by {day}.", day=say(due)), due)]
        case Stage.APPEAL_OVERDUE:
            return [NextStep("new_request", "The appeal came after its time: silence on it exhausts nothing.")]
        case Stage.EXHAUSTED:
            return [_of_right_to_sue(now, may_sue)]
        case Stage.IN_LITIGATION:
            return _of_suit(now)
        case _:
            return []


def _of_waiting(now: Situation) -> NextStep:
    match now.start.waiting:
        case "failed":
            return NextStep("send_again", "Delivery failed.")
        case "refused":
            return NextStep("send_by_portal", "The agency refuses requests sent this way.")
        case "undesignated":
            return NextStep("send_again", "Only an office not designated to receive requests has it.")
        case _:
            return NextStep(
                "enter_receipt", "When the agency received the request is not entered; mail is never assumed."
            )


def _of_right_to_sue(now: Situation, may_sue: Exhaustion) -> NextStep:
    if now.limitation_passed:
        assert now.limitation is not None
        return NextStep("new_request", told(
            "The six years to sue ended on {day}; a new request starts afresh. Check with counsel.",
            day=say(now.limitation),
        ))  # fmt: skip
    return NextStep("consider_suit", joined(" ", (may_sue.why, told("Check with counsel."))), now.limitation)


def _of_determined(now: Situation) -> list[NextStep]:
    if now.decision is None or now.decision.outcome in {"full_grant", "withdrawn"}:
        return [NextStep("close", "Nothing more is due.")]
    if now.decision.outcome == "referred":
        return [NextStep("follow_referral", "The receiving office is tracked as a request of its own.")]
    return [NextStep("new_request", "The time to appeal has passed or opened none; a new request starts afresh.")]


def _of_suit(now: Situation) -> list[NextStep]:
    history = now.history
    if history.first(K.SETTLED) or history.first(K.JUDGMENT):
        return [NextStep("close", "The suit has ended; close the request when nothing is left to do.")]
    if not history.all(K.SERVED) and history.suit is not None:
        return [NextStep("serve", "The complaint must be served within 90 days of filing.",
                         date.fromordinal(history.suit.date.toordinal() + 90))]  # fmt: skip
    return []
