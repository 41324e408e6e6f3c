"""May I sue? For all requests: the answer, since when, until when, why; and a planner that supposes without storing."""

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from foiadesk.records import EventKind
from foiadesk_ui import theme
from foiadesk_ui.beside import Beside
from foiadesk_ui.exhaustion_detail import ExhaustionDetail
from foiadesk_ui.exhaustion_list import BoardList
from foiadesk_ui.exhaustion_model import Board, grouped
from foiadesk_ui.exhaustion_words import ORDER, counted
from foiadesk_ui.i18n import _
from foiadesk_ui.page import Page
from foiadesk_ui.page_tabs import PageTabs
from foiadesk_ui.planner_panel import PlannerPanel
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import EmptyState, SecondaryLabel

if TYPE_CHECKING:
    from foiadesk.desk import Change, Desk, ExhaustionRow

WHY, WHAT_IF = range(2)


class ExhaustionPage(Page):
    """The list at the left; at the right why, or what if."""

    name: ClassVar[str] = "exhaustion"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.title = _("May I sue?")
        super().__init__(session, parent)
        self.summary = SecondaryLabel("", self, wrap=True)
        self.summary.setContentsMargins(theme.S4, theme.S2, theme.S4, theme.S2)
        self.list = BoardList(self)
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(lambda row: self._go(row.request))
        self.detail = ExhaustionDetail(self)
        self.detail.deadlines.connect(self._go)
        self.detail.worksheet.connect(lambda request, clock: session.go("deadlines", request=request, clock=clock))
        self.planner = PlannerPanel(session, self)
        self.planner.whole_campaign.connect(self._whole_campaign)
        self.tabs = PageTabs(self)
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(_("About the chosen requests"))
        self.tabs.addTab(self.detail, _("Why"))
        self.tabs.addTab(self.planner, _("What if…"))
        self.tabs.setStyleSheet(f"QTabWidget::tab-bar {{ left: {theme.S4}px; }}")
        self.tabs.currentChanged.connect(self._tab_changed)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.summary)
        column.addWidget(self.list, 1)
        left.setMinimumWidth(380)
        self.tabs.setMinimumWidth(320)
        self.split = Beside(left, self.tabs, narrow=740, shares=(11, 9), parent=self)
        self.empty = EmptyState(
            _("No requests yet: when one is sent, this page says whether the way to court is open, and why."),
            _("New request"),
            lambda: session.go("new_request"),
            icon="exhaustion",
            parent=self,
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.split)
        outer.addWidget(self.empty)
        self.split.hide()
        self.empty.hide()
        self._board = Board()
        self._wanted = 0
        self._ask()

    # Page ----------------------------------------------------------------------------------------------------------

    def open(self, **where: Any) -> None:
        """``request``: the one to choose."""
        self._wanted = int(where.get("request") or 0)
        if self._wanted and self._board.groups:
            self._show_wanted()

    def refresh(self, change: "Change | None") -> None:
        """Ask again when requests, events or closed days changed."""
        if change is None or {"request", "event", "campaign", "closure"} & set(change.ids):
            self._ask()

    def first_focus(self) -> QWidget | None:
        """The list."""
        return self.list if self._board.groups else self.empty.button

    def poses(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        """Return the planner with a whole campaign in it."""

        def plan() -> None:
            self.tabs.setCurrentIndex(WHAT_IF)
            self._whole_campaign()
            self.planner.form.suppose(EventKind.DETERMINATION)

        return (("planner", plan),)

    # Inside --------------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        self.session.ask(self, read_board, self._answered, key="board")

    def _answered(self, answer: tuple[Board, str]) -> None:
        board, summary = answer
        self._board = board
        self.split.setVisible(bool(board.groups))
        self.empty.setVisible(not board.groups)
        self.summary.setText(summary)
        self.list.show_board(board)
        self._show_wanted()

    def _show_wanted(self) -> None:
        if self._wanted:
            self.list.choose([self._wanted])
            self._wanted = 0

    def _chosen(self) -> None:
        row = self.list.current_row()
        self.detail.show_row(row)
        if row is not None:
            request = row.request
            self.session.ask(
                self,
                lambda desk: desk.deadlines.evidence(request),
                lambda found: self.detail.show_evidence(request, found),
                key="evidence",
            )
        if self.tabs.currentIndex() == WHAT_IF:
            self._plan()

    def _plan(self) -> None:
        chosen = self.list.chosen_rows()
        campaigns = {row.campaign for row in chosen} - {None}
        in_campaigns = sum(1 for row in chosen if row.campaign is not None)
        self.planner.show_chosen(chosen, whole=len(self._of(campaigns)) == in_campaigns)

    def _of(self, campaigns: "set[int | None]") -> list[int]:
        return [row.request for row in self._board.rows() if row.campaign in campaigns] if campaigns else []

    def _tab_changed(self, tab: int) -> None:
        if tab == WHAT_IF:
            self._plan()

    def _whole_campaign(self) -> None:
        self.list.choose(self._of({row.campaign for row in self.list.chosen_rows()} - {None}))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self, request: int) -> None:
        self.session.go("request", id=request, tab="deadlines")


def read_board(desk: "Desk") -> tuple[Board, str]:
    """Ask for every answer, and lay the list out; runs off the GUI thread."""
    rows = desk.deadlines.exhaustion(evidence=False)  # each row asks for its own when it is chosen
    return grouped(sorted(rows, key=_place)), counted(Counter(row.state for row in rows))


def _place(row: "ExhaustionRow") -> tuple[str, int, str]:
    order = ORDER.index(row.state) if row.state in ORDER else len(ORDER)
    return row.campaign_title.casefold(), order, row.office_short
