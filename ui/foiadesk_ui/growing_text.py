"""A plain text box that grows with what is written in it, so that nothing typed is hidden behind a scroll bar."""

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget


class GrowingText(QTextEdit):
    """Plain text only; Tab leaves it. ``lines`` is the height in lines when empty."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None, *, lines: int = 1, most: int = 16) -> None:
        super().__init__(parent)
        self._lines, self._most, self._height, self._around = lines, most, 0, 10
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QTextEdit.LineWrapMode.WidgetWidth)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(1)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self._quiet = False
        self.textChanged.connect(self._changed)
        self._fit()

    def text(self) -> str:
        """Return what is written, with plain line ends."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Show ``text`` without saying that a person edited it, and without losing the undo list for no reason."""
        if text == self.toPlainText():
            return
        self._quiet = True
        self.setPlainText(text)
        self._quiet = False
        self._fit()

    def _changed(self) -> None:
        if not self._quiet:
            self.edited.emit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste as plain text, whatever the clipboard offers."""
        self.insertPlainText(source.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Page Up and Page Down to the page when everything is in view."""
        if event.key() in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown} and not self._overfull():
            event.ignore()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower box needs more lines."""
        super().resizeEvent(event)
        self._around = self.height() - self.viewport().height()  # border and padding, as the style has them
        self._fit()

    def sizeHint(self) -> QSize:
        """As tall as its text."""
        return QSize(240, self._height or self._wanted())

    def minimumSizeHint(self) -> QSize:
        """Never cut through a line."""
        return QSize(80, self._height or self._wanted())

    def _line(self) -> int:
        return self.fontMetrics().lineSpacing()

    def _least(self) -> int:
        return self._lines * self._line() + round(2 * self.document().documentMargin()) + self._around

    def _full(self) -> int:
        return round(self.document().size().height()) + self._around

    def _largest(self) -> int:
        return self._most * self._line() + round(2 * self.document().documentMargin()) + self._around

    def _overfull(self) -> bool:
        return self._full() > self._largest()

    def _wanted(self) -> int:
        return max(self._least(), min(self._full(), self._largest()))

    def _fit(self) -> None:
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if self._overfull() else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if self.verticalScrollBarPolicy() != policy:
            self.setVerticalScrollBarPolicy(policy)
        wanted = self._wanted()
        if wanted != self._height:
            self._height = wanted
            self.setFixedHeight(wanted)
