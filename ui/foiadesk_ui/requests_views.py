"""Views of the list of requests: a menu of those kept by name, of what rows tell, and a line to name one."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from foiadesk.desk import SavedView
from foiadesk_ui.i18n import _
from foiadesk_ui.requests_delegate import SHOWN
from foiadesk_ui.saved_menu import NameLine, SavedMenu
from foiadesk_ui.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from foiadesk.desk import Change

NAME_AT_MOST = 100


def shown_words(what: str) -> str:
    """Name one of the things a row can tell."""
    return {
        "number": _("Tracking number"),
        "campaign": _("Campaign"),
        "sent": _("Sent on"),
        "due": _("Due date"),
        "stage": _("Stage"),
        "turn": _("Whose turn it is"),
    }[what]


class RequestsViews(SavedMenu):
    """The button. ``now`` says what the list shows, without a name; ``chosen`` carries a view to show."""

    shown_changed = Signal()

    def __init__(self, session: Session, now: "Callable[[], SavedView]", parent: QWidget | None = None) -> None:
        self._show: set[str] = set()
        super().__init__(_("Views"), _("Save this view…"), "star", parent)
        self._session = session
        self._now = now
        self.setToolTip(_("Views kept by name, and what each row tells"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.line = NameLine(_("Name of this view"), NAME_AT_MOST, parent)
        self.naming.connect(self.line.start)
        self.line.named.connect(self._store)
        self.unwanted.connect(self._remove)
        self.show_can_save(not session.desk.read_only)

    def ask(self, change: "Change | None" = None) -> None:
        """Ask which views are kept, when that may have changed."""
        if change is None or change.touches("view"):
            self._session.ask(self, lambda desk: desk.views.all(), self.show_saved, key="views")

    def shown(self) -> tuple[str, ...]:
        """Return what rows tell, empty: as is usual."""
        return tuple(one for one in SHOWN if one in self._show)

    def set_shown(self, show: tuple[str, ...]) -> None:
        """Have rows tell this."""
        self._show = {one for one in show if one in SHOWN}
        self._fill()

    def _fill(self) -> None:
        super()._fill()
        menu = self.menu()
        menu.addSeparator()
        sub = menu.addMenu(_("Each row tells"))
        usual = sub.addAction(_("As is usual"), partial(self._tell, ""))
        usual.setCheckable(True)
        usual.setChecked(not self._show)
        for one in SHOWN:
            action = sub.addAction(shown_words(one), partial(self._tell, one))
            action.setCheckable(True)
            action.setChecked(one in self._show)

    def _tell(self, what: str) -> None:
        self._show = self._show ^ {what} if what else set()
        self._fill()
        self.shown_changed.emit()

    def _store(self, name: str, renamed: SavedView | None) -> None:
        if renamed is not None:
            key = renamed.id
            self._session.act(self, lambda desk: desk.views.rename(key, name))
            return
        now = self._now()
        view = SavedView(name, now.filter, now.group, now.show)
        self._session.act(self, lambda desk: desk.views.save(view))

    def _remove(self, view: SavedView) -> None:
        self._session.act(self, lambda desk: desk.views.remove(view.id))
