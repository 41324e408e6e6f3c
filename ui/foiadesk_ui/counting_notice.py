"""Says over every page that very many due dates are being counted again, and what lists show until that is done."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from foiadesk_ui import theme
from foiadesk_ui.announce import announce
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _
from foiadesk_ui.widgets import LinkButton, MeaningLabel


class CountingNotice(QWidget):
    """One line, and a way to go on with a count that was stopped."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = MeaningLabel("waiting", "", self, wrap=True)
        self.go_on = LinkButton(_("Count them now"), self.wanted.emit, parent=self)
        row = Flow(self)
        row.setContentsMargins(theme.S6, theme.S2, theme.S6, theme.S1)
        row.addWidget(self.words, 1)
        row.addWidget(self.go_on)

    def show_state(self, *, running: bool) -> None:
        """Say that the count goes on, or that it was stopped."""
        words = (
            _(
                "Due dates are being counted again for a new day or other rules. A request says what holds now; until "
                "the count is done, lists may show others as they were before."
            )
            if running
            else _(
                "Not all due dates are counted again for a new day or other rules. A request says what holds now; "
                "lists may show others as they were before."
            )
        )
        self.go_on.setVisible(not running)
        if words != self.words.text():
            self.words.show_meaning("waiting", words)
            announce(self.words, words)
        self.show()
