"""The steps of a flow in one line: where one is, what is done, and a way to each."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from foiadesk_ui import icons, theme
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _

_DISC = 20


class StepButton(QAbstractButton):
    """A step: its number in a disc (a tick when done), its name, and a line below the one that is shown."""

    def __init__(self, number: int, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number, self._done = number, False
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_done(False)
        theme.watch().sized.connect(self.updateGeometry)

    def set_done(self, done: bool) -> None:
        """Show a tick instead of the number."""
        self._done = done
        state = _("done") if done else _("to do")
        self.setAccessibleName(_("Step {n}: {name}, {state}").format(n=self._number, name=self.text(), state=state))
        self.update()

    @staticmethod
    def _across() -> int:
        return max(_DISC, QFontMetrics(theme.secondary_font()).height() + 4)

    def sizeHint(self) -> QSize:
        """Disc, gap, words."""
        self.ensurePolished()
        words = theme.section_font()
        width = QFontMetrics(words).horizontalAdvance(self.text())
        return QSize(self._across() + theme.S2 + width + 4, max(36, QFontMetrics(words).height() + 16))

    def minimumSizeHint(self) -> QSize:
        """The disc alone: in a narrow window the name is shortened."""
        return QSize(self._across() + 24, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint from palette roles only."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, here = self.palette(), self.isChecked()
        accent = palette.color(QPalette.ColorRole.Highlight)
        across = self._across()
        disc = QRect(0, (self.height() - across) // 2 - 1, across, across)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            disc.moveRight(self.width() - 1)
        if here:
            painter.setBrush(accent)
            painter.setPen(Qt.PenStyle.NoPen)
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Dark), 1.5))
        painter.drawEllipse(disc.adjusted(1, 1, -1, -1))
        ink = palette.color(QPalette.ColorRole.HighlightedText if here else QPalette.ColorRole.WindowText)
        if self._done and not here:
            side = theme.grown(14)
            inset = (across - side) / 2
            icons.paint(painter, "tick", theme.meaning("done"), disc.x() + inset, disc.y() + inset, side)
        else:
            painter.setPen(ink)
            painter.setFont(theme.secondary_font())
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(self._number))
        painter.setFont(theme.section_font() if here else theme.text_font())
        role = QPalette.ColorRole.WindowText if here or self.underMouse() else QPalette.ColorRole.PlaceholderText
        painter.setPen(palette.color(role))
        words = QRect(disc.right() + theme.S2, 0, self.width() - across - theme.S2, self.height() - 2)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            words = QRect(0, 0, self.width() - across - theme.S2, self.height() - 2)
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, text)
        if here or self.hasFocus():
            line = palette.color(QPalette.ColorRole.Link if here else QPalette.ColorRole.Dark)
            painter.fillRect(QRect(0, self.height() - 2, self.width(), 2), line)


class StepBar(QWidget):
    """All steps beside one another. ``picked`` follows a click or a key."""

    picked = Signal(int)

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        row = Flow(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S6)
        for place, name in enumerate(names):
            button = StepButton(place + 1, name, self)
            self._group.addButton(button, place)
            row.addWidget(button)
        row.addStretch(1)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self.picked)

    def show_step(self, step: int, done: Sequence[bool]) -> None:
        """Show where one is and what is done."""
        self._group.button(step).setChecked(True)
        for place, button in enumerate(self._group.buttons()):
            assert isinstance(button, StepButton)
            button.set_done(done[place])

    def button(self, step: int) -> StepButton:
        """Return one step's button."""
        found = self._group.button(step)
        assert isinstance(found, StepButton)
        return found
