"""The trash: what was thrown away, when and from where; back to its place, or purged for good."""

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from foiadesk.desk import Purged, TrashItem
from foiadesk_ui import theme
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, ngettext, plain_date, size_text
from foiadesk_ui.page import Page, Primary
from foiadesk_ui.purge_panel import PurgePanel
from foiadesk_ui.records_table import Column, RecordsTable
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import EmptyState, LinkButton, SecondaryLabel, plain_button

if TYPE_CHECKING:
    from collections.abc import Callable

    from foiadesk.desk import Change

_ICONS = {"request": "request", "correspondence": "mail", "letter": "letter", "attachment": "attachment"}


def kind_words(kind: str) -> str:
    """Say what kind of thing lies in the trash."""
    return {
        "request": _("Request"),
        "correspondence": _("Correspondence"),
        "letter": _("Draft"),
        "attachment": _("File"),
    }[kind]


def _thrown(item: TrashItem) -> str:
    return plain_date(item.trashed_at.astimezone().date()) if item.trashed_at else ""


def _where(item: TrashItem) -> str:
    if item.below:
        return _("{where} (in the trash, too)").format(where=item.where)
    return item.where or ("" if item.kind == "request" else _("In-tray"))


class TrashPage(Page):
    """A table of what lies in the trash; the way back, and the way out for good."""

    name: ClassVar[str] = "trash"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.title = _("Trash")
        super().__init__(session, parent)
        self.table: RecordsTable[TrashItem] = RecordsTable(
            (
                Column(_("What"), lambda one: one.name, icon=lambda one: _ICONS[one.kind], below=_where),
                Column(_("Kind"), lambda one: kind_words(one.kind), 140, secondary=True, spare=2),
                Column(
                    _("Size"),
                    lambda one: size_text(one.size) if one.size else "",
                    90,
                    number=True,
                    secondary=True,
                    spare=3,
                ),
                Column(_("Thrown away"), _thrown, 120, number=True, secondary=True, spare=1),
            ),
            lambda one: (one.kind, one.id),
            self,
            name=_("What lies in the trash"),
        )
        self.table.chosen.connect(lambda _one: self._offer())
        self.table.unwanted.connect(lambda _one: self.ask_purge())
        self.restore_button = plain_button(_("Restore"), self.restore, icon="restore", parent=self)
        self.purge_button = LinkButton(_("Purge…"), self.ask_purge, icon="trash", parent=self)
        self.purge_button.setToolTip(_("Remove it from the desk for good"))
        self.all_button = LinkButton(_("Purge everything…"), self.ask_purge_all, parent=self)
        self.count = SecondaryLabel("", self)
        self.panel = PurgePanel(session, self)
        self.panel.purged.connect(self._purged)
        self.panel.closed.connect(self.table.setFocus)
        self.empty = EmptyState(
            _("The trash is empty: what you throw away waits here until you restore or purge it."),
            _("Go to Requests"),
            lambda: session.go("requests"),
            icon="trash",
            parent=self,
        )
        self._lay_out()
        self._offer()
        self._ask()

    def _lay_out(self) -> None:
        tools = Flow()
        tools.setContentsMargins(theme.S4, theme.S2, theme.S4, theme.S2)
        tools.setSpacing(theme.S2)
        tools.addWidget(self.restore_button)
        tools.addWidget(self.purge_button)
        tools.addStretch(1)
        tools.addWidget(self.count)
        tools.addWidget(self.all_button)
        self._body = QWidget(self)
        lines = QVBoxLayout(self._body)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(tools)
        lines.addWidget(self.panel)
        lines.addWidget(self.table, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._body)
        outer.addWidget(self.empty)
        self._body.hide()
        self.empty.hide()

    # Page ----------------------------------------------------------------------------------------------------------

    def refresh(self, change: "Change | None") -> None:
        """Ask again what lies here."""
        self._ask()

    def first_focus(self) -> QWidget | None:
        """The table, else the button of the empty page."""
        return self.table if not self._body.isHidden() else self.empty.button

    def primary(self) -> Primary | None:
        """Nothing is made here."""
        return None

    def poses(self) -> "tuple[tuple[str, Callable[[], None]], ...]":
        """Return the question before purging."""
        return (("purge", self.ask_purge_all),) if self.table.records_model.records else ()

    def open(self, **where: Any) -> None:
        """Show what lies here."""
        self.panel.close_panel()

    # Actions -------------------------------------------------------------------------------------------------------

    def restore(self) -> None:
        """Take the chosen thing out of the trash."""
        item = self.table.current()
        if item is not None:
            kind, number = item.kind, item.id
            self.session.act(self, lambda desk: desk.trash.restore(kind, number))

    def ask_purge(self) -> None:
        """Ask before the chosen thing is purged."""
        item = self.table.current()
        if item is not None:
            self.panel.ask((item,))

    def ask_purge_all(self) -> None:
        """Ask before everything here is purged."""
        if self.table.records_model.records:
            self.panel.ask(self.table.records_model.records)

    # Inside --------------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        self.session.ask(self, lambda desk: desk.trash.list(), self._answered, key="trash")

    def _answered(self, items: tuple[TrashItem, ...]) -> None:
        had_focus = self.table.hasFocus()
        self.table.set_records(items)
        self._body.setVisible(bool(items))
        self.empty.setVisible(not items)
        self.count.setText(ngettext("{n} thing", "{n} things", len(items)))
        if items and self.table.current() is None:
            self.table.select_first()
        if not items:
            self.panel.close_panel()
            if had_focus:
                self.empty.button.setFocus()
        self._offer()

    def _offer(self) -> None:
        chosen = self.table.current() is not None
        writable = not self.session.desk.read_only
        self.restore_button.setEnabled(chosen and writable)
        self.purge_button.setEnabled(chosen and writable)
        self.all_button.setEnabled(writable)

    def _purged(self, done: Purged) -> None:
        said = [f"{done.sentence}."]
        if done.files:
            said.append(ngettext("{n} file was removed from the disk.", "{n} files were removed from the disk.",
                                 done.files))  # fmt: skip
        if done.held_by:
            said.append(_("Made before, and still holding it: {names}.").format(names=", ".join(done.held_by)))
        if done.later:
            said.append(done.later)
        self.session.told.emit(" ".join(said))
        self._ask()
