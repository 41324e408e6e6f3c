"""A whole desk out of a backup: to which folder, with which passphrase; checked, and never over anything."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.announce import announce
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, error_text, number_text
from foiadesk_ui.long_jobs import LongJobs
from foiadesk_ui.passphrase_field import PassphraseField
from foiadesk_ui.widgets import LinkButton, MeaningLabel, SecondaryLabel, plain_button

if TYPE_CHECKING:
    from foiadesk.desk.restoring import Restored


WIDE = 480  # px of a field


class RestorePanel(QWidget):
    """Asks for a folder and a passphrase, then works beside everything else."""

    restored = Signal(object)  # Path: where the new desk lies
    left = Signal()

    def __init__(self, jobs: LongJobs, report: Callable[[Exception], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._report = report
        self._backup = Path()
        self.about = SecondaryLabel("", self, wrap=True)
        self.folder = QLineEdit(self)
        self.folder.setAccessibleName(_("New folder"))
        self.folder.setPlaceholderText(_("A new or empty folder"))
        self.choose = plain_button(_("Choose…"), self._choose, icon="folder", parent=self)
        self.choose.setAccessibleName(_("Choose the new folder"))
        self.passphrase = PassphraseField(_("Passphrase of the backup"), self)
        self.passphrase.setPlaceholderText(_("Passphrase the desk had then"))
        self.go = plain_button(_("Restore"), self._go, icon="restore", parent=self)
        self.leave = LinkButton(_("Cancel"), self._leave, parent=self)
        self.said = MeaningLabel("", "", self)
        self.why = QLabel("", self)
        self.why.setTextFormat(Qt.TextFormat.PlainText)
        self.why.setWordWrap(True)
        for field in (self.folder, self.passphrase):
            field.setMaximumWidth(theme.grown(WIDE))
        self._lay_out()
        self.folder.textChanged.connect(lambda _text: self._fit())
        self.passphrase.textChanged.connect(lambda _text: self._fit())
        self.passphrase.returnPressed.connect(self._go)

    def _lay_out(self) -> None:
        where = Flow()
        where.setSpacing(theme.S2)
        where.addWidget(self.folder, 4)
        where.addWidget(self.choose)
        where.addStretch(1)
        row = Flow()
        row.setSpacing(theme.S2)
        row.addWidget(self.passphrase, 4)
        row.addWidget(self.go)
        row.addWidget(self.leave)
        row.addStretch(1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, theme.S2, 0, 0)
        lines.setSpacing(theme.S2)
        lines.addWidget(self.about)
        lines.addLayout(where)
        lines.addLayout(row)
        lines.addWidget(self.said)
        lines.addWidget(self.why)

    def start(self, backup: Path, about: str) -> None:
        """Ask for what is needed to restore a backup. about: what is said above."""
        self._backup = backup
        self.about.setText(about)
        self._say("", "")
        self._fit()
        self.show()
        self.folder.setFocus()

    def aim(self, backup: Path) -> None:
        """Mean another backup."""
        self._backup = backup
        self._fit()

    def _leave(self) -> None:
        self.hide()
        self.left.emit()

    def _say(self, meaning: str, words: str) -> None:
        self.said.setVisible(bool(meaning))
        self.why.setVisible(bool(words))
        heads = {"done": _("Restored and checked."), "late": _("Not restored.")}
        if meaning:
            self.said.show_meaning(meaning, heads[meaning])
        self.why.setText(words)
        if words:
            announce(self.why, words)

    def _fit(self) -> None:
        self.go.setEnabled(bool(self._backup.name and self.folder.text().strip() and self.passphrase.text()))

    def _choose(self) -> None:
        found = QFileDialog.getExistingDirectory(self, _("A new or empty folder"), str(Path.home()))
        if found:
            self.folder.setText(found)

    def _go(self) -> None:
        target, backup = Path(self.folder.text().strip()).expanduser(), self._backup
        if not self.go.isEnabled():
            return
        passphrase = self.passphrase.take()
        self.go.setEnabled(False)
        self._say("", "")

        def failed(error: Exception) -> None:
            from foiadesk.records.errors import KnownError

            self._fit()
            if isinstance(error, KnownError):
                self._say("late", error_text(error))
            else:
                self._report(error)

        from foiadesk.desk import restoring

        self._jobs.start(
            self,
            _("Restore"),
            lambda progress: restoring.restore(backup, passphrase, target, progress),
            self._done,
            failed,
            self._fit,
        )

    def _done(self, restored: "Restored") -> None:
        self.folder.clear()
        words = _("{files} files lie in {folder}. To look at it, lock this desk and choose “Open another desk”.")
        self._say("done", words.format(files=number_text(restored.files), folder=restored.folder))
        self.restored.emit(restored.folder)
