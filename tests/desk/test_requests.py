"""Requests: made per office, listed, found, changed, put in the trash."""

from array import array
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from foiadesk.desk import Desk, RequestFilter, RequestPlan
from foiadesk.records import ExpeditionChoices, ExpeditionGround, FeeCategory, FeeChoices, Stage
from foiadesk.records.errors import BadInput, Conflict, NotFound

from .conftest import START, Ask, Today, sent


def test_a_plan_for_three_offices_makes_three_requests_under_one_campaign(desk: Desk) -> None:
    plan = RequestPlan(
        title=" Face recognition ",
        items=("Contracts", " ", "Policies"),
        offices=("DHS/ICE", "DHS/CBP", "DHS/PRIV"),
        requesters=(2, 1),
        records_from=date(2024, 1, 1),
        records_to=date(2025, 12, 31),
        formats="native files",
        background="Why.",
        fees=FeeChoices(FeeCategory.NEWS_MEDIA, waiver=True, limit=Decimal("25.50"), reasons={"likely": "It will."}),
        expedition=ExpeditionChoices(True, ExpeditionGround.URGENCY, "Facts.", certified=True),
        notes="Ours alone.",
    )
    change = desk.requests.create(plan)
    assert change.sentence == "Made 3 requests: Face recognition · ICE, CBP and PRIV"
    assert change.primary == min(change.ids["request"]) and len(change.ids["request"]) == 3
    (campaign,) = desk.requests.campaigns()
    assert campaign.title == "Face recognition" and change.touches("campaign", campaign.id)
    for number, code in zip(sorted(change.ids["request"]), plan.offices, strict=True):
        request = desk.requests.get(number)
        assert request.office == desk.agencies.get(code)
        assert request.items == ("Contracts", "Policies")
        assert request.requesters == (2, 1)
        assert (request.fees, request.expedition) == (plan.fees, plan.expedition)
        assert (request.records_from, request.records_to) == (plan.records_from, plan.records_to)
        assert (request.title, request.formats, request.background) == ("Face recognition", "native files", "Why.")
        assert request.notes == "Ours alone." and request.campaign == campaign.id


def test_a_campaign_of_the_same_title_is_used_again(desk: Desk, ask: Ask) -> None:
    first = desk.requests.get(ask(campaign_title="Deaths")).campaign
    assert desk.requests.get(ask(office="DOJ/USMS", campaign_title="Deaths")).campaign == first
    assert desk.requests.get(ask()).campaign is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": "  "}, "title"),
        ({"offices": ()}, "offices"),
        ({"offices": ("DHS/NOPE",)}, "DHS/NOPE"),
        ({"requesters": (1, 99)}, "99"),
        ({"requesters": (1, 1)}, "twice"),
        ({"records_from": date(2026, 1, 2), "records_to": date(2026, 1, 1)}, "records_from"),
        ({"fees": FeeChoices(limit=Decimal("-1"))}, "limit"),
    ],
)
def test_an_unusable_plan_is_refused_whole(desk: Desk, change: dict[str, object], said: str) -> None:
    plan = RequestPlan(title="T", items=("a",), offices=("DHS/ICE", "DHS/CBP"), requesters=(1,), campaign_title="C")
    with pytest.raises(BadInput, match=said):
        desk.requests.create(replace(plan, **change))  # type: ignore[arg-type]
    assert len(desk.requests.ids()) == 0 and desk.requests.campaigns() == ()


def test_rows_come_in_the_order_asked_for_and_unknown_ids_are_left_out(desk: Desk, ask: Ask) -> None:
    numbers = [ask(f"Request {place}") for place in range(4)]
    wanted = array("q", [numbers[2], 999, numbers[0], numbers[3]])
    assert [row.id for row in desk.requests.rows(wanted)] == [numbers[2], numbers[0], numbers[3]]
    assert desk.requests.rows([]) == []


def test_a_row_says_what_a_list_shows(desk: Desk, ask: Ask, today: Today) -> None:
    number = ask(campaign_title="Faces")
    sent(desk, number, START)
    desk.requests.add_event(
        number, {"kind": "acknowledged", "date": "2026-01-05", "tracking_number": "2026-ICFO-00123"}
    )
    today.pass_days(63)
    (row,) = desk.requests.rows([number])
    due = desk.requests.answer(number).ruling
    assert due is not None and due.due is not None
    assert (row.office_code, row.office_short, row.campaign_title) == ("DHS/ICE", "ICE", "Faces")
    assert row.tracking == ("2026-ICFO-00123",) and row.sent_on == START
    assert row.standing.stage is Stage.OVERDUE and row.standing.due == due.due
    assert row.days_late == (today.day - due.due).days == due.days_late > 0
    assert row.due_in == -row.days_late


def test_a_late_answer_freezes_the_days_late(desk: Desk, ask: Ask, today: Today) -> None:
    number = ask()
    sent(desk, number, START)
    today.pass_days(60)
    desk.requests.add_event(number, {"kind": "determination", "date": today.day.isoformat(), "outcome": "full_grant"})
    clock = next(clock for clock in desk.requests.answer(number).clocks if clock.kind == "determination")
    today.pass_days(100)
    later = next(clock for clock in desk.requests.answer(number).clocks if clock.kind == "determination")
    assert clock.days_late == later.days_late > 0
    assert all(row.clock_id != clock.id for row in desk.deadlines.due())


def test_the_most_urgent_come_first(desk: Desk, ask: Ask, today: Today) -> None:
    draft, late, soon = ask("Draft"), ask("Late"), ask("Soon")
    sent(desk, late, START)
    today.pass_days(40)
    sent(desk, soon, today.day)
    assert list(desk.requests.ids()) == [late, soon, draft]
    assert list(desk.requests.ids(RequestFilter(order="newest"))) == [soon, late, draft]
    assert list(desk.requests.ids(RequestFilter(order="title"))) == [draft, late, soon]
    assert list(desk.requests.ids(RequestFilter(order="due"))) == [late, soon, draft]
    assert list(desk.requests.ids(RequestFilter(stages=(Stage.OVERDUE,)))) == [late]
    with pytest.raises(BadInput, match="order"):
        desk.requests.ids(RequestFilter(order="random"))


def test_filters_narrow_the_list(desk: Desk, ask: Ask) -> None:
    ice, cbp, bop = (
        ask("Tools 100%", campaign_title="A"),
        ask("Tools", "DHS/CBP", notes="hush"),
        ask("Deaths", "DOJ/BOP"),
    )
    desk.requests.add_event(
        cbp, {"kind": "acknowledged", "date": "2026-01-05", "tracking_number": "CBP-FO-2026-000777"}
    )
    found = lambda **how: set(desk.requests.ids(RequestFilter(**how)))  # noqa: E731
    assert found(text="tools") == {ice, cbp}
    assert found(text="tools cbp") == {cbp}
    assert found(text="000777") == {cbp}
    assert found(text="hush") == {cbp}
    assert found(text="100%") == {ice} and found(text="_") == set()
    assert found(campaign=desk.requests.get(ice).campaign) == {ice}
    assert found(office="DHS") == {ice, cbp} and found(office="DOJ/BOP") == {bop}
    assert found(office="DHS/IC") == set()


def test_find_takes_numbers_tracking_numbers_and_words(desk: Desk, ask: Ask) -> None:
    ice, cbp = ask("Tools"), ask("Tools", "DHS/CBP")
    desk.requests.add_event(ice, {"kind": "tracking_number", "date": "2026-01-05", "number": "2026-ICFO-00123"})
    assert desk.requests.find(str(cbp)) == desk.requests.find(f"#{cbp}") == cbp
    assert desk.requests.find("2026 icfo 00123") == ice
    assert desk.requests.find("tools cbp") == cbp
    with pytest.raises(BadInput, match=f"{ice} .*{cbp} "):
        desk.requests.find("tools")
    for nothing in ("#999", "zebra", "  "):
        with pytest.raises(BadInput):
            desk.requests.find(nothing)


def test_a_stale_editor_is_refused_even_after_undo(desk: Desk, ask: Ask) -> None:
    number = ask()
    first = desk.requests.get(number)
    desk.requests.change(replace(first, title="One"))
    edited = desk.requests.get(number)
    desk.history.undo()
    assert desk.requests.get(number) == first
    desk.requests.change(replace(first, title="Two"))
    with pytest.raises(Conflict):
        desk.requests.change(replace(edited, title="Three"))
    assert desk.requests.get(number).title == "Two"


def test_changing_only_who_asks_is_a_change(desk: Desk, ask: Ask) -> None:
    number = ask()
    before = desk.requests.get(number)
    desk.requests.change(replace(before, requesters=(2,)))
    after = desk.requests.get(number)
    assert after.requesters == (2,) and after.version != before.version
    with pytest.raises(Conflict):
        desk.requests.change(replace(before, requesters=(1,)))
    desk.history.undo()
    assert desk.requests.get(number) == before


def test_the_trash_hides_and_gives_back(desk: Desk, ask: Ask, today: Today) -> None:
    number = ask()
    sent(desk, number, START)
    today.pass_days(60)
    assert desk.deadlines.due() and desk.deadlines.today().agencies_owe
    change = desk.requests.trash(number)
    assert change.sentence == "Moved Face recognition · ICE to the trash"
    assert list(desk.requests.ids()) == [] and list(desk.requests.ids(RequestFilter(trashed=True))) == [number]
    assert desk.deadlines.due() == () and desk.deadlines.today().agencies_owe == ()
    assert desk.requests.get(number).trashed
    desk.requests.restore(number)
    assert list(desk.requests.ids()) == [number] and desk.deadlines.due()
    desk.history.undo()
    assert list(desk.requests.ids()) == []


def test_what_is_not_there_is_said_to_be_missing(desk: Desk) -> None:
    for act in (desk.requests.get, desk.requests.trash, desk.requests.events, desk.requests.answer, desk.requests.log):
        with pytest.raises(NotFound, match="77"):
            act(77)


def test_a_million_ids_fit_one_array(desk: Desk) -> None:
    found = desk.requests.ids()
    assert isinstance(found, array) and found.typecode == "q"
    assert desk.requests.rows(array("q", range(300_000))) == []  # more ids than SQLite takes parameters
