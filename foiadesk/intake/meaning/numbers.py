"""Tracking numbers in a letter's words: by the forms that offices give them, or by what introduces them."""

import re
import tomllib
from functools import cache

from foiadesk.frozen import dataclass
from foiadesk.intake.meaning.plain import head_of
from foiadesk.intake.meaning.shapes import Number
from foiadesk.shelf import resource

MOST = 40  # numbers of one letter

# What stands for a number anywhere: parts of capital letters and digits between dashes, four digits at least in all.
_TOKEN = re.compile(r"(?<![\w.@/-])[A-Z0-9]{1,13}(?:[-/][A-Z0-9]{1,13}){0,5}(?![\w@]|-\w|\.\d)", re.IGNORECASE)
_INTRODUCED = re.compile(
    r"(?:(?:tracking|reference|request|case|control|file|foia|foipa|foia/pa|appeal|matter|log)\s{1,3}"
    r"(?:id|no\.?|nos\.?|number|numbers|#|num\.?|case|request|appeal)"
    r"|\b(?:re|subject|case|ref\.?|number|no\.?|foia|foipa|appeal)\s?[:#]|#)[\s:#.]{0,4}(?:(?:is|of|was)[\s:]{1,3})?$",
    re.IGNORECASE,
)
# "2026-ICFO- 00123", as scanned pages and broken lines have it.
_BROKEN = re.compile(r"(?<=[A-Z0-9])(?:\s?[-\u2010-\u2014]\s?)(?=[A-Z0-9])")
_NO_NUMBER = re.compile(
    r"(?:19|20)\d\d-\d\d-\d\d|\d{1,2}[-/]\d{1,2}[-/](?:\d\d|\d{4})|(?:1-)?\d{3}-\d{3}-\d{4}|\d{3}-\d{4}|\d{3}-\d\d-\d{4}"
    r"|\d{5}-\d{4}|(?:19|20)\d\d-(?:19|20)\d\d|\d{1,4}/\d{1,4}"
)
_LINE = re.compile(r"^\s*(?:re|subject|ref(?:erence)?|in re)\s*:.{0,200}$", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Form:
    """One form of tracking number and the office that gives it ("" for several)."""

    agency: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    appeal: bool


@cache
def forms() -> tuple[Form, ...]:
    """Return the known forms, most particular first, from resources/signs."""
    rows = tomllib.loads(resource("signs", "tracking.toml").read_text(encoding="utf-8"))["form"]
    return tuple(
        Form(row.get("agency", ""), re.compile(row["pattern"]), tuple(row["examples"]), row.get("appeal", False))
        for row in rows
    )


def form_of(number: str) -> Form | None:
    """Return the first form a number has, if any is known."""
    return next((form for form in forms() if form.pattern.fullmatch(number)), None)


def plain(number: str) -> str:
    """Return a number as numbers are compared: letters and digits only, upper case."""
    return re.sub(r"[^0-9A-Z]", "", number.upper())


def numbers_in(text: str, subject: str = "") -> tuple[Number, ...]:
    """Return what looks like tracking numbers: those of the subject and reference line, those introduced, others."""
    found: dict[str, Number] = {}
    head = _LINE.findall(head_of(text))
    for part, top in ((subject, True), ("\n".join(head), True), (text, False)):
        mended = _BROKEN.sub("-", part)
        mended = re.sub(r"\bEOIR 20", "EOIR-20", mended)
        for match in _TOKEN.finditer(mended):
            number = match.group(0).upper()
            if sum(char.isdigit() for char in number) < 4 or _NO_NUMBER.fullmatch(number):
                continue
            form = form_of(number)
            introduced = _INTRODUCED.search(mended, max(0, match.start() - 40), match.start()) is not None
            if form is None and not introduced:
                continue
            rank = 0 if top and (form is not None or introduced) else 1 if introduced else 2
            key = plain(number)
            if len(key) < 5 or (key in found and found[key].rank <= rank):
                continue
            if key not in found and len(found) >= MOST:
                continue
            words = " ".join(mended[max(0, match.start() - 60) : match.end()].split())
            found[key] = Number(number, rank, form.agency if form else "", words)
    return tuple(sorted(found.values(), key=lambda one: one.rank))
