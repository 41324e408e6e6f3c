"""Small matters of written American English: dates, money, series, plurals, quotes, and text made safe to set."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from foiadesk.records import Channel

HOW = {
    Channel.PORTAL: "by portal",
    Channel.EMAIL: "by email",
    Channel.MAIL: "by U.S. mail",
    Channel.FAX: "by fax",
    Channel.HAND: "by hand",
}

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MESES = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip

NBSP = "\u00a0"
OPEN, CLOSE = "\ufdd0", "\ufdd1"  # noncharacters: they delimit a value's number in a rendered template, never text

# Controls, and the invisible marks that reorder or hide text, carry nothing a letter should say.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufdd0-\ufdef\ufffe\uffff]"
)
_BREAKS = re.compile("\r\n?|\x85|\u2028|\u2029")
_PAIRED = re.compile(r'(?:(?<=^)|(?<=[\s(\[“‘—–]))"(?=\S)([^"\n]*?\S)"(?=$|[\s.,;:!?)\]”’—–])', re.MULTILINE)
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")

# A reference to the law reads as one thing: these never part at a line's end.
_TIES = (
    (re.compile(r"(§§?) "), f"\\1{NBSP}"),
    (re.compile(r"(\d) (U\.S\.C\.|C\.F\.R\.) ?"), f"\\1{NBSP}\\2{NBSP}"),
    (re.compile(r"(\d) (working|calendar) (days?)"), f"\\1{NBSP}\\2 \\3"),
)


def page_words(language: str) -> str:
    """Return how a page tells its {number} of the {count} in a letter of that language."""
    if language.startswith("es"):
        return f"Página{NBSP}{{number}} de{NBSP}{{count}}"
    return f"Page{NBSP}{{number}} of{NBSP}{{count}}"


def clean(text: str) -> str:
    """Return the text in composed Unicode, with plain newlines and without control or invisible ordering marks."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSAFE.sub("", unicodedata.normalize("NFC", _BREAKS.sub("\n", text))).replace("\t", " ")


def typographic(text: str) -> str:
    """Return the text with paired straight quotes and apostrophes between letters set as a printer would.

    A lone quote stays as it was typed: nobody can tell what it opens or closes.
    """
    if '"' in text:
        text = _PAIRED.sub("“\\1”", text)
    if "'" in text:
        text = _APOSTROPHE.sub("’", text)
    return text


def tie(text: str) -> str:
    """Return the text with the parts of a citation held together."""
    if not any(mark in text for mark in ("§", "U.S.C.", "C.F.R.", " days", " day")):
        return text
    for pattern, held in _TIES:
        text = pattern.sub(held, text)
    return text


def long_date(day: date, language: str = "en-US") -> str:
    """Return "January 5, 2026", or "5 de enero de 2026", kept on one line."""
    if language.startswith("es"):
        return f"{day.day}{NBSP}de{NBSP}{MESES[day.month - 1]}{NBSP}de{NBSP}{day.year}"
    return f"{MONTHS[day.month - 1]}{NBSP}{day.day},{NBSP}{day.year}"


def money(amount: Decimal) -> str:
    """Return "$25" or "$1,250.50"."""
    return f"${amount:,.0f}" if amount == amount.to_integral_value() else f"${amount:,.2f}"


def counted(number: int, noun: str) -> str:
    """Return "1 working day", "35 calendar days": the number and its noun on one line."""
    return f"{number:,}{NBSP}{noun}{'' if number == 1 else 's'}"


def series(names: Sequence[str]) -> str:
    """Return "A", "A and B", or "A, B, and C"."""
    if len(names) < 3:
        return " and ".join(names)
    return f"{', '.join(names[:-1])}, and {names[-1]}"


def split_lines(texts: Iterable[str]) -> tuple[str, ...]:
    """Return every line of some texts that holds anything."""
    return tuple(line.strip() for text in texts for line in clean(text).split("\n") if line.strip())


def split_items(text: str) -> list[str]:
    """Return the items of a list field: one a line; a line that begins with a space continues the item above."""
    items: list[str] = []
    for line in clean(text).split("\n"):
        if not line.strip():
            continue
        if line[0] == " " and items:
            items[-1] += "\n" + line.strip()
        else:
            items.append(line.strip())
    return items


def join_items(items: Sequence[str]) -> str:
    """Return the items as a list field holds them; ``split_items`` reads them back."""
    kept = ([line.strip() for line in clean(item).split("\n") if line.strip()] for item in items)
    return "\n".join("\n  ".join(lines) for lines in kept if lines)
