"""Escape puts away the panels that ask before a letter is marked as sent and before the first print."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk, RequestFilter
from foiadesk.records import LetterState
from foiadesk_ui.escape_panel import EscapePanel
from foiadesk_ui.letter_page import LetterPage
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import plain_button
from foiadesk_ui.window import MainWindow

Story = Callable[[], Desk]


@pytest.fixture
def page(session: Session, story: Story, qtbot: QtBot) -> Iterator[LetterPage]:
    desk = story()
    letter = desk.letters.start("policy_request", sorted(desk.requests.ids(RequestFilter()))[-1]).primary
    made = LetterPage(session)
    qtbot.addWidget(made)
    made.resize(1024, 640)
    made.show()
    made.activateWindow()
    with qtbot.waitSignal(made.preview.drawn):
        made.open(letter=letter)
    yield made


@pytest.mark.parametrize("where", ["channel", "day", "proof", "cancel"])
def test_escape_marks_nothing_as_sent(page: LetterPage, qtbot: QtBot, where: str) -> None:
    page.bar.copy_button.setFocus()
    primary = page.primary()
    assert primary is not None
    primary.run()
    panel = page.panel
    assert panel.isVisible()
    assert page.window().focusWidget() is panel.channel
    stop = {"channel": panel.channel, "day": panel.day.line, "proof": panel.proof, "cancel": panel.cancel}[where]
    stop.setFocus()
    with qtbot.waitSignal(panel.closed):
        qtbot.keyClick(stop, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert page.window().focusWidget() is page.bar.copy_button
    letters = page.session.desk.letters
    assert all(one.state is LetterState.DRAFT for request in (1, 2, 3) for one in letters.for_request(request))


def test_escape_prints_nothing(page: LetterPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    from foiadesk_ui import printing

    printed: list[object] = []
    monkeypatch.setattr(printing, "print_letter", lambda *words, **more: printed.append(words))
    page.bar.print_button.setFocus()
    page.bar.print_button.click()
    qtbot.waitUntil(page.exits.isVisible)
    assert page.window().focusWidget() is page.exits.go_on
    qtbot.keyClick(page.exits.go_on, Qt.Key.Key_Escape)
    assert not page.exits.isVisible()
    assert page.window().focusWidget() is page.bar.print_button
    assert printed == []
    page.bar.print_button.click()  # it was not told, so it is asked again
    qtbot.waitUntil(page.exits.isVisible)


def test_escape_in_a_panel_goes_before_the_windows_own_and_focus_elsewhere_stays(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    left: list[str] = []
    back = plain_button("Back", lambda: left.append("back"), parent=window)
    back.setShortcut("Esc")
    other = plain_button("Other", lambda: None, parent=window)
    other.move(0, 40)
    panel = EscapePanel(window)
    panel.setGeometry(0, 80, 200, 60)
    panel.hide()
    inside = plain_button("Inside", lambda: None, parent=panel)
    window.show()
    window.activateWindow()
    back.setFocus()
    panel.show()
    inside.setFocus()
    qtbot.keyClick(inside, Qt.Key.Key_Escape)
    assert (panel.isVisible(), left, window.focusWidget()) == (False, [], back)
    panel.show()
    inside.setFocus()
    other.setFocus()  # the person went on; closing takes nothing away from there
    panel.put_away()
    assert window.focusWidget() is other


def test_the_keyboard_goes_back_to_a_button_that_the_panel_had_put_aside(
    session: Session, story: Story, qtbot: QtBot
) -> None:
    desk = story()
    letter = desk.letters.start("policy_request", 3).primary
    window = MainWindow(session, lambda: None)
    qtbot.addWidget(window)
    window.resize(1080, 740)
    window._remembered = True  # nothing fits it into the small offscreen screen in the middle of a test
    window.open_page("letter", {"letter": letter})
    window.show()
    page = window.findChild(LetterPage)
    assert page is not None
    button = window.header.primary
    qtbot.waitUntil(lambda: button.text() == "Mark as sent")
    button.setFocus()
    button.click()
    assert not button.isVisible()
    qtbot.keyClick(page.panel.channel, Qt.Key.Key_Escape)
    assert button.isVisible()
    assert window.focusWidget() is button
