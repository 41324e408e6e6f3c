"""Notes on a request: plain text that saves itself while it is typed; one stretch of typing is one undo."""

from dataclasses import replace

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.i18n import _
from foiadesk_ui.request_facts import Facts
from foiadesk_ui.save_pause import SavePause
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import SecondaryLabel


class NotesTab(QWidget):
    """A text box over the request's notes."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._request = 0
        self._stored = ""
        self._on_way = 0  # saves not stored yet
        self.text = QPlainTextEdit(self)
        self.text.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.text.setStyleSheet("QPlainTextEdit { border: none; border-radius: 0; padding: 12px 16px; }")
        self.text.setTabChangesFocus(True)
        self.text.setAcceptDrops(False)  # files dropped here are filed, not written out as addresses
        self.text.setAccessibleName(_("Notes"))
        self.text.setPlaceholderText(_("For your own eyes: nothing written here goes into a letter."))
        self.text.textChanged.connect(self._typed)
        self.said = SecondaryLabel("", self)
        self.said.setContentsMargins(theme.S6, theme.S1, theme.S4, theme.S1)
        self._pause = SavePause(self)
        self._pause.timeout.connect(self.flush)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.text, 1)
        column.addWidget(self.said)

    def show_facts(self, facts: Facts) -> None:
        """Show a request's notes, unless something typed here is on its way."""
        if facts.request.id != self._request:
            self.flush()
        elif self._on_way:
            return  # what was read may be older than what is being saved; the save has it read again
        elif self._pause.isActive() or facts.request.notes == self.text.toPlainText():
            self._stored = facts.request.notes
            return
        elif self.text.hasFocus() and self._stored != self.text.toPlainText():
            return
        self._request = facts.request.id
        self._stored = facts.request.notes
        self.text.blockSignals(True)
        self.text.setPlainText(facts.request.notes)
        self.text.blockSignals(False)
        self.said.setText("")

    def flush(self) -> None:
        """Save what was typed and is not saved yet."""
        self._pause.stop()
        text, request = self.text.toPlainText(), self._request
        if not request or text == self._stored:
            return
        self._stored = text
        self._on_way += 1
        self._session.act(
            self,
            lambda desk: desk.requests.change(replace(desk.requests.get(request), notes=text), run=f"notes:{request}"),
            lambda _change: self._saved(),
            failed=self._failed,
            quiet=True,
        )

    def _saved(self) -> None:
        self._on_way -= 1
        if not self._pause.isActive():
            self.said.setText(_("Saved"))

    def _failed(self, error: Exception) -> None:
        self._on_way -= 1
        self._session.report(error)

    def _typed(self) -> None:
        self.said.setText("")
        self._pause.start()
