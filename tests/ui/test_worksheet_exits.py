"""How a worksheet leaves the program: an exhibit in PDF, or on paper; only when asked."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrintPreviewDialog
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk
from foiadesk_ui.session import Session
from foiadesk_ui.worksheet_view import WorksheetView

Story = Callable[[], Desk]


def received(story: Story) -> Desk:
    desk = story()
    desk.requests.add_event(1, {"kind": "request_received", "date": "2025-12-01", "office": "proper"})
    return desk


def counted(session: Session, desk: Desk, qtbot: QtBot) -> WorksheetView:
    view = WorksheetView(session)
    qtbot.addWidget(view)
    view.resize(440, 560)
    view.show()
    view.activateWindow()
    view.show_clock(1, desk.requests.answer(1).clocks[0].id)
    qtbot.waitUntil(lambda: view.worksheet is not None)
    return view


def test_the_exhibit_is_saved_as_the_desk_makes_it(
    session: Session, story: Story, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = received(story)
    view = counted(session, desk, qtbot)
    offered: list[str] = []

    def choose(_parent: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        offered.append(name)
        return str(tmp_path / "exhibit"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    with qtbot.waitSignal(session.told) as told:
        view.save.click()
    assert offered[0].endswith(".pdf")
    data = (tmp_path / "exhibit.pdf").read_bytes()
    assert data == desk.deadlines.worksheet_pdf(1, desk.requests.answer(1).clocks[0].id)
    assert data.startswith(b"%PDF")
    assert "exhibit.pdf" in told.args[0]


def test_saving_nowhere_saves_nothing(
    session: Session, story: Story, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = counted(session, received(story), qtbot)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    with qtbot.assertNotEmitted(session.told):
        view.save.click()
        qtbot.waitUntil(lambda: session.jobs.pending() == 0)


def test_a_folder_that_cannot_be_written_is_said(session: Session, story: Story, qtbot: QtBot, tmp_path: Path) -> None:
    view = counted(session, received(story), qtbot)
    with qtbot.waitSignal(session.trouble):
        view.save_pdf_to(tmp_path / "not there" / "exhibit.pdf")


def test_before_the_first_print_the_copy_outside_is_told(session: Session, story: Story, qtbot: QtBot) -> None:
    desk = received(story)
    view = counted(session, desk, qtbot)
    view.print.click()
    qtbot.waitUntil(view.notice.isVisible)
    view.notice.not_now.click()
    assert not view.notice.isVisible()
    view.print.click()
    qtbot.waitUntil(view.notice.isVisible)
    view.notice.go_on.click()
    dialogs: list[QPrintPreviewDialog] = []

    def previewed() -> bool:
        dialogs[:] = [one for one in QApplication.topLevelWidgets() if isinstance(one, QPrintPreviewDialog)]
        return bool(dialogs) and dialogs[0].isVisible()

    qtbot.waitUntil(previewed, timeout=20_000)
    assert view.worksheet is not None
    assert view.worksheet.title in dialogs[0].windowTitle()
    dialogs[0].close()
    qtbot.waitUntil(lambda: desk.settings.layout("print.told") != "")
    other = counted(session, desk, qtbot)
    told: list[str] = []
    other.notice.before(lambda: told.append("printed"))
    qtbot.waitUntil(lambda: told == ["printed"])
    assert not other.notice.isVisible()
