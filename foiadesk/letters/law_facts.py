"""What a letter under a state's law may state: the law's name, its time limit and who reviews, from its pack."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from foiadesk.letters.model import LetterContext
from foiadesk.letters.words import counted, long_date
from foiadesk.records.speech import say

if TYPE_CHECKING:
    from foiadesk.law import LawPack
    from foiadesk.law.packs import Rule

_UNITS = {"working": "business day", "calendar": "day", "weeks": "week", "months": "month", "years": "year"}


def pack_of(context: LetterContext) -> "LawPack":
    """Return the law of the request."""
    from foiadesk.law import load_pack

    return load_pack(context.request.law)


def first_limit(pack: "LawPack") -> "Rule | None":
    """Return the rule of the first answer the law asks of the agency, where it sets a number."""
    for kind in ("acknowledgment", "determination"):
        rule = pack.clocks.get(kind)
        if rule is not None and rule.days:
            return rule
    return None


def state_facts(context: LetterContext) -> dict[str, Any]:
    """Return the law's name, citation, time limit and reviewer as a template takes them; "" where it sets none."""
    pack = pack_of(context)
    name, _paren, _cited = pack.title.partition(" (")
    rule = first_limit(pack)
    limit, cited, act = "", "", ""
    if rule is not None and rule.days:
        limit = counted(rule.days, _UNITS.get(rule.unit or "calendar", "day"))
        cited = rule.citations[0] if rule.citations else pack.citation
        act = "acknowledgment or an answer" if rule.kind == "acknowledgment" else "answer"
    return {
        "law": {
            "missed": _missed(context),
            "name": name,
            "citation": pack.citation,
            "limit": limit,
            "limit_citation": cited,
            "limit_of": act,
            "body": review_body(context),
        }
    }


def _missed(context: LetterContext) -> list[dict[str, str]]:
    """Return every answer that is late by a rule somebody compared with its text."""
    return [
        {
            "what": clock.title,
            "due": long_date(clock.due),
            "cited": clock.basis[0] if clock.basis else pack_of(context).citation,
            "late": counted(clock.days_late, "day"),
        }
        for clock in (context.answer.clocks if context.answer else ())
        if clock.kind in ("acknowledgment", "determination")
        and clock.due is not None
        and clock.days_late > 0
        and clock.met_on is None
        and not clock.unverified
    ]


def review_body(context: LetterContext) -> str:
    """Return who decides on an appeal, where the pack's word for it was verified; else ""."""
    window = pack_of(context).clocks.get("appeal_window")
    return window.body if window and window.verified else ""


def limit_verified(context: LetterContext) -> bool:
    """Say whether the law's first time limit was compared with its text, so that a letter may name it."""
    rule = first_limit(pack_of(context))
    return rule is not None and rule.verified


def unverified(context: LetterContext, data: Mapping[str, Any]) -> Iterator[str]:
    """Say to the writer what of the law's pack nobody has compared with the statute."""
    pack = pack_of(context)
    rule = first_limit(pack)
    if pack.confidence != "verified":
        yield say(
            "The pack of this law, {cite}, is {confidence}: check the citation before you send it.",
            cite=pack.citation, confidence=say(pack.confidence),
        )  # fmt: skip
    if rule is None:
        yield say("This law’s pack sets no number of days for a first answer; the letter names none.")
    elif not rule.verified:
        yield say(
            "The time limit in this pack is unverified: {says} The letter names it because you chose so."
            if data.get("name_limit")
            else "The time limit in this pack is unverified: {says} The letter does not name it.",
            says=say(rule.says),
        )
    window = pack.clocks.get("appeal_window")
    if window and window.body and not window.verified:
        yield say("Who reviews is unverified in this pack ({body}); the letter names nobody.", body=say(window.body))
