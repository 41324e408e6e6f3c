"""One line of a letter's form with chips: it grows where it is long, but what it holds is never parted into lines."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from foiadesk_ui.merge_text import Facts, MergeText

_ENDS = re.compile("[ \\t]*[\\r\\n\\x0b\\x0c\\x85\\u2028\\u2029]+\\s*")


class MergeLine(MergeText):
    """A box without line ends: Return does nothing in it, and lines that are pasted become one."""

    def __init__(self, parent: QWidget | None = None, *, facts: Facts | None = None) -> None:
        super().__init__(parent, lines=1, most=4, facts=facts)

    def fitting(self, text: str) -> str:
        """Return a text as one line."""
        return _ENDS.sub(" ", text.strip("\r\n"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Return to whatever holds the form, as a line of text does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)
