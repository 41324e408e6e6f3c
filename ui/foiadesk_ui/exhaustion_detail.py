"""Why one request may or may not be sued on: the answer, its dates, its reasons, the events in the record behind it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.exhaustion_words import state_sentence, state_shape, state_words
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, full_date, said, words_of
from foiadesk_ui.request_words import unverified_tip
from foiadesk_ui.widgets import (
    EmptyState,
    Hairline,
    LinkButton,
    MeaningLabel,
    SecondaryLabel,
    SectionLabel,
    TextLabel,
    plain_button,
)

if TYPE_CHECKING:
    from foiadesk.desk import Evidence, ExhaustionRow


class ExhaustionDetail(QWidget):
    """The answer for one row, in full. ``deadlines`` and ``worksheet`` ask to see where it was counted."""

    deadlines = Signal(int)  # a request
    worksheet = Signal(int, str)  # a request and the clock behind the answer

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: ExhaustionRow | None = None
        self.empty = EmptyState(_("Choose a request to see why."), parent=self)
        self.title = SectionLabel("", self, wrap=True)
        self.title.setContentsMargins(0, 0, 0, 0)
        self.state = MeaningLabel("", "", self, bold=True)
        self.meaning = SecondaryLabel("", self, wrap=True)
        self.why = TextLabel("", self)
        self.dates = QFormLayout()
        self.dates.setContentsMargins(0, theme.S1, 0, 0)
        self.dates.setHorizontalSpacing(theme.S4)
        self.dates.setVerticalSpacing(theme.S1)
        self.dates.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        self.since = self._date(_("Since"))
        self.until = self._date(_("Until"))
        self.undisputed = self._date(_("Undisputed since"))
        self.expedition = self._date(_("Expedition"))
        self.undisputed.setToolTip(_("The day by every reading the agency could argue."))
        self.assumed = SecondaryLabel(_("This rests on a date that is assumed, not proved."), self, wrap=True)
        self.unverified = SecondaryLabel("", self, wrap=True)
        self.evidence_head = SectionLabel(_("In the record"), self)
        self.evidence = QVBoxLayout()
        self.evidence.setSpacing(theme.S1)
        self.go = plain_button(_("Open its deadlines"), self._go, icon="forward", parent=self)
        self.count = LinkButton(_("Count the days"), self._count, icon="calendar", parent=self)
        self.counsel = SecondaryLabel(
            _("FOIADesk counts days and names its sources; it gives no advice. Check with counsel before filing."),
            self,
            wrap=True,
        )
        self._lay_out()
        self.show_row(None)

    def _date(self, label: str) -> QLabel:
        value = TextLabel("", self)
        head = SecondaryLabel(label, self)
        self.dates.addRow(head, value)
        return value

    def _lay_out(self) -> None:
        inside = QWidget(self)
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(theme.S4, theme.S4, theme.S4, theme.S4)
        lines.setSpacing(theme.S2)
        lines.addWidget(self.title)
        lines.addWidget(self.state)
        lines.addWidget(self.meaning)
        lines.addWidget(self.why)
        lines.addLayout(self.dates)
        lines.addWidget(self.assumed)
        lines.addWidget(self.unverified)
        buttons = Flow()
        buttons.setSpacing(theme.S2)
        buttons.addWidget(self.go)
        buttons.addWidget(self.count)
        buttons.addStretch(1)
        lines.addSpacing(theme.S1)
        lines.addLayout(buttons)
        lines.addWidget(self.evidence_head)
        lines.addWidget(Hairline(self))
        lines.addLayout(self.evidence)
        lines.addSpacing(theme.S2)
        lines.addWidget(self.counsel)
        lines.addStretch(1)
        self.scroller = QScrollArea(self)
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setAccessibleName(_("Why"))
        self.scroller.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.scroller.viewport().setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.empty)
        outer.addWidget(self.scroller)

    @property
    def row(self) -> "ExhaustionRow | None":
        """The row that is shown."""
        return self._row

    def show_row(self, row: "ExhaustionRow | None") -> None:
        """Show a row; None shows what to do."""
        other = row is None or self._row is None or row.request != self._row.request
        self._row = row
        self.empty.setVisible(row is None)
        self.scroller.setVisible(row is not None)
        if row is None:
            return
        self.title.setText(f"{row.office_short} · {row.title}")
        self.state.show_meaning(state_shape(row.state), state_words(row.state))
        self.meaning.setText(state_sentence(row.state))
        self.why.setText(words_of(row.why_said))
        self._fill(self.since, full_date(row.since))
        self._fill(self.until, full_date(row.until))
        self._fill(self.undisputed, full_date(row.undisputed_since))
        self._fill(self.expedition, self._expedition(row))
        self.assumed.setVisible(row.assumed)
        self.unverified.setText(unverified_tip(row.unverified) if row.unverified else "")
        self.unverified.setVisible(bool(row.unverified))
        self.count.setVisible(bool(row.clock_id))
        if other:
            self._clear_evidence()
            self.scroller.verticalScrollBar().setValue(0)

    def show_evidence(self, request: int, evidence: "Sequence[Evidence]") -> None:
        """Show what the answer rests on, unless another request is shown by now."""
        if self._row is None or self._row.request != request:
            return
        self._clear_evidence()
        for one in evidence:
            line = f"{full_date(one.date)}: {said(one.sentence)}"
            if one.assumed:
                line = _("{what} (assumed)").format(what=line)
            self.evidence.addWidget(TextLabel(line, self))
        if not evidence:
            self.evidence.addWidget(SecondaryLabel(_("Nothing in the record yet."), self))

    def _clear_evidence(self) -> None:
        while (item := self.evidence.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()

    def _fill(self, value: QLabel, text: str) -> None:
        value.setText(text)
        self.dates.setRowVisible(value, bool(text))

    @staticmethod
    def _expedition(row: "ExhaustionRow") -> str:
        if row.expedition_state not in ("open", "exhausted") or row.expedition_since is None:
            return ""
        return _("{state} since {day}").format(
            state=state_words(row.expedition_state), day=full_date(row.expedition_since)
        )

    def _go(self) -> None:
        if self._row is not None:
            self.deadlines.emit(self._row.request)

    def _count(self) -> None:
        if self._row is not None:
            self.worksheet.emit(self._row.request, self._row.clock_id)
