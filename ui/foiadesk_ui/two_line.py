"""A list of rows with two lines: what it is, and what to know about it; one where there is nothing more to know."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from foiadesk_ui import theme

_BELOW = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Line:
    """One row. ``id`` is what ``picked`` says."""

    id: int
    text: str
    below: str = ""


class _Delegate(QStyledItemDelegate):
    single = False  # no row has a second line

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        line = option.fontMetrics.lineSpacing()
        return QSize(120, max(theme.ROW, line + 12) if self.single else max(theme.ROW_TWO, 2 * line + 16))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        palette: QPalette = option.palette
        painter.save()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, theme.tint())
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), palette.color(QPalette.ColorRole.Link))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, palette.color(QPalette.ColorRole.AlternateBase))
        left, width = rect.left() + 14, rect.width() - 22
        painter.setFont(theme.section_font() if selected else theme.text_font())
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        metrics = painter.fontMetrics()
        top = rect.top() + (rect.height() - (1 if self.single else 2) * metrics.lineSpacing()) // 2
        text = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, width)
        painter.drawText(QPoint(left, top + metrics.ascent()), text)
        painter.setFont(theme.secondary_font())
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        small = painter.fontMetrics()
        below = small.elidedText(str(index.data(_BELOW) or ""), Qt.TextElideMode.ElideRight, width)
        painter.drawText(QPoint(left, top + metrics.lineSpacing() + small.ascent() + 1), below)
        painter.restore()


class TwoLineList(QListWidget):
    """Rows with two lines. ``picked`` follows the person's choice, not ``show_lines``."""

    picked = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self._picked)

    def show_lines(self, lines: Sequence[Line], current: int) -> None:
        """Show these rows and select the one with the id ``current``; scroll position stays where it can."""
        place = self.verticalScrollBar().value()
        was = self.blockSignals(True)
        self.clear()
        self._delegate.single = not any(line.below for line in lines)
        for line in lines:
            item = QListWidgetItem(line.text)
            item.setData(Qt.ItemDataRole.UserRole, line.id)
            item.setData(_BELOW, line.below)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{line.text}, {line.below}" if line.below else line.text)
            item.setToolTip(f"{line.text}\n{line.below}" if line.below else line.text)
            self.addItem(item)
            if line.id == current:
                self.setCurrentItem(item)
        self.blockSignals(was)
        self.verticalScrollBar().setValue(place)

    def current_id(self) -> int | None:
        """Return the id of the selected row."""
        item = self.currentItem()
        return None if item is None else int(item.data(Qt.ItemDataRole.UserRole))

    def _picked(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self.picked.emit(int(item.data(Qt.ItemDataRole.UserRole)))
