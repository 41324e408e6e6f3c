"""Help: the program's own handbook, read inside the window and without the internet."""

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from foiadesk_ui import pages
from foiadesk_ui.help_view import HelpView
from foiadesk_ui.i18n import _
from foiadesk_ui.page import Page, Primary
from foiadesk_ui.session import Session


class HelpPage(Page):
    """The handbook; links in it lead to its topics and to the window's pages, and Back leads back."""

    name: ClassVar[str] = "help"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.title = _("Help")
        super().__init__(session, parent)
        self.view = HelpView(self)
        self.view.topic.connect(lambda name, section: session.go("help", topic=name, section=section))
        self.view.page.connect(self._go)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view)

    def open(self, **where: Any) -> None:
        """``topic``: its name; ``section``: a heading in it."""
        self.view.show_topic(where.get("topic") or self.view.shown(), where.get("section") or "")

    def first_focus(self) -> QWidget | None:
        """The text, unless somebody is going through the list."""
        return None if self.view.list.hasFocus() else self.view.text

    def primary(self) -> Primary | None:
        """Nothing is made here."""
        return None

    def poses(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        """Return topics with tables and steps, and a search."""

        def topic(name: str) -> Callable[[], None]:
            return lambda: self.view.show_topic(name)

        return (
            *((name, topic(name)) for name in ("deadlines", "keyboard", "command-line", "glossary")),
            ("found", lambda: self.view.search.setText(_("Proof"))),
            ("nothing", lambda: self.view.search.setText("§")),
            ("again", self.view.search.clear),
        )

    def _go(self, name: str) -> None:
        self.session.go(pages.spec(name).name)
