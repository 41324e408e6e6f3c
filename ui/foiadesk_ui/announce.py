"""Live changes speak up: what a screen reader is told without the focus moving."""

from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str) -> None:
    """Have assistive technology say ``text``. Without any, nothing happens."""
    from PySide6.QtGui import QAccessible, QAccessibleEvent  # late: its enums are many, and the first page says nothing

    if not QAccessible.isActive() or not text:
        return
    try:
        from PySide6.QtGui import QAccessibleAnnouncementEvent
    except ImportError:  # Qt before 6.8: the changed name is what readers notice
        widget.setAccessibleName(text)
        QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.NameChanged))
        return
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
