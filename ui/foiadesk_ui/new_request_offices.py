"""New request, second step: which offices are asked."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.i18n import _
from foiadesk_ui.labelled import Labelled
from foiadesk_ui.new_request_draft import RequestDraft
from foiadesk_ui.office_picker import OfficePicker
from foiadesk_ui.session import Session


class OfficesStep(QWidget):
    """The directory and the chosen offices; with several, the name that keeps their requests together."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picker = OfficePicker(session, self)
        self.campaign = QLineEdit(self)
        self._campaign_row = Labelled(_("Keep these requests together under"), self.campaign, "", self)
        self._campaign_row.setMaximumWidth(480)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.S2)
        column.setSpacing(theme.S4)
        column.addWidget(self.picker, 1)
        column.addWidget(self._campaign_row)
        self._campaign_row.hide()
        self._asked = False
        self.picker.changed.connect(self._picked)
        self.picker.lacking.connect(lambda name: session.go("agencies", add=name))
        self.campaign.textEdited.connect(lambda _text: self.changed.emit())

    def _picked(self) -> None:
        self._campaign_row.setVisible(len(self.picker.codes()) > 1)
        self.changed.emit()

    def load(self, draft: RequestDraft) -> None:
        """Show the draft; the directory is asked when the step is first seen."""
        self.picker.set_codes(draft.offices)
        self.campaign.setText(draft.campaign)
        self.campaign.setPlaceholderText(draft.title or _("Name of the campaign"))
        if not self._asked:
            self._asked = True
            self.picker.look_up()

    def store(self, draft: RequestDraft) -> None:
        """Write what is shown into the draft."""
        draft.offices = self.picker.codes()
        chosen = self.picker.offices()
        draft.federal = not chosen or any(office.federal for office in chosen)
        draft.other_law = any(not office.federal for office in chosen)
        draft.campaign = self.campaign.text().strip()

    def first(self) -> QWidget:
        """Return where typing begins."""
        return self.picker.search
