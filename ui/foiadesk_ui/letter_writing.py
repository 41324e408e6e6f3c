"""The side of the letter page on which a draft is written: its form, and what stands around it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from foiadesk.desk import LetterPreview
from foiadesk_ui.insert_menu import Inserter
from foiadesk_ui.letter_carries import LetterCarries
from foiadesk_ui.letter_find import FindBar
from foiadesk_ui.letter_form import LetterForm
from foiadesk_ui.letter_notes import LetterNotes
from foiadesk_ui.letter_subject import Subject
from foiadesk_ui.letter_tools import DraftTools
from foiadesk_ui.session import Session
from foiadesk_ui.spelling_marks import SpellingMarks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from foiadesk_ui.merge_text import MergeText


class LetterWriting(QWidget):
    """The form, what is still blank in it, what goes along with the letter, finding and spelling.

    ``edited`` follows every change by a person; ``wanted`` names a field to go to.
    """

    edited = Signal()
    wanted = Signal(str)

    def __init__(self, session: Session, tools: DraftTools, parent: QWidget) -> None:
        super().__init__(parent)
        self.form = LetterForm(self, inserts=True)
        self.form.edited.connect(self.edited)
        self.form.menu_wanted.connect(self.fill_menu)
        self.notes = LetterNotes(self)
        self.notes.wanted.connect(self.wanted)
        self.carries = LetterCarries(self)
        self.carries.edited.connect(self.edited)
        self.finding = FindBar(self.form, self)
        self.finding.all_wanted.connect(tools.replace_all)
        self.inserter = Inserter(self.form.facts, tools.keep_snippet, tools.show_snippets)
        self.spelling = SpellingMarks(session, self.form, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.finding, self.notes, self.carries):
            column.addWidget(widget)
        column.addWidget(self.form, 1)
        column.addWidget(self.spelling)

    def values(self) -> dict[str, str]:
        """Return everything of the letter a person can change here: the form, and what goes along with it."""
        return {**self.form.values(), **self.carries.values()}

    def begin(self, subject: Subject, *, anew: bool) -> None:
        """Show another letter. anew: its form has other fields than the one before."""
        if anew:
            self.form.build(subject.kind.fields)
        self.form.verticalScrollBar().setValue(0)
        self.load(subject)
        self.form.mark_blanks(())
        self.notes.show_notes((), ())
        self.finding.hide()
        self.spelling.begin("" if subject.sent else subject.kind.language)

    def load(self, subject: Subject) -> None:
        """Show what the letter says on the desk."""
        self.form.load(subject.letter.values)
        self.show_documents(subject, subject.letter.values)

    def show_documents(self, subject: Subject, values: "Mapping[str, str]") -> None:
        """Offer the documents and signers that there are now."""
        self.carries.show_letter(values, subject.documents, subject.signers)

    def rebuild(self, subject: Subject) -> None:
        """Make the form anew, as its template was changed; what was typed stays."""
        typed = self.form.values()
        self.form.build(subject.kind.fields)
        self.form.load({**subject.letter.values, **typed})

    def offer(self, subject: Subject) -> None:
        """Show what can be put into a text."""
        self.form.facts.show(subject.facts)
        self.inserter.own, self.inserter.shipped = subject.snippets, subject.ready_made

    def show_drawn(self, preview: LetterPreview) -> None:
        """Say what is still blank, and what the law warns of."""
        self.form.mark_blanks({blank.name for blank in preview.blanks})
        self.notes.show_notes(preview.blanks, preview.warnings)

    def next_blank(self, preview: LetterPreview) -> str:
        """Return the blank after the field that has the keyboard, after the last the first; "" when none is left.

        One that is filled in elsewhere, as who asks is, comes only when the form has none.
        """
        every = list(dict.fromkeys(blank.name.partition(":")[0] for blank in preview.blanks))
        names = [name for name in every if self.form.has(name)] or every
        here = self.form.focused()
        if here in names:
            return names[(names.index(here) + 1) % len(names)]
        return names[0] if names else ""

    def fill_menu(self, box: "MergeText", menu: QMenu) -> None:
        """Add to a box's menu what was meant by a word, and what can be put in."""
        self.spelling.fill(menu, box)
        self.inserter.fill(menu, box)
