"""The Trash page: deleting anywhere leads here, undo and Restore lead back, and a typed word purges."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk, IncomingFile
from foiadesk.records.errors import StorageFull
from foiadesk.store import Store
from foiadesk_ui.documents_page import DocumentsPage
from foiadesk_ui.in_tray_page import InTrayPage
from foiadesk_ui.session import Session
from foiadesk_ui.trash_page import TrashPage
from foiadesk_ui.window import MainWindow

Story = Callable[[], Desk]


def settled(session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: session.jobs.pending() == 0 and not session.long_jobs.running)


def names(page: TrashPage) -> list[tuple[str, int]]:
    return [(one.kind, one.id) for one in page.table.records_model.records]


@pytest.fixture
def page(story: Story, session: Session, qtbot: QtBot) -> TrashPage:
    story()
    made = TrashPage(session)
    session.changed.connect(made.refresh)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    settled(session, qtbot)
    return made


def test_an_empty_trash_says_so(page: TrashPage) -> None:
    assert page.empty.isVisible() and not page.table.isVisible()
    assert page.first_focus() is page.empty.button and page.poses() == ()


def test_deleting_in_documents_and_the_in_tray_leads_here_and_undo_back(
    page: TrashPage, desk: Desk, session: Session, qtbot: QtBot
) -> None:
    waiting = desk.filing.file(IncomingFile("waiting.txt", b"waits"), None).primary
    filed = desk.filing.file(IncomingFile("filed.txt", b"filed"), 1).primary
    documents, tray = DocumentsPage(session), InTrayPage(session)
    for one in (documents, tray):
        session.changed.connect(one.refresh)
        qtbot.addWidget(one)
        one.show()
    settled(session, qtbot)
    documents.open(id=next(file.id for file in desk.filing.documents() if file.name == "filed.txt"))
    qtbot.keyClick(documents.table, Qt.Key.Key_Delete)
    tray.table.select_first()
    tray.trash.click()
    settled(session, qtbot)
    qtbot.waitUntil(lambda: len(names(page)) == 2)
    assert sorted(names(page)) == [("correspondence", waiting), ("correspondence", filed)]
    assert documents.table.records_model.rowCount() == 0 and tray.empty.isVisible()
    session.undo()
    qtbot.waitUntil(lambda: len(names(page)) == 1)


def test_restore_puts_back_and_keeps_the_rest(page: TrashPage, desk: Desk, session: Session, qtbot: QtBot) -> None:
    draft = desk.letters.start("policy_request", 3).primary
    desk.trash.put("letter", draft)
    desk.requests.trash(2)
    qtbot.waitUntil(lambda: len(names(page)) == 2)
    page.table.select_key(("letter", draft))
    with qtbot.waitSignal(session.acted):
        page.restore_button.click()
    qtbot.waitUntil(lambda: names(page) == [("request", 2)])
    assert [letter.id for letter in desk.letters.for_request(3)] == [draft]


def test_only_the_typed_word_purges(page: TrashPage, desk: Desk, session: Session, qtbot: QtBot) -> None:
    desk.filing.file(IncomingFile("filed.txt", b"filed"), 1)
    desk.requests.trash(1)
    desk.requests.trash(2)
    qtbot.waitUntil(lambda: len(names(page)) == 2)
    page.table.select_key(("request", 1))
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert page.panel.isVisible() and "ICE" in page.panel.head.text() and not page.panel.go.isEnabled()
    qtbot.keyClicks(page.panel.typed, "purg")
    qtbot.keyClick(page.panel.typed, Qt.Key.Key_Return)
    assert page.panel.isVisible()
    qtbot.keyClick(page.panel.typed, Qt.Key.Key_Escape)
    assert not page.panel.isVisible() and len(desk.trash.list()) == 2
    page.ask_purge()
    qtbot.keyClicks(page.panel.typed, "PURGE")
    with qtbot.waitSignal(session.told) as told:
        qtbot.keyClick(page.panel.typed, Qt.Key.Key_Return)
    assert told.args[0].startswith("Purged “Face recognition contracts · ICE”. 1 file was removed")
    qtbot.waitUntil(lambda: names(page) == [("request", 2)])
    assert list(desk.store.vault.keys()) == []
    page.ask_purge_all()
    page.panel.typed.setText("purge")
    page.panel.go.click()
    qtbot.waitUntil(page.empty.isVisible)
    assert desk.history.next_undo() == ""


def test_what_a_full_disk_leaves_undone_is_said_and_the_page_goes_on(
    page: TrashPage, desk: Desk, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.requests.trash(2)
    qtbot.waitUntil(lambda: len(names(page)) == 1)

    def full(_self: Store) -> None:
        raise StorageFull("The disk is full.")

    monkeypatch.setattr(Store, "scrub", full)
    page.ask_purge_all()
    page.panel.typed.setText("purge")
    with qtbot.waitSignal(session.told) as told:
        page.panel.go.click()
    assert "The disk is full." in told.args[0] and "opened next" in told.args[0]
    monkeypatch.undo()
    desk.requests.trash(3)
    qtbot.waitUntil(lambda: names(page) == [("request", 3)])


def test_the_trash_is_reached_from_the_sidebar_and_by_its_shortcut(
    story: Story, session: Session, qtbot: QtBot
) -> None:
    story()
    window = MainWindow(session, lambda: None)
    qtbot.addWidget(window)
    window.show()
    window.sidebar.entries["trash"].click()
    shown = window.current()
    assert isinstance(shown, TrashPage)
    settled(session, qtbot)
