"""A scene drawn by Qt: on a widget in the palette in force, or in plain colors for a file or paper."""

from collections.abc import Mapping

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QPen,
    QPolygonF,
)

from foiadesk.desk.scene import PLAIN_COLOURS, Box, Line, Mark, Scene, Shape, Words, outline
from foiadesk_ui import theme

_PATTERNS = {"dots": Qt.BrushStyle.Dense6Pattern, "stripes": Qt.BrushStyle.FDiagPattern}
_FINE = 2  # pixels of a saved picture for each of the scene's


def colours_now() -> dict[str, QColor]:
    """Return the colors of the palette in force, by what they mean."""
    palette = theme.app_palette()
    role = QPalette.ColorRole
    base = palette.color(role.Base)
    return {
        "paper": base,
        "text": palette.color(role.Text),
        "quiet": palette.color(role.PlaceholderText),
        "line": theme.hairline(),
        "run": theme.mix(theme.meaning("waiting"), base, 0.2),
        "left": palette.color(role.Midlight),
        "done": theme.meaning("done"),
        "late": theme.meaning("late"),
        "soon": theme.meaning("soon"),
        "pause": theme.meaning("soon"),
        "extension": palette.color(role.Link),
        "accent": palette.color(role.Link),
        "today": palette.color(role.Link),
    }


def plain_colours() -> dict[str, QColor]:
    """Return the colors of pictures that leave the window: dark on white."""
    return {name: QColor(value) for name, value in PLAIN_COLOURS.items()}


def paint(painter: QPainter, scene: Scene, colours: Mapping[str, QColor], font: QFont) -> None:
    """Draw a scene in its own pixels. font: its family is used, sizes are the scene's."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for shape in scene.shapes:
        _draw(painter, shape, colours, font)


def _draw(painter: QPainter, shape: Shape, colours: Mapping[str, QColor], font: QFont) -> None:
    colour = colours[shape.role]
    match shape:
        case Box():
            rect = QRectF(shape.x, shape.y, shape.width, shape.height)
            if shape.pattern:
                painter.fillRect(rect, QBrush(colour, _PATTERNS[shape.pattern]))
                painter.setPen(QPen(colour, 0.75))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(rect)
            else:
                painter.fillRect(rect, colour)
        case Line():
            pen = QPen(colour, 1)
            if shape.dashed:
                pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawLine(QPointF(shape.x1, shape.y1), QPointF(shape.x2, shape.y2))
        case Words():
            _write(painter, shape, colour, font)
        case Mark():
            _mark(painter, shape, colour)


def _write(painter: QPainter, words: Words, colour: QColor, font: QFont) -> None:
    face = QFont(font)
    face.setPixelSize(round(words.size))
    face.setWeight(QFont.Weight.DemiBold if words.strong else QFont.Weight.Normal)
    painter.setFont(face)
    painter.setPen(colour)
    wide = QFontMetricsF(face).horizontalAdvance(words.text)
    x = words.x - (wide if words.anchor == "end" else wide / 2 if words.anchor == "middle" else 0)
    painter.drawText(QPointF(x, words.y), words.text)


def _mark(painter: QPainter, mark: Mark, colour: QColor) -> None:
    if mark.shape in ("circle", "ring"):
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(colour if mark.shape == "circle" else Qt.BrushStyle.NoBrush)
        radius = mark.size / 2 - 0.75
        painter.drawEllipse(QPointF(mark.x, mark.y), radius, radius)
        return
    corners = QPolygonF([QPointF(x, y) for x, y in outline(mark)])
    if mark.shape == "tick":
        painter.setPen(QPen(colour, 2))
        painter.drawPolyline(corners)
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(corners)


def tip_at(scene: Scene, x: float, y: float) -> str:
    """Return what is said of the topmost shape at a place in the scene's pixels, "" for none."""
    for shape in reversed(scene.shapes):
        if isinstance(shape, Mark) and shape.tip:
            half = shape.size / 2 + 2
            if abs(x - shape.x) <= half and abs(y - shape.y) <= half:
                return shape.tip
        elif isinstance(shape, Box) and shape.tip:
            inside = shape.x <= x <= shape.x + shape.width and shape.y <= y <= shape.y + shape.height
            if inside:
                return shape.tip
    return ""


def as_png(scene: Scene, font: QFont) -> bytes:
    """Return the picture as a PNG file, twice as fine as on the screen, dark on white."""
    image = QImage(round(scene.width * _FINE), round(scene.height * _FINE), QImage.Format.Format_RGB32)
    colours = plain_colours()
    image.fill(colours["paper"])
    painter = QPainter(image)
    painter.scale(_FINE, _FINE)
    paint(painter, scene, colours, font)
    painter.end()
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    buffer.close()
    return bytes(held.data())


def as_pdf(scene: Scene, font: QFont, page: str) -> bytes:
    """Return the picture on one page ("letter" or "a4"), lying if that shows it larger, with margins of an inch."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(scene.title)
    writer.setCreator("")
    size = QPageSize(QPageSize.PageSizeId.A4 if page == "a4" else QPageSize.PageSizeId.Letter)
    lying = scene.width > scene.height
    way = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
    writer.setPageLayout(QPageLayout(size, way, QMarginsF(72, 72, 72, 72), QPageLayout.Unit.Point))
    painter = QPainter(writer)
    room = QRectF(0, 0, writer.width(), writer.height())
    scale = min(room.width() / scene.width, room.height() / scene.height)
    painter.scale(scale, scale)
    paint(painter, scene, plain_colours(), font)
    painter.end()
    buffer.close()
    return bytes(held.data())
