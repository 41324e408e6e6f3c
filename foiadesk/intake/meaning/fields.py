"""What a letter says beside the event itself: amounts, days, dates, pages, exemptions, how to appeal."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from foiadesk.intake.meaning.dates import dates_in
from foiadesk.intake.meaning.shapes import Number, Said
from foiadesk.shelf import resource

_COUNTS = {
    "one": 1, "two": 2, "three": 3, "five": 5, "seven": 7, "ten": 10, "fourteen": 14, "fifteen": 15, "twenty": 20,
    "thirty": 30, "forty-five": 45, "sixty": 60, "ninety": 90,
}  # fmt: skip
_NUMBER = rf"(?P<n>\d{{1,3}}|{'|'.join(_COUNTS)})"
_DAYS = re.compile(
    rf"\b{_NUMBER}[ -]?(?:\((?P<again>\d{{1,3}})\) ?)?(?:additional |more )?"
    r"(?P<unit>working[ -]|business[ -]|calendar[ -]|work[ -]?)?days?\b",
    re.IGNORECASE,
)
_MONEY = re.compile(r"\$\s?(\d{1,3}(?:,\d{3})+(?:\.\d\d)?|\d{1,9}(?:\.\d\d)?)(?!\d)")
_NOT_THE_AMOUNT = re.compile(
    r"(?:per page|per hour|a page|an hour|each page|/page|/hour|cents|exceed\w*|in excess of|more than|over|under|"
    r"up to|less than|at least|threshold|willing\w* to pay|maximum|minimum|first \d+)\W{0,12}$", re.IGNORECASE,
)  # fmt: skip
_RATE = re.compile(r"^\W{0,3}(?:per|a|an|each|/)\s?(?:\(?\w+\)? )?(?:page|hour|quarter|copy|cd|dvd|15)", re.IGNORECASE)
_ANSWER = re.compile(
    r"\b(?:respon[ds]\w*|reply|repl\w+|contact|hear|notif\w+|provid\w+|confirm\w*|receiv\w+|submit\w*|pay\w*|clarif\w+|"
    r"advise|tell|let us know|inform|return|remit\w*|answer\w*|indicat\w+)\b",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:by|before|no later than|not later than|on or before|until|prior to)\b"
    r"(?: (?:close of business|cob|5(?::00)? ?p\.?m\.?))?(?: on)?(?: (?:mon|tues|wednes|thurs|fri)day)?,? *$",
    re.IGNORECASE,
)
_WE_WILL = re.compile(
    r"\b(?:we|this office) (?:will|shall|expect|anticipate|hope)\b.{0,30}(?:respond|provide|complet)", re.IGNORECASE
)
_WITHIN = re.compile(r"\b(?:within|in|no later than|not later than)\b(?: the next)? *$", re.IGNORECASE)
_LETTER = r"(?: ?\(?([A-F])\)?(?![a-z]))?"  # of 7(C), 7C, (7)(C)
_ONE = rf"\(?b?\)?\(?[1-9]\)?{_LETTER.replace('([A-F])', '[A-F]')}"
_EXEMPTION = re.compile(
    r"\(b\) ?\((\d)\)(?: ?\(([A-F])\))?|\bb(\d)\b(?:\(([A-F])\))?"
    r"|\bexemptions? (\d)(?:[ -]?\(?([A-F])\)?(?![a-z]))?",
    re.IGNORECASE,
)
_EXEMPTION_LIST = re.compile(rf"\bexemptions? ((?:{_ONE}(?:, ?and |, ?| and | & | or )){{1,9}}{_ONE})", re.IGNORECASE)
_ONE_OF_LIST = re.compile(rf"([1-9])\)?{_LETTER}", re.IGNORECASE)
_COUNT = r"(?P<n>\d{1,3}(?:,\d{3})+|\d{1,7}|no|one)"
_APPEAL = re.compile(r"\bappeal", re.IGNORECASE)
_SENT = re.compile(
    r"\bpostmark\w*|\btransmitt\w*|\bsubmitt\w*|\bsent\b|\bfile[d]?\b|\bmail(?:ed|ing)?\b", re.IGNORECASE
)
_ARRIVED = re.compile(r"\breceived?\b", re.IGNORECASE)
_TELLS_APPEAL = re.compile(
    r"\b(?:right to|may|can|wish to|entitled to|file an?|submit an?|procedures? to) (?:\w+ ){0,3}appeal", re.IGNORECASE
)


def with_fields(said: Said, sentences: Sequence[str], numbers: Sequence[Number], dated: date | None) -> Said:
    """Return an event with the fields that the letter's sentences say for its kind."""
    more: dict[str, Any] = {}
    answer_in: tuple[int, str] | None = None
    match said.kind:
        case "acknowledged":
            more = _number("tracking_number", numbers)
        case "tracking_number":
            more = _number("number", numbers)
        case "fee_estimate":
            more = _amount((said.words, *sentences))
            stops = any(re.search(r"\b(?:hold|held|suspend|toll|not (?:begin|proceed|process|continue))\w*\b", one,
                                  re.IGNORECASE) for one in sentences)  # fmt: skip
            more |= {"stops_work": True} if stops else {}
        case "extension_notice":
            more = _extension(said.words, sentences, dated)
        case "completion_date_given":
            more = _ahead("expected", (said.words,), dated)
        case "time_frame_agreed":
            more = _ahead("until", (said.words,), dated)
        case "interim_release":
            more = {**_pages(sentences), **_exemptions(sentences)}
        case "determination":
            more = {
                **_exemptions(sentences),
                **_appeal(sentences),
                **_note(sentences, said.fields.get("note", "")),
            }
    if said.kind in ("fee_estimate", "clarification_asked", "still_interested_asked"):
        answer_by, answer_in = _answer_by(sentences, dated)
        more |= {"answer_by": answer_by.isoformat()} if answer_by else {}
    return replace(said, fields={**said.fields, **more}, answer_in=answer_in if "answer_by" not in more else None)


def _number(name: str, numbers: Sequence[Number]) -> dict[str, Any]:
    best = next((one for one in numbers if one.rank < 2), numbers[0] if numbers else None)
    return {name: best.number} if best else {}


def _amount(sentences: Sequence[str]) -> dict[str, Any]:
    for sentence in sentences:
        if not re.search(r"\b(?:estimat|cost|fee|charge|total|payment|amount|invoice|due)", sentence, re.IGNORECASE):
            continue
        found = [
            match.group(1).replace(",", "")
            for match in _MONEY.finditer(sentence)
            if not _NOT_THE_AMOUNT.search(sentence, max(0, match.start() - 40), match.start())
            and not _RATE.search(sentence[match.end() : match.end() + 30])
        ]
        if found:  # a sum is named last: "4 hours at $40 and 50 pages, for a total of $165.00"
            return {"amount": found[-1] if re.search(r"\btotal", sentence, re.IGNORECASE) else found[0]}
    return {}


def days_in(sentence: str) -> Iterator[tuple[int, str, int, int]]:
    """Yield (number, unit, start, end) of each "ten (10) working days" in a sentence; unit working, calendar or ""."""
    for match in _DAYS.finditer(sentence):
        text = (match.group("again") or match.group("n")).lower()
        number = int(text) if text.isdecimal() else _COUNTS[text]
        unit = (match.group("unit") or "").strip(" -").lower()
        kind = {"": "", "calendar": "calendar"}.get(unit, "working")
        yield number, kind, match.start(), match.end()


def _extension(words: str, sentences: Sequence[str], dated: date | None) -> dict[str, Any]:
    more: dict[str, Any] = {}
    for sentence in (words, *sentences):
        if re.search(r"\bexten|\badditional\b|\bunusual circumstances\b", sentence, re.IGNORECASE):
            for number, unit, start, end in days_in(sentence):
                near = sentence[max(0, start - 60) : end + 40]
                if unit != "calendar" and re.search(r"exten|additional|more", near, re.IGNORECASE) and number != 20:
                    more.setdefault("working_days", number)
    more.setdefault("working_days", 10)
    about = [one for one in (words, *sentences) if re.search(r"\bexten|\bexpect|\banticipat|\bdetermination|\bdue\b|"
             r"\bcomplet|\brespond", one, re.IGNORECASE)]  # fmt: skip
    return {**more, **_ahead("expected_date", about, dated)}


def _ahead(name: str, sentences: Sequence[str], dated: date | None) -> dict[str, Any]:
    """Return the first date after the letter's own that sentences name."""
    for sentence in sentences:
        for found in dates_in(sentence):
            if dated is None or found.day > dated:
                return {name: found.day.isoformat()}
    return {}


def _answer_by(sentences: Sequence[str], dated: date | None) -> tuple[date | None, tuple[int, str] | None]:
    """Return the day by which an answer is asked for, or the days to it from the letter's date."""
    span: tuple[int, str] | None = None
    for sentence in sentences:
        if not _ANSWER.search(sentence) or _APPEAL.search(sentence):
            continue
        for found in dates_in(sentence):
            if _BY.search(sentence, 0, found.start) and (dated is None or found.day >= dated):
                return found.day, None
        if _WE_WILL.search(sentence):
            continue
        for number, unit, start, _end in days_in(sentence):
            if span is None and _WITHIN.search(sentence, 0, start) and number <= 120:
                span = (number, unit or "calendar")
    return None, span


def _exemptions(sentences: Sequence[str]) -> dict[str, Any]:
    found = exemptions_in(sentences)
    return {"exemptions": list(found)} if found else {}


def exemptions_in(sentences: Sequence[str]) -> tuple[str, ...]:
    """Return the exemptions that sentences name, as "5" and "7(C)", in the order of the law."""
    found: set[str] = set()
    for sentence in sentences:
        for listed in _EXEMPTION_LIST.finditer(sentence):
            found |= {_exemption(one.group(1), one.group(2)) for one in _ONE_OF_LIST.finditer(listed.group(1))}
        for match in _EXEMPTION.finditer(sentence):
            number, letter = (
                (match.group(1) or match.group(3) or match.group(5)),
                match.group(2) or match.group(4) or match.group(6),
            )
            found.add(_exemption(number, letter))
    return tuple(sorted(found - {""}))


def _exemption(number: str, letter: str | None) -> str:
    if not "1" <= number <= "9":
        return ""
    return f"{number}({letter.upper()})" if letter and number == "7" else number


@cache
def _pages_said() -> Mapping[str, tuple[re.Pattern[str], ...]]:
    """Return how letters say numbers of pages, by field, from resources/signs."""
    rows = tomllib.loads(resource("signs", "pages.toml").read_text(encoding="utf-8"))
    return {
        name: tuple(re.compile(pattern.replace("N", _COUNT, 1), re.IGNORECASE) for pattern in patterns)
        for name, patterns in rows.items()
    }


def _pages(sentences: Sequence[str]) -> dict[str, Any]:
    more: dict[str, Any] = {}
    for sentence in sentences:
        for name, patterns in _pages_said().items():
            for pattern in patterns:
                match = pattern.search(sentence)
                if match is not None and name not in more:
                    text = match.group("n").replace(",", "").lower()
                    more[name] = {"no": 0, "one": 1}[text] if text in ("no", "one") else int(text)
    return more


def _appeal(sentences: Sequence[str]) -> dict[str, Any]:
    """Return what a determination says of the appeal: its right, days, unit, and whether sending or receipt counts."""
    more: dict[str, Any] = {}
    for place, sentence in enumerate(sentences):
        around = " ".join(sentences[max(0, place - 1) : place + 2])
        if _TELLS_APPEAL.search(sentence):
            more["appeal_notice"] = True
        if not _APPEAL.search(around):
            continue
        for number, unit, start, end in days_in(sentence):
            near = sentence[max(0, start - 200) : end + 120]
            if (
                number < 30
                or "appeal_days" in more
                or not _APPEAL.search(sentence[max(0, start - 250) : end + 200] + around)
            ):
                continue
            more |= {"appeal_days": number, "appeal_unit": unit or "calendar"}
            if _ARRIVED.search(near) and not re.search(r"\bpostmark|\btransmitt", near, re.IGNORECASE):
                more["appeal_basis"] = "received"
            elif _SENT.search(near):
                more["appeal_basis"] = "sent"
    return more


def _note(sentences: Sequence[str], referred_to: str) -> dict[str, Any]:
    """Return the pages of a determination as a note: which item each belongs to, only a person can say."""
    pages = _pages(sentences)
    words = {"pages_full": "in full", "pages_part": "in part", "pages_withheld": "withheld"}
    parts = [f"Referred to {referred_to}."] if referred_to else []
    if pages:
        parts.append(
            "Pages: " + ", ".join(f"{pages[name]} {said}" for name, said in words.items() if name in pages) + "."
        )
    return {"note": " ".join(parts)} if parts else {}
