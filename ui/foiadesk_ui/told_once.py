"""A sentence that must be read before something leaves the desk for the first time; then it is done without a word."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from foiadesk.desk import Change, Desk
from foiadesk_ui import theme
from foiadesk_ui.escape_panel import EscapePanel
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, plain_date
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import Hairline, LinkButton, SecondaryLabel, plain_button


class ToldOnce(EscapePanel):
    """Hidden until ``before`` is asked for the first time; Escape does nothing of it. layout: where the desk remembers
    that it was told; with "" it is told anew after every unlocking. inset: pixels at both sides."""

    def __init__(
        self, session: Session, words: str, go_on: str, layout: str, parent: QWidget | None = None, *, inset: int = 0
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._layout = layout
        self._told = False
        self._then: Callable[[], None] | None = None
        self.words = SecondaryLabel(words, self, wrap=True)
        self.go_on = plain_button(go_on, self._go_on, parent=self)
        self.not_now = LinkButton(_("Cancel"), self.put_away, parent=self)
        row = Flow()
        row.setSpacing(theme.S2)
        row.addStretch(1)
        row.addWidget(self.not_now)
        row.addWidget(self.go_on)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(inset, theme.S1, inset, theme.S1)
        lines.setSpacing(theme.S1)
        lines.addWidget(self.words)
        lines.addLayout(row)
        lines.addWidget(Hairline(self))
        self.hide()

    def before(self, then: Callable[[], None]) -> None:
        """Do it, or, where the person was never told, say it first."""
        self._then = then
        if self._told:
            then()
        elif not self._layout:
            self._ask()
        else:
            self._session.ask(self, lambda desk: desk.settings.layout(self._layout), self._known, key="told")

    def _known(self, layout: str) -> None:
        if layout:
            self._told = True
            self._go()
        else:
            self._ask()

    def _ask(self) -> None:
        self.show()
        self.go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self) -> None:
        self.put_away()
        self._told = True

        def keep(desk: Desk) -> Change:
            desk.settings.put_layout(self._layout, plain_date(desk.clock()))
            return Change("", undoable=False)

        if self._layout and not self._session.desk.read_only:
            self._session.act(self, keep, quiet=True)
        self._go()

    def _go(self) -> None:
        if self._then is not None:
            self._then()
