"""F1 in a dialog, and before a desk is open; the help itself is loaded when the key is pressed."""

from collections.abc import Callable

from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget

from foiadesk_ui.shortcuts import Shortcut


def offer_help(window: QWidget, topic: str | Callable[[], str]) -> None:
    """Have F1 in this window show a topic of the help: always this one, or the one that fits at the moment."""

    def pressed() -> None:
        from foiadesk_ui.help_dialog import show_help

        show_help(window, topic if isinstance(topic, str) else topic())

    QShortcut(Shortcut.HELP.keys, window, pressed)
