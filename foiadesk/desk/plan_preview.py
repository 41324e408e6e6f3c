"""The letters a plan would make, drawn before any request exists: nothing is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foiadesk.desk.request_shapes import RequestPlan
from foiadesk.desk.requests import planned_request
from foiadesk.desk.shapes import LetterPreview

if TYPE_CHECKING:
    from foiadesk.desk.desk import Desk

GENERAL = "policy_request"  # the step that leads to the request letter of whatever law the office is asked under


def first_letter(desk: Desk, plan: RequestPlan, law: str) -> str:
    """Return the kind of a plan's letter to an office under a law: the one chosen where it fits, else the general one.

    Raises NotFound for a kind that does not exist.
    """
    from foiadesk import letters

    if plan.letter and not desk.letters.kind(plan.letter).wrong_law(law):
        return plan.letter
    return letters.letter_for(GENERAL, law, ())


def preview_plan(desk: Desk, plan: RequestPlan, office: str, *, scale: float) -> LetterPreview:
    """Draw the request letter to one of the plan's offices; call off the window's thread. scale 1.0: 72 dots an inch.

    Raises NotFound for an office or requester that does not exist, BadInput for characters no font can show.
    """
    from foiadesk import letters
    from foiadesk.desk.letter_pages import page, page_count
    from foiadesk.law import load_pack

    request = planned_request(plan, desk.agencies.get(office))
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
    letter = letters.compose(desk.letters.kind(first_letter(desk, plan, request.law)), context, {})
    settings = desk.settings.get()
    data = letters.typeset(
        letter,
        page="a4" if settings.page == "a4" else "letter",
        fold_marks=settings.fold_marks,
        tagged=False,
    )
    pages = tuple(page(data, number, scale) for number in range(page_count(data)))
    return LetterPreview(pages, letter.blanks, letter.warnings)
