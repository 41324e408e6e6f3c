"""The law under which an office is asked: one box with every law the program can count with, by place."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QWidget

from foiadesk.records import Office
from foiadesk_ui.i18n import _
from foiadesk_ui.request_words import unverified_words

if TYPE_CHECKING:
    from foiadesk.law import LawPack


def law_words(pack: "LawPack") -> str:
    """Name a law with what of it nobody compared with its text."""
    return pack.title if pack.verified else f"{pack.title} · {unverified_words()}"


def law_of(office: Office) -> str:
    """Name the law of an office that is asked under another than the federal Act; "" for one that is not."""
    from foiadesk.law import load_pack

    return "" if office.federal else law_words(load_pack(office.law))


def read_laws() -> "tuple[LawPack, ...]":
    """Read every law's pack; off the window's thread, for there are many."""
    from foiadesk.law import usable_packs

    return usable_packs()


class LawChoice(QComboBox):
    """Nothing is chosen until somebody chooses: every date of the office's requests is counted by it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted = ""
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(20)
        self.setMaxVisibleItems(20)
        self.setPlaceholderText(_("Choose the law its requests are counted by"))
        self.currentIndexChanged.connect(lambda _place: self.setToolTip(self.currentText()))

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

    def law(self) -> str:
        """Return the chosen law's id; "" when none is."""
        return str(self.currentData() or "") if self.count() else self._wanted


def _by_place(pack: "LawPack") -> str:
    """Begin with the place, so that typing its first letters finds it."""
    words = law_words(pack)
    return words if words.startswith(pack.jurisdiction) else f"{pack.jurisdiction}: {words}"
