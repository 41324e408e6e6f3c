"""What was found, shown beside the list: a file at its page, anything else as text, the words highlighted."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from foiadesk.records import Attachment, AttachmentRole, Correspondence
from foiadesk.records.errors import NotFound
from foiadesk_ui import marker, theme
from foiadesk_ui.elided import ElidedLabel
from foiadesk_ui.i18n import _
from foiadesk_ui.least import PageStack
from foiadesk_ui.preview_pane import PreviewPane
from foiadesk_ui.search_words import open_hit, title_of
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import EmptyState, Hairline, LinkButton

if TYPE_CHECKING:
    from foiadesk.desk import SearchHit


class SearchPreview(QWidget):
    """``show_hit(None)`` empties it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.hit: SearchHit | None = None
        self._words: tuple[str, ...] = ()
        self.title = ElidedLabel(parent=self)
        self.go = LinkButton(_("Open it"), self.open_it, icon="forward", parent=self)
        head = QHBoxLayout()
        head.setContentsMargins(theme.S4, theme.S1, theme.S2, theme.S1)
        head.addWidget(self.title, 1)
        head.addWidget(self.go)
        self._bar = QWidget(self)
        self._bar.setLayout(head)
        self.empty = EmptyState(_("Choose something that was found to see it here."), icon="search", parent=self)
        self.file = PreviewPane(session, self, also=LinkButton(_("Open it"), self.open_it, icon="forward", parent=self))
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.text.setStyleSheet("QPlainTextEdit { border: none; border-radius: 0; padding: 8px 12px; }")
        self.text.setAccessibleName(_("Text of what was found"))
        self.stack = PageStack(self)
        for page in (self.empty, self.file, self.text):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(Hairline(self))
        column.addWidget(self.stack, 1)
        self.setMinimumWidth(280)
        self.show_hit(None, ())

    def show_hit(self, hit: "SearchHit | None", words: tuple[str, ...]) -> None:
        """Show what was found, and the words in it."""
        if hit is not None and hit == self.hit and words == self._words:
            return
        self.hit, self._words = hit, words
        if hit is None:
            self._bar.hide()
            self.stack.setCurrentWidget(self.empty)
            return
        self.title.show_text(title_of(hit))
        if hit.kind == "file":
            key = hit.id
            self._session.ask(
                self, lambda desk: desk.filing.document(key), self._show_file, key="shown", failed=self._gone
            )
        elif hit.state == "letter":
            key = hit.id
            self._session.ask(
                self, lambda desk: desk.filing.get(key), self._show_letter, key="shown", failed=self._gone
            )
        else:
            kind, key = hit.kind, hit.id
            self._session.ask(
                self, lambda desk: desk.search.told(kind, key), self._show_text, key="shown", failed=self._gone
            )

    def open_it(self) -> None:
        """Go where it lies."""
        if self.hit is not None:
            open_hit(self._session, self.hit)

    def _show_file(self, attachment: Attachment) -> None:
        if self.hit is not None:
            self._bar.hide()
            self.file.show_attachment(attachment, self.hit.page, self._words)
            self.stack.setCurrentWidget(self.file)

    def _show_letter(self, letter: Correspondence) -> None:
        pdf = next((one for one in letter.attachments if one.role is AttachmentRole.LETTER), None)
        if pdf is not None:
            self._show_file(pdf)
        else:
            self._show_text(letter.body)

    def _show_text(self, text: str) -> None:
        self._bar.show()
        self.text.setPlainText(text or _("There is nothing more to it than its title."))
        marker.mark(self.text, self._words)
        self.stack.setCurrentWidget(self.text)

    def _gone(self, error: Exception) -> None:
        if isinstance(error, NotFound):
            self.show_hit(None, ())
        else:
            self._session.report(error)
