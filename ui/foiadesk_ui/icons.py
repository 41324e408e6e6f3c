"""Our own SVG icons, tinted from the palette: 20 px with 1.5 px strokes, sharp on any screen, grown with the text."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget

from foiadesk.shelf import resource
from foiadesk_ui import theme
from foiadesk_ui.repolish import when_seen

_SIZES = (16, 20)  # px beside text of ordinary size
_SCALES = (1, 2)
_PROGRAM_SIZES = (16, 32, 64)
_ROOM = 4  # px between the icon and the words of a push button
_PROPERTY = "foiadesk_icon"


@lru_cache(maxsize=256)
def _source(name: str) -> bytes:
    return resource("icons", f"{name}.svg").read_bytes()


def pixmap(name: str, colour: QColor, size: int = 20, scale: float = 1.0) -> QPixmap:
    """Return the icon in one colour, ``size`` logical pixels wide, for a screen of ``scale``."""
    return _pixmap(name, colour.name(), size, scale)


@lru_cache(maxsize=1024)
def _pixmap(name: str, colour: str, size: int, scale: float) -> QPixmap:
    drawn = QPixmap(QSize(round(size * scale), round(size * scale)))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    renderer = QSvgRenderer(QByteArray(_source(name).replace(b"currentColor", colour.encode())))
    renderer.render(painter, QRectF(0, 0, drawn.width(), drawn.height()))
    painter.end()
    drawn.setDevicePixelRatio(scale)
    return drawn


def _colour(tint: QWidget | QPalette.ColorRole | QColor | str | None, group: QPalette.ColorGroup) -> QColor:
    if isinstance(tint, QColor):
        return tint
    if isinstance(tint, str):
        return theme.meaning(tint)
    if isinstance(tint, QPalette.ColorRole):
        return QApplication.palette().color(group, tint)
    palette = tint.palette() if isinstance(tint, QWidget) else QApplication.palette()
    return palette.color(group, QPalette.ColorRole.ButtonText)


def icon(name: str, tint: QWidget | QPalette.ColorRole | QColor | str | None = None) -> QIcon:
    """Return an icon out of ``resources/icons`` in the colour of a widget, a palette role, a meaning or a colour.

    The colour is of this moment: a button that must follow a change of scheme gets its icon by ``put``.
    """
    made = QIcon()
    groups = ((QIcon.Mode.Normal, QPalette.ColorGroup.Active), (QIcon.Mode.Disabled, QPalette.ColorGroup.Disabled))
    drawn = ""
    for mode, group in groups:
        colour = _colour(tint, group)
        if colour.name() == drawn:
            continue
        drawn = colour.name()
        for size in _SIZES:
            for scale in _SCALES:
                made.addPixmap(pixmap(name, colour, theme.grown(size), scale), mode)
    return made


def program_icon() -> QIcon:
    """Return the program's own icon, at the sizes that title bars and task bars show; the system scales it further."""
    made = QIcon()
    for size in _PROGRAM_SIZES:
        made.addPixmap(pixmap("foiadesk", QApplication.palette().color(QPalette.ColorRole.Text), size))
    return made


def put(
    button: QAbstractButton, name: str, role: QPalette.ColorRole = QPalette.ColorRole.ButtonText, size: int = 16
) -> None:
    """Give a button an icon that follows every change of scheme and of text size. size: beside ordinary text."""
    first = button.property(_PROPERTY) is None
    button.setProperty(_PROPERTY, name)
    _set(button, name, role, size)
    if first:
        _Follower(button, role, size)


def _set(button: QAbstractButton, name: str, role: QPalette.ColorRole, size: int) -> None:
    side = theme.grown(size)
    if not isinstance(button, QPushButton):
        button.setIconSize(QSize(side, side))
        button.setIcon(icon(name, role))
        return
    side = max(size, min(side, button.fontMetrics().height()))  # no button grows higher than its words need
    # Styles put hardly any room between a push button's icon and its words: the picture brings its own.
    made = QIcon()
    mirrored = button.layoutDirection() is Qt.LayoutDirection.RightToLeft
    groups = ((QIcon.Mode.Normal, QPalette.ColorGroup.Active), (QIcon.Mode.Disabled, QPalette.ColorGroup.Disabled))
    for mode, group in groups:
        colour = _colour(role, group)
        for scale in _SCALES:
            roomy = QPixmap((side + _ROOM) * scale, side * scale)
            roomy.fill(Qt.GlobalColor.transparent)
            painter = QPainter(roomy)
            painter.drawPixmap(_ROOM * scale if mirrored else 0, 0, _plain(pixmap(name, colour, side, scale)))
            painter.end()
            roomy.setDevicePixelRatio(scale)
            made.addPixmap(roomy, mode)
    button.setIconSize(QSize(side + _ROOM, side))
    button.setIcon(made)


def _plain(drawn: QPixmap) -> QPixmap:
    plain = QPixmap(drawn)
    plain.setDevicePixelRatio(1)
    return plain


class _Follower(QObject):
    """Lives and dies with its button, and draws the icon again when the colours or the text size change."""

    def __init__(self, button: QAbstractButton, role: QPalette.ColorRole, size: int) -> None:
        super().__init__(button)
        self._role, self._size = role, size
        theme.watch().changed.connect(self._again)

    def _put(self, button: QWidget) -> None:
        if isinstance(button, QAbstractButton):
            _set(button, str(button.property(_PROPERTY)), self._role, self._size)

    def _again(self) -> None:
        button = self.parent()
        if isinstance(button, QAbstractButton):
            when_seen(button, self._put)


def paint(painter: QPainter, name: str, colour: QColor, x: float, y: float, size: int = 16) -> None:
    """Draw an icon with its upper left corner at (x, y), for delegates and widgets that paint themselves."""
    device = painter.device()
    drawn = pixmap(name, colour, size, device.devicePixelRatioF() if device is not None else 1.0)
    painter.drawPixmap(QRectF(x, y, size, size), drawn, QRectF(drawn.rect()))
