"""Spelling in a letter's form: a wave under words nobody knows, what may have been meant in their menu."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit, QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.i18n import _
from foiadesk_ui.letter_form import LetterForm
from foiadesk_ui.merge_line import MergeLine
from foiadesk_ui.merge_text import MergeText
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import SecondaryLabel

if TYPE_CHECKING:
    from foiadesk.desk import Change

PAUSE = 400  # ms after the last key


class SpellingMarks(QWidget):
    """One quiet line where there is no dictionary for the letter; else hidden. ``marked``: it was looked."""

    marked = Signal()

    def __init__(self, session: Session, form: LetterForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._form = form
        self._language = ""
        self.unknown: frozenset[str] = frozenset()
        self.line = SecondaryLabel(_("No dictionary for this letter’s language is installed: spelling is not checked."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, theme.S4, theme.S1)
        column.addWidget(self.line)
        self.hide()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.look)
        form.edited.connect(self._pause.start)
        theme.watch().changed.connect(self._mark)

    def begin(self, language: str) -> None:
        """Look at what the form shows, a letter in this language; "" for one that was sent."""
        self._language = language
        self.unknown = frozenset()
        self.hide()
        if language:
            self._session.ask(self, lambda desk: desk.spelling.available(language), self._known, key="there")

    def _known(self, there: bool) -> None:
        self.setVisible(not there)
        if there:
            self._pause.start()  # the widgets of a long form come a few at a time

    def look(self) -> None:
        """Ask which words nobody knows; off this thread, as a dictionary takes a second to load."""
        language = self._language
        texts = tuple(box.text() for box in self._form.texts())
        if language:
            self._session.ask(self, lambda desk: desk.spelling.wrong(texts, language), self._found, key="wrong")

    def _found(self, unknown: frozenset[str]) -> None:
        self.unknown = unknown
        self._mark()
        self.marked.emit()

    def _mark(self) -> None:
        from foiadesk.letters.spelling import words_of

        wave = QTextCharFormat()
        wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        wave.setUnderlineColor(theme.meaning("late"))
        for box in self._form.texts():
            names = isinstance(box, MergeLine)  # a line holds mostly names, which no dictionary has
            found = []
            for start, end, word in words_of(box.text()) if self.unknown else ():
                if word in self.unknown and not (names and word[0].isupper()):
                    one = QTextEdit.ExtraSelection()
                    one.format = wave
                    one.cursor = _cursor(box, start, end)
                    found.append(one)
            box.setExtraSelections(found)

    def fill(self, menu: QMenu, box: MergeText) -> None:
        """Put on top of a menu what may have been meant by the word under it; it comes a moment later."""
        if box.asked is None:
            return
        cursor = QTextCursor(box.asked)
        hit = next((one for one in box.extraSelections() if _holds(one.cursor, cursor)), None)
        if hit is None:
            return
        at = QTextCursor(hit.cursor)
        word, language = at.selectedText(), self._language
        before = menu.actions()
        learn = menu.addAction(_("“{word}” is right").format(word=word))
        learn.triggered.connect(lambda _on=False: self._learn(word))
        looking = menu.addAction(_("Looking for what was meant…"))
        looking.setEnabled(False)
        rule = menu.addSeparator()
        for action in (looking, learn, rule) if before else ():
            menu.insertAction(before[0], action)

        def offer(found: tuple[str, ...]) -> None:
            looking.setText(_("Nothing like it is known") if not found else _("Meant?"))
            for one in found:
                action = menu.addAction(one)
                action.triggered.connect(lambda _on=False, right=one: self._put(box, at, right))
                menu.insertAction(learn, action)

        self._session.ask(menu, lambda desk: desk.spelling.suggestions(word, language), offer, key="meant")

    def _put(self, box: MergeText, at: QTextCursor, right: str) -> None:
        box.setTextCursor(at)
        box.put(right)

    def _learn(self, word: str) -> None:
        def learned(_change: "Change") -> None:
            self.look()

        self._session.act(self, lambda desk: desk.spelling.learn(word), learned)


def _cursor(box: MergeText, start: int, end: int) -> QTextCursor:
    cursor = QTextCursor(box.document())
    cursor.setPosition(box.place_of(start))
    cursor.setPosition(box.place_of(end), QTextCursor.MoveMode.KeepAnchor)
    return cursor


def _holds(word: QTextCursor, asked: QTextCursor) -> bool:
    return word.selectionStart() <= asked.position() <= word.selectionEnd()
