"""How large a window may be: with the title bar and borders the desktop puts round it, all of it on the screen."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QWidget

from foiadesk_ui import theme

FRAME = QSize(8, 40)  # px: room for borders and title bar, whose real size is known only once the window shows
_OVER_SCREEN = Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen | Qt.WindowState.WindowMinimized


def first_size(room: QSize, width: int, height: int) -> QSize:
    """Return the size, or as much of it as fits with a frame into the screen's free room."""
    return QSize(min(width, room.width() - FRAME.width()), min(height, room.height() - FRAME.height()))


def size_dialog(dialog: QWidget, width: int, height: int) -> None:
    """Give a dialog the size that fits ordinary text, as the chosen text size needs it and the screen can hold it."""
    dialog.resize(first_size(dialog.screen().availableGeometry().size(), theme.grown(width), theme.grown(height)))


def inside(room: QRect, framed: QRect, frame: QSize, smallest: QSize) -> QRect:
    """Return where a window and its frame fit into the room, moved and shrunk no more than needed.

    framed: window and frame as they are. frame: what the frame adds. smallest: of the window without it.
    """
    size = framed.size().boundedTo(room.size()).expandedTo(smallest + frame)
    left = max(room.left(), min(framed.left(), room.left() + room.width() - size.width()))
    top = max(room.top(), min(framed.top(), room.top() + room.height() - size.height()))
    return QRect(left, top, size.width(), size.height())


def keep_inside(window: QWidget) -> None:
    """Have a window that shows for the first time lie on the screen with all of its frame."""
    if window.windowState() & _OVER_SCREEN or not window.isVisible():
        return
    framed, bare = window.frameGeometry(), window.geometry()
    frame = framed.size() - bare.size()
    wanted = inside(window.screen().availableGeometry(), framed, frame, window.minimumSize())
    if wanted.size() != framed.size():
        window.resize(wanted.size() - frame)
    if wanted.topLeft() != framed.topLeft():
        window.move(wanted.topLeft())
