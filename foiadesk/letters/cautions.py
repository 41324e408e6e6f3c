"""What the writer should know before sending: a kind that does not fit, a time run out, an address in doubt."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from foiadesk.letters.appeal_facts import appeal_about, rules_of, window_of
from foiadesk.letters.catalogue import LetterKind
from foiadesk.letters.exemptions import exemptions
from foiadesk.letters.law_facts import unverified
from foiadesk.letters.model import LetterContext
from foiadesk.letters.words import NBSP, long_date
from foiadesk.records import Channel


def cautions(
    kind: LetterKind, context: LetterContext, data: Mapping[str, Any], values: Mapping[str, str], unread: list[str]
) -> tuple[str, ...]:
    """Return every warning, the weightiest first. Nothing here stops a letter. unread: what could not be read."""
    made: list[str] = []
    law = context.request.law
    stage = context.answer.stage if context.answer else None
    reason = kind.why_not(stage, law, context.events) if stage else kind.wrong_law(law)
    if reason:
        made.append(reason)
    made += unread
    made += _of_form(kind, context, data, values)
    if kind.group == "appeals":
        made += _of_appeal(kind, context, data, values)
    if kind.laws == "state":
        made += unverified(context, data)
    return tuple(dict.fromkeys(warning.replace(NBSP, " ") for warning in made))


def _of_form(
    kind: LetterKind, context: LetterContext, data: Mapping[str, Any], values: Mapping[str, str]
) -> Iterator[str]:
    if kind.group == "waiting" and values.get("date") not in ("", context.today.isoformat()) and _counts(kind):
        yield f"The days late are counted as of {long_date(context.today)}; the letter bears another date."
    if data.get("ground") == "urgency" and not data.get("activity", True):
        yield "Urgency to inform the public is a ground only for one primarily engaged in disseminating information."
    if "certified" in data and not data["certified"] and data.get("expedition", True) and "ground" in data:
        yield "The statement of need is not certified, as 5 U.S.C. § 552(a)(6)(E)(vi) asks."
    if data.get("cite_cases"):
        yield "The decisions cited were not compared with their text: check each one before you send the letter."


def _counts(kind: LetterKind) -> bool:
    return kind.template in {"overdue_notice", "acknowledgement_missing", "completion_date_request"}


def _of_appeal(
    kind: LetterKind, context: LetterContext, data: Mapping[str, Any], values: Mapping[str, str]
) -> Iterator[str]:
    clock = window_of(context, appeal_about(kind), values.get("decided_on", ""))
    if clock is not None and clock.due is not None:
        sent = _day(values.get("date", "")) or context.today
        if sent > clock.due:
            yield (
                f"The time to appeal ended on {long_date(clock.due)}, as this desk counts it; the letter does not say "
                "that it is in time."
            )
        elif clock.met_by == "received" and data.get("channel") == Channel.MAIL:
            yield f"The appeal must be in the agency’s hands by {long_date(clock.due)}: mail may take too long."
        if clock.unverified:
            yield "The agency’s rule on the time to appeal is unverified: the answer’s letter goes before it."
    if "to_address" not in data:
        return
    rules = rules_of(context)
    where = f" ({rules.appeal_citation})" if rules.appeal_citation else ""
    as_in_rule = values["to_address"] == "\n".join(rules.appeal_address)
    if rules.appeal_doubt and as_in_rule:
        yield f"Where the appeal goes{where}: {rules.appeal_doubt} Take the address from the answer’s letter."
    elif not data["to_address"]:
        yield f"No address for appeals is known for this agency{where}: take it from the answer’s letter."
    elif as_in_rule:
        as_of = f", as of {long_date(rules.as_of)}" if rules.as_of else ""
        yield f"The appeal’s address is the agency’s rule’s{where}{as_of}: compare it with the answer’s letter."
    if any(data.get(found.field) and not found.checked for found in exemptions()):
        yield "The exemptions’ tests are in our words, not yet compared with the statute’s: check them before you send."


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
