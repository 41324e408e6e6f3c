"""What is known of a letter that went out: how, when, the very file, and its fingerprint."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.i18n import _, full_date, size_text
from foiadesk_ui.labelled import FormColumn
from foiadesk_ui.letter_subject import Subject
from foiadesk_ui.office_ways import channel_name
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import LinkButton, MeaningLabel, SecondaryLabel


class SentFacts(FormColumn):
    """Read-only: a sent letter never changes."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent, widest=520)
        self._session = session
        self._request = 0
        self.column.setContentsMargins(0, theme.S2, theme.S4, theme.S6)
        self.head = MeaningLabel("done", "", self, bold=True)
        self.words = SecondaryLabel(
            _("The page beside this is the exact file that was sent. It cannot change any more."), self, wrap=True
        )
        self.table = QWidget(self)
        self._grid = QGridLayout(self.table)
        self._grid.setContentsMargins(0, theme.S2, 0, 0)
        self._grid.setHorizontalSpacing(theme.S4)
        self._grid.setVerticalSpacing(theme.S2)
        self._grid.setColumnStretch(1, 1)
        self.to_request = LinkButton(_("Open the request and its deadlines"), self._open, icon="forward", parent=self)
        holder = QWidget(self)
        line = QVBoxLayout(holder)
        line.setContentsMargins(0, theme.S2, 0, 0)
        line.addWidget(self.to_request, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self.head, self.words, self.table, holder)
        self.finish()

    def show_subject(self, subject: Subject) -> None:
        """Show what is known."""
        self._request = subject.request.id
        went = subject.correspondence
        day = full_date(went.date) if went is not None else ""
        self.head.show_meaning("done", _("Sent {day}").format(day=day) if day else _("Sent"))
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._row(_("To"), subject.request.office.name)
        if went is not None and went.channel is not None:
            self._row(_("How"), channel_name(went.channel))
        file = subject.file
        if file is not None:
            self._row(_("File"), f"{file.name} ({size_text(file.size)})")
            self._row(_("SHA-256"), " ".join(file.sha256[at : at + 8] for at in range(0, len(file.sha256), 8)))
        proofs = [
            one.name for one in (went.attachments if went is not None else ()) if file is None or one.id != file.id
        ]
        if proofs:
            self._row(_("Proof"), "\n".join(proofs))

    def _row(self, label: str, value: str) -> None:
        shown = QLabel(value, self.table)
        shown.setTextFormat(Qt.TextFormat.PlainText)
        shown.setWordWrap(True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shown.setAccessibleName(f"{label}: {value}")
        row = self._grid.rowCount()
        self._grid.addWidget(SecondaryLabel(label, self.table), row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(shown, row, 1)

    def _open(self) -> None:
        self._session.go("request", id=self._request)
