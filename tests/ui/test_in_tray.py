"""The In-tray page: what is suggested, why, one button to file it, several at once, and deciding otherwise."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from foiadesk.desk import Change, Desk, IncomingFile
from foiadesk.records import EventKind
from foiadesk_ui.file_all_dialog import FileAllDialog
from foiadesk_ui.filing_dialog import FilingDialog
from foiadesk_ui.filing_more import FilingMore
from foiadesk_ui.in_tray_page import InTrayPage
from foiadesk_ui.session import Session

Story = Callable[[], Desk]
ICE, CBP = "2026-ICFO-00123", "CBP-FO-2026-000456"
WORDS = "We acknowledge receipt of your request. Due to unusual circumstances we need ten additional working days."


@pytest.fixture
def desk_with_mail(story: Story) -> Desk:
    """Two letters that carry the numbers of ICE and CBP, and one that says nothing."""
    desk = story()
    for request, number in ((1, ICE), (2, CBP)):
        desk.requests.add_event(request, {"kind": "tracking_number", "date": "2026-01-05", "number": number})
        text = f"Office\n\nFebruary 2, 2026\n\nRe: {number}\n\nDear X:\n\n{WORDS}\n"
        desk.filing.file(IncomingFile(f"letter {request}.txt", text.encode()), None)
    desk.filing.file(IncomingFile("lunch.txt", b"Noon?"), None)
    return desk


@pytest.fixture
def page(session: Session, desk_with_mail: Desk, qtbot: QtBot) -> InTrayPage:
    made = InTrayPage(session)
    qtbot.addWidget(made)
    session.changed.connect(made.refresh)
    made.resize(1000, 600)
    made.show()
    qtbot.waitUntil(lambda: len(made._known) == 3)
    return made


def row(page: InTrayPage, name: str) -> int:
    letter = next(one for one in page.table.records_model.records if one.attachments[0].name == name)
    page.table.clearSelection()
    assert page.table.select_key(letter.id)
    return letter.id


def test_what_is_suggested_is_in_the_list_and_why_beside_it(page: InTrayPage) -> None:
    row(page, "letter 1.txt")
    below = page._below(page.chosen()[0])
    assert below == f"ICE: Acknowledged ({ICE}), Extension notice (10 working days) · Face recognition contracts"
    panel = page.suggestion
    assert panel.where.whole() == "Face recognition contracts · ICE"
    assert panel.file.text() == "File on ICE: acknowledged" and panel.file.isVisible()
    assert "“We acknowledge receipt of your request”" in panel.why.text() and ICE in panel.why.text()
    shown = [panel.events.itemAt(at).widget().text() for at in range(panel.events.count())]  # type: ignore[union-attr]
    assert shown == [f"Acknowledged ({ICE}), 2 Feb 2026", "Extension notice (10 working days), 2 Feb 2026"]
    assert page.preview.attachment is not None and page.preview.attachment.name == "letter 1.txt"
    row(page, "lunch.txt")
    assert panel.file.text() == "File on a request…" and "You decide" in panel.why.text()


def test_one_button_files_it_and_undo_brings_it_back(page: InTrayPage, session: Session, qtbot: QtBot) -> None:
    number = row(page, "letter 1.txt")
    with qtbot.waitSignal(session.acted):
        qtbot.mouseClick(page.suggestion.file, Qt.MouseButton.LeftButton)
    filed = session.desk.filing.get(number)
    assert filed.request == 1 and len(filed.events) == 2
    qtbot.waitUntil(lambda: len(page.table.records_model.records) == 2)
    session.undo()
    qtbot.waitUntil(lambda: len(page.table.records_model.records) == 3)
    assert session.desk.filing.get(number).events == ()


def test_everything_certain_is_filed_after_it_was_shown(page: InTrayPage, session: Session, qtbot: QtBot) -> None:
    said: list[Change] = []
    session.acted.connect(said.append)
    assert page.certain_line.isVisible() and "2 carry" in page.sure.text()
    qtbot.mouseClick(page.file_all, Qt.MouseButton.LeftButton)
    (dialog,) = page.findChildren(FileAllDialog)
    lines = [dialog.list.item(at).text() for at in range(dialog.list.count())]
    assert lines == ["letter 1.txt", "letter 2.txt"] and dialog.file.text() == "File 2"
    assert session.desk.filing.correspondence(1) == ()  # nothing yet
    dialog.reject()
    assert session.desk.filing.correspondence(1) == ()
    page.file_certain()
    page.findChildren(FileAllDialog)[-1].file.click()
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].sentence == "Filed 2 as suggested." and said[0].undoable
    qtbot.waitUntil(lambda: len(page.table.records_model.records) == 1)
    assert not page.certain_line.isVisible()
    session.undo()
    qtbot.waitUntil(lambda: len(page.table.records_model.records) == 3)


def test_several_chosen_are_filed_together(page: InTrayPage, session: Session, qtbot: QtBot) -> None:
    page.table.selectAll()
    assert page.suggestion.where.whole() == "3 are chosen"
    assert "2 of them" in page.suggestion.why.text() and page.suggestion.file.text() == "File 2 as suggested…"
    page.suggestion.file.click()
    (dialog,) = page.findChildren(FileAllDialog)
    dialog.file.click()
    qtbot.waitUntil(lambda: len(session.desk.filing.correspondence(None)) == 1)


def test_several_chosen_go_to_the_trash(page: InTrayPage, session: Session, qtbot: QtBot) -> None:
    page.table.selectAll()
    page.throw_away()
    qtbot.waitUntil(lambda: session.desk.filing.correspondence(None) == ())
    qtbot.waitUntil(page.empty.isVisible)


def test_deciding_otherwise_shows_the_second_event_and_another_request(
    page: InTrayPage, session: Session, qtbot: QtBot
) -> None:
    number = row(page, "letter 1.txt")
    page.suggestion.other.click()
    (dialog,) = page.findChildren(FilingDialog)
    (panel,) = dialog.panels
    qtbot.waitUntil(lambda: panel.understood is not None)
    assert panel.request.value() == 1 and panel.event_form.kind() == EventKind.ACKNOWLEDGED
    ((box, _data),) = panel.more.events
    assert box.text() == "Also: Extension notice (10 working days), 2 Feb 2026" and box.isChecked()
    assert panel.summary() == "Acknowledged + 1"
    box.setChecked(False)
    panel.request.set_value(2)
    panel.request.changed.emit()
    qtbot.waitUntil(lambda: session.jobs.pending() == 0)
    ((again, _data),) = panel.more.events
    again.setChecked(False)
    with qtbot.waitSignal(session.acted):
        dialog.file.click()
    filed = session.desk.filing.get(number)
    assert filed.request == 2 and len(filed.events) == 1


def test_a_receipt_is_filed_as_proof_of_the_very_event(session: Session, story: Story, qtbot: QtBot) -> None:
    desk = story()
    data = {"kind": "request_sent", "date": "2026-01-05", "channel": "mail", "proof": "9400111201080805483016"}
    desk.requests.add_event(3, data)
    (sending,) = desk.requests.events(3)
    text = b"Certified Mail Receipt\nPostmark Here\n9400 1112 0108 0805 4830 16\n01/05/2026\n"
    number = desk.filing.file(IncomingFile("receipt.txt", text), None).primary
    page = InTrayPage(session)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: number in page._known)
    assert page.suggestion.file.text() == "File on PRIV as proof"
    page.decide()
    (dialog,) = page.findChildren(FilingDialog)
    (panel,) = dialog.panels
    qtbot.waitUntil(lambda: panel.understood is not None)
    ((box, event),) = panel.more.proofs
    assert event == sending.id and box.isChecked() and panel.summary() == "as proof"
    with qtbot.waitSignal(session.acted):
        dialog.file.click()
    assert desk.filing.get(number).events == (sending.id,)


def test_suggestions_follow_what_changes(page: InTrayPage, session: Session, qtbot: QtBot) -> None:
    number = row(page, "letter 1.txt")
    (event,) = [one for one in session.desk.requests.events(1) if one.kind is EventKind.TRACKING_NUMBER]
    session.act(page, lambda desk: desk.requests.retract_event(event.id))
    qtbot.waitUntil(lambda: not page._known[number].understood.certain)


def test_naughty_words_stay_words(session: Session, story: Story, qtbot: QtBot, qapp: QApplication) -> None:
    desk = story()
    naughty = "<img src=x onerror=alert(1)> & <b>"
    desk.requests.add_event(1, {"kind": "tracking_number", "date": "2026-01-05", "number": ICE})
    text = (
        f"{naughty}\n\nFebruary 2, 2026\n\nRe: {ICE}\n\nDear X:\n\nWe acknowledge receipt of your request {naughty}.\n"
    )
    desk.filing.file(IncomingFile(f"{naughty}.txt", text.encode()), None)
    page = InTrayPage(session)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: bool(page._known))
    assert "<img" in page.suggestion.why.text()
    for label in page.suggestion.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or not label.text()
    more = FilingMore()
    qtbot.addWidget(more)
    box = more._box(naughty, naughty)
    assert box.text() == naughty.replace("&", "&&") and "<img" not in box.toolTip().replace("&lt;img", "")
