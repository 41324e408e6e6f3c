"""Help: F1 opens the topic of the page, links lead on and Back leads back, words are found; nothing is ever loaded."""

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from foiadesk.desk import handbook
from foiadesk_ui import i18n, pages, theme
from foiadesk_ui.help_document import HelpDocument
from foiadesk_ui.help_page import HelpPage
from foiadesk_ui.help_view import HelpView, shortcut_table
from foiadesk_ui.shortcuts import Shortcut


@pytest.fixture
def view(qtbot):
    made = HelpView()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def shown(window) -> str:
    page = window.current()
    assert isinstance(page, HelpPage)
    return page.view.shown()


def press_f1(window) -> None:
    QTest.keyClick(window, Qt.Key.Key_F1)


@pytest.mark.parametrize("name", [page.name for page in pages.PAGES if page.name not in ("help", "letter")])
def test_f1_opens_the_topic_of_the_page_and_goes_back_to_it(window, name):
    window.open_page(name, {})
    press_f1(window)
    assert shown(window) == pages.TOPIC_OF[name]
    assert window.header.title.whole() == "Help"
    press_f1(window)
    assert pages.home_of(window.current().name) == pages.home_of(name)


def test_the_button_in_the_header_does_the_same(qtbot, window):
    window.open_page("trash", {})
    qtbot.mouseClick(window.header.help_button, Qt.MouseButton.LeftButton)
    assert shown(window) == "trash"


def test_links_lead_to_topics_and_pages_and_back_leads_back(window):
    window.open_page("today", {})
    press_f1(window)
    window.current().view.text.anchorClicked.emit(QUrl("topic:sending"))
    assert shown(window) == "sending"
    window.current().view.text.anchorClicked.emit(QUrl("page:backups"))
    assert window.current().name == "backups"
    window.go_back()
    assert shown(window) == "sending"
    window.go_back()
    assert shown(window) == "first-steps"


def test_tab_reaches_links_and_return_follows_them(qtbot, view):
    view.show_topic("asking")
    view.text.setFocus()
    qtbot.waitUntil(view.text.hasFocus)
    asked = []
    view.page.connect(asked.append)
    QTest.keyClick(view.text, Qt.Key.Key_Tab)
    QTest.keyClick(view.text, Qt.Key.Key_Return)
    assert asked == ["new_request"]


def test_every_topic_shows_its_whole_text(view):
    for name in handbook.TOPICS:
        view.show_topic(name)
        text = view.text.toPlainText()
        for heading, _body in handbook.topic(name).sections():
            assert heading in text
        assert "](" not in text
        assert "**" not in text
        assert handbook.SHORTCUTS not in text


def test_the_list_of_shortcuts_is_that_of_the_program(view):
    view.show_topic("keyboard")
    text = view.text.toPlainText()
    for shortcut in Shortcut:
        assert shortcut.text in text
        assert shortcut.does in text
    assert len(shortcut_table().split("\n")) == len(Shortcut) + 2


def test_what_is_typed_is_looked_for_in_all_topics(qtbot, view):
    went = []
    view.topic.connect(lambda name, section: went.append((name, section)))
    qtbot.keyClicks(view.search, "proof of sending")
    QTest.keyClick(view.search, Qt.Key.Key_Return)
    assert view.list.item(0).text() == "Proof of sending"
    assert went == [("sending", "Proof of sending")]
    view.search.setText("zxqv")
    qtbot.waitUntil(view.none.isVisible)
    assert not view.list.isVisible()
    qtbot.mouseClick(view.none.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.list.isVisible() and view.list.count() == len(handbook.TOPICS))


def test_a_section_is_brought_to_the_top(qtbot, view):
    view.show_topic("deadlines", "Into another calendar")
    bar = view.text.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() > 0)
    view.show_topic("deadlines")
    assert bar.value() == 0


def test_nothing_is_ever_loaded(tmp_path, view):
    picture = tmp_path / "picture.png"
    label = QLabel("x")
    assert label.grab().save(str(picture))
    address = QUrl.fromLocalFile(str(picture))
    plain = QTextDocument()
    plain.setMarkdown(f"![x]({address.toString()})")
    kind = QTextDocument.ResourceType.ImageResource
    assert plain.resource(kind, address) is not None  # Qt's own document reads it
    for text in (f"![x]({address.toString()})", f'<img src="{address.toString()}">', "![x](http://a.example/x.png)"):
        document = HelpDocument(text)
        view.text.show_document(document, "")
        QApplication.processEvents()
        for where in (address, QUrl("http://a.example/x.png")):
            assert document.resource(kind, where) is None
            assert view.text.loadResource(kind.value, where) is None
    assert "<img" in HelpDocument('<img src="x">').toPlainText()  # HTML is text like any other


def test_the_help_follows_scheme_and_language(qapp, view):
    view.show_topic("trash")
    theme.apply(qapp, "dark")
    link = view.text.document().begin()
    colours = set()
    while link.isValid():
        piece = link.begin()
        while not piece.atEnd():
            if piece.fragment().charFormat().isAnchor():
                colours.add(piece.fragment().charFormat().foreground().color().name())
            piece += 1
        link = link.next()
    assert colours == {theme.app_palette().link().color().name()}
    i18n.use("es")
    view.show_topic("trash")
    assert view.text.toPlainText().startswith("Papelera")
    assert view.list.item(0).text() == "Primeros pasos"
