"""Shows any stored file without leaving the window: pages, pictures, mail and text, all parsed in the worker."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QKeySequence, QShortcut
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from foiadesk.records import Attachment
from foiadesk.records.errors import KnownError
from foiadesk.records.recall import damage
from foiadesk_ui import marker, theme
from foiadesk_ui.drag_out import DragOut
from foiadesk_ui.file_exits import FileExits
from foiadesk_ui.i18n import _, error_text, full_date, ngettext, said
from foiadesk_ui.least import PageStack
from foiadesk_ui.part_strip import PartStrip
from foiadesk_ui.preview_find import PreviewFind
from foiadesk_ui.preview_tools import PreviewTools
from foiadesk_ui.session import Session
from foiadesk_ui.stored_pages import Fetch, StoredPages
from foiadesk_ui.widgets import EmptyState, Hairline

if TYPE_CHECKING:
    from foiadesk.desk import Change, DocumentInfo, PageImage, ParsedMessage

PICTURE_PX = 2400
_WITHIN = Qt.ShortcutContext.WidgetWithChildrenShortcut


def message_text(message: "ParsedMessage") -> str:
    """Return a message as plain text: its headers in a reader's words, then the body."""
    lines = [
        (_("From"), message.sender),
        (_("To"), ", ".join(message.recipients)),
        (_("Date"), f"{full_date(message.date.date())} {message.date:%H:%M %Z}".strip() if message.date else ""),
        (_("Subject"), message.subject),
        (_("Damaged"), said(damage(message.damaged))),
    ]
    head = "\n".join(f"{label}: {value}" for label, value in lines if value)
    return f"{head}\n\n{message.body}"


class PreviewPane(QWidget):
    """A tool line and the file. ``show_attachment(None)`` empties it."""

    def __init__(
        self,
        session: Session,
        parent: QWidget | None = None,
        *,
        empty: str = "",
        also: QWidget | None = None,
        wide: bool = False,
    ) -> None:
        """Without a file, ``empty`` is said. also: one more button, the first. wide: tools on one line."""
        super().__init__(parent)
        self._session = session
        self._attachment: Attachment | None = None
        self._info: DocumentInfo | None = None
        self._question = 0
        self._page, self._words = 0, tuple[str, ...]()
        self.bar = PreviewTools(also, self, wide=wide)
        self.name, self.said, self.save = self.bar.name, self.bar.said, self.bar.save
        self.turn, self.in_, self.as_text, self.mark = self.bar.turn, self.bar.in_, self.bar.as_text, self.bar.mark
        self.exits = FileExits(session, self)
        DragOut(self.name, lambda: self._attachment, self.exits)
        self.strip = PartStrip(self._picked, self)
        self.empty = EmptyState(empty or _("Choose a file to see it here."), icon="documents", parent=self)
        self.pages = StoredPages(self)
        self.pages.page_changed.connect(lambda _number: self._say_page())
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.text.setStyleSheet("QPlainTextEdit { border: none; border-radius: 0; padding: 8px 12px; }")
        self.text.setAccessibleName(_("Text of the file"))
        self.finder = PreviewFind(session, self.pages, self.text, self)
        self.trouble = EmptyState("", _("Save a copy…"), self.ask_save, icon="warning", parent=self)
        self.stack = PageStack(self)
        for page in (self.empty, self.pages, self.text, self.trouble):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(Hairline(self))
        for panel in (self.exits.notice, self.exits.print_notice, self.finder.bar):
            column.addWidget(panel)
        column.addWidget(self.strip)
        column.addWidget(self.stack, 1)
        self._connect()
        self.show_attachment(None)

    def _connect(self) -> None:
        bar, pages = self.bar, self.pages
        for button, does in (
            (bar.out, pages.zoom_out), (bar.fit, pages.fit_width), (bar.in_, pages.zoom_in), (bar.turn, pages.turn),
            (bar.finder, self.finder.start), (bar.save, self.ask_save),
        ):  # fmt: skip
            button.clicked.connect(lambda _on=False, run=does: run())
        bar.as_text.toggled.connect(self._text_toggled)
        bar.mark.clicked.connect(self._mark)
        bar.open_action.triggered.connect(lambda _on=False: self._leave(self.exits.open_elsewhere))
        bar.print_action.triggered.connect(lambda _on=False: self.print())
        QShortcut(QKeySequence.StandardKey.Find, self, self.finder.start, context=_WITHIN)
        self._session.changed.connect(self._changed)

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
        self.finder.show_file(attachment)
        self.exits.forget()
        self.name.show_text(attachment.name if attachment else "")
        self._tools()
        self.bar.setVisible(attachment is not None)
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
        self._leave(self.exits.ask_save)

    def save_to(self, path: Path) -> None:
        """Save a decrypted copy; it says so when it is done."""
        self._leave(lambda file: self.exits.save_to(file, path))

    def print(self) -> None:
        """Print the file, once it was said what the print system keeps."""
        info = self._info
        if info is not None:
            self._leave(lambda file: self.exits.print(file, info))

    def _leave(self, way: Callable[[Attachment], object]) -> None:
        if self._attachment is not None:
            way(self._attachment)

    def _mark(self, on: bool) -> None:
        if self._attachment is not None:
            wanted = self._attachment.id
            self._session.act(self, lambda desk: desk.filing.set_privileged(wanted, on))

    def _changed(self, change: "Change") -> None:
        """Learn what became of the file that is shown: it stays where it is."""
        shown = self._attachment
        if shown is not None and shown.id in change.ids.get("attachment", ()):
            wanted = shown.id
            self._session.ask(
                self, lambda desk: desk.filing.document(wanted), self._learn, key="record", failed=lambda _error: None
            )

    def _learn(self, record: Attachment) -> None:
        if self._attachment is not None and self._attachment.id == record.id:
            self._attachment = record
            self._tools()

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
        self.finder.again()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, KnownError):
            self._cannot(error_text(error))
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
        self.bar.show_file(self._attachment, kind, read_only=self._session.desk.read_only)
        kept = self._attachment is not None and self._attachment.privileged
        self.trouble.button.setEnabled(not kept)

    def _say_page(self) -> None:
        if self._info is None or self._info.kind != "pdf":
            return
        if self.pages.count > 1:
            self.said.setText(_("page {n} of {all}").format(n=self.pages.top_page + 1, all=self.pages.count))
        else:
            self.said.setText(ngettext("{n} page", "{n} pages", self.pages.count))

    def _text_toggled(self, on: bool) -> None:
        self._tools()
        self.finder.again()
        if on:
            self._ask_text()
        else:
            self.stack.setCurrentWidget(self.pages)
