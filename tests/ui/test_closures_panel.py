"""Days offices were closed: listed, added, refused, removed, undone; and what that moved."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk
from foiadesk_ui.closures_panel import ClosuresPanel
from foiadesk_ui.session import Session
from foiadesk_ui.settings_page import SettingsPage

Story = Callable[[], Desk]
DAY = date(2026, 2, 12)  # a Thursday


@pytest.fixture
def running(story: Story) -> Desk:
    """A desk on which one clock runs: received on 2 February 2026, due on 3 March."""
    desk = story()
    desk.requests.add_event(1, {"kind": "request_received", "date": "2026-02-02", "office": "proper"})
    assert desk.requests.answer(1).clocks[0].due == date(2026, 3, 3)
    return desk


@pytest.fixture
def page(running: Desk, session: Session, qtbot: QtBot) -> Iterator[SettingsPage]:
    """Settings, opened at the closed days."""
    assert running.calendar.closures() == ()
    made = SettingsPage(session)
    session.changed.connect(made.refresh)
    qtbot.addWidget(made)
    made.resize(1080, 740)
    made.show()
    made.activateWindow()
    made.open(section="closures")
    qtbot.waitUntil(lambda: session.jobs.pending() == 0)
    yield made


def add(panel: ClosuresPanel, qtbot: QtBot, day: str, note: str) -> None:
    panel.day.line.setFocus()
    panel.day.line.clear()
    qtbot.keyClicks(panel.day.line, day)
    panel.note.setFocus()
    qtbot.keyClicks(panel.note, note)
    qtbot.keyClick(panel.note, Qt.Key.Key_Return)


def test_a_closed_day_is_added_and_what_moved_is_shown(page: SettingsPage, running: Desk, qtbot: QtBot) -> None:
    panel = page.closures
    assert page.first_focus() is panel.day
    assert panel.none.isVisible()
    with qtbot.waitSignal(panel.recounted):
        add(panel, qtbot, "2026-02-12", "Snow")
    qtbot.waitUntil(panel.table.isVisible)
    assert [(one.date, one.note) for one in panel.table.records_model.records] == [(DAY, "Snow")]
    assert panel.day.day() is None
    assert panel.note.text() == ""
    assert panel.moved.isVisible()
    assert panel.moved.table.isVisible()
    assert not panel.still.isVisible()
    assert running.requests.answer(1).clocks[0].due == date(2026, 3, 4)


def test_removing_the_day_by_key_and_undo_move_the_dates_back_and_forth(
    page: SettingsPage, running: Desk, session: Session, qtbot: QtBot
) -> None:
    panel = page.closures
    with qtbot.waitSignal(panel.recounted):
        running.calendar.add_closure(DAY, note="Snow")
    qtbot.waitUntil(panel.table.isVisible)
    panel.table.select_first()
    assert panel.remove.isEnabled()
    with qtbot.waitSignal(panel.recounted):
        qtbot.keyClick(panel.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(panel.none.isVisible)
    assert panel.still.isVisible()  # it is where it was when the desk was opened
    assert running.requests.answer(1).clocks[0].due == date(2026, 3, 3)
    with qtbot.waitSignal(panel.recounted):
        session.undo()
    qtbot.waitUntil(panel.table.isVisible)
    assert panel.moved.isVisible()
    assert running.requests.answer(1).clocks[0].due == date(2026, 3, 4)


def test_a_day_that_does_not_count_anyway_is_refused_in_place(
    page: SettingsPage, running: Desk, session: Session, qtbot: QtBot
) -> None:
    panel = page.closures
    with qtbot.assertNotEmitted(session.trouble):
        add(panel, qtbot, "2026-02-14", "A Saturday")
        qtbot.waitUntil(panel.wrong_words.isVisible)
    assert "Saturday" in panel.wrong_words.text()
    assert panel.note.text() == "A Saturday"
    assert running.calendar.closures() == ()


def test_without_a_day_it_asks_for_one(page: SettingsPage, qtbot: QtBot) -> None:
    page.closures.add.click()
    assert "which day" in page.closures.wrong_words.text()
    qtbot.waitUntil(page.closures.day.line.hasFocus)
