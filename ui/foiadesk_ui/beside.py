"""Two widgets beside one another with a movable line between, or under one another where there is little width."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from foiadesk_ui import theme
from foiadesk_ui.least import least_height

_LINES = 6  # of text: what part stands above or below another shows at least


class Beside(QSplitter):
    """``narrow``: below this width, for text of ordinary size, the second stands under the first; so it does where both
    need more than there is. ``shares``: how the room is divided at first."""

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
        self._parts = (first, second)
        self._least = [part.minimumSize() for part in self._parts]
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
        wanted = Qt.Orientation.Vertical if self._too_narrow() else Qt.Orientation.Horizontal
        if wanted != self.orientation():
            self.setOrientation(wanted)
            self._moved = False
        super().resizeEvent(event)
        self._hold()
        if not self._moved:
            whole = self.height() if wanted == Qt.Orientation.Vertical else self.width()
            total = sum(self._shares)
            self.setSizes([whole * share // total for share in self._shares])

    def event(self, event: QEvent) -> bool:
        """Look at the parts again when one of them needs more or less."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._hold()
        return super().event(event)

    def _hold(self) -> None:
        """Let no part become smaller than it needs: a splitter takes a least size that was set for all there is."""
        upright = self.orientation() is Qt.Orientation.Vertical
        for part, least in zip(self._parts, self._least, strict=True):
            high = max(least_height(part, self.width()), _LINES * part.fontMetrics().height()) if upright else 0
            wanted = QSize(part.minimumSizeHint().width(), high).expandedTo(least)
            if wanted != part.minimumSize():
                part.setMinimumSize(wanted)

    def minimumSizeHint(self) -> QSize:
        """As wide as the wider part: where both do not fit, they stand one under the other."""
        wide = max(max(part.minimumSizeHint().width(), part.minimumWidth()) for part in self._parts)
        return QSize(wide, super().minimumSizeHint().height())

    def _too_narrow(self) -> bool:
        """Larger text needs more room, but not all of it again: panes one under the other are low."""
        enough = (self._narrow + theme.grown(self._narrow)) // 2
        least = sum(
            max(part.minimumSizeHint().width(), one.width()) for part, one in zip(self._parts, self._least, strict=True)
        )
        return self.width() < max(enough, least)

    def _mark_moved(self, _position: int, _index: int) -> None:
        self._moved = True
