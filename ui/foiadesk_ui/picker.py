"""A modal list to choose from: a line to filter by, whose arrows move in the list below, and two buttons."""

from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QDialog, QLabel, QLayout, QLineEdit, QVBoxLayout, QWidget

from foiadesk_ui import line_icons, theme
from foiadesk_ui.flow import Flow
from foiadesk_ui.help_key import offer_help
from foiadesk_ui.i18n import _
from foiadesk_ui.widgets import PrimaryButton, plain_button

_MOVES = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class Picker(QDialog):
    """The dialog without its list: whoever derives from it makes one, sets it in place with ``put`` and takes."""

    topic: ClassVar[str] = "first-steps"  # of the help that F1 shows

    def __init__(self, title: str, hint: str, name: str, choose: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        offer_help(self, self.topic)
        self._label = QLabel(title, self)
        self._label.setFont(theme.section_font())
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText(hint)
        self.filter.setAccessibleName(name)
        line_icons.clearable(self.filter)
        self.filter.installEventFilter(self)
        self._label.setBuddy(self.filter)
        self._moved: QAbstractItemView | None = None
        self.cancel = plain_button(_("Cancel"), self.reject, parent=self)
        self.choose = PrimaryButton(choose, self.take, parent=self)
        self.choose.setDefault(True)

    def put(self, moved: QAbstractItemView, middle: QWidget | QLayout) -> None:
        """Lay out the dialog around what stands between filter and buttons; moved: the list in it."""
        self._moved = moved
        foot = Flow()
        foot.setSpacing(theme.S2)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S4, theme.S4, theme.S4, theme.S4)
        column.setSpacing(theme.S2)
        column.addWidget(self._label)
        column.addWidget(self.filter)
        if isinstance(middle, QLayout):
            column.addLayout(middle, 1)
        else:
            column.addWidget(middle, 1)
        column.addLayout(foot)
        self.setTabOrder(self.filter, moved)
        self.setTabOrder(moved, self.cancel)
        self.setTabOrder(self.cancel, self.choose)

    def take(self) -> None:
        """Take what is selected."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows move in the list while the filter has the keyboard."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _MOVES:
            if self._moved is not None:
                self._moved.keyPressEvent(event)
            return True
        return False
