"""Shows any stored file without leaving the window: pages, pictures, mail and text, all parsed in the worker."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from foiadesk.records import Attachment
from foiadesk.records.errors import KnownError
from foiadesk_ui import marker, theme
from foiadesk_ui.elided import ElidedLabel
from foiadesk_ui.i18n import _, full_date, ngettext
from foiadesk_ui.part_strip import PartStrip
from foiadesk_ui.session import Session
from foiadesk_ui.stored_pages import Fetch, StoredPages
from foiadesk_ui.widgets import EmptyState, Hairline, IconButton, SecondaryLabel

if TYPE_CHECKING:
    from foiadesk.desk import DocumentInfo, PageImage, ParsedMessage

PICTURE_PX = 2400


def message_text(message: "ParsedMessage") -> str:
    """Return a message as plain text: its headers in a reader's words, then the body."""
    lines = [
        (_("From"), message.sender),
        (_("To"), ", ".join(message.recipients)),
        (_("Date"), f"{full_date(message.date.date())} {message.date:%H:%M %Z}".strip() if message.date else ""),
        (_("Subject"), message.subject),
        (_("Damaged"), message.damaged),
    ]
    head = "\n".join(f"{label}: {value}" for label, value in lines if value)
    return f"{head}\n\n{message.body}"


class PreviewPane(QWidget):
    """A tool line and the file. ``show_attachment(None)`` empties it."""

    def __init__(
        self, session: Session, parent: QWidget | None = None, *, empty: str = "", also: QWidget | None = None
    ) -> None:
        """Without a file, ``empty`` is the sentence shown. also: one more button, the first after the name."""
        super().__init__(parent)
        self._session = session
        self._attachment: Attachment | None = None
        self._info: DocumentInfo | None = None
        self._question = 0
        self._page, self._words = 0, tuple[str, ...]()
        self.name = ElidedLabel(parent=self, mode=Qt.TextElideMode.ElideMiddle)
        self.said = SecondaryLabel("", self)
        self.out = IconButton("zoom-out", _("Zoom out (Ctrl+−)"), self._zoom_out, parent=self)
        self.fit = IconButton("fit-width", _("Fit the width (Ctrl+0)"), self._fit, parent=self)
        self.in_ = IconButton("zoom-in", _("Zoom in (Ctrl++)"), self._zoom_in, parent=self)
        self.turn = IconButton("rotate", _("Turn a quarter (R)"), self._turn, parent=self)
        self.as_text = IconButton("text", _("Show as text"), None, parent=self)
        self.as_text.setCheckable(True)
        self.as_text.toggled.connect(self._text_toggled)
        self.save = IconButton("save", _("Save a copy…"), self.ask_save, parent=self)
        tools = QHBoxLayout()
        tools.setContentsMargins(theme.S2, theme.S1, theme.S1, theme.S1)
        tools.setSpacing(2)
        tools.addWidget(self.name, 1)
        tools.addWidget(self.said)
        if also is not None:
            tools.addWidget(also)
        tools.addSpacing(theme.S2)
        for button in (self.out, self.fit, self.in_, self.turn, self.as_text, self.save):
            tools.addWidget(button)
        self._bar = QWidget(self)
        self._bar.setLayout(tools)
        self.strip = PartStrip(self._picked, self)
        self.empty = EmptyState(empty or _("Choose a file to see it here."), icon="documents", parent=self)
        self.pages = StoredPages(self)
        self.pages.page_changed.connect(lambda _number: self._say_page())
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.text.setStyleSheet("QPlainTextEdit { border: none; border-radius: 0; padding: 8px 12px; }")
        self.text.setAccessibleName(_("Text of the file"))
        self.trouble = EmptyState("", _("Save a copy…"), self.ask_save, icon="warning", parent=self)
        self.stack = QStackedWidget(self)
        for page in (self.empty, self.pages, self.text, self.trouble):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(Hairline(self))
        column.addWidget(self.strip)
        column.addWidget(self.stack, 1)
        self.show_attachment(None)

    # What is shown -------------------------------------------------------------------------------------------------

    @property
    def attachment(self) -> Attachment | None:
        """The file that is shown."""
        return self._attachment

    def show_attachment(self, attachment: Attachment | None, page: int = 0, words: Sequence[str] = ()) -> None:
        """Show a file; the one already shown stays as it is, with its zoom and place.

        page: to open it at, from 1. words: to highlight in it.
        """
        same = attachment is not None and self._attachment is not None and attachment.id == self._attachment.id
        if same and tuple(words) == self._words:
            if page:
                self.pages.go_to(page - 1)
            return
        self._page, self._words = page, tuple(words)
        self._attachment, self._info = attachment, None
        self._question += 1
        self.as_text.blockSignals(True)
        self.as_text.setChecked(False)
        self.as_text.blockSignals(False)
        self.pages.set_pages(0, None)
        self.text.clear()
        self.said.setText("")
        self.strip.show_related(None)
        self.name.show_text(attachment.name if attachment else "")
        self._tools()
        self._bar.setVisible(attachment is not None)
        self.stack.setCurrentWidget(self.empty)
        if attachment is None:
            return
        self.stack.setCurrentWidget(self.pages)
        wanted = attachment.id
        self._session.ask(
            self, lambda desk: desk.filing.inspect(wanted), self._inspected, key="inspect", failed=self._failed
        )
        self._session.ask(
            self, lambda desk: desk.intake.related(wanted), self.strip.show_related, key="related", failed=self._failed
        )

    def ask_save(self) -> None:
        """Ask where and save a decrypted copy there."""
        if self._attachment is None:
            return
        start = str(Path.home() / self._attachment.name)
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save a copy"), start)
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Save a decrypted copy; it says so when it is done."""
        if self._attachment is None:
            return
        wanted = self._attachment.id
        self._session.ask(
            self,
            lambda desk: desk.filing.save_copy(wanted, path),
            lambda _nothing: self._session.told.emit(
                _("Saved “{name}”. This copy is not encrypted.").format(name=path.name)
            ),
            key="save",
        )

    # Answers -------------------------------------------------------------------------------------------------------

    def _inspected(self, info: "DocumentInfo") -> None:
        attachment = self._attachment
        if attachment is None:
            return
        self._info = info
        wanted = attachment.id
        match info.kind:
            case "pdf":
                self.pages.set_pages(info.pages, self._page_fetch(wanted), attachment.name)
                if self._page > 1:
                    self.pages.go_to(self._page - 1)
                self.stack.setCurrentWidget(self.pages)
            case "image":
                self.pages.set_pages(1, self._picture_fetch(wanted), attachment.name)
                self.stack.setCurrentWidget(self.pages)
            case "message":
                self._session.ask(
                    self, lambda desk: desk.filing.message(wanted), self._message_read, key="text", failed=self._failed
                )
            case "text" | "office":
                self._ask_text()
            case _:
                self._cannot(_("This kind of file cannot be shown here. It is kept exactly as it came."))
        self._tools()
        self._say_page()

    def _page_fetch(self, wanted: int) -> Fetch:
        def fetch(number: int, scale: float, answer: "Callable[[PageImage], None]") -> None:
            self._session.ask(
                self,
                lambda desk: desk.filing.page(wanted, number, scale),
                answer,
                key=f"page {number}",
                failed=self._failed,
            )
            if self._words:
                words = self._words
                self._session.ask(
                    self,
                    lambda desk: desk.filing.places(wanted, number, words),
                    lambda places: self.pages.set_marks(number, places),
                    key=f"places {number}",
                    failed=lambda _error: None,  # a page that cannot be searched shows without marks
                )

        return fetch

    def _picture_fetch(self, wanted: int) -> Fetch:
        """A picture is fetched once, large, and scaled by the view."""

        def fetch(number: int, scale: float, answer: "Callable[[PageImage], None]") -> None:
            self._session.ask(
                self, lambda desk: desk.filing.image(wanted, PICTURE_PX), answer, key="page 0", failed=self._failed
            )

        return fetch

    def _message_read(self, message: "ParsedMessage") -> None:
        self._show_text(message_text(message), fixed=False)
        if message.damaged:
            self.said.setText(_("Damaged: shown as far as it can be read"))

    def _ask_text(self) -> None:
        if self._attachment is not None:
            wanted = self._attachment.id
            self._session.ask(
                self, lambda desk: desk.filing.text(wanted), self._text_read, key="text", failed=self._failed
            )

    def _text_read(self, text: str) -> None:
        is_plain = self._info is not None and self._info.kind == "text"
        self._show_text(text if text.strip() else _("No text was found in this file."), fixed=is_plain)

    def _show_text(self, text: str, *, fixed: bool) -> None:
        self.text.setFont(
            QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont) if fixed else theme.text_font()
        )  # fmt: skip
        self.text.setPlainText(text)
        marker.mark(self.text, self._words)
        self.stack.setCurrentWidget(self.text)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, KnownError):
            self._cannot(str(error))
        else:
            self._session.report(error)

    def _cannot(self, sentence: str) -> None:
        self.trouble.sentence.setText(sentence)
        self.stack.setCurrentWidget(self.trouble)

    def _picked(self, file: Attachment) -> None:
        self.show_attachment(file)
        self.setFocus()

    # Tools ---------------------------------------------------------------------------------------------------------

    def _tools(self) -> None:
        kind = self._info.kind if self._info else ""
        drawn = kind in ("pdf", "image")
        for button in (self.out, self.fit, self.in_, self.turn):
            button.setVisible(drawn and not self.as_text.isChecked())
        self.as_text.setVisible(kind == "pdf")
        self.save.setVisible(self._attachment is not None)

    def _say_page(self) -> None:
        if self._info is None or self._info.kind != "pdf":
            return
        if self.pages.count > 1:
            self.said.setText(_("page {n} of {all}").format(n=self.pages.top_page + 1, all=self.pages.count))
        else:
            self.said.setText(ngettext("{n} page", "{n} pages", self.pages.count))

    def _text_toggled(self, on: bool) -> None:
        self._tools()
        if on:
            self._ask_text()
        else:
            self.stack.setCurrentWidget(self.pages)

    def _zoom_out(self) -> None:
        self.pages.zoom_out()

    def _zoom_in(self) -> None:
        self.pages.zoom_in()

    def _fit(self) -> None:
        self.pages.fit_width()

    def _turn(self) -> None:
        self.pages.turn()
