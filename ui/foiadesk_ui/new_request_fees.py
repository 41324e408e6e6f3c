"""New request, fourth step: fees, waiver, expedition. Nothing is claimed that is not chosen here."""

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
    from foiadesk.desk import LetterField

SECTIONS = ("Fees", "Expedition")  # of the request letter's form, as the catalogue of letters names them


class FeesStep(QWidget):
    """The request letter's own fields about fees and expedition, so that step and letter can never disagree."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._values: dict[str, str] = {}
        self._built = False
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
        """Show the draft; the form is made when the step is first seen."""
        self._values = dict(draft.choices)
        if self._built:
            self.form.load(self._values)
        else:
            self._session.ask(
                self, lambda desk: desk.letters.kind("policy_request").fields, self._build, key="fields"
            )  # fmt: skip

    def _build(self, fields: "tuple[LetterField, ...]") -> None:
        self._built = True
        self.form.build(fields, only=SECTIONS)
        self.form.load(self._values)

    def store(self, draft: RequestDraft) -> None:
        """Write what is chosen into the draft."""
        if self._built:
            draft.choices = {name: text for name, text in self.form.values().items() if text}

    def first(self) -> QWidget | None:
        """Return where the keyboard begins."""
        return self.form.first()
