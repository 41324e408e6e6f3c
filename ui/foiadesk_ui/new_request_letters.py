"""New request, last step: one letter per office, read as it will print, with how to send it there."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from foiadesk.desk import Desk, LetterPreview, RequestPlan
from foiadesk.records import Office
from foiadesk.records.errors import BadInput
from foiadesk_ui import theme
from foiadesk_ui.i18n import _, ngettext
from foiadesk_ui.letter_preview import LivePreview
from foiadesk_ui.new_request_draft import Gap, RequestDraft
from foiadesk_ui.office_ways import hint
from foiadesk_ui.session import Session
from foiadesk_ui.two_line import Line, TwoLineList
from foiadesk_ui.widgets import LinkButton, MeaningLabel, SectionLabel


class LettersStep(QWidget):
    """The offices on the left, the chosen one's letter on the right; above them, what is still missing."""

    go_to = Signal(object)  # Gap: something missing

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._offices: tuple[Office, ...] = ()
        self._plan: RequestPlan | None = None
        self.gaps = QWidget(self)
        self._gap_lines = QVBoxLayout(self.gaps)
        self._gap_lines.setContentsMargins(0, 0, 0, theme.S2)
        self._gap_lines.setSpacing(theme.S1)
        self.head = SectionLabel("", self)
        self.head.setContentsMargins(0, 0, 0, theme.S1)
        self.list = TwoLineList(_("Letters"), self)
        self.list.picked.connect(self._pick)
        self.preview = LivePreview(session, self)
        left = QVBoxLayout()
        left.setSpacing(theme.S1)
        left.addWidget(self.gaps)
        left.addWidget(self.head)
        left.addWidget(self.list, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S4)
        row.addLayout(left, 2)
        row.addWidget(self.preview, 3)

    def show_plan(self, draft: RequestDraft, offices: tuple[Office, ...]) -> None:
        """Show what the draft would make for these offices."""
        found = draft.gaps()
        self._show_gaps(found)
        current = self.list.current_id() or 0
        self._offices = offices
        self.head.setText(ngettext("{n} letter", "{n} letters", len(offices)))
        lines = [Line(place, f"{office.short} · {office.name}", hint(office)) for place, office in enumerate(offices)]
        current = current if current < len(offices) else 0
        self.list.show_lines(lines, current)
        try:
            self._plan = draft.plan()
        except BadInput:
            self._plan = None
        self._pick(current)

    def _show_gaps(self, gaps: tuple[Gap, ...]) -> None:
        while (item := self._gap_lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.gaps.setVisible(bool(gaps))
        if gaps:
            self._gap_lines.addWidget(MeaningLabel("soon", _("Before requests can be made:"), self.gaps, bold=True))
        for gap in gaps:
            link = LinkButton(gap.sentence, self._leader(gap), parent=self.gaps)
            self._gap_lines.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)

    def _leader(self, gap: Gap) -> Callable[[], None]:
        return lambda: self.go_to.emit(gap)

    def _pick(self, place: int) -> None:
        plan = self._plan
        if plan is None or place >= len(self._offices):
            self.preview.show_letter(None)
            if self._offices:
                self.preview.say(_("The letter shows here once what is missing is filled in."))
            return
        office = self._offices[place]

        def draw(desk: Desk, scale: float) -> LetterPreview:
            from foiadesk.desk.plan_preview import preview_plan

            return preview_plan(desk, plan, office.code, scale=scale)

        self.preview.show_letter(draw, name=_("Letter to {office}").format(office=office.name))

    def first(self) -> QWidget:
        """Return where the keyboard begins."""
        return self.list
