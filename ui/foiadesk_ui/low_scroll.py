"""What scrolls up and down where the window is too low for it, and is never squeezed or scrolled sideways."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

LEAST = 160  # pixels of height it makes do with


class LowScroll(QScrollArea):
    """Holds one widget; as wide as that needs to be."""

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what lies in it scrolls into view by itself
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = inside
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def minimumSizeHint(self) -> QSize:
        """The least width of what it holds, and a little height."""
        return QSize(self._inside.minimumSizeHint().width(), LEAST)

    def sizeHint(self) -> QSize:
        """That of what it holds."""
        return self._inside.sizeHint()
