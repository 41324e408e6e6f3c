"""Paints the request list: two-line rows with a shape and words for what is due, headings with a line under them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyleOptionViewItem

from foiadesk_ui import icons, theme
from foiadesk_ui.i18n import _, number_text, short_date
from foiadesk_ui.records_table import Index, SoftDelegate
from foiadesk_ui.request_words import due_words, meaning_of, stage_words, turn_words, unverified_words
from foiadesk_ui.requests_model import ROW_ROLE, SECTION_ROLE, SectionHead

if TYPE_CHECKING:
    from foiadesk.desk import RequestRow

ICON = 16
SHOWN = ("number", "campaign", "sent", "due", "stage", "turn")  # what a row can tell, in this order


def row_meaning(row: "RequestRow") -> str:
    """Return the meaning a row is shown with."""
    return meaning_of(row.days_late, row.due_in, row.standing.stage)


def row_lines(row: "RequestRow", group: str, show: tuple[str, ...] = ()) -> tuple[str, str, str, str]:
    """Return a row's four texts: first line left and right, second line left and right.

    What the group's heading already says is not said again. show: what a person chose for the second line instead.
    """
    number = row.tracking[0] if row.tracking else ""
    stage = stage_words(row.standing.stage)
    due = due_words(row.days_late, row.due_in)
    if group == "agency":
        first, second = row.title, (number or row.campaign_title)
    elif group == "campaign" and row.campaign is not None:
        first, second = row.office_short, " · ".join(part for part in (number, row.office_name) if part)
    else:
        first, second = row.title, " · ".join(part for part in (row.office_short, number) if part)
    if show:
        chosen = [_told(row, one) for one in SHOWN if one in show]
        second = " · ".join(part for part in ("" if row.office_short == first else row.office_short, *chosen) if part)
        sure = unverified_words() if due and row.standing.unverified else ""
        return first, due or stage, second, sure
    if due:
        below = "" if row.days_late or group == "stage" else stage
        sure = unverified_words() if row.standing.unverified else ""
        return first, due, second, " · ".join(part for part in (below, sure) if part)
    return first, stage if group != "stage" else "", second, short_date(row.sent_on) if row.sent_on else ""


def _told(row: "RequestRow", what: str) -> str:
    """Return one of the things a row can tell."""
    standing = row.standing
    match what:
        case "number":
            return row.tracking[0] if row.tracking else ""
        case "campaign":
            return row.campaign_title
        case "sent":
            return _("sent {day}").format(day=short_date(row.sent_on)) if row.sent_on else ""
        case "due":
            return _("due {day}").format(day=short_date(standing.due)) if standing.due else ""
        case "turn":
            return turn_words(standing.turn)
    return stage_words(standing.stage)


class RequestsDelegate(SoftDelegate):
    """Draws headings and rows. ``group`` is what the list is grouped by, ``show`` what its rows tell."""

    group = "campaign"
    show: tuple[str, ...] = ()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        head = index.data(SECTION_ROLE)
        painter.save()
        if head is not None:
            self._paint_head(painter, option, head)
        else:
            self.backdrop(painter, option, index)
            row = index.data(ROW_ROLE)
            if row is None:
                self._paint_placeholder(painter, option)
            else:
                self._paint_row(painter, option, row)
        painter.restore()

    def _paint_head(self, painter: QPainter, option: QStyleOptionViewItem, head: SectionHead) -> None:
        rect = option.rect.adjusted(theme.S4, 0, -theme.S4, 0)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        font = QFont(theme.secondary_font())
        font.setWeight(QFont.Weight.DemiBold)
        high = max(22, QFontMetrics(font).height())
        line = QRect(rect.left(), rect.bottom() - high - 2, rect.width(), high)
        painter.setFont(font)
        colour = option.palette.color(QPalette.ColorRole.PlaceholderText)
        painter.setPen(colour)
        arrow = "chevron-right" if head.folded else "chevron-down"
        side = theme.grown(14)
        left = line.right() - side if mirrored else line.left() - 3
        icons.paint(painter, arrow, colour, left, line.center().y() - side // 2, side)
        words = line.adjusted(0, 0, -side - 1, 0) if mirrored else line.adjusted(side + 1, 0, 0, 0)
        count = number_text(head.count)
        room = words.width() - QFontMetrics(font).horizontalAdvance(count) - theme.S2
        title = QFontMetrics(font).elidedText(head.title, Qt.TextElideMode.ElideRight, room)
        lead, trail = Qt.AlignmentFlag.AlignLeading, Qt.AlignmentFlag.AlignTrailing  # the painter mirrors them
        painter.drawText(words, lead | Qt.AlignmentFlag.AlignVCenter, title)
        painter.drawText(words, trail | Qt.AlignmentFlag.AlignVCenter, count)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.hairline())

    def _paint_placeholder(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        colour = option.palette.color(QPalette.ColorRole.Midlight)
        left, top = option.rect.left() + theme.S4 + theme.grown(ICON) + theme.S2, option.rect.top()
        painter.fillRect(QRect(left, top + 13, 150, 9), colour)
        painter.fillRect(QRect(left, top + 31, 90, 7), colour)

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, row: "RequestRow") -> None:
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        rect = option.rect.adjusted(theme.S4, 0, -theme.S4, 0)
        meaning = row_meaning(row)
        colour = theme.meaning(meaning)
        half = rect.height() // 2
        upper = QRect(rect.left(), rect.top() + 5, rect.width(), half - 5)
        lower = QRect(rect.left(), rect.top() + half, rect.width(), half - 5)
        side = theme.grown(ICON)
        left = upper.right() - side if mirrored else upper.left()
        icons.paint(painter, meaning, colour, left, upper.top() + (upper.height() - side) / 2, side)
        inset = side + theme.S2
        upper, lower = (
            (upper.adjusted(0, 0, -inset, 0), lower.adjusted(0, 0, -inset, 0))
            if mirrored
            else (upper.adjusted(inset, 0, 0, 0), lower.adjusted(inset, 0, 0, 0))
        )
        first, due, second, stage = row_lines(row, self.group, self.show)
        text = option.palette.color(QPalette.ColorRole.Text)
        quiet = option.palette.color(QPalette.ColorRole.PlaceholderText)
        strong = meaning in ("late", "soon")
        ends = (due, theme.text_font(), colour if strong else quiet)
        _pair(painter, upper, (first, theme.section_font(), text), ends)
        _pair(painter, lower, (second, theme.secondary_font(), quiet), (stage, theme.secondary_font(), quiet))


Piece = tuple[str, QFont, QColor]


def _pair(painter: QPainter, line: QRect, lead: Piece, trail: Piece) -> None:
    """Draw two texts on one line; the trailing one keeps its whole width, the leading one is cut."""
    ends = trail[0]
    metrics = QFontMetrics(trail[1])
    room = line.width() - (metrics.horizontalAdvance(ends) + theme.S2 if ends else 0)
    starts = QFontMetrics(lead[1]).elidedText(lead[0], Qt.TextElideMode.ElideRight, room)
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.setFont(lead[1])
    painter.setPen(lead[2])
    painter.drawText(line, Qt.AlignmentFlag.AlignLeading | middle, starts)
    painter.setFont(trail[1])
    painter.setPen(trail[2])
    painter.drawText(line, Qt.AlignmentFlag.AlignTrailing | middle, ends)
