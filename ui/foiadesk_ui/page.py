"""What every page is: a widget with a name and a title that opens somewhere and refreshes what changed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from foiadesk_ui.i18n import _
from foiadesk_ui.least import Tight
from foiadesk_ui.session import Session

if TYPE_CHECKING:
    from foiadesk.desk import Change


@dataclass(frozen=True, slots=True)
class Primary:
    """The one primary action of a page, shown at the right of the header."""

    label: str
    run: Callable[[], None]
    icon: str = ""


class Page(Tight):
    """A page of the main window, made when it is first opened and kept.

    The window calls ``open`` on every navigation to it, ``refresh(change)`` after each change while it is shown, and
    ``refresh(None)`` when it is shown again after changes it did not see.
    """

    name: ClassVar[str] = ""
    title: str = ""  # of a class: marked with N_; of a page: in the window's language
    header_changed = Signal()  # title or primary action are different now

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.setObjectName(self.name)
        self.title = _(self.title)
        self.setAccessibleName(self.title)

    def open(self, **where: Any) -> None:
        """Show what ``where`` names; without it, what was shown last."""

    def refresh(self, change: "Change | None") -> None:
        """Show again what ``change`` touched (None: everything), keeping selection and scroll position."""

    def flush(self) -> None:
        """Hand over what was typed and not yet saved (through ``session.act``); called before leaving and locking."""

    def primary(self) -> Primary | None:
        """Return this page's primary action; None hides the button."""
        return Primary(_("New request"), lambda: self.session.go("new_request"), "plus")

    def poses(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        """Return further states worth a picture (a tab, a step): name and what brings it about."""
        return ()

    def first_focus(self) -> QWidget | None:
        """Return the widget that has the keyboard when the page opens; None leaves it where it is."""
        return None
