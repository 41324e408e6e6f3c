"""Your snippets: the list, and the one selected to change or remove."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from foiadesk.desk import Change
from foiadesk_ui import theme
from foiadesk_ui.flow import Flow
from foiadesk_ui.growing_text import GrowingText
from foiadesk_ui.help_key import offer_help
from foiadesk_ui.i18n import _
from foiadesk_ui.labelled import Labelled
from foiadesk_ui.screen_fit import size_dialog
from foiadesk_ui.session import Session
from foiadesk_ui.two_line import Line, TwoLineList
from foiadesk_ui.widgets import LinkButton, PrimaryButton, SecondaryLabel, plain_button

if TYPE_CHECKING:
    from foiadesk.desk import Snippet

NEW = 0


def show_snippets(session: Session, page: QWidget) -> "SnippetsDialog":
    """Show the person's own snippets over a page, to change them."""
    dialog = SnippetsDialog(session, page)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


class SnippetsDialog(QDialog):
    """Reads the snippets again after every change of them."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._snippets: tuple[Snippet, ...] = ()
        self._id = NEW
        self._wanted = 0  # to be selected when the list comes
        self.setWindowTitle(_("Your snippets"))
        offer_help(self, "letters")
        self.list = TwoLineList(_("Your snippets"), self)
        self.list.picked.connect(self._pick)
        self.none = SecondaryLabel(
            _("No snippet is kept yet. Select a text in a letter and keep it, or write one here."), self, wrap=True
        )
        self.name = QLineEdit(self)
        self.text = GrowingText(self, lines=6, most=12)
        self.remove = LinkButton(_("Remove"), self._remove, icon="trash", parent=self)
        self.new = LinkButton(_("New snippet"), lambda: self._pick(NEW), icon="plus", parent=self)
        self.save = PrimaryButton(_("Keep"), self._save, parent=self)
        self.save.setAutoDefault(False)
        self.close_button = plain_button(_("Close"), self.reject, parent=self)
        self.close_button.setAutoDefault(False)
        for widget in (self.name.textChanged, self.text.textChanged):
            widget.connect(self._allow)
        self._lay_out()
        session.changed.connect(self._changed)
        self._pick(NEW)
        self._read()
        size_dialog(self, 720, 460)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(theme.S2)
        left.addWidget(self.list, 1)
        left.addWidget(self.none)
        left.addWidget(self.new, 0, Qt.AlignmentFlag.AlignLeft)
        right = QVBoxLayout()
        right.setSpacing(theme.S4)
        right.addWidget(Labelled(_("Title"), self.name, "", self))
        right.addWidget(
            Labelled(_("Text"), self.text, _("Put « and » around what is to be filled in each time."), self)
        )
        right.addStretch(1)
        foot = Flow()
        foot.setSpacing(theme.S2)
        foot.addWidget(self.remove)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.save)
        middle = QHBoxLayout()
        middle.setSpacing(theme.S4)
        middle.addLayout(left, 2)
        middle.addLayout(right, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S4, theme.S4, theme.S4, theme.S4)
        column.setSpacing(theme.S4)
        column.addLayout(middle, 1)
        column.addLayout(foot)

    def _changed(self, change: Change) -> None:
        if change.touches("snippet"):
            self._read()

    def _read(self) -> None:
        self._session.ask(self, lambda desk: desk.snippets.own(), self._show, key="snippets")

    def _show(self, snippets: "tuple[Snippet, ...]") -> None:
        self._snippets = snippets
        ids = [one.id for one in snippets]
        chosen = self._wanted if self._wanted in ids else self._id if self._id in ids else ids[0] if ids else NEW
        self._wanted = 0
        lines = [Line(one.id, one.title, " ".join(one.text.split())) for one in snippets]
        self.list.show_lines(lines, chosen)
        self.list.setVisible(bool(ids))
        self.none.setVisible(not ids)
        if chosen != self._id or chosen in ids:
            self._pick(chosen)

    def _pick(self, key: int) -> None:
        found: Sequence[Snippet] = [one for one in self._snippets if one.id == key]
        self._id = key
        self.name.setText(found[0].title if found else "")
        self.text.set_text(found[0].text if found else "")
        self.remove.setVisible(bool(found))
        if not found:
            self.list.clearSelection()
        self._allow()

    def _allow(self) -> None:
        self.save.setEnabled(bool(self.text.text().strip()) and (self._id == NEW or bool(self.name.text().strip())))

    def _save(self) -> None:
        key, title, text = self._id, self.name.text(), self.text.text()

        def kept(change: Change) -> None:
            self._wanted = change.primary
            self._read()

        if key == NEW:
            self._session.act(self, lambda desk: desk.snippets.add(text, title=title), kept)
        else:
            self._session.act(self, lambda desk: desk.snippets.edit(key, title=title, text=text), kept)

    def _remove(self) -> None:
        key = self._id
        self._session.act(self, lambda desk: desk.snippets.remove(key))
