"""How a letter leaves the program: saved as PDF, printed, copied as text; each only when a person says so."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from foiadesk.desk import Desk
from foiadesk_ui import theme
from foiadesk_ui.i18n import _, ngettext, number_text
from foiadesk_ui.letter_files import file_name, write_private
from foiadesk_ui.letter_subject import Subject
from foiadesk_ui.print_notice import PrintNotice
from foiadesk_ui.session import Session

if TYPE_CHECKING:
    from foiadesk.letters.portals import PortalLimit


@dataclass(frozen=True, slots=True)
class Leaving:
    """A letter as it stands at this moment. A sent one leaves with its exact bytes, whatever ``values`` say."""

    subject: Subject
    values: dict[str, str]

    @property
    def title(self) -> str:
        """What the letter is called."""
        return self.subject.letter.title or self.subject.kind.title

    def pdf(self, desk: Desk) -> bytes:
        """Return the letter as PDF."""
        letter = self.subject.letter
        if self.subject.sent:
            return desk.letters.pdf(letter.id)
        return desk.letters.render(letter.kind, letter.request, self.values)[1]

    def word(self, desk: Desk) -> bytes:
        """Return the letter as a Word document; of a sent one, made anew from what it said."""
        letter = self.subject.letter
        return desk.letters.word(letter.kind, letter.request, self.values or letter.values)[1]

    def text(self, desk: Desk) -> str:
        """Return the letter as plain text; of a sent one, the text that was filed with it."""
        letter, went = self.subject.letter, self.subject.correspondence
        if self.subject.sent and went is not None and went.body:
            return went.body
        return desk.letters.text(letter.kind, letter.request, self.values)


def length_words(text: str, limit: "PortalLimit | None") -> str:
    """Say how long a letter's text is, beside what the office's portal takes where that is known."""
    from foiadesk.letters.portals import sent_length

    count = sent_length(text)
    if limit is None:
        return ngettext("{n} character", "{n} characters", count)
    words = _("{n} of {limit} characters").format(n=number_text(count), limit=number_text(limit.limit))
    return f"{words}: {_('too long')}" if count > limit.limit else words


class LetterExits(PrintNotice):
    """The exits, and the panel that says once what printing leaves behind. ``done`` says what happened."""

    done = Signal(str)
    left = Signal(str)  # how it left: saved or printed

    def __init__(self, session: Session, leaving: Callable[[], Leaving | None], parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setContentsMargins(0, 0, theme.S6, 0)
        self._leaving = leaving

    def save_pdf(self) -> None:
        """Ask where to, and write the letter's PDF there."""
        leaving = self._leaving()
        if leaving is None:
            return
        name = file_name(leaving.subject.request.office.short, leaving.subject.request.title)
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save the letter as PDF"), name, _("PDF (*.pdf)"))
        if chosen:
            path = Path(chosen)
            self.save_pdf_to(path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf"))

    def save_word(self) -> None:
        """Ask where to, and write the letter as a Word document there."""
        leaving = self._leaving()
        if leaving is None:
            return
        name = file_name(leaving.subject.request.office.short, leaving.subject.request.title)
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save the letter for Word"), f"{name.removesuffix('.pdf')}.docx", _("Word (*.docx)")
        )
        if chosen:
            path = Path(chosen)
            self.save_word_to(path if path.suffix.lower() == ".docx" else path.with_name(f"{path.name}.docx"))

    def save_word_to(self, path: Path) -> None:
        """Write the letter as a Word document."""
        leaving = self._leaving()
        if leaving is None:
            return

        def saved(_nothing: None) -> None:
            self.left.emit("saved")
            self.done.emit(_("Saved as {name}").format(name=path.name))

        self._session.ask(self, lambda desk: write_private(path, leaving.word(desk)), saved, key="word")

    def save_pdf_to(self, path: Path) -> None:
        """Write the letter's PDF; a draft with what is typed at this moment."""
        leaving = self._leaving()
        if leaving is None:
            return

        def saved(_nothing: None) -> None:
            self.left.emit("saved")
            self.done.emit(_("Saved as {name}").format(name=path.name))

        self._session.ask(self, lambda desk: write_private(path, leaving.pdf(desk)), saved, key="pdf")

    def copy_text(self) -> None:
        """Put the letter on the clipboard as plain text, for a portal's form."""
        leaving = self._leaving()
        if leaving is not None:
            self._session.ask(self, leaving.text, self._copied, key="copy")

    def _copied(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        leaving = self._leaving()
        words = _("Copied. Paste it into the portal.")
        if leaving is not None and leaving.subject.limit is not None:
            words = f"{_('Copied.')} {length_words(text, leaving.subject.limit)}"
        self.done.emit(words)

    def print_shown(self) -> None:
        """Print the letter; the first time, say first that the print system keeps a copy."""
        if self._leaving() is not None:
            self.before(self._print)

    def _print(self) -> None:
        from foiadesk_ui.printing import print_letter

        leaving = self._leaving()  # with what was typed until now
        if leaving is None:
            return

        def go(page: str) -> None:
            self.left.emit("printed")
            print_letter(self._session, self.window(), leaving.pdf, title=leaving.title, page=page)

        self._session.ask(self, lambda desk: desk.settings.get().page, go, key="paper")
