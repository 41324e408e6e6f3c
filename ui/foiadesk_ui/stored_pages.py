"""Pages of a stored document under one another, drawn elsewhere and fetched only when seen; zoom and quarter turns."""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from foiadesk_ui.i18n import _, ngettext
from foiadesk_ui.page_view import to_image

if TYPE_CHECKING:
    from foiadesk.desk import PageImage

MARKER = QColor("#FFE27A")  # paper is white in every scheme, and so is its marker yellow
MARGIN = 16
GAP = 12
KEPT = 12  # pages kept as pictures
ZOOMS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
LETTER = QSize(612, 792)  # a page's size in points until it is known

Place = tuple[float, float, float, float]
Fetch = Callable[[int, float, Callable[["PageImage"], None]], None]


class StoredPages(QAbstractScrollArea):
    """Shows ``count`` pages. ``fetch(number, scale, answer)`` draws a page, numbered from 0, and answers later."""

    page_changed = Signal(int)  # number of the page at the top, from 0
    zoom_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Midlight)
        self.viewport().setAutoFillBackground(True)
        self._fetch: Fetch | None = None
        self._count = 0
        self._tops: list[int] = []
        self._shown: list[QSize] = []
        self._sizes: dict[int, QSize] = {}  # points, unrotated
        self._pictures: OrderedDict[int, tuple[float, QImage]] = OrderedDict()
        self._asked: dict[int, float] = {}
        self._rotation = 0
        self._zoom: float | None = None  # None: fit the width
        self._top_page = -1
        self._generation = 0
        self._marks: dict[int, tuple[Place, ...]] = {}
        self._held: int | None = None  # the page asked for, until a person moves: pages above may turn out larger
        self._settle = QTimer(self, singleShot=True, interval=30)
        self._settle.timeout.connect(self._ask_visible)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    # What is shown -------------------------------------------------------------------------------------------------

    def set_pages(self, count: int, fetch: Fetch | None, name: str = "") -> None:
        """Show a document from its first page, fitted to the width and unrotated."""
        self._generation += 1
        self._count, self._fetch = count, fetch
        self._sizes.clear()
        self._pictures.clear()
        self._asked.clear()
        self._marks.clear()
        self._held = None
        self._rotation, self._zoom, self._top_page = 0, None, -1
        self.setAccessibleName(f"{name}, {ngettext('{n} page', '{n} pages', count)}" if name else _("Pages"))
        self.verticalScrollBar().setValue(0)
        self._lay_out()
        self._scrolled()

    @property
    def count(self) -> int:
        """The number of pages."""
        return self._count

    @property
    def top_page(self) -> int:
        """The page at the top of the view, from 0."""
        return max(0, self._top_page)

    @property
    def rotation(self) -> int:
        """Degrees the pages are turned clockwise: 0, 90, 180 or 270."""
        return self._rotation

    def drawn(self) -> int:
        """Return how many pages are at hand as pictures."""
        return len(self._pictures)

    def turn(self) -> None:
        """Turn all pages a quarter clockwise."""
        self._rotation = (self._rotation + 90) % 360
        self._lay_out()
        self._scrolled()

    def fit_width(self) -> None:
        """Make the page as wide as the view."""
        self._set_zoom(None)

    def zoom(self) -> float:
        """Return the zoom: 1.0 is 96 dots an inch."""
        if self._zoom is not None:
            return self._zoom
        size = self._turned(self._sizes.get(0, LETTER))  # one zoom for all pages, or the view would jump
        return max(0.1, min(3.0, (self.viewport().width() - 2 * MARGIN) / (size.width() * 96 / 72)))

    def zoom_in(self) -> None:
        """Go to the next larger zoom."""
        now = self.zoom()
        self._set_zoom(next((one for one in ZOOMS if one > now * 1.02), ZOOMS[-1]))

    def zoom_out(self) -> None:
        """Go to the next smaller zoom."""
        now = self.zoom()
        self._set_zoom(next((one for one in reversed(ZOOMS) if one < now * 0.98), ZOOMS[0]))

    def set_marks(self, number: int, places: "tuple[Place, ...]") -> None:
        """Highlight places on a page (from 0): left, top, right, bottom in points."""
        self._marks[number] = places
        self.viewport().update()

    def go_to(self, number: int) -> None:
        """Bring a page (from 0) to the top."""
        self._held = number
        self.verticalScrollBar().setValue(self._rect(max(0, min(number, self._count - 1))).top() - GAP)

    def show_place(self, number: int, place: Place) -> None:
        """Bring a place on a page (from 0) into view, a third from the top; on a turned page, the page's top."""
        self.go_to(number)
        if not self._rotation:
            down = round(place[1] * self.zoom() * 96 / 72) - self.viewport().height() // 3
            self.verticalScrollBar().setValue(self._rect(number).top() + down)
            self._held = None

    # Qt ------------------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Room for a readable page."""
        return QSize(420, 480)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        edge = self.palette().color(QPalette.ColorRole.Mid)
        for number in self._visible():
            rect = self._rect(number).translated(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
            painter.fillRect(rect, Qt.GlobalColor.white)  # paper is white in every scheme
            kept = self._pictures.get(number)
            if kept is not None:
                painter.drawImage(rect, kept[1].transformed(QTransform().rotate(self._rotation)))
                self._paint_marks(painter, number, rect)
            painter.setPen(edge)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _paint_marks(self, painter: QPainter, number: int, rect: QRect) -> None:
        if not self._marks.get(number):
            return
        factor = self.zoom() * 96 / 72
        painter.save()
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)  # as a marker on paper
        painter.translate(rect.center())
        painter.rotate(self._rotation)
        size = rect.size() if self._rotation % 180 == 0 else rect.size().transposed()
        painter.translate(-size.width() / 2, -size.height() / 2)
        for left, top, right, bottom in self._marks[number]:
            place = QRectF(left * factor, top * factor, (right - left) * factor, (bottom - top) * factor)
            painter.fillRect(place.adjusted(-1, -1, 1, 1), MARKER)
        painter.restore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
        self._scrolled()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._held = None
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        self._held = None
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_Minus:
            self.zoom_out()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_0:
            self.fit_width()
        elif key == Qt.Key.Key_R and not event.modifiers():
            self.turn()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go_to(0 if key == Qt.Key.Key_Home else self._count - 1)
        else:
            super().keyPressEvent(event)

    # Inside --------------------------------------------------------------------------------------------------------

    def _set_zoom(self, zoom: float | None) -> None:
        top = self.top_page
        self._zoom = zoom
        self._lay_out()
        self.go_to(top)
        self._scrolled()
        self.zoom_changed.emit()

    def _turned(self, size: QSize) -> QSize:
        return size.transposed() if self._rotation % 180 else size

    def _pixel_size(self, number: int) -> QSize:
        size = self._turned(self._sizes.get(number, self._sizes.get(0, LETTER)))
        factor = self.zoom() * 96 / 72
        return QSize(max(1, round(size.width() * factor)), max(1, round(size.height() * factor)))

    def _lay_out(self) -> None:
        top, widest = GAP, 0
        self._tops, self._shown = [], []
        for number in range(self._count):
            size = self._pixel_size(number)
            self._tops.append(top)
            self._shown.append(size)
            top += size.height() + GAP
            widest = max(widest, size.width())
        view = self.viewport().size()
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setSingleStep(40)
        self.verticalScrollBar().setRange(0, max(0, top - view.height()))
        self.horizontalScrollBar().setPageStep(view.width())
        self.horizontalScrollBar().setRange(0, max(0, widest + 2 * MARGIN - view.width()))
        self.viewport().update()

    def _rect(self, number: int) -> QRect:
        if not 0 <= number < len(self._tops):
            return QRect()
        size = self._shown[number]
        left = max(MARGIN, (self.viewport().width() - size.width()) // 2)
        return QRect(left, self._tops[number], size.width(), size.height())

    def _visible(self) -> range:
        first_pixel = self.verticalScrollBar().value()
        last_pixel = first_pixel + self.viewport().height()
        return range(max(0, bisect_right(self._tops, first_pixel) - 1), bisect_right(self._tops, last_pixel))

    def _scrolled(self) -> None:
        if self._count:
            middle = self.verticalScrollBar().value() + self.viewport().height() // 3
            top = max(0, bisect_right(self._tops, middle) - 1)
            if top != self._top_page:
                self._top_page = top
                self.page_changed.emit(top)
        self.viewport().update()
        self._settle.start()

    def _scale(self) -> float:
        """Return dots per point for a sharp picture on this screen."""
        return round(self.zoom() * 96 / 72 * self.devicePixelRatioF(), 3)

    def _ask_visible(self) -> None:
        if self._fetch is None:
            return
        scale = self._scale()
        for number in self._visible():
            kept = self._pictures.get(number)
            if kept is not None:
                self._pictures.move_to_end(number)
            if (kept is None or abs(kept[0] - scale) > 0.01) and self._asked.get(number) != scale:
                self._asked[number] = scale
                generation = self._generation
                self._fetch(number, scale, partial(self._arrived, number, scale, generation))

    def _arrived(self, number: int, scale: float, generation: int, page: "PageImage") -> None:
        if generation != self._generation:
            return
        if self._asked.get(number) == scale:
            del self._asked[number]
        self._pictures[number] = (scale, to_image(page))
        self._pictures.move_to_end(number)
        while len(self._pictures) > KEPT:
            self._pictures.popitem(last=False)
        size = QSize(max(1, round(page.width / scale)), max(1, round(page.height / scale)))
        if self._sizes.get(number) != size:
            self._sizes[number] = size
            self._lay_out()
            if self._held is not None:
                self.go_to(self._held)
            self._settle.start()
        self.viewport().update()
