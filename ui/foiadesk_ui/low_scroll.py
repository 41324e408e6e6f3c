"""What scrolls up and down where the window is too low for it, and is never scrolled sideways."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

LEAST = 160  # pixels of height it makes do with


class LowScroll(QScrollArea):
    """Holds one widget with a layout: as wide as that needs, as high as there is room, and no lower than its least.

    A scroll area that resizes its widget by itself would give it the height it would like, and scroll long before it
    has to.
    """

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inside = inside
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what lies in it scrolls into view by itself
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        inside.installEventFilter(self)

    def minimumSizeHint(self) -> QSize:
        """The least width of what it holds, and a little height."""
        return QSize(self._inside.minimumSizeHint().width(), LEAST)

    def sizeHint(self) -> QSize:
        """That of what it holds."""
        return self._inside.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the room to what it holds."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit it anew when it needs more or less."""
        if watched is self._inside and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        room = self.maximumViewportSize()
        width = room.width()
        if self._least(width) > room.height():
            width -= self.verticalScrollBar().sizeHint().width()
        self._inside.resize(width, max(room.height(), self._least(width)))

    def _least(self, width: int) -> int:
        layout = self._inside.layout()
        if layout is not None and layout.hasHeightForWidth():
            return layout.minimumHeightForWidth(width)
        return self._inside.minimumSizeHint().height()
