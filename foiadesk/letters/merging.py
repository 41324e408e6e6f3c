"""Merge fields: facts of the request named in a form's text as {due}, put in when the letter is composed.

A fact that is not known, or a name nobody knows, is a blank that says what is missing. What is put in is words: it is
never read for further names, nor as markup.
"""

import re
from collections.abc import Callable, Mapping

from foiadesk.frozen import dataclass
from foiadesk.letters.model import Blank, LetterContext
from foiadesk.letters.sources import sent_event, tracking_numbers
from foiadesk.letters.template import Filled, named_blank
from foiadesk.letters.words import clean, counted, long_date, series
from foiadesk.records import EventKind
from foiadesk.records.speech import say

PLACE = re.compile(r"(?<!\{)\{([a-z][a-z_]{0,30})\}(?!\})")


@dataclass(frozen=True, slots=True)
class MergeFact:
    """A fact that can be named in a text. value: its words now, "" when it is not known."""

    name: str
    label: str
    value: str


def _due(context: LetterContext, language: str) -> str:
    clocks = context.answer.clocks if context.answer else ()
    due = next((clock.due for clock in clocks if clock.kind == "determination"), None)
    return long_date(due, language) if due else ""


def _late(context: LetterContext, _language: str) -> str:
    clocks = context.answer.clocks if context.answer else ()
    days = next((clock.days_late for clock in clocks if clock.kind == "determination"), 0)
    return counted(days, "calendar day") if days > 0 else ""


def _sent(context: LetterContext, language: str) -> str:
    event = sent_event(context.events)
    return long_date(event.date, language) if event else ""


def _received(context: LetterContext, language: str) -> str:
    days = [event.date for event in context.events if event.kind is EventKind.REQUEST_RECEIVED]
    return long_date(days[-1], language) if days else ""


FACTS: Mapping[str, tuple[str, Callable[[LetterContext, str], str]]] = {
    "office": ("Office", lambda context, _: context.request.office.name),
    "office_short": ("Office, in short", lambda context, _: context.request.office.short),
    "department": ("Department", lambda context, _: context.request.office.department),
    "title": ("Title of the request", lambda context, _: context.request.title),
    "tracking": ("Tracking number", lambda context, _: ", ".join(tracking_numbers(context.events))),
    "sent": ("Day the request was sent", _sent),
    "received": ("Day the agency received it", _received),
    "due": ("Day the determination is due", _due),
    "days_late": ("Days late", _late),
    "today": ("Today’s date", lambda context, language: long_date(context.today, language)),
    "requesters": ("Who asks", lambda context, _: series([one.name for one in context.requesters])),
}


def merge_facts(context: LetterContext, language: str = "en-US") -> tuple[MergeFact, ...]:
    """Return every fact a text can name, with its words for this request."""
    return tuple(
        MergeFact(name, label, clean(read(context, language)).replace("\n", " ").strip())
        for name, (label, read) in FACTS.items()
    )


def merged(text: str, facts: Mapping[str, MergeFact], field: str, label: str) -> str:
    """Return a text with its facts put in. field, label: of the form, to which its blanks lead."""
    if "{" not in text:
        return text
    blanks: list[Blank] = []

    def put(match: re.Match[str]) -> str:
        fact = facts.get(match[1])
        if fact is not None and fact.value:
            return fact.value
        what = fact.label if fact is not None else match[1].replace("_", " ")
        blanks.append(Blank(f"{field}:{match[1]}", say("{fact} ({field})", fact=say(what), field=say(label))))
        return named_blank(what)

    made = PLACE.sub(put, text)
    return Filled(made, tuple(blanks)) if blanks else made
