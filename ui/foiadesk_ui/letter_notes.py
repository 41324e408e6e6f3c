"""What stands above a letter's form: what is still blank, each a way to its field, and what the law warns of."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import ngettext, words_of
from foiadesk_ui.office_card import Caution
from foiadesk_ui.widgets import LinkButton, MeaningLabel

if TYPE_CHECKING:
    from foiadesk.letters import Blank

MOST = 6


class LetterNotes(QWidget):
    """Blanks and warnings of the letter as it stands. ``wanted`` names the field behind a blank."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[tuple[tuple[str, str], ...], tuple[str, ...]] | None = None
        self.head = MeaningLabel("soon", "", self, bold=True)
        self.links = QWidget(self)
        self._flow = Flow(self.links, gap=2)
        self.cautions = QWidget(self)
        self._lines = QVBoxLayout(self.cautions)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(theme.S1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S2, theme.S4, theme.S2)
        column.setSpacing(theme.S1)
        column.addWidget(self.cautions)
        column.addWidget(self.head)
        column.addWidget(self.links)
        self.show_notes((), ())

    def show_notes(self, blanks: "Sequence[Blank]", warnings: Sequence[str]) -> None:
        """Show these; nothing moves when they are the same as before."""
        wanted = (tuple((blank.name, blank.label) for blank in blanks), tuple(warnings))
        if wanted == self._shown:
            return
        self._shown = wanted
        _empty(self._flow)
        _empty(self._lines)
        for warning in warnings:
            self._lines.addWidget(Caution(words_of(warning), self.cautions))
        self.cautions.setVisible(bool(warnings))
        count = len(blanks)
        self.head.show_meaning("soon", ngettext("{n} blank to fill in", "{n} blanks to fill in", count))
        for name, label in wanted[0][:MOST]:
            self._flow.addWidget(LinkButton(words_of(label), self._leader(name), parent=self.links))
        if count > MOST:
            rest = ngettext("and {n} more", "and {n} more", count - MOST)
            self._flow.addWidget(LinkButton(rest, self._leader(wanted[0][MOST][0]), parent=self.links))
        self.head.setVisible(count > 0)
        self.links.setVisible(count > 0)
        self.setVisible(bool(count or warnings))

    def _leader(self, name: str) -> Callable[[], None]:
        return lambda: self.wanted.emit(name)


def _empty(layout: "QVBoxLayout | Flow") -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
