"""Files and messages dropped anywhere on a widget: accepted, announced by an overlay, handed over as sources."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from foiadesk.desk import IncomingFile
from foiadesk_ui import theme
from foiadesk_ui.i18n import _

Source = Path | IncomingFile
MESSAGE = "message/rfc822"


def sources_of(mime: QMimeData) -> list[Source]:
    """Return the local files, folders and messages a drop or paste carries."""
    found: list[Source] = []
    for url in mime.urls():
        if url.isLocalFile() and (path := Path(url.toLocalFile())).exists():
            found.append(path)
    if not found and mime.hasFormat(MESSAGE):
        found.append(IncomingFile(_("message") + ".eml", bytes(mime.data(MESSAGE).data())))
    return found


def may_carry_sources(mime: QMimeData) -> bool:
    """Return whether a drag could carry something to file; looks at no file yet."""
    return mime.hasFormat(MESSAGE) or any(url.isLocalFile() for url in mime.urls())


class _Overlay(QWidget):
    """Says where a drop would go, over everything else."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_words(self, words: str) -> None:
        self.words = words
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        ground = palette.color(QPalette.ColorRole.Window)
        ground.setAlphaF(0.9)
        painter.fillRect(self.rect(), ground)
        accent = palette.color(QPalette.ColorRole.Link)
        painter.setPen(QPen(accent, 2, Qt.PenStyle.DashLine))
        edge = QRectF(self.rect()).adjusted(theme.S4, theme.S4, -theme.S4, -theme.S4)
        painter.drawRoundedRect(edge, 8, 8)
        painter.setFont(theme.title_font())
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(edge.adjusted(theme.S6, 0, -theme.S6, 0), int(flags), self.words)


class _Drops(QObject):
    def __init__(self, widget: QWidget, dropped: Callable[[Sequence[Source]], None], words: Callable[[], str]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._dropped = dropped
        self._words = words
        self._overlay = _Overlay(widget)
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take drags that carry files; leave everything else alone."""
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self._overlay.hide()
            sources = sources_of(event.mimeData())
            if sources:
                event.setDropAction(Qt.DropAction.CopyAction)  # the file on the person's disk is never moved away
                event.accept()
                self._dropped(sources)
            return True
        if isinstance(event, (QDragEnterEvent, QDragMoveEvent)):
            if may_carry_sources(event.mimeData()):
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
                if self._overlay.isHidden():
                    self._overlay.show_words(self._words())
            return True
        if event.type() == QEvent.Type.DragLeave:
            self._overlay.hide()
            return True
        return False


def accept_drops(widget: QWidget, dropped: Callable[[Sequence[Source]], None], words: Callable[[], str]) -> QObject:
    """Let files be dropped on ``widget`` and its children; ``words()`` says where they would go."""
    return _Drops(widget, dropped, words)
