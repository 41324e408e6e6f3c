"""What may be done next under any law but the federal one."""

from collections.abc import Sequence

from foiadesk.law import naming
from foiadesk.law.answers import Clock, ClockState, Exhaustion, ExhaustionState, NextStep, say
from foiadesk.law.general_standing import Where
from foiadesk.records import EventKind, Stage
from foiadesk.records.speech import joined
from foiadesk.records.speech import say as told

K = EventKind
_QUESTIONS = {
    "clarification": ("answer_clarification", "The agency asked for a clarification"),
    "fee_answer": ("answer_fees", "The agency asked about fees"),
    "still_interested": ("answer_still_interested", "The agency asked whether the request still matters"),
}


def next_steps(now: Where, stage: Stage, may_sue: Exhaustion, clocks: Sequence[Clock]) -> tuple[NextStep, ...]:
    """List what fits now: questions to answer, then what the stage asks for, then reminders."""
    if stage is Stage.CLOSED:
        return ()
    steps = []
    for clock in clocks:
        if clock.kind in _QUESTIONS and clock.met_on is None and clock.state is not ClockState.CLOSED:
            kind, why = _QUESTIONS[clock.kind]
            steps.append(
                NextStep(
                    kind,
                    told("{why} on {day}; an unanswered one may close it.", why=told(why), day=say(clock.start)),
                    clock.due,
                )
            )
    steps += _of_stage(now, stage, may_sue, clocks)
    for clock in clocks:
        if clock.kind == "reminder" and clock.due is not None and clock.state is not ClockState.CLOSED:
            steps.append(
                NextStep(
                    "reminder", told("A reminder you set: {what}.", what=clock.about or told("no text")), clock.due
                )
            )
    return tuple(steps)


def _of_stage(  # noqa: PLR0911 - one return a stage
    now: Where, stage: Stage, may_sue: Exhaustion, clocks: Sequence[Clock]
) -> list[NextStep]:
    match stage:
        case Stage.DRAFT:
            return [NextStep("send_request", "Nothing has been sent yet.")]
        case Stage.SENT:
            return [_of_waiting(now)]
        case Stage.IN_PROCESS:
            return _of_process(now, clocks)
        case Stage.OVERDUE:
            return _of_overdue(now, may_sue, clocks)
        case Stage.APPEAL_WINDOW_OPEN:
            assert now.window is not None
            to, due = now.window.body, now.window.clock.due
            may = (
                told("The answer may be appealed to {body}.", body=told(to))
                if to
                else told("The answer may be appealed.")
            )
            return [NextStep("appeal", may if due else joined(" ", (may, told("By when: check the statute."))), due)]
        case Stage.ON_APPEAL:
            due = now.appeal_clock.due if now.appeal_clock else None
            if now.appeal_clock is not None and now.appeal_clock.state is ClockState.NOT_STARTED:
                return [NextStep("enter_appeal_receipt", "When the agency received the appeal is not entered.")]
            until = (
                told("The appeal is to be decided by {day}.", day=say(due))
                if due
                else told("The appeal is to be decided.")
            )
            return [NextStep("wait", until, due)]
        case Stage.APPEAL_OVERDUE | Stage.EXHAUSTED:
            kind = "consider_suit" if may_sue.state is ExhaustionState.EXHAUSTED else "check_statute"
            return [NextStep(kind, told("{why} Check with counsel.", why=may_sue.why), may_sue.until)]
        case Stage.DETERMINED:
            return _of_determined(now, may_sue, clocks)
        case _:
            return []


def _of_waiting(now: Where) -> NextStep:
    match now.waiting:
        case "failed":
            return NextStep("send_again", "Delivery failed.")
        case "undesignated":
            return NextStep("send_again", "Only an office that does not receive requests has it.")
        case _:
            return NextStep(
                "enter_receipt", "When the agency received the request is not entered; mail is never assumed."
            )


def _of_process(now: Where, clocks: Sequence[Clock]) -> list[NextStep]:
    steps = []
    for clock in clocks:
        if clock.kind == "acknowledgment" and clock.state is ClockState.MISSED and clock.met_on is None:
            steps.append(
                NextStep("demand_sent", told("The request was to be acknowledged by {day}.", day=say(clock.due)))
            )
    due = now.own.due
    if due is not None:
        return [*steps, NextStep("wait", told("The agency has until {day}.", day=say(due)), due)]
    return [
        *steps,
        NextStep(
            "check_statute",
            told("{says} Ask for a date, and check the statute.", says=told(now.pack.clocks["determination"].says)),
        ),
    ]


def _of_overdue(now: Where, may_sue: Exhaustion, clocks: Sequence[Clock]) -> list[NextStep]:
    late = told("The answer is {late}.", late=naming.late(now.own.days_late))
    steps = [NextStep("demand_sent", told("{late} Write to the agency.", late=late))]
    if now.window is not None and now.window.running and now.window.decision is None:
        to = now.window.body
        may = told("Silence may be appealed to {body}.", body=told(to)) if to else told("Silence may be appealed.")
        steps.append(NextStep("appeal", may, now.window.clock.due))
    if may_sue.state is ExhaustionState.OPEN:
        until = next((clock.due for clock in clocks if clock.kind == "limitation"), None)
        steps.append(NextStep("consider_suit", told("{why} Check with counsel.", why=may_sue.why), until))
    else:
        steps.append(NextStep("check_statute", may_sue.why))
    return steps


def _of_determined(now: Where, may_sue: Exhaustion, clocks: Sequence[Clock]) -> list[NextStep]:
    if now.decision is not None and now.decision.outcome in {"full_grant", "withdrawn"}:
        return [NextStep("close", "Nothing more is due.")]
    if now.decision is not None and now.decision.outcome == "referred":
        return [NextStep("follow_referral", "The receiving office is tracked as a request of its own.")]
    until = next((clock.due for clock in clocks if clock.kind in {"limitation", "review_window"}), None)
    if may_sue.state is ExhaustionState.EXHAUSTED:
        return [NextStep("consider_suit", told("{why} Check with counsel.", why=may_sue.why), until)]
    return [NextStep("check_statute", may_sue.why, until)]
