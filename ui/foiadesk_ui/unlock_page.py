"""The unlock page: on the screen before any desk code is loaded."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from foiadesk_ui import icons, theme
from foiadesk_ui.announce import announce
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, error_text
from foiadesk_ui.parts import LinkButton, PrimaryButton, SecondaryLabel, TextLabel, TitleLabel
from foiadesk_ui.passphrase_field import PassphraseField
from foiadesk_ui.repolish import ink
from foiadesk_ui.shortcuts import Shortcut

if TYPE_CHECKING:
    from foiadesk.records.errors import KnownError

WIDE = 380


class UnlockPage(QWidget):
    """Asks for the passphrase of one desk. ``unlock`` carries it once; the field is emptied at that moment."""

    unlock = Signal(str)
    other = Signal()
    new = Signal()
    restore = Signal()
    help = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = QLabel(self)
        self._sign.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.title = TitleLabel(_("Unlock your desk"), self)
        self.title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.where = SecondaryLabel("", self, wrap=True)
        self.where.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.field = PassphraseField(_("Passphrase"), self)
        self.field.setPlaceholderText(_("Passphrase"))
        self.field.returnPressed.connect(self._go)
        self.button = PrimaryButton(_("Unlock"), self._go, parent=self)
        self.button.setDefault(True)
        self.message = TextLabel("", self)
        self.message.setVisible(False)
        self._other = LinkButton(_("Open another desk…"), self.other.emit, parent=self)
        self._new = LinkButton(_("Make a new desk…"), self.new.emit, parent=self)
        self._restore = LinkButton(_("Restore a backup…"), self.restore.emit, parent=self)
        words = _("Help ({keys})").format(keys=Shortcut.HELP.text)
        self._help = LinkButton(words, self.help.emit, parent=self)
        self._lay_out()
        theme.watch().changed.connect(self._dress)
        self._dress()

    def _lay_out(self) -> None:
        links = Flow()
        links.addStretch(1)
        links.addWidget(self._other)
        links.addWidget(self._new)
        links.addWidget(self._restore)
        links.addWidget(self._help)
        links.addStretch(1)
        middle = QWidget(self)
        middle.setMaximumWidth(max(WIDE, 25 * self.fontMetrics().height()))
        lines = QVBoxLayout(middle)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.S2)
        lines.addWidget(self._sign)
        lines.addSpacing(theme.S2)
        lines.addWidget(self.title)
        lines.addWidget(self.where)
        lines.addSpacing(theme.S4)
        lines.addWidget(self.field)
        lines.addWidget(self.button)
        lines.addWidget(self.message)
        page = QVBoxLayout(self)
        page.setContentsMargins(theme.S6, theme.S6, theme.S6, theme.S4)
        page.addStretch(2)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(middle, 8)
        row.addStretch(1)
        page.addLayout(row)
        page.addStretch(3)
        page.addLayout(links)

    def show_desk(self, folder: Path) -> None:
        """Say which desk it is."""
        self.where.setText(str(folder))
        self.message.setVisible(False)
        self.field.setFocus()

    def set_busy(self, busy: bool) -> None:
        """Wait while the key is derived; keys typed meanwhile go nowhere."""
        self.field.setEnabled(not busy)
        self.button.setEnabled(not busy)
        self.button.setText(_("Unlocking…") if busy else _("Unlock"))
        if busy:
            self.message.setVisible(False)

    def show_error(self, error: "KnownError") -> None:
        """Say why the desk did not open, and give the field the keyboard."""
        self.set_busy(False)
        self.message.setText(error_text(error))
        self.message.setVisible(True)
        announce(self.message, error_text(error))
        self.field.setFocus()

    def _go(self) -> None:
        if self.field.isEnabled():
            self.unlock.emit(self.field.take())

    def _dress(self) -> None:
        self._sign.setPixmap(
            icons.pixmap("foiadesk", self.palette().color(QPalette.ColorRole.Text), 56, self.devicePixelRatioF())
        )
        palette = QPalette(theme.app_palette())
        palette.setColor(QPalette.ColorRole.WindowText, theme.meaning("late"))
        ink(self.message, palette)
