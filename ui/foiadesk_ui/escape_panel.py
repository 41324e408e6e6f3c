"""A panel that asks something below what is read: Escape puts it away, and the keyboard goes back to where it was."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid


class EscapePanel(QWidget):
    """``put_away`` is what Escape does, and what a Cancel button is to do."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._came_from: QWidget | None = None

    def put_away(self) -> None:
        """Hide the panel; the keyboard, if it was here, goes back to where it was when the panel came."""
        now, back = self.window().focusWidget(), self._came_from
        here = now is not None and self.isAncestorOf(now)
        self._came_from = None
        self.hide()
        self.closed.emit()  # what the panel had put aside shows again, and may be where the keyboard was
        if here and back is not None and isValid(back) and back.isVisible() and back.isEnabled():
            back.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Remember where the keyboard is."""
        super().showEvent(event)
        now = self.window().focusWidget()
        if not event.spontaneous() and now is not None and not self.isAncestorOf(now):
            self._came_from = now

    def event(self, event: QEvent) -> bool:
        """Keep Escape from shortcuts of the window around the panel."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts the panel away."""
        if _is_escape(event):
            self.put_away()
        else:
            super().keyPressEvent(event)


def _is_escape(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Escape and event.modifiers() == Qt.KeyboardModifier.NoModifier
