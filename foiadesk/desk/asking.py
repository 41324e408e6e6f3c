"""Asking several offices at once: their requests and the first letter of each, taken back by one undo."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from foiadesk.desk.plan_preview import first_letter

if TYPE_CHECKING:
    from foiadesk.desk.change import Change
    from foiadesk.desk.desk import Desk
    from foiadesk.desk.request_shapes import RequestPlan


def ask_offices(desk: Desk, plan: RequestPlan) -> Change:
    """Make the plan's requests and start a request letter for each.

    ids["request"] and ids["letter"] are in the order of the plan's offices when sorted; primary is the first request.
    Raises what ``desk.requests.create`` raises, and NotFound for a kind of letter there is not, with nothing stored.
    """
    kinds = {law: first_letter(desk, plan, law) for law in {desk.agencies.get(code).law for code in plan.offices}}
    run = f"ask:{secrets.token_hex(8)}"
    made = desk.requests.create(plan, run=run)
    letters = [
        desk.letters.start(kinds[desk.requests.get(request).law], request, amend=run).primary
        for request in sorted(made.ids["request"])
    ]
    return replace(made, ids={**made.ids, "letter": frozenset(letters)})
