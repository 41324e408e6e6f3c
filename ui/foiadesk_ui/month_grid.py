"""A month as a paper calendar shows it: days in rows of weeks, what is due written into its day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QWidget

from foiadesk_ui import icons, theme
from foiadesk_ui.announce import announce
from foiadesk_ui.i18n import _, full_date, weekday_name
from foiadesk_ui.plain_tip import plain_tip

WEEKS = 6
ROOM_FOR_WORDS = 110  # px in a day's cell


@dataclass(frozen=True, slots=True)
class Mark:
    """Something due on a day: its meaning and its words."""

    meaning: str
    words: str
    short: str  # where there is little room


class MonthGrid(QLabel):  # a bare widget would have no role for a screen reader
    """Six weeks from the Sunday before the month's first. Arrows move by day and week, Page Up and Down by month."""

    day_chosen = Signal(object)  # date
    month_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = date.min
        self._day = date.min
        self._marks: Mapping[date, Sequence[Mark]] = {}
        self._closed: Mapping[date, str] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("Month"))
        theme.watch().changed.connect(self.update)

    # What is shown -------------------------------------------------------------------------------------------------

    @property
    def day(self) -> date:
        """The chosen day; its month is shown."""
        return self._day

    def show_marks(self, today: date, marks: Mapping[date, Sequence[Mark]]) -> None:
        """Show what is due; the month stays."""
        self._today = today
        if self._day == date.min:
            self._day = today
        self._marks = marks
        self._say()
        self.update()

    def show_closed(self, closed: Mapping[date, str]) -> None:
        """Name the days on which offices are closed for a holiday."""
        self._closed = closed
        self.update()

    def choose(self, day: date) -> None:
        """Choose a day and show its month."""
        other = (day.year, day.month) != (self._day.year, self._day.month)
        self._day = day
        self._say()
        self.update()
        if other:
            self.month_changed.emit()
        self.day_chosen.emit(day)

    def step(self, months: int) -> None:
        """Go some months on or back, to the same day of the month or its last."""
        index = self._day.year * 12 + self._day.month - 1 + months
        year, month = divmod(index, 12)
        last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
        self.choose(date(year, month + 1, min(self._day.day, last)))

    def first(self) -> date:
        """Return the first day shown: a Sunday."""
        begin = self._day.replace(day=1)
        return begin - timedelta(days=(begin.weekday() + 1) % 7)

    def words(self, day: date) -> str:
        """Return a day and all that is due on it, in words."""
        lines = [full_date(day)]
        if day in self._closed:
            lines.append(_("offices closed: {holiday}").format(holiday=self._closed[day]))
        lines += [mark.words for mark in self._marks.get(day, ())] or [_("nothing due")]
        return "\n".join(lines)

    # Qt ------------------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Room for a few words in each day."""
        return QSize(640, 420)

    def minimumSizeHint(self) -> QSize:
        """The least at which numbers and shapes fit."""
        return QSize(320, max(220, round(self._head() + WEEKS * (QFontMetrics(theme.text_font()).height() + theme.S1))))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._day == date.min:
            return
        painter = QPainter(self)
        palette = self.palette()
        quiet = palette.color(QPalette.ColorRole.PlaceholderText)
        small = theme.secondary_font()
        painter.setFont(small)
        painter.setPen(quiet)
        for number in range(7):
            cell = self._cell(number)
            head = QRectF(cell.left() + 8, 0, cell.width() - 8, self._head())
            name = weekday_name(self.first() + timedelta(days=number))
            painter.drawText(head, int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter), name)
        for number in range(WEEKS * 7):
            self._paint_day(painter, number)
        painter.setPen(theme.hairline())
        for column in range(1, 7):
            x = round(column * self.width() / 7)
            painter.fillRect(
                QRectF(x, self._head(), 1, self.height() - self._head()), palette.color(QPalette.ColorRole.Midlight)
            )
        for week in range(WEEKS + 1):
            y = self._head() + week * (self.height() - self._head() - 1) / WEEKS
            painter.drawLine(0, round(y), self.width(), round(y))

    def event(self, event: QEvent) -> bool:
        """Tell a day's dates under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            day = self._at(event.pos().x(), event.pos().y())
            if day is not None and (self._marks.get(day) or day in self._closed):
                QToolTip.showText(event.globalPos(), plain_tip(self.words(day)), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self._at(event.position().x(), event.position().y())
        if day is not None:
            self.choose(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        right = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        days = {Qt.Key.Key_Left: -right, Qt.Key.Key_Right: right, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        months = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        key = Qt.Key(event.key())
        if key in days:
            self.choose(self._day + timedelta(days=days[key]))
        elif key in months:
            self.step(months[key])
        elif key == Qt.Key.Key_Home:
            self.choose(self._today)
        else:
            super().keyPressEvent(event)
            return
        announce(self, self.words(self._day))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # Inside --------------------------------------------------------------------------------------------------------

    def _say(self) -> None:
        self.setAccessibleDescription(self.words(self._day))

    def _head(self) -> float:
        return QFontMetrics(theme.secondary_font()).height() + 8.0

    def _cell(self, number: int) -> QRectF:
        week, weekday = divmod(number, 7)
        wide = self.width() / 7
        high = (self.height() - self._head() - 1) / WEEKS
        x = weekday * wide
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            x = self.width() - x - wide
        return QRectF(x, self._head() + week * high, wide, high)

    def _at(self, x: float, y: float) -> date | None:
        for number in range(WEEKS * 7):
            if self._cell(number).contains(x, y):
                return self.first() + timedelta(days=number)
        return None

    def _paint_day(self, painter: QPainter, number: int) -> None:
        cell, day, palette = self._cell(number), self.first() + timedelta(days=number), self.palette()
        here = day.month == self._day.month
        quiet = palette.color(QPalette.ColorRole.PlaceholderText)
        if day.weekday() < 5 and day not in self._closed:
            painter.fillRect(cell, palette.color(QPalette.ColorRole.Base))
        if day == self._day:
            painter.fillRect(cell, theme.tint(0.16))
            if self.hasFocus():
                painter.setPen(palette.color(QPalette.ColorRole.Link))
                painter.drawRect(cell.adjusted(1, 1, -2, -2))
        line = QFontMetrics(theme.secondary_font()).height()
        painter.setFont(theme.tabular(theme.section_font() if day == self._today else theme.text_font()))
        painter.setPen(palette.color(QPalette.ColorRole.Text) if here else quiet)
        head = cell.adjusted(8, 3, -6, 0)
        painter.drawText(head, int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop), str(day.day))
        painter.setFont(theme.secondary_font())
        if day in self._closed and here and (self._has_lines() or not self._marks.get(day)):
            painter.setPen(quiet)
            mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            number = theme.grown(24)
            room = head.adjusted(0, 1, -number, 0) if mirrored else head.adjusted(number, 1, 0, 0)
            words = QFontMetrics(theme.secondary_font()).elidedText(
                self._closed[day], Qt.TextElideMode.ElideRight, int(room.width())
            )
            painter.drawText(room, int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignTop), words)
        marks = self._marks.get(day, ())
        if marks and not self._has_lines():
            self._paint_shape(painter, head, marks[0])
            return
        top = cell.top() + QFontMetrics(theme.text_font()).height() + 6
        room_for = max(1, int((cell.bottom() - top - 2) // (line + 3)))
        shown = marks if len(marks) <= room_for else marks[: max(0, room_for - 1)]
        for mark in shown:
            self._paint_mark(painter, QRectF(cell.left() + 6, top, cell.width() - 10, line + 2), mark)
            top += line + 3
        if len(shown) < len(marks):
            painter.setPen(quiet)
            more = QRectF(cell.left() + 8, top, cell.width() - 10, line + 2)
            painter.drawText(more, int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter),
                             _("{n} more").format(n=len(marks) - len(shown)))  # fmt: skip

    def _has_lines(self) -> bool:
        """Return whether a day has room for a line below its number; else its first shape stands beside that."""
        needed = QFontMetrics(theme.text_font()).height() + 6 + QFontMetrics(theme.secondary_font()).height()
        return self._cell(0).height() >= needed

    def _paint_shape(self, painter: QPainter, head: QRectF, mark: Mark) -> None:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = min(theme.grown(14), int(head.height()) - 2)
        left = head.left() if mirrored else head.right() - side
        icons.paint(painter, mark.meaning, theme.meaning(mark.meaning), left, head.top(), side)

    def _paint_mark(self, painter: QPainter, line: QRectF, mark: Mark) -> None:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        colour = theme.meaning(mark.meaning)
        side = theme.grown(14)
        left = line.right() - side if mirrored else line.left()
        icons.paint(painter, mark.meaning, colour, left, line.top() + (line.height() - side) / 2, side)
        words = line.adjusted(0, 0, -side - 4, 0) if mirrored else line.adjusted(side + 4, 0, 0, 0)
        if words.width() > 24:
            painter.setPen(colour)
            said = mark.words if words.width() >= ROOM_FOR_WORDS else mark.short
            text = QFontMetrics(theme.secondary_font()).elidedText(
                said, Qt.TextElideMode.ElideRight, int(words.width())
            )
            painter.drawText(words, int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter), text)
