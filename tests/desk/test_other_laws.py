"""Requests under every law the program can count with: letter, dates, what is late, what comes next."""

import pytest

from foiadesk.desk import Desk, RequestPlan
from foiadesk.desk.asking import ask_offices
from foiadesk.desk.plan_preview import preview_plan
from foiadesk.law import load_pack, usable_packs
from foiadesk.letters import letter_for
from foiadesk.records import (
    Channel,
    ExpeditionChoices,
    ExpeditionGround,
    FeeCategory,
    FeeChoices,
    OwnOffice,
    Stage,
    Turn,
)

from .conftest import START, Today

OTHERS = tuple(pack.id for pack in usable_packs() if pack.id not in ("us-foia", "us-privacy-act"))


def add(desk: Desk, law: str) -> str:
    code = f"X/{law.upper()}"
    desk.agencies.put_own(OwnOffice(code, {"component": f"Records Office of {law}", "law": law}, added=True))
    return code


def written(desk: Desk, letter: int) -> str:
    draft = desk.letters.get(letter)
    return desk.letters.text(draft.kind, draft.request, draft.values)


def plan(*offices: str, fees: FeeChoices | None = None, expedition: ExpeditionChoices | None = None) -> RequestPlan:
    return RequestPlan(
        title="Camera contracts",
        items=("All contracts.", "All policies."),
        offices=offices,
        requesters=(1,),
        fees=fees or FeeChoices(),
        expedition=expedition or ExpeditionChoices(),
    )


def test_there_are_laws_beside_the_federal_ones() -> None:
    assert len(OTHERS) == 61 and {"us-al", "us-ny", "us-dc", "uk", "mx", "in"} < {*OTHERS}
    first, *_rest = usable_packs()
    assert first.id == "us-foia"


def test_a_request_under_each_law_is_written_sent_counted_and_overdue(desk: Desk, today: Today) -> None:
    made = ask_offices(desk, plan(*(add(desk, law) for law in OTHERS)))
    letters = {desk.letters.get(letter).request: letter for letter in made.ids["letter"]}
    late = []
    for request in sorted(made.ids["request"]):
        found = desk.requests.get(request)
        law = found.law
        assert found.office.law == law
        pack = load_pack(law)
        assert desk.letters.get(letters[request]).kind == "state_request"
        text = written(desk, letters[request])
        assert pack.title.partition(" (")[0].replace("'", "’") in text and "5 U.S.C." not in text, law
        desk.letters.mark_sent(letters[request], channel=Channel.EMAIL, on=START)
        answer = desk.requests.answer(request)
        assert answer.stage in (Stage.SENT, Stage.IN_PROCESS) and answer.turn is Turn.AGENCY, law
        limits = [clock for clock in answer.clocks if clock.kind in ("acknowledgment", "determination")]
        assert limits and all(clock.due is None or clock.due > START for clock in limits), law
        for clock in limits:
            sheet = desk.deadlines.worksheet(request, clock.id)
            assert any(cited in sheet.as_text() for cited in clock.basis), law
        if any(clock.due for clock in limits):
            late.append(request)
    assert len(late) > 45  # the others say "promptly", without a number
    today.pass_days(200)
    fits = {kind.name: kind for kind in desk.letters.kinds()}
    for request in late:
        answer, law = desk.requests.answer(request), desk.requests.get(request).law
        leads = [letter_for(step.kind, law, desk.requests.events(request)) for step in answer.next_steps]
        assert leads, law
        for name in filter(None, leads):
            assert not fits[name].wrong_law(law), (law, name)
        overdue = desk.letters.start("state_overdue", request).primary
        assert "has not been answered" in written(desk, overdue)
    assert {row.request for row in desk.deadlines.exhaustion()} >= {*late}
    mine = {row.request: row.sentence for row in desk.deadlines.today().needs_you}
    assert "Your turn" not in mine.values()  # every one says what for
    listed = {row.request for row in (*desk.deadlines.today().needs_you, *desk.deadlines.today().agencies_owe)}
    assert listed >= {*late}
    assert desk.safety.check() == []


@pytest.mark.parametrize("law", ["us-al", "uk", "mx"])
def test_what_only_the_federal_act_has_is_left_out_and_the_rest_is_said(desk: Desk, law: str) -> None:
    office = add(desk, law)
    fees = FeeChoices(
        category=FeeCategory.NEWS_MEDIA, waiver=True, reasons={"waiver": "All is published.", "limit": "£25"}
    )
    urgent = ExpeditionChoices(asked=True, ground=ExpeditionGround.URGENCY, statement="Soon.")
    made = ask_offices(desk, plan(office, "DHS/ICE", fees=fees, expedition=urgent))
    theirs, ours = sorted(made.ids["request"])
    found = desk.requests.get(theirs)
    assert found.fees.category is None and not found.expedition.asked
    assert desk.requests.get(ours).fees.category is FeeCategory.NEWS_MEDIA and desk.requests.get(ours).expedition.asked
    kinds = [desk.letters.get(letter).kind for letter in sorted(made.ids["letter"])]
    assert kinds == ["state_request", "policy_request"]
    text = written(desk, min(made.ids["letter"]))
    assert "All is published." in text and "up to £25" in text and "expedit" not in text.lower()
    drawn = preview_plan(desk, plan(office, fees=fees), office, scale=0.2)
    assert drawn.pages and not drawn.blanks


def test_an_amount_in_dollars_is_said_in_dollars_only_where_they_are_the_money(desk: Desk) -> None:
    from decimal import Decimal

    fees = FeeChoices(limit=Decimal(25))
    made = ask_offices(desk, plan(add(desk, "us-ny"), add(desk, "uk"), fees=fees))
    texts = [written(desk, letter) for letter in sorted(made.ids["letter"])]
    assert "up to $25" in texts[0] and "$" not in texts[1]


def test_every_clock_and_every_step_of_every_law_has_a_name() -> None:
    from foiadesk.desk.today import action_label
    from foiadesk.desk.wording import CLOCKS

    assert {kind for pack in usable_packs() for kind in pack.clocks} <= {*CLOCKS}
    assert action_label("check_statute") == "Check the statute"
