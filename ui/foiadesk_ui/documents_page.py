"""Every stored file: name, size, SHA-256, where it came from, whose request; a preview and a way to save a copy."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QVBoxLayout, QWidget

from foiadesk.records import Attachment, AttachmentRole
from foiadesk_ui import line_icons, theme
from foiadesk_ui.beside import Beside
from foiadesk_ui.bring_in import choose_files
from foiadesk_ui.document_columns import added_column, hash_column, name_column, origin_column, size_column
from foiadesk_ui.drag_out import DragOut
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, ngettext
from foiadesk_ui.page import Page
from foiadesk_ui.preview_pane import PreviewPane
from foiadesk_ui.records_table import Column, RecordsTable
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import EmptyState, IconButton, LinkButton, SecondaryLabel

if TYPE_CHECKING:
    from foiadesk.desk import Change, Desk

Stored = tuple[tuple[Attachment, ...], dict[int, str]]


def read_stored(desk: "Desk") -> Stored:
    """Return all files and the title of each request that has any."""
    files = desk.filing.documents()
    requests = sorted({one.request for one in files if one.request})
    return files, {row.id: f"{row.title} · {row.office_short}" for row in desk.requests.rows(requests)}


class DocumentsPage(Page):
    """A table over a preview."""

    name: ClassVar[str] = "documents"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.title = _("Documents")
        super().__init__(session, parent)
        self._files: tuple[Attachment, ...] = ()
        self._titles: dict[int, str] = {}
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText(_("Filter by name, request, origin or SHA-256"))
        self.filter.setAccessibleName(_("Filter documents"))
        line_icons.clearable(self.filter)
        self.filter.setMaximumWidth(420)
        self.filter.textChanged.connect(lambda _text: self._show())
        self.count = SecondaryLabel("", self)
        self.preview = PreviewPane(session, self, wide=True)
        self.preview.setMinimumSize(280, 140)
        self.table: RecordsTable[Attachment] = RecordsTable(
            (
                name_column(),
                Column(_("Request"), self._request_title, 190, secondary=True),
                origin_column(130),
                hash_column(),
                added_column(),
                size_column(),
            ),
            lambda one: one.id,
            self,
            name=_("Documents"),
            sortable=True,
        )
        self.table.sortByColumn(4, Qt.SortOrder.DescendingOrder)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda _one: self.preview.pages.setFocus())
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)
        self.table.unwanted.connect(lambda _one: self._throw_away())
        DragOut(self.table.viewport(), self.table.current, self.preview.exits)
        self.trash = IconButton("trash", _("Move to the trash"), self._throw_away, parent=self)
        self.go = LinkButton(_("Go to the request"), self._go, icon="forward", parent=self)
        self.copy = LinkButton(_("Copy the SHA-256"), self._copy, icon="copy", parent=self)
        self.save = LinkButton(_("Save a copy…"), self.preview.ask_save, icon="save", parent=self)
        self.empty = EmptyState(
            _("No documents yet: every letter sent and every file received is kept here, exactly as it was."),
            _("Bring in files…"),
            lambda: choose_files(session, self),
            icon="documents",
            parent=self,
        )
        self._lay_out()
        self._chosen(None)
        self._ask()

    def _lay_out(self) -> None:
        tools = Flow()
        tools.setContentsMargins(theme.S4, theme.S2, theme.S4, theme.S2)
        tools.setSpacing(theme.S2)
        tools.addWidget(self.filter, 1)
        tools.addWidget(self.count)
        tools.addStretch(1)
        for button in (self.go, self.copy, self.save, self.trash):
            tools.addWidget(button)
        self.split = Beside(self.table, self.preview, narrow=4000, shares=(1, 1), parent=self)
        self._body = QWidget(self)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tools)
        column.addWidget(self.split, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._body)
        outer.addWidget(self.empty)
        self.empty.hide()

    # Page ----------------------------------------------------------------------------------------------------------

    def open(self, **where: Any) -> None:
        """``id``: the file to select."""
        if where.get("id"):
            self.table.select_key(int(where["id"]))

    def refresh(self, change: "Change | None") -> None:
        """Ask again when files or titles changed."""
        if change is None or {"attachment", "correspondence", "request"} & set(change.ids):
            self._ask()

    def first_focus(self) -> QWidget | None:
        """The table, else the button of the empty page."""
        return self.table if self._files else self.empty.button

    def poses(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        """Return a message with its files, and one of these."""
        parts = [one for one in self._files if one.role is AttachmentRole.PART]
        whole = {one.correspondence: one for one in self._files if one.role is AttachmentRole.ORIGINAL}
        found = next(((whole[one.correspondence], one) for one in parts if one.correspondence in whole), None)
        if found is None:
            return ()
        return tuple(
            (name, partial(self.preview.show_attachment, one))
            for name, one in zip(("message", "part"), found, strict=True)
        )

    # Inside --------------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        self.session.ask(self, read_stored, self._answered, key="files")

    def _answered(self, stored: Stored) -> None:
        self._files, self._titles = stored
        self._body.setVisible(bool(self._files))
        self.empty.setVisible(not self._files)
        self._show()

    def _show(self) -> None:
        words = self.filter.text().casefold().split()
        shown = [one for one in self._files if all(word in self._haystack(one) for word in words)]
        self.table.set_records(shown)
        self.count.setText(ngettext("{n} file", "{n} files", len(shown)))
        self._chosen(self.table.current())

    def _haystack(self, one: Attachment) -> str:
        return " ".join((one.name, one.origin, one.sha256, self._request_title(one))).casefold()

    def _request_title(self, one: Attachment) -> str:
        return self._titles.get(one.request or 0, "" if one.request else _("In-tray") if one.correspondence else "")

    def _chosen(self, one: Attachment | None) -> None:
        self.preview.show_attachment(one)
        self.go.setEnabled(one is not None and bool(one.request))
        for button in (self.copy, self.trash):
            button.setEnabled(one is not None)
        self.save.setEnabled(one is not None and not one.privileged)

    def _menu(self, where: Any) -> None:
        one = self.table.current()
        if one is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Save a copy…"), self.preview.ask_save).setEnabled(not one.privileged)
        menu.addAction(_("Copy the SHA-256"), self._copy)
        if one.request:
            menu.addAction(_("Go to the request"), self._go)
        menu.addSeparator()
        menu.addAction(_("Move to the trash"), self._throw_away)
        menu.popup(self.table.viewport().mapToGlobal(where))

    def _copy(self) -> None:
        if (one := self.table.current()) is not None:
            QApplication.clipboard().setText(one.sha256)
            self.session.told.emit(_("Copied the SHA-256 of “{name}”.").format(name=one.name))

    def _throw_away(self) -> None:
        if (one := self.table.current()) is not None:
            number = one.id
            self.session.act(self, lambda desk: desk.trash.put("attachment", number))

    def _go(self) -> None:
        if (one := self.table.current()) is not None and one.request:
            self.session.go("request", id=one.request, tab="documents")
