"""Filing: what is dropped is understood, decided by a person, stored whole; cancelled, it waits in the In-tray."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QTextDocument
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from foiadesk.desk import Change, Desk, IncomingFile
from foiadesk.records import Channel, Direction, EventKind
from foiadesk.records.errors import BadInput
from foiadesk_ui import i18n
from foiadesk_ui.drops import MESSAGE, accept_drops, sources_of
from foiadesk_ui.elided import ElidedLabel
from foiadesk_ui.filing_dialog import FilingDialog, file_sources
from foiadesk_ui.in_tray_page import InTrayPage
from foiadesk_ui.plain_tip import plain_tip
from foiadesk_ui.preview_pane import PreviewPane
from foiadesk_ui.session import Session
from foiadesk_ui.store_all import store_all

Story = Callable[[], Desk]

MAIL = b"""From: ICE FOIA <ice-foia@ice.dhs.gov>
To: records@harborwatch.example
Subject: ICE FOIA Request 2026-ICFO-00123 - acknowledgment
Date: Mon, 02 Feb 2026 10:11:12 -0500
Message-ID: <one@ice.dhs.gov>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

This acknowledges receipt of your request. Your request has been assigned tracking number 2026-ICFO-00123.
"""


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    """A real message in a file."""
    path = tmp_path / "reply.eml"
    path.write_bytes(MAIL)
    return path


@pytest.fixture
def shelf(session: Session, story: Story, qtbot: QtBot) -> QWidget:
    """A desk with requests, and a widget to stand before the dialogs."""
    story()
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(800, 600)
    widget.show()
    return widget


def opened(
    session: Session, shelf: QWidget, qtbot: QtBot, *sources: object, request: int | None = None
) -> FilingDialog:
    """Open the dialog and wait until every file is understood."""
    dialog = file_sources(session, shelf, list(sources), request)  # type: ignore[arg-type]
    assert dialog is not None
    qtbot.waitUntil(lambda: all(panel.understood is not None for panel in dialog.panels))
    return dialog


def test_whatever_a_letter_means_happened_on_its_date_until_a_person_says_otherwise(
    session: Session, shelf: QWidget, qtbot: QtBot, tmp_path: Path
) -> None:
    said_nothing = tmp_path / "reply.eml"
    said_nothing.write_bytes(MAIL.partition(b"\n\n")[0].replace(b" - acknowledgment", b"") + b"\n\nSee the file.\n")
    request = sorted(session.desk.requests.ids())[0]
    panel = opened(session, shelf, qtbot, said_nothing, request=request).panels[0]
    assert panel.event_form.kind() is None
    panel.event_form.set_kind(EventKind.DETERMINATION)
    assert panel.event_form.data()["date"] == "2026-02-02"
    panel.day.line.setFocus()
    panel.day.line.selectAll()
    qtbot.keyClicks(panel.day.line, "2026-01-30")
    assert panel.event_form.data()["date"] == "2026-01-30"
    panel.event_form.day.line.selectAll()
    qtbot.keyClicks(panel.event_form.day.line, "2026-01-29")
    panel.day.line.selectAll()
    qtbot.keyClicks(panel.day.line, "2026-01-28")
    assert panel.event_form.data()["date"] == "2026-01-29"


def test_a_message_is_understood_and_filed_with_its_event(
    session: Session, shelf: QWidget, qtbot: QtBot, mail: Path
) -> None:
    request = sorted(session.desk.requests.ids())[0]
    dialog = opened(session, shelf, qtbot, mail, request=request)
    panel = dialog.panels[0]
    assert panel.event_form.kind() == EventKind.ACKNOWLEDGED
    assert panel.event_form.editor("tracking_number").value() == "2026-ICFO-00123"
    assert panel.channel.value() == Channel.EMAIL
    assert "acknowledges receipt" in panel.why.text()
    with qtbot.waitSignal(session.acted):
        dialog.file.click()
    (letter,) = session.desk.filing.correspondence(request)
    assert session.desk.filing.read(letter.attachments[0].id) == MAIL
    acknowledged = [e for e in session.desk.requests.events(request) if e.kind == EventKind.ACKNOWLEDGED]
    assert acknowledged[0].get("tracking_number") == "2026-ICFO-00123"
    assert letter.events == (acknowledged[0].id,)


def test_why_the_desk_thinks_so_is_said_in_the_windows_language(
    session: Session, shelf: QWidget, qtbot: QtBot, mail: Path
) -> None:
    i18n.use("es")
    panel = opened(session, shelf, qtbot, mail).panels[0]
    assert "Acuse de recibo" in panel.why.text()
    assert "it says" not in panel.why.text()


def test_what_the_person_decides_is_what_is_filed(session: Session, shelf: QWidget, qtbot: QtBot, mail: Path) -> None:
    request = sorted(session.desk.requests.ids())[1]
    dialog = opened(session, shelf, qtbot, mail)
    panel = dialog.panels[0]
    panel.request.set_value(request)
    panel.request.changed.emit()
    panel.direction.set_value(Direction.OUT)
    panel.channel.set_value(Channel.FAX)
    panel.event_form.set_kind(None)
    with qtbot.waitSignal(session.acted):
        dialog.file.click()
    (letter,) = session.desk.filing.correspondence(request)
    assert (letter.direction, letter.channel, letter.events) == (Direction.OUT, Channel.FAX, ())


def test_cancelled_files_wait_in_the_in_tray(session: Session, shelf: QWidget, qtbot: QtBot, mail: Path) -> None:
    dialog = opened(session, shelf, qtbot, mail, IncomingFile("note.txt", b"by hand"), request=1)
    dialog.reject()
    qtbot.waitUntil(lambda: len(session.desk.filing.correspondence(None)) == 2)
    names = {letter.attachments[0].name for letter in session.desk.filing.correspondence(None)}
    assert names == {"reply.eml", "note.txt"}


def test_several_files_are_told_of_in_one_sentence(session: Session, shelf: QWidget, qtbot: QtBot, mail: Path) -> None:
    said: list[Change] = []
    session.acted.connect(said.append)
    files = [IncomingFile(f"note{number}.txt", f"by hand {number}".encode()) for number in range(2)]
    dialog = opened(session, shelf, qtbot, mail, *files, request=1)
    dialog.file.click()
    qtbot.waitUntil(lambda: bool(said))
    assert len(session.desk.filing.correspondence(1)) == 3
    (change,) = said
    assert change.sentence.startswith("Filed 3 documents. ")
    assert session.desk.history.next_undo() in change.sentence
    assert len(change.ids["correspondence"]) == 3
    assert change.undoable
    again = opened(session, shelf, qtbot, mail, *files, request=1)
    again.panels[0].event_form.set_kind(None)
    again.file.click()
    qtbot.waitUntil(lambda: len(said) == 2)
    assert said[1].sentence == "3 were already there, not filed twice."
    assert not said[1].undoable


def test_a_file_that_fails_is_reported_and_the_others_are_told_of(
    session: Session, shelf: QWidget, qtbot: QtBot
) -> None:
    said: list[Change] = []
    session.acted.connect(said.append)

    def refused(_desk: Desk) -> Change:
        raise BadInput("This one cannot be filed.")

    def note(name: str) -> Callable[[Desk], Change]:
        return lambda desk: desk.filing.file(IncomingFile(name, name.encode()), 1)

    with qtbot.waitSignal(session.trouble) as told:
        store_all(session, [note("a.txt"), refused, note("b.txt")])
    assert isinstance(told.args[0], BadInput)
    qtbot.waitUntil(lambda: bool(said))
    assert [change.sentence.split(".")[0] for change in said] == ["Filed 2 documents"]


def test_a_file_left_out_is_not_stored(session: Session, shelf: QWidget, qtbot: QtBot, mail: Path) -> None:
    dialog = opened(session, shelf, qtbot, mail, IncomingFile("note.txt", b"by hand"))
    qtbot.mouseClick(dialog.leave_out, Qt.MouseButton.LeftButton)
    assert [panel.source for panel in dialog.panels] == [IncomingFile("note.txt", b"by hand")]
    dialog.reject()
    qtbot.waitUntil(lambda: len(session.desk.filing.correspondence(None)) == 1)
    assert session.desk.filing.correspondence(None)[0].attachments[0].name == "note.txt"


def test_a_date_after_today_is_refused_with_a_sentence(
    session: Session, shelf: QWidget, qtbot: QtBot, mail: Path
) -> None:
    dialog = opened(session, shelf, qtbot, mail, request=1)
    dialog.panels[0].day.line.setText("2026-03-01")
    dialog.file.click()
    assert dialog.isVisible()
    assert "after today" in dialog.wrong.text()
    assert session.desk.filing.correspondence(1) == ()


def test_bytes_that_cannot_be_read_are_filed_all_the_same(session: Session, shelf: QWidget, qtbot: QtBot) -> None:
    junk = IncomingFile("broken.pdf", b"%PDF-1.7\n" + bytes(range(256)))
    dialog = opened(session, shelf, qtbot, junk, request=1)
    with qtbot.waitSignal(session.acted):
        dialog.file.click()
    (letter,) = session.desk.filing.correspondence(1)
    assert session.desk.filing.read(letter.attachments[0].id) == junk.data


def test_what_waits_is_shown_and_filed_where_it_belongs(
    session: Session, story: Story, qtbot: QtBot, mail: Path
) -> None:
    desk = story()
    desk.filing.file(mail, None)
    page = InTrayPage(session)
    session.changed.connect(page.refresh)
    qtbot.addWidget(page)
    page.resize(1000, 600)
    page.show()
    qtbot.waitUntil(lambda: page.table.current() is not None)
    qtbot.waitUntil(lambda: "acknowledges receipt" in page.preview.text.toPlainText())
    page.decide()
    dialog = page.findChild(FilingDialog)
    assert dialog is not None
    panel = dialog.panels[0]
    qtbot.waitUntil(lambda: panel.understood is not None)
    panel.request.set_value(2)
    panel.request.changed.emit()
    with qtbot.waitSignal(session.acted):
        dialog.file.click()
    qtbot.waitUntil(lambda: page.empty.isVisible())
    assert desk.filing.correspondence(None) == ()
    (letter,) = desk.filing.correspondence(2)
    assert len(letter.events) == 1


def test_an_empty_in_tray_says_so_with_one_button(session: Session, qtbot: QtBot) -> None:
    page = InTrayPage(session)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.empty.isVisible())
    assert page.empty.button.isVisible()
    assert page.first_focus() is page.empty.button


def drop(widget: QWidget, mime: QMimeData) -> QDropEvent:
    enter = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(widget, enter)
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(widget, event)
    return event


def test_files_and_messages_are_taken_where_they_are_dropped(qtbot: QtBot, mail: Path, tmp_path: Path) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    taken: list[object] = []
    accept_drops(widget, taken.extend, lambda: "Drop to file")
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(mail)), QUrl.fromLocalFile(str(tmp_path)), QUrl("https://example.org/x")])
    assert drop(widget, files).isAccepted()
    message = QMimeData()
    message.setData(MESSAGE, MAIL)
    drop(widget, message)
    assert taken == [mail, tmp_path, IncomingFile("message.eml", MAIL)]


def test_words_and_links_dropped_are_no_files(qtbot: QtBot) -> None:
    words = QMimeData()
    words.setText("file:///etc/passwd")
    links = QMimeData()
    links.setUrls([QUrl("https://example.org/x.pdf")])
    assert sources_of(words) == []
    assert sources_of(links) == []


def test_a_pdf_is_drawn_turned_and_read_as_text(session: Session, story: Story, qtbot: QtBot) -> None:
    desk = story()
    kind, request = "policy_request", 1
    pdf = desk.letters.render(kind, request)[1]
    letter = desk.filing.get(desk.filing.file(IncomingFile("letter.pdf", pdf), request).primary)
    pane = PreviewPane(session)
    qtbot.addWidget(pane)
    pane.resize(500, 600)
    pane.show()
    pane.show_attachment(letter.attachments[0])
    qtbot.waitUntil(lambda: pane.pages.drawn() > 0)
    tall = pane.pages.grab().toImage()
    assert pane.pages.count >= 1 and "page" in pane.said.text()
    pane.turn.click()
    assert pane.pages.rotation == 90
    assert pane.pages.grab().toImage() != tall
    zoom = pane.pages.zoom()
    pane.in_.click()
    assert pane.pages.zoom() > zoom
    pane.as_text.click()
    qtbot.waitUntil(lambda: "Face recognition" in pane.text.toPlainText())


def test_foreign_markup_is_shown_as_text_only(session: Session, story: Story, qtbot: QtBot) -> None:
    desk = story()
    page = b"<html><img src='https://example.org/spy.png'><script>1</script>Hello</html>"
    letter = desk.filing.get(desk.filing.file(IncomingFile("page.html", page), 1).primary)
    pane = PreviewPane(session)
    qtbot.addWidget(pane)
    pane.show()
    pane.show_attachment(letter.attachments[0])
    qtbot.waitUntil(lambda: pane.stack.currentWidget() in (pane.text, pane.trouble))
    assert pane.text.document().toPlainText() == pane.text.toPlainText()
    if pane.stack.currentWidget() is pane.text:
        assert "Hello" in pane.text.toPlainText()


def test_a_copy_is_saved_whole_and_said_to_be_unencrypted(
    session: Session, story: Story, qtbot: QtBot, mail: Path, tmp_path: Path
) -> None:
    desk = story()
    letter = desk.filing.get(desk.filing.file(mail, 1).primary)
    pane = PreviewPane(session)
    qtbot.addWidget(pane)
    pane.show_attachment(letter.attachments[0])
    target = tmp_path / "copy.eml"
    with qtbot.waitSignal(session.told) as told:
        pane.save_to(target)
    assert target.read_bytes() == MAIL
    assert "not encrypted" in told.args[0]


@pytest.mark.parametrize("name", ["<b>bold</b>.pdf", "<img src='file:///etc/passwd'>", "plain.pdf", "a & b\nline"])
def test_markup_in_names_stays_text_in_tooltips(name: str, qtbot: QtBot) -> None:
    document = QTextDocument()
    tip = plain_tip(name)
    if tip.startswith("<"):
        document.setHtml(tip)
    else:
        document.setPlainText(tip)
    assert document.toPlainText() == name
    label = ElidedLabel(name)
    qtbot.addWidget(label)
    label.resize(40, 20)
    label.show()
    assert label.toolTip() in ("", plain_tip(" ".join(name.split())))
