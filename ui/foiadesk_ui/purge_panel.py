"""The question before something is purged: what goes, that nothing brings it back, and a word to type."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from foiadesk.desk import Purged, TrashItem
from foiadesk_ui import theme
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, ngettext
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import Hairline, LinkButton, MeaningLabel, TextLabel, plain_button


class PurgePanel(QWidget):
    """Hidden until ``ask``; purges once the word is typed."""

    purged = Signal(object)  # Purged
    closed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._things: tuple[tuple[str, int], ...] = ()
        self.word = _("purge")
        self.head = MeaningLabel("warning", "", self, bold=True)
        self.about = TextLabel("", self)
        self.typed = QLineEdit(self)
        self.typed.setMaximumWidth(260)
        self.typed.setAccessibleName(_("Type “{word}” to go on").format(word=self.word))
        self.typed.setPlaceholderText(_("Type “{word}” to go on").format(word=self.word))
        self.typed.textChanged.connect(lambda _text: self._judge())
        self.typed.returnPressed.connect(self.purge)
        self.go = plain_button(_("Purge"), self.purge, icon="trash", parent=self)
        self.cancel = LinkButton(_("Cancel"), self.close_panel, parent=self)
        row = Flow()
        row.setSpacing(theme.S2)
        row.addWidget(self.typed, 1)
        row.addWidget(self.go)
        row.addWidget(self.cancel)
        row.addStretch(1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(theme.S4, theme.S1, theme.S4, 0)
        lines.setSpacing(theme.S2)
        lines.addWidget(self.head)
        lines.addWidget(self.about)
        lines.addLayout(row)
        lines.addSpacing(theme.S1)
        lines.addWidget(Hairline(self))
        self.hide()

    def ask(self, items: Sequence[TrashItem]) -> None:
        """Say what would go, and wait for the word."""
        self._things = tuple((item.kind, item.id) for item in items)
        if len(items) == 1:
            self.head.show_meaning("warning", _("Purge “{name}”?").format(name=items[0].name))
        else:
            self.head.show_meaning("warning", ngettext("Purge {n} thing?", "Purge {n} things?", len(items)))
        said = [
            ngettext(
                "It is removed from the desk for good, with its files. Nothing brings it back.",
                "They are removed from the desk for good, with their files. Nothing brings them back.",
                len(items),
            )
        ]
        if any(item.kind == "request" for item in items):
            said.append(_("Of a request only its number and the ids of its events are left."))
        if any(item.kind == "correspondence" for item in items):
            said.append(_("Events entered from a letter stay on their request."))
        said.append(_("Nothing done before can be undone then. Backups made before still hold what is purged."))
        self.about.setText(" ".join(said))
        self.typed.clear()
        self._judge()
        self.show()
        self.typed.setFocus(Qt.FocusReason.OtherFocusReason)

    def purge(self) -> None:
        """Purge, once the word is typed."""
        if not self.go.isEnabled():
            return
        things = self._things
        self.close_panel()
        self._session.long(self, _("Purging"), lambda desk, progress: desk.trash.purge(things, progress), self._done)

    def close_panel(self) -> None:
        """Purge nothing."""
        if not self.isHidden():
            self.hide()
            self._things = ()
            self.typed.clear()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape purges nothing."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def _judge(self) -> None:
        self.go.setEnabled(bool(self._things) and self.typed.text().strip().casefold() == self.word.casefold())

    def _done(self, done: Purged) -> None:
        self.purged.emit(done)
