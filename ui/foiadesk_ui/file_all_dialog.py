"""Before several things are filed as suggested: each of them and where it would go, and one button."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.flow import Flow
from foiadesk_ui.help_key import offer_help
from foiadesk_ui.i18n import _, ngettext
from foiadesk_ui.screen_fit import size_dialog
from foiadesk_ui.suggestion_words import one_line
from foiadesk_ui.two_line import Line, TwoLineList
from foiadesk_ui.widgets import Hairline, PrimaryButton, SecondaryLabel, plain_button

if TYPE_CHECKING:
    from foiadesk.desk import Waiting


class FileAllDialog(QDialog):
    """``decided`` is called when the person agrees."""

    def __init__(self, waiting: "Sequence[Waiting]", decided: Callable[[], None], parent: QWidget | None) -> None:
        super().__init__(parent)
        count = len(waiting)
        self._decided = decided
        self.setWindowTitle(_("File as suggested"))
        offer_help(self, "filing")
        self.setMinimumSize(440, 280)
        said = SecondaryLabel(
            ngettext(
                "{n} thing leaves the In-tray. It can be undone.",
                "{n} things leave the In-tray. It can be undone.",
                count,
            ),
            self,
            wrap=True,
        )
        said.setContentsMargins(theme.S6, theme.S4, theme.S6, theme.S2)
        self.list = TwoLineList(_("What will be filed"), self)
        self.list.show_lines(
            [Line(one.letter.id, one.understood.subject or _("a letter"), one_line(one.understood)) for one in waiting],
            waiting[0].letter.id if waiting else 0,
        )
        self.cancel = plain_button(_("Cancel"), self.reject, parent=self)
        self.file = PrimaryButton(ngettext("File {n}", "File {n}", count), self.accept, parent=self)
        self.file.setDefault(True)
        foot = Flow()
        foot.setContentsMargins(theme.S6, theme.S2, theme.S6, theme.S4)
        foot.setSpacing(theme.S2)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.file)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(said)
        column.addWidget(self.list, 1)
        column.addWidget(Hairline(self))
        column.addSpacing(theme.S2)
        column.addLayout(foot)
        size_dialog(self, 640, 420)

    def accept(self) -> None:
        """File them."""
        super().accept()
        self._decided()
