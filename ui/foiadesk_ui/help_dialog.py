"""The help beside a dialog, or before a desk is open: a window of its own, since leaving there would lose something."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from foiadesk_ui.i18n import _
from foiadesk_ui.screen_fit import size_dialog
from foiadesk_ui.shortcuts import Shortcut

_NAME = "help_dialog"
_SIZE = (820, 600)


class HelpDialog(QDialog):
    """One topic at a time; its links lead to topics, never to pages. F1 or Esc closes it again."""

    def __init__(self, parent: QWidget) -> None:
        from foiadesk_ui.help_view import HelpView

        super().__init__(parent)
        self.setObjectName(_NAME)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Help"))
        self.setMinimumSize(320, 280)
        self.view = HelpView(self, pages=False)
        self.view.topic.connect(self.view.show_topic)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view)
        QShortcut(Shortcut.HELP.keys, self, self.close)
        size_dialog(self, *_SIZE)

    def show_topic(self, name: str) -> None:
        """Show the dialog with a topic in it, and give its text the keyboard."""
        self.view.show_topic(name)
        self.show()
        self.raise_()
        self.activateWindow()
        self.view.text.setFocus(Qt.FocusReason.OtherFocusReason)


def show_help(window: QWidget, topic: str) -> HelpDialog:
    """Show a topic beside a window; a second time, in the dialog that is there."""
    found = window.findChild(HelpDialog, _NAME, Qt.FindChildOption.FindDirectChildrenOnly)
    dialog = found if isinstance(found, HelpDialog) else HelpDialog(window)
    dialog.show_topic(topic)
    return dialog
