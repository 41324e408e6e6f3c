"""Said once after the law's rules or calendar changed: which due dates moved, from when to when, and why."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.i18n import _, ngettext, plain_date
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
            dates = SecondaryLabel(_("was {was}, now {now}").format(was=was, now=now), self.table)
            self._grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignLeading)
            self._grid.addWidget(dates, line, 1)
            self._grid.addWidget(SecondaryLabel(one.why, self.table), line, 2)

    def _toggle(self) -> None:
        shown = self.table.isHidden()
        self.table.setVisible(shown)
        self.toggle.setText(_("Hide them") if shown else _("Show them"))

    def _dismiss(self) -> None:
        self._closed = True
        self.hide()
