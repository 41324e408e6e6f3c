"""New request, fourth step: fees, waiver, expedition. Nothing is claimed that is not chosen here."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.i18n import _
from foiadesk_ui.letter_form import LetterForm
from foiadesk_ui.new_request_draft import RequestDraft
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import SecondaryLabel

if TYPE_CHECKING:
    from foiadesk.desk import Desk, LetterField

GENERAL = "policy_request"  # the letter of a draft that names none
SECTIONS = ("Fees", "Expedition")  # of the request letter's form, as the catalogue of letters names them


class FeesStep(QWidget):
    """The request letter's own fields about fees and expedition, so that step and letter can never disagree."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._values: dict[str, str] = {}
        self._for: tuple[str, bool, bool] | None = None  # what the form was built for: letter, federal Act, other laws
        self.form = LetterForm(self)
        self.form.edited.connect(self.changed)
        words = SecondaryLabel(
            _("The letters say only what you choose here. All of it can stay empty, and be added later."),
            self,
            wrap=True,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S1)
        column.addWidget(words)
        column.addWidget(self.form, 1)

    def load(self, draft: RequestDraft) -> None:
        """Show the draft; the form is made when the step is first seen, and anew for other laws."""
        self._values = dict(draft.choices)
        wanted = (draft.letter or GENERAL, draft.federal, draft.other_law)
        if self._for == wanted:
            self.form.load(self._values)
        else:
            self._session.ask(self, lambda desk: fields_for(desk, *wanted), partial(self._build, wanted), key="fields")

    def _build(self, made_for: tuple[str, bool, bool], fields: "tuple[LetterField, ...]") -> None:
        self._for = made_for
        self.form.build(fields)
        self.form.load(self._values)

    def store(self, draft: RequestDraft) -> None:
        """Write what is chosen into the draft; what the form does not ask for now stays as it was."""
        if self._for is not None:
            asked = self.form.values()
            kept = {name: text for name, text in draft.choices.items() if name not in asked}
            draft.choices = kept | {name: text for name, text in asked.items() if text}

    def first(self) -> QWidget | None:
        """Return where the keyboard begins."""
        return self.form.first()


def fields_for(desk: "Desk", letter: str, federal: bool, other_law: bool) -> "tuple[LetterField, ...]":
    """Return the step's fields of the request letters that offices under these laws get, each once."""
    found: dict[str, LetterField] = {}
    for kind, wanted in ((letter, federal), ("state_request", other_law)):
        for field in desk.letters.kind(kind).fields if wanted else ():
            if field.section in SECTIONS:
                found.setdefault(field.name, field)
    return tuple(sorted(found.values(), key=lambda field: SECTIONS.index(field.section)))
