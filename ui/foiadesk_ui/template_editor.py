"""A box for a template's text: one typeface of even width, line numbers, and a mark at the line that is wrong."""

from PySide6.QtCore import QMimeData, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontDatabase, QPainter, QPaintEvent, QPalette, QResizeEvent, QTextCursor, QTextFormat
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QTextEdit, QWidget

from foiadesk_ui import icons, theme

_MARK = 12  # pixels of the sign at a wrong line, beside ordinary text


class _Gutter(QWidget):
    """The strip at the left; the editor paints it."""

    def __init__(self, editor: "TemplateEditor") -> None:
        super().__init__(editor)
        self._editor = editor

    def sizeHint(self) -> QSize:
        """As wide as the largest number."""
        return QSize(self._editor.gutter_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what the editor says."""
        self._editor.paint_gutter(self, event.rect())


class TemplateEditor(QPlainTextEdit):
    """Plain text that wraps; Tab leaves it. ``edited`` follows a person's typing, not ``set_text``."""

    edited = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quiet = False
        self._wrong = 0
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.gutter = _Gutter(self)
        self.blockCountChanged.connect(lambda _count: self._fit())
        self.updateRequest.connect(self._scrolled)
        self.textChanged.connect(self._changed)
        theme.watch().changed.connect(self._dress)
        self._dress()

    def text(self) -> str:
        """Return what is written, with plain line ends."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Show another text, from its top; the field's own undo begins anew."""
        if text != self.toPlainText():
            self._quiet = True
            self.setPlainText(text)
            self._quiet = False
        self.mark_wrong(0)

    def mark_wrong(self, line: int) -> None:
        """Mark a line, from 1, as wrong; 0 for none."""
        self._wrong = line
        self.setExtraSelections([])
        block = self.document().findBlockByNumber(line - 1)
        if line and block.isValid():
            marked = QTextEdit.ExtraSelection()
            base = self.palette().color(QPalette.ColorRole.Base)
            marked.format.setBackground(theme.mix(base, theme.meaning("late"), 0.12))
            marked.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
            marked.cursor = QTextCursor(block)
            self.setExtraSelections([marked])
        self.gutter.update()

    def wrong_line(self) -> int:
        """Return the line that is marked; 0 for none."""
        return self._wrong

    def go_to_line(self, line: int) -> None:
        """Put the keyboard at the beginning of a line."""
        block = self.document().findBlockByNumber(max(line, 1) - 1)
        if block.isValid():
            self.setTextCursor(QTextCursor(block))
            self.centerCursor()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste as plain text, whatever the clipboard offers."""
        self.insertPlainText(source.text())

    def gutter_width(self) -> int:
        """Return the pixels that the largest line number and the mark need."""
        digits = max(2, len(str(self.blockCount())))
        return theme.grown(_MARK) + 14 + self.fontMetrics().horizontalAdvance("0") * digits

    def paint_gutter(self, strip: QWidget, rect: QRect) -> None:
        """Draw the numbers of the lines in view, and the mark."""
        painter = QPainter(strip)
        palette = self.palette()
        painter.fillRect(rect, palette.color(QPalette.ColorRole.AlternateBase))
        painter.fillRect(strip.width() - 1, rect.top(), 1, rect.height(), theme.hairline())
        painter.setFont(self.font())
        block = self.firstVisibleBlock()
        top = round(self.blockBoundingGeometry(block).translated(self.contentOffset()).top())
        high = self.fontMetrics().height()
        while block.isValid() and top <= rect.bottom():
            number = block.blockNumber() + 1
            if number == self._wrong:
                side = theme.grown(_MARK)
                icons.paint(painter, "late", theme.meaning("late"), 4, top + (high - side) // 2, side)
            painter.setPen(theme.meaning("late") if number == self._wrong else theme.secondary_colour())
            place = QRect(0, top, strip.width() - 8, high)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, str(number))
            top += round(self.blockBoundingRect(block).height())
            block = block.next()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The strip is as high as the text."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        inside = self.contentsRect()
        self.gutter.setGeometry(inside.left(), inside.top(), self.gutter_width(), inside.height())

    def _fit(self) -> None:
        self.setViewportMargins(self.gutter_width(), 0, 0, 0)
        self._place()

    def _scrolled(self, rect: QRect, by: int) -> None:
        if by:
            self.gutter.scroll(0, by)
        else:
            self.gutter.update(0, rect.y(), self.gutter.width(), rect.height())

    def _changed(self) -> None:
        if not self._quiet:
            self.edited.emit()

    def _dress(self) -> None:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(theme.secondary_font().pointSizeF())
        self.setFont(font)
        self._fit()
        self.mark_wrong(self._wrong)
