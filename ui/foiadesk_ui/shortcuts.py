"""Every shortcut of the window in one list: what runs it and what it does."""

from enum import Enum

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.i18n import _


class Shortcut(Enum):
    """Key sequence and what it does (English; shown through gettext)."""

    FIND = ("Ctrl+K", "Find anything, or an action")
    SEARCH = ("Ctrl+Shift+F", "Search everything, with filters and saved searches")
    NEW_REQUEST = ("Ctrl+N", "New request")
    UNDO = ("Ctrl+Z", "Undo the last action; in a text field, the last typing")
    REDO = ("Ctrl+Shift+Z", "Redo")
    LOCK = ("Ctrl+L", "Lock the desk")
    LOG = ("Ctrl+E", "Log what happened to the request")
    FILE = ("Ctrl+O", "File correspondence")
    PRINT = ("Ctrl+P", "Print what is shown")
    SAVE_PDF = ("Ctrl+S", "Save the letter as PDF")
    FIND_HERE = ("Ctrl+F", "Find in the letter’s form")
    REPLACE_HERE = ("Ctrl+H", "Find and replace in the letter’s form")
    BACK = ("Alt+Left", "Back to the page before")
    TODAY = ("Ctrl+1", "Today")
    REQUESTS = ("Ctrl+2", "Requests")
    IN_TRAY = ("Ctrl+3", "In-tray")
    DEADLINES = ("Ctrl+4", "Deadlines")
    DOCUMENTS = ("Ctrl+5", "Documents")
    AGENCIES = ("Ctrl+6", "Agencies")
    REQUESTERS = ("Ctrl+7", "Who asks")
    EXHAUSTION = ("Ctrl+8", "May I sue?")
    CAMPAIGNS = ("Ctrl+9", "Campaigns")
    TRASH = ("Ctrl+0", "Trash")
    SETTINGS = ("Ctrl+,", "Settings")
    KEYS = ("F1", "This list")
    QUIT = ("Ctrl+Q", "Close FOIADesk")

    @property
    def keys(self) -> QKeySequence:
        """The key sequence."""
        return QKeySequence(self.value[0])

    @property
    def text(self) -> str:
        """The key sequence as this system writes it."""
        return self.keys.toString(QKeySequence.SequenceFormat.NativeText)

    @property
    def does(self) -> str:
        """What it does, in the window's language."""
        return _(self.value[1])


class ShortcutsDialog(QDialog):
    """The list of shortcuts, F1."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from foiadesk_ui.widgets import SectionLabel

        self.setWindowTitle(_("Keyboard shortcuts"))
        inside = QWidget(self)
        grid = QGridLayout(inside)
        grid.setContentsMargins(theme.S6, theme.S2, theme.S6, theme.S6)
        grid.setHorizontalSpacing(theme.S6)
        grid.setVerticalSpacing(theme.S2)
        grid.addWidget(SectionLabel(_("Keyboard shortcuts"), inside), 0, 0, 1, 2)
        for line, shortcut in enumerate(Shortcut, 1):
            keys = QLabel(shortcut.text, inside)
            keys.setFont(theme.section_font())
            grid.addWidget(keys, line, 0)
            grid.addWidget(QLabel(shortcut.does, inside), line, 1)
        grid.setColumnStretch(1, 1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        scroll.setAccessibleName(_("Keyboard shortcuts"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(scroll)
        self.resize(520, 560)
