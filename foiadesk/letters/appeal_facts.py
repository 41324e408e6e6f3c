"""What an appeal may state: the time to appeal as the law counts it, where it goes, and the exemptions it argues."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from foiadesk.letters.catalogue import LetterKind
from foiadesk.letters.exemptions import exemptions
from foiadesk.letters.model import LetterContext
from foiadesk.letters.words import counted, long_date
from foiadesk.records import EventKind

if TYPE_CHECKING:
    from foiadesk.law import AgencyRules, Clock


def rules_of(context: LetterContext) -> "AgencyRules":
    """Return the agency's own rules on appeals; the general ones for a request under another law."""
    from foiadesk.law import rules_for

    return rules_for(context.request.office.code if context.request.law == "us-foia" else None)


def appeal_about(kind: LetterKind) -> str:
    """Return what a kind appeals: request, fee_waiver or expedition."""
    filed = next((one for one in kind.filings if one.kind is EventKind.APPEAL_SENT), None)
    return filed.sets.get("about", "request") if filed else "request"


def window_of(context: LetterContext, about: str, decided_on: str) -> "Clock | None":
    """Return the time to appeal the answer of that day, else the last one of its kind; None where none has opened."""
    found = [
        clock
        for clock in (context.answer.clocks if context.answer else ())
        if clock.kind == "appeal_window" and (clock.about or "request") == about
    ]
    same = [clock for clock in found if clock.start and clock.start.isoformat() == decided_on]
    return next(iter([*reversed(same), *reversed(found)]), None) if same or not decided_on else None


def appeal_facts(kind: LetterKind, context: LetterContext, values: Mapping[str, str]) -> dict[str, Any]:
    """Return the window and the chosen exemptions as a template takes them.

    window.last is empty unless the letter's date is within the time to appeal: nothing is claimed that is not so.
    """
    clock = window_of(context, appeal_about(kind), values.get("decided_on", ""))
    window = {"last": "", "allowed": ""}
    if clock is not None and clock.due is not None:
        try:
            sent = date.fromisoformat(values.get("date", ""))
        except ValueError:
            sent = context.today
        if sent <= clock.due:
            window["last"] = long_date(clock.due)
            if clock.count and clock.unit:
                window["allowed"] = counted(clock.count, f"{clock.unit} day")
    return {"window": window}


def argued(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return every chosen exemption with its test and the facts the form gives, in the Act's order."""
    return [
        {
            "number": found.number,
            "name": found.name,
            "citation": found.citation,
            "test": found.test,
            "argue": found.argue,
            "interest": found.interest,
            "harm": found.harm,
            "cases": found.cases,
            "facts": data[f"{found.field}_facts"],
            "harm_facts": data.get(f"{found.field}_harm", ""),
        }
        for found in exemptions()
        if data.get(found.field)
    ]
