"""What a next step is called on its button, and what the button does: a letter, something to log, a page to open."""

from dataclasses import dataclass

from foiadesk.records import EventKind
from foiadesk.records.speech import begun
from foiadesk_ui.event_words import event_words
from foiadesk_ui.i18n import _


@dataclass(frozen=True, slots=True)
class Deed:
    """What a step's button does. label "": the step is something to know, not to do. event: what it logs. page: where
    it goes: "letter" (the request's own, or the one that answers the step), "deadlines" (the tab) or "new_request"."""

    label: str
    event: EventKind | None = None
    page: str = ""


def _deeds() -> dict[str, Deed]:
    kind = EventKind
    return {
        "wait": Deed(""),
        "reminder": Deed(""),
        "send_request": Deed(_("Send the request…"), page="letter"),
        "send_again": Deed(_("Send it again…"), page="letter"),
        "send_by_portal": Deed(_("Send it through the portal…"), page="letter"),
        "enter_receipt": Deed(_("Enter the receipt…"), kind.REQUEST_RECEIVED),
        "enter_appeal_receipt": Deed(_("Enter the appeal’s receipt…"), kind.APPEAL_RECEIVED),
        "answer_clarification": Deed(_("Answer the clarification…"), page="letter"),
        "answer_fees": Deed(_("Answer on fees…"), page="letter"),
        "answer_still_interested": Deed(_("Say that you still want it…"), page="letter"),
        "completion_date_request": Deed(_("Ask for a completion date…"), page="letter"),
        "ask_tracking_number": Deed(_("Ask for the tracking number…"), page="letter"),
        "appeal": Deed(_("Draft appeal…"), page="letter"),
        "appeal_fee_waiver": Deed(_("Draft fee-waiver appeal…"), page="letter"),
        "demand_sent": Deed(_("Draft overdue notice…"), page="letter"),
        "close": Deed(_("Close the request…"), kind.CLOSED),
        "serve": Deed(_("Log the service…"), kind.SERVED),
        "check_statute": Deed(_("Check the statute"), page="deadlines"),
        "consider_suit": Deed(_("Check with counsel"), page="deadlines"),
        "review_expedition": Deed(_("Expedition: check with counsel"), page="deadlines"),
        "follow_referral": Deed(_("Track the referral as a request…"), page="new_request"),
        "new_request": Deed(_("Make a new request…"), page="new_request"),
    }


def step_deed(kind: str, letter_title: str = "") -> Deed:
    """Return what a step's button says and does; a letter kind goes to its letter, an unknown step opens the form."""
    if letter_title and kind not in _deeds():
        return Deed(_("Draft {letter}…").format(letter=begun(_(letter_title), "lower")), page="letter")
    found = _deeds().get(kind)
    if found is not None:
        return found
    try:
        event = EventKind(kind)
    except ValueError:
        words = kind.replace("_", " ")
        return Deed(words[:1].upper() + words[1:] + "…", EventKind.NOTE)
    return Deed(_("Log: {event}…").format(event=event_words(event)), event)
