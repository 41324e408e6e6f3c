"""Said once before anything is printed: the print system keeps a copy of its own, outside the desk."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from foiadesk.desk import Change, Desk
from foiadesk_ui import theme
from foiadesk_ui.i18n import _, plain_date
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import Hairline, LinkButton, SecondaryLabel, plain_button

PRINT_LAYOUT = "print.told"


class PrintNotice(QWidget):
    """Hidden until ``before`` is asked for the first time on this desk; the person then prints or does not."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._told = False
        self._then: Callable[[], None] | None = None
        words = SecondaryLabel(
            _(
                "The print system keeps its own copy of what you print, outside this desk, often until the job is done "
                "and sometimes longer. FOIADesk cannot remove it."
            ),
            self,
            wrap=True,
        )
        self.go_on = plain_button(_("Print"), self._go_on, parent=self)
        self.not_now = LinkButton(_("Cancel"), self.hide, parent=self)
        row = QHBoxLayout()
        row.setSpacing(theme.S2)
        row.addStretch(1)
        row.addWidget(self.not_now)
        row.addWidget(self.go_on)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, theme.S1, 0, theme.S1)
        lines.setSpacing(theme.S1)
        lines.addWidget(words)
        lines.addLayout(row)
        lines.addWidget(Hairline(self))
        self.hide()

    def before(self, then: Callable[[], None]) -> None:
        """Do it, or, where the person was never told, say it first."""
        self._then = then
        if self._told:
            then()
        else:
            self._session.ask(self, lambda desk: desk.settings.layout(PRINT_LAYOUT), self._known, key="told")

    def _known(self, layout: str) -> None:
        if layout:
            self._told = True
            self._go()
        else:
            self.show()
            self.go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self) -> None:
        self.hide()
        self._told = True

        def keep(desk: Desk) -> Change:
            desk.settings.put_layout(PRINT_LAYOUT, plain_date(desk.clock()))
            return Change("", undoable=False)

        if not self._session.desk.read_only:
            self._session.act(self, keep, quiet=True)
        self._go()

    def _go(self) -> None:
        if self._then is not None:
            self._then()
