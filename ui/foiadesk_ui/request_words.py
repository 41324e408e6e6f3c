"""Stages, turns, channels, clocks, due dates and sizes in a reader's words."""

from foiadesk.records.enums import Channel, Stage, Turn
from foiadesk_ui.event_words import choice_words
from foiadesk_ui.i18n import _
from foiadesk_ui.i18n import days_late as late_text
from foiadesk_ui.i18n import due_in as due_text


def _stages() -> dict[Stage, str]:
    return {
        Stage.CLOSED: _("Closed"),
        Stage.IN_LITIGATION: _("In court"),
        Stage.EXHAUSTED: _("Remedies exhausted"),
        Stage.APPEAL_OVERDUE: _("Appeal unanswered"),
        Stage.ON_APPEAL: _("On appeal"),
        Stage.APPEAL_WINDOW_OPEN: _("Answered, appeal open"),
        Stage.DETERMINED: _("Answered"),
        Stage.PAUSED: _("Clock paused"),
        Stage.OVERDUE: _("Overdue"),
        Stage.IN_PROCESS: _("In process"),
        Stage.SENT: _("Sent"),
        Stage.DRAFT: _("Draft"),
    }


def stage_words(stage: Stage) -> str:
    """Say where a request stands."""
    return _stages().get(stage, str(stage))


def turn_words(turn: Turn) -> str:
    """Say whose turn it is."""
    return {
        Turn.AGENCY: _("the agency’s turn"),
        Turn.REQUESTER: _("your turn"),
        Turn.COURT: _("the court’s turn"),
        Turn.NONE: _("nobody has to act"),
    }[turn]


def channel_words(channel: Channel | str | None) -> str:
    """Say how something was sent: "by portal"."""
    return {
        Channel.MAIL: _("by mail"),
        Channel.EMAIL: _("by e-mail"),
        Channel.PORTAL: _("through the portal"),
        Channel.FAX: _("by fax"),
        Channel.HAND: _("by hand"),
    }.get(Channel(channel), "") if channel else ""  # fmt: skip


def _clocks() -> dict[str, str]:
    return {
        "acknowledgment": _("Acknowledgment of the request"),
        "determination": _("Decision on the request"),
        "production": _("The records themselves"),
        "remand": _("New decision after the appeal"),
        "review_window": _("Time to ask for review"),
        "expedition": _("Decision on expedition"),
        "appeal_window": _("Time to appeal"),
        "appeal_determination": _("Decision on the appeal"),
        "complaint_answer": _("Answer to the complaint"),
        "service": _("Service of the complaint"),
        "limitation": _("Last day to sue"),
        "tracking_number": _("Tracking number"),
        "clarification": _("Answer to their question"),
        "fee_answer": _("Answer about fees"),
        "still_interested": _("Answer to “still interested?”"),
        "order": _("Court order"),
        "reminder": _("Reminder"),
    }


def clock_words(kind: str, about: str = "") -> str:
    """Name a clock, with what it is about when it is not the request itself."""
    name = _clocks().get(kind, kind.replace("_", " ").capitalize())
    return f"{name} ({choice_words(about).lower()})" if about and about != "request" and about not in kind else name


def clock_state_words(state: str) -> str:
    """Say the state of a clock."""
    return {
        "not_started": _("Not started"),
        "running": _("Running"),
        "paused": _("Paused"),
        "met": _("Met"),
        "missed": _("Missed"),
        "closed": _("Closed"),
    }.get(state, state)


def due_words(days_late: int, due_in: int | None) -> str:
    """Say how a due date stands: "35 days late", "due today", "due in 6 days"; "" without one."""
    if days_late:
        return late_text(days_late)
    return "" if due_in is None else due_text(max(due_in, 0))


def unverified_words() -> str:
    """Say, beside a date, that a rule it rests on is unverified."""
    return _("unverified rule")


def law_words(rule: str) -> str:
    """Name a law, and what of it, in the window's language. rule: its title, or that with citations behind a colon."""
    title = rule
    while _(title) == title and ": " in title:  # a title may have a colon of its own
        title = title.rpartition(": ")[0]
    return f"{_(title)}{rule[len(title) :]}"


def unverified_tip(rule: str) -> str:
    """Say which rule is unverified and what that means. rule: the law, with what of it where that is known."""
    said = _(
        "Unverified rule: its text was not compared with a source; check it before relying on the date. Law: {law}."
    )
    return said.format(law=law_words(rule))


def meaning_of(days_late: int, due_in: int | None, stage: Stage, *, soon: int = 7) -> str:
    """Return the meaning (late, soon, waiting, done) a request is shown with. ``soon``: days that count as near."""
    if stage in (Stage.CLOSED, Stage.DETERMINED):
        return "done"
    if days_late:
        return "late"
    if due_in is not None and due_in <= soon:
        return "soon"
    return "waiting"
