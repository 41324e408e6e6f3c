"""New request, third step: who asks, in the order in which they sign."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from foiadesk.desk import Change, Desk
from foiadesk.records import Requester
from foiadesk_ui import theme
from foiadesk_ui.i18n import _, ngettext
from foiadesk_ui.labelled import FormColumn, section
from foiadesk_ui.new_request_draft import RequestDraft
from foiadesk_ui.requester_form import RequesterForm
from foiadesk_ui.requester_saving import save
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import Hairline, IconButton, LinkButton, SecondaryLabel, plain_button


def signers_words(requester: Requester) -> str:
    """Say who signs for a requester."""
    if not requester.signers:
        return _("Nobody to sign yet")
    names = ", ".join(signer.name for signer in requester.signers)
    return _("Signed by {names}").format(names=names)


class _Row(QWidget):
    """One who could ask: a tick, the signers, and the place in the signing order."""

    moved = Signal(int)

    def __init__(self, requester: Requester, parent: QWidget) -> None:
        super().__init__(parent)
        self.requester = requester
        self.box = QCheckBox(self)
        self.box.installEventFilter(self)
        self.words = SecondaryLabel("", self, wrap=True)
        self.words.setContentsMargins(24, 0, 0, 0)
        self.up = IconButton("chevron-up", "", lambda: self.moved.emit(-1), parent=self)
        self.down = IconButton("chevron-down", "", lambda: self.moved.emit(1), parent=self)
        for button in (self.up, self.down):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Alt+Up and Alt+Down on the tick do the same
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(self.box)
        text.addWidget(self.words)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.S1)
        line.addLayout(text, 1)
        line.addWidget(self.up)
        line.addWidget(self.down)

    def place(self, number: int, count: int) -> None:
        """Show the row as the ``number``-th of ``count`` who sign; 0 for not chosen."""
        name = self.requester.name
        self.box.setText(name)
        was = self.box.blockSignals(True)
        self.box.setChecked(number > 0)
        self.box.blockSignals(was)
        order = ""
        if number and count > 1:
            order = _("Leads the letterhead") if number == 1 else _("Signs as number {n}").format(n=number)
        self.words.setText(" · ".join(part for part in (order, signers_words(self.requester)) if part))
        self.box.setAccessibleDescription(self.words.text())
        self.up.setVisible(number > 0 and count > 1)
        self.down.setVisible(number > 0 and count > 1)
        self.up.setEnabled(number > 1)
        self.down.setEnabled(number < count)
        self.up.set_label(_("{name} signs earlier (Alt+Up)").format(name=name))
        self.down.set_label(_("{name} signs later (Alt+Down)").format(name=name))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            up_or_down = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if up_or_down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.moved.emit(up_or_down)
                return True
        return False


class WhoStep(FormColumn):
    """Ticks for everyone on the desk; adds someone new in place."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._people: dict[int, Requester] = {}
        self._order: list[int] = []
        self._rows: dict[int, _Row] = {}
        self._loaded = self._touched = False
        self.intro = section(
            _("Who asks"),
            _("Those you tick sign together. The first one’s letterhead leads, the others stand beside it."),
            self,
        )
        self.list = QWidget(self)
        self._lines = QVBoxLayout(self.list)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(theme.S2)
        self.add_button = LinkButton(_("Add an organization or person"), self.show_form, icon="plus", parent=self)
        holder = QWidget(self)
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.add_button)
        line.addStretch(1)
        self._adder = holder
        self.form = RequesterForm(session, self)
        self.form.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.save_button = plain_button(_("Save and choose"), self._save, icon="tick", parent=self)
        self.cancel_button = LinkButton(_("Cancel"), self._hide_form, parent=self)
        self.said = SecondaryLabel("", self, wrap=True)
        self._panel = self._make_panel()
        self.add(self.intro, self.list, self._adder, self._panel)
        self.finish()
        self._panel.hide()

    def _make_panel(self) -> QWidget:
        panel = QWidget(self)
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S2)
        column.addWidget(Hairline(panel))
        column.addWidget(section(_("Add who asks"), _("Kept on this desk for every later request."), panel))
        inner = self.form.inner  # without its own scroll bar: the step scrolls
        inner.setParent(panel)
        column.addWidget(inner)
        self.form.hide()
        row = QHBoxLayout()
        row.setSpacing(theme.S2)
        row.addWidget(self.save_button)
        row.addWidget(self.cancel_button)
        row.addWidget(self.said, 1)
        column.addLayout(row)
        return panel

    def chosen(self) -> tuple[int, ...]:
        """Return the ids of those who sign, in order."""
        return tuple(self._order)

    def load(self, draft: RequestDraft) -> None:
        """Show the draft and read who is on the desk."""
        self._order = list(draft.requesters)
        self._touched = False
        self.read()

    def store(self, draft: RequestDraft) -> None:
        """Write the signing order into the draft."""
        if self._loaded:
            draft.requesters = self.chosen()

    def read(self) -> None:
        """Read everyone on the desk again."""
        self._session.ask(self, _everyone, self._show, key="people")

    def _show(self, people: Sequence[Requester]) -> None:
        self._loaded = True
        self._people = {requester.id: requester for requester in people}
        before = list(self._order)
        self._order = [row for row in self._order if row in self._people]
        if not self._touched and not self._order and len(people) == 1:
            self._order = [people[0].id]  # who else could ask
        for row in self._rows.values():
            self._lines.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = {}
        for requester in people:
            row = _Row(requester, self.list)
            row.box.toggled.connect(lambda on, which=requester.id: self._toggle(which, on))
            row.moved.connect(lambda by, which=requester.id: self._move(which, by))
            self._rows[requester.id] = row
        self._arrange()
        self.list.setVisible(bool(people))
        self.intro.setVisible(bool(people))
        if not people:
            self.show_form()
        if self._order != before:
            self.changed.emit()

    def _arrange(self) -> None:
        rest = [row for row in self._people if row not in self._order]
        before: QWidget | None = None
        for place, which in enumerate([*self._order, *rest]):
            row = self._rows[which]
            self._lines.insertWidget(place, row)
            row.show()
            row.place(self._order.index(which) + 1 if which in self._order else 0, len(self._order))
            if before is not None:
                QWidget.setTabOrder(before, row.box)
            before = row.box

    def _toggle(self, which: int, on: bool) -> None:
        self._touched = True
        if on and which not in self._order:
            self._order.append(which)
        elif not on and which in self._order:
            self._order.remove(which)
        self._arrange()
        self._rows[which].box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _move(self, which: int, by: int) -> None:
        if which not in self._order:
            return
        place = self._order.index(which)
        if not 0 <= place + by < len(self._order):
            return
        self._order.insert(place + by, self._order.pop(place))
        self._arrange()
        self._rows[which].box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def show_form(self) -> None:
        """Show the form for someone new."""
        self.form.load(Requester(""))
        self.said.setText("")
        self._panel.show()
        self._adder.hide()
        self.cancel_button.setVisible(bool(self._people))
        self.form.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hide_form(self) -> None:
        self._panel.hide()
        self._adder.show()

    def _save(self) -> None:
        trouble = self.form.trouble()
        self.said.setText(trouble)
        if trouble:
            self.form.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        save(self._session, self, self.form.value(), self.form.logo.pending, self._saved)

    def _saved(self, which: int) -> None:
        if which not in self._order:
            self._order.append(which)
        self._hide_form()
        self.read()
        self.changed.emit()

    def refresh(self, change: Change) -> None:
        """Read everyone again when one of them changed."""
        if change.touches("requester"):
            self.read()

    def first(self) -> QWidget:
        """Return where the keyboard begins."""
        if self._panel.isVisibleTo(self):
            return self.form.name
        return next((self._rows[which].box for which in [*self._order, *self._rows]), self.add_button)

    def summary(self) -> str:
        """Say how many sign."""
        return ngettext("{n} signs", "{n} sign together", len(self._order))


def _everyone(desk: Desk) -> tuple[Requester, ...]:
    return desk.people.all()
