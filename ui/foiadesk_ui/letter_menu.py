"""What more can be done with a letter: the menu at the end of its bar."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from foiadesk_ui.i18n import _
from foiadesk_ui.letter_exits import LetterExits
from foiadesk_ui.letter_subject import Subject
from foiadesk_ui.letter_tools import DraftTools
from foiadesk_ui.widgets import IconButton


class LetterMenu(IconButton):
    """The button and its menu. What only drafts have is not shown for a letter that was sent."""

    find_wanted = Signal()
    versions_wanted = Signal()
    template_wanted = Signal()
    reset_wanted = Signal()
    around_wanted = Signal(str)  # envelope, labels, fax or certified

    def __init__(self, exits: LetterExits, tools: DraftTools, parent: QWidget) -> None:
        super().__init__("more", _("Find, versions, copies and more"), None, parent=parent)
        self.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        self.writing = [
            menu.addAction(_("Find and replace…"), self.find_wanted.emit),
            menu.addAction(_("Keep this version"), tools.keep),
            menu.addAction(_("Earlier versions…"), self.versions_wanted.emit),
            menu.addAction(_("Your snippets…"), tools.show_snippets),
        ]
        menu.addAction(_("Write one like it…"), tools.duplicate)
        menu.addSeparator()
        menu.addAction(_("Change the template…"), self.template_wanted.emit)
        self.to_shipped = menu.addAction(_("Reset the template to the shipped one"), self.reset_wanted.emit)
        menu.addSeparator()
        menu.addAction(_("Save as Word…"), exits.save_word)
        menu.addSeparator()
        for kind, words in (
            ("envelope", _("Envelope…")),
            ("labels", _("Labels…")),
            ("fax", _("Fax cover sheet…")),
            ("certified", _("Certified mail cover sheet…")),
        ):
            menu.addAction(words, partial(self.around_wanted.emit, kind))
        self.setMenu(menu)

    def dress(self, subject: Subject) -> None:
        """Offer what this letter allows."""
        self.to_shipped.setVisible(bool(subject.kind.changed_on) and not subject.kind.added)
        for action in self.writing:
            action.setVisible(not subject.sent)
