"""One letter read for its meaning: its date, its events with their fields, its numbers, what it proves."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from foiadesk.intake.meaning.dates import Dated, dates_in, letter_date
from foiadesk.intake.meaning.delivery import delivery_of
from foiadesk.intake.meaning.fields import with_fields
from foiadesk.intake.meaning.numbers import numbers_in
from foiadesk.intake.meaning.plain import READ, head_of, is_forwarded, own_words, passed_on, sentences
from foiadesk.intake.meaning.shapes import Letter, Meaning, Said
from foiadesk.intake.meaning.signs import events_in

_PARTS = 4  # files of a message that are read beside it
_PARTS_SEEN = 40
_LINE = 1000  # characters of a subject or sender
_SENTENCES = 600
_OLDEST = timedelta(days=60)  # a letter in a message is hardly older than this
_READ_TYPES = ("application/pdf", "text/plain", "text/html", "application/rtf")


def read(letter: Letter, today: date, *, ours: bool = False) -> Meaning:
    """Say what a letter means. Never raises for its text; nothing it says of the letter's date lies after today.

    ours: it went from us to an office.
    """
    letter = _cut(letter)
    own = own_words(letter.body, forwarded=is_forwarded(letter.subject))
    enclosed = [part for part in letter.parts if _is_letter(part.media)][:_PARTS]
    texts = [own, *(part.text for part in enclosed)]
    dated = _date(letter, texts, today)
    subject = " ".join(letter.subject.split())
    said = [subject] if subject else []
    for text in texts:
        said.extend(sentences(text))
    said = said[:_SENTENCES]
    numbers = numbers_in("\n".join(texts), subject)
    delivery = None if ours else delivery_of(letter, said, today)
    day = dated.day if dated else None
    events: list[Said] = []
    if delivery is None:
        events = [with_fields(one, said, numbers, day) for one in events_in(said, ours=ours)]
    return Meaning(
        day,
        dated.words if dated else "",
        tuple(events),
        numbers,
        delivery,
        head_of(texts[0] if texts[0].strip() else "".join(texts[1:2]))[:1200],
        "\n".join(texts)[:4000],
    )


def _cut(letter: Letter) -> Letter:
    """Return as much of a letter as is read."""
    parts = tuple(replace(part, text=part.text[:READ]) for part in letter.parts[:_PARTS_SEEN])
    return replace(
        letter, subject=letter.subject[:_LINE], sender=letter.sender[:_LINE], body=letter.body[:READ], parts=parts
    )


def _is_letter(media: str) -> bool:
    return media in _READ_TYPES or media.startswith("application/vnd.openxmlformats-officedocument.wordprocessing")


def _date(letter: Letter, texts: list[str], today: date) -> Dated | None:
    """Return the date on the letter, enclosed or in the message, when it fits the message; else the message's own."""
    if not letter.is_message:
        return letter_date(texts[0], today)
    sent = min(letter.sent, today) if letter.sent is not None else None
    if is_forwarded(letter.subject):
        line = re.search(r"^[>* ]*(?:Date|Sent):[^\n]{6,80}$", passed_on(letter.body), re.MULTILINE)
        first = next(dates_in(line.group(0)), None) if line else None
        if first is not None and first.day <= (sent or today):
            return first
    for text in (*texts[1:], texts[0]):
        found = letter_date(text, today)
        if found is not None and (sent is None or sent - _OLDEST <= found.day <= sent):
            return found
    return Dated(sent, 0, 0, "") if sent is not None else None
