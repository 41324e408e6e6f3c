"""New request, first step: what is asked for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QMenu, QWidget

from foiadesk.letters.snippets import Snippet, first_gap, format_snippets, item_snippets
from foiadesk_ui import theme
from foiadesk_ui.date_field import DateField
from foiadesk_ui.flow import Flow
from foiadesk_ui.growing_text import GrowingText
from foiadesk_ui.i18n import _
from foiadesk_ui.item_list import ItemList
from foiadesk_ui.labelled import FormColumn, Labelled
from foiadesk_ui.new_request_draft import RequestDraft
from foiadesk_ui.widgets import LinkButton

if TYPE_CHECKING:
    from foiadesk.desk import LetterKind


class AskStep(FormColumn):
    """Title, background, numbered items, the dates of the records, formats."""

    changed = Signal()
    manage = Signal()  # the person wants to see the snippets of their own

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.letter = QComboBox(self)
        self.letter.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.letter.setMinimumContentsLength(24)
        self._letter = ""
        self.own: Sequence[Snippet] = ()
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(_("e.g. Face recognition contracts"))
        self.background = GrowingText(self, lines=3)
        self.items = ItemList(self, hint=_("All records that…"))
        self.since = DateField(self, name=_("Records from"))
        self.until = DateField(self, name=_("Records through"))
        self.formats = QComboBox(self)
        self.formats.setEditable(True)
        self.formats.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.formats.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for snippet in format_snippets():
            self.formats.addItem(snippet.text)
        self.formats.setCurrentText("")
        line = self.formats.lineEdit()
        assert line is not None
        line.setPlaceholderText(_("No preference"))
        self._lay_out()
        self.letter.activated.connect(lambda _place: self._choose_letter())
        self.name.textEdited.connect(lambda _text: self.changed.emit())
        self.background.edited.connect(self.changed)
        self.items.changed.connect(self.changed)
        self.since.edited.connect(self.changed)
        self.until.edited.connect(self.changed)
        self.formats.editTextChanged.connect(lambda _text: self.changed.emit())

    def _lay_out(self) -> None:
        self._letter_field = Labelled(_("Kind of letter"), self.letter, " ", self)
        self.add(
            self._letter_field,
            Labelled(_("Title"), self.name, _("Names the request in lists and in the letter’s subject line."), self),
            Labelled(
                _("Background (optional)"),
                self.background,
                _("Why you ask, in a paragraph or two. It stands in the letter above the items."),
                self,
            ),
        )
        items = Labelled(_("What you ask for"), self.items, "", self)
        self.snippets = LinkButton(_("Ready-made item…"), self._offer_snippets, icon="text", parent=self)
        self.more = LinkButton(_("Add item"), self.items.add, icon="plus", parent=self)
        under = Flow()
        under.setSpacing(theme.S2)
        under.setContentsMargins(self.items.fontMetrics().horizontalAdvance("88.") + 2, 0, 0, 0)
        under.addWidget(self.more)
        under.addWidget(self.snippets)
        under.addStretch(1)
        self.add(items)
        self.column.addLayout(under)
        dates = QWidget(self)
        row = QHBoxLayout(dates)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S6)
        row.addWidget(Labelled(_("Records from"), self.since, _("Empty: no first day."), dates), 1)
        row.addWidget(
            Labelled(_("Records through"), self.until, _("Empty: up to the day the search begins."), dates), 1
        )
        self.add(dates)
        self.add(Labelled(_("Form or format"), self.formats, "", self))
        self.finish()

    def show_kinds(self, kinds: "Sequence[LetterKind]") -> None:
        """Offer these kinds of letter; the first is the general one."""
        self.letter.clear()
        for kind in kinds:
            self.letter.addItem(_(kind.title), kind.name)
            self.letter.setItemData(self.letter.count() - 1, _(kind.applies), Qt.ItemDataRole.ToolTipRole)
        self._show_letter()

    def _choose_letter(self) -> None:
        self._letter = self.letter.currentData() if self.letter.currentIndex() > 0 else ""
        self._show_letter()
        self.changed.emit()

    def _show_letter(self) -> None:
        place = max(0, self.letter.findData(self._letter))
        self.letter.setCurrentIndex(place)
        applies = str(self.letter.itemData(place, Qt.ItemDataRole.ToolTipRole) or "")
        self._letter_field.help.setText(applies)
        self.letter.setAccessibleDescription(applies)

    def show_own(self, own: Sequence[Snippet]) -> None:
        """Offer these snippets of the person's own above the ready-made ones."""
        self.own = own

    def _offer_snippets(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.snippets.mapToGlobal(QPoint(0, self.snippets.height())))

    def menu(self) -> QMenu:
        """Return a menu of what can be added as an item: the person's own first, then the ready-made by their group."""
        menu = QMenu(self)
        for snippet in self.own:
            self._offer(menu, snippet, snippet.title.replace("&", "&&"))
        menu.addSeparator()
        group, under = "", menu
        for snippet in item_snippets():
            if snippet.group != group:
                group = snippet.group
                under = menu.addMenu(_(group))
            self._offer(under, snippet, _(snippet.title))
        menu.addSeparator()
        menu.addAction(_("Your snippets…")).triggered.connect(lambda _on=False: self.manage.emit())
        return menu

    def _offer(self, menu: QMenu, snippet: Snippet, words: str) -> None:
        action = menu.addAction(words)
        action.setToolTip(snippet.text)
        action.triggered.connect(lambda _checked=False: self.insert(snippet))

    def insert(self, snippet: Snippet) -> None:
        """Add a snippet as an item and select the first place to fill in."""
        text = snippet.text.strip()
        self.items.add(text)
        editor = next(box for box in reversed(self.items.editors()) if box.text() == text)
        gap = first_gap(text)
        if gap is not None:
            cursor = editor.textCursor()
            cursor.setPosition(gap[0])
            cursor.setPosition(gap[1], QTextCursor.MoveMode.KeepAnchor)
            editor.setTextCursor(cursor)

    def trouble(self) -> str:
        """Return why a date cannot be read, or ""."""
        return self.since.trouble() or self.until.trouble()

    def load(self, draft: RequestDraft) -> None:
        """Show the draft."""
        self._letter = draft.letter
        self._show_letter()
        self.name.setText(draft.title)
        self.background.set_text(draft.background)
        self.items.set_items(draft.items)
        for field, text in ((self.since, draft.records_from), (self.until, draft.records_to)):
            field.set_text(text)
        if self.formats.currentText() != draft.formats:
            self.formats.setCurrentText(draft.formats)

    def store(self, draft: RequestDraft) -> None:
        """Write what is shown into the draft."""
        draft.letter = self._letter
        draft.title = self.name.text()
        draft.background = self.background.text()
        draft.items = self.items.items()
        draft.records_from = self.since.iso()
        draft.records_to = self.until.iso()
        draft.formats = self.formats.currentText()

    def first(self) -> QWidget:
        """Return where typing begins."""
        return self.name
