"""Campaigns: the same question to many offices. Their stages, their answers item by item, their waits as a picture."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.beside import Beside
from foiadesk_ui.event_words import choice_words
from foiadesk_ui.exhaustion_words import state_words
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, days_late, ngettext, number_text, plain_date, words_of
from foiadesk_ui.least import PageStack
from foiadesk_ui.letter_run_start import start_run
from foiadesk_ui.page import Page
from foiadesk_ui.page_tabs import PageTabs
from foiadesk_ui.picture_view import PictureView
from foiadesk_ui.records_table import Column, RecordsTable
from foiadesk_ui.request_words import stage_words, unverified_tip, unverified_words
from foiadesk_ui.session import Session
from foiadesk_ui.two_line import Line, TwoLineList
from foiadesk_ui.widgets import EmptyState, SecondaryLabel, plain_button

if TYPE_CHECKING:
    from foiadesk.desk import CampaignBoard, CampaignLine, Change, OfficeRow

OFFICES, ANSWERS, WAITS, TIMES = range(4)
_LONGEST = 40  # characters of an item in a column's head


class CampaignsPage(Page):
    """Campaigns at the left; at the right the chosen one, four ways."""

    name: ClassVar[str] = "campaigns"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.title = _("Campaigns")
        super().__init__(session, parent)
        self._board: CampaignBoard | None = None
        self._wanted = 0
        self.list = TwoLineList(_("Campaigns"), self)
        self.list.setMinimumWidth(200)
        self.list.picked.connect(self._picked)
        self.write = plain_button(_("One letter to all…"), self.write_all, icon="letter", parent=self)
        self.summary = SecondaryLabel("", self, wrap=True)
        self.offices: RecordsTable[OfficeRow] = RecordsTable(
            (
                Column(_("Office"), lambda row: row.office_short, 104, tip=lambda row: row.office_name),
                Column(
                    _("Where it stands"),
                    where_it_stands,
                    meaning=lambda row: row.meaning,
                    sort=_urgency,
                    below=_stage_below,
                    tip=_stands_tip,
                ),
                Column(_("Sent"), lambda row: plain_date(row.sent_on), 108, number=True, sort=_sent, spare=2),
                Column(_("May I sue?"), lambda row: state_words(row.exhaustion), 128, secondary=True, spare=1),
                Column(_("Pages"), _pages_text, 72, number=True, sort=lambda row: row.pages, spare=3),
            ),
            lambda row: row.request,
            self,
            name=_("Offices of this campaign"),
            sortable=True,
        )
        self.offices.sortByColumn(1, Qt.SortOrder.AscendingOrder)
        self.offices.opened.connect(self._open_request)
        self.answers = PageStack(self)
        self.no_items = EmptyState(_("These requests have no numbered items to compare."), icon="text", parent=self)
        self.answers.addWidget(self.no_items)
        self.matrix: RecordsTable[OfficeRow] | None = None
        self.waits = PictureView(session, self)
        self.times = PictureView(session, self)
        self.tabs = PageTabs(self)
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(_("About this campaign"))
        self.tabs.setStyleSheet(f"QTabWidget::tab-bar {{ left: {theme.S4}px; }}")
        for widget, label in (
            (self.offices, _("Offices")), (self.answers, _("Answers")), (self.waits, _("Waiting")),
            (self.times, _("Response times")),
        ):  # fmt: skip
            self.tabs.addTab(widget, label)
        self.tabs.currentChanged.connect(lambda _tab: self._draw())
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = Flow()
        head.setContentsMargins(theme.S4, theme.S2, theme.S4, theme.S2)
        head.addWidget(self.summary, 1)
        head.addWidget(self.write)
        column.addLayout(head)
        column.addWidget(self.tabs, 1)
        right.setMinimumWidth(360)
        self.split = Beside(self.list, right, narrow=620, shares=(1, 4), parent=self)
        self.empty = EmptyState(
            _("No campaign yet: ask several offices the same question, and their answers stand here side by side."),
            _("New request"),
            lambda: session.go("new_request"),
            icon="campaigns",
            parent=self,
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.split)
        outer.addWidget(self.empty)
        self.split.hide()
        self.empty.hide()
        self._ask()

    # Page ----------------------------------------------------------------------------------------------------------

    def open(self, **where: Any) -> None:
        """``campaign``: the one to choose."""
        self._wanted = int(where.get("campaign") or 0)
        if self._wanted:
            self._ask()

    def refresh(self, change: "Change | None") -> None:
        """Ask again when requests, events or campaigns changed."""
        if change is None or {"request", "event", "campaign", "closure"} & set(change.ids):
            self._ask()

    def first_focus(self) -> QWidget | None:
        """The list of campaigns."""
        return self.empty.button if self.empty.isVisible() else self.list

    def poses(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        """Return the offices, then the picture's table."""
        return (("waits", lambda: self.tabs.setCurrentIndex(WAITS)), ("table", self.waits.turn))

    # Inside --------------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        self.session.ask(self, lambda desk: desk.campaigns.lines(), self._listed, key="lines")

    def _listed(self, lines: "tuple[CampaignLine, ...]") -> None:
        self.split.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        now = self._wanted or (self._board.id if self._board is not None else 0)
        chosen = next((line.id for line in lines if line.id == now), lines[0].id if lines else 0)
        self.list.show_lines([Line(line.id, line.title, _line_words(line)) for line in lines], chosen)
        self._wanted = 0
        if chosen:
            self._picked(chosen)
        else:
            self._board = None

    def _picked(self, campaign: int) -> None:
        self.session.ask(self, lambda desk: desk.campaigns.board(campaign), self._answered, key="board")

    def _answered(self, board: "CampaignBoard") -> None:
        items = self._board.items if self._board is not None else None
        self._board = board
        late = sum(row.meaning == "late" for row in board.offices)
        done = sum(row.answered_on is not None for row in board.offices)
        self.summary.setText(
            " · ".join(
                (
                    ngettext("{n} office", "{n} offices", len(board.offices)),
                    ngettext("{n} answered", "{n} answered", done),
                    ngettext("{n} late", "{n} late", late),
                )
            )
        )
        self.offices.set_records(board.offices)
        if board.items != items or self.matrix is None:
            self._lay_matrix(board)
        if self.matrix is not None:
            self.matrix.set_records(board.offices)
        self._draw()

    def _lay_matrix(self, board: "CampaignBoard") -> None:
        if self.matrix is not None:
            self.answers.removeWidget(self.matrix)
            self.matrix.deleteLater()
            self.matrix = None
        if not board.items:
            self.answers.setCurrentWidget(self.no_items)
            return
        first: Column[OfficeRow] = Column(
            _("Office"), lambda row: row.office_short, 120, tip=lambda row: row.office_name
        )
        columns = [first, *(_item_column(number, text) for number, text in enumerate(board.items, 1))]
        self.matrix = RecordsTable(columns, lambda row: row.request, self, name=_("Answers, item by item"))
        self.matrix.opened.connect(self._open_request)
        self.answers.addWidget(self.matrix)
        self.answers.setCurrentWidget(self.matrix)

    def _draw(self) -> None:
        """Ask for the picture that is looked at, and for no other."""
        board = self._board
        if board is None:
            return
        if self.tabs.currentIndex() == WAITS:
            self.waits.show_picture(
                lambda desk, width: desk.campaigns.picture(board.id, width=width, say=words_of, day=plain_date)
            )
        elif self.tabs.currentIndex() == TIMES:
            title = _("How long offices take")
            self.times.show_picture(
                lambda desk, width: desk.campaigns.times_picture(width=width, say=words_of, title=title)
            )

    def write_all(self) -> None:
        """Choose a letter that goes to every office of the campaign that is shown."""
        board = self._board
        if board is not None:
            start_run(self.session, self, tuple(row.request for row in board.offices))

    def _open_request(self, row: "OfficeRow") -> None:
        self.session.go("request", id=row.request)


def _item_column(number: int, text: str) -> "Column[OfficeRow]":
    def outcome(row: "OfficeRow") -> str:
        if number > len(row.outcomes):
            return "–"
        return choice_words(row.outcomes[number - 1]) if row.outcomes[number - 1] else _("No answer yet")

    short = text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
    return Column(f"{number}. {short}", outcome, 190, quiet=lambda row: not outcome_of(row, number))


def outcome_of(row: "OfficeRow", number: int) -> str:
    """Return the outcome of an item (from 1), "" while there is none."""
    return row.outcomes[number - 1] if number <= len(row.outcomes) else ""


def where_it_stands(row: "OfficeRow") -> str:
    """Say in words how late, answered or due a request is."""
    if row.days_late:
        return days_late(row.days_late)
    if row.answered_on is not None:
        said = choice_words(row.outcome) if row.outcome else _("answered")
        return _("{what}, {day}").format(what=said, day=plain_date(row.answered_on))
    return _("due {day}").format(day=plain_date(row.due)) if row.due is not None else stage_words(row.stage)


def _line_words(line: "CampaignLine") -> str:
    parts = [ngettext("{n} request", "{n} requests", line.requests)]
    if line.late:
        parts.append(ngettext("{n} late", "{n} late", line.late))
    if line.answered:
        parts.append(ngettext("{n} answered", "{n} answered", line.answered))
    return " · ".join(parts)


def _urgency(row: "OfficeRow") -> tuple[int, int]:
    order = {"late": 0, "soon": 1, "waiting": 2, "done": 3}
    return order.get(row.meaning, 4), -row.days_late


def _sent(row: "OfficeRow") -> int:
    return row.sent_on.toordinal() if row.sent_on is not None else 0


def _pages_text(row: "OfficeRow") -> str:
    return number_text(row.pages) if row.pages else ""


def _stage_below(row: "OfficeRow") -> str:
    words = stage_words(row.stage)
    said = (words if words != where_it_stands(row) else "", unverified_words() if row.unverified else "")
    return " · ".join(part for part in said if part)


def _stands_tip(row: "OfficeRow") -> str:
    words = where_it_stands(row)
    return f"{words}\n{unverified_tip(row.unverified)}" if row.unverified else words
