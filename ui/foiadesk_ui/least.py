"""How low a part of the window may be at some width before anything in it is cut. Qt's own answer takes the height a
nested part would like for the least it needs, and in splitters and tabs leaves out that narrower text is higher."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QLayout,
    QLayoutItem,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from foiadesk_ui.repolish import before_showing

if TYPE_CHECKING:  # asked for by their names: the unlock page has none, and building a class with its enums takes time
    from PySide6.QtWidgets import QSplitter, QTabWidget

_SHRINKS = QSizePolicy.PolicyFlag.ShrinkFlag.value
_DOWN = (QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.BottomToTop)


def least_height(widget: QWidget, width: int) -> int:
    """Return the least height in pixels at a width; of stacks and tabs, of the page that shows."""
    if not widget.sizePolicy().verticalPolicy().value & _SHRINKS:
        least = widget.heightForWidth(width) if widget.hasHeightForWidth() else widget.sizeHint().height()
    elif isinstance(widget, QStackedWidget):
        least = _of_page(widget.currentWidget(), width)
    elif widget.inherits("QTabWidget"):
        tabs = cast("QTabWidget", widget)
        least = _of_page(tabs.currentWidget(), width) + tabs.tabBar().sizeHint().height() + 1
    elif widget.inherits("QSplitter"):
        least = _of_splitter(cast("QSplitter", widget), width)
    elif not widget.inherits("QAbstractScrollArea") and (layout := widget.layout()) is not None:
        least = _of_layout(layout, width)
    elif widget.hasHeightForWidth():
        least = widget.heightForWidth(width)
    elif isinstance(widget, Tight):
        least = 0  # empty: its own answer would be ours again
    else:
        least = widget.minimumSizeHint().height()
    return min(max(least, widget.minimumHeight()), widget.maximumHeight())


def _of_page(page: QWidget | None, width: int) -> int:
    return least_height(page, width) if page is not None else 0


def _of_splitter(splitter: "QSplitter", width: int) -> int:
    parts = [splitter.widget(at) for at in range(splitter.count())]
    shown = [part for part in parts if part is not None and not part.isHidden()]
    if splitter.orientation() is Qt.Orientation.Vertical:
        return sum(least_height(part, width) for part in shown) + splitter.handleWidth() * max(0, len(shown) - 1)
    return max((least_height(part, part.width()) for part in shown), default=0)


def _of_layout(layout: QLayout, width: int) -> int:
    margins = layout.contentsMargins()
    if not isinstance(layout, QBoxLayout):
        return layout.heightForWidth(width) if layout.hasHeightForWidth() else layout.minimumSize().height()
    items = [item for at in range(layout.count()) if (item := layout.itemAt(at)) is not None]
    shown = [item for item in items if not item.isEmpty()]
    inside = width - margins.left() - margins.right()
    if layout.direction() in _DOWN:
        high = layout.spacing() * max(0, len(shown) - 1)
        for item in items:
            if item.spacerItem() is not None:
                high += item.minimumSize().height()
            elif not item.isEmpty():
                high += _of_item(item, inside)
    else:
        high = max((_of_item(item, _wide(item, shown, inside)) for item in shown), default=0)
    return high + margins.top() + margins.bottom()


def _wide(item: QLayoutItem, row: list[QLayoutItem], inside: int) -> int:
    """Return the width an item has in its row as it was last laid out."""
    if len(row) == 1:
        return inside
    return max(item.geometry().width(), item.minimumSize().width())


def _of_item(item: QLayoutItem, width: int) -> int:
    widget, layout = item.widget(), item.layout()
    if widget is not None:
        return least_height(widget, width)
    return _of_layout(layout, width) if layout is not None else item.minimumSize().height()


class Tight(QWidget):
    """A part of a page that tells the layout round it what it really needs at the width it has."""

    def hasHeightForWidth(self) -> bool:
        """Never for the layout round it, which would take what is liked for what is needed."""
        return False

    def minimumSizeHint(self) -> QSize:
        """As high as the text in it at this width."""
        return QSize(super().minimumSizeHint().width(), least_height(self, self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """At another width, text has another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


def least_width(page: QWidget | None) -> int:
    """Return the least width in pixels; 0 for no page."""
    return page.minimumSizeHint().expandedTo(page.minimumSize()).width() if page is not None else 0


class PageStack(QStackedWidget):
    """A stack that needs what the page that shows needs, at the width it has."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(self._turned)

    def _turned(self, _page: int) -> None:
        before_showing(self.currentWidget())
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Never for the layout round it, which would take what is liked for what is needed."""
        return False

    def minimumSizeHint(self) -> QSize:
        """That of the page."""
        return QSize(least_width(self.currentWidget()), least_height(self, self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """At another width, text has another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
