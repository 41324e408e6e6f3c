"""The strip of the next six weeks: one cell a day, a shape where something is due."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
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
from foiadesk_ui.i18n import _, full_date, ngettext, said, short_date
from foiadesk_ui.request_words import unverified_words

if TYPE_CHECKING:
    from foiadesk.desk import TodayRow

WEEKS = 6
_ORDER = ("late", "soon", "waiting", "done", "")


class SixWeeks(QLabel):  # a bare widget would have no role for a screen reader
    """Paints 42 days from the Monday of this week. Arrow keys move, Return opens the first thing due that day."""

    chosen = Signal(object)  # TodayRow

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = date.min
        self._first = date.min
        self._days: dict[date, tuple[TodayRow, ...]] = {}
        self._until = date.max
        self._cursor = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("The next six weeks"))
        theme.watch().sized.connect(self.updateGeometry)

    def show_days(
        self, today: date, strip: "tuple[tuple[date, tuple[TodayRow, ...]], ...]", until: date | None = None
    ) -> None:
        """Show what is due on which day. until: what is due on this day may not be whole, later days are not known."""
        self._today = today
        self._first = today - timedelta(days=today.weekday())
        self._days = {day: rows for day, rows in strip if rows}
        self._until = until or date.max
        self._cursor = today.weekday()
        due = sum(len(rows) for rows in self._days.values())
        coming = ngettext("{n} date is coming", "{n} dates are coming", due)
        self.setAccessibleDescription(coming if until is None else _too_many())
        self.update()

    def sizeHint(self) -> QSize:
        """A line of week names and a line of days."""
        line = QFontMetrics(theme.secondary_font()).height()
        return QSize(620, line + 6 + self._cell_height())

    def minimumSizeHint(self) -> QSize:
        """The least at which numbers still fit."""
        return QSize(420, self.sizeHint().height())

    def _cell_height(self) -> int:
        return QFontMetrics(theme.secondary_font()).height() + theme.grown(14) + 10

    def _day(self, number: int) -> date:
        return self._first + timedelta(days=number)

    def _cell(self, number: int) -> QRectF:
        gap = 10.0
        week_wide = (self.width() - gap * (WEEKS - 1)) / WEEKS
        week, weekday = divmod(number, 7)
        top = QFontMetrics(theme.secondary_font()).height() + 6
        x = week * (week_wide + gap) + weekday * week_wide / 7
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            x = self.width() - x - week_wide / 7
        return QRectF(x, top, week_wide / 7, self._cell_height())

    def words(self, number: int) -> str:
        """Return what is due on a day of the strip, in words."""
        day = self._day(number)
        rows = self._days.get(day, ())
        lines = [full_date(day)]
        for row in rows[:8]:
            sure = f" · {unverified_words()}" if row.unverified else ""
            lines.append(f"{row.title} · {row.office_short}: {said(row.sentence)}{sure}")
        if day >= self._until:
            lines.append(_too_many())
        elif len(rows) > 8:
            lines.append(ngettext("and {n} more", "and {n} more", len(rows) - 8))
        elif not rows:
            lines.append(_("nothing due"))
        return "\n".join(lines)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the weeks."""
        if self._today == date.min:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small = theme.tabular(theme.secondary_font())
        painter.setFont(small)
        palette = self.palette()
        quiet = palette.color(QPalette.ColorRole.PlaceholderText)
        for week in range(WEEKS):
            first, last = self._cell(week * 7), self._cell(week * 7 + 6)
            left, right = min(first.left(), last.left()), max(first.right(), last.right())
            head = QRectF(left, 0, right - left, first.top())
            painter.setPen(quiet)
            painter.drawText(
                head, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop, short_date(self._day(week * 7))
            )
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(QPalette.ColorRole.Base))
            ground = QRectF(left, first.top(), right - left, first.height())
            painter.drawRoundedRect(ground, 5, 5)
            painter.setPen(palette.color(QPalette.ColorRole.Mid))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        for number in range(WEEKS * 7):
            self._paint_day(painter, number, quiet)

    def _paint_day(self, painter: QPainter, number: int, quiet: QColor) -> None:
        cell, day, palette = self._cell(number), self._day(number), self.palette()
        rows = self._days.get(day, ())
        if day == self._today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.tint(0.2))
            painter.drawRoundedRect(cell.adjusted(1, 1, -1, -1), 4, 4)
        if self.hasFocus() and number == self._cursor:
            painter.setPen(palette.color(QPalette.ColorRole.Link))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(cell.adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)
        ink = palette.color(QPalette.ColorRole.Text) if rows or day == self._today else quiet
        painter.setPen(ink)
        label = cell.adjusted(0, 4, 0, 0)
        painter.drawText(label, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, str(day.day))
        if not rows and day > self._until:
            below = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
            painter.drawText(cell.adjusted(0, 0, 0, -4), below, "…")
        if rows:
            meaning = min((row.meaning for row in rows), key=lambda one: _ORDER.index(one) if one in _ORDER else 4)
            colour = theme.meaning(meaning or "waiting")
            side = theme.grown(14)
            if cell.width() < side + 1:
                side = max(12, int(cell.width()) - 2)
            icons.paint(
                painter, meaning or "waiting", colour, cell.center().x() - side / 2, cell.bottom() - side - 4, side
            )

    def _at(self, x: float, y: float) -> int | None:
        return next((number for number in range(WEEKS * 7) if self._cell(number).contains(x, y)), None)

    def event(self, event: QEvent) -> bool:
        """Tell a day's dates under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = self._at(event.pos().x(), event.pos().y())
            if number is not None and (self._days.get(self._day(number)) or self._day(number) >= self._until):
                QToolTip.showText(event.globalPos(), self.words(number), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open what is due on the day."""
        number = self._at(event.position().x(), event.position().y())
        if number is not None:
            self._cursor = number
            self.update()
            self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by day and week; Return opens."""
        right = -1 if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else 1
        steps = {
            Qt.Key.Key_Left: -right,
            Qt.Key.Key_Right: right,
            Qt.Key.Key_Up: -7,
            Qt.Key.Key_Down: 7,
            Qt.Key.Key_Home: -self._cursor,
            Qt.Key.Key_End: WEEKS * 7 - 1 - self._cursor,
        }
        key = Qt.Key(event.key())
        if key in steps:
            self._cursor = min(max(self._cursor + steps[key], 0), WEEKS * 7 - 1)
            self.setAccessibleDescription(self.words(self._cursor))
            announce(self, self.words(self._cursor))
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        rows = self._days.get(self._day(self._cursor), ())
        if rows:
            self.chosen.emit(rows[0])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Stop showing it."""
        super().focusOutEvent(event)
        self.update()


def _too_many() -> str:
    return _("There are too many dates to show all of them here: Deadlines has every one.")
