"""The letters a plan would make, drawn before any request exists: nothing is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foiadesk.desk.shapes import LetterPreview, RequestPlan
from foiadesk.records import Request

if TYPE_CHECKING:
    from foiadesk.desk.desk import Desk

KIND = "policy_request"


def planned_request(desk: Desk, plan: RequestPlan, office: str) -> Request:
    """Return the request ``desk.requests.create(plan)`` would make for one office. Raises NotFound."""
    return Request(
        title=plan.title,
        office=desk.agencies.get(office),
        items=plan.items,
        requesters=plan.requesters,
        records_from=plan.records_from,
        records_to=plan.records_to,
        formats=plan.formats,
        background=plan.background,
        fees=plan.fees,
        expedition=plan.expedition,
    )


def preview_plan(desk: Desk, plan: RequestPlan, office: str, *, scale: float) -> LetterPreview:
    """Draw the request letter to one of the plan's offices; call off the window's thread. scale 1.0: 72 dots an inch.

    Raises NotFound for an office or requester that does not exist, BadInput for characters no font can show.
    """
    from foiadesk import letters
    from foiadesk.desk.letter_pages import page, page_count
    from foiadesk.law import load_pack

    request = planned_request(desk, plan, office)
    requesters = tuple(desk.people.get(requester) for requester in plan.requesters)
    context = letters.LetterContext(
        request=request,
        requesters=requesters,
        answer=None,
        events=(),
        today=desk.clock(),
        logos={asker.logo: desk.people.logo(asker.logo) for asker in requesters if asker.logo is not None},
        law_title=load_pack(request.law).title,
    )
    letter = letters.compose(desk.letters.kind(KIND), context, {})
    settings = desk.settings.get()
    data = letters.typeset(
        letter,
        page="a4" if settings.page == "a4" else "letter",
        fold_marks=settings.fold_marks,
        tagged=False,
    )
    pages = tuple(page(data, number, scale) for number in range(page_count(data)))
    return LetterPreview(pages, letter.blanks, letter.warnings)
