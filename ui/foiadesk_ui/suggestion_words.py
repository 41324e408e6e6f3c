"""What the desk makes of a letter, in the words of lists, buttons and reasons."""

from typing import TYPE_CHECKING

from foiadesk_ui.event_words import event_words
from foiadesk_ui.i18n import _, plain_date, said

if TYPE_CHECKING:
    from foiadesk.desk import SuggestedEvent, Understanding

REASONS = 6  # shown of a letter


def short_name(understood: "Understanding") -> str:
    """Return the suggested request's office: what stands after its title."""
    return understood.candidates[0].name.rpartition(" · ")[2] if understood.candidates else ""


def one_line(understood: "Understanding") -> str:
    """Return what is suggested in one line: "ICE: Acknowledged (2026-ICFO-00123) · Face recognition"."""
    if not understood.clear:
        count = len(understood.candidates)
        return _("Which request? {n} are as likely").format(n=count) if count > 1 else _("Which request?")
    title = understood.candidates[0].name.rpartition(" · ")[0]
    return f"{short_name(understood)}: {what_it_is(understood)} · {title}"


def what_it_is(understood: "Understanding") -> str:
    """Return what a letter means in a few words."""
    titles = [said(one.title) for one in understood.events]
    titles += [_("proof of “{event}”").format(event=said(one.title)) for one in understood.proven]
    return ", ".join(titles) or _("no event")


def file_words(understood: "Understanding") -> str:
    """Return the words of the button that files it as suggested."""
    office = short_name(understood)
    if understood.events:
        return _("File on {office}: {event}").format(
            office=office, event=event_words(understood.events[0].data["kind"]).lower()
        )
    if understood.proven:
        return _("File on {office} as proof").format(office=office)
    return _("File on {office}").format(office=office)


def event_line(event: "SuggestedEvent") -> str:
    """Return an event with its date: "Acknowledged (2026-ICFO-00123), 5 Jan 2026"."""
    from datetime import date

    day = event.data.get("date")
    return f"{said(event.title)}, {plain_date(date.fromisoformat(day))}" if day else said(event.title)


def reasons(understood: "Understanding") -> str:
    """Return why the desk thinks so, one sentence a line."""
    return "\n".join(map(said, understood.why[:REASONS])) or _("Nothing in it says what it is. You decide.")
