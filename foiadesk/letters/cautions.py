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
from foiadesk.records.speech import Day, Said, say, worded


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
    return tuple(
        dict.fromkeys(warning if isinstance(warning, Said) else warning.replace(NBSP, " ") for warning in made)
    )


def _of_form(
    kind: LetterKind, context: LetterContext, data: Mapping[str, Any], values: Mapping[str, str]
) -> Iterator[str]:
    if kind.group == "waiting" and values.get("date") not in ("", context.today.isoformat()) and _counts(kind):
        yield say("The days late are counted as of {day}; the letter bears another date.", day=_dated(context.today))
    if data.get("ground") == "urgency" and not data.get("activity", True):
        yield say(
            "Urgency to inform the public is a ground only for one primarily engaged in disseminating information."
        )
    if "certified" in data and not data["certified"] and data.get("expedition", True) and "ground" in data:
        yield say("The statement of need is not certified, as 5 U.S.C. § 552(a)(6)(E)(vi) asks.")
    if data.get("cite_cases"):
        yield say("The decisions cited were not compared with their text: check each one before you send the letter.")


def _counts(kind: LetterKind) -> bool:
    return kind.template in {"overdue_notice", "acknowledgement_missing", "completion_date_request"}


def _of_appeal(
    kind: LetterKind, context: LetterContext, data: Mapping[str, Any], values: Mapping[str, str]
) -> Iterator[str]:
    clock = window_of(context, appeal_about(kind), values.get("decided_on", ""))
    if clock is not None and clock.due is not None:
        sent = _day(values.get("date", "")) or context.today
        if sent > clock.due:
            yield say(
                "The time to appeal ended on {day}, as this desk counts it; the letter does not say that it is in "
                "time.",
                day=_dated(clock.due),
            )
        elif clock.met_by == "received" and data.get("channel") == Channel.MAIL:
            yield say(
                "The appeal must be in the agency’s hands by {day}: mail may take too long.", day=_dated(clock.due)
            )
        if clock.unverified:
            yield say("The agency’s rule on the time to appeal is unverified: the answer’s letter goes before it.")
    if "to_address" not in data:
        return
    rules = rules_of(context)
    cite = rules.appeal_citation
    as_in_rule = values["to_address"] == "\n".join(rules.appeal_address)
    if rules.appeal_doubt and as_in_rule:
        yield say(
            "Where the appeal goes ({cite}): {doubt} Take the address from the answer’s letter."
            if cite
            else "Where the appeal goes: {doubt} Take the address from the answer’s letter.",
            cite=cite, doubt=say(rules.appeal_doubt),
        )  # fmt: skip
    elif not data["to_address"]:
        yield say(
            "No address for appeals is known for this agency ({cite}): take it from the answer’s letter."
            if cite
            else "No address for appeals is known for this agency: take it from the answer’s letter.",
            cite=cite,
        )
    elif as_in_rule:
        if rules.as_of and cite:
            yield say(
                "The appeal’s address is the agency’s rule’s ({cite}), as of {day}: compare it with the answer’s "
                "letter.",
                cite=cite, day=_dated(rules.as_of),
            )  # fmt: skip
        elif cite:
            yield say(
                "The appeal’s address is the agency’s rule’s ({cite}): compare it with the answer’s letter.", cite=cite
            )
        else:
            yield say("The appeal’s address is the agency’s rule’s: compare it with the answer’s letter.")
    if any(data.get(found.field) and not found.checked for found in exemptions()):
        yield say(
            "The exemptions’ tests are in our words, not yet compared with the statute’s: check them before you send."
        )


def _dated(day: date) -> Day:
    return worded(day, long_date(day).replace(NBSP, " "))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
