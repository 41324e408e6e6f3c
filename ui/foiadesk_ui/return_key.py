"""Return presses the button that has the keyboard, outside of dialogs too, where Qt leaves that to the space bar."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget


def is_return(event: QKeyEvent) -> bool:
    """Tell whether this is Return or Enter alone."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and held == Qt.KeyboardModifier.NoModifier


def press(window: QWidget, event: QKeyEvent) -> bool:
    """Press the button inside ``window`` that has the keyboard, and tell whether there was one.

    For key events that no widget wanted. Ticks keep to the space bar, so that Return never changes an answer.
    """
    from PySide6.QtWidgets import QCheckBox, QRadioButton  # late: the unlock page has none

    at = window.focusWidget()
    if not is_return(event) or not isinstance(at, QAbstractButton) or isinstance(at, QCheckBox | QRadioButton):
        return False
    if not event.isAutoRepeat():
        at.click()
    return True
