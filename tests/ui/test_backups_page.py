"""Backups in the window: a place, one document, a whole desk, verifying, repairing; due ones by themselves."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk, IncomingFile
from foiadesk_ui.backup_schedule import BackupSchedule
from foiadesk_ui.backups_page import BackupsPage
from foiadesk_ui.session import Session
from foiadesk_ui.today_page import TodayPage

from .conftest import PASSPHRASE

Story = Callable[[], Desk]


def quiet(qtbot: QtBot, session: Session) -> None:
    qtbot.waitUntil(lambda: session.jobs.pending() == 0 and not session.long_jobs.running, timeout=20_000)


@pytest.fixture
def filed(story: Story) -> Desk:
    """A desk with two documents."""
    desk = story()
    for name in ("one.txt", "two.txt"):
        desk.filing.file(IncomingFile(name, name.encode() * 4000), 1)
    return desk


@pytest.fixture
def page(filed: Desk, session: Session, qtbot: QtBot) -> Iterator[BackupsPage]:
    """The page as it opens on a desk without a place."""
    made = BackupsPage(session)
    session.changed.connect(made.refresh)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.open()
    quiet(qtbot, session)
    yield made


@pytest.fixture
def stick(page: BackupsPage, session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place that was added by the folder dialog, with the backup that adding makes."""
    place = tmp_path / "stick"
    place.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_words: str(place))
    told: list[str] = []
    session.told.connect(told.append)
    primary = page.primary()
    assert primary is not None and primary.label == "Add a place…"
    primary.run()
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert told[0].startswith("Backup made and checked: 2 files, 2 of them new, ")
    quiet(qtbot, session)
    return place


def test_a_place_is_added_and_backed_up_to(page: BackupsPage, stick: Path, session: Session, qtbot: QtBot) -> None:
    assert [path.name for path in stick.glob("*.db")] == ["backup-000001.db"]
    (place,) = page.places.places()
    assert place.folder == stick and place.number == 1
    primary = page.primary()
    assert primary is not None and primary.label == "Back up now"
    primary.run()
    quiet(qtbot, session)
    assert [copy.number for copy in page.copies.table.records_model.records] == [2, 1]
    page.copies.table.select_key(str(stick / "backup-000001.db"))
    page.copies.remove_button.click()
    assert "1 other backup stays here." in page.copies.removing.about.text()
    with qtbot.waitSignal(session.told):
        page.copies.removing.go.click()
    quiet(qtbot, session)
    assert [path.name for path in stick.glob("*.db")] == ["backup-000002.db"]
    page.places.every.setCurrentIndex(page.places.every.findData("daily"))
    page.places.every.activated.emit(page.places.every.currentIndex())
    qtbot.waitUntil(lambda: session.desk.backups.places()[0].every == "daily")
    page.places.forget_button.click()
    qtbot.waitUntil(lambda: page.places.table.isHidden())
    session.undo()
    qtbot.waitUntil(lambda: not page.places.table.isHidden())


def test_one_document_out_of_a_backup(
    page: BackupsPage, stick: Path, session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.copies.files_button.click()
    quiet(qtbot, session)
    panel = page.copies.files
    assert [one.name for one in panel.table.records_model.records] == ["one.txt", "two.txt"]
    qtbot.keyClicks(panel.search, "TWO")
    assert [one.name for one in panel.table.records_model.records] == ["two.txt"]
    target = tmp_path / "copy.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(target), ""))
    with qtbot.waitSignal(session.told):
        panel.save_button.click()
    assert target.read_bytes() == b"two.txt" * 4000
    for path in (session.desk.folder / "attachments").rglob("*"):
        if path.is_file():
            path.unlink()
    with qtbot.waitSignal(session.told) as told:
        panel.back_button.click()
    assert told.args == ["Put back the stored file of “two.txt”."]
    assert len([path for path in (session.desk.folder / "attachments").rglob("*") if path.is_file()]) == 1


def test_a_whole_desk_out_of_a_backup(
    page: BackupsPage, stick: Path, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    page.copies.restore_button.click()
    panel = page.copies.restoring
    assert not panel.go.isEnabled()
    panel.folder.setText(str(session.desk.folder))
    qtbot.keyClicks(panel.passphrase, PASSPHRASE)
    qtbot.keyClick(panel.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.said.text() == "Not restored.", timeout=20_000)
    assert "already holds a desk" in panel.why.text() and panel.passphrase.text() == ""
    panel.folder.setText(str(tmp_path / "New"))
    qtbot.keyClicks(panel.passphrase, PASSPHRASE)
    panel.go.click()
    qtbot.waitUntil(lambda: panel.said.text() == "Restored and checked.", timeout=20_000)
    with Desk.open(tmp_path / "New", PASSPHRASE) as again:
        assert len(again.filing.documents()) == 2


def test_faults_are_named_and_repaired(page: BackupsPage, stick: Path, session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.verifying.ended, timeout=20_000):
        page.verifying.verify_button.click()
    assert page.verifying.result.text() == "Everything verifies. 2 files were decrypted and are right."
    files = sorted(path for path in (session.desk.folder / "attachments").rglob("*") if path.is_file())
    files[0].unlink()
    files[1].write_bytes(b"altered")
    with qtbot.waitSignal(page.verifying.ended, timeout=20_000):
        page.verifying.verify_button.click()
    found = page.verifying.table.records_model.records
    assert {fault.kind for fault in found} == {"missing", "altered"}
    assert page.verifying.result.text() == "2 things do not verify."
    with qtbot.waitSignal(page.verifying.ended, timeout=20_000):
        page.verifying.repair_button.click()
    assert page.verifying.table.isHidden() and "2 things were repaired." in page.verifying.more.text()
    assert session.desk.safety.verify().faults == ()


def test_a_stick_that_was_pulled_out_is_said_once(
    page: BackupsPage, stick: Path, session: Session, qtbot: QtBot
) -> None:
    stick.rename(stick.with_name("away"))
    page.refresh(None)
    quiet(qtbot, session)
    assert not page.places.run_button.isEnabled() and page.copies.away.isVisible()
    with qtbot.waitSignal(session.told) as told:
        page.places.run_all()
    assert "No backup place is connected" in told.args[0]


def test_due_backups_are_made_by_themselves_and_a_refusal_is_said_once(
    filed: Desk, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    filed.backups.add(stick, "daily")
    schedule = BackupSchedule(session)
    schedule.look()
    quiet(qtbot, session)
    assert filed.backups.places()[0].number == 1
    schedule.look()
    quiet(qtbot, session)
    assert filed.backups.places()[0].number == 1
    for path in (filed.folder / "attachments").rglob("*"):
        if path.is_file():
            path.write_bytes(b"altered")
    (stick / "backup-000001.db").unlink()
    for path in (stick / "attachments").rglob("*"):
        if path.is_file():
            path.unlink()
    filed.backups.look(1)
    told: list[object] = []
    session.trouble.connect(told.append)
    for _ in range(2):
        schedule.look()
        quiet(qtbot, session)
    assert len(told) == 1 and "no backup was made" in str(told[0])


def test_today_asks_kindly_then_is_silent(filed: Desk, session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    page = TodayPage(session)
    session.changed.connect(page.refresh)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    page.open()
    qtbot.waitUntil(page.backup.isVisible)
    assert page.backup.head.text() == "This desk has no backup yet"
    with qtbot.waitSignal(session.navigate) as gone:
        page.backup.deed.click()
    assert gone.args[0] == "backups"
    filed.backups.run(filed.backups.add(tmp_path / "stick").primary)
    qtbot.waitUntil(page.backup.isHidden)


def test_on_a_new_computer_a_backup_becomes_a_desk_before_any_is_open(
    filed: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from foiadesk_ui.entrance import Entrance

    filed.backups.run(filed.backups.add(tmp_path / "stick").primary)
    reported: list[Exception] = []
    entrance = Entrance(tmp_path / "nothing yet", reported.append)
    qtbot.addWidget(entrance)
    entrance.show()
    entrance.unlock._restore.click()
    page = entrance.restoring
    assert page is not None and page.isVisible() and not page.panel.go.isEnabled()
    chosen = iter([tmp_path / "stick", tmp_path / "New"])
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_words: str(next(chosen)))
    page.choose.click()
    page.panel.choose.click()
    qtbot.keyClicks(page.panel.passphrase, PASSPHRASE)
    with qtbot.waitSignal(entrance.turned, timeout=20_000) as turned:
        page.panel.go.click()
    assert turned.args == [tmp_path / "New"] and entrance.folder == tmp_path / "New"
    assert entrance.unlock.isVisible() and entrance.unlock.where.text() == str(tmp_path / "New")
    assert reported == []
    entrance.close()
