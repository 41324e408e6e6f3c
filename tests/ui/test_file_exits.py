"""The ways a stored file leaves: each says what it means, a privileged file has none, and nothing is left behind."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from foiadesk import paths
from foiadesk.desk import Desk, IncomingFile
from foiadesk.records import Attachment
from foiadesk_ui import scratch
from foiadesk_ui.documents_page import DocumentsPage
from foiadesk_ui.drag_out import carried
from foiadesk_ui.file_exits import FileExits
from foiadesk_ui.preview_pane import PreviewPane
from foiadesk_ui.printing_files import drawn, text_pages
from foiadesk_ui.session import Session

Story = Callable[[], Desk]


@pytest.fixture
def pane(session: Session, story: Story, qtbot: QtBot) -> Iterator[PreviewPane]:
    """A preview of a text file."""
    desk = story()
    letter = desk.filing.get(desk.filing.file(IncomingFile("memo.txt", b"one two one"), 1).primary)
    made = PreviewPane(session)
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    made.show_attachment(letter.attachments[0])
    qtbot.waitUntil(lambda: made.text.toPlainText() == "one two one")
    yield made
    scratch.clear()


def left() -> list[Path]:
    return [one for one in paths.runtime_folder().iterdir() if one.name.startswith("out-")]


def test_another_program_is_named_before_it_sees_a_read_only_copy(
    pane: PreviewPane, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(
        FileExits, "launch", staticmethod(lambda url: bool(opened.append(Path(url.toLocalFile())) or 1))
    )
    pane.bar.open_action.trigger()
    assert "Another program will see this file" in pane.exits.notice.words.text()
    assert pane.exits.notice.isVisible() and not left()
    pane.exits.notice.go_on.click()
    qtbot.waitUntil(lambda: bool(opened))
    assert opened[0].name == "memo.txt" and opened[0].read_bytes() == b"one two one"
    assert stat.S_IMODE(opened[0].stat().st_mode) == 0o400
    assert stat.S_IMODE(opened[0].parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(opened[0].parent.parent.stat().st_mode) == 0o700
    pane.bar.open_action.trigger()  # told once until the desk is locked
    qtbot.waitUntil(lambda: len(opened) == 2)
    scratch.clear()
    assert not left() and not opened[0].exists()


def test_no_program_that_takes_it_is_said(
    pane: PreviewPane, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FileExits, "launch", staticmethod(lambda _url: False))
    pane.bar.open_action.trigger()
    with qtbot.waitSignal(session.trouble) as said:
        pane.exits.notice.go_on.click()
    assert "No program took “memo.txt”" in str(said.args[0])


def test_what_another_process_left_behind_is_removed_and_what_is_in_use_is_not() -> None:
    gone = paths.runtime_folder() / "out-999999999"
    used = paths.runtime_folder() / f"out-{os.getppid()}"
    for folder in (gone, used):
        folder.mkdir()
        (folder / "memo.txt").write_text("secret")
    scratch.clear()
    assert not gone.exists() and used.exists()
    (used / "memo.txt").unlink()
    used.rmdir()


def test_a_file_is_dragged_out_as_a_copy_s_address(
    pane: PreviewPane, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Attachment] = []
    monkeypatch.setattr(pane.exits, "give", lambda file, ready: given.append(file))
    middle = pane.name.rect().center()
    QTest.mousePress(pane.name, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    QTest.mouseMove(pane.name, middle + QPoint(QApplication.startDragDistance() + 1, 0))
    assert [file.name for file in given] == ["memo.txt"]
    data = carried(Path("/run/user/0/memo.txt"))
    assert data.urls() == [QUrl("file:///run/user/0/memo.txt")] and data.formats() == ["text/uri-list"]


def test_a_row_of_the_documents_is_dragged_out(
    pane: PreviewPane, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = DocumentsPage(session)
    session.changed.connect(page.refresh)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    qtbot.waitUntil(lambda: page.table.model().rowCount() == 1)
    given: list[Attachment] = []
    monkeypatch.setattr(page.preview.exits, "give", lambda file, ready: given.append(file))
    row = page.table.visualRect(page.table.model().index(0, 0)).center()

    def drag() -> None:
        QTest.mousePress(page.table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, row)
        QTest.mouseMove(page.table.viewport(), row + QPoint(QApplication.startDragDistance() + 1, 0))
        QTest.mouseRelease(page.table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, row)

    drag()
    assert [file.name for file in given] == ["memo.txt"] and page.save.isEnabled()
    session.act(page, lambda desk: desk.filing.set_privileged(given[0].id))
    qtbot.waitUntil(lambda: bool(page.table.current() and page.table.current().privileged))
    qtbot.waitUntil(lambda: not page.save.isEnabled())
    drag()
    assert len(given) == 1


def test_a_privileged_file_has_no_way_out_and_says_so(pane: PreviewPane, session: Session, qtbot: QtBot) -> None:
    file = pane.attachment
    assert file is not None
    pane.bar.mark.click()
    qtbot.waitUntil(lambda: bool(pane.attachment and pane.attachment.privileged))
    assert pane.bar.privileged.isVisible() and not pane.save.isEnabled() and not pane.bar.more.isEnabled()
    assert session.desk.filing.document(file.id).privileged and pane.text.toPlainText() == "one two one"
    with qtbot.waitSignal(session.trouble) as said:
        pane.exits.give(file, lambda path: pytest.fail(f"{path} left"))
    assert "never leaves the desk" in str(said.args[0])
    session.undo()
    qtbot.waitUntil(lambda: bool(pane.attachment and not pane.attachment.privileged))
    assert pane.save.isEnabled() and not pane.bar.privileged.isVisible()


def test_files_are_drawn_for_paper(session: Session, story: Story, qapp: QApplication) -> None:
    desk = story()
    pdf = desk.letters.render("policy_request", 1)[1]
    for name, data in (("letter.pdf", pdf), ("memo.txt", b"words " * 9000)):
        file = desk.filing.get(desk.filing.file(IncomingFile(name, data), 1).primary).attachments[0]
        pages = drawn(desk, file, desk.filing.inspect(file.id), 200, "letter")
        assert (len(pages) > 3) if name == "memo.txt" else len(pages) == desk.filing.inspect(file.id).pages
        assert pages[0].width() == 1700
    (page,) = text_pages("One line.", 200, "a4")
    dark = {(x, y) for x in range(page.width()) for y in range(page.height()) if page.pixelColor(x, y).value() < 128}
    assert dark and min(x for x, _y in dark) >= 140 and max(y for _x, y in dark) < 250


def test_words_are_found_in_text_one_after_the_other(pane: PreviewPane, qtbot: QtBot) -> None:
    qtbot.keyClick(pane, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert pane.finder.bar.isVisible()
    qtbot.keyClicks(pane.finder.bar.line, "ONE")
    qtbot.waitUntil(lambda: pane.finder.bar.count.text() == "1 of 2")
    assert pane.text.textCursor().selectedText() == "one" and len(pane.text.extraSelections()) == 2
    qtbot.keyClick(pane.finder.bar.line, Qt.Key.Key_Return)
    assert pane.finder.bar.count.text() == "2 of 2" and pane.text.textCursor().selectionStart() == 8
    qtbot.keyClick(pane.finder.bar.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert pane.finder.bar.count.text() == "1 of 2"
    pane.finder.bar.line.setText("three")
    qtbot.waitUntil(lambda: pane.finder.bar.count.text() == "Not found")
    qtbot.keyClick(pane.finder.bar.line, Qt.Key.Key_Escape)
    assert not pane.finder.bar.isVisible() and pane.text.extraSelections() == []


def test_words_are_found_on_the_pages_of_a_pdf(pane: PreviewPane, session: Session, qtbot: QtBot) -> None:
    desk = session.desk
    pdf = desk.letters.render("policy_request", 1)[1]
    letter = desk.filing.get(desk.filing.file(IncomingFile("letter.pdf", pdf), 1).primary)
    pane.show_attachment(letter.attachments[0])
    qtbot.waitUntil(lambda: pane.pages.drawn() > 0)
    pane.finder.start()
    pane.finder.bar.line.setText("contracts")
    qtbot.waitUntil(lambda: pane.finder.bar.count.text().startswith("1 of "))
    hits = pane.finder._hits
    assert hits and all(place[2] > place[0] and place[3] > place[1] for _page, place in hits)
    assert pane.pages._marks[hits[0][0]]
    pane.finder.bar.shut.click()
    assert not any(pane.pages._marks.values())
