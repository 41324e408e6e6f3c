"""One clock as a bar: what has run, what was paused, what was added, how late it is; each with a word."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from foiadesk_ui import theme
from foiadesk_ui.i18n import _, days_late, full_date, ngettext, short_date
from foiadesk_ui.plain_tip import plain_tip
from foiadesk_ui.request_words import unverified_tip, unverified_words

if TYPE_CHECKING:
    from foiadesk.law import Clock

_BAR = 14


class ClockBar(QWidget):
    """Draws a clock against today. ``show_clock(None, ...)`` leaves an empty bar with a sentence."""

    def __init__(self, clock: "Clock | None" = None, today: date = date.min, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._today = today
        self._unverified = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.watch().sized.connect(self.updateGeometry)
        self._say()

    def show_clock(self, clock: "Clock | None", today: date, unverified: str = "") -> None:
        """Draw another clock, or the same on another day. unverified: the rule it rests on, when that is so."""
        self._clock = clock
        self._unverified = unverified
        self._today = today
        self._say()
        self.update()

    def sizeHint(self) -> QSize:
        """Return a bar and one line of secondary text."""
        return QSize(320, _BAR + 6 + round(QFontMetricsF(theme.secondary_font()).height()))

    def minimumSizeHint(self) -> QSize:
        """Return the least that is still legible."""
        return QSize(120, self.sizeHint().height())

    def words(self) -> tuple[str, str]:
        """Return what the bar says, left and right, without looking at colours."""
        clock = self._clock
        if clock is None:
            return _("No deadline is running."), ""
        left = ""
        if clock.count:
            left = (
                ngettext("{n} working day", "{n} working days", clock.count)
                if clock.unit == "working"
                else ngettext("{n} calendar day", "{n} calendar days", clock.count)
            )
        if clock.extended_by:
            left += " " + ngettext("+ {n} by extension", "+ {n} by extension", clock.extended_by)
        sure = unverified_words() if self._unverified else ""
        return " · ".join(part for part in (left, sure) if part), self._state_words(clock)

    def _state_words(self, clock: "Clock") -> str:
        plain = {"paused": _("paused"), "not_started": _("not started"), "closed": _("closed")}
        state = str(clock.state)
        if clock.days_late and state not in ("paused", "not_started"):
            return days_late(clock.days_late)
        if state == "met":
            return _("met on {day}").format(day=short_date(clock.met_on)) if clock.met_on else _("met")
        if state == "running" and clock.due is not None:
            return _("due {day}").format(day=full_date(clock.due))
        return plain.get(state, "")

    def _say(self) -> None:
        left, right = self.words()
        self.setAccessibleName(_("Clock: {what}").format(what="; ".join(part for part in (left, right) if part)))
        self.setToolTip(plain_tip("\n".join(self._detail())))

    def _detail(self) -> list[str]:
        clock = self._clock
        if clock is None:
            return []
        lines = []
        if clock.start:
            lines.append(_("Started {day}").format(day=full_date(clock.start)))
        if clock.due:
            lines.append(_("Due {day}, the last day to act").format(day=full_date(clock.due)))
        elif clock.projected_due:
            lines.append(_("Would be due {day} if the answer came today").format(day=full_date(clock.projected_due)))
        if self._unverified:
            lines.append(unverified_tip(self._unverified))
        return lines

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar and its two words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        width = float(self.width())
        frame = QRectF(0.5, 0.5, width - 1, _BAR - 1)
        outline = QPainterPath()
        outline.addRoundedRect(frame, 4, 4)
        painter.fillPath(outline, palette.color(QPalette.ColorRole.Midlight))
        if self._clock is not None:
            painter.save()
            painter.setClipPath(outline)
            self._segments(painter, width)
            painter.restore()
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
        painter.drawPath(outline)
        left, right = self.words()
        painter.setFont(theme.secondary_font())
        line = QRectF(0, _BAR + 4, width, self.height() - _BAR - 4)
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, left)
        if self._clock is not None and self._clock.days_late:
            painter.setPen(theme.meaning("late"))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, right)

    def _segments(self, painter: QPainter, width: float) -> None:
        clock = self._clock
        assert clock is not None
        began, due = clock.start, clock.due or clock.projected_due
        if began is None or due is None:
            return
        now = clock.met_on or self._today
        last = max(due, now if clock.days_late else due)
        span = max((last - began).days, 1)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft

        def fill(begin: date, end: date, brush: QBrush | QColor) -> None:
            start = max((begin - began).days, 0) / span * width
            stop = min((end - began).days / span, 1.0) * width
            if stop > start:
                x = width - stop if mirrored else start
                painter.fillRect(QRectF(x, 0, stop - start, _BAR), brush)

        run = QColor(theme.meaning("done" if str(clock.state) == "met" else "waiting"))
        run.setAlphaF(0.75)
        fill(began, min(now, due), run)
        if clock.extended_by and clock.count:
            days = (due - began).days * clock.extended_by // (clock.count + clock.extended_by)
            boundary = date.fromordinal(due.toordinal() - days)
            fill(boundary, due, QBrush(theme.hairline(), Qt.BrushStyle.FDiagPattern))
        paper = self.palette().color(QPalette.ColorRole.Base)
        for pause in clock.paused:
            if pause.counted:
                end = pause.to or now
                fill(pause.since, end, paper)
                fill(pause.since, end, QBrush(theme.meaning("soon"), Qt.BrushStyle.Dense6Pattern))
        if clock.days_late:
            fill(due, last, theme.meaning("late"))
            painter.setPen(QPen(paper, 2))
            at = (due - began).days / span * width
            at = width - at if mirrored else at
            painter.drawLine(round(at), 0, round(at), _BAR)
