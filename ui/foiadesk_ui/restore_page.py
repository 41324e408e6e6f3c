"""Before any desk is open: a desk out of a backup, on a new computer say."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _
from foiadesk_ui.job_bar import JobBar
from foiadesk_ui.long_jobs import LongJobs
from foiadesk_ui.restore_panel import WIDE, RestorePanel
from foiadesk_ui.widgets import TitleLabel, plain_button


class RestorePage(QWidget):
    """Where the backup lies, where the desk is to lie, and the passphrase."""

    restored = Signal(object)  # Path: where the new desk lies
    left = Signal()

    def __init__(self, report: Callable[[Exception], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.jobs = LongJobs(self)
        self.title = TitleLabel(_("Restore a backup"), self)
        self.backup = QLineEdit(self)
        self.backup.setAccessibleName(_("Folder of the backups"))
        self.backup.setPlaceholderText(_("The folder of the backups, on a USB stick say"))
        self.backup.setMaximumWidth(theme.grown(WIDE))
        self.choose = plain_button(_("Choose…"), self._choose, icon="folder", parent=self)
        self.choose.setAccessibleName(_("Choose the folder of the backups"))
        self.panel = RestorePanel(self.jobs, report, self)
        self.panel.restored.connect(self.restored)
        self.panel.left.connect(self.left)
        self.bar = JobBar(self.jobs, self)
        self.backup.textChanged.connect(lambda text: self.panel.aim(Path(text.strip()).expanduser()))
        row = Flow()
        row.setSpacing(theme.S2)
        row.addWidget(self.backup, 4)
        row.addWidget(self.choose)
        row.addStretch(1)
        lines = QVBoxLayout()
        lines.setContentsMargins(theme.S6, theme.S6, theme.S6, theme.S6)
        lines.setSpacing(theme.S2)
        lines.addWidget(self.title)
        lines.addLayout(row)
        lines.addWidget(self.panel)
        lines.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addLayout(lines, 1)
        page.addWidget(self.bar)

    def start(self) -> None:
        """Begin anew."""
        self.panel.start(
            Path(self.backup.text().strip()).expanduser(),
            _("The newest backup there becomes a desk in a new folder. Every file is checked on the way."),
        )
        self.backup.setFocus()

    def stop(self) -> None:
        """Stop what runs: nothing half done is left."""
        self.jobs.stop()

    def _choose(self) -> None:
        found = QFileDialog.getExistingDirectory(self, _("The folder of the backups"), str(Path.home()))
        if found:
            self.backup.setText(found)
