"""Printing: no print system over the network, the letter's own pages at the printer's resolution, told once."""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QToolBar, QWidget
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk, RequestFilter
from foiadesk.desk.letter_pages import page_count
from foiadesk_ui import printing
from foiadesk_ui.letter_page import LetterPage
from foiadesk_ui.session import Session

Story = Callable[[], Desk]


@pytest.fixture(autouse=True)
def print_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a test pins is forgotten after it."""
    monkeypatch.setenv("CUPS_SERVER", "before the test")


@pytest.fixture
def pdf(story: Story) -> bytes:
    desk = story()
    request = sorted(desk.requests.ids(RequestFilter()))[0]
    return desk.letters.render("policy_request", request)[1]


def test_the_print_system_is_its_socket() -> None:
    with tempfile.TemporaryDirectory(prefix="fd") as short, socket.socket(socket.AF_UNIX) as listener:
        place = Path(short) / "cups.sock"
        listener.bind(str(place))
        assert printing.pin_print_system((Path(short) / "missing.sock", place)) == str(place)
        assert os.environ["CUPS_SERVER"] == str(place)


def test_without_a_socket_nothing_is_asked_over_the_network() -> None:
    pinned = printing.pin_print_system(())
    assert pinned.startswith("/")  # the library takes a path for a Unix socket, anything else for a host
    assert not Path(pinned).exists()
    assert os.environ["CUPS_SERVER"] == pinned


def test_pages_are_drawn_at_the_asked_resolution(pdf: bytes) -> None:
    pages = printing.draw_pages(pdf, 150)
    assert len(pages) == page_count(pdf)
    assert (pages[0].width(), pages[0].height()) == pytest.approx((1275, 1650), abs=1)  # US Letter


def test_many_pages_are_drawn_less_finely_rather_than_fill_the_memory() -> None:
    assert printing.fitting(600, 1) == 600
    assert printing.fitting(1200, 1) == 600
    ten = printing.fitting(600, 10)
    assert 250 < ten < 400
    assert 10 * ten * ten * 8.5 * 11 * 3 <= printing.BUDGET
    assert printing.fitting(600, 1000) == printing.COARSEST


def test_the_letter_reaches_the_printer_whole(pdf: bytes, tmp_path: Path) -> None:
    printer = printing.make_printer("Letter", "letter")
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setResolution(150)
    pages = printing.draw_pages(pdf, 150)
    assert printing.paint(printer, pages) == len(pages)
    printed = (tmp_path / "printed.pdf").read_bytes()
    assert page_count(printed) == len(pages)
    again = printing.draw_pages(printed, 72)[0].convertToFormat(QImage.Format.Format_Grayscale8)
    first = printing.draw_pages(pdf, 72)[0].convertToFormat(QImage.Format.Format_Grayscale8)
    assert (again.width(), again.height()) == (first.width(), first.height())
    far = sum(
        abs(again.pixelColor(x, y).lightness() - first.pixelColor(x, y).lightness()) > 120
        for x in range(0, first.width(), 3)
        for y in range(0, first.height(), 3)
    )
    assert far < first.width() * first.height() / 9 * 0.01, "the printed page is not the letter's page"


def test_only_the_asked_pages_are_printed(tmp_path: Path) -> None:
    printer = printing.make_printer("Letter", "a4")
    assert printing.wanted_pages(printer, 3) == range(3)
    printer.setFromTo(2, 2)
    assert printing.wanted_pages(printer, 3) == range(1, 2)
    printer.setFromTo(2, 9)
    assert printing.wanted_pages(printer, 3) == range(1, 3)
    printer.setFromTo(7, 9)
    assert printing.wanted_pages(printer, 3) == range(2, 3)


def test_the_preview_asks_for_the_pages(pdf: bytes, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    printer = printing.make_printer("Letter", "letter")
    pages = printing.draw_pages(pdf, 72)
    used: list[bool] = []
    dialog = printing.preview_dialog(parent, printer, pages, printing.on_screen(pages), "Letter")
    dialog.paintRequested.connect(lambda asked: used.append(printing.previewing(asked)))
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.paintRequested):
        dialog.open()
    assert used
    assert all(used)
    assert not printing.previewing(printing.make_printer("Letter", "letter"))
    dialog.close()


def test_the_preview_says_print_in_words_and_turns_no_page(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = printing.preview_dialog(parent, printing.make_printer("Letter", "letter"), [], [], "Letter")
    bar = dialog.findChild(QToolBar)
    assert bar is not None
    shown = [action.text() for action in bar.actions() if action.isVisible() and action.text()]
    assert shown == ["Fit width", "Fit page", "Zoom out", "Zoom in", "Previous page", "Next page", "Print…"]
    assert bar.sizeHint().width() < dialog.width()  # nothing hides behind its end


def test_the_letter_opens_in_qts_own_preview(session: Session, pdf: bytes, qtbot: QtBot) -> None:
    from PySide6.QtPrintSupport import QPrintPreviewDialog

    parent = QWidget()
    qtbot.addWidget(parent)
    open_now: list[bool] = []
    printing.print_letter(
        session, parent, lambda _desk: pdf, title="Letter", page="letter", ready=lambda: open_now.append(True)
    )
    qtbot.waitUntil(lambda: bool(open_now))
    (dialog,) = parent.findChildren(QPrintPreviewDialog)
    assert dialog.isVisible()
    assert dialog.windowTitle() == "Print “Letter”"
    assert len(printing._open) == 1  # the printer lives as long as its dialog
    dialog.close()
    qtbot.waitUntil(lambda: not printing._open)
    assert parent.findChildren(QPrintPreviewDialog) == []


def test_nothing_of_printing_is_loaded_before(tmp_path: Path) -> None:
    code = (
        "import sys, foiadesk_ui.letter_page, foiadesk_ui.printing;"
        "print([name for name in sys.modules if 'PrintSupport' in name or 'QtNetwork' in name])"
    )
    found = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "QT_QPA_PLATFORM": "offscreen"},
    )
    assert found.stdout.strip() == "[]"


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> Iterator[LetterPage]:
    made = LetterPage(session)
    qtbot.addWidget(made)
    made.resize(1024, 540)
    made.show()
    yield made


def test_that_the_print_system_keeps_a_copy_is_said_once(
    page: LetterPage, story: Story, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    desk = story()
    letter = desk.letters.start("policy_request", sorted(desk.requests.ids(RequestFilter()))[0]).primary
    printed: list[tuple[bytes, str, str]] = []

    def fake(_session: Session, _parent: QWidget, read: Callable[[Desk], bytes], *, title: str, page: str) -> None:
        printed.append((read(desk), title, page))

    monkeypatch.setattr(printing, "print_letter", fake)
    with qtbot.waitSignal(page.preview.drawn):
        page.open(letter=letter)
    page.exits.print_shown()
    qtbot.waitUntil(page.exits.isVisible)
    assert printed == []
    page.exits.go_on.click()
    qtbot.waitUntil(lambda: len(printed) == 1)
    assert printed[0][0].startswith(b"%PDF-")
    assert printed[0][1:] == ("Request for policy records", "letter")
    assert not page.exits.isVisible()
    with qtbot.waitSignal(page.preview.drawn):
        page.open(letter=letter)
    page.exits.print_shown()
    qtbot.waitUntil(lambda: len(printed) == 2)
    assert not page.exits.isVisible()
