"""Who asks: the organizations and persons on this desk, their letterheads and signers."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from foiadesk.desk import Change, Desk
from foiadesk.records import Requester
from foiadesk_ui import theme
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import N_, _
from foiadesk_ui.new_request_who import signers_words
from foiadesk_ui.page import Page, Primary
from foiadesk_ui.requester_form import RequesterForm
from foiadesk_ui.requester_saving import save
from foiadesk_ui.session import Session
from foiadesk_ui.two_line import Line, TwoLineList
from foiadesk_ui.widgets import EmptyState, Hairline, LinkButton, MeaningLabel, TitleLabel

NEW = 0


class RequestersPage(Page):
    """A list on the left, the chosen one's form on the right. What was typed is saved when one moves on."""

    name = "requesters"
    title = N_("Who asks")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._people: dict[int, Requester] = {}
        self._current: int | None = None
        self._adding = self._saving = self._loaded = False
        self.list = TwoLineList(_("Who asks"), self)
        self.list.picked.connect(self._pick)
        self.form = RequesterForm(session, self)
        self.form.edited.connect(self._edited)
        self.heading = TitleLabel("", self)
        self.heading.setWordWrap(True)
        self.warning = MeaningLabel("soon", "", self)
        self.warning.hide()
        self.revert = LinkButton(_("Leave as it was"), self._revert, parent=self)
        self.remove = LinkButton(_("Remove"), self._remove, icon="trash", parent=self)
        self.empty = EmptyState(
            _("Write down once who asks, with address, signers and letterhead, and every letter has them."),
            _("Add an organization or person"),
            self.start,
            icon="requesters",
            parent=self,
        )
        self._lay_out()
        self._show_parts()

    def _lay_out(self) -> None:
        head = Flow()
        head.setContentsMargins(0, 0, theme.S6, 0)
        head.setSpacing(theme.S2)
        head.addWidget(self.heading, 1)
        head.addWidget(self.warning)
        head.addWidget(self.revert)
        head.addWidget(self.remove)
        right = QVBoxLayout()
        right.setContentsMargins(theme.S6, theme.S4, 0, 0)
        right.setSpacing(theme.S4)
        right.addLayout(head)
        right.addWidget(self.form, 1)
        self.whole = QWidget(self)
        row = QHBoxLayout(self.whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.list.setMinimumWidth(200)
        self.list.setMaximumWidth(340)
        row.addWidget(self.list, 2)
        row.addWidget(Hairline(self.whole, vertical=True))
        row.addLayout(right, 5)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.whole, 1)
        outer.addWidget(self.empty, 1)

    # The window asks

    def open(self, **where: Any) -> None:
        """Show everyone; ``id`` chooses one, ``add`` starts a new one."""
        if where.get("id"):
            self._current = int(where["id"])
        self.read()
        if where.get("add"):
            self.start()

    def refresh(self, change: Change | None) -> None:
        """Read everyone again when one of them changed."""
        if change is None or change.touches("requester"):
            self.read()

    def flush(self) -> None:
        """Save what was typed."""
        if self.form.dirty() and not self.form.trouble():
            self.save()

    def primary(self) -> Primary | None:
        """Save what was typed, else add someone."""
        if self._adding or (self._current is not None and self.form.dirty()):
            return Primary(_("Save"), self.save, "save")
        return Primary(_("Add who asks"), self.start, "plus")

    def first_focus(self) -> QWidget | None:
        """The list, or the form of someone new."""
        if self._adding:
            return self.form.name
        return self.empty.button if self._loaded and not self._people else self.list

    # What is shown

    def read(self) -> None:
        """Ask the desk for everyone."""
        self.session.ask(self, _everyone, self._show, key="people")

    def _show(self, people: Sequence[Requester]) -> None:
        first, self._loaded = not self._loaded, True
        self._people = {requester.id: requester for requester in people}
        if self._current not in self._people:
            self._current = people[0].id if people else None
        self._list()
        if not self._adding and self._current is not None:
            fresh = self._people[self._current]
            if not self.form.dirty() or self.form.value().id != fresh.id:
                self._load(fresh)
        self._show_parts()
        if first and self.isVisible() and not self._adding:
            wanted = self.first_focus()
            if wanted is not None:
                wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _list(self) -> None:
        lines = [Line(one.id, one.name, signers_words(one)) for one in self._people.values()]
        if self._adding:
            lines.append(Line(NEW, self.form.name.text().strip() or _("New"), _("not saved yet")))
        self.list.show_lines(lines, NEW if self._adding else self._current or NEW)

    def _load(self, requester: Requester) -> None:
        self.form.load(requester)
        self.form.verticalScrollBar().setValue(0)
        self._say()

    def _show_parts(self) -> None:
        some = bool(self._people) or self._adding
        self.whole.setVisible(some)
        self.empty.setVisible(not some)
        self._say()

    def _say(self) -> None:
        shown = self._people.get(self._current) if self._current is not None and not self._adding else None
        self.heading.setText(shown.name if shown is not None else _("New organization or person"))
        dirty = self.form.dirty()
        self.revert.setVisible(dirty or self._adding)
        self.revert.setText(_("Cancel") if self._adding else _("Leave as it was"))
        self.remove.setVisible(shown is not None and not dirty)
        self.header_changed.emit()

    # What a person does

    def _pick(self, which: int) -> None:
        if which == NEW:
            return
        self.flush()
        self._adding = False
        self._current = which
        self._load(self._people[which])
        self._list()

    def _edited(self) -> None:
        self.warning.hide()
        self._say()

    def start(self) -> None:
        """Begin someone new."""
        self.flush()
        self._adding = True
        self._load(Requester(""))
        self._list()
        self._show_parts()
        self.form.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Store the form."""
        trouble = self.form.trouble()
        self.warning.show_meaning("soon", trouble)
        self.warning.setVisible(bool(trouble))
        if trouble:
            self.form.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self._saving or not (self.form.dirty() or self._adding):
            return
        value, logo = self.form.value(), self.form.logo.pending
        self._saving = True
        save(self.session, self, value, logo, self._saved, failed=self._not_saved)

    def _saved(self, which: int) -> None:
        self._saving = False
        mine = self.form.value().id in {0, which}
        if mine:
            self._adding = False
            self._current = which
            self.session.ask(self, lambda desk: desk.people.get(which), self._take, key="saved")
        self.read()

    def _take(self, requester: Requester) -> None:
        self._people[requester.id] = requester
        self._load(requester)
        self._list()
        self._show_parts()

    def _not_saved(self, error: Exception) -> None:
        self._saving = False
        self.session.report(error)

    def _revert(self) -> None:
        self._adding = False
        self.warning.hide()
        if self._current is not None:
            self._load(self._people[self._current])
        else:
            self.form.load(Requester(""))
        self._list()
        self._show_parts()

    def _remove(self) -> None:
        which = self._current
        if which is not None:
            self.session.act(self, lambda desk: desk.people.remove(which))


def _everyone(desk: Desk) -> tuple[Requester, ...]:
    return desk.people.all()
