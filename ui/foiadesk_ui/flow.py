"""A layout that puts widgets in a row and starts another row when there is no more width."""

from collections.abc import Iterator

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

_LEAST = 5  # lines of text wide: what an item that takes the rest of a row has at least, where it wants as much


class Flow(QLayout):
    """Widgets at their own size, wrapped; mirrored in right-to-left layouts.

    One that expands, or was added with a stretch, takes the rest of its row. What comes after ``addStretch`` stands at
    the far end: of the one row, else of rows of its own. Where it is told what a box is told, it stands in for one.
    """

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._grow: list[QWidget] = []  # what was added with a stretch
        self._gap = gap
        self._heights: dict[int, int] = {}
        self._middle = False
        self._spring = -1  # items before the stretch; -1: there is none
        self.setContentsMargins(0, 0, 0, 0)
        if parent is not None:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            parent.setSizePolicy(policy)

    def addWidget(self, widget: QWidget, stretch: int = 0, _side: Qt.AlignmentFlag | None = None) -> None:
        """Add a widget; with a stretch, it takes the rest of its row."""
        if stretch:
            self._grow.append(widget)
        super().addWidget(widget)

    def insertWidget(self, place: int, widget: QWidget) -> None:
        """Add a widget before the one that has this place."""
        self.addWidget(widget)
        self._items.insert(place, self._items.pop())
        if 0 <= place <= self._spring:
            self._spring += 1
        self.invalidate()

    def setSpacing(self, gap: int) -> None:
        """Set the room between widgets and between rows, in pixels."""
        self._gap = gap
        self.invalidate()

    def addStretch(self, _share: int = 1) -> None:
        """Let what is added from now on stand at the far end; before and after everything, let all stand in the
        middle."""
        self._middle = self._spring == 0 < len(self._items)
        self._spring = self._spring if self._middle else len(self._items)

    def replace(self, old: QWidget, new: QWidget) -> None:
        """Put a widget into the place of another, which is left to whoever asks for this."""
        place = self.indexOf(old)
        self.takeAt(place)
        self.insertWidget(place, new)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem:
        return self._items[index] if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def takeAt(self, index: int) -> QLayoutItem:
        if not 0 <= index < len(self._items):
            return None  # type: ignore[return-value]
        if index < self._spring:
            self._spring -= 1
        return self._items.pop(index)

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:  # asked many times over while a window is laid out
            self._heights[width] = self._place(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def invalidate(self) -> None:
        """Forget what was counted."""
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        shown = [item for item in self._items if not item.isEmpty()]
        wide = sum(item.sizeHint().width() for item in shown) + self._gap * max(0, len(shown) - 1)
        return self._around(QSize(wide, max((item.sizeHint().height() for item in shown), default=0)))

    def minimumSize(self) -> QSize:
        shown = [item for item in self._items if not item.isEmpty()]
        return self._around(
            QSize(
                max((item.minimumSize().width() for item in shown), default=0),
                max((item.minimumSize().height() for item in shown), default=0),
            )
        )

    def _around(self, size: QSize) -> QSize:
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def least(self, widget: QWidget) -> int:
        """Return how little of a row is enough for a widget of this layout."""
        return self._wide(self._items[self.indexOf(widget)], 1 << 20)

    def _expands(self, item: QLayoutItem) -> bool:
        widget = item.widget()
        flag = QSizePolicy.PolicyFlag.ExpandFlag.value
        return widget is not None and (
            widget in self._grow or bool(widget.sizePolicy().horizontalPolicy().value & flag)
        )

    def _wide(self, item: QLayoutItem, room: int) -> int:
        wide = item.sizeHint().width()
        widget = item.widget()
        if widget is not None and self._expands(item):
            wide = min(wide, max(item.minimumSize().width(), _LEAST * widget.fontMetrics().height()))
        return max(min(wide, room), min(item.minimumSize().width(), room))

    def _rows(self, room: int) -> Iterator[tuple[list[QLayoutItem], list[int], bool]]:
        """Yield of each row its items, their widths, and whether all of them come after the stretch."""
        row: list[QLayoutItem] = []
        widths: list[int] = []
        after = False
        shown = [(at, item, self._wide(item, room)) for at, item in enumerate(self._items) if not item.isEmpty()]
        apart = self._stands_apart([wide for _at, _item, wide in shown], [at for at, _item, _wide in shown], room)
        for at, item, wide in shown:
            full = sum(widths) + self._gap * len(row) + wide > room
            if row and (full or (apart and not after and at >= self._spring)):
                yield row, widths, after
                row, widths = [], []
            if not row:
                after = 0 <= self._spring <= at
            row.append(item)
            widths.append(wide)
        if row:
            yield row, widths, after

    def _stands_apart(self, widths: list[int], places: list[int], room: int) -> bool:
        """Return whether what comes after the stretch has a row of its own: it fits one, and the rest another."""
        behind = [wide for at, wide in zip(places, widths, strict=True) if 0 <= self._spring <= at]
        before = [wide for at, wide in zip(places, widths, strict=True) if at < self._spring]
        if not behind or self._along(widths) <= room:
            return False
        return self._along(behind) <= room and self._along(before) <= room

    def _along(self, widths: list[int]) -> int:
        return sum(widths) + self._gap * (len(widths) - 1)

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Lay the rows into the rectangle, or only count; return the height all of them take."""
        inside = rect.marginsRemoved(self.contentsMargins())
        room = max(inside.width(), 1)
        y = 0
        for row, widths, after in self._rows(room):
            left = room - sum(widths) - self._gap * (len(row) - 1)
            greedy = [at for at, item in enumerate(row) if self._expands(item)]
            for at in greedy:
                widths[at] = min(widths[at] + left // len(greedy), row[at].maximumSize().width())
            heights = [_high(item, wide) for item, wide in zip(row, widths, strict=True)]
            if move:
                self._set_row(QRect(inside.left(), inside.top() + y, room, max(heights)), row, widths, heights, after)
            y += max(heights) + self._gap
        return self._around(QSize(0, max(0, y - self._gap))).height()

    def _set_row(
        self, place: QRect, row: list[QLayoutItem], widths: list[int], heights: list[int], after: bool
    ) -> None:
        left = place.width() - sum(widths) - self._gap * (len(row) - 1)
        parent = self.parentWidget()
        mirrored = parent is not None and parent.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = left // 2 if self._middle else left if after else 0
        for item, wide, high in zip(row, widths, heights, strict=True):
            if not after and not self._middle and left > 0 and self._first_after(item):
                x += left
            start = place.right() + 1 - x - wide if mirrored else place.left() + x
            item.setGeometry(QRect(start, place.top() + (place.height() - high) // 2, wide, high))
            x += wide + self._gap

    def _first_after(self, item: QLayoutItem) -> bool:
        """Return whether an item is the first one shown after the stretch."""
        if self._spring < 0:
            return False
        return next((one for one in self._items[self._spring :] if not one.isEmpty()), None) is item


def _expands(item: QLayoutItem) -> bool:
    widget = item.widget()
    return widget is not None and bool(
        widget.sizePolicy().horizontalPolicy().value & QSizePolicy.PolicyFlag.ExpandFlag.value
    )


def _high(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
