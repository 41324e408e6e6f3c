"""Pages as pictures, one below the other: how letters and documents are shown without ever leaving the window."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from foiadesk_ui import theme
from foiadesk_ui.i18n import _, ngettext

if TYPE_CHECKING:
    from foiadesk.desk import PageImage

_GAP = theme.S4
_ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)


def to_image(page: "PageImage") -> QImage:
    """Return a page's RGB bytes as an image of its own memory."""
    return QImage(page.rgb, page.width, page.height, page.width * 3, QImage.Format.Format_RGB888).copy()


class PageSpot(NamedTuple):
    """A place on a page that leads somewhere. area: in PDF points from the page's upper left corner."""

    name: str
    page: int  # from 0
    area: QRectF
    words: str  # where it leads


class PageView(QAbstractScrollArea):
    """A scrolling view of page pictures, fitted to the width at zoom 1.

    ``wanted_scale`` says how many picture pixels a PDF point should have to be sharp; ``scale_changed`` asks for new
    pictures. Scroll position survives ``show_pages`` as long as the document stays.
    """

    scale_changed = Signal()
    page_changed = Signal(int)  # number of the page at the top, from 1
    spot_clicked = Signal(str)  # its name

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: list[QImage] = []
        self._sizes: list[QSize] = []  # logical size of each page at zoom 1 (fit to width)
        self._zoom = 1.0
        self._rotation = 0
        self._page_points = 612.0
        self._top_page = 0
        self._spots: Sequence[PageSpot] = ()
        self._over: PageSpot | None = None  # the spot under the pointer
        self._pressed: PageSpot | None = None
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Pages"))
        self.verticalScrollBar().setSingleStep(40)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        theme.watch().changed.connect(self.viewport().update)

    def show_pages(self, pages: "Sequence[PageImage]", *, points_wide: float = 612.0) -> None:
        """Show these pages; ``points_wide`` is a page's width in PDF points (612 for US Letter)."""
        self.show_images([to_image(page) for page in pages], points_wide=points_wide)

    def show_images(self, images: Sequence[QImage], *, points_wide: float = 612.0) -> None:
        """Show these pictures as pages."""
        bar = self.verticalScrollBar()
        share = bar.value() / bar.maximum() if bar.maximum() else 0.0
        same = len(images) == len(self._pages)
        self._page_points = points_wide
        self._pages = list(images)
        self.setAccessibleDescription(ngettext("{n} page", "{n} pages", len(self._pages)))
        place = bar.value()
        self._lay_out()
        bar.setValue(place if same else round(share * bar.maximum()))
        self.viewport().update()

    def clear(self) -> None:
        """Show nothing."""
        self.show_spots(())
        self.show_images([])

    def show_spots(self, spots: Sequence[PageSpot]) -> None:
        """Let these places of the pages be clicked."""
        self._spots = spots
        self.viewport().setMouseTracking(bool(spots))
        self._point_at(self.viewport().mapFromGlobal(self.cursor().pos()))

    def spot_at(self, at: QPoint) -> PageSpot | None:
        """Return the spot at a place of the viewport."""
        return next((spot for spot in self._spots if self.place_of(spot).contains(QPointF(at))), None)

    def place_of(self, spot: PageSpot) -> QRectF:
        """Return where a spot is seen in the viewport; nothing while the pages are turned."""
        boxes = self._boxes()
        if self._rotation or not spot.page < len(boxes):
            return QRectF()
        box = boxes[spot.page].translated(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        scale = box.width() / self._page_points
        area = spot.area
        place = QRectF(area.x() * scale, area.y() * scale, area.width() * scale, area.height() * scale)
        return place.translated(box.x(), box.y()).adjusted(-2, -2, 2, 2)  # a little larger: some are one line high

    def _point_at(self, at: QPoint) -> None:
        over = self.spot_at(at) if self.viewport().rect().contains(at) else None
        if over != self._over:
            self._over = over
            if over is None:
                self.viewport().unsetCursor()
            else:
                self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
            self.viewport().update()

    def page_count(self) -> int:
        """Return how many pages are shown."""
        return len(self._pages)

    def zoom(self) -> float:
        """Return the zoom; 1 fits the width."""
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Zoom around the middle of what is seen."""
        zoom = min(max(zoom, _ZOOMS[0]), _ZOOMS[-1])
        if zoom == self._zoom:
            return
        bar = self.verticalScrollBar()
        share = (bar.value() + self.viewport().height() / 2) / max(self._height(), 1)
        self._zoom = zoom
        self._lay_out()
        bar.setValue(round(share * self._height() - self.viewport().height() / 2))
        self.viewport().update()
        self.scale_changed.emit()

    def zoom_in(self) -> None:
        """Go one step nearer."""
        self.set_zoom(next((step for step in _ZOOMS if step > self._zoom + 0.01), _ZOOMS[-1]))

    def zoom_out(self) -> None:
        """Go one step away."""
        self.set_zoom(next((step for step in reversed(_ZOOMS) if step < self._zoom - 0.01), _ZOOMS[0]))

    def rotate(self) -> None:
        """Turn the pages a quarter clockwise, in the view only."""
        self._rotation = (self._rotation + 90) % 360
        self._lay_out()
        self.viewport().update()

    def wanted_scale(self) -> float:
        """Return picture pixels per PDF point that make the pages sharp at this size on this screen."""
        return self._fit_width() * self._zoom * self.devicePixelRatioF() / self._page_points

    def go_to(self, page: int) -> None:
        """Put page ``page`` (from 1) at the top."""
        boxes = self._boxes()
        if 1 <= page <= len(boxes):
            self.verticalScrollBar().setValue(boxes[page - 1].top() - _GAP)

    def _fit_width(self) -> float:
        return max(min(self.viewport().width() - 2 * _GAP, 1000), 80)

    def _lay_out(self) -> None:
        self._sizes = []
        for image in self._pages:
            wide, high = image.width(), image.height()
            if self._rotation % 180:
                wide, high = high, wide
            fit = self._fit_width() * self._zoom
            self._sizes.append(QSize(round(fit), round(fit * high / max(wide, 1))))
        view = self.viewport().size()
        widest = max((size.width() for size in self._sizes), default=0) + 2 * _GAP
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setRange(0, max(self._height() - view.height(), 0))
        self.horizontalScrollBar().setPageStep(view.width())
        self.horizontalScrollBar().setRange(0, max(widest - view.width(), 0))

    def _height(self) -> int:
        return sum(size.height() + _GAP for size in self._sizes) + _GAP

    def _boxes(self) -> list[QRect]:
        boxes = []
        y = _GAP
        room = self.viewport().width()
        for size in self._sizes:
            boxes.append(QRect(QPoint(max((room - size.width()) // 2, _GAP), y), size))
            y += size.height() + _GAP
        return boxes

    def _scrolled(self) -> None:
        top = self.verticalScrollBar().value() + self.viewport().height() // 3
        page = next((number for number, box in enumerate(self._boxes(), 1) if box.bottom() >= top), len(self._pages))
        if page != self._top_page:
            self._top_page = page
            self.page_changed.emit(page)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages in sight, each with a hairline around it."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        palette = self.palette()
        painter.fillRect(event.rect(), palette.color(QPalette.ColorRole.Midlight))
        offset = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        for image, box in zip(self._pages, self._boxes(), strict=True):
            seen = box.translated(-offset)
            if not seen.intersects(event.rect()):
                continue
            painter.fillRect(seen, QColor(Qt.GlobalColor.white))
            if self._rotation:
                painter.save()
                painter.translate(seen.center())
                painter.rotate(self._rotation)
                target = QRect(
                    0, 0, *((seen.height(), seen.width()) if self._rotation % 180 else (seen.width(), seen.height()))
                )
                target.moveCenter(QPoint(0, 0))
                painter.drawImage(target, image)
                painter.restore()
            else:
                painter.drawImage(seen, image)
            painter.setPen(palette.color(QPalette.ColorRole.Mid))
            painter.drawRect(seen.adjusted(-1, -1, 0, 0))
        if self._over is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.meaning("soon"), 1.5))
            painter.drawRoundedRect(self.place_of(self._over), 3, 3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the width again; ask for sharper pictures when it grew."""
        super().resizeEvent(event)
        self._lay_out()
        if event.oldSize().width() != event.size().width() and self._pages:
            self.scale_changed.emit()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Repaint instead of shifting pixels: pages are pictures."""
        self._over = None  # what is under the pointer now is known when it moves
        self.viewport().unsetCursor()
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """Say where a spot leads when the pointer rests on it."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            spot = self.spot_at(event.pos())
            QToolTip.showText(event.globalPos(), spot.words if spot is not None else "", self.viewport())
            return True
        if event.type() == QEvent.Type.Leave:
            self._point_at(QPoint(-1, -1))
        return super().viewportEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand over a spot."""
        self._point_at(event.position().toPoint())
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a spot begins."""
        left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = self.spot_at(event.position().toPoint()) if left else None
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go where the spot leads that was clicked."""
        pressed, self._pressed = self._pressed, None
        super().mouseReleaseEvent(event)
        if pressed is not None and pressed == self.spot_at(event.position().toPoint()):
            self.spot_clicked.emit(pressed.name)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, scroll without."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page, home, end, plus, minus and 0 as in every reader."""
        bar = self.verticalScrollBar()
        match event.key():
            case Qt.Key.Key_Home:
                bar.setValue(0)
            case Qt.Key.Key_End:
                bar.setValue(bar.maximum())
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_in()
            case Qt.Key.Key_Minus:
                self.zoom_out()
            case Qt.Key.Key_0:
                self.set_zoom(1.0)
            case _:
                super().keyPressEvent(event)
