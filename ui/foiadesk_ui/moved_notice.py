"""Said once after the law's rules or calendar changed: which due dates moved, from when to when, and why."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.i18n import _, ngettext, plain_date, words_of
from foiadesk_ui.request_words import clock_words
from foiadesk_ui.widgets import IconButton, LinkButton, MeaningLabel, SecondaryLabel

if TYPE_CHECKING:
    from foiadesk.desk import Moved

SHOWN = 50


class MovedNotice(QWidget):
    """A line with the count; the dates below it when asked for. Closing it is for this session."""

    opened = Signal(int)  # a request

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._moved: tuple[Moved, ...] = ()
        self._closed = False
        self.head = MeaningLabel("soon", "", self, bold=True)
        self.toggle = LinkButton(_("Show them"), self._toggle, parent=self)
        self.dismiss = IconButton("close", _("Close this notice"), self._dismiss, parent=self)
        top = QHBoxLayout()
        top.setSpacing(theme.S2)
        top.addWidget(self.head)
        top.addWidget(self.toggle)
        top.addStretch(1)
        top.addWidget(self.dismiss)
        self.table = QWidget(self)
        self._grid = QGridLayout(self.table)
        self._grid.setContentsMargins(22, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.S4)
        self._grid.setVerticalSpacing(theme.S1)
        self._grid.setColumnStretch(3, 1)
        self.table.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, theme.S2, 0, 0)
        box.setSpacing(theme.S1)
        box.addLayout(top)
        box.addWidget(self.table)
        self.hide()

    def show_moved(self, moved: "tuple[Moved, ...]") -> None:
        """Show the notice for these dates, unless there are none or it was closed."""
        if moved != self._moved:
            self._closed = False  # other dates moved meanwhile: that is news
        self.setVisible(bool(moved) and not self._closed)
        if moved == self._moved:
            return
        self._moved = moved
        self.head.show_meaning("soon", ngettext("{n} due date changed", "{n} due dates changed", len(moved)))
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for line, one in enumerate(moved[:SHOWN]):
            name = LinkButton(one.title, partial(self.opened.emit, one.request), parent=self.table)
            was, now = plain_date(one.was) or _("no date"), plain_date(one.now) or _("no date")
            said = _("was {was}, now {now}").format(was=was, now=now)
            dates = SecondaryLabel(f"{clock_words(one.clock)}: {said}" if one.clock else said, self.table)
            self._grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignLeading)
            self._grid.addWidget(dates, line, 1)
        below = list(dict.fromkeys(words_of(one.why) for one in moved))  # mostly the same for all: said once
        if len(moved) > SHOWN:
            below.insert(0, ngettext("{n} more is not listed.", "{n} more are not listed.", len(moved) - SHOWN))
        why = SecondaryLabel("\n".join(below), self.table, wrap=True)
        self._grid.addWidget(why, min(len(moved), SHOWN), 0, 1, 4)

    def unfold(self) -> None:
        """Show the dates."""
        if self.table.isHidden():
            self._toggle()

    def _toggle(self) -> None:
        shown = self.table.isHidden()
        self.table.setVisible(shown)
        self.toggle.setText(_("Hide them") if shown else _("Show them"))

    def _dismiss(self) -> None:
        self._closed = True
        self.hide()
