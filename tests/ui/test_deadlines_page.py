"""Deadlines: the month, the list of a day, and the worksheet behind a date."""

from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk
from foiadesk_ui.deadlines_page import DeadlinesPage, closed_days
from foiadesk_ui.month_grid import WEEKS, Mark, MonthGrid
from foiadesk_ui.session import Session

Story = Callable[[], Desk]


def shown(session: Session, qtbot: QtBot) -> DeadlinesPage:
    page = DeadlinesPage(session)
    session.changed.connect(page.refresh)
    qtbot.addWidget(page)
    page.resize(1080, 740)
    page.show()
    qtbot.waitUntil(lambda: page.split.isVisible() or page.empty.isVisible())
    return page


def test_an_empty_desk_has_no_deadlines_and_says_so(session: Session, qtbot: QtBot) -> None:
    page = shown(session, qtbot)
    qtbot.waitUntil(lambda: page.empty.isVisible())
    assert page.empty.button.isVisible()


def test_every_due_date_stands_in_the_list_and_in_its_day(session: Session, story: Story, qtbot: QtBot) -> None:
    desk = story()
    page = shown(session, qtbot)
    qtbot.waitUntil(lambda: bool(page.table.records_model.records))
    due = desk.deadlines.due()
    assert page.table.records_model.records == due
    late = next(row for row in due if row.days_late)
    assert late.due is not None
    page.grid.choose(late.due)
    assert late.title in page.grid.words(late.due)
    assert all(row.due == late.due for row in page.table.records_model.records)
    page.all.click()
    assert page.table.records_model.records == due


def test_a_day_without_dates_says_so(session: Session, story: Story, qtbot: QtBot) -> None:
    story()
    page = shown(session, qtbot)
    qtbot.waitUntil(lambda: bool(page.table.records_model.records))
    page.grid.choose(date(1999, 12, 31))
    assert page.dates.currentWidget() is page.none_that_day
    assert "nothing due" in page.grid.words(date(1999, 12, 31))


def test_enter_counts_the_days_and_back_returns_to_the_list(session: Session, story: Story, qtbot: QtBot) -> None:
    story()
    page = shown(session, qtbot)
    qtbot.waitUntil(lambda: page.table.current() is not None)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.worksheet.worksheet is not None)
    assert page.right.currentIndex() == 1
    assert page.worksheet.days.records_model.records
    page.to_list.click()
    assert page.right.currentIndex() == 0


def test_a_new_event_changes_the_list(session: Session, story: Story, qtbot: QtBot) -> None:
    desk = story()
    page = shown(session, qtbot)
    qtbot.waitUntil(lambda: bool(page.table.records_model.records))
    before = page.table.records_model.records
    desk.requests.add_event(before[0].request, {"kind": "closed", "date": "2026-02-09", "by": "requester"})
    qtbot.waitUntil(lambda: page.table.records_model.records != before)
    assert page.table.records_model.records == desk.deadlines.due()


def test_holidays_are_named_in_the_month() -> None:
    closed = closed_days(date(2026, 1, 25))
    assert "Washington" in closed[date(2026, 2, 16)]
    turn = closed_days(date(2027, 11, 28))
    assert date(2027, 12, 31) in turn  # the New Year's Day of 2028 falls on a Saturday
    assert all(date(2027, 11, 28) <= day < date(2027, 11, 28) + timedelta(days=42) for day in turn)


@given(day=st.dates(date(1970, 1, 1), date(2099, 12, 31)), months=st.integers(-30, 30))
def test_steps_keep_the_day_of_the_month_where_they_can(day: date, months: int) -> None:
    grid = MonthGrid()
    grid.show_marks(day, {})
    grid.step(months)
    index = day.year * 12 + day.month - 1 + months
    assert (grid.day.year, grid.day.month) == (index // 12, index % 12 + 1)
    assert grid.day.day == day.day or (grid.day + timedelta(days=1)).day == 1
    assert grid.first().weekday() == 6
    assert grid.first() <= grid.day.replace(day=1) < grid.first() + timedelta(days=7)
    assert grid.day < grid.first() + timedelta(days=7 * WEEKS)
    grid.deleteLater()


def test_the_month_is_walked_by_keys_and_by_mouse(qtbot: QtBot) -> None:
    grid = MonthGrid()
    qtbot.addWidget(grid)
    grid.resize(700, 420)
    grid.show_marks(date(2026, 2, 10), {date(2026, 2, 11): [Mark("late", "ICE: decision", "ICE")]})
    grid.show()
    for key, expected in (
        (Qt.Key.Key_Right, date(2026, 2, 11)),
        (Qt.Key.Key_Down, date(2026, 2, 18)),
        (Qt.Key.Key_PageDown, date(2026, 3, 18)),
        (Qt.Key.Key_Home, date(2026, 2, 10)),
    ):
        qtbot.keyClick(grid, key)
        assert grid.day == expected
    with qtbot.waitSignal(grid.day_chosen) as chosen:
        qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid._cell(0).center().toPoint())
    assert chosen.args == [date(2026, 2, 1)]
    assert "ICE: decision" in grid.words(date(2026, 2, 11))


def test_another_page_may_ask_for_the_days_of_one_clock(session: Session, story: Story, qtbot: QtBot) -> None:
    desk = story()
    page = shown(session, qtbot)
    clock = desk.requests.answer(1).clocks[0].id
    page.open(request=1, clock=clock)
    qtbot.waitUntil(lambda: page.worksheet.worksheet == desk.deadlines.worksheet(1, clock))
    assert page.right.currentIndex() == 1
    assert page.first_focus() is page.to_list
