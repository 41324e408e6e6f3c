"""The bar that says what was just done and takes it back."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPropertyAnimation, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QGraphicsOpacityEffect, QHBoxLayout, QLabel, QWidget

from foiadesk_ui import theme
from foiadesk_ui.announce import announce
from foiadesk_ui.event_words import warning_words
from foiadesk_ui.i18n import _, said
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import IconButton, LinkButton, MeaningLabel

if TYPE_CHECKING:
    from foiadesk.desk import Change

FADE = 120  # milliseconds
STAY = 10_000  # milliseconds


class UndoBar(QWidget):
    """Shows a Change's sentence for ten seconds; alerts and warnings stay until closed."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setAccessibleName(_("What was done"))
        self._mark = MeaningLabel("late", "", self)
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._leads: tuple[str, dict[str, Any]] = ("", {})
        self._takes_back: str | None = None  # what an undo takes back while it is what the bar tells of; not asked yet
        self._show = LinkButton("", self._follow, icon="forward", parent=self)
        self._undo = LinkButton(_("Undo"), session.undo, icon="undo", parent=self)
        self._close = IconButton("close", _("Close"), self.fade_out, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.S4, theme.S1, theme.S2, theme.S1)
        row.setSpacing(theme.S2)
        row.addWidget(self._mark)
        row.addWidget(self._words, 1)
        row.addWidget(self._show)
        row.addWidget(self._undo)
        row.addWidget(self._close)
        self._veil = QGraphicsOpacityEffect(self)
        self.setGraphicsEffect(self._veil)
        self._fade = QPropertyAnimation(self._veil, b"opacity", self)
        self._fade.finished.connect(self._faded)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.fade_out)
        session.acted.connect(self.show_change)
        session.told.connect(self.show_sentence)
        session.offered.connect(self.show_offer)
        self.hide()

    def show_change(self, change: "Change") -> None:
        """Say what was done."""
        if not change.sentence:
            return
        self._say_change(change)
        if not change.alerts and not change.warnings:
            self._timer.start(STAY)

    def show_sentence(self, sentence: str) -> None:
        """Say what was done and cannot be undone."""
        self._say(said(sentence), undoable=False)
        self._timer.start(STAY)

    def show_offer(self, change: "Change", words: str, page: str, where: dict[str, Any]) -> None:
        """Say what was done, with a link to the page that shows it, until it is closed."""
        self._say_change(change)
        self._leads = (page, where)
        self._show.setText(words)
        self._show.show()

    def _follow(self) -> None:
        page, where = self._leads
        self._session.go(page, **where)
        self.fade_out()

    def show_next_undo(self, undo: str) -> None:
        """Offer to undo only while that takes back what the bar tells of: an alert stays while one works on."""
        if self._takes_back is None:
            self._takes_back = undo
        elif undo != self._takes_back:
            self._undo.hide()

    def _say_change(self, change: "Change") -> None:
        told = said(change.sentence)
        notes = (*map(said, change.alerts), *map(warning_words, change.warnings))
        if notes and not told.endswith((".", "!", "?")):
            told += "."
        self._say(" ".join((told, *notes)), undoable=change.undoable)
        self._mark.setVisible(bool(notes))

    def _say(self, text: str, *, undoable: bool) -> None:
        self._words.setText(text)
        self._takes_back = None
        self._mark.hide()
        self._show.hide()
        self._undo.setVisible(undoable)
        announce(self, text)
        self._turn_to(1.0)

    def sentence(self) -> str:
        """Return what the bar says, "" when it is away."""
        return "" if self.isHidden() else self._words.text()

    def fade_out(self) -> None:
        """Go away."""
        self._turn_to(0.0)

    def _turn_to(self, opacity: float) -> None:
        self._timer.stop()
        self._fade.stop()
        if opacity:
            if self.isHidden():
                self._veil.setOpacity(0.0)
            self.show()
        self._fade.setDuration(0 if theme.is_still() else FADE)
        self._fade.setStartValue(self._veil.opacity())
        self._fade.setEndValue(opacity)
        self._fade.start()

    def _faded(self) -> None:
        if self._veil.opacity() == 0.0:
            self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Base ground with a hairline above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
        painter.fillRect(0, 0, self.width(), 1, theme.hairline())
