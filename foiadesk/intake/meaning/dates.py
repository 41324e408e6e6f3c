"""Dates as letters in the United States write them, and which of them is the letter's own."""

import re
from collections.abc import Iterator
from datetime import date

from foiadesk.frozen import dataclass
from foiadesk.intake.meaning.plain import head_of
from foiadesk.records.events import FIRST_YEAR

_NAMES = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
_MONTH = (
    r"(?P<{0}>January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?"
)
_DAY = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?"
# "January 5, 2026", "Jan. 5, 2026", "JAN 05 2026"; "5 January 2026", "05 JAN 26"; "01/05/2026", "1/5/26", "1-5-2026";
# "2026-01-05", and "2026.01.05" of a digital signature.
_WRITTEN = re.compile(
    rf"(?<![\w/-])(?:{_MONTH.format('m1')}\s{{0,3}}{_DAY.format('d1')}\s{{0,2}},?\s{{0,3}}(?P<y1>(?:19|20)\d\d)"
    rf"|{_DAY.format('d2')}(?:\sof)?[\s-]{{1,3}}{_MONTH.format('m2')},?[\s-]{{1,3}}(?P<y2>(?:19|20)\d\d|\d\d)"
    r"|(?P<m3>\d{1,2})(?P<s3>[/-])(?P<d3>\d{1,2})(?P=s3)(?P<y3>(?:19|20)\d\d|\d\d)"
    r"|(?P<y4>(?:19|20)\d\d)(?P<s4>[-./])(?P<m4>\d\d)(?P=s4)(?P<d4>\d\d))(?![\w/]|-\d)",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"[\s,.:;|_*-]*(?:(?:date|dated|sent|date sent|date of (?:this )?letter|issued|mailed|letter date)\s*:?\s*)?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun)?[\s,.:;|_*-]*",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[\s,.;|_*-]*(?:(?:at\s+)?\d{1,2}:\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?[\s\w()+:-]{0,30})?", re.IGNORECASE
)
_NOT_ITS_OWN = re.compile(
    r"\b(?:your|request|letter|dated|received?|receipt|of|on|from|through|between|since|by|until|before|after|expires?|due|"
    r"re|ref|subject|revised?|rev|effective|form|omb|exp|fiscal|period|born|dob)\b",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"digitally signed by[^\n]{0,120}\n?[^\n]{0,80}?\bdate:\s*", re.IGNORECASE)
_HEAD_LINES = 40


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a text: where it stands and as it is written there."""

    day: date
    start: int
    end: int
    words: str


def dates_in(text: str) -> Iterator[Dated]:
    """Yield every date in a text, in order; what is no day of the calendar is left out."""
    for match in _WRITTEN.finditer(text):
        day = _read(match)
        if day is not None:
            yield Dated(day, match.start(), match.end(), " ".join(match.group(0).split()))


def _read(match: re.Match[str]) -> date | None:
    for number in "1234":
        year_text = match.group(f"y{number}")
        if year_text is None:
            continue
        month_text, day_number = match.group(f"m{number}"), int(match.group(f"d{number}"))
        year = int(year_text) if len(year_text) == 4 else 2000 + int(year_text)
        month = int(month_text) if month_text.isdecimal() else _month(month_text)
        if number == "3" and month > 12 >= day_number:
            month, day_number = day_number, month  # it can only be a day first
        if year < FIRST_YEAR:
            return None
        try:
            return date(year, month, day_number)
        except ValueError:
            return None
    return None


def _month(name: str) -> int:
    return next(number for number, full in enumerate(_NAMES, 1) if full.startswith(name.lower()[:3]))


def letter_date(text: str, today: date) -> Dated | None:
    """Return a letter's own date: one that stands alone on a line of its head, else that of its digital signature.

    Never one after today, and never one inside its sentences.
    """
    head = head_of(text)
    at = 0
    beside: Dated | None = None
    for line in head.split("\n")[:_HEAD_LINES]:
        for found in dates_in(line):
            if found.day > today:
                continue
            before, after = line[: found.start], line[found.end :]
            if _ALONE.fullmatch(before) and _AFTER.fullmatch(after):
                return Dated(found.day, at + found.start, at + found.end, found.words)
            if beside is None and _beside(before, after):
                beside = Dated(found.day, at + found.start, at + found.end, found.words)
        at += len(line) + 1
    if beside is not None:
        return beside
    for signed in _SIGNED.finditer(text):
        for found in dates_in(text[signed.end() : signed.end() + 40]):
            if found.day <= today:
                return Dated(found.day, signed.end() + found.start, signed.end() + found.end, found.words)
    return None


def _beside(before: str, after: str) -> bool:
    """Tell whether a date ends or begins a line of a letterhead: a place or a wide gap beside it, no sentence."""
    if before.strip() and after.strip(" .|"):
        return False
    other = before.strip() or after.strip()
    if len(other) > 90 or _NOT_ITS_OWN.search(other) or other.endswith((".", ":")):
        return False
    wide = before.endswith(("   ", "\t", "| ")) or after.startswith(("   ", "\t", " |"))
    return wide or re.search(r"\b[A-Z]{2}\s+\d{5}(?:-\d{4})?[\s,]*$|,\s*D\.?C\.?[\s,]*$", before) is not None
