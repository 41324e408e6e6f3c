"""What scrolls up and down where the window is too low for it; sideways only where that is asked for."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from foiadesk_ui.least import least_height

LEAST = 160  # pixels of height it makes do with


class LowScroll(QScrollArea):
    """Holds one widget with a layout: as wide as that needs, as high as there is room, and no lower than its least.

    Of a stack, only the page that shows counts. sideways: where the window is too narrow for it, it scrolls that way
    too, instead of asking for the width.

    A scroll area that resizes its widget by itself would give it the height it would like, and scroll long before it
    has to.
    """

    def __init__(self, inside: QWidget, parent: QWidget | None = None, *, sideways: bool = False) -> None:
        super().__init__(parent)
        self._inside = inside
        self._sideways = sideways
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what lies in it scrolls into view by itself
        if not sideways:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        inside.installEventFilter(self)
        if isinstance(inside, QStackedWidget):
            inside.currentChanged.connect(lambda _page: self._fit())

    def minimumSizeHint(self) -> QSize:
        """The least width of what it holds, and a little height."""
        return QSize(LEAST if self._sideways else self._shown().minimumSizeHint().width(), LEAST)

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

    def _shown(self) -> QWidget:
        inside = self._inside
        page = inside.currentWidget() if isinstance(inside, QStackedWidget) else None
        return page or inside

    def _fit(self) -> None:
        room = self.maximumViewportSize()
        narrowest = self._shown().minimumSizeHint().width() if self._sideways else 0
        width, height = max(room.width(), narrowest), room.height()
        if width > room.width():
            height -= self.horizontalScrollBar().sizeHint().height()
        if self._least(width) > height:
            width = max(room.width() - self.verticalScrollBar().sizeHint().width(), narrowest)
        self._inside.resize(width, max(height, self._least(width)))

    def _least(self, width: int) -> int:
        return least_height(self._inside, width)
