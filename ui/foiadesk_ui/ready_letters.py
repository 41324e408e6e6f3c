"""Every letter that is ready, printed or saved in one go: looked for when asked, with what is left out and why."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from foiadesk.desk import Desk
from foiadesk.records.progress import Progress
from foiadesk_ui import theme
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, ngettext, words_of
from foiadesk_ui.letter_files import write_private
from foiadesk_ui.print_notice import PrintNotice
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import LinkButton, SecondaryLabel, TextLabel, plain_button

if TYPE_CHECKING:
    from foiadesk.desk.ready import ReadyDraft

NAMED = 5  # drafts left out that are told by name


class ReadyLetters(QWidget):
    """A link; once it was pressed, how many letters are ready and what can be done with them."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._ready: tuple[ReadyDraft, ...] = ()
        self.link = LinkButton(_("Letters that are ready…"), self.look, icon="print", parent=self)
        self.link.setToolTip(_("Print or save every draft without blanks in one go"))
        self.panel = QWidget(self)
        self.words = TextLabel("", self.panel)
        self.left_out = SecondaryLabel("", self.panel, wrap=True)
        self.print = plain_button(_("Print all…"), self._print, icon="print", parent=self.panel)
        self.save = plain_button(_("Save all…"), self._choose, icon="save", parent=self.panel)
        self.close_link = LinkButton(_("Close"), self.shut, parent=self.panel)
        self.notice = PrintNotice(session, self.panel)
        row = Flow()
        row.setSpacing(theme.S2)
        for button in (self.print, self.save, self.close_link):
            row.addWidget(button)
        row.addStretch(1)
        inside = QVBoxLayout(self.panel)
        inside.setContentsMargins(0, theme.S2, 0, theme.S4)
        inside.setSpacing(theme.S2)
        inside.addWidget(self.words)
        inside.addWidget(self.left_out)
        inside.addLayout(row)
        inside.addWidget(self.notice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S1, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.panel)
        self.panel.hide()

    def shut(self) -> None:
        """Hide the panel."""
        self.panel.hide()
        self.link.setFocus(Qt.FocusReason.OtherFocusReason)

    def look(self) -> None:
        """Compose every draft and show which are ready."""

        def compose(desk: Desk, progress: Progress) -> "tuple[ReadyDraft, ...]":
            return desk.letters.ready(progress)

        self._session.long(self, _("Looking at drafts"), compose, self._show)

    def _show(self, found: "tuple[ReadyDraft, ...]") -> None:
        self._ready = tuple(one for one in found if one.ready)
        waiting = [one for one in found if not one.ready]
        count = len(self._ready)
        ready = ngettext("{n} letter is ready.", "{n} letters are ready.", count)
        self.words.setText(ready if count else _("No letter is ready to go out."))
        self.left_out.setVisible(bool(waiting))
        if waiting:
            named = "; ".join(
                f"{one.office}, {words_of(one.title)}: {words_of(one.trouble) or ', '.join(map(words_of, one.blanks))}"
                for one in waiting[:NAMED]
            )
            more = ngettext("and {n} more", "and {n} more", len(waiting) - NAMED) if len(waiting) > NAMED else ""
            self.left_out.setText(
                _("Left out, still blank: {drafts}.").format(drafts=" ".join(part for part in (named, more) if part))
            )
        for button in (self.print, self.save):
            button.setVisible(count > 0)
        self.notice.hide()
        self.panel.show()
        (self.print if count else self.close_link).setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("Save the letters in this folder"))
        if name:
            self.save_to(Path(name))

    def save_to(self, folder: Path) -> None:
        """Write every ready letter there, each a file of its own; one of the same name is replaced."""
        chosen = self._ready

        def write(desk: Desk, progress: Progress) -> int:
            done = 0
            for _draft, name, pdf in desk.letters.ready_pdfs(chosen, progress):
                write_private(folder / name, pdf)
                done += 1
            return done

        def saved(count: int) -> None:
            self.shut()
            words = ngettext("Saved {n} letter in {folder}.", "Saved {n} letters in {folder}.", count)
            self._session.told.emit(words.replace("{folder}", folder.name))

        self._session.long(self, _("Saving letters"), write, saved)

    def _print(self) -> None:
        self.notice.before(self._print_now)

    def _print_now(self) -> None:
        from foiadesk_ui.printing import print_letter

        chosen = self._ready

        def read(desk: Desk) -> tuple[bytes, ...]:
            return tuple(pdf for _draft, _name, pdf in desk.letters.ready_pdfs(chosen))

        def go(page: str) -> None:
            title = ngettext("{n} letter", "{n} letters", len(chosen))
            print_letter(self._session, self.window(), read, title=title, page=page)

        self._session.ask(self, lambda desk: desk.settings.get().page, go, key="paper")
