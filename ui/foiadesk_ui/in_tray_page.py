"""The In-tray: correspondence that belongs to no request yet, its preview, and a way to file it where it belongs."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from foiadesk.records import Attachment, Correspondence, Direction
from foiadesk_ui import theme
from foiadesk_ui.beside import Beside
from foiadesk_ui.document_columns import name_column, size_column
from foiadesk_ui.drops import Source, accept_drops
from foiadesk_ui.filing_dialog import choose_and_file, file_sources
from foiadesk_ui.i18n import _, ngettext, plain_date
from foiadesk_ui.page import Page
from foiadesk_ui.preview_pane import PreviewPane
from foiadesk_ui.records_table import Column, RecordsTable
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import EmptyState, IconButton, LinkButton, plain_button

if TYPE_CHECKING:
    from foiadesk.desk import Change


def letter_name(letter: Correspondence) -> str:
    """Return what to call a piece of correspondence: its subject, else its file's name."""
    return letter.subject or (letter.attachments[0].name if letter.attachments else _("correspondence"))


class InTrayPage(Page):
    """Waiting correspondence at the left, what it is at the right."""

    name: ClassVar[str] = "in_tray"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.title = _("In-tray")
        super().__init__(session, parent)
        self.table: RecordsTable[Correspondence] = RecordsTable(
            (
                Column(_("What"), letter_name, icon=self._icon, below=self._below),
                Column(_("Dated"), lambda one: plain_date(one.date), 112, number=True, secondary=True),
            ),
            lambda one: one.id,
            self,
            name=_("Waiting correspondence"),
        )
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda _one: self.assign())
        self.files: RecordsTable[Attachment] = RecordsTable(
            (name_column(), size_column()), lambda one: one.id, self, name=_("Its files")
        )
        self.files.horizontalHeader().hide()
        self.files.setMaximumHeight(132)
        self.preview = PreviewPane(session, self, empty=_("Choose what waits here to see it."))
        self.files.chosen.connect(self.preview.show_attachment)
        self.assign_button = plain_button(_("File on a request…"), self.assign, icon="forward", parent=self)
        self.add = LinkButton(_("Add files…"), self.choose_files, icon="plus", parent=self)
        self.trash = IconButton("trash", _("Move to the trash"), self.throw_away, parent=self)
        self.table.unwanted.connect(lambda _one: self.throw_away())
        self.empty = EmptyState(
            _("The In-tray is empty: drop letters or e-mail here, and they wait until you know where they belong."),
            _("Add files…"),
            self.choose_files,
            icon="in_tray",
            parent=self,
        )
        self._lay_out()
        accept_drops(self, self._dropped, lambda: _("Drop to file"))
        self._ask()

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setContentsMargins(theme.S4, theme.S2, theme.S4, theme.S2)
        tools.setSpacing(theme.S2)
        tools.addWidget(self.assign_button)
        tools.addWidget(self.add)
        tools.addStretch(1)
        tools.addWidget(self.trash)
        left = QWidget(self)
        left.setMinimumWidth(300)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tools)
        column.addWidget(self.table, 1)
        right = QWidget(self)
        right.setMinimumWidth(280)
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self.files)
        beside.addWidget(self.preview, 1)
        self.split = Beside(left, right, narrow=640, shares=(1, 1), parent=self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.split)
        outer.addWidget(self.empty)
        self.split.hide()
        self.empty.hide()
        self._chosen(None)

    # Page ----------------------------------------------------------------------------------------------------------

    def open(self, **where: Any) -> None:
        """``id``: the correspondence to select."""
        if where.get("id"):
            self.table.select_key(int(where["id"]))

    def refresh(self, change: "Change | None") -> None:
        """Ask again what waits, when correspondence changed."""
        if change is None or "correspondence" in change.ids or "attachment" in change.ids:
            self._ask()

    def first_focus(self) -> QWidget | None:
        """The list, else the button of the empty page."""
        return self.table if self.split.isVisible() else self.empty.button

    # Actions -------------------------------------------------------------------------------------------------------

    def assign(self) -> None:
        """File the chosen correspondence on a request."""
        letter = self.table.current()
        if letter is not None:
            file_sources(self.session, self, [letter])

    def throw_away(self) -> None:
        """Move the chosen correspondence to the trash."""
        letter = self.table.current()
        if letter is not None:
            number = letter.id
            self.session.act(self, lambda desk: desk.trash.put("correspondence", number))

    def choose_files(self) -> None:
        """Choose files to file."""
        choose_and_file(self.session, self)

    def _dropped(self, sources: Sequence[Source]) -> None:
        file_sources(self.session, self, sources)

    # Inside --------------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        self.session.ask(self, lambda desk: desk.filing.correspondence(None), self._answered, key="waiting")

    def _answered(self, waiting: tuple[Correspondence, ...]) -> None:
        self.table.set_records(waiting)
        self.split.setVisible(bool(waiting))
        self.empty.setVisible(not waiting)
        if waiting and self.table.current() is None:
            self.table.select_first()
        self._chosen(self.table.current())

    def _chosen(self, letter: Correspondence | None) -> None:
        files = letter.attachments if letter is not None else ()
        self.files.set_records(files)
        self.files.setVisible(len(files) > 1)
        for button in (self.assign_button, self.trash):
            button.setEnabled(letter is not None)
        shown = self.preview.attachment
        if shown is None or shown.id not in {one.id for one in files}:
            if files:
                self.files.select_first()
            self.preview.show_attachment(files[0] if files else None)

    @staticmethod
    def _below(letter: Correspondence) -> str:
        if letter.damaged:
            return _("damaged, kept as it came")
        return letter.sender or ngettext("{n} file", "{n} files", len(letter.attachments))

    @staticmethod
    def _icon(letter: Correspondence) -> str:
        if letter.damaged:
            return "late"
        return "send" if letter.direction == Direction.OUT else "mail"
