"""A date that may be left empty: typed in any usual way, or picked from a small calendar."""

import re
from datetime import date

from PySide6.QtCore import QDate, QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QLineEdit, QMenu, QToolButton, QWidget, QWidgetAction

from foiadesk.records.errors import BadInput
from foiadesk.records.events import FIRST_YEAR, LAST_YEAR, read_date
from foiadesk.records.speech import say
from foiadesk_ui import icons, line_icons
from foiadesk_ui.i18n import _, error_text, full_date

# English and Spanish, whatever the window speaks: people write dates as they are used to, and copy them from letters.
MONTHS = (
    ("jan", "ene"), ("feb",), ("mar",), ("apr", "abr"), ("may",), ("jun",), ("jul",), ("aug", "ago"), ("sep", "set"),
    ("oct",), ("nov",), ("dec", "dic"),
)  # fmt: skip
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]?\s+)?"
_DIA = r"(?:(?:lun|mar|mi[eé]|jue|vie|s[aá]b|dom)[^\W\d_]*[.,]?\s+)?"
_NUMBERS = re.compile(_WEEKDAY + r"(\d{1,2})/(\d{1,2})/(\d{4})", re.IGNORECASE)
_DAY_FIRST = re.compile(
    f"(?:{_WEEKDAY}|{_DIA})" r"(\d{1,2})\.?\s+(?:de\s+)?([a-z]{3,10})\.?,?\s+(?:del?\s+)?(\d{4})", re.IGNORECASE
)
_MONTH_FIRST = re.compile(_WEEKDAY + r"([a-z]{3,10})\.?\s+(\d{1,2}),?\s+(\d{4})", re.IGNORECASE)
_ISO = re.compile(_WEEKDAY + r"(\d{4}-\d{2}-\d{2})", re.IGNORECASE)


def parse_day(text: str) -> date | None:
    """Read a day as people in the United States write it; None for nothing.

    2026-02-03, 2/3/2026 (month first), 3 Feb 2026, February 3, 2026, 3 de febrero de 2026, with or without the
    weekday. Raises BadInput.
    """
    plain = text.strip()
    if not plain:
        return None
    wrong = BadInput(say("{text} is not a date. Write it like 2026-02-03 or Feb 3, 2026.", text=repr(plain)))
    if not re.sub(r"[éáÉÁ]", "", plain).isascii():  # digits of other scripts
        raise wrong
    if found := _ISO.fullmatch(plain):
        return read_date(found[1], "date")
    if found := _NUMBERS.fullmatch(plain):
        month, day, year = (int(part) for part in found.groups())
    elif found := _DAY_FIRST.fullmatch(plain):
        month, day, year = _month(found[2], wrong), int(found[1]), int(found[3])
    elif found := _MONTH_FIRST.fullmatch(plain):
        month, day, year = _month(found[1], wrong), int(found[2]), int(found[3])
    else:
        raise wrong
    try:
        return read_date(date(year, month, day), "date")
    except ValueError:
        raise wrong from None


def _month(word: str, wrong: BadInput) -> int:
    found = [number for number, names in enumerate(MONTHS, 1) if word[:3].lower() in names]
    if not found:
        raise wrong
    return found[0]


class DateField(QWidget):
    """A line for a date with a calendar beside it. ``day()`` is None while it is empty or cannot be read."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__(parent)
        self._shown: tuple[str, date | None] = ("", None)  # what we wrote ourselves, in any language
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(_("e.g. Feb 3, 2026"))
        line_icons.clearable(self.line)
        self.line.textEdited.connect(self._typed)
        self.line.editingFinished.connect(self._tidy)
        self.line.installEventFilter(self)
        self.button = QToolButton(self)
        icons.put(self.button, "calendar")
        self.button.setAutoRaise(True)
        self.button.clicked.connect(self._pick)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        self.line.setMinimumWidth(self.fontMetrics().horizontalAdvance("Wed 30 Sep 2026") + 48)
        self.setMaximumWidth(self.fontMetrics().horizontalAdvance("Wed 30 Sep 2026") + 160)
        self.setFocusProxy(self.line)
        self.name(name)

    def name(self, name: str) -> None:
        """Say what the date is, for screen readers."""
        self.line.setAccessibleName(name)
        self.button.setAccessibleName(_("Pick {what} from a calendar").format(what=name or _("a date")))
        self.button.setToolTip(_("Calendar (Alt+Down)"))

    def day(self) -> date | None:
        """Return the date, or None."""
        try:
            return self._read()
        except BadInput:
            return None

    def iso(self) -> str:
        """Return the date as "2026-02-03", or "" while there is none."""
        day = self.day()
        return day.isoformat() if day else ""

    def text(self) -> str:
        """Return the ISO date, or what is typed while it cannot be read."""
        return self.iso() or self.line.text().strip()

    def set_text(self, iso: str) -> None:
        """Show an ISO date, "" for none; other text is shown as it is, with its trouble."""
        try:
            self.set_day(parse_day(iso))
        except BadInput:
            self.line.setText(iso)
            self._mark()

    def trouble(self) -> str:
        """Return why the text cannot be read as a date, or ""."""
        try:
            self._read()
        except BadInput as error:
            return error_text(error)
        return ""

    def set_day(self, day: date | None) -> None:
        """Show a date; does not count as an edit."""
        if day != self.day() or (day is None and self.line.text()):
            self._show(day)
        self._mark()

    def _read(self) -> date | None:
        text = self.line.text()
        return self._shown[1] if text and text == self._shown[0] else parse_day(text)

    def _show(self, day: date | None) -> None:
        self._shown = (full_date(day), day)
        self.line.setText(self._shown[0])

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Alt+Down opens the calendar, as in any date box."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Down
            and event.modifiers() & Qt.KeyboardModifier.AltModifier
        ):
            self._pick()
            return True
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self._tidy()
        return False

    def _typed(self) -> None:
        self._mark()
        self.edited.emit()

    def _tidy(self) -> None:
        day = self.day()
        if day is not None and self.line.text() != full_date(day):
            self._show(day)
        self._mark()

    def _mark(self) -> None:
        self.line.setToolTip(self.trouble())
        self.line.setAccessibleDescription(self.trouble())

    def _pick(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget(menu)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setMinimumDate(QDate(FIRST_YEAR, 1, 1))
        calendar.setMaximumDate(QDate(LAST_YEAR, 12, 31))
        day = self.day()
        if day is not None:
            calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        calendar.activated.connect(lambda picked: self._picked(picked, menu))
        calendar.clicked.connect(lambda picked: self._picked(picked, menu))
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)
        menu.popup(self.line.mapToGlobal(QPoint(0, self.line.height())))
        calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def _picked(self, picked: QDate, menu: QMenu) -> None:
        menu.close()
        self._show(date(picked.year(), picked.month(), picked.day()))
        self._mark()
        self.edited.emit()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)
