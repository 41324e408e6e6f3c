"""What leaves beside the letter's own page: enclosures, Word, envelopes and labels, all that is ready at once."""

import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk, IncomingFile, RequestFilter
from foiadesk.records import Channel, Direction, LetterState
from foiadesk_ui import printing
from foiadesk_ui.letter_page import LetterPage
from foiadesk_ui.mail_panel import MailPanel
from foiadesk_ui.ready_letters import ReadyLetters
from foiadesk_ui.send_many import SendMany
from foiadesk_ui.session import Session

Story = Callable[[], Desk]


def picture() -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (300, 90), (10, 60, 90)).save(held, "PNG")
    return held.getvalue()


def pages_of(path: Path) -> int:
    with pikepdf.open(path) as document:
        return len(document.pages)


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> Iterator[LetterPage]:
    made = LetterPage(session)
    qtbot.addWidget(made)
    made.resize(1024, 600)
    session.changed.connect(made.refresh)
    made.show()
    yield made


@pytest.fixture
def letter(story: Story) -> int:
    desk = story()
    request = sorted(desk.requests.ids(RequestFilter()))[0]
    for name in ("map.png", "plan.png"):
        desk.filing.file(
            IncomingFile(name, picture() + name.encode()), request, direction=Direction.IN, date=date(2026, 1, 2)
        )
    return desk.letters.start("policy_request", request).primary


def shown(page: LetterPage, letter: int, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.preview.drawn):
        page.open(letter=letter)


def test_ticked_documents_are_enclosed_in_the_order_of_ticking_and_kept(
    page: LetterPage, letter: int, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    shown(page, letter, qtbot)
    carries = page.carries
    assert not carries.body.isVisible()
    qtbot.mouseClick(carries.head, Qt.MouseButton.LeftButton)
    assert carries.body.isVisible()
    boxes = list(carries.boxes.values())
    names = [box.accessibleName() for box in boxes]
    assert sorted(names) == ["map.png", "plan.png"]
    for box in reversed(boxes):
        qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    assert carries.head.text() == "2 enclosures"
    assert boxes[1].accessibleName() == f"1. {names[1]}"
    qtbot.waitUntil(lambda: page.bar.said.text() == "Saved")
    first, second = desk.letters.get(letter).values["+enclose"].split()
    assert desk.filing.document(int(first)).name == names[1]
    with qtbot.waitSignal(page.exits.done):
        page.exits.save_pdf_to(tmp_path / "with.pdf")
    boxes[0].click()
    assert boxes[1].accessibleName() == f"1. {names[1]}" and boxes[0].accessibleName() == names[0]
    qtbot.waitUntil(lambda: desk.letters.get(letter).values["+enclose"] == first)
    with qtbot.waitSignal(page.exits.done):
        page.exits.save_pdf_to(tmp_path / "less.pdf")
    assert pages_of(tmp_path / "with.pdf") == pages_of(tmp_path / "less.pdf") + 1
    assert second not in desk.letters.get(letter).values["+enclose"]


def test_a_signature_is_chosen_drawn_and_taken_away(page: LetterPage, letter: int, desk: Desk, qtbot: QtBot) -> None:
    shown(page, letter, qtbot)
    qtbot.mouseClick(page.carries.head, Qt.MouseButton.LeftButton)
    box = page.carries._signatures["Ana Reyes"]
    assert box.accessibleName() == "Signature of Ana Reyes"
    with qtbot.waitSignal(page.preview.drawn):
        qtbot.keyClick(box, Qt.Key.Key_Down)
        box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: desk.letters.get(letter).values.get("+signature Ana Reyes", "") != "")
    box.setCurrentIndex(0)
    box.activated.emit(0)
    qtbot.waitUntil(lambda: desk.letters.get(letter).values["+signature Ana Reyes"] == "")


def test_the_draft_opened_again_shows_what_it_carries(page: LetterPage, letter: int, desk: Desk, qtbot: QtBot) -> None:
    key = desk.filing.documents(desk.letters.get(letter).request)[0].id
    desk.letters.save(letter, {"+enclose": str(key), "+dividers": "yes", "+lines": "yes"})
    shown(page, letter, qtbot)
    assert page.carries.values() == {"+enclose": str(key), "+dividers": "yes", "+lines": "yes"}


def test_a_sent_letter_with_enclosures_shows_all_its_pages(
    page: LetterPage, letter: int, desk: Desk, qtbot: QtBot
) -> None:
    key = desk.filing.documents(desk.letters.get(letter).request)[0].id
    alone = len(desk.letters.preview("policy_request", desk.letters.get(letter).request, {}, scale=0.2).pages)
    desk.letters.save(letter, {"+enclose": str(key)})
    desk.letters.mark_sent(letter, channel=Channel.MAIL, on=date(2026, 2, 10), with_blanks=True)
    shown(page, letter, qtbot)
    assert page.preview.pages.page_count() == alone + 1
    drawn = printing.draw_pages(desk.letters.pdf(letter), 72, desk)
    assert len(drawn) == alone + 1


def test_saved_for_word_and_the_length_beside_copy(page: LetterPage, letter: int, qtbot: QtBot, tmp_path: Path) -> None:
    shown(page, letter, qtbot)
    with qtbot.waitSignal(page.exits.done):
        page.exits.save_word_to(tmp_path / "letter.docx")
    assert (tmp_path / "letter.docx").read_bytes().startswith(b"PK")
    qtbot.waitUntil(lambda: page.bar.length.text().endswith("of 10,000 characters"))
    assert "www.foia.gov" in page.bar.length.toolTip() and "2026-06-09" in page.bar.length.toolTip()
    with qtbot.waitSignal(page.exits.done) as told:
        page.bar.copy_button.click()
    assert told.args == [f"Copied. {page.bar.length.text()}"]
    assert QGuiApplication.clipboard().text()
    with qtbot.waitSignal(page.preview.drawn):
        page.form.go_to("background")
        page.form.entry("background").set_value("word " * 3000)
        page._edited()
    qtbot.waitUntil(lambda: page.bar.length.text().endswith("too long"))


@pytest.mark.parametrize(
    ("kind", "paper", "pages"), [("envelope", "no10", 1), ("labels", "letter", 1), ("fax", "", 1), ("certified", "", 1)]
)
def test_what_goes_around_the_letter_is_saved(
    page: LetterPage, letter: int, qtbot: QtBot, tmp_path: Path, kind: str, paper: str, pages: int
) -> None:
    shown(page, letter, qtbot)
    page._around(kind)
    assert page.mail.isVisible() and page.mail.paper == paper
    for widget in page.mail.findChildren(QWidget):
        if isinstance(widget, QAbstractButton) and widget.isVisible():
            assert widget.accessibleName() or widget.text()
    with qtbot.waitSignal(page.mail.done) as told:
        page.mail.save_to(tmp_path / "out.pdf")
    assert told.args == ["Saved as out.pdf."] and not page.mail.isVisible()
    assert pages_of(tmp_path / "out.pdf") == pages


def test_labels_for_many_requests_begin_where_the_sheet_is_free(
    story: Story, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = story()
    panel = MailPanel(session)
    qtbot.addWidget(panel)
    panel.begin("labels", sorted(desk.requests.ids(RequestFilter())))
    assert panel.head.text() == "3 address labels"
    panel.start.setValue(29)
    with qtbot.waitSignal(panel.done):
        panel.save_to(tmp_path / "labels.pdf")
    assert pages_of(tmp_path / "labels.pdf") == 2
    panel.begin("labels", sorted(desk.requests.ids(RequestFilter())))
    panel.format.setCurrentIndex(panel.format.findData("L7160"))
    panel._fit()
    assert panel.start.maximum() == 21 and panel.paper == "a4"


def test_an_envelope_is_printed_on_its_own_paper(qapp: object) -> None:
    printer = printing.make_printer("Envelope", "no10")
    size = printer.pageLayout().pageSize().size(printer.pageLayout().pageSize().Unit.Millimeter)
    assert (size.width(), size.height()) == pytest.approx((241.3, 104.8), abs=0.2)


def test_everything_ready_is_found_saved_and_printed(
    story: Story, session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = story()
    requests = sorted(desk.requests.ids(RequestFilter()))
    for request in requests:
        desk.letters.start("policy_request", request)
    desk.letters.start("overdue_notice", requests[2])  # its dates are still blank
    panel = ReadyLetters(session)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.mouseClick(panel.link, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(panel.panel.isVisible)
    assert panel.words.text() == "3 letters are ready."
    assert "PRIV, Face recognition contracts" in panel.left_out.text()
    with qtbot.waitSignal(session.told):
        panel.save_to(tmp_path)
    assert sorted(path.name for path in tmp_path.glob("*.pdf")) == [
        f"{office} - Face recognition contracts.pdf" for office in ("CBP", "ICE", "PRIV")
    ]
    asked: list[int] = []
    monkeypatch.setattr(
        printing, "print_letter", lambda session, parent, read, *, title, page: asked.append(len(read(session.desk)))
    )
    panel.look()
    qtbot.waitUntil(panel.panel.isVisible)
    panel._print_now()
    qtbot.waitUntil(lambda: asked == [3])


def test_the_drafts_of_several_requests_are_marked_as_sent_and_one_with_blanks_is_named(
    story: Story, session: Session, qtbot: QtBot
) -> None:
    desk = story()
    requests = sorted(desk.requests.ids(RequestFilter()))
    letters = [desk.letters.start("policy_request", request).primary for request in requests[:2]]
    blank = desk.letters.start("overdue_notice", requests[2]).primary
    panel = SendMany(session)
    qtbot.addWidget(panel)
    panel.begin(requests)
    assert panel.isVisible() and panel.head.text() == "Mark the drafts of 3 requests as sent"
    panel.channel.setCurrentIndex(panel.channel.findData(Channel.MAIL))
    with qtbot.waitSignal(session.told) as told:
        panel.confirm.click()
    assert told.args == ["2 letters are marked as sent."]
    assert [desk.letters.get(one).state for one in (*letters, blank)] == [
        LetterState.SENT, LetterState.SENT, LetterState.DRAFT,
    ]  # fmt: skip
    qtbot.waitUntil(lambda: "PRIV: The letter still has blanks" in panel.words.text())
    assert desk.filing.get(desk.letters.get(letters[0]).correspondence or 0).channel is Channel.MAIL
