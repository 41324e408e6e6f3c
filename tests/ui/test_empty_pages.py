"""An empty desk: each page says in one sentence what it is for, with one button that leads on."""

import re

import pytest
from PySide6.QtCore import Qt

from foiadesk_ui import pages
from foiadesk_ui.letter_picker import LetterPicker
from foiadesk_ui.requests_page import RequestsPage
from foiadesk_ui.widgets import EmptyState

FULL = {"agencies", "settings", "backups", "new_request", "templates", "help"}  # never empty
FULL |= {"letter"}  # opened on a letter only


def told(where) -> list[EmptyState]:
    return [one for one in where.findChildren(EmptyState) if one.isVisible() and not one.button.isHidden()]


def one_sentence(text: str) -> bool:
    return text.endswith(".") and not re.search(r"[.!?] ", text)


@pytest.mark.parametrize("name", [page.name for page in pages.PAGES if page.name not in FULL])
def test_an_empty_page_says_one_sentence_and_has_one_button(qtbot, session, window, name):
    window.open_page(name, {})
    qtbot.waitUntil(lambda: session.jobs.pending() == 0)
    page = window.current()
    qtbot.waitUntil(lambda: len(told(page)) == 1)
    (empty,) = told(page)
    assert one_sentence(empty.sentence.text()), empty.sentence.text()
    assert empty.button.text()


def test_a_request_without_letters_leads_to_the_kinds_there_are(qtbot, session, story, window):
    desk = story()
    window.open_page("request", {"id": max(desk.requests.ids())})
    page = window.current()
    assert isinstance(page, RequestsPage)
    qtbot.waitUntil(lambda: page.view.facts is not None)
    page.view.tabs.setCurrentWidget(page.view.letters)
    qtbot.waitUntil(lambda: len(told(page.view.letters)) == 1)
    (empty,) = told(page.view.letters)
    assert one_sentence(empty.sentence.text())
    qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(page.findChildren(LetterPicker)))
    page.findChildren(LetterPicker)[0].reject()
