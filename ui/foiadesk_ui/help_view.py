"""The help as a widget: contents and search at the left, one topic at the right. It needs no desk."""

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QResizeEvent, QTextBlock
from PySide6.QtWidgets import QLineEdit, QTextBrowser, QVBoxLayout, QWidget

from foiadesk.desk import handbook
from foiadesk_ui import i18n, line_icons, theme
from foiadesk_ui.announce import announce
from foiadesk_ui.beside import Beside
from foiadesk_ui.help_document import HelpDocument
from foiadesk_ui.i18n import _, ngettext
from foiadesk_ui.parts import EmptyState
from foiadesk_ui.repolish import when_seen
from foiadesk_ui.shortcuts import Shortcut
from foiadesk_ui.two_line import Line, TwoLineList

WIDE = 720  # pixels of a line of text at most
_PAUSE = 120  # milliseconds after the last key before searching


class TopicText(QTextBrowser):
    """One topic, to read, scroll and follow links in; it fetches nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setStyleSheet("QTextBrowser { border: none; border-radius: 0; padding: 0; }")
        self.setAccessibleName(_("Help topic"))

    def loadResource(self, _kind: int, _name: QUrl | str) -> None:
        """Nothing is ever loaded."""
        return None

    def show_document(self, document: HelpDocument, section: str) -> None:
        """Show a topic from its beginning, or from one of its headings."""
        document.setParent(self)
        self.setDocument(document)
        block = document.heading(section) if section else None
        self.verticalScrollBar().setValue(0)
        if block is not None:
            QTimer.singleShot(0, self, lambda: self._bring(block))  # once the text has its width

    def _bring(self, block: QTextBlock) -> None:
        if block.document() is self.document():
            top = self.document().documentLayout().blockBoundingRect(block).top()
            self.verticalScrollBar().setValue(round(top) - theme.S2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep lines short enough to read."""
        room = self.width() - self.verticalScrollBar().sizeHint().width()
        line = max(WIDE, 48 * self.fontMetrics().height())
        self.setViewportMargins(0, 0, max(room - line, 0), 0)
        super().resizeEvent(event)


class HelpView(QWidget):
    """Contents, search and text. ``page`` names a page a link leads to; ``topic`` another topic.

    pages: whether there is a window whose pages links can lead to; without one such links are left out.
    """

    page = Signal(str)
    topic = Signal(str, str)  # name, section

    def __init__(self, parent: QWidget | None = None, *, pages: bool = True) -> None:
        super().__init__(parent)
        self._pages = pages
        self._name = handbook.TOPICS[0]
        self._section = ""
        self._places: tuple[handbook.Passage, ...] = ()
        self.search = QLineEdit(self)
        line_icons.clearable(self.search)
        self.search.setPlaceholderText(_("Search the help"))
        self.search.setAccessibleName(_("Search the help"))
        self.list = TwoLineList(_("Contents"), self)
        self.none = EmptyState(
            _("The help says nothing of that."), _("Show the contents"), self.search.clear, parent=self
        )
        self.text = TopicText(self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._look)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self.search.returnPressed.connect(self._first)
        self.list.picked.connect(self._picked)
        self.text.anchorClicked.connect(self._follow)
        self._lay_out()
        theme.watch().changed.connect(self._recolor)
        self._show_list()

    def _lay_out(self) -> None:
        left = QWidget(self)
        lines = QVBoxLayout(left)
        lines.setContentsMargins(0, theme.S2, 0, 0)
        lines.setSpacing(theme.S2)
        field = QVBoxLayout()
        field.setContentsMargins(theme.S4, 0, theme.S4, 0)
        field.addWidget(self.search)
        lines.addLayout(field)
        lines.addWidget(self.list, 1)
        lines.addWidget(self.none, 1)
        left.setMinimumWidth(220)
        self.text.setMinimumWidth(320)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(Beside(left, self.text, narrow=600, shares=(2, 5), parent=self))

    def show_topic(self, name: str, section: str = "") -> None:
        """Show a topic, from one of its headings where one is named."""
        self._name, self._section = handbook.topic(name).name, section
        if not self._places:
            self._show_list()
        self._draw()

    def shown(self) -> str:
        """Return the name of the topic that shows."""
        return self._name

    def _draw(self) -> None:
        found = handbook.topic(self._name, i18n.speaking())
        text = found.text.replace(handbook.SHORTCUTS, shortcut_table())
        if not self._pages:
            text = handbook.without_pages(text)
        self.text.show_document(HelpDocument(text), self._section)
        self.text.setAccessibleDescription(found.title)

    def _recolor(self) -> None:
        when_seen(self, lambda _view: self._draw())

    # Contents and search -------------------------------------------------------------------------------------------

    def _show_list(self) -> None:
        if self._places:
            lines = [Line(at, one.section, _below(one)) for at, one in enumerate(self._places)]
            self.list.show_lines(lines, -1)
        else:
            every = handbook.topics(i18n.speaking())
            self.list.show_lines(
                [Line(at, one.title) for at, one in enumerate(every)], handbook.TOPICS.index(self._name)
            )
        nothing = bool(self.search.text().strip()) and not self._places
        self.list.setVisible(not nothing)
        self.none.setVisible(nothing)

    def _look(self) -> None:
        words = self.search.text().strip()
        self._places = handbook.find(words, i18n.speaking())
        self._show_list()
        if words:
            announce(self.list, ngettext("{n} place found", "{n} places found", len(self._places)))

    def _first(self) -> None:
        self._pause.stop()
        self._look()
        if self._places:
            self.list.setFocus()
            self.list.setCurrentRow(0)

    def _picked(self, at: int) -> None:
        if self._places:
            self.topic.emit(self._places[at].topic, self._places[at].section)
        else:
            self.topic.emit(handbook.TOPICS[at], "")

    def _follow(self, link: QUrl) -> None:
        if link.scheme() == "topic":
            self.topic.emit(link.path(), "")
        elif link.scheme() == "page":
            self.page.emit(link.path())


def _below(one: handbook.Passage) -> str:
    return one.text if one.section == one.title else f"{one.title}: {one.text}"


def shortcut_table() -> str:
    """Return every shortcut as a table in Markdown."""
    rows = [f"| {one.text.replace('|', chr(92) + '|')} | {one.does} |" for one in Shortcut]
    return "\n".join([f"| {_('Keys')} | {_('What they do')} |", "|---|---|", *rows])
