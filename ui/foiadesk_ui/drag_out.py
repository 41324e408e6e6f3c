"""Dragging a stored file to a file manager: the copy is made when the drag begins, and the drop takes it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt, QUrl
from PySide6.QtGui import QDrag, QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from foiadesk.records import Attachment
from foiadesk_ui import icons, theme
from foiadesk_ui.file_exits import FileExits


class DragOut(QObject):
    """Lets a widget be dragged from as the file it shows. A privileged file stays."""

    def __init__(self, widget: QWidget, shown: Callable[[], Attachment | None], exits: FileExits) -> None:
        super().__init__(widget)
        self._widget = widget
        self._shown = shown
        self._exits = exits
        self._from: QPoint | None = None
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Begin once the mouse, held down, has gone far enough."""
        if not isinstance(event, QMouseEvent):
            return False
        here = event.position().toPoint()
        if event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._from = here
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self._from = None
        elif event.type() == QEvent.Type.MouseMove and self._from is not None:
            if (here - self._from).manhattanLength() < QApplication.startDragDistance():
                return False
            self._from = None
            self.begin()
            return True
        return False

    def begin(self) -> None:
        """Make the copy, then drag it if the mouse is still held down."""
        file = self._shown()
        if file is not None and not file.privileged:
            self._exits.give(file, self._drag)

    def _drag(self, path: Path) -> None:
        if QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            drag = QDrag(self._widget)
            drag.setMimeData(carried(path))
            drag.setPixmap(icons.pixmap("attachment", theme.secondary_colour(), 32, self._widget.devicePixelRatioF()))
            drag.exec(Qt.DropAction.CopyAction)


def carried(path: Path) -> QMimeData:
    """Return what a file manager is given: the copy's address, nothing else."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    return data
