"""The sidebar: where one can go, how much waits there; icons alone when the window is narrow."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from foiadesk_ui import icons, theme
from foiadesk_ui.i18n import _, number_text
from foiadesk_ui.low_scroll import LowScroll
from foiadesk_ui.pages import PageSpec, sidebar
from foiadesk_ui.shortcuts import Shortcut
from foiadesk_ui.widgets import IconButton

WIDE = 196
NARROW = 56
_ICON, _SIGN = 20, 22  # px beside ordinary text: of an entry, and of the program
_BAR = 11  # px: of the scroll bar that shows where the window is too low for every entry
_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


def _narrow() -> int:
    return NARROW - _ICON + theme.grown(_ICON)


class Entry(QAbstractButton):
    """One place to go: icon, label, count."""

    def __init__(self, page: PageSpec, parent: QWidget) -> None:
        super().__init__(parent)
        self.page = page
        self.count = 0
        self.compact = False
        self._by_keyboard = False
        self.setCheckable(True)
        self.setText(_(page.label))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._name()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draw the frame only for somebody who came by keyboard."""
        self._by_keyboard = event.reason() in _BY_KEYBOARD
        super().focusInEvent(event)

    def show_count(self, count: int) -> None:
        """Show how many wait here; 0 shows nothing."""
        if count != self.count:
            self.count = count
            self._name()
            self.update()

    def show_compact(self, compact: bool) -> None:
        """Show the icon alone, with the label as tooltip."""
        self.compact = compact
        self._name()
        self.updateGeometry()
        self.update()

    def _name(self) -> None:
        label = self.text() if not self.count else f"{self.text()} ({number_text(self.count)})"
        self.setAccessibleName(label)
        self.setToolTip(label if self.compact else "")

    def sizeHint(self) -> QSize:
        """One line high, at least 36 px; without its label as little as its icon asks for."""
        high = theme.grown(_ICON) + 4 if self.compact else QFontMetrics(self.font()).height() + 16
        return QSize(_narrow() - 16 - _BAR, max(36, high))

    def minimumSizeHint(self) -> QSize:
        """As the hint."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, mark, icon, label and count."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        ground = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(theme.tint(0.16))
            painter.drawRoundedRect(ground, 6, 6)
        elif self.underMouse():
            painter.setBrush(palette.color(QPalette.ColorRole.Midlight))
            painter.drawRoundedRect(ground, 6, 6)
        if self.hasFocus() and self._by_keyboard:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(palette.color(QPalette.ColorRole.Link))
            painter.drawRoundedRect(ground, 6, 6)
        ink = palette.color(QPalette.ColorRole.Link if self.isChecked() else QPalette.ColorRole.WindowText)
        middle = self.height() / 2
        side = theme.grown(_ICON)
        x = 10.0 if not self.compact else (self.width() - side) / 2
        icons.paint(painter, self.page.icon, ink, self.width() - x - side if mirrored else x, middle - side / 2, side)
        if self.compact:
            if self.count:
                dot = theme.grown(7)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(palette.color(QPalette.ColorRole.Link))
                painter.drawEllipse(
                    QRectF(min((self.width() + side) / 2 - 2, self.width() - dot), middle - side / 2 - 1, dot, dot)
                )
            return
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        font = self.font()
        font.setWeight(font.Weight.DemiBold if self.isChecked() else font.Weight.Normal)
        painter.setFont(font)
        room = QRect(side + 20, 0, self.width() - side - 30, self.height())
        if mirrored:
            room.moveLeft(10)
        along = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        count = number_text(self.count) if self.count else ""
        wide = QFontMetrics(theme.secondary_font()).horizontalAdvance(count) + 10 if count else 0
        text = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width() - wide)
        painter.drawText(room, along, text)
        if count:
            painter.setFont(theme.tabular(theme.secondary_font()))
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing, count)


class Mark(QWidget):
    """The program's own sign and name at the top."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._sign = QLabel(self)
        self._name = QLabel(_("FOIADesk"), self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(10, 0, 0, 0)
        self._row.setSpacing(10)
        self._row.addWidget(self._sign)
        self._row.addWidget(self._name, 1)
        theme.watch().changed.connect(self._dress)
        self._dress()

    def show_compact(self, compact: bool) -> None:
        """Show the sign alone."""
        self._name.setVisible(not compact)
        self._row.setContentsMargins(9 if compact else 10, 0, 0, 0)

    def _dress(self) -> None:
        colour = self.palette().color(QPalette.ColorRole.WindowText)
        self._sign.setPixmap(icons.pixmap("foiadesk", colour, theme.grown(_SIGN), self.devicePixelRatioF()))
        font = theme.section_font()
        font.setPointSizeF(font.pointSizeF() * 1.1)
        self._name.setFont(font)


class Sidebar(QWidget):
    """All places of the sidebar, and lock and undo at its foot."""

    chosen = Signal(str)
    lock = Signal()
    undo = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Pages"))
        self._compact = False
        self._group = QButtonGroup(self)
        self._mark = Mark(self)
        self.entries: dict[str, Entry] = {}
        lines = QVBoxLayout(self)
        lines.setContentsMargins(8, theme.S4, 8, theme.S2)
        lines.setSpacing(2)
        lines.addWidget(self._mark)
        lines.addSpacing(theme.S4)
        places = QWidget(self)
        column = QVBoxLayout(places)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for page in sidebar():
            entry = Entry(page, places)
            entry.clicked.connect(lambda _checked=False, name=page.name: self.chosen.emit(name))
            self._group.addButton(entry)
            self.entries[page.name] = entry
            if page.name == "settings":
                column.addStretch(1)
            column.addWidget(entry)
        lines.addWidget(LowScroll(places, self), 1)
        self.lock_button = IconButton(
            "lock", _("Lock the desk ({keys})").format(keys=Shortcut.LOCK.text), self.lock.emit, parent=self
        )
        self.undo_button = IconButton(
            "undo", _("Undo ({keys})").format(keys=Shortcut.UNDO.text), self.undo.emit, parent=self
        )
        self._foot = QHBoxLayout()
        self._foot.setContentsMargins(4, 4, 0, 0)
        self._foot.setSpacing(4)
        self._foot.addWidget(self.lock_button)
        self._foot.addWidget(self.undo_button)
        self._foot.addStretch(1)
        lines.addLayout(self._foot)
        self.show_compact(False)
        theme.watch().sized.connect(self._resize)

    def light(self, name: str) -> None:
        """Mark the entry of the page that shows; none where it has no entry."""
        entry = self.entries.get(name)
        lit = self._group.checkedButton()
        if entry is not None:
            entry.setChecked(True)
        elif lit is not None:
            self._group.setExclusive(False)
            lit.setChecked(False)
            self._group.setExclusive(True)

    def show_count(self, name: str, count: int) -> None:
        """Show how many wait on a page."""
        if name in self.entries:
            self.entries[name].show_count(count)

    def show_compact(self, compact: bool) -> None:
        """Shrink to icons, or grow labels again."""
        self._compact = compact
        self._mark.show_compact(compact)
        for entry in self.entries.values():
            entry.show_compact(compact)
        direction = QHBoxLayout.Direction.TopToBottom if compact else QHBoxLayout.Direction.LeftToRight
        self._foot.setDirection(direction)
        self._resize()

    def compact(self) -> bool:
        """Return whether only icons show."""
        return self._compact

    def _resize(self) -> None:
        words = QFontMetrics(theme.section_font()).horizontalAdvance("Documents 00000")
        wide = max(WIDE, 36 + theme.grown(_ICON) + words)
        self.setFixedWidth(_narrow() if self._compact else wide)

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the font changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._resize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A hairline to the page."""
        painter = QPainter(self)
        edge = 0 if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else self.width() - 1
        painter.fillRect(edge, 0, 1, self.height(), theme.hairline())
