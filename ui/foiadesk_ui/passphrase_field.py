"""A field for a passphrase: hidden until asked, never in an undo list, a menu or an input method's memory."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from foiadesk_ui import icons, line_icons, theme
from foiadesk_ui.i18n import _

LONGEST = 1024


class PassphraseField(QLineEdit):
    """Shows dots; the eye at its end shows the words while it is on."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(label)
        self.setMaxLength(LONGEST)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._eye = self.addAction(icons.icon("eye", self), QLineEdit.ActionPosition.TrailingPosition)
        self._eye.setCheckable(True)
        self._eye.setToolTip(_("Show the passphrase"))
        self._eye.toggled.connect(self._show_words)
        for button in self.findChildren(QToolButton):  # Qt's own buttons inside a line leave the keyboard out
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(_("Show the passphrase"))
        line_icons.grow(self)
        theme.watch().changed.connect(self._dress)

    def _dress(self) -> None:
        shown = self.echoMode() == QLineEdit.EchoMode.Normal
        self._eye.setIcon(icons.icon("eye-off" if shown else "eye", self))

    def _show_words(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        if shown:  # Qt sets the hints of a hidden field by itself, and drops them with the dots
            hints = Qt.InputMethodHint
            self.setInputMethodHints(hints.ImhNoPredictiveText | hints.ImhSensitiveData | hints.ImhNoAutoUppercase)
        self._dress()
        self._eye.setToolTip(_("Hide the passphrase") if shown else _("Show the passphrase"))

    def take(self) -> str:
        """Return the passphrase and empty the field."""
        text = self.text()
        self.clear()
        return text
