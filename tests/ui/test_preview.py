"""The preview: mail with its files one click away, office text, plain text, pictures; HTML as text, nothing remote."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from foiadesk.desk import IncomingFile
from foiadesk.records import Attachment
from foiadesk_ui.preview_pane import PreviewPane
from foiadesk_ui.session import Session
from tests.intake.made import docx, message, opened, paragraph, winmail, xlsx, zipped
from tests.shared_data import shared

Pane = Callable[..., PreviewPane]


@pytest.fixture
def pane(session: Session, qtbot: QtBot) -> PreviewPane:
    """An empty preview, shown."""
    made = PreviewPane(session)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    return made


def bring(session: Session, name: str, data: bytes) -> Attachment:
    """File bytes and return the original's record."""
    change = session.desk.intake.bring([IncomingFile(name, data)]).change
    return session.desk.filing.get(change.primary).attachments[0]


MAIL = message(
    ("Fee & estimate.docx", "application/octet-stream", docx(paragraph("Three hundred dollars"))),
    ("winmail.dat", "application/ms-tnef", winmail(("log.csv", b"a,b"))),
)


def test_a_message_s_files_are_one_click_away_and_so_is_the_way_back(
    session: Session, qtbot: QtBot, pane: PreviewPane
) -> None:
    whole = bring(session, "reply.eml", MAIL)
    pane.show_attachment(whole)
    qtbot.waitUntil(lambda: "See attached." in pane.text.toPlainText() and len(pane.strip.buttons) == 3)
    assert pane.text.toPlainText().startswith("From: foia@office.example\nTo: me@example.org\n")
    names = [button.accessibleName() for button in pane.strip.buttons]
    assert names[0].startswith("Fee & estimate.docx") and names[2].startswith("log.csv  3")
    pane.strip.buttons[0].click()
    qtbot.waitUntil(lambda: pane.text.toPlainText() == "Three hundred dollars")
    qtbot.waitUntil(lambda: [one.accessibleName() for one in pane.strip.buttons] == ["Back to “reply.eml”"])
    pane.strip.buttons[0].click()
    qtbot.waitUntil(lambda: "See attached." in pane.text.toPlainText() and len(pane.strip.buttons) == 3)
    pane.strip.buttons[1].click()  # winmail.dat: itself readable, its file one step further
    qtbot.waitUntil(lambda: any(one.accessibleName().startswith("log.csv") for one in pane.strip.buttons[1:]))
    pane.show_attachment(None)
    assert pane.strip.isHidden()


def test_another_version_of_a_message_is_one_click_away(session: Session, qtbot: QtBot, pane: PreviewPane) -> None:
    first = bring(session, "first.eml", MAIL)
    pane.show_attachment(bring(session, "second.eml", MAIL.replace(b"See attached", b"Corrected")))
    words = "Also filed with other bytes: “first.eml”"
    qtbot.waitUntil(lambda: words in [one.accessibleName() for one in pane.strip.buttons])
    next(one for one in pane.strip.buttons if one.accessibleName() == words).click()
    assert pane.attachment == first


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("a.xlsx", xlsx('<row r="1"><c r="A1" t="inlineStr"><is><t>Cell</t></is></c></row>'), "Log\nCell"),
        ("a.odt", opened("text", "<text:p>Open</text:p>"), "Open"),
        ("a.rtf", rb"{\rtf1 Rich}", "Rich"),
        ("a.txt", "Grüße".encode(), "Grüße"),
        ("a.csv", b"one,two", "one,two"),
        ("a.docx", docx(""), "No text was found in this file."),
    ],
)
def test_texts_of_all_kinds_are_shown(
    session: Session, qtbot: QtBot, pane: PreviewPane, name: str, data: bytes, text: str
) -> None:
    pane.show_attachment(bring(session, name, data))
    qtbot.waitUntil(lambda: pane.text.toPlainText() == text)
    assert pane.stack.currentWidget() is pane.text


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("bomb.docx", zipped({"word/document.xml": b" " * (300 << 20)}), "far more"),
        ("a.bin", bytes(range(256)), "cannot be shown here"),
        ("cut.docx", docx(paragraph("Text"))[:-40], "damaged"),
    ],
)
def test_what_cannot_be_shown_says_why(
    session: Session, qtbot: QtBot, pane: PreviewPane, name: str, data: bytes, reason: str
) -> None:
    pane.show_attachment(bring(session, name, data))
    qtbot.waitUntil(lambda: reason in pane.trouble.sentence.text(), timeout=20_000)
    assert pane.stack.currentWidget() is pane.trouble


def test_pictures_are_drawn(session: Session, qtbot: QtBot, pane: PreviewPane) -> None:
    pane.show_attachment(bring(session, "a.png", shared("mail/cpython/python.png").read_bytes()))
    qtbot.waitUntil(lambda: pane.pages.drawn() == 1)


def test_a_page_that_would_phone_home_is_plain_text(session: Session, qtbot: QtBot, pane: PreviewPane) -> None:
    page = shared("hostile/leak.html").read_bytes()
    mail = b"From: a@b.example\nSubject: Leak\nContent-Type: text/html; charset=utf-8\n\n" + page
    pane.show_attachment(bring(session, "leak.eml", mail))
    qtbot.waitUntil(lambda: pane.text.toPlainText().startswith("From: a@b.example"))
    shown = pane.text.toPlainText()
    assert "<img" not in shown and "<script" not in shown
    assert pane.text.document().allFormats() and all(
        not one.isImageFormat() for one in pane.text.document().allFormats()
    )
