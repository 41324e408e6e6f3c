"""The small panel of the Templates page: the name of a new letter, or what to do with one that is brought in."""

import re
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _
from foiadesk_ui.widgets import Hairline, LinkButton, TextLabel, plain_button


def name_for(title: str, taken: frozenset[str]) -> str:
    """Return a name for a letter with this title that no other has: small letters, digits and “_”."""
    plain = re.sub(r"[^a-z0-9]+", "_", title.casefold()).strip("_")[:50]
    plain = plain if re.match(r"[a-z]", plain) else f"letter_{plain}".rstrip("_")
    name, again = plain, 1
    while name in taken:
        again += 1
        name = f"{plain}_{again}"
    return name


class TemplatePanel(QWidget):
    """Hidden until it asks. Escape puts it away; ``closed`` gives the keyboard back."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titled: Callable[[str], None] | None = None
        self._instead: Callable[[], None] | None = None
        self.words = TextLabel("", self)
        self.title = QLineEdit(self)
        self.title.setAccessibleName(_("Title of the new letter"))
        self.title.setMaxLength(120)
        self.title.returnPressed.connect(self._take)
        self.title.textChanged.connect(lambda _text: self._allow())
        self.add = plain_button(_("Add"), self._take, icon="plus", parent=self)
        self.replace = plain_button(_("Replace"), self._replace, parent=self)
        self.cancel = LinkButton(_("Cancel"), self.put_away, parent=self)
        row = Flow()
        row.setSpacing(theme.S2)
        row.addWidget(self.title, 1)
        for button in (self.add, self.replace, self.cancel):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S2, 0, theme.S2)
        column.setSpacing(theme.S2)
        column.addWidget(self.words)
        column.addLayout(row)
        column.addWidget(Hairline(self))
        self.hide()

    def ask_title(self, words: str, title: str, titled: Callable[[str], None]) -> None:
        """Ask what a new letter is called."""
        self._show(words, title, titled, None)

    def ask_replace(self, words: str, title: str, titled: Callable[[str], None], instead: Callable[[], None]) -> None:
        """Ask whether a letter brought in takes the place of one, or is added under a title of its own."""
        self._show(words, title, titled, instead)

    def put_away(self) -> None:
        """Ask no longer."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape cancels."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    def _show(self, words: str, title: str, titled: Callable[[str], None], instead: Callable[[], None] | None) -> None:
        self._titled, self._instead = titled, instead
        self.words.setText(words)
        self.title.setText(title)
        self.replace.setVisible(instead is not None)
        self._allow()
        self.show()
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)
        self.title.selectAll()

    def _allow(self) -> None:
        self.add.setEnabled(bool(self.title.text().strip()))

    def _take(self) -> None:
        titled, title = self._titled, " ".join(self.title.text().split())
        if titled is not None and title:
            self.put_away()
            titled(title)

    def _replace(self) -> None:
        instead = self._instead
        if instead is not None:
            self.put_away()
            instead()
