"""The In-tray: what belongs to no request yet, what each seems to be, its preview, and a way to where it belongs."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from foiadesk.records import Correspondence, Direction
from foiadesk_ui import theme
from foiadesk_ui.beside import Beside
from foiadesk_ui.bring_in import choose_files, choose_folder
from foiadesk_ui.drops import Source, accept_drops
from foiadesk_ui.file_all_dialog import FileAllDialog
from foiadesk_ui.filing_dialog import file_sources
from foiadesk_ui.filing_many import file_many
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, ngettext, plain_date
from foiadesk_ui.page import Page, Primary
from foiadesk_ui.preview_pane import PreviewPane
from foiadesk_ui.records_table import RECORD_ROLE, Column, RecordsTable
from foiadesk_ui.session import Session
from foiadesk_ui.suggestion_panel import SuggestionPanel
from foiadesk_ui.suggestion_words import one_line
from foiadesk_ui.widgets import EmptyState, Hairline, IconButton, LinkButton, SecondaryLabel, plain_button

if TYPE_CHECKING:
    from foiadesk.desk import Change, Waiting

AT_ONCE = 12  # letters understood before the list shows more of them
_MOVES = ("correspondence", "attachment", "request", "event", "requester", "letter")


def letter_name(letter: Correspondence) -> str:
    """Return what to call a piece of correspondence: its subject, else its file's name."""
    return letter.subject or (letter.attachments[0].name if letter.attachments else _("correspondence"))


class InTrayPage(Page):
    """Waiting correspondence at the left; at the right what is suggested for it, why, and what it is."""

    name: ClassVar[str] = "in_tray"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.title = _("In-tray")
        super().__init__(session, parent)
        self._known: dict[int, Waiting] = {}
        self._asked: set[int] = set()
        self.table: RecordsTable[Correspondence] = RecordsTable(
            (
                Column(_("What"), letter_name, icon=self._icon, below=self._below),
                Column(_("Dated"), self._day, 112, number=True, secondary=True),
            ),
            lambda one: one.id,
            self,
            name=_("Waiting correspondence"),
        )
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.selectionModel().selectionChanged.connect(lambda *_changed: self._chosen())
        self.table.opened.connect(lambda _one: self.decide())
        self.table.unwanted.connect(lambda _one: self.throw_away())
        self.suggestion = SuggestionPanel(self.file, self.decide, self)
        self.preview = PreviewPane(session, self, empty=_("Choose what waits here to see it."))
        self.file_all = plain_button(_("File all as suggested…"), self.file_certain, parent=self)
        self.sure = SecondaryLabel("", self, wrap=True)
        self.add = LinkButton(_("Bring in files…"), self.choose_files, icon="plus", parent=self)
        self.folder = LinkButton(_("A folder…"), lambda: choose_folder(session, self), icon="folder", parent=self)
        self.trash = IconButton("trash", _("Move to the trash"), self.throw_away, parent=self)
        self.empty = EmptyState(
            _("The In-tray is empty: drop letters or e-mail here, and they wait until you know where they belong."),
            _("Bring in files…"),
            self.choose_files,
            icon="in_tray",
            parent=self,
        )
        self._lay_out()
        accept_drops(self, self._dropped, lambda: _("Drop to file"))
        self._ask()

    def _lay_out(self) -> None:
        tools = Flow()
        tools.setContentsMargins(theme.S4, theme.S2, theme.S4, theme.S2)
        tools.setSpacing(theme.S2)
        tools.addWidget(self.add)
        tools.addWidget(self.folder)
        tools.addStretch(1)
        tools.addWidget(self.trash)
        all_of_them = Flow()
        all_of_them.setContentsMargins(theme.S4, 0, theme.S4, theme.S2)
        all_of_them.setSpacing(theme.S2)
        all_of_them.addWidget(self.sure, 1)
        all_of_them.addWidget(self.file_all)
        self.certain_line = QWidget(self)
        self.certain_line.setLayout(all_of_them)
        left = QWidget(self)
        left.setMinimumWidth(300)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tools)
        column.addWidget(self.certain_line)
        column.addWidget(self.table, 1)
        right = QWidget(self)
        right.setMinimumWidth(280)
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self.suggestion)
        beside.addWidget(Hairline(right))
        beside.addWidget(self.preview, 1)
        self.split = Beside(left, right, narrow=640, shares=(1, 1), parent=self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.split)
        outer.addWidget(self.empty)
        self.split.hide()
        self.empty.hide()
        self._chosen()

    # Page ----------------------------------------------------------------------------------------------------------

    def open(self, **where: Any) -> None:
        """``id``: the correspondence to select."""
        if where.get("id"):
            self.table.select_key(int(where["id"]))

    def refresh(self, change: "Change | None") -> None:
        """Ask again what waits and what it seems to be, when something it rests on changed."""
        if change is None or any(change.touches(kind) for kind in _MOVES):
            self._ask()

    def primary(self) -> Primary | None:
        """None: the one primary action files what is chosen, beside what it is."""
        return None

    def first_focus(self) -> QWidget | None:
        """The list, else the button of the empty page."""
        return self.table if self.split.isVisible() else self.empty.button

    def poses(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        """Several chosen."""
        return (("chosen", self.table.selectAll),) if self._known else ()

    # Actions -------------------------------------------------------------------------------------------------------

    def chosen(self) -> list[Correspondence]:
        """Return what is selected, in the order of the list."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.table.model().index(row, 0).data(RECORD_ROLE) for row in rows]

    def file(self) -> None:
        """File what is chosen as suggested; of several, after showing what will happen."""
        letters = self.chosen()
        if len(letters) > 1:
            self._propose([one for one in self._of(letters) if one.understood.ready], certain=False)
        elif letters:
            number = letters[0].id
            self.session.act(self, lambda desk: desk.in_tray.file(number))

    def file_certain(self) -> None:
        """File everything that is certain, after showing what will happen."""
        self._propose(self._certain(), certain=True)

    def decide(self, request: int | None = None) -> None:
        """Open what is chosen to choose another request, event or date."""
        letters = self.chosen()
        if letters:
            file_sources(self.session, self, letters, request)

    def throw_away(self) -> None:
        """Move what is chosen to the trash."""
        for letter in self.chosen():
            self.session.act(self, lambda desk, number=letter.id: desk.trash.put("correspondence", number))  # type: ignore[misc]

    def choose_files(self) -> None:
        """Choose files to bring in."""
        choose_files(self.session, self)

    def _propose(self, waiting: "Sequence[Waiting]", *, certain: bool) -> None:
        if waiting:
            ids = [one.letter.id for one in waiting]
            dialog = FileAllDialog(waiting, lambda: file_many(self.session, ids, certain=certain), self)
            dialog.open()

    def _dropped(self, sources: Sequence[Source]) -> None:
        file_sources(self.session, self, sources)

    # Inside --------------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        self.session.ask(self, lambda desk: desk.in_tray.waiting(), self._answered, key="waiting")

    def _answered(self, waiting: tuple[Correspondence, ...]) -> None:
        there = {one.id for one in waiting}
        self._known = {key: one for key, one in self._known.items() if key in there}
        self._asked = set()
        self.table.set_records(waiting)
        self.split.setVisible(bool(waiting))
        self.empty.setVisible(not waiting)
        if waiting and self.table.current() is None:
            self.table.select_first()
        self._chosen()
        self._ask_more()

    def _ask_more(self) -> None:
        """Ask what the next letters seem to be: those that are chosen first."""
        letters = [*self.chosen(), *self.table.records_model.records]
        ids = list(dict.fromkeys(one.id for one in letters if one.id not in self._asked))[:AT_ONCE]
        if ids:
            self._asked.update(ids)
            self.session.ask(self, lambda desk: desk.in_tray.suggestions(ids), self._understood, key="suggestions")

    def _understood(self, found: "Sequence[Waiting]") -> None:
        self._known.update({one.letter.id: one for one in found})
        self.table.records_model.set_records(self.table.records_model.records)
        self._chosen()
        self._ask_more()

    def _of(self, letters: Sequence[Correspondence]) -> "list[Waiting]":
        return [self._known[one.id] for one in letters if one.id in self._known]

    def _certain(self) -> "list[Waiting]":
        return [one for one in self._of(self.table.records_model.records) if one.understood.certain]

    def _chosen(self) -> None:
        letters = self.chosen()
        known = self._of(letters)
        certain = len(self._certain())
        self.certain_line.setVisible(certain > 1)
        self.sure.setText(
            ngettext("{n} carries its request’s number.", "{n} carry their request’s tracking number.", certain)
        )
        self.trash.setEnabled(bool(letters))
        self.suggestion.setVisible(bool(letters))
        if len(letters) > 1:
            self.suggestion.show_many(len(letters), sum(one.understood.ready for one in known))
        elif known:
            self.suggestion.show_understood(known[0].understood)
        else:
            self.suggestion.show_waiting()
        files = letters[0].attachments if len(letters) == 1 else ()
        shown = self.preview.attachment
        if shown is None or shown.id not in {one.id for one in files}:
            self.preview.show_attachment(files[0] if files else None)

    def _day(self, letter: Correspondence) -> str:
        known = self._known.get(letter.id)
        return plain_date(letter.date or (known.understood.date if known else None))

    def _below(self, letter: Correspondence) -> str:
        if letter.damaged:
            return _("damaged, kept as it came")
        known = self._known.get(letter.id)
        return one_line(known.understood) if known else letter.sender

    @staticmethod
    def _icon(letter: Correspondence) -> str:
        if letter.damaged:
            return "late"
        return "send" if letter.direction == Direction.OUT else "mail"
