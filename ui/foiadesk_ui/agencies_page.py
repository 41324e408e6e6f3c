"""Agencies: a searchable directory of offices, each with how old every address is and what to mind."""

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from foiadesk.records import Office, OwnOffice
from foiadesk_ui import line_icons, theme
from foiadesk_ui.beside import Beside
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, ngettext
from foiadesk_ui.office_ways import sentence
from foiadesk_ui.own_office_form import OwnOfficeForm
from foiadesk_ui.page import Page
from foiadesk_ui.records_table import Column, RecordsTable
from foiadesk_ui.request_office import OfficePanel
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import EmptyState, LinkButton, SecondaryLabel, plain_button

if TYPE_CHECKING:
    from collections.abc import Callable

    from foiadesk.desk import Change, Desk

EVERYTHING = 10_000
Sides = tuple[Office, Office | None, OwnOffice | None]


def read_sides(desk: "Desk", code: str) -> Sides:
    """Return an office as new requests have it, as the directory has it, and what a person wrote down on it."""
    office, own = desk.agencies.get(code), desk.agencies.own_of(code)
    return office, None if own is not None and own.added else desk.agencies.listed(code), own


class AgenciesPage(Page):
    """A table of offices beside the one that is chosen."""

    name: ClassVar[str] = "agencies"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.title = _("Agencies")
        super().__init__(session, parent)
        self._wanted = ""
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(_("Search by name, abbreviation or place"))
        self.search.setAccessibleName(_("Search the directory"))
        line_icons.clearable(self.search)
        self.search.setMaximumWidth(420)
        self.count = SecondaryLabel("", self)
        self.table: RecordsTable[Office] = RecordsTable(
            (
                Column(_("Office"), self._name, icon=self._icon, tip=self._tip),
                Column(_("Short"), lambda office: office.short, 92),
                Column(_("Department"), lambda office: office.department_abbr, 100, secondary=True, spare=1),
            ),
            lambda office: office.code,
            self,
            name=_("Offices"),
        )
        self.table.setMinimumWidth(280)
        self.table.chosen.connect(self._chosen)
        self.panel = OfficePanel(self)
        self.ask_button = plain_button(_("Ask this office…"), self._ask_office, icon="plus", parent=self)
        self.requests_button = LinkButton(_("Its requests"), self._its_requests, icon="requests", parent=self)
        self.own_button = LinkButton(_("Your own details…"), self._write_own, icon="pen", parent=self)
        self.add_button = LinkButton(_("Add an office…"), self._add, icon="plus", parent=self)
        self.form = OwnOfficeForm(session, self)
        self.form.saved.connect(self._saved)
        self.form.closed.connect(lambda: self._show_form(False))
        self._sides: Sides | None = None
        self.none = EmptyState(
            _("No office fits these words."), _("Show all"), self.search.clear, icon="agencies", parent=self
        )
        self._lay_out()
        self._pause = QTimer(self, singleShot=True, interval=120)
        self._pause.timeout.connect(self._ask)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self._chosen(None)
        self._ask()

    def _lay_out(self) -> None:
        tools = Flow()
        tools.setContentsMargins(theme.S4, theme.S2, theme.S4, theme.S2)
        tools.setSpacing(theme.S2)
        tools.addWidget(self.search, 1)
        tools.addWidget(self.count)
        tools.addStretch(1)
        tools.addWidget(self.add_button)
        right = QWidget(self)
        right.setMinimumWidth(280)
        self._foot = QWidget(right)
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(theme.S6, theme.S2, theme.S4, theme.S4)
        row = QWidget(self._foot)
        foot.addWidget(row)
        buttons = Flow(row, gap=theme.S2)
        for button in (self.ask_button, self.own_button, self.requests_button):
            buttons.addWidget(button)
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self.panel, 1)
        beside.addWidget(self.form, 1)
        beside.addWidget(self._foot)
        self.split = Beside(self.table, right, narrow=620, shares=(3, 2), parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tools)
        column.addWidget(self.split, 1)
        column.addWidget(self.none, 1)
        self.none.hide()

    # Page ----------------------------------------------------------------------------------------------------------

    def open(self, **where: Any) -> None:
        """``code``: the office to show ("DHS/ICE"); ``text``: what to search for; ``add``: the name of a new one."""
        if "add" in where:
            self._add(str(where["add"]))
        if "text" in where:
            self.search.setText(str(where["text"]))
        if where.get("code"):
            self._wanted = str(where["code"])
            self.table.select_key(self._wanted)

    def refresh(self, change: "Change | None") -> None:
        """Ask again when what a person knows of offices changed."""
        if change is None or change.touches("office"):
            self._ask()

    def poses(self) -> "tuple[tuple[str, Callable[[], None]], ...]":
        """Return the form for one's own details, and for an office the directory lacks."""
        return (("own", self._write_own), ("add", self._add))

    def first_focus(self) -> QWidget | None:
        """The search line."""
        return self.search

    # Inside --------------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        words = self.search.text().strip()
        self.session.ask(self, lambda desk: desk.agencies.search(words, EVERYTHING), self._answered, key="offices")

    def _answered(self, offices: list[Office]) -> None:
        self.table.set_records(offices)
        shown = bool(offices) or not self.form.isHidden()
        self.split.setVisible(shown)
        self.none.setVisible(not shown)
        self.count.setText(ngettext("{n} office", "{n} offices", len(offices)) if offices else "")
        if self._wanted and self.table.select_key(self._wanted):
            self._wanted = ""
        elif offices and self.table.current() is None:
            self.table.select_first()
        if self.form.isHidden():
            self._chosen(self.table.current())

    def _chosen(self, office: Office | None) -> None:
        self._sides = None
        self.form.hide()
        self._show_form(False)
        self._foot.setVisible(office is not None)
        if office is None:
            self.panel.show_office(None)
            return
        code = office.code
        if self.panel.office is None or self.panel.office.code != code:
            self.panel.show_office(office)
        self.session.ask(self, lambda desk: read_sides(desk, code), self._show_sides, key="sides")

    def _show_sides(self, sides: "Sides") -> None:
        self._sides = sides
        self.panel.show_office(*sides)

    def _write_own(self) -> None:
        if self._sides is not None:
            self._show_form(True)
            self.form.begin(*self._sides)

    def _add(self, name: str = "") -> None:
        self.none.hide()
        self.split.show()
        self._show_form(True)
        self.form.begin(None, None, None, name=name)

    def _saved(self, code: str) -> None:
        self._wanted = code
        self._ask()

    def _show_form(self, shown: bool) -> None:
        self.panel.setVisible(not shown)
        self._foot.setVisible(not shown and self.table.current() is not None)

    def _ask_office(self) -> None:
        if (office := self.table.current()) is not None:
            self.session.go("new_request", office=office.code)

    def _its_requests(self) -> None:
        if (office := self.table.current()) is not None:
            self.session.go("requests", text=office.name)

    @staticmethod
    def _name(office: Office) -> str:
        return f"{office.name} · {_('yours')}" if office.own else office.name

    @staticmethod
    def _icon(office: Office) -> str:
        return "warning" if office.cautions else "agencies"

    @staticmethod
    def _tip(office: Office) -> str:
        return "\n".join((f"{office.name} ({office.code})", *map(sentence, office.cautions)))
