"""Said on Today when no backup is a week old, and kindly when there was never one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.i18n import _, said
from foiadesk_ui.widgets import IconButton, LinkButton, MeaningLabel, SecondaryLabel

if TYPE_CHECKING:
    from foiadesk.desk import BackupAlarm


class BackupNotice(QWidget):
    """One line and what to do about it. Closing it is for this session."""

    wanted = Signal(bool)  # go to the backups; True: there was never one

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._closed = False
        self._never = False
        self.head = MeaningLabel("soon", "", self, bold=True)
        self.deed = LinkButton("", lambda: self.wanted.emit(self._never), parent=self)
        self.dismiss = IconButton("close", _("Close this notice"), self._dismiss, parent=self)
        self.detail = SecondaryLabel("", self, wrap=True)
        self.detail.setContentsMargins(22, 0, 0, 0)
        top = QHBoxLayout()
        top.setSpacing(theme.S2)
        top.addWidget(self.head)
        top.addWidget(self.deed)
        top.addStretch(1)
        top.addWidget(self.dismiss)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, theme.S2, 0, 0)
        box.setSpacing(0)
        box.addLayout(top)
        box.addWidget(self.detail)
        self.hide()

    def show_alarm(self, alarm: "BackupAlarm | None") -> None:
        """Show the notice, unless all is well or it was closed."""
        self.setVisible(alarm is not None and not self._closed)
        if alarm is not None:
            self._never = alarm.never
            self.head.show_meaning("info" if alarm.never else "late", said(alarm.sentence))
            self.detail.setText(said(alarm.detail))
            self.deed.setText(_("Make one…") if alarm.never else _("Back up…"))

    def _dismiss(self) -> None:
        self._closed = True
        self.hide()
