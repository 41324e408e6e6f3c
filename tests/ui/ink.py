"""The words a widget paints, with the ink and the place of each: a paint device that listens instead of drawing."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QColor, QPaintDevice, QPaintEngine, QPaintEngineState, QPainter, QTextItem, QTransform
from PySide6.QtWidgets import QWidget

DPI = 96


@dataclass(frozen=True, slots=True)
class Word:
    """One run of text as it was painted; left, top, width and height in pixels of the widget."""

    text: str
    ink: QColor
    left: float
    top: float
    width: float
    height: float


class _Listener(QPaintEngine):
    """Notes text and forgets everything else."""

    def __init__(self) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.words: list[Word] = []
        self._ink = QColor()
        self._moved = QTransform()
        self._clip = QRectF()
        self._solid = 1.0

    def begin(self, _device: QPaintDevice) -> bool:
        return True

    def end(self) -> bool:
        return True

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def updateState(self, state: QPaintEngineState) -> None:
        self._ink = state.pen().color()
        self._moved = state.transform()
        self._solid = state.opacity()

    def drawTextItem(self, point: QPointF, item: QTextItem) -> None:
        place = self._moved.map(point)
        text = item.text()
        if text.strip() and self._solid > 0.99:
            high = item.ascent() + item.descent()
            self.words.append(Word(text, self._ink, place.x(), place.y() - item.ascent(), item.width(), high))

    def _pass(self, *_what: Any) -> None:
        """What is not text is not looked at."""

    drawPixmap = drawImage = drawTiledPixmap = drawPath = drawPolygon = _pass
    drawRects = drawLines = drawEllipse = drawPoints = _pass


class _Page(QPaintDevice):
    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self._size = widget.size()
        self.engine = _Listener()

    def paintEngine(self) -> QPaintEngine:
        return self.engine

    def metric(self, which: QPaintDevice.PaintDeviceMetric) -> int:
        kind = QPaintDevice.PaintDeviceMetric
        known = {
            kind.PdmWidth: self._size.width(), kind.PdmHeight: self._size.height(),
            kind.PdmWidthMM: self._size.width() // 4, kind.PdmHeightMM: self._size.height() // 4,
            kind.PdmDpiX: DPI, kind.PdmDpiY: DPI, kind.PdmPhysicalDpiX: DPI, kind.PdmPhysicalDpiY: DPI,
            kind.PdmDepth: 32, kind.PdmNumColors: (1 << 31) - 1, kind.PdmDevicePixelRatio: 1,
            kind.PdmDevicePixelRatioScaled: 1 << 16,
        }  # fmt: skip
        return known.get(which, 0)


def words_drawn(widget: QWidget) -> list[Word]:
    """Return all text the widget and what lies in it paint now, in the order painted."""
    page = _Page(widget)
    painter = QPainter(page)
    widget.render(painter, QPoint())
    painter.end()
    return page.engine.words
