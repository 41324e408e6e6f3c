"""Paints the timeline: the day, the line of time with the entry's icon on it, title and detail, files underneath."""

from datetime import date

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from foiadesk_ui import icons, theme
from foiadesk_ui.i18n import short_date
from foiadesk_ui.records_table import Index, SoftDelegate
from foiadesk_ui.timeline_model import LINE_ROLE, Line


class TimelineDelegate(SoftDelegate):
    """Draws the day, the line of time with the entry's icon on it, title and detail; files under their entry."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line: Line = index.data(LINE_ROLE)
        height = QFontMetrics(theme.text_font()).height()
        if line.attachment is not None:
            return QSize(200, max(28, height + 8))
        two = bool(line.detail)
        return QSize(200, max(theme.ROW_TWO, round(height * 1.9) + 16) if two else max(36, height + 16))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line = index.data(LINE_ROLE)
        self.backdrop(painter, option, index)
        painter.save()
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        rect, palette = option.rect, option.palette
        quiet = palette.color(QPalette.ColorRole.PlaceholderText)
        text = quiet if line.void or line.due else palette.color(QPalette.ColorRole.Text)
        widest = "30 Sep 2026" if getattr(index.model(), "years", False) else "30 Sep"
        day_width = QFontMetrics(theme.text_font()).horizontalAdvance(widest) + theme.S2
        side = theme.grown(16)
        half, high = side // 2, _line_height()
        aside = theme.S6 + day_width + half + theme.S2
        rail = rect.right() - aside if mirrored else rect.left() + aside
        self._rail(painter, index, rect, rail)
        start = rail + half + 12 if not mirrored else rect.left() + theme.S4
        end = rect.right() - theme.S4 if not mirrored else rail - half - 12
        room = QRect(QPoint(start, rect.top()), QPoint(end, rect.bottom()))
        align = Qt.AlignmentFlag.AlignLeading  # the painter mirrors it, as it does every alignment that is not absolute
        if line.attachment is not None:
            self._file(painter, line, room, palette.color(QPalette.ColorRole.Link), mirrored)
            painter.restore()
            return
        middle = rect.top() + (_first_middle() if line.detail else rect.height() // 2)
        painter.fillRect(QRect(rail - half - 4, middle - half - 4, side + 8, side + 8), self._ground(option))
        ink = quiet if line.due or line.void else palette.color(QPalette.ColorRole.Link)
        if line.icon in theme.MEANINGS and line.due:
            ink = theme.meaning(line.icon)
        icons.paint(painter, line.icon, ink, rail - half, middle - half, side)
        beside = rail + half + 12 if mirrored else rail - half - theme.S2 - day_width
        day = QRect(beside, middle - high // 2, day_width, high)
        model = index.model()
        this_year = getattr(model, "this_year", 0)
        said = short_date(line.date) if line.date and line.date.year == this_year else _day_with_year(line.date)
        painter.setFont(theme.tabular(theme.text_font()))
        painter.setPen(quiet)
        painter.drawText(day, int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter), said)
        font = QFont(theme.text_font() if line.due or line.void else theme.section_font())
        font.setStrikeOut(line.void)
        painter.setFont(font)
        painter.setPen(text)
        top = QRect(room.left(), middle - high // 2, room.width(), high)
        title = QFontMetrics(font).elidedText(line.title, Qt.TextElideMode.ElideRight, top.width())
        painter.drawText(top, int(align | Qt.AlignmentFlag.AlignVCenter), title)
        if line.detail:
            font = theme.secondary_font()
            painter.setFont(font)
            painter.setPen(quiet)
            below = QRect(room.left(), top.bottom() - 2, room.width(), QFontMetrics(font).height() + 2)
            cut = QFontMetrics(font).elidedText(
                line.detail.replace("\n", " "), Qt.TextElideMode.ElideRight, below.width()
            )
            painter.drawText(below, int(align | Qt.AlignmentFlag.AlignVCenter), cut)
        painter.restore()

    @staticmethod
    def _ground(option: QStyleOptionViewItem) -> QColor:
        """Hide the line of time behind the icon with whatever the row is painted on."""
        if option.state & QStyle.StateFlag.State_Selected:
            return theme.tint(0.16 if option.state & QStyle.StateFlag.State_Active else 0.1)
        if option.state & QStyle.StateFlag.State_MouseOver:
            return theme.tint(0.05)
        return option.palette.color(QPalette.ColorRole.Base)

    @staticmethod
    def _rail(painter: QPainter, index: Index, rect: QRect, rail: int) -> None:
        painter.setPen(QPen(theme.hairline(), 1))
        last = index.row() == index.model().rowCount() - 1
        top = rect.top() + (_first_middle() if index.row() == 0 else 0)
        bottom = rect.top() + _first_middle() if last and index.data(LINE_ROLE).attachment is None else rect.bottom()
        if not (last and index.data(LINE_ROLE).attachment is not None):
            painter.drawLine(rail, top, rail, bottom)

    @staticmethod
    def _file(painter: QPainter, line: Line, room: QRect, colour: QColor, mirrored: bool) -> None:
        side = theme.grown(16)
        top = room.top() + (room.height() - side) // 2
        icons.paint(painter, line.icon, colour, room.right() - side if mirrored else room.left(), top, side)
        words = room.adjusted(0, 0, -side - 6, 0) if mirrored else room.adjusted(side + 6, 0, 0, 0)
        size = QFontMetrics(theme.secondary_font()).horizontalAdvance(line.detail) + theme.S4
        font = theme.text_font()
        name = QFontMetrics(font).elidedText(line.title, Qt.TextElideMode.ElideMiddle, words.width() - size)
        align = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(words, int(align), name)
        used = QFontMetrics(font).horizontalAdvance(name) + theme.S2
        after = words.adjusted(0, 0, -used, 0) if mirrored else words.adjusted(used, 0, 0, 0)
        painter.setFont(theme.secondary_font())
        painter.setPen(theme.secondary_colour())
        painter.drawText(after, int(align), line.detail)


def _line_height() -> int:
    return max(24, QFontMetrics(theme.text_font()).height())


def _first_middle() -> int:
    """Return how far below a row's top the middle of its first line is."""
    return 6 + _line_height() // 2


def _day_with_year(day: date | None) -> str:
    return f"{short_date(day)} {day.year}" if day else ""
