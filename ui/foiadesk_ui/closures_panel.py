"""Days on which offices were closed beside the holidays: listed, added with a note, removed; and what that moved."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.date_field import DateField
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, error_text, full_date
from foiadesk_ui.moved_notice import MovedNotice
from foiadesk_ui.records_table import Column, RecordsTable
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import LinkButton, MeaningLabel, SecondaryLabel, plain_button

if TYPE_CHECKING:
    from datetime import date

    from foiadesk.desk import Change, Closure, Desk, Moved

FEDERAL = "us-federal"
SHOWN = 6  # rows before the table scrolls
_LONGEST_NOTE = 500


def calendar_words(name: str) -> str:
    """Name a calendar."""
    return {FEDERAL: _("U.S. federal")}.get(name, name)


class ClosuresPanel(QWidget):
    """Every change is counted at once and can be undone."""

    recounted = Signal()  # what moved since is shown

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._counting = False
        self.about = SecondaryLabel(
            _(
                "Weekends and legal holidays are known. Add any other day offices were closed (a storm, a shutdown): "
                "it then counts as no working day, and every open request is counted again."
            ),
            self,
            wrap=True,
        )
        self.day = DateField(self, name=_("Closed on"))
        self.note = QLineEdit(self)
        self.note.setAccessibleName(_("Why they were closed"))
        self.note.setPlaceholderText(_("Why, e.g. snow emergency"))
        self.note.setMaxLength(_LONGEST_NOTE)
        self.note.setMinimumWidth(220)
        self.calendar = QComboBox(self)
        self.calendar.setAccessibleName(_("Calendar"))
        self.calendar.addItem(calendar_words(FEDERAL), FEDERAL)
        self.add = plain_button(_("Add the day"), self._add, icon="plus", parent=self)
        self.wrong = MeaningLabel("late", "", self)
        self.wrong_words = QLabel("", self)
        self.wrong_words.setTextFormat(Qt.TextFormat.PlainText)
        self.wrong_words.setWordWrap(True)
        self.table: RecordsTable[Closure] = RecordsTable(
            (
                Column(_("Closed on"), lambda one: full_date(one.date), 168, sort=lambda one: one.date),
                Column(_("Why"), lambda one: one.note, secondary=True),
                Column(_("Calendar"), lambda one: calendar_words(one.calendar), 120, secondary=True),
            ),
            lambda one: one.id,
            self,
            name=_("Days offices were closed"),
        )
        self.remove = LinkButton(_("Remove the chosen day"), self._remove, icon="trash", parent=self)
        self.table.chosen.connect(lambda one: self.remove.setEnabled(one is not None))
        self.table.unwanted.connect(lambda _one: self._remove())
        self.none = SecondaryLabel(_("No such day is entered."), self)
        self.still = MeaningLabel("done", _("No due date moved."), self)
        self.counting = MeaningLabel("waiting", _("Counting again…"), self)
        self.moved = MovedNotice(self)
        self.moved.opened.connect(lambda request: session.go("request", id=request, tab="deadlines"))
        self._lay_out()
        self.day.edited.connect(self._hide_wrong)
        self.day.line.returnPressed.connect(self._add)
        self.note.returnPressed.connect(self._add)
        self.setEnabled(not session.desk.read_only)
        self._grow()
        theme.watch().sized.connect(self._grow)

    def _grow(self) -> None:
        self.wrong.setFixedWidth(theme.grown(18))  # the shape alone: its words wrap beside it

    def _lay_out(self) -> None:
        fields = QWidget(self)
        row = Flow(fields, gap=theme.S2)
        for part in (self.day, self.note, self.calendar, self.add):
            row.addWidget(part)
        wrong = QHBoxLayout()
        wrong.setSpacing(6)
        wrong.addWidget(self.wrong, 0, Qt.AlignmentFlag.AlignTop)
        wrong.addWidget(self.wrong_words, 1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.S2)
        lines.addWidget(self.about)
        lines.addWidget(fields)
        lines.addLayout(wrong)
        lines.addWidget(self.none)
        lines.addWidget(self.table)
        lines.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeft)
        lines.addWidget(self.counting)
        lines.addWidget(self.still)
        lines.addWidget(self.moved)
        for hidden in (self.wrong, self.wrong_words, self.table, self.remove, self.counting, self.still, self.calendar):
            hidden.hide()

    def ask(self) -> None:
        """Ask the desk for the list, and for what a change made elsewhere (undo) moved."""
        self._session.ask(self, _read, self._answered, key="closures")

    def _answered(self, read: "tuple[tuple[Closure, ...], tuple[str, ...]]") -> None:
        closures, calendars = read
        self.table.set_records(closures)
        self.table.show_rows(min(len(closures), SHOWN))
        self.table.setColumnHidden(2, len({one.calendar for one in closures} | set(calendars)) < 2)
        self.table.setVisible(bool(closures))
        self.remove.setVisible(bool(closures))
        self.remove.setEnabled(self.table.current() is not None)
        self.none.setVisible(not closures)
        chosen = self.calendar.currentData()
        if [self.calendar.itemData(at) for at in range(self.calendar.count())] != list(calendars):
            self.calendar.clear()
            for name in calendars:
                self.calendar.addItem(calendar_words(name), name)
            self.calendar.setCurrentIndex(max(0, self.calendar.findData(chosen or FEDERAL)))
        self.calendar.setVisible(len(calendars) > 1)

    def recount(self) -> None:
        """Count again what a change moved, and show it."""
        self.still.hide()
        self.counting.show()
        self._session.ask(self, lambda desk: desk.calendar.recount(), self._recounted, key="recount")

    def _recounted(self, moved: "tuple[Moved, ...]") -> None:
        self.counting.hide()
        self.moved.show_moved(moved)
        if moved:
            self.moved.unfold()
        self.still.setVisible(not moved)
        self.recounted.emit()

    def refresh(self, change: "Change | None") -> None:
        """Show again when closures changed, here or by undo."""
        if change is not None and change.touches("closure"):
            self.recount()
        if change is None or change.touches("closure"):
            self.ask()

    def _add(self) -> None:
        day = self.day.day()
        if day is None:
            self._say_wrong(self.day.trouble() or _("Say on which day offices were closed."))
            self.day.setFocus()
            return
        self._send(day)

    def _send(self, day: "date") -> None:
        note, calendar = self.note.text().strip(), str(self.calendar.currentData() or FEDERAL)
        self._hide_wrong()

        def added(_change: "Change") -> None:
            self.day.set_day(None)
            self.note.clear()
            self.day.setFocus()

        self._session.act(self, lambda desk: desk.calendar.add_closure(day, calendar, note), added, failed=self._failed)

    def _remove(self) -> None:
        closure = self.table.current()
        if closure is not None:
            self._session.act(self, lambda desk: desk.calendar.remove_closure(closure.id), failed=self._failed)

    def _failed(self, error: Exception) -> None:
        from foiadesk.records.errors import KnownError

        if isinstance(error, KnownError):
            self._say_wrong(error_text(error).removeprefix("date: "))
        else:
            self._session.report(error)

    def _say_wrong(self, words: str) -> None:
        self.wrong_words.setText(words)
        self.wrong.show()
        self.wrong_words.show()

    def _hide_wrong(self) -> None:
        self.wrong.hide()
        self.wrong_words.hide()


def _read(desk: "Desk") -> "tuple[tuple[Closure, ...], tuple[str, ...]]":
    return desk.calendar.closures(), desk.calendar.calendars()
