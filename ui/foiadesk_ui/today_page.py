"""Today: what needs you, then what the agencies owe you, and the next six weeks."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from foiadesk.records import LetterState
from foiadesk_ui import theme
from foiadesk_ui.backup_notice import BackupNotice
from foiadesk_ui.i18n import N_, _, full_date, ngettext, said
from foiadesk_ui.moved_notice import MovedNotice
from foiadesk_ui.next_steps import step_deed
from foiadesk_ui.page import Page
from foiadesk_ui.ready_letters import ReadyLetters
from foiadesk_ui.session import Session
from foiadesk_ui.six_weeks import SixWeeks
from foiadesk_ui.today_row import TodayRowWidget
from foiadesk_ui.widgets import EmptyState, Hairline, LinkButton, SecondaryLabel, SectionLabel, TextLabel

if TYPE_CHECKING:
    from foiadesk.desk import Change, Desk, TodayRow
    from foiadesk.desk import TodayPage as TodayAnswer

MARK_SENT = "mark_sent"
SHOWN = 12  # rows of a section before "Show all"


class _Section(QWidget):
    """A head, a count, rows, and a way to the rest."""

    def __init__(self, head: str, empty: str, page: "TodayPage") -> None:
        super().__init__(page)
        self._page = page
        self._empty = empty
        self._rows: tuple[TodayRow, ...] = ()
        self._all = False
        self.head = SectionLabel(head, self)
        self.count = SecondaryLabel("", self)
        self.count.setContentsMargins(0, theme.S4, 0, theme.S1)
        self.nothing = TextLabel(empty, self)
        self.more = LinkButton("", self._show_all, parent=self)
        top = QHBoxLayout()
        top.setSpacing(theme.S2)
        top.addWidget(self.head)
        top.addWidget(self.count, 1)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(top)
        box.addWidget(Hairline(self))
        box.addLayout(self._lines)
        box.addWidget(self.nothing)
        box.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.nothing.setContentsMargins(0, theme.S2, 0, theme.S2)

    def show_rows(self, rows: "tuple[TodayRow, ...]") -> None:
        """Show these rows; widgets of rows that stayed the same are kept, so that focus survives."""
        self._rows = rows
        seen = rows if self._all else rows[:SHOWN]
        kept = {widget.row: widget for widget in self.widgets()}
        for widget in kept.values():
            self._lines.removeWidget(widget)
            if widget.row not in seen:
                widget.deleteLater()
        for row in seen:
            widget = kept.get(row) or self._make(row)
            self._lines.addWidget(widget)
        self.count.setText(str(len(rows)) if rows else "")
        self.nothing.setVisible(not rows)
        hidden = len(rows) - len(seen)
        self.more.setVisible(hidden > 0)
        self.more.setText(ngettext("Show {n} more", "Show {n} more", hidden))

    def widgets(self) -> list[TodayRowWidget]:
        """Return the rows that show, in order."""
        found = []
        for at in range(self._lines.count()):
            item = self._lines.itemAt(at)
            widget = item.widget() if item is not None else None
            if isinstance(widget, TodayRowWidget):
                found.append(widget)
        return found

    def _make(self, row: "TodayRow") -> TodayRowWidget:
        widget = TodayRowWidget(row, self._page.action_of(row), self)
        widget.opened.connect(self._page.open_row)
        widget.acted.connect(self._page.act_on)
        return widget

    def _show_all(self) -> None:
        if len(self._rows) > 100:
            self._page.session.go("requests")
            return
        self._all = True
        self.show_rows(self._rows)


class TodayPage(Page):
    """The first page."""

    name = "today"
    title = N_("Today")
    answered = Signal(object)  # TodayAnswer: what shows now, for whoever counts the same

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._letters: frozenset[str] = frozenset()
        self.day = SecondaryLabel("", self)
        self.ready = ReadyLetters(session, self)
        self.moved = MovedNotice(self)
        self.moved.opened.connect(lambda request: session.go("request", id=request))
        self.backup = BackupNotice(self)
        self.backup.wanted.connect(lambda _never: session.go("backups"))
        self.needs = _Section(_("Needs you"), _("Nothing is waiting for you. Well done."), self)
        self.owed = _Section(_("Agencies owe you"), _("No agency owes you an answer right now."), self)
        self.strip_head = SectionLabel(_("The next six weeks"), self)
        self.strip = SixWeeks(self)
        self.strip.chosen.connect(self.open_row)
        self.empty = EmptyState(
            _("No requests yet: when you have asked an agency for something, this page says whose turn it is."),
            _("Write your first request"),
            lambda: session.go("new_request"),
            icon="today",
            parent=self,
        )
        inside = QWidget(self)
        inside.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        inside.setMaximumWidth(1080)
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(theme.S6, theme.S4, theme.S6, theme.S6)
        lines.setSpacing(0)
        lines.addWidget(self.day)
        lines.addWidget(self.ready)
        lines.addWidget(self.moved)
        lines.addWidget(self.backup)
        lines.addWidget(self.needs)
        lines.addWidget(self.owed)
        lines.addWidget(self.strip_head)
        lines.addWidget(self.strip)
        lines.addStretch(1)
        self.scroller = QScrollArea(self)
        self.scroller.setWidgetResizable(True)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setAccessibleName(self.title)
        self.scroller.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.scroller.viewport().setAutoFillBackground(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.scroller)
        box.addWidget(self.empty)
        self.scroller.hide()
        self.empty.hide()

    def open(self, **where: Any) -> None:
        """Count as of now; ``ready`` looks for letters that can go out."""
        self.refresh(None)
        if where.get("ready"):
            self.ready.look()

    def poses(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        """Return the letters that are ready."""
        return (("ready", self.ready.look),)

    def refresh(self, change: "Change | None") -> None:
        """Ask again, unless the change is about nothing this page shows."""
        if change is None or {"request", "event", "correspondence", "letter", "closure"} & set(change.ids):
            self.session.ask(self, read, self._show_read, key="today")
        if change is None or any(change.touches(kind) for kind in ("request", "attachment", "backup_place")):
            self.session.ask(self, lambda desk: desk.backups.alarm(), self.backup.show_alarm, key="backup")

    def _show_read(self, read: "tuple[TodayAnswer, frozenset[str]]") -> None:
        answer, self._letters = read
        self.show_answer(answer)
        self.answered.emit(answer)

    def show_answer(self, answer: "TodayAnswer") -> None:
        """Show what the desk counted."""
        self.moved.show_moved(answer.moved)
        self.day.setText(full_date(answer.as_of))
        nothing = not answer.needs_you and not answer.agencies_owe and not any(rows for _day, rows in answer.strip)
        self.empty.setVisible(nothing)
        self.scroller.setVisible(not nothing)
        self.needs.show_rows(answer.needs_you)
        self.owed.show_rows(answer.agencies_owe)
        self.strip.show_days(answer.as_of, answer.strip, answer.strip_until)

    def open_row(self, row: "TodayRow") -> None:
        """Show the request."""
        self.session.go("request", id=row.request)

    def action_of(self, row: "TodayRow") -> str:
        """Return what the row's button says: the same words as on the request's own page."""
        if row.action_kind in self._letters:
            return f"{said(row.action_label)}…"
        if row.action_kind == MARK_SENT:
            return _("Mark as sent…")
        return step_deed(row.action_kind).label if row.action_kind else ""

    def act_on(self, row: "TodayRow") -> None:
        """Do the row's one obvious thing: go to its letter, to the form that logs it, or to its deadlines."""
        deed = step_deed(row.action_kind)
        if row.action_kind in self._letters:
            self.session.go("letter", request=row.request, kind=row.action_kind)
        elif row.action_kind == MARK_SENT or deed.page == "letter":
            self.session.ask(self, lambda desk: _newest_draft(desk, row.request), partial(self._send, row), key="draft")
        elif deed.event is not None:
            self.session.go("request", id=row.request, log=deed.event.value)
        elif deed.page == "deadlines":
            self.session.go("request", id=row.request, tab="deadlines")
        elif deed.page:
            self.session.go(deed.page)
        else:
            self.open_row(row)

    def _send(self, row: "TodayRow", draft: int) -> None:
        if draft:
            self.session.go("letter", letter=draft, mark_sent=True)
        else:
            self.session.go("letter", request=row.request, kind="policy_request")


def read(desk: "Desk") -> "tuple[TodayAnswer, frozenset[str]]":
    """Return what the page shows, and for which steps there is a letter."""
    return desk.deadlines.today(), desk.letters.steps()


def _newest_draft(desk: "Desk", request: int) -> int:
    drafts = [letter.id for letter in desk.letters.for_request(request) if letter.state is LetterState.DRAFT]
    return drafts[-1] if drafts else 0
