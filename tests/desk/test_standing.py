"""Derived answers: stored for speed, true to the day, and the same when dropped and derived again."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from foiadesk.desk import Desk, RequestFilter, standing
from foiadesk.records import FeeCategory, FeeChoices, Stage
from foiadesk.store.rows_common import put_state
from foiadesk.store.rows_standing import drop_standing, everything

from .conftest import START, Ask, Maker, Today, sent


def derived(desk: Desk) -> tuple[list[tuple[object, ...]], ...]:
    with desk.read() as db:
        return everything(db)


def busy(desk: Desk, ask: Ask, today: Today) -> list[int]:
    """A desk with requests at several stages."""
    numbers = [
        ask(f"Request {place}", office) for place, office in enumerate(["DHS/ICE", "DHS/CBP", "DOJ/BOP", "DHS/PRIV"])
    ]
    for number in numbers[1:]:
        sent(desk, number, START)
    today.pass_days(12)
    desk.requests.add_event(
        numbers[2], {"kind": "acknowledged", "date": today.day.isoformat(), "tracking_number": "2026-0042"}
    )
    desk.requests.add_event(
        numbers[3], {"kind": "clarification_asked", "date": today.day.isoformat(), "about": "information"}
    )
    desk.requests.ids()  # the first use of a day
    return numbers


def test_dropping_and_rebuilding_gives_the_same_rows(desk: Desk, ask: Ask, today: Today) -> None:
    busy(desk, ask, today)
    before = derived(desk)
    assert all(before)
    desk.store.write(drop_standing)
    assert not any(derived(desk))
    desk.deadlines.rebuild()
    assert derived(desk) == before


def test_on_a_new_day_only_what_may_have_changed_is_counted(
    desk: Desk, ask: Ask, today: Today, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = busy(desk, ask, today)
    changes = {row.id: row.standing.next_change_on for row in desk.requests.rows(numbers)}
    first = min(day for day in changes.values() if day is not None)
    counted: list[int] = []
    put = standing.put
    monkeypatch.setattr(standing, "put", lambda db, request, day: (counted.append(request), put(db, request, day)))
    today.day = first - timedelta(days=1)
    desk.requests.ids()
    assert counted == []
    today.day = first
    for _ in range(2):
        desk.deadlines.today()
    assert counted == [number for number in sorted(numbers) if changes[number] == first] != []


def test_every_day_of_a_year_is_as_if_rebuilt(desk: Desk, ask: Ask, today: Today) -> None:
    busy(desk, ask, today)
    for _ in range(26):
        today.pass_days(14)
        desk.requests.ids()
        rolled = derived(desk)
        desk.deadlines.rebuild()
        assert derived(desk) == rolled


def test_a_stage_moves_by_itself_overnight(desk: Desk, ask: Ask, today: Today) -> None:
    number = ask()
    sent(desk, number, START)
    due = desk.requests.answer(number).ruling
    assert due is not None and due.due is not None
    today.day = due.due
    assert desk.requests.rows([number])[0].standing.stage is Stage.IN_PROCESS
    today.pass_days(1)
    (row,) = desk.requests.rows([number])
    assert (row.standing.stage, row.days_late) == (Stage.OVERDUE, 1)
    assert list(desk.requests.ids(RequestFilter(stages=(Stage.OVERDUE,)))) == [number]


def test_a_desk_open_for_reading_shows_today_and_stores_nothing(
    maker: Maker, desk: Desk, ask: Ask, today: Today
) -> None:
    number = ask()
    sent(desk, number, START)
    desk.requests.ids()
    stored = derived(desk)
    desk.close()
    today.pass_days(60)
    reader = maker.open(write=False)
    (row,) = reader.requests.rows([number])
    assert row.standing.stage is Stage.OVERDUE and row.days_late > 0
    assert {due.state for due in reader.deadlines.due() if due.clock == "determination"} == {"missed"}
    (owed,) = reader.deadlines.today().agencies_owe
    assert (owed.request, owed.days_late) == (number, row.days_late)
    assert derived(reader) == stored
    reader.close()
    writer = maker.open()
    assert writer.requests.rows([number]) == [row]
    assert [due.due for due in writer.deadlines.due()]


def test_a_clock_that_goes_back_is_counted_again(desk: Desk, ask: Ask, today: Today) -> None:
    number = ask()
    sent(desk, number, START)
    today.pass_days(60)
    assert desk.requests.rows([number])[0].standing.stage is Stage.OVERDUE
    today.day = START
    assert desk.requests.rows([number])[0].standing.stage is Stage.IN_PROCESS


def test_due_on_another_day_stores_nothing(desk: Desk, ask: Ask, today: Today) -> None:
    number = ask()
    sent(desk, number, START)
    before = derived(desk)
    later = desk.deadlines.due(date(2026, 6, 1))
    assert derived(desk) == before
    today.day = date(2026, 6, 1)
    assert desk.deadlines.due() == later
    assert any(row.state == "missed" and row.days_late == (today.day - row.due).days for row in later if row.due)


def test_a_change_of_fee_category_counts_again(desk: Desk, ask: Ask, today: Today) -> None:
    number = ask()
    sent(desk, number, START)
    today.pass_days(60)
    assert desk.requests.answer(number).fees.search_barred is None
    request = desk.requests.get(number)
    desk.requests.change(replace(request, fees=FeeChoices(category=FeeCategory.NEWS_MEDIA)))
    assert desk.requests.answer(number).fees.search_barred is not None


def test_a_new_edition_of_the_law_is_counted_and_reported(desk: Desk, ask: Ask, today: Today) -> None:
    number = ask()
    sent(desk, number, START)
    desk.requests.ids()
    right = desk.requests.rows([number])[0].standing.due
    assert right is not None

    def older(db: object) -> None:
        db.execute("UPDATE standing SET pack_version = 'us-foia 2020.1', due = '2026-01-31'")  # type: ignore[attr-defined]
        put_state(db, "standing_law", "an older edition")  # type: ignore[arg-type]

    desk.store.write(older)
    today.pass_days(1)
    page = desk.deadlines.today()
    (moved,) = page.moved
    assert (moved.request, moved.was, moved.now) == (number, date(2026, 1, 31), right)
    assert "rules or calendar" in moved.why and moved.title == "Face recognition · ICE"
    assert desk.requests.rows([number])[0].standing.due == right


def test_recount_of_an_honest_desk_moves_nothing(desk: Desk, ask: Ask, today: Today) -> None:
    busy(desk, ask, today)
    assert desk.deadlines.recount() == ()


def test_a_worksheet_counts_to_the_due_date(desk: Desk, ask: Ask, today: Today) -> None:
    number = ask()
    sent(desk, number, START)
    (row, *_) = [row for row in desk.deadlines.due() if row.clock == "determination"]
    sheet = desk.deadlines.worksheet(number, row.clock_id)
    assert [day.number for day in sheet.days if day.counted][-1] == 20
    assert [day.date for day in sheet.days if day.counted][-1] == row.due
    with pytest.raises(Exception, match="determination"):
        desk.deadlines.worksheet(number, "nothing")
