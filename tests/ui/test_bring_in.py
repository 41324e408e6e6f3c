"""Folders, mailboxes, archives and many files, dropped or chosen: brought in as long work and told of at its end."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from foiadesk.desk import IncomingFile
from foiadesk_ui import bring_in
from foiadesk_ui.drops import sources_of
from foiadesk_ui.filing_dialog import file_sources
from foiadesk_ui.session import Session
from foiadesk_ui.undo_bar import UndoBar
from tests.intake.made import zipped

SEPARATOR = b"From - Mon Jan 05 10:00:00 2026\n"


def letter(number: int) -> bytes:
    return f"From: foia@ice.example\nSubject: Letter {number}\n\nText {number}.\n".encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of three letters and a mailbox of two."""
    found = tmp_path / "From ICE"
    found.mkdir()
    for number in range(3):
        (found / f"{number}.eml").write_bytes(letter(number))
    (found / "Inbox").write_bytes(b"".join(SEPARATOR + letter(number) + b"\n" for number in (8, 9)))
    return found


def test_a_dropped_folder_goes_to_the_in_tray_with_one_sentence_and_the_way_there(
    session: Session, qtbot: QtBot, folder: Path
) -> None:
    parent = QWidget()
    bar = UndoBar(session)
    for widget in (parent, bar):
        qtbot.addWidget(widget)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder))])
    with qtbot.waitSignal(session.offered, timeout=20_000):
        assert file_sources(session, parent, sources_of(mime)) is None
    assert bar.sentence() == "Brought 5 messages into the In-tray"
    assert len(session.desk.filing.correspondence(None)) == 5
    gone = []
    session.navigate.connect(lambda page, where: gone.append((page, where)))
    bar._show.click()
    assert gone == [("in_tray", {})]
    with qtbot.waitSignal(session.acted):
        bar._undo.click()
    assert session.desk.filing.correspondence(None) == ()


def test_what_counts_as_much(session: Session, tmp_path: Path, folder: Path) -> None:
    single = folder / "0.eml"
    for path, data in (("a.zip", b"PK"), ("b.mbox", b""), ("c.pdf", b"%PDF"), ("README", b"text")):
        (tmp_path / path).write_bytes(data)
    for much in ([folder], [tmp_path / "a.zip"], [tmp_path / "b.mbox"], [folder / "Inbox"], [single] * 9):
        assert bring_in.is_much(session, much)
    for few in ([single] * 8, [tmp_path / "c.pdf", tmp_path / "README"], [IncomingFile("message.eml", b"")]):
        assert not bring_in.is_much(session, few)


def test_what_could_not_be_read_is_named(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "cut.zip").write_bytes(zipped({"a.txt": "text"})[:60])
    (tmp_path / "link").symlink_to(tmp_path)
    with qtbot.waitSignal(session.trouble, timeout=20_000) as told:
        bring_in.bring_in(session, None, [tmp_path / "cut.zip", tmp_path / "none.pdf"])
    error = told.args[0]
    assert error.what == "2 files could not be read." and "“cut.zip”: This zip archive is damaged" in error.safe
    assert "“none.pdf”: There is no file none.pdf." in error.safe and "1 of them is kept" in error.safe


def test_a_folder_dropped_on_a_request_is_filed_there(session: Session, qtbot: QtBot, story, folder: Path) -> None:
    request = sorted(story().requests.ids())[0]
    with qtbot.waitSignal(session.acted, timeout=20_000):
        file_sources(session, QWidget(), [folder], request)
    assert len(session.desk.filing.correspondence(request)) == 5


def test_stopping_says_what_stays(session: Session, qtbot: QtBot, folder: Path) -> None:
    gate = threading.Event()  # two pieces of long work run at once: a third waits for its turn, and is stopped there
    for _place in range(2):
        session.long(session, "Waiting", lambda _desk, _progress: gate.wait(20))
    with qtbot.waitSignal(session.told, timeout=20_000) as told:
        bring_in.bring_in(session, None, [folder])
        session.long_jobs.running[-1].cancel()
        gate.set()
    assert told.args == ["Stopped. What was brought in by then stays."]


@pytest.mark.parametrize("choose", [bring_in.choose_files, bring_in.choose_folder])
def test_files_and_folders_are_chosen(session: Session, qtbot: QtBot, folder: Path, choose) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    choose(session, parent)
    (chooser,) = parent.findChildren(QFileDialog)
    many = chooser.fileMode() == QFileDialog.FileMode.ExistingFiles
    chosen = [str(path) for path in folder.glob("*.eml")] if many else [str(folder)]
    with qtbot.waitSignal(session.offered, timeout=20_000):
        chooser.filesSelected.emit(chosen)
    assert len(session.desk.filing.correspondence(None)) == (3 if many else 5)
    chooser.close()
    QApplication.processEvents()
