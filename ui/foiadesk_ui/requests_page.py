"""Requests: a fast list, grouped, filtered and sorted, and beside it the request."""

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QSplitter, QVBoxLayout, QWidget

from foiadesk.desk import RequestFilter, SavedView
from foiadesk.records import EventKind, Stage
from foiadesk_ui import line_icons, theme
from foiadesk_ui.filing_dialog import choose_and_file
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, ngettext
from foiadesk_ui.least import PageStack
from foiadesk_ui.letter_run_start import start_run
from foiadesk_ui.mail_panel import MailPanel
from foiadesk_ui.menu_choice import MenuChoice
from foiadesk_ui.page import Page
from foiadesk_ui.request_view import RequestView
from foiadesk_ui.request_words import stage_words
from foiadesk_ui.requests_list import RequestsList
from foiadesk_ui.requests_model import RequestsModel
from foiadesk_ui.requests_query import STAGES, Listing, list_requests
from foiadesk_ui.requests_views import RequestsViews
from foiadesk_ui.send_many import SendMany
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import EmptyState, Hairline, SecondaryLabel

if TYPE_CHECKING:
    from foiadesk.desk import Change, RequestRow

NARROW = 1100  # px of the window: below, the request opens over the list
LAYOUT = "requests"
OPEN = "open"
LIST_WIDTH = 340
OPEN_STAGES = tuple(stage for stage in STAGES if stage not in (Stage.CLOSED, Stage.DETERMINED))


class RequestsPage(Page):
    """Registered as "requests" and, opened at one request, as "request"."""

    name: ClassVar[str] = "requests"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.title = _("Requests")
        super().__init__(session, parent)
        self._questions = 0
        self._wanted = 0  # a request to select once the list is there
        self._narrow: bool | None = None
        self._loaded = False
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText(_("Filter by word, office or number"))
        self.filter.setAccessibleName(_("Filter requests"))
        line_icons.clearable(self.filter)
        self.stage = MenuChoice(
            _("Stage"),
            [("", _("All")), (OPEN, _("Open")), *((stage.value, stage_words(stage)) for stage in STAGES),
             ("trash", _("Trash"))],
            self,
        )  # fmt: skip
        self.group = MenuChoice(
            _("Group"),
            [("campaign", _("By campaign")), ("agency", _("By agency")), ("stage", _("By stage")),
             ("none", _("No groups"))],
            self,
        )  # fmt: skip
        self.order = MenuChoice(
            _("Order"),
            [("urgency", _("Most urgent")), ("due", _("Due date")), ("title", _("Title")), ("office", _("Office")),
             ("newest", _("Newest"))],
            self,
        )  # fmt: skip
        self.views = RequestsViews(session, self._as_view, self)
        self._campaign: int | None = None  # of a view kept on the command line
        self._office = ""
        self._stages: tuple[Stage, ...] = ()
        self.model = RequestsModel(self._fetch, self)
        self.list = RequestsList(self.model, self)
        self.count = SecondaryLabel("", self)
        self.no_requests = EmptyState(
            _("No requests yet: ask one office, or several at once."),
            _("New request"),
            lambda: session.go("new_request"),
            icon="requests",
            parent=self,
        )
        self.no_match = EmptyState(
            _("No request fits this filter."), _("Show all"), self._clear_filter, icon="filter", parent=self
        )
        self.lists = PageStack(self)
        for widget in (self.list, self.no_requests, self.no_match):
            self.lists.addWidget(widget)
        self.mail = MailPanel(session, self)
        self.mail.done.connect(session.told)
        self.send = SendMany(session, self)
        self.view = RequestView(session, self)
        self._lay_out()
        self._connect()
        session.ask(self, lambda desk: desk.settings.layout(LAYOUT), self._restore, key="layout")
        self.views.ask()

    def _lay_out(self) -> None:
        self.tools = QWidget(self)
        tools = QVBoxLayout(self.tools)
        tools.setContentsMargins(0, theme.S2, 0, 0)
        tools.setSpacing(theme.S1)
        top = QHBoxLayout()
        top.setContentsMargins(theme.S4, 0, theme.S4, 0)
        top.addWidget(self.filter, 1)
        top.addWidget(self.views)
        tools.addLayout(top)
        self.views.line.setContentsMargins(theme.S4, 0, theme.S4, 0)
        tools.addWidget(self.views.line)
        choices = Flow()
        choices.setContentsMargins(theme.S4, 0, theme.S4, 0)
        choices.setSpacing(0)
        for widget in (self.stage, self.group, self.order):
            choices.addWidget(widget)
        choices.addStretch(1)
        choices.addWidget(self.count)
        tools.addLayout(choices)
        tools.addWidget(Hairline(self.tools))
        self.side = QWidget(self)
        self.side.setMinimumWidth(280)
        column = QVBoxLayout(self.side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tools)
        for panel in (self.mail, self.send):
            panel.setContentsMargins(theme.S4, 0, 0, 0)
            column.addWidget(panel)
        column.addWidget(self.lists, 1)
        self.split = QSplitter(self)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.side)
        self.split.addWidget(self.view)
        self.split.setStretchFactor(0, 0)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([LIST_WIDTH, 900])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.split)

    def _connect(self) -> None:
        self._keep = QTimer(self, singleShot=True, interval=800)
        self._keep.timeout.connect(self._keep_layout)
        self._pause = QTimer(self, singleShot=True, interval=120)
        self._pause.timeout.connect(self._ask)
        self.filter.textChanged.connect(lambda _text: (self._pause.start(), self._keep.start()))
        self.stage.chosen.connect(lambda _value: self._forget_view())
        for choice in (self.stage, self.group, self.order):
            choice.chosen.connect(lambda _value: self._chose())
        self.views.chosen.connect(self.show_view)
        self.views.shown_changed.connect(self._chose)
        self.list.request_chosen.connect(self._show_chosen)
        self.list.request_opened.connect(self._open_chosen)
        self.list.customContextMenuRequested.connect(self._menu)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.back_asked.connect(self._back)
        self.split.splitterMoved.connect(lambda _position, _index: self._keep.start())
        QShortcut(QKeySequence.StandardKey.Delete, self.list, self._trash_selected)

    # Page ----------------------------------------------------------------------------------------------------------

    def open(self, **where: Any) -> None:
        """``id``: a request to show, ``tab``: which of its tabs, ``log``: the kind of event to log on it at once;
        ``stage``, ``text``: what to filter by."""
        request = int(where.get("id") or where.get("request") or 0)
        if "text" in where or "stage" in where:
            self._forget_view()
        if "text" in where:
            self.filter.setText(str(where["text"]))
        if "stage" in where:
            self.stage.set_value(str(where["stage"]))
        if request:
            self._wanted = request
            if self._loaded:
                self.list.select_request(request, quietly=True)
            self.view.show_request(request, str(where.get("tab") or ""))
            if where.get("log"):
                self.view.log_when_shown(EventKind(where["log"]))
            self._show_over(True)
        elif self._narrow:
            self._show_over(False)
        if not self._loaded or where:
            self._ask()

    def refresh(self, change: "Change | None") -> None:
        """Bring list and request up to date; nothing under the reader moves that did not have to."""
        self.view.refresh(change)
        self.views.ask(change)
        self._ask()

    def flush(self) -> None:
        """Save notes on their way."""
        self.view.flush()

    def choose_files(self) -> None:
        """Choose files to file on the request that is shown (Ctrl+O)."""
        choose_and_file(self.session, self, self.view.request or None)

    def first_focus(self) -> QWidget | None:
        """The list, or what stands in its place; in a narrow window the request that lies over it."""
        if self._narrow and self.side.isHidden():
            return self.view.tabs
        return self.list if self.lists.currentWidget() is self.list else self.filter

    def poses(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        """Return a view being named, and two requests before they are merged."""
        known = [one for one in self.model.ids() if one != self.view.request]

        def merge() -> None:
            self.views.line.hide()
            self.view.merge.ask(known[0], self.view.request or known[-1])

        return (("view-name", lambda: self.views.line.start(None)), ("merge", merge)) if known else ()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window list and request take turns."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.window().width() < theme.grown(NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self.view.header.show_back(narrow)
            self._show_over(narrow and bool(self.view.request) and self._wanted == self.view.request)

    # The list ------------------------------------------------------------------------------------------------------

    def wanted_filter(self) -> RequestFilter:
        """Return the filter as it stands in the tools above the list."""
        chosen = self.stage.value()
        stages: tuple[Stage, ...] = ()
        if chosen == OPEN:
            stages = OPEN_STAGES
        elif chosen and chosen != "trash":
            stages = (Stage(chosen),)
        return RequestFilter(
            text=self.filter.text().strip(),
            campaign=self._campaign,
            stages=stages or self._stages,
            office=self._office,
            trashed=chosen == "trash",
            order=self.order.value(),
        )

    def _as_view(self) -> SavedView:
        return SavedView("", self.wanted_filter(), self.group.value(), self.views.shown())

    def show_view(self, view: SavedView) -> None:
        """Show the list as a view has it."""
        wanted = view.filter
        self._campaign, self._office, self._stages = wanted.campaign, wanted.office, ()
        self.filter.setText(wanted.text)
        self.order.set_value(wanted.order)
        self.group.set_value(view.group)
        self.views.set_shown(view.show)
        if wanted.trashed:
            self.stage.set_value("trash")
        elif wanted.stages == OPEN_STAGES:
            self.stage.set_value(OPEN)
        elif len(wanted.stages) == 1:
            self.stage.set_value(wanted.stages[0].value)
        else:
            self.stage.set_value("")
            self._stages = wanted.stages  # several, kept on the command line
        self._chose()

    def _chose(self) -> None:
        self._ask()
        self._keep.start()

    def _ask(self) -> None:
        self._pause.stop()
        wanted, group = self.wanted_filter(), self.group.value()
        self.session.ask(self, lambda desk: (group, list_requests(desk, wanted, group)), self._listed, key="list")

    def _listed(self, answer: tuple[str, Listing]) -> None:
        group, listing = answer
        self._loaded = True
        self.list.delegate.group = group
        self.list.delegate.show = self.views.shown()
        self.list.viewport().update()
        self.list.show_list(listing.ids, listing.sections)
        kept = self._campaign is not None or bool(self._office or self._stages)
        filtered = kept or bool(self.filter.text().strip()) or bool(self.stage.value())
        if listing.ids:
            self.lists.setCurrentWidget(self.list)
        else:
            self.lists.setCurrentWidget(self.no_match if filtered else self.no_requests)
        self._show_bare(not listing.ids and not filtered)
        self.count.setText(
            ngettext("{n} request", "{n} requests", len(listing.ids)) if filtered and listing.ids else ""
        )
        shown = self._wanted or self.view.request
        if shown:
            self.list.select_request(shown, quietly=True)
        elif listing.ids and not self._narrow:
            self.list.select_first()

    def _fetch(self, ids: tuple[int, ...], answer: "Callable[[Sequence[RequestRow]], None]") -> None:
        """Each question has a key of its own: a page that was asked for must arrive, whatever is asked after it."""
        self._questions += 1
        self.session.ask(self, lambda desk: desk.requests.rows(ids), answer, key=f"rows {self._questions}")

    def _clear_filter(self) -> None:
        self.filter.clear()
        self.stage.set_value("")
        self._forget_view()
        self._ask()
        self.filter.setFocus()

    def _forget_view(self) -> None:
        """Drop what a view asked for and the tools do not show."""
        self._campaign, self._office, self._stages = None, "", ()

    def _show_chosen(self, request: int) -> None:
        if not self._narrow:
            self._wanted = request
            self.view.show_request(request)

    def _open_chosen(self, request: int) -> None:
        self._wanted = request
        self.view.show_request(request)
        self._show_over(True)
        self.view.tabs.setFocus()

    def _show_over(self, request_shown: bool) -> None:
        narrow = bool(self._narrow)
        self.side.setVisible(not (narrow and request_shown))
        self.view.setVisible(not narrow or request_shown)

    def _show_bare(self, bare: bool) -> None:
        """A desk without requests shows one sentence and one button, and nothing to filter or to read beside it."""
        if bare == self.tools.isHidden():
            return
        self.tools.setVisible(not bare)
        self.view.setVisible(not bare and not self._narrow)

    def _back(self) -> None:
        self._show_over(False)
        self.list.select_request(self.view.request, quietly=True)
        self.list.setFocus()

    # Several at once -----------------------------------------------------------------------------------------------

    def _menu(self, where: QPoint) -> None:
        selected = self.list.selected_requests()
        if not selected:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if len(selected) == 1:
            menu.addAction(_("Open the request"), lambda: self._open_chosen(selected[0]))
            menu.addSeparator()
        if self.stage.value() == "trash":
            menu.addAction(_("Restore from the trash"), lambda: self._restore_all(selected))
        else:
            menu.addAction(_("One letter to all of them…"), lambda: start_run(self.session, self, selected))
            menu.addAction(_("Mark drafts as sent…"), lambda: self.send.begin(selected))
            menu.addAction(_("Envelopes…"), lambda: self.mail.begin("envelope", selected))
            menu.addAction(_("Address labels…"), lambda: self.mail.begin("labels", selected))
            menu.addAction(_("Letters that are ready…"), lambda: self.session.go("today", ready=True))
            menu.addSeparator()
            label = ngettext("Move to the trash", "Move {n} requests to the trash", len(selected))
            menu.addAction(label, self._trash_selected)
        menu.popup(self.list.viewport().mapToGlobal(where))

    def _trash_selected(self) -> None:
        selected = self.list.selected_requests()
        if selected and self.stage.value() != "trash":
            self.session.act(self, lambda desk: desk.requests.trash(*selected))

    def _restore_all(self, requests: Sequence[int]) -> None:
        self.session.act(self, lambda desk: desk.requests.restore(*requests))

    # Layout --------------------------------------------------------------------------------------------------------

    def _keep_layout(self) -> None:
        if self.session.desk.read_only:
            return
        text = json.dumps(
            {"group": self.group.value(), "order": self.order.value(), "stage": self.stage.value(),
             "text": self.filter.text(), "show": self.views.shown(), "list": self.split.sizes()[0]}
        )  # fmt: skip
        self.session.ask(self, lambda desk: desk.settings.put_layout(LAYOUT, text), lambda _nothing: None, key="keep")

    def _restore(self, text: str) -> None:
        try:
            found = json.loads(text) if text else {}
        except ValueError:
            found = {}
        if not isinstance(found, dict):
            return
        for choice, key in ((self.group, "group"), (self.order, "order"), (self.stage, "stage")):
            choice.set_value(str(found.get(key, choice.value())))
        if isinstance(found.get("text"), str) and not self.filter.text():
            self.filter.setText(found["text"])
        show = found.get("show")
        self.views.set_shown(tuple(map(str, show)) if isinstance(show, list) else ())
        width = found.get("list")
        if isinstance(width, int) and 200 < width < 2000:
            self.split.setSizes([width, max(400, self.width() - width)])
        if found:
            self._ask()
