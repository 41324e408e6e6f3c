"""The icons inside a line of text (a glass, an eye, the cross that clears it), grown with the text.

Qt draws them at a size that only a style says, and no style sheet reaches it.
"""

from PySide6.QtCore import QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from foiadesk_ui import theme


class _Grower(QObject):
    """Lives and dies with its line."""

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        self._dressed = False
        theme.watch().sized.connect(self._grow)
        self._grow()

    def _grow(self) -> None:
        if not self._dressed and theme.grown(100) == 100:
            return  # beside ordinary text the program's own style does
        if not self._dressed:
            from foiadesk_ui.grown_style import grown_style  # the unlock page does without, mostly

            self._dressed = True
            self._line.setStyle(grown_style())
        QApplication.sendEvent(self._line, QResizeEvent(self._line.size(), self._line.size()))  # places the icons anew


def grow(line: QLineEdit) -> None:
    """Have the icons inside a line grow with the text, now and at every change of its size."""
    _Grower(line)


def clearable(line: QLineEdit) -> None:
    """Offer a cross at a line's end that empties it, grown with the text."""
    line.setClearButtonEnabled(True)
    grow(line)
