"""One line of Today: what it is about, how it stands, and the one obvious thing to do."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from foiadesk_ui import icons, theme
from foiadesk_ui.i18n import said
from foiadesk_ui.plain_tip import plain_tip
from foiadesk_ui.request_words import unverified_tip, unverified_words
from foiadesk_ui.widgets import plain_button

if TYPE_CHECKING:
    from foiadesk.desk import TodayRow


class _Subject(QAbstractButton):
    """The left part: painted, and a button that opens the request."""

    def __init__(self, row: "TodayRow", parent: QWidget) -> None:
        super().__init__(parent)
        self.row = row
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setText(f"{row.title} · {row.office_short}")
        self.setAccessibleName(f"{self.text()}: {said(row.sentence)}")
        self.detail = " · ".join(
            part for part in (unverified_words() if row.unverified else "", said(row.detail)) if part
        )
        self.setAccessibleDescription(self.detail)
        if row.unverified:
            self.setToolTip(plain_tip(unverified_tip(row.unverified)))

    def sizeHint(self) -> QSize:
        """Two lines."""
        high = QFontMetrics(theme.text_font()).height() + QFontMetrics(theme.secondary_font()).height()
        return QSize(300, max(theme.ROW_TWO, high + 16))

    def minimumSizeHint(self) -> QSize:
        """Two lines, with words cut where they must be."""
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw shape, title, sentence and detail."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        if self.hasFocus():
            painter.setPen(palette.color(QPalette.ColorRole.Link))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 2.5, -0.5, -2.5), 5, 5)
        row = self.row
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        first, second = QFontMetrics(theme.text_font()).height(), QFontMetrics(theme.secondary_font()).height()
        top = (self.height() - first - second - 2) / 2
        colour = theme.meaning(row.meaning) if row.meaning else palette.color(QPalette.ColorRole.Text)
        side = theme.grown(16)
        if row.meaning:
            x = self.width() - 8.0 - side if mirrored else 8.0
            icons.paint(painter, row.meaning, colour, x, top + (first - side) / 2, side)
        room = QRectF(8 if mirrored else side + 18, top, self.width() - side - 26, first)
        lead = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        bold = theme.section_font()
        painter.setFont(bold)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        painter.drawText(
            room, lead, QFontMetrics(bold).elidedText(self.text(), Qt.TextElideMode.ElideMiddle, int(room.width()))
        )
        room = QRectF(room.x(), top + first + 2, room.width(), second)
        small = theme.secondary_font()
        metrics = QFontMetrics(small)
        painter.setFont(small)
        painter.setPen(colour)
        sentence = metrics.elidedText(said(row.sentence), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, lead, sentence)
        used = metrics.horizontalAdvance(sentence) + 12
        if self.detail and used < room.width() - 40:
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
            rest = room.adjusted(0, 0, -used, 0) if mirrored else room.adjusted(used, 0, 0, 0)
            painter.drawText(
                rest, lead, metrics.elidedText(self.detail, Qt.TextElideMode.ElideRight, int(rest.width()))
            )


class TodayRowWidget(QWidget):
    """A row with its button; a hairline below."""

    opened = Signal(object)  # TodayRow
    acted = Signal(object)  # TodayRow

    def __init__(self, row: "TodayRow", action: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self._over = False
        self.subject = _Subject(row, self)
        self.subject.clicked.connect(lambda _checked=False: self.opened.emit(self.row))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, theme.S2, 0)
        line.setSpacing(theme.S2)
        line.addWidget(self.subject, 1)
        self.button = plain_button(action, lambda: self.acted.emit(self.row), parent=self)
        self.button.setVisible(bool(action))
        self.button.setAccessibleDescription(self.subject.accessibleName())
        line.addWidget(self.button)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that the row opens."""
        super().enterEvent(event)
        self._over = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Stop showing it."""
        super().leaveEvent(event)
        self._over = False
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click beside the button opens the request too."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit(self.row)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground and hairline."""
        painter = QPainter(self)
        if self._over:
            painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Midlight))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.hairline())
