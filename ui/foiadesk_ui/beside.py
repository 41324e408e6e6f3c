"""Two widgets beside one another with a movable line between, or under one another where there is little width."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget


class Beside(QSplitter):
    """``narrow``: below this width the second stands under the first. ``shares``: how the room is divided at first."""

    def __init__(
        self,
        first: QWidget,
        second: QWidget,
        *,
        narrow: int = 720,
        shares: tuple[int, int] = (2, 3),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._narrow = narrow
        self._shares = shares
        self._moved = False
        self._kept = False  # the shares are a person's, from another day
        self.addWidget(first)
        self.addWidget(second)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.splitterMoved.connect(self._mark_moved)

    def moved(self) -> list[int]:
        """Return where a person put the line, as shares of the room; empty while nobody moved it."""
        if self._moved:
            return self.sizes()
        return list(self._shares) if self._kept else []

    def move_to(self, sizes: object) -> None:
        """Put the line where it was."""
        if isinstance(sizes, list) and len(sizes) == self.count() and all(type(one) is int for one in sizes):
            total = sum(sizes)
            if total > 0:
                self._kept = True
                self._shares = (max(1, 100 * sizes[0] // total), max(1, 100 - 100 * sizes[0] // total))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn when the width asks for it; divide the room until a person has moved the line."""
        wanted = Qt.Orientation.Vertical if self.width() < self._narrow else Qt.Orientation.Horizontal
        if wanted != self.orientation():
            self.setOrientation(wanted)
            self._moved = False
        super().resizeEvent(event)
        if not self._moved:
            whole = self.height() if wanted == Qt.Orientation.Vertical else self.width()
            total = sum(self._shares)
            self.setSizes([whole * share // total for share in self._shares])

    def _mark_moved(self, _position: int, _index: int) -> None:
        self._moved = True
