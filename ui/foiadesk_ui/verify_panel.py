"""Is everything whole? Every row and file read, each fault named, and repaired from a backup."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.announce import announce
from foiadesk_ui.backup_words import faults_words, kind_words
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, ngettext, number_text, words_of
from foiadesk_ui.records_table import Column, RecordsTable
from foiadesk_ui.recovery import recovery_sheet
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import MeaningLabel, SecondaryLabel, TextLabel, plain_button

if TYPE_CHECKING:
    from collections.abc import Callable

    from foiadesk.desk import Desk, Fault, Verified
    from foiadesk.records.progress import Progress

SHOWN = 6  # rows before the table scrolls


class VerifyPanel(QWidget):
    """Verifies beside everything else; the result stays until the next."""

    ended = Signal()  # a result shows

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._found: Verified | None = None
        self.about = SecondaryLabel(
            _("Reads every row and decrypts every stored file. You can go on working meanwhile."), self, wrap=True
        )
        self.verify_button = plain_button(_("Verify the desk"), self.verify, icon="tick", parent=self)
        self.repair_button = plain_button(_("Repair from backup"), self._repair, icon="restore", parent=self)
        self.save_sheet = plain_button(_("Save the recovery sheet…"), self._save_sheet, icon="save", parent=self)
        self.print_sheet = plain_button(_("Print the recovery sheet…"), self._print_sheet, icon="print", parent=self)
        self.result = MeaningLabel("", "", self)
        self.more = TextLabel("", self)
        self.table: RecordsTable[Fault] = RecordsTable(
            (
                Column(_("Fault"), kind_words, 140, meaning=lambda _one: "late"),
                Column(_("What it is"), _what, tip=_sentence, below=_sentence),
            ),
            lambda one: one.sentence,
            self,
            name=_("What does not verify"),
        )
        self._lay_out()

    def _lay_out(self) -> None:
        buttons = QWidget(self)
        flow = Flow(buttons, gap=theme.S2)
        for part in (self.verify_button, self.save_sheet, self.print_sheet):
            flow.addWidget(part)
        row = Flow()
        row.setSpacing(theme.S2)
        row.addWidget(self.repair_button)
        row.addStretch(1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.S2)
        lines.addWidget(self.about)
        lines.addWidget(buttons)
        lines.addWidget(self.result)
        lines.addWidget(self.table)
        lines.addWidget(self.more)
        lines.addLayout(row)
        hidden: tuple[QWidget, ...] = (self.result, self.table, self.more, self.repair_button)
        for widget in hidden:
            widget.hide()

    def verify(self) -> None:
        """Verify everything."""
        self._start(_("Verify"), lambda desk, progress: desk.safety.verify(progress))

    def _start(self, title: str, work: "Callable[[Desk, Progress], Verified]") -> None:
        if not self.verify_button.isEnabled():
            return
        self.verify_button.setEnabled(False)
        self.repair_button.setEnabled(False)
        self.result.show_meaning("waiting", _("Reading every row and file…"))
        self.result.show()

        def failed(error: Exception) -> None:
            self._stopped()
            self._session.report(error)

        self._session.long(self, title, work, self.show_result, failed=failed, cancelled=self._stopped)

    def _stopped(self) -> None:
        self.verify_button.setEnabled(True)
        self.repair_button.setEnabled(not self._session.desk.read_only)
        self.result.hide()

    def _repair(self) -> None:
        found = self._found
        if found is not None:
            self._start(_("Repair"), lambda desk, progress: desk.safety.repair(found, progress))

    def show_result(self, found: "Verified") -> None:
        """Show what was found, and what was repaired."""
        self._found = found
        self._stopped()
        words = faults_words(len(found.faults)) if found.faults else _("Everything verifies.")
        if not found.faults:
            words += " " + ngettext("{n} file was decrypted and is right.", "{n} files were decrypted and are right.",
                                    found.files)  # fmt: skip
        self.result.show_meaning("late" if found.faults else "done", words)
        self.result.show()
        self.table.set_records(found.faults)
        self.table.show_rows(min(len(found.faults), SHOWN))
        self.table.setVisible(bool(found.faults))
        self.repair_button.setVisible(any(fault.kind not in {"rows", "extra"} for fault in found.faults))
        said = []
        if found.repaired:
            said.append(ngettext("{n} thing was repaired.", "{n} things were repaired.", len(found.repaired)))
        if found.set_aside:
            said.append(
                _("What lay in their place is kept in the folder “set-aside” of the desk: {n}.").format(
                    n=number_text(len(found.set_aside))
                )
            )
        if found.repaired and found.faults:
            said.append(_("For the rest no good copy was found: connect another backup place and repair again."))
        if any(fault.kind == "rows" for fault in found.faults):
            said.append(_("Damaged rows cannot be repaired in place: restore the newest backup to a new folder."))
        self.more.setText(" ".join(said))
        self.more.setVisible(bool(said))
        announce(self, words)
        self.ended.emit()

    def _save_sheet(self) -> None:
        suggested = str(Path.home() / "FOIADesk recovery sheet.pdf")
        target, _kind = QFileDialog.getSaveFileName(self, _("Save the recovery sheet"), suggested, "PDF (*.pdf)")
        if target:
            from foiadesk_ui.save_file import write_out

            def save(data: bytes) -> None:
                write_out(self._session, self, Path(target), data)

            self._session.ask(self, recovery_sheet, save, key="sheet")

    def _print_sheet(self) -> None:
        self._session.ask(self, lambda desk: desk.settings.get().page, partial(self._print), key="paper")

    def _print(self, page: str) -> None:
        from foiadesk_ui.printing import print_letter

        print_letter(self._session, self, recovery_sheet, title=_("Recovery sheet"), page=page)


def _what(fault: "Fault") -> str:
    return ", ".join(name for _number, name in fault.documents) or {
        "rows": _("The database"),
        "answer": _("A due date or stage"),
        "extra": _("A file without a row"),
    }.get(fault.kind, _("A stored file"))


def _sentence(one: "Fault") -> str:
    return words_of(one.sentence)
