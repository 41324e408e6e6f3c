"""F1 where there is no page to leave: before a desk is open, in dialogs, in a request's own window."""

from datetime import date

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from foiadesk.desk import IncomingFile, handbook
from foiadesk.records import Stage
from foiadesk_ui.bug_dialog import BugDialog
from foiadesk_ui.entrance import Entrance
from foiadesk_ui.event_form import EventDialog
from foiadesk_ui.file_all_dialog import FileAllDialog
from foiadesk_ui.filing_dialog import FilingDialog
from foiadesk_ui.help_dialog import HelpDialog
from foiadesk_ui.letter_picker import LetterPicker
from foiadesk_ui.request_picker import RequestPicker
from foiadesk_ui.request_window import RequestWindow
from foiadesk_ui.snippets_dialog import SnippetsDialog

DAY = date(2026, 2, 10)


def pressed(qtbot, window: QWidget) -> HelpDialog:
    """Press F1 in a window and return the help it showed."""
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_F1)
    found = window.findChildren(HelpDialog)
    assert len(found) == 1
    assert found[0].isVisible()
    return found[0]


@pytest.fixture
def door(qtbot, tmp_path):
    reported: list[Exception] = []
    made = Entrance(tmp_path / "Desk", reported.append)
    made.unlock.show_desk(made.folder)
    yield made
    made.close()
    made.deleteLater()
    assert not reported


def test_before_a_desk_is_open_the_help_that_fits_shows(qtbot, door, tmp_path):
    assert pressed(qtbot, door).view.shown() == "protection"
    door.start_first_run(tmp_path / "New")
    assert door.first_run is not None
    for step, topic in enumerate(("first-steps", "protection", "protection", "first-steps")):
        door.first_run._show(step)
        assert pressed(qtbot, door).view.shown() == topic
    door.unlock.restore.emit()
    assert pressed(qtbot, door).view.shown() == "backups"


def test_the_unlock_page_has_a_button_for_it(qtbot, door):
    door.show()
    qtbot.mouseClick(door.unlock._help, Qt.MouseButton.LeftButton)
    assert door.findChild(HelpDialog).isVisible()


def test_f1_closes_the_help_again_and_what_was_typed_is_still_there(qtbot, door):
    door.unlock.field.setText("half a passphr")
    help_dialog = pressed(qtbot, door)
    help_dialog.activateWindow()
    qtbot.waitUntil(help_dialog.isActiveWindow)
    with qtbot.waitSignal(help_dialog.destroyed):
        QTest.keyClick(help_dialog.view.text, Qt.Key.Key_F1)
    assert door.unlock.field.text() == "half a passphr"
    assert door.findChild(HelpDialog) is None


def test_links_there_lead_to_topics_and_none_to_a_page(qtbot, door):
    view = pressed(qtbot, door).view
    view.text.anchorClicked.emit(QUrl("topic:backups"))
    assert view.shown() == "backups"
    for name in handbook.TOPICS:
        view.show_topic(name)
        assert 'href="page:' not in view.text.toHtml()
    view.show_topic("backups")
    assert "Open Backups" not in view.text.toPlainText()
    view.show_topic("asking")
    assert "On the Agencies page, " in view.text.toPlainText()


@pytest.mark.parametrize(
    ("make", "topic"),
    [
        (lambda session, parent: EventDialog(parent, today=DAY), "filing"),
        (lambda session, parent: BugDialog("KeyError in a.py:1", parent), "protection"),
        (lambda session, parent: SnippetsDialog(session, parent), "letters"),
        (lambda session, parent: RequestPicker(session, parent, "Choose"), "filing"),
        (lambda session, parent: LetterPicker((), Stage.DRAFT, "foia", parent), "letters"),
        (lambda session, parent: FileAllDialog((), lambda: None, parent), "filing"),
        (
            lambda session, parent: FilingDialog(session, parent, [IncomingFile("a.txt", b"Dear")], None, DAY),
            "filing",
        ),
        (lambda session, parent: RequestWindow(session, session.desk.requests.ids()[0]), "first-steps"),
    ],
)
def test_dialogs_show_the_help_beside_them(qtbot, session, story, window, make, topic):
    story()
    dialog = make(session, window)
    qtbot.addWidget(dialog)
    found = pressed(qtbot, dialog)
    assert found.view.shown() == topic
    assert dialog.isVisible()
    assert window.current() is None or window.current().name != "help"
    found.close()
    if isinstance(dialog, FilingDialog):
        dialog._done = True
    dialog.close()
    QApplication.processEvents()
