"""Saved searches: a menu to run, rename and remove them, and a line to name one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from foiadesk_ui import saved_menu
from foiadesk_ui.i18n import _
from foiadesk_ui.saved_menu import SavedMenu
from foiadesk_ui.session import Session

if TYPE_CHECKING:
    from foiadesk.desk import SavedSearch


class SavedSearches(SavedMenu):
    """The button with the menu."""

    run = Signal(str)  # a saved query

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Saved searches"), _("Save this search…"), "star", parent)
        self._session = session
        self.chosen.connect(lambda one: self.run.emit(one.query))
        self.unwanted.connect(self._remove)

    def ask(self) -> None:
        """Ask which searches are kept."""
        self._session.ask(self, lambda desk: desk.search.saved(), self.show_saved, key="saved")

    def _remove(self, one: "SavedSearch") -> None:
        self._session.act(self, lambda desk: desk.search.remove(one.id))


class NameLine(saved_menu.NameLine):
    """A line that asks for a search's name."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Name of this search"), 200, parent)
        self._session = session
        self._query = ""
        self.named.connect(self._keep)

    def ask(self, query: str, renamed: "SavedSearch | None") -> None:
        """Ask for the name of a query, or for another name of a saved one."""
        self._query = query
        self.start(renamed)

    def _keep(self, name: str, renamed: "SavedSearch | None") -> None:
        query = self._query
        if renamed is not None:
            key = renamed.id
            self._session.act(self, lambda desk: desk.search.rename(key, name))
        else:
            self._session.act(self, lambda desk: desk.search.save(name, query))
