"""What is done with a whole draft from its page: keep a version, replace everywhere, write another like it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from foiadesk.desk import Change, Desk
from foiadesk_ui.i18n import _
from foiadesk_ui.letter_exits import Leaving
from foiadesk_ui.session import Session

if TYPE_CHECKING:
    from foiadesk_ui.snippets_dialog import SnippetsDialog


class DraftTools(QObject):
    """Actions on the letter shown. leaving: that letter, with everything typed saved."""

    def __init__(self, session: Session, leaving: Callable[[], Leaving | None], parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._leaving = leaving
        self._page = parent

    def keep_snippet(self, text: str) -> None:
        """Keep a selected text as a snippet."""
        self._session.act(self, lambda desk: desk.snippets.add(text))

    def show_snippets(self) -> "SnippetsDialog":
        """Show the person's own snippets, to change them."""
        from foiadesk_ui.snippets_dialog import show_snippets

        return show_snippets(self._session, self._page)

    def keep(self) -> None:
        """Keep what the draft says now."""
        shown = self._leaving()
        if shown is not None and not shown.subject.sent:
            letter = shown.subject.letter.id
            self._session.act(self, lambda desk: desk.drafting.keep(letter))

    def note_exit(self, why: str) -> None:
        """Keep a version of a draft that was just saved or printed."""
        shown = self._leaving()
        if shown is None or shown.subject.sent or self._session.desk.read_only:
            return
        letter = shown.subject.letter.id

        def note(desk: Desk) -> Change:
            desk.drafting.note_exit(letter, why)
            return Change("", undoable=False)

        self._session.act(self, note, quiet=True)

    def replace_all(self, text: str, by: str, case: bool) -> None:
        """Replace a text in every field, as one undo."""
        shown = self._leaving()
        if shown is not None and not shown.subject.sent:
            letter = shown.subject.letter.id
            self._session.act(self, lambda desk: desk.drafting.replace(letter, text, by, case=case))

    def duplicate(self) -> None:
        """Ask for a request and begin a letter on it with this one's words."""
        from foiadesk_ui.request_picker import pick_request

        if self._leaving() is not None:
            pick_request(self._session, self._page, _("Write one like it for which request?"), self.duplicate_for)

    def duplicate_for(self, request: int) -> None:
        """Begin a letter on a request with this one's words, and show it."""
        shown = self._leaving()
        if shown is None:
            return
        letter = shown.subject.letter.id

        def made(change: Change) -> None:
            self._session.go("letter", letter=change.primary)

        self._session.act(self, lambda desk: desk.drafting.duplicate(letter, request), made)
