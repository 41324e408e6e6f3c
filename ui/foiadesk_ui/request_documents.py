"""The files of a request beside their preview; file one, move one's correspondence to another request."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from foiadesk.records import Attachment
from foiadesk_ui import theme
from foiadesk_ui.beside import Beside
from foiadesk_ui.document_columns import name_and_origin_column
from foiadesk_ui.drag_out import DragOut
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _
from foiadesk_ui.preview_pane import PreviewPane
from foiadesk_ui.records_table import RecordsTable
from foiadesk_ui.request_facts import Facts
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import EmptyState, IconButton, LinkButton, plain_button


class DocumentsTab(QWidget):
    """A table of files and a preview."""

    file_asked = Signal()
    move_asked = Signal(object)  # Attachment
    trash_asked = Signal(object)  # Attachment

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preview = PreviewPane(session, self)
        self.preview.setMinimumSize(220, 120)
        self.table: RecordsTable[Attachment] = RecordsTable(
            (name_and_origin_column(),), lambda one: one.id, self, name=_("Files")
        )
        self.table.horizontalHeader().hide()
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda _one: self.preview.setFocus())
        DragOut(self.table.viewport(), self.table.current, self.preview.exits)
        self.file = plain_button(_("File a document…"), self.file_asked.emit, icon="plus", parent=self)
        self.move_button = LinkButton(_("Move…"), self._move, icon="forward", parent=self)
        self.move_button.setToolTip(_("Move this correspondence to another request"))
        self.trash_button = IconButton("trash", _("Move to the trash"), self._throw_away, parent=self)
        self.table.unwanted.connect(lambda _one: self._throw_away())
        self.empty = EmptyState(
            _("No files yet: drop a letter or an e-mail anywhere on this request."),
            _("File a document…"),
            self.file_asked.emit,
            icon="in_tray",
            parent=self,
        )
        tools = Flow()
        tools.setContentsMargins(theme.S4, theme.S2, theme.S2, theme.S2)
        tools.addWidget(self.file)
        tools.addStretch(1)
        tools.addWidget(self.move_button)
        tools.addWidget(self.trash_button)
        left = QWidget(self)
        left.setMinimumWidth(240)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tools)
        column.addWidget(self.table, 1)
        self.split = Beside(left, self.preview, narrow=640, shares=(5, 6), parent=self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.split)
        outer.addWidget(self.empty)
        self._chosen(None)

    def show_facts(self, facts: Facts) -> None:
        """Show a request's files; a file that is still there stays in the preview."""
        self.table.set_records(facts.documents)
        self.split.setVisible(bool(facts.documents))
        self.empty.setVisible(not facts.documents)
        shown = self.preview.attachment
        if shown is not None and shown.id not in {one.id for one in facts.documents}:
            self.preview.show_attachment(None)

    def show_file(self, attachment: Attachment) -> None:
        """Select a file and show it."""
        if not self.table.select_key(attachment.id):
            self.preview.show_attachment(attachment)

    def _chosen(self, attachment: Attachment | None) -> None:
        self.preview.show_attachment(attachment)
        self.trash_button.setEnabled(attachment is not None)
        self.move_button.setEnabled(attachment is not None and attachment.correspondence is not None)

    def _throw_away(self) -> None:
        if (attachment := self.table.current()) is not None:
            self.trash_asked.emit(attachment)

    def _move(self) -> None:
        if (attachment := self.table.current()) is not None and attachment.correspondence is not None:
            self.move_asked.emit(attachment)
