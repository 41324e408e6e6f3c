"""Pages of requests, filing, deadlines, documents and agencies: named for screen readers, fit for small windows."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk, IncomingFile
from foiadesk.records import EventKind
from foiadesk_ui import i18n, theme
from foiadesk_ui.agencies_page import AgenciesPage
from foiadesk_ui.campaigns_page import CampaignsPage
from foiadesk_ui.deadlines_page import DeadlinesPage
from foiadesk_ui.documents_page import DocumentsPage
from foiadesk_ui.exhaustion_page import WHAT_IF, ExhaustionPage
from foiadesk_ui.filing_dialog import FilingDialog
from foiadesk_ui.in_tray_page import InTrayPage
from foiadesk_ui.page import Page
from foiadesk_ui.request_view import TABS
from foiadesk_ui.requests_page import RequestsPage
from foiadesk_ui.session import Session
from foiadesk_ui.templates_page import TemplatesPage
from tests.ui.access import cut, nameless

Story = Callable[[], Desk]
PAGES: tuple[type[Page], ...] = (
    RequestsPage,
    InTrayPage,
    DeadlinesPage,
    ExhaustionPage,
    CampaignsPage,
    DocumentsPage,
    AgenciesPage,
    TemplatesPage,
)
ROOM = (968, 540)  # what a page has in a window of 1024x600


def filled(story: Story) -> Desk:
    desk = story()
    desk.filing.file(IncomingFile("alpha.txt", b"alpha"), 1)
    desk.filing.file(IncomingFile("beta.txt", b"beta"), None)
    return desk


def settled(page: Page, qtbot: QtBot) -> None:
    """Wait until what the page asked for is there."""
    if isinstance(page, RequestsPage):
        qtbot.waitUntil(lambda: page.model.count > 0)
    elif isinstance(page, InTrayPage | DeadlinesPage | DocumentsPage | AgenciesPage):
        qtbot.waitUntil(lambda: bool(page.table.records_model.records))
    elif isinstance(page, TemplatesPage):
        qtbot.waitUntil(lambda: bool(page.text.text()))
    elif isinstance(page, ExhaustionPage):
        qtbot.waitUntil(lambda: bool(page.list.board.groups))
    QApplication.processEvents()  # layouts that a new text has made stale


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize(("scale", "language"), [(100, "en"), (150, "en"), (100, "es")])
def test_pages_are_named_and_fit_a_small_window(
    kind: type[Page], scale: int, language: str, session: Session, story: Story, qtbot: QtBot, qapp: QApplication
) -> None:
    i18n.use(language)
    filled(story)
    theme.apply(qapp, "light", scale)
    page = kind(session)
    qtbot.addWidget(page)
    page.resize(*ROOM)
    page.show()
    page.open()
    settled(page, qtbot)
    assert nameless(page) == []
    assert (page.width(), page.height()) == ROOM
    assert cut(page) == []


@pytest.mark.parametrize(("scale", "language"), [(100, "en"), (150, "en"), (100, "es")])
def test_the_planner_is_named_and_fits(
    scale: int, language: str, session: Session, story: Story, qtbot: QtBot, qapp: QApplication
) -> None:
    i18n.use(language)
    filled(story)
    theme.apply(qapp, "light", scale)
    page = ExhaustionPage(session)
    qtbot.addWidget(page)
    page.resize(*ROOM)
    page.show()
    settled(page, qtbot)
    with qtbot.waitSignal(page.planner.counted):
        page.tabs.setCurrentIndex(WHAT_IF)
    page.planner.form.suppose(EventKind.DETERMINATION)
    QApplication.processEvents()
    assert nameless(page) == []
    assert (page.width(), page.height()) == ROOM
    assert cut(page) == []


@pytest.mark.parametrize(("scale", "language"), [(100, "en"), (150, "en"), (100, "es")])
def test_every_tab_of_a_request_is_named_and_fits(
    scale: int, language: str, session: Session, story: Story, qtbot: QtBot, qapp: QApplication
) -> None:
    i18n.use(language)
    filled(story)
    theme.apply(qapp, "light", scale)
    page = RequestsPage(session)
    qtbot.addWidget(page)
    page.resize(*ROOM)
    page.show()
    with qtbot.waitSignal(page.view.shown):
        page.open(id=1)
    for number, _tab in enumerate(TABS):
        page.view.tabs.setCurrentIndex(number)
        QApplication.processEvents()
        assert nameless(page.view) == []
        qtbot.waitUntil(lambda: cut(page.view) == [])  # the picture of its life is drawn and then given its room
    assert (page.width(), page.height()) == ROOM


def test_the_keyboard_gets_everywhere_on_a_request(session: Session, story: Story, qtbot: QtBot) -> None:
    filled(story)
    page = RequestsPage(session)
    qtbot.addWidget(page)
    page.resize(1280, 740)
    page.show()
    with qtbot.waitSignal(page.view.shown):
        page.open(id=1)
    wanted = {
        page.filter, page.stage, page.group, page.order, page.list, page.view.header.more, page.view.header.log,
        page.view.timeline.view, page.view.timeline.void, *page.view.header.step_buttons(),
    }  # fmt: skip
    wanted = {widget for widget in wanted if widget.isVisibleTo(page) and widget.isEnabled()}
    reached: set[QWidget] = set()
    at = page.filter.nextInFocusChain()
    while at is not page.filter:
        if at.focusPolicy() & Qt.FocusPolicy.TabFocus:
            reached.add(at)
        at = at.nextInFocusChain()
    assert wanted - {page.filter} <= reached


def test_the_filing_dialog_is_named(session: Session, story: Story, qtbot: QtBot) -> None:
    filled(story)
    sources = [IncomingFile("one.txt", b"one"), IncomingFile("two.txt", b"two")]
    dialog = FilingDialog(session, None, sources, 1, session.desk.clock())
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: all(panel.understood is not None for panel in dialog.panels))
    assert nameless(dialog) == []
    dialog.reject()
    qtbot.waitUntil(lambda: len(session.desk.filing.correspondence(None)) == 3)
