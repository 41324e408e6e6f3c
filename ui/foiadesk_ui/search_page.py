"""Search: one box over everything on the desk, the usual filters, what was found with its words, and a preview."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from foiadesk_ui import icons, line_icons, theme
from foiadesk_ui.announce import announce
from foiadesk_ui.beside import Beside
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, ngettext, words_of
from foiadesk_ui.least import PageStack
from foiadesk_ui.page import Page
from foiadesk_ui.search_filters import SearchFilters
from foiadesk_ui.search_list import PAGE, SearchList
from foiadesk_ui.search_preview import SearchPreview
from foiadesk_ui.search_saved import NameLine, SavedSearches
from foiadesk_ui.search_words import count_words, open_hit
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import EmptyState, Hairline, LinkButton, SecondaryLabel

if TYPE_CHECKING:
    from foiadesk.desk import Change, Desk, SearchHit
    from foiadesk.desk import SearchPage as Found

_PAUSE = 120  # milliseconds after the last key


class SearchPage(Page):
    """The query above; below it what was found, and what is chosen of it."""

    name: ClassVar[str] = "search"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.title = _("Search")
        super().__init__(session, parent)
        self._asked = ""
        self._words: tuple[str, ...] = ()
        self._order = "best"
        self.query = QLineEdit(self)
        self.query.setPlaceholderText(_("Words, “words in a row”, -without, surveil*, agency:ICE, from:2026-01"))
        self.query.setAccessibleName(_("Search everything"))
        line_icons.clearable(self.query)
        self.query.setMaxLength(4_000)
        self._glass = self.query.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.query.installEventFilter(self)
        self.saved = SavedSearches(session, self)
        self.filters = SearchFilters(session.desk.clock(), self)
        self.name_line = NameLine(session, self)
        self.count = SecondaryLabel("", self)
        self.notes = SecondaryLabel("", self, wrap=True)
        self.scans = SecondaryLabel("", self)
        self.read_scans = LinkButton(_("Read them now"), self._read_scans, parent=self)
        self.list = SearchList(self._fetch, self)
        self.preview = SearchPreview(session, self)
        self.start = EmptyState(
            _("Search requests, letters, correspondence, events and the text of files."),
            _("Show what is late"),
            lambda: self.search("stage:overdue kind:request"),
            icon="search",
            parent=self,
        )
        self.nothing = EmptyState("", _("Clear the search"), lambda: self.search(""), icon="search", parent=self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._ask)
        self._connect()
        self._lay_out()
        self._dress()

    def _connect(self) -> None:
        self.query.textChanged.connect(self._typed)
        self.saved.run.connect(self.search)
        self.saved.naming.connect(lambda one: self.name_line.ask(self.query.text(), one))
        self.filters.changed.connect(self.search)
        self.filters.ordered.connect(self._reorder)
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(lambda hit: open_hit(self.session, hit))
        self.list.left.connect(lambda: self.query.setFocus(Qt.FocusReason.OtherFocusReason))
        self.session.index_keeper.settled.connect(self._again)
        theme.watch().changed.connect(self._dress)

    def _dress(self) -> None:
        self._glass.setIcon(icons.icon("search"))

    def _lay_out(self) -> None:
        first = Flow()
        first.setSpacing(theme.S2)
        first.addWidget(self.query, 1)
        first.addWidget(self.saved)
        tools = QVBoxLayout()
        tools.setContentsMargins(theme.S4, theme.S2, theme.S4, theme.S2)
        tools.setSpacing(theme.S2)
        tools.addLayout(first)
        tools.addWidget(self.name_line)
        tools.addWidget(self.filters)
        tools.addWidget(self.notes)
        foot = Flow()
        foot.setContentsMargins(theme.S4, theme.S1, theme.S4, theme.S1)
        foot.setSpacing(theme.S2)
        foot.addWidget(self.count)
        foot.addStretch(1)
        foot.addWidget(self.scans)
        foot.addWidget(self.read_scans)
        self.split = Beside(self.list, self.preview, narrow=720, shares=(1, 1), parent=self)
        self.stack = PageStack(self)
        for part in (self.start, self.nothing, self.split):
            self.stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tools)
        column.addWidget(Hairline(self))
        column.addWidget(self.stack, 1)
        column.addWidget(Hairline(self))
        column.addLayout(foot)
        self.notes.hide()
        self.scans.hide()
        self.read_scans.hide()

    # Page ----------------------------------------------------------------------------------------------------------

    def open(self, **where: Any) -> None:
        """``query``: what to search for."""
        if "query" in where:
            self.search(str(where["query"]))
        self.saved.ask()
        self._ask_scans()
        self.session.ask(self, lambda desk: desk.search.agencies(), self.filters.show_agencies, key="agencies")

    def refresh(self, change: "Change | None") -> None:
        """Search again, with every row in its place; the list is made fresh once what changed is findable."""
        if change is None or change.touches("search"):
            self.saved.ask()
        if change is None:
            self._again()

    def first_focus(self) -> QWidget | None:
        """The query, or what was found."""
        return self.list if self.list.hits.hits and self.query.text() else self.query

    def poses(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        """Return what a search finds, a file at its page, and nothing found."""
        return (
            ("found", lambda: self.search("recognition contracts")),
            ("file", lambda: self.search("type:pdf request")),
            ("filters", lambda: self.search("agency:ICE kind:event colour:red")),
            ("nothing", lambda: self.search("zebrafish")),
            ("naming", self._pose_naming),
        )

    def _pose_naming(self) -> None:
        self.search("recognition")
        self.name_line.ask("recognition", None)

    def search(self, query: str) -> None:
        """Put a query in the box and search at once."""
        self.query.setText(query)
        self._timer.stop()
        self._ask()

    # Inside --------------------------------------------------------------------------------------------------------

    def _typed(self, query: str) -> None:
        self.filters.show_query(query)
        self.saved.show_can_save(bool(query.strip()))
        self._timer.start()

    def _reorder(self, order: str) -> None:
        self._order = order
        self._ask()

    def _again(self) -> None:
        self._ask_scans()
        if self.query.text().strip():
            self._ask()

    def _ask(self) -> None:
        query, order = self.query.text(), self._order
        self._asked = query
        if not query.strip():
            self.session.jobs.forget(self, "find")
            self._show_nothing_asked()
            return
        typing = self.query.hasFocus()
        self.session.ask(
            self, lambda desk: desk.search.find(query, PAGE, order=order, typing=typing), self._found, key="find"
        )

    def _fetch(self, offset: int) -> None:
        query, order = self._asked, self._order
        self.session.ask(
            self, lambda desk: desk.search.find(query, PAGE, offset, order=order), self.list.hits.add, key="more"
        )

    def _show_nothing_asked(self) -> None:
        self.stack.setCurrentWidget(self.start)
        self.count.setText("")
        self.notes.hide()

    def _found(self, page: "Found") -> None:
        self.session.jobs.forget(self, "more")
        self._words = page.words
        self.list.show_page(page)
        said = count_words(page)
        self.count.setText(said)
        announce(self.count, said)
        self.notes.setText(" ".join(map(words_of, page.notes)))
        self.notes.setVisible(bool(page.notes))
        if page.hits:
            self.stack.setCurrentWidget(self.split)
        else:
            sentence = _("Nothing on this desk fits that search.")
            if page.waiting or page.unread:
                sentence = _("Nothing found so far fits that search; the rest is still being prepared.")
            self.nothing.sentence.setText(sentence)
            self.stack.setCurrentWidget(self.nothing)

    def _chosen(self, hit: "SearchHit | None") -> None:
        self.preview.show_hit(hit, self._words)

    # Scans ---------------------------------------------------------------------------------------------------------

    def _ask_scans(self) -> None:
        self.session.ask(self, _scans, self._show_scans, key="scans")

    def _show_scans(self, found: tuple[int, bool]) -> None:
        number, can_read = found
        said = ngettext("{n} scanned page has no text", "{n} scanned pages have no text", number)
        if number and not can_read:
            said = _("{pages}: tesseract is not installed").format(pages=said)
        self.scans.setText(said)
        self.scans.setVisible(bool(number))
        self.read_scans.setVisible(bool(number) and can_read and not self.session.desk.read_only)

    def _read_scans(self) -> None:
        self.read_scans.setEnabled(False)

        def over() -> None:
            self.read_scans.setEnabled(True)
            self._again()

        def failed(error: Exception) -> None:
            over()
            self.session.report(error)

        self.session.long(
            self,
            _("Reading scanned pages"),
            lambda desk, progress: desk.search.read_pictures(progress),
            lambda _count: over(),
            failed=failed,
            cancelled=over,
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down and Return in the query go to what was found."""
        if watched is self.query and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            down = event.key() == Qt.Key.Key_Down
            if (down or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)) and self.query.text().strip():
                if self._timer.isActive() or self._asked != self.query.text():
                    self._timer.stop()
                    self._ask()
                elif self.list.hits.hits:
                    self.list.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False


def _scans(desk: "Desk") -> tuple[int, bool]:
    pages = desk.search.pictures()
    return pages, bool(pages) and desk.search.ocr() is not None
