"""The law under which an office is asked: one box with every law the program can count with, by place."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from foiadesk.records import Office
from foiadesk.records.errors import KnownError
from foiadesk_ui.i18n import _
from foiadesk_ui.plain_tip import plain_tip
from foiadesk_ui.request_words import unverified_words

if TYPE_CHECKING:
    from foiadesk.law import LawPack


def law_words(pack: "LawPack") -> str:
    """Name a law with what of it nobody compared with its text."""
    return _(pack.title) if pack.verified else f"{_(pack.title)} · {unverified_words()}"


def law_of(office: Office) -> str:
    """Name the law of an office that is asked under another than the federal Act; "" for one that is not."""
    from foiadesk.law import load_pack

    if office.federal:
        return ""
    try:
        return law_words(load_pack(office.law))
    except KnownError:  # a pack of the user's own that is no longer there, or cannot be read now
        return office.law


def read_laws() -> "tuple[LawPack, ...]":
    """Read every law's pack; off the window's thread, for there are many."""
    from foiadesk.law import usable_packs

    return usable_packs()


class LawChoice(QComboBox):
    """Nothing is chosen until somebody chooses: every date of the office's requests is counted by it.

    Typing any part of a place or a name narrows the list.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted = ""
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)
        self.setMaxVisibleItems(20)
        self._line = QLineEdit(self)
        self._line.setPlaceholderText(_("Type a place or a law, e.g. Alabama"))
        self._line.setAccessibleName(_("Law"))
        self.setLineEdit(self._line)
        narrowing = QCompleter(self.model(), self)
        narrowing.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        narrowing.setFilterMode(Qt.MatchFlag.MatchContains)
        narrowing.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(narrowing)
        self.currentTextChanged.connect(lambda text: self.setToolTip(plain_tip(text)))

    def show_laws(self, packs: "tuple[LawPack, ...]") -> None:
        """List these laws: where each holds, then its name."""
        if not self.count():
            for pack in packs:
                self.addItem(_by_place(pack), pack.id)
        self.choose(self._wanted)

    def choose(self, law: str) -> None:
        """Choose a law by its id; "" chooses none."""
        self._wanted = law
        self.setCurrentIndex(self.findData(law) if law else -1)
        if not law:
            self.clearEditText()
        self._line.setCursorPosition(0)

    def law(self) -> str:
        """Return the id of the law that is named; "" when what is typed names none."""
        if not self.count():
            return self._wanted
        place = self.findText(self.currentText(), Qt.MatchFlag.MatchFixedString)
        return str(self.itemData(place)) if place >= 0 else ""


def _by_place(pack: "LawPack") -> str:
    """Begin with the place, so that typing its first letters finds it."""
    words = law_words(pack)
    place = _(pack.jurisdiction)
    return words if words.startswith(place) else f"{place}: {words}"
