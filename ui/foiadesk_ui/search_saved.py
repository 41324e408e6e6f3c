"""Saved searches: a menu to run, rename and remove them, and a line to name one."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QWidget

from foiadesk_ui import icons, theme
from foiadesk_ui.i18n import _
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import LinkButton, plain_button

if TYPE_CHECKING:
    from foiadesk.desk import SavedSearch


class SavedSearches(QToolButton):
    """The button with the menu."""

    run = Signal(str)  # a saved query
    naming = Signal(object)  # SavedSearch to rename, or None to keep what is searched now

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.saved: tuple[SavedSearch, ...] = ()
        self.setText(_("Saved searches") + " ▾")
        self.setAccessibleName(_("Saved searches"))
        icons.put(self, "star")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMenu(QMenu(self))
        self.can_save = False
        theme.watch().changed.connect(self._dress)
        self._dress()
        self.show_saved(())

    def _dress(self) -> None:
        self.setFont(theme.secondary_font())

    def ask(self) -> None:
        """Ask which searches are kept."""
        self._session.ask(self, lambda desk: desk.search.saved(), self.show_saved, key="saved")

    def show_saved(self, saved: "tuple[SavedSearch, ...]") -> None:
        """Offer these."""
        self.saved = saved
        self._fill()

    def show_can_save(self, can: bool) -> None:
        """Offer to keep the present search, or not."""
        if can != self.can_save:
            self.can_save = can
            self._fill()

    def _fill(self) -> None:
        menu = self.menu()
        menu.clear()
        for one in self.saved:
            menu.addAction(_plain(one.name), partial(self.run.emit, one.query))
        if self.saved:
            menu.addSeparator()
        keep = menu.addAction(_("Save this search…"), lambda: self.naming.emit(None))
        keep.setEnabled(self.can_save)
        if self.saved:
            self._submenu(menu, _("Rename"), self.naming.emit)
            self._submenu(menu, _("Remove"), self._remove)

    def _submenu(self, menu: QMenu, label: str, act: "Callable[[SavedSearch], object]") -> None:
        sub = menu.addMenu(label)
        for one in self.saved:
            sub.addAction(_plain(one.name), partial(act, one))

    def _remove(self, one: "SavedSearch") -> None:
        self._session.act(self, lambda desk: desk.search.remove(one.id))


def _plain(name: str) -> str:
    return name.replace("&", "&&")


class NameLine(QWidget):
    """A line that asks for a name; away until it is wanted."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._query = ""
        self._renamed: SavedSearch | None = None
        self.name = QLineEdit(self)
        self.name.setMaxLength(200)
        self.name.setPlaceholderText(_("Name of this search"))
        self.name.setAccessibleName(_("Name of this search"))
        self.name.returnPressed.connect(self._save)
        self.name.installEventFilter(self)
        self.save = plain_button(_("Save"), self._save, parent=self)
        self.cancel = LinkButton(_("Cancel"), self.hide, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S2)
        row.addWidget(self.name, 1)
        row.addWidget(self.save)
        row.addWidget(self.cancel)
        self.hide()

    def start(self, query: str, renamed: "SavedSearch | None") -> None:
        """Ask for the name of a query, or for another name of a saved one."""
        self._query, self._renamed = query, renamed
        self.name.setText(renamed.name if renamed else "")
        self.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def _save(self) -> None:
        name = self.name.text().strip()
        if not name:
            return
        query, renamed = self._query, self._renamed
        if renamed is not None:
            key = renamed.id
            self._session.act(self, lambda desk: desk.search.rename(key, name))
        else:
            self._session.act(self, lambda desk: desk.search.save(name, query))
        self.hide()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Escape puts the line away."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False
