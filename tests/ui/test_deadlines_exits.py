"""What stands below the month: due dates as a calendar file, and the way to the days offices were closed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk
from foiadesk_ui.deadlines_page import DeadlinesPage
from foiadesk_ui.session import Session

Story = Callable[[], Desk]
DAY = date(2026, 2, 12)  # a Thursday


def received(story: Story) -> Desk:
    desk = story()
    desk.requests.add_event(1, {"kind": "request_received", "date": "2025-12-01", "office": "proper"})
    return desk


def shown(session: Session, qtbot: QtBot) -> DeadlinesPage:
    page = DeadlinesPage(session)
    session.changed.connect(page.refresh)
    qtbot.addWidget(page)
    page.resize(1080, 740)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.split.isVisible)
    return page


@pytest.mark.parametrize("titles", [False, True])
def test_the_calendar_file_says_no_more_than_was_ticked(
    session: Session, story: Story, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, titles: bool
) -> None:
    desk = received(story)
    page = shown(session, qtbot)
    assert not page.exporting.isVisible()
    page.export.click()
    qtbot.waitUntil(page.exporting.titles.hasFocus)
    assert not page.exporting.titles.isChecked()
    if titles:
        qtbot.keyClick(page.exporting.titles, Qt.Key.Key_Space)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "out"), ""))
    with qtbot.waitSignal(session.told):
        page.exporting.save.click()
    data = (tmp_path / "out.ics").read_bytes()
    assert data == desk.deadlines.calendar_file(titles=titles)
    text = data.decode()
    assert text.count("BEGIN:VEVENT") == len(desk.deadlines.due())
    assert ("Face recognition" in text) is titles
    assert not page.exporting.isVisible()


def test_the_month_names_the_closed_day(session: Session, story: Story, qtbot: QtBot) -> None:
    desk = received(story)
    page = shown(session, qtbot)
    desk.calendar.add_closure(DAY, note="Snow")
    qtbot.waitUntil(lambda: "Snow" in page.grid.words(DAY))
    with qtbot.waitSignal(session.navigate) as went:
        page.closed_days.click()
    assert went.args == ["settings", {"section": "closures"}]
