"""Which letter a next step of the law leads to: an appeal by what was answered, the rest by name."""

from collections.abc import Mapping, Sequence

from foiadesk.letters.catalogue import EXEMPTIONS, kinds
from foiadesk.letters.sources import exemptions_named
from foiadesk.records import FEDERAL_LAWS, Event, EventKind

# Steps whose name is no letter's, by the letter under the federal Act and under another law; "" where there is none.
_LEADS: Mapping[str, tuple[str, str]] = {
    "appeal": ("appeal_full_denial", "state_appeal"),
    "ask_tracking_number": ("acknowledgement_missing", ""),
    "demand_sent": ("overdue_notice", "state_overdue"),
    "policy_request": ("policy_request", "state_request"),
}
_BY_OUTCOME: Mapping[str, str] = {
    "full_grant": "appeal_no_records",
    "no_records": "appeal_no_records",
    "glomar": "appeal_glomar",
    "fee_related": "appeal_fee_category",
    "partial_grant": EXEMPTIONS,
}


def letter_steps() -> frozenset[str]:
    """Return every next step that a letter answers."""
    return frozenset(_LEADS) | {kind.name for kind in kinds()}


def letter_for(step: str, law: str, events: Sequence[Event]) -> str:
    """Return the kind of letter that a step (or the name of a kind) leads to for a request; "" when none does."""
    federal = law in FEDERAL_LAWS
    if step == "appeal" and federal:
        return _appeal(events)
    if step in _LEADS:
        return _LEADS[step][0 if federal else 1]
    return step if any(kind.name == step for kind in kinds()) else ""


def _appeal(events: Sequence[Event]) -> str:
    """Return the appeal of the last answer: by its outcome, and by whether it names exemptions."""
    for event in reversed(events):
        if event.kind is EventKind.CLOSED and event.get("by") == "agency":
            return "appeal_closed"
        if event.kind is EventKind.DETERMINATION:
            if event.get("outcome") == "full_denial" and exemptions_named(events):
                return EXEMPTIONS
            return _BY_OUTCOME.get(event.get("outcome"), "appeal_full_denial")
    return "appeal_full_denial"
