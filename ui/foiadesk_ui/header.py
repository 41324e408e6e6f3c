"""The header over every page: its title, the search box, the way to the help, its one primary action."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.elided import ElidedLabel
from foiadesk_ui.finder import SearchBox
from foiadesk_ui.i18n import _
from foiadesk_ui.page import Page
from foiadesk_ui.shortcuts import Shortcut
from foiadesk_ui.widgets import IconButton, PrimaryButton

HEIGHT = 60


class Header(QWidget):
    """Title at the left, search in the middle, primary action at the right: at the same place on each page."""

    back = Signal()
    help = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page: Page | None = None
        self.setMinimumHeight(HEIGHT)
        self.back_button = IconButton("back", _("Back"), self.back.emit, parent=self)
        self.title = ElidedLabel(parent=self, title=True)
        self.title.setMinimumWidth(60)
        self.search = SearchBox(self)
        words = _("Help ({keys})").format(keys=Shortcut.HELP.text)
        self.help_button = IconButton("help", words, self.help.emit, parent=self)
        self.primary = PrimaryButton("", self._run, icon="plus", parent=self)
        kept = self.primary.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.primary.setSizePolicy(kept)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.S6, theme.S2, theme.S6, theme.S2)
        row.setSpacing(theme.S2)
        row.addWidget(self.back_button)
        row.addWidget(self.title, 2)
        row.addWidget(self.search, 3)
        row.addWidget(self.help_button)
        row.addSpacing(theme.S2)
        row.addWidget(self.primary)

    def show_page(self, page: Page, *, can_go_back: bool) -> None:
        """Show another page's title and primary action."""
        if self._page is not None and self._page is not page:
            self._page.header_changed.disconnect(self._again)
        if self._page is not page:
            page.header_changed.connect(self._again)
        self._page = page
        self.back_button.setVisible(can_go_back)
        self._again()

    def _again(self) -> None:
        if self._page is None:
            return
        self.title.show_text(self._page.title)
        action = self._page.primary()
        self.primary.setVisible(action is not None)
        if action is not None:
            self.primary.setText(action.label)
            self.primary.set_icon(action.icon)
        self._fit()

    def _fit(self) -> None:
        """The title comes first: the search box makes way for it, as far as it can."""
        others = (self.back_button, self.search, self.help_button, self.primary)
        taken = sum(
            max(one.minimumWidth(), 0 if one is self.search else one.minimumSizeHint().width()) for one in others
        )
        room = self.width() - taken - 2 * theme.S6 - 6 * theme.S2
        self.title.setMinimumWidth(max(60, min(self.title.sizeHint().width(), room)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Divide the room anew."""
        super().resizeEvent(event)
        self._fit()

    def _run(self) -> None:
        action = self._page.primary() if self._page is not None else None
        if action is not None:
            action.run()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A hairline to the page below."""
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, theme.hairline())
