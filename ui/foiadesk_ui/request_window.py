"""One request in a window of its own, to compare it with another; the same desk, the same lock."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from foiadesk_ui import return_key
from foiadesk_ui.help_key import offer_help
from foiadesk_ui.i18n import _
from foiadesk_ui.request_view import RequestView
from foiadesk_ui.screen_fit import first_size
from foiadesk_ui.session import Session
from foiadesk_ui.shortcuts import Shortcut
from foiadesk_ui.trouble import TroublePanel
from foiadesk_ui.undo_bar import UndoBar

if TYPE_CHECKING:
    from foiadesk.desk import Change
    from foiadesk.records.errors import KnownError


class RequestWindow(QWidget):
    """``closed`` follows its closing. Its title says nothing of the request, as the main window's."""

    closed = Signal()

    def __init__(self, session: Session, request: int) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("FOIADesk"))
        offer_help(self, "first-steps")
        self.setMinimumSize(480, 420)
        self.resize(first_size(self.screen().availableGeometry().size(), 760, 760))
        self.trouble = TroublePanel(self)
        self.view = RequestView(session, self)
        self.undo_bar = UndoBar(session, self)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self.trouble)
        lines.addWidget(self.view, 1)
        lines.addWidget(self.undo_bar)
        session.changed.connect(self._changed)
        session.trouble.connect(self._show_trouble)
        QShortcut(QKeySequence.StandardKey.Close, self, self.close)
        QShortcut(Shortcut.UNDO.keys, self, session.undo)
        QShortcut(Shortcut.REDO.keys, self, session.redo)
        self.view.show_request(request)

    def _changed(self, change: "Change") -> None:
        self.view.refresh(change)

    def _show_trouble(self, error: "KnownError") -> None:
        if self.isActiveWindow():
            self.trouble.show_error(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses the button that has the keyboard."""
        if not return_key.press(self, event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save notes on their way before going."""
        self.view.flush()
        super().closeEvent(event)
        self.closed.emit()
