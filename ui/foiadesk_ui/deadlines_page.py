"""Deadlines: a month like a paper calendar, the list of due dates beside it, and the worksheet behind each."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.beside import Beside
from foiadesk_ui.calendar_export import CalendarExport
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, full_date, ngettext, plain_date, words_of
from foiadesk_ui.least import PageStack
from foiadesk_ui.month_grid import WEEKS, Mark, MonthGrid
from foiadesk_ui.page import Page
from foiadesk_ui.records_table import Column, RecordsTable
from foiadesk_ui.request_deadlines import who_words
from foiadesk_ui.request_words import clock_words, due_words, unverified_tip, unverified_words
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import EmptyState, IconButton, LinkButton, SectionLabel
from foiadesk_ui.worksheet_view import WorksheetView

if TYPE_CHECKING:
    from foiadesk.desk import Change, Desk, DueRow

SOON = 7
YEARS_AWAY = 2  # beyond, a count of days says nothing to a reader


def row_meaning(row: "DueRow", today: date) -> str:
    """Return the meaning a due date is shown with."""
    if row.days_late:
        return "late"
    return "soon" if row.due is not None and (row.due - today).days <= SOON else "waiting"


def row_state(row: "DueRow", today: date) -> str:
    """Say how a due date stands."""
    if row.due is None:
        return _("paused") if row.state == "paused" else _("not started")
    away = (row.due - today).days
    if away > YEARS_AWAY * 365:
        return _("in {n} years").format(n=round(away / 365.25))
    return due_words(row.days_late, away)


def row_words(row: "DueRow", today: date) -> str:
    """Say a due date in one line: office, request, what is due, how it stands."""
    said = f"{row.office} · {row.title}: {clock_words(row.clock)}, {row_state(row, today)}"
    return f"{said}\n{unverified_tip(row.unverified)}" if row.unverified else said


def row_below(row: "DueRow") -> str:
    """Say what is due, from whom, and whether a rule it rests on is unverified."""
    said = (clock_words(row.clock), who_words(row.who), unverified_words() if row.unverified else "")
    return " · ".join(part for part in said if part)


class DeadlinesPage(Page):
    """The month at the left; at the right the list, or the worksheet of what was chosen in it."""

    name: ClassVar[str] = "deadlines"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.title = _("Deadlines")
        super().__init__(session, parent)
        self._today = session.desk.clock()
        self._rows: tuple[DueRow, ...] = ()
        self._day: date | None = None
        self.month = SectionLabel("", self)
        self.month.setContentsMargins(0, 0, 0, 0)
        self.before = IconButton("back", _("The month before (Page Up)"), lambda: self.grid.step(-1), parent=self)
        self.after = IconButton("forward", _("The month after (Page Down)"), lambda: self.grid.step(1), parent=self)
        self.now = LinkButton(_("Today"), lambda: self.grid.choose(self._today), parent=self)
        self.grid = MonthGrid(self)
        self.grid.day_chosen.connect(self._day_chosen)
        self.grid.month_changed.connect(self._month_changed)
        self.exporting = CalendarExport(session, self)
        self.export = LinkButton(_("Export .ics…"), self.exporting.start, icon="calendar", parent=self)
        self.closed_days = LinkButton(
            _("Closed days…"), lambda: session.go("settings", section="closures"), icon="agencies", parent=self
        )
        self.head = SectionLabel("", self)
        self.head.setContentsMargins(0, 0, 0, 0)
        self.all = LinkButton(_("Show all"), self._show_all, parent=self)
        self.table: RecordsTable[DueRow] = RecordsTable(
            (
                Column(
                    _("What"),
                    lambda row: f"{row.office} · {row.title}",
                    meaning=lambda row: row_meaning(row, self._today),
                    tip=self._tip,
                    below=row_below,
                ),
                Column(
                    _("Due"),
                    lambda row: plain_date(row.due),
                    140,
                    number=True,
                    below=lambda row: row_state(row, self._today),
                    below_meaning=lambda row: row_meaning(row, self._today),
                ),
            ),
            lambda row: (row.request, row.clock_id or row.clock),
            self,
            name=_("Due dates"),
        )
        self.table.opened.connect(self._open_worksheet)
        self.table.chosen.connect(self._chosen)
        self.count_button = LinkButton(_("Count the days"), self._count, icon="calendar", parent=self)
        self.go_button = LinkButton(_("Go to the request"), self._go, icon="forward", parent=self)
        self.none_that_day = EmptyState(_("Nothing is due on this day."), _("Show all"), self._show_all, parent=self)
        self.worksheet = WorksheetView(session, self)
        self.to_list = LinkButton(_("Back to the list"), self._to_list, icon="back", parent=self)
        self.empty = EmptyState(
            _("No deadlines yet: they appear when an office has received a request."),
            _("New request"),
            lambda: session.go("new_request"),
            icon="deadlines",
            parent=self,
        )
        self._lay_out()
        self._chosen(None)
        self._ask()

    def _month_side(self) -> QWidget:
        top = QHBoxLayout()
        top.setSpacing(theme.S1)
        top.addWidget(self.month, 1)
        top.addWidget(self.now)
        top.addWidget(self.before)
        top.addWidget(self.after)
        left = QWidget(self)
        left.setMinimumWidth(340)
        calendar = QVBoxLayout(left)
        calendar.setContentsMargins(theme.S4, theme.S2, theme.S4, theme.S4)
        calendar.setSpacing(theme.S1)
        calendar.addLayout(top)
        calendar.addWidget(self.grid, 1)
        below = Flow()
        below.setSpacing(theme.S1)
        below.addWidget(self.export)
        below.addWidget(self.closed_days)
        below.addStretch(1)
        calendar.addLayout(below)
        calendar.addWidget(self.exporting)
        return left

    def _lay_out(self) -> None:
        left = self._month_side()
        self.dates = PageStack(self)
        self.dates.addWidget(self.table)
        self.dates.addWidget(self.none_that_day)
        listing = QWidget(self)
        column = QVBoxLayout(listing)
        column.setContentsMargins(0, theme.S2, 0, theme.S1)
        column.setSpacing(theme.S1)
        head = Flow()
        head.setContentsMargins(theme.S4, 0, theme.S2, 0)
        head.addWidget(self.head, 1)
        head.addWidget(self.all)
        column.addLayout(head)
        column.addWidget(self.dates, 1)
        foot = Flow()
        foot.setContentsMargins(theme.S2, 0, theme.S2, 0)
        foot.addWidget(self.count_button)
        foot.addWidget(self.go_button)
        foot.addStretch(1)
        column.addLayout(foot)
        counting = QWidget(self)
        sheet = QVBoxLayout(counting)
        sheet.setContentsMargins(0, theme.S2, 0, 0)
        sheet.setSpacing(0)
        sheet.addWidget(self.to_list, 0, Qt.AlignmentFlag.AlignLeft)
        sheet.addWidget(self.worksheet, 1)
        self.right = PageStack(self)
        self.right.setMinimumWidth(300)
        self.right.addWidget(listing)
        self.right.addWidget(counting)
        self.split = Beside(left, self.right, narrow=760, shares=(11, 9), parent=self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.split)
        outer.addWidget(self.empty)
        self.empty.hide()

    # Page ----------------------------------------------------------------------------------------------------------

    def open(self, **where: Any) -> None:
        """``day``: the day to choose; ``request`` and ``clock``: whose days to show counted."""
        if isinstance(where.get("day"), date):
            self.grid.choose(where["day"])
        if where.get("request") and where.get("clock"):
            self._show_worksheet(int(where["request"]), str(where["clock"]))

    def refresh(self, change: "Change | None") -> None:
        """Ask again what is due, when requests, events or closed days changed."""
        if change is None or {"request", "event", "closure"} & set(change.ids):
            self._ask()

    def first_focus(self) -> QWidget | None:
        """The list of dates, or the way back to it."""
        if self.right.currentIndex() and self.empty.isHidden():
            return self.to_list
        return self.table if self._rows else self.empty.button

    def poses(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        """Return the worksheet, and what is asked before dates leave the desk."""
        return ("worksheet", self._count), ("export", self.exporting.start)

    # Inside --------------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        self.session.ask(self, _due_today, self._answered, key="due")

    def _answered(self, answer: "tuple[date, tuple[DueRow, ...]]") -> None:
        self._today, self._rows = answer
        self.split.setVisible(bool(self._rows))
        self.empty.setVisible(not self._rows)
        marks: dict[date, list[Mark]] = {}
        for row in self._rows:
            if row.due is not None:
                words = f"{row.office}: {clock_words(row.clock)} · {row.title}"
                if row.unverified:
                    words += f" · {unverified_words()}"
                marks.setdefault(row.due, []).append(Mark(row_meaning(row, self._today), words, row.office))
        self.grid.show_marks(self._today, marks)
        self._month_changed()
        self._show()

    def _show(self) -> None:
        rows = [row for row in self._rows if self._day is None or row.due == self._day]
        self.table.set_records(rows)
        self.dates.setCurrentWidget(self.table if rows else self.none_that_day)
        if self._day is None:
            late = sum(1 for row in self._rows if row.days_late)
            said = ngettext("{n} date", "{n} dates", len(rows))
            self.head.setText(f"{said} · {ngettext('{n} late', '{n} late', late)}" if late else said)
        else:
            self.head.setText(full_date(self._day))
        self.all.setVisible(self._day is not None)
        if rows and self.table.current() is None:
            self.table.select_first()
        self._chosen(self.table.current())

    def _day_chosen(self, day: date) -> None:
        self._day = day
        self.right.setCurrentIndex(0)
        self._show()

    def _show_all(self) -> None:
        self._day = None
        self._show()

    def _month_changed(self) -> None:
        shown = self.grid.day
        self.month.setText(QLocale().toString(QDate(shown.year, shown.month, 1), "MMMM yyyy"))
        first = self.grid.first()
        self.session.ask(self, lambda desk: closed_in(desk, first), self.grid.show_closed, key="closed")

    def _chosen(self, row: "DueRow | None") -> None:
        self.count_button.setEnabled(row is not None and bool(row.clock_id))
        self.go_button.setEnabled(row is not None)

    def _open_worksheet(self, row: "DueRow") -> None:
        if row.clock_id:
            self._show_worksheet(row.request, row.clock_id)
            self.to_list.setFocus()

    def _show_worksheet(self, request: int, clock_id: str) -> None:
        self.worksheet.show_clock(request, clock_id)
        self.right.setCurrentIndex(1)

    def _count(self) -> None:
        if (row := self.table.current()) is not None:
            self._open_worksheet(row)

    def _to_list(self) -> None:
        self.right.setCurrentIndex(0)
        self.table.setFocus()

    def _go(self) -> None:
        if (row := self.table.current()) is not None:
            self.session.go("request", id=row.request, tab="deadlines")

    def _tip(self, row: "DueRow") -> str:
        return row_words(row, self._today)


def _due_today(desk: "Desk") -> "tuple[date, tuple[DueRow, ...]]":
    return desk.clock(), desk.deadlines.due()


def closed_days(first: date) -> dict[date, str]:
    """Return the federal holidays among the six weeks a month shows, by day."""
    from foiadesk.law import holidays, load_calendar
    from foiadesk.law.holiday_names import holiday_name

    calendar = load_calendar("us-federal")
    last = first + timedelta(days=WEEKS * 7)
    years = {first.year, last.year}
    return {
        one.date: words_of(holiday_name(one.name))
        for year in sorted(years)
        for one in holidays(calendar, year)
        if first <= one.date < last
    }


def closed_in(desk: "Desk", first: date) -> dict[date, str]:
    """Return the closed days among the six weeks a month shows: holidays, and what a person added."""
    closed = closed_days(first)
    for one in desk.calendar.closures("us-federal"):
        if first <= one.date < first + timedelta(days=WEEKS * 7):
            closed[one.date] = one.note or _("Offices closed")
    return closed
