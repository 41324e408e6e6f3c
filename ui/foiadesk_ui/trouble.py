"""What went wrong, what is safe, what to do: a panel over the page for every error a person can do something about."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from foiadesk.records.errors import KnownError
from foiadesk_ui import icons, theme
from foiadesk_ui.announce import announce
from foiadesk_ui.i18n import _, error_parts, error_text
from foiadesk_ui.widgets import IconButton, LinkButton, SectionLabel, TextLabel


class TroublePanel(QWidget):
    """Shows one KnownError until it is closed or the next one comes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.setAccessibleName(_("What went wrong"))
        self._sign = QLabel(self)
        self._what = SectionLabel("", self, wrap=True)
        self._what.setContentsMargins(0, 0, 0, 0)
        self._what.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._rest = TextLabel("", self)
        self._copy = LinkButton(_("Copy"), self._put_on_clipboard, parent=self)
        self._close = IconButton("close", _("Close this message"), self.hide, parent=self)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._what)
        words.addWidget(self._rest)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.S4, theme.S2, theme.S2, theme.S2)
        row.setSpacing(theme.S2)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)
        theme.watch().changed.connect(self._dress)
        self._dress()
        self.hide()

    def show_error(self, error: KnownError) -> None:
        """Show the error's three sentences."""
        self._text = error_text(error)
        what, *others = error_parts(error)
        self._what.setText(what)
        rest = " ".join(filter(None, others))
        self._rest.setText(rest)
        self._rest.setVisible(bool(rest))
        self.show()
        announce(self, self._text)

    def text(self) -> str:
        """Return what is shown, "" when nothing is."""
        return self._text if not self.isHidden() else ""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A quiet ground with a line in the colour of what is late."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
        painter.fillRect(0, 0, 4, self.height(), theme.meaning("late"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.hairline())

    def _dress(self) -> None:
        self._sign.setPixmap(icons.pixmap("warning", theme.meaning("late"), theme.grown(20), self.devicePixelRatioF()))

    def _put_on_clipboard(self) -> None:
        QApplication.clipboard().setText(self._text)
