"""Every shortcut of the window in one list: what runs it and what it does."""

from enum import Enum

from PySide6.QtGui import QKeySequence

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
    COLUMNS = ("Ctrl+Shift+L", "Choose the columns of the table that has the keyboard")
    PRINT = ("Ctrl+P", "Print what is shown")
    SAVE_PDF = ("Ctrl+S", "Save the letter as PDF")
    FIND_HERE = ("Ctrl+F", "Find in the letter’s form")
    REPLACE_HERE = ("Ctrl+H", "Find and replace in the letter’s form")
    NEXT_BLANK = ("F8", "Go to the letter’s next blank")
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
    HELP = ("F1", "Help on the page that shows")
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
