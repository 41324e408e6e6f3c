"""The strip of the next six weeks says what is due, and of which days it cannot say it."""

from datetime import date, timedelta

from pytestqt.qtbot import QtBot

from foiadesk.desk import TodayRow
from foiadesk_ui.six_weeks import WEEKS, SixWeeks

MONDAY = date(2026, 6, 8)


def row(number: int) -> TodayRow:
    return TodayRow(
        request=number, title=f"Request {number}", office_short="ICE", sentence="due", detail="", due=MONDAY,
        days_late=0, meaning="waiting", action_kind="", action_label="",
    )  # fmt: skip


def test_days_after_too_many_dates_are_not_called_free(qtbot: QtBot) -> None:
    strip = SixWeeks()
    qtbot.addWidget(strip)
    days = ((MONDAY, tuple(map(row, range(10)))), (MONDAY + timedelta(days=1), (row(11),)))
    strip.show_days(MONDAY, days)
    assert "and 2 more" in strip.words(0) and "nothing due" in strip.words(2)
    assert strip.accessibleDescription() == "11 dates are coming"
    whole = strip.grab().toImage()
    strip.show_days(MONDAY, days, MONDAY + timedelta(days=1))
    assert "too many dates" not in strip.words(0) and "Request 11" in strip.words(1)
    for number in range(1, WEEKS * 7):
        assert "Deadlines has every one" in strip.words(number)
        assert "nothing due" not in strip.words(number)
    assert "too many dates" in strip.accessibleDescription()
    assert strip.grab().toImage() != whole
