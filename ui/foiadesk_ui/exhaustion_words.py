"""The answers to "may I sue?" in a reader's words, each with a shape: never by color alone, and never advice."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from foiadesk_ui.i18n import _, ngettext, plain_date, words_of
from foiadesk_ui.request_words import unverified_words

if TYPE_CHECKING:
    from foiadesk.desk import ExhaustionRow

RIPE = ("open", "exhausted")
ORDER = ("open", "exhausted", "closed_by_determination", "not_yet", "in_suit", "not_applicable")


def state_words(state: str) -> str:
    """Say one answer in a word or two."""
    return {
        "open": _("Open"),
        "exhausted": _("Exhausted"),
        "closed_by_determination": _("Appeal first"),
        "not_yet": _("Not yet"),
        "in_suit": _("In court"),
        "not_applicable": _("Does not apply"),
    }.get(str(state), str(state).replace("_", " ").capitalize())


def state_shape(state: str) -> str:
    """Return the shape that stands before the word: a meaning of the theme, or an icon of ours."""
    return {
        "open": "done",
        "exhausted": "done",
        "closed_by_determination": "soon",
        "not_yet": "waiting",
        "in_suit": "court",
    }.get(str(state), "minus")


def state_sentence(state: str) -> str:
    """Say what one answer means, for the line below it."""
    return {
        "open": _("The agency missed its date: the way to court is open."),
        "exhausted": _("The appeal is decided, or its time has run: remedies are exhausted."),
        "closed_by_determination": _("The agency has answered: an appeal comes before a suit."),
        "not_yet": _("The agency still has time to answer."),
        "in_suit": _("A suit is filed."),
        "not_applicable": _("There is nothing to sue about on this request."),
    }.get(str(state), "")


def dates_line(state: str, since: date | None, until: date | None) -> str:
    """Say in one short line since when a way is open, or until when it is not; "" when there is no date."""
    if until is not None and (since is None or state not in RIPE):
        return _("until {day}").format(day=plain_date(until))
    return _("since {day}").format(day=plain_date(since)) if since is not None else ""


def counted(states: Mapping[str, int]) -> str:
    """Say how many requests stand how: "3 open · 1 exhausted · 2 not yet"."""
    found = []
    for state in ORDER:
        number = states.get(state, 0)
        if number:
            found.append(_counted(state, number))
    return " · ".join(found)


def _counted(state: str, number: int) -> str:
    return {
        "open": lambda: ngettext("{n} open", "{n} open", number),
        "exhausted": lambda: ngettext("{n} exhausted", "{n} exhausted", number),
        "closed_by_determination": lambda: ngettext("{n} appeal first", "{n} appeal first", number),
        "not_yet": lambda: ngettext("{n} not yet", "{n} not yet", number),
        "in_suit": lambda: ngettext("{n} in court", "{n} in court", number),
        "not_applicable": lambda: ngettext("{n} does not apply", "{n} does not apply", number),
    }[state]()


def row_sentence(row: "ExhaustionRow") -> str:
    """Say a row as a screen reader should."""
    dates = dates_line(row.state, row.since, row.until)
    sure = unverified_words() if row.unverified else ""
    return ", ".join(part for part in (row.office_short, row.title, state_words(row.state), dates, sure) if part)


def row_below(row: "ExhaustionRow") -> str:
    """Say below a request why, and first whether that rests on an unverified rule."""
    why = words_of(row.why_said)
    return f"{unverified_words()} · {why}" if row.unverified else why
