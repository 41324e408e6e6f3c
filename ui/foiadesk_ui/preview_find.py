"""Find in the file that is previewed: a line under the tools, every place highlighted, one after the other in view."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from foiadesk.records import Attachment
from foiadesk_ui import line_icons, marker, theme
from foiadesk_ui.announce import announce
from foiadesk_ui.i18n import _, number_text
from foiadesk_ui.session import Session
from foiadesk_ui.stored_pages import Place, StoredPages
from foiadesk_ui.widgets import IconButton, SecondaryLabel

if TYPE_CHECKING:
    from foiadesk.desk import Desk

Hit = tuple[int, Place]  # page from 0, and where on it
PAGES_AT_MOST = 60  # pages with hits whose places are asked for


class FindBar(QWidget):
    """What to look for, how many places there are, and the way through them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(_("Find in this file"))
        self.line.setAccessibleName(_("Find in this file"))
        line_icons.clearable(self.line)
        self.count = SecondaryLabel("", self)
        self.before = IconButton("chevron-up", _("The place before (Shift+Enter)"), parent=self)
        self.after = IconButton("chevron-down", _("The next place (Enter)"), parent=self)
        self.shut = IconButton("close", _("Close (Esc)"), parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.S2, theme.S1, theme.S1, theme.S1)
        row.setSpacing(2)
        row.addWidget(self.line, 1)
        row.addSpacing(theme.S1)
        for part in (self.count, self.before, self.after, self.shut):
            row.addWidget(part)
        self.hide()


class PreviewFind(QObject):
    """Finds in text as it stands there, in a PDF by its pages' text. ``bar`` is for its owner to place."""

    def __init__(self, session: Session, pages: StoredPages, text: QPlainTextEdit, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._pages = pages
        self._text = text
        self._file: Attachment | None = None
        self._hits: list[Hit] = []
        self._spots: list[tuple[int, int]] = []  # in the text, as Qt counts
        self._at = -1
        self.bar = FindBar(parent)
        self._pause = QTimer(self, singleShot=True, interval=150)
        self._pause.timeout.connect(self.again)
        self.bar.line.textChanged.connect(lambda _text: self._pause.start())
        self.bar.line.installEventFilter(self)
        self.bar.before.clicked.connect(lambda _on=False: self.step(-1))
        self.bar.after.clicked.connect(lambda _on=False: self.step(1))
        self.bar.shut.clicked.connect(lambda _on=False: self.close())
        self._say()

    def start(self) -> None:
        """Ask what to look for."""
        if self._file is None:
            return
        self.bar.show()
        self.bar.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.line.selectAll()
        if self.bar.line.text():
            self.again()

    def close(self) -> None:
        """Put the line and its marks away."""
        had = self.bar.isAncestorOf(self.bar.window().focusWidget() or self.bar)
        self.bar.hide()
        self._forget()
        if had:
            (self._text if self._text.isVisible() else self._pages).setFocus()

    def show_file(self, file: Attachment | None) -> None:
        """Another file is shown."""
        self._file = file
        self.bar.hide()
        self._hits, self._spots, self._at = [], [], -1

    def again(self) -> None:
        """Look for it in what is shown now."""
        self._pause.stop()
        if self.bar.isHidden():
            return
        words = self.bar.line.text().strip()
        if not words:
            self._forget()
        elif self._text.isVisible():
            self._in_text(words)
        elif self._file is not None:
            number = self._file.id
            self._session.ask(self, lambda desk: _places(desk, number, words), self._found, key="find")

    def step(self, by: int) -> None:
        """Bring the next place into view, or the one before."""
        many = len(self._hits) or len(self._spots)
        if not many:
            return
        self._at = (self._at + by) % many
        if self._hits:
            page, place = self._hits[self._at]
            self._pages.show_place(page, place)
        else:
            start, end = self._spots[self._at]
            cursor = QTextCursor(self._text.document())
            cursor.setPosition(end)
            cursor.setPosition(start, QTextCursor.MoveMode.KeepAnchor)
            self._text.setTextCursor(cursor)
            self._text.ensureCursorVisible()
        self._say()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Enter goes on, Shift+Enter back, Escape away."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.close()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self._pause.isActive():
                    self.again()
                else:
                    self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                return True
        return False

    def _in_text(self, words: str) -> None:
        """Find the words in a row, whatever their case."""
        text, wanted = self._text.toPlainText().casefold(), words.casefold()
        same = len(text) == len(self._text.toPlainText())  # else places of folded text are not those of the text
        whole = text if same else self._text.toPlainText()
        self._hits, self._spots, at = [], [], 0
        while len(self._spots) < marker.AT_MOST and (at := whole.find(wanted if same else words, at)) >= 0:
            self._spots.append((marker.units(whole, at), marker.units(whole, at + len(words))))
            at += max(1, len(words))
        marker.mark_spots(self._text, self._spots)
        self._at = -1
        self.step(1)
        self._say()

    def _found(self, hits: list[Hit]) -> None:
        if self.bar.isHidden():
            return
        self._clear_pages()
        self._hits, self._spots, self._at = hits, [], -1
        for page in {page for page, _place in hits}:
            self._pages.set_marks(page, tuple(place for one, place in hits if one == page))
        self.step(1)
        self._say()

    def _forget(self) -> None:
        self._clear_pages()
        if self._spots:
            self._text.setExtraSelections([])
        self._hits, self._spots, self._at = [], [], -1
        self._say()

    def _clear_pages(self) -> None:
        for page in {page for page, _place in self._hits}:
            self._pages.set_marks(page, ())

    def _say(self) -> None:
        many = len(self._hits) or len(self._spots)
        for button in (self.bar.before, self.bar.after):
            button.setEnabled(many > 0)
        if not self.bar.line.text().strip():
            said = ""
        elif many:
            said = _("{n} of {all}").format(n=number_text(self._at + 1), all=number_text(many))
        else:
            said = _("Not found")
        if said != self.bar.count.text():
            self.bar.count.setText(said)
            if said:
                announce(self.bar.count, said)


def _places(desk: "Desk", number: int, words: str) -> list[Hit]:
    """Return every place of words on the pages of a PDF, in reading order."""
    wanted = words.casefold().split()
    pages = [
        place
        for place, text in enumerate(desk.filing.text(number).split("\f"))
        if all(word in text.casefold() for word in wanted)
    ]
    hits: list[Hit] = []
    for page in pages[:PAGES_AT_MOST]:
        found = desk.filing.places(number, page, [" ".join(words.split())])
        hits += [(page, place) for place in sorted(found, key=lambda one: (one[1], one[0]))]
    return hits
