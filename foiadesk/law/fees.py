"""Whether lateness bars fees: 5 U.S.C. 552(a)(4)(A)(viii)."""

from collections.abc import Sequence

from foiadesk.law import naming
from foiadesk.law.answers import Clock, Fees, say
from foiadesk.law.packs import LawPack
from foiadesk.records import FeeCategory
from foiadesk.records.speech import say as told

# The limits of paragraph (6); the tracking number stands in paragraph (7) and bars nothing.
_LIMITS = frozenset({"determination", "appeal_determination", "expedition"})


def fees_of(clocks: Sequence[Clock], pack: LawPack, category: FeeCategory | None) -> Fees:
    """Say whether search and duplication fees are barred; None while the requester's category is unknown."""
    cite = "; ".join(pack.fee_citations)
    missed = [clock for clock in clocks if clock.kind in _LIMITS and clock.days_late > 0]
    if category is None:
        return Fees(None, None, told("The requester's fee category is not known."))
    if not missed:
        return Fees(False, False, told("No time limit has been missed, {cite}.", cite=cite))
    first = min(missed, key=lambda clock: (clock.due is None, clock.due))
    assert first.due is not None
    duplication = category.value in pack.late_bars_duplication_for
    what = told("search and duplication fees") if duplication else told("search fees")
    return Fees(
        True,
        duplication,
        told(
            "The {clock} was due on {day}: {what} are barred, {cite}, unless unusual circumstances with more than "
            "5,000 "
            "pages and a discussion of narrowing, or a court, excuse it.",
            clock=naming.within(first.kind),
            day=say(first.due),
            what=what,
            cite=cite,
        ),
    )
