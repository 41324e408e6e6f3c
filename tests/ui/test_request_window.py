"""Two requests beside one another in two windows: one desk, one undo, one lock."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk
from foiadesk_ui.session import Session
from foiadesk_ui.window import MainWindow

Story = Callable[[], Desk]


@pytest.fixture
def window(session: Session, story: Story, qtbot: QtBot) -> Iterator[MainWindow]:
    """The main window on a desk with three requests."""
    story()
    locked: list[bool] = []
    made = MainWindow(session, lambda: locked.append(True))
    made.locked = locked  # type: ignore[attr-defined]
    qtbot.addWidget(made)
    made.show()
    yield made
    for other in tuple(made._beside):
        other.close()


def test_a_second_window_shows_another_request_and_follows_changes(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    window.open_page("request", {"id": 1})
    view = window.page("requests").view  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: view.facts is not None)
    view.header.window_action.trigger()
    session.window_asked.emit(2)
    first, second = window._beside
    qtbot.waitUntil(lambda: first.view.facts is not None and second.view.facts is not None)
    assert (first.view.request, second.view.request) == (1, 2)
    assert first.windowTitle() == window.windowTitle()
    session.act(window, lambda desk: desk.requests.add_event(2, {"kind": "call", "date": "2026-02-09"}))
    qtbot.waitUntil(lambda: len(second.view.facts.events) == 2)
    assert "Call" in second.undo_bar.sentence()
    qtbot.keyClick(second, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(second.view.facts.events) == 1)
    first.close()
    assert window._beside == [second]


def test_locking_hides_every_window_and_saves_what_was_typed(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    other = window.open_beside(2)
    qtbot.waitUntil(lambda: other.view.facts is not None)
    other.view.tabs.setCurrentWidget(other.view.notes)
    other.view.notes.text.setPlainText("typed just now")
    window.lock_now()
    assert not any(one.isVisible() for one in QApplication.topLevelWidgets())
    qtbot.waitUntil(lambda: window.locked == [True])  # type: ignore[attr-defined]
    assert session.desk.requests.get(2).notes == "typed just now"


def test_closing_the_main_window_closes_the_others(window: MainWindow, qtbot: QtBot) -> None:
    other = window.open_beside(1)
    with qtbot.waitSignal(other.closed):
        window.close()
    assert window._beside == []
