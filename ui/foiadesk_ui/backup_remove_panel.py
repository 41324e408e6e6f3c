"""The question before a backup is removed for good, as after a purge or with an old passphrase."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, ngettext
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import LinkButton, MeaningLabel, SecondaryLabel, plain_button

if TYPE_CHECKING:
    from foiadesk.desk import BackupCopy


class BackupRemovePanel(QWidget):
    """Hidden until ``ask``."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._copy: BackupCopy | None = None
        self.head = MeaningLabel("warning", "", self, bold=True)
        self.about = SecondaryLabel("", self, wrap=True)
        self.go = plain_button(_("Remove it for good"), self._go, icon="trash", parent=self)
        self.cancel = LinkButton(_("Cancel"), self.hide, parent=self)
        row = Flow()
        row.setSpacing(theme.S2)
        row.addWidget(self.go)
        row.addWidget(self.cancel)
        row.addStretch(1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, theme.S2, 0, 0)
        lines.setSpacing(theme.S2)
        lines.addWidget(self.head)
        lines.addWidget(self.about)
        lines.addLayout(row)
        self.hide()

    def ask(self, copy: "BackupCopy", made: str, left: int) -> None:
        """Say what would go. made: when it was made, in words; left: how many backups the place holds besides."""
        self._copy = copy
        self.head.show_meaning("warning", _("Remove the backup {made}?").format(made=made))
        rest = ngettext("{n} other backup stays here.", "{n} other backups stay here.", left)
        if left == 0:
            rest = _("It is the only one here.")
        self.about.setText(_("Files that no other backup here needs go with it. This cannot be undone.") + " " + rest)
        self.show()
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self) -> None:
        copy = self._copy
        self.hide()
        if copy is not None:
            self._session.jobs.act(
                self,
                partial(self._session.desk.backups.remove, (copy,)),
                lambda _number: self._session.told.emit(_("The backup was removed.")),
                self._session.report,
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape removes nothing."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
