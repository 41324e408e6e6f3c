"""The question before two requests become one: what moves, what both have, and what to look at afterwards."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.announce import announce
from foiadesk_ui.escape_panel import EscapePanel
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, ngettext, words_of
from foiadesk_ui.request_picker import pick_request
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import Hairline, LinkButton, SecondaryLabel, SectionLabel, plain_button

if TYPE_CHECKING:
    from foiadesk.desk import Change, Merging


class MergePanel(EscapePanel):
    """Hidden until ``begin``."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._source = self._into = 0
        self.head = SectionLabel("", self, wrap=True)
        self.head.setContentsMargins(0, 0, 0, 0)
        self.about = SecondaryLabel("", self, wrap=True)
        self.notes = SecondaryLabel("", self, wrap=True)
        self.go = plain_button(_("Merge"), self.merge, icon="forward", parent=self)
        self.cancel = LinkButton(_("Cancel"), self.put_away, parent=self)
        row = Flow()
        row.setSpacing(theme.S2)
        row.addWidget(self.go)
        row.addWidget(self.cancel)
        row.addStretch(1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(theme.S6, 0, theme.S4, 0)
        lines.setSpacing(theme.S2)
        for part in (self.head, self.about, self.notes):
            lines.addWidget(part)
        lines.addLayout(row)
        lines.addWidget(Hairline(self))
        self.hide()

    def begin(self, request: int) -> None:
        """Ask into which request this one goes, then say what that does."""
        self.hide()
        pick_request(self._session, self.window(), _("Merge into which request?"), lambda into: self.ask(request, into))

    def ask(self, source: int, into: int) -> None:
        """Say what merging these does, and wait for the word."""
        self._source, self._into = source, into
        self._session.ask(self, lambda desk: desk.requests.merging(source, into), self._say, key="merging")

    def merge(self) -> None:
        """Merge the two; the other one shows then."""
        source, into = self._source, self._into
        self.hide()

        def done(_change: "Change") -> None:
            self._session.go("request", id=into)

        self._session.act(self, lambda desk: desk.requests.merge(source, into), done)

    def _say(self, found: "Merging") -> None:
        self.head.setText(_("Merge {one} into {other}?").format(one=found.source, other=found.into))
        moves = [
            ngettext("{n} event", "{n} events", found.events),
            ngettext("{n} piece of correspondence", "{n} pieces of correspondence", found.correspondence),
            ngettext("{n} letter", "{n} letters", found.letters),
        ]
        if found.items:
            moves.append(ngettext("{n} item asked for", "{n} items asked for", found.items))
        said = [_("It moves {what}.").format(what=", ".join(moves))]
        if found.doubles:
            said.append(
                ngettext("{n} event is on both and stays once.", "{n} events are on both and stay once.", found.doubles)
            )
        said.append(_("What is left goes to the trash. All of it can be undone."))
        self.about.setText(" ".join(said))
        self.notes.setText(" ".join(map(words_of, found.notes)))
        self.notes.setVisible(bool(found.notes))
        self.show()
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self.about, f"{self.head.text()} {self.about.text()} {self.notes.text()}")
