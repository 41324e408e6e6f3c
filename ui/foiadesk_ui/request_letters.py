"""The letters of a request: drafts and sent ones, and a menu of what fits now to write next."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from foiadesk.records import Correspondence, Letter, LetterState
from foiadesk_ui import theme
from foiadesk_ui.delivery_panel import DeliveryPanel
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, plain_date
from foiadesk_ui.letter_picker import LetterPicker, group_words, pick_letter
from foiadesk_ui.records_table import Column, RecordsTable
from foiadesk_ui.request_facts import Facts
from foiadesk_ui.session import Session
from foiadesk_ui.template_words import whose
from foiadesk_ui.widgets import EmptyState, LinkButton, plain_button

if TYPE_CHECKING:
    from foiadesk.desk import LetterKind


class LettersTab(QWidget):
    """A table of letters; opening one goes to the letter page."""

    letter_opened = Signal(object)  # Letter
    letter_wanted = Signal(str)  # kind

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._facts: Facts | None = None
        self.table: RecordsTable[Letter] = RecordsTable(
            (
                Column(_("Letter"), self._title, icon=lambda _letter: "letter"),
                Column(_("State"), self._state, 200, meaning=self._meaning),
            ),
            lambda letter: letter.id,
            self,
            name=_("Letters"),
        )
        self.table.opened.connect(self.letter_opened)
        self.table.chosen.connect(self._chosen)
        self.table.unwanted.connect(lambda _letter: self._discard())
        self.empty = EmptyState(
            _("No letter has been written for this request yet."),
            _("All kinds of letter…"),
            self.pick,
            icon="letter",
            parent=self,
        )
        self.new = plain_button(_("New letter"), icon="plus", parent=self)
        self.menu = QMenu(self.new)
        self.menu.setToolTipsVisible(True)
        self.new.setMenu(self.menu)
        self.open_button = LinkButton(_("Open the letter"), self._open, icon="forward", parent=self)
        self.days = LinkButton(_("Postmark…"), self._days, icon="stamp", parent=self)
        self.days.setToolTip(_("Note when it was postmarked, and when it was handed over"))
        self.delivery = DeliveryPanel(session, self)
        self.discard = LinkButton(_("Move to the trash"), self._discard, icon="trash", parent=self)
        row = QWidget(self)
        wrapped = Flow(row, gap=theme.S2)
        for button in (self.new, self.open_button, self.days, self.discard):
            wrapped.addWidget(button)
        tools = QHBoxLayout()
        tools.setContentsMargins(theme.S6, theme.S2, theme.S4, theme.S2)
        tools.addWidget(row, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tools)
        column.addWidget(self.delivery)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        self._chosen(None)

    def show_facts(self, facts: Facts) -> None:
        """Show a request's letters and offer the kinds that fit its stage first."""
        self._facts = facts
        self.table.set_records(facts.letters)
        self.table.setVisible(bool(facts.letters))
        self.empty.setVisible(not facts.letters)
        self._fill_menu(facts)
        self._chosen(self.table.current())

    def _fill_menu(self, facts: Facts) -> None:
        """Offer the letters of the next steps, then what fits now by group, then the list of every kind."""
        self.menu.clear()
        by_name = {kind.name: kind for kind in facts.kinds}
        for name in facts.next_letters:
            self._offer(self.menu, by_name[name])
        if facts.next_letters:
            self.menu.addSeparator()
        law, stage = facts.request.law, facts.answer.stage
        fitting = [kind for kind in facts.kinds if kind.fits(stage, law, facts.events)]
        for group in dict.fromkeys(kind.group for kind in fitting):
            part = self.menu.addMenu(group_words(group))
            part.setToolTipsVisible(True)
            for kind in fitting:
                if kind.group == group:
                    self._offer(part, kind)
        self.menu.addSeparator()
        self.menu.addAction(_("All kinds of letter…")).triggered.connect(lambda _on=False: self.pick())
        self.menu.addAction(_("Letter templates…")).triggered.connect(lambda _on=False: self._session.go("templates"))

    def _offer(self, menu: QMenu, kind: "LetterKind") -> None:
        title = _(kind.title)
        action = menu.addAction(f"{title} · {words}" if (words := whose(kind)) else title)
        action.setToolTip(_(kind.applies))
        action.triggered.connect(lambda _on=False, name=kind.name: self.letter_wanted.emit(name))

    def pick(self) -> LetterPicker | None:
        """Show every kind of letter, and why some do not fit now; the one picked is begun."""
        facts = self._facts
        if facts is None:
            return None
        stage, law = facts.answer.stage, facts.request.law
        dialog = pick_letter(
            facts.kinds,
            stage,
            law,
            self,
            self.letter_wanted.emit,
            first=facts.next_letters,
            events=facts.events,
        )
        request = facts.request.id
        dialog.edit_wanted.connect(lambda name: self._session.go("templates", kind=name, request=request))
        dialog.reset_wanted.connect(lambda name: self._session.act(self, lambda desk: desk.templates.reset(name)))
        return dialog

    def _title(self, letter: Letter) -> str:
        named = self._facts.letter_title(letter.kind) if self._facts else ""
        return _(letter.title or named) or letter.kind.replace("_", " ").capitalize()

    def _state(self, letter: Letter) -> str:
        if letter.state == LetterState.DRAFT:
            return _("Draft")
        filed = self._facts.correspondence if self._facts else ()
        sent = next((one for one in filed if one.id == letter.correspondence), None)
        if sent is None or sent.date is None:
            return _("Sent")
        if sent.by_hand is not None:
            return _("Handed over {day}").format(day=plain_date(sent.by_hand))
        if sent.postmark is not None:
            return _("Postmarked {day}").format(day=plain_date(sent.postmark))
        return _("Sent {day}").format(day=plain_date(sent.date))

    @staticmethod
    def _meaning(letter: Letter) -> str:
        return "done" if letter.state == LetterState.SENT else "pen"

    def _chosen(self, _letter: object) -> None:
        letter = self.table.current()
        self.open_button.setEnabled(letter is not None)
        self.discard.setEnabled(letter is not None and letter.state == LetterState.DRAFT)
        self.days.setEnabled(self._sent() is not None)
        self.delivery.hide()

    def _sent(self) -> Correspondence | None:
        """Return the chosen letter as it was sent."""
        letter = self.table.current()
        filed = self._facts.correspondence if self._facts else ()
        return next((one for one in filed if letter is not None and one.id == letter.correspondence), None)

    def _days(self) -> None:
        if (sent := self._sent()) is not None:
            self.delivery.begin(sent)

    def _open(self) -> None:
        if (letter := self.table.current()) is not None:
            self.letter_opened.emit(letter)

    def _discard(self) -> None:
        if (letter := self.table.current()) is not None and letter.state == LetterState.DRAFT:
            wanted = letter.id
            self._session.act(self, lambda desk: desk.letters.discard(wanted))
