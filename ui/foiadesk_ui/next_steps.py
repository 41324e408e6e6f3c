"""What a next step is called on its button, and what the button does: a letter, something to log, a page to open."""

from foiadesk.records import EventKind
from foiadesk_ui.event_words import event_words
from foiadesk_ui.i18n import _


def step_event(kind: str) -> EventKind | None:
    """Return the event a step asks to log, when its name is one ("log_request_received" or "request_received")."""
    name = kind.removeprefix("log_").removeprefix("enter_").removeprefix("record_")
    try:
        return EventKind(name)
    except ValueError:
        return None


def step_label(kind: str, letter_title: str = "") -> str:
    """Name a step: "Draft overdue notice…", "Log: Determination…", else its name in words."""
    if letter_title:
        return _("Draft {letter}…").format(letter=letter_title[:1].lower() + letter_title[1:])
    event = step_event(kind)
    if event is not None:
        return _("Log: {event}…").format(event=event_words(event))
    words = kind.replace("_", " ")
    return words[:1].upper() + words[1:]
