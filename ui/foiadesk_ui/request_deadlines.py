"""The deadlines of a request: every clock with its state, and the worksheet of the one that is chosen."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from foiadesk_ui.beside import Beside
from foiadesk_ui.i18n import _, plain_date
from foiadesk_ui.i18n import days_late as late_text
from foiadesk_ui.records_table import Column, RecordsTable
from foiadesk_ui.request_facts import Facts
from foiadesk_ui.request_words import clock_state_words, clock_words
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import EmptyState
from foiadesk_ui.worksheet_view import WorksheetView

if TYPE_CHECKING:
    from foiadesk.law import Clock


def who_words(who: str) -> str:
    """Say who must act by a due date."""
    return {"agency": _("The agency"), "requester": _("You"), "court": _("The court")}.get(str(who), str(who))


def clock_meaning(clock: "Clock") -> str:
    """Return the meaning a clock is shown with."""
    state = str(clock.state)
    if state == "missed" and clock.met_on is None:
        return "late"
    if state in ("met", "closed") or clock.met_on is not None:
        return "done"
    return "waiting"


def clock_line(clock: "Clock") -> str:
    """Say a clock's state: "35 days late", "Met 3 Feb 2026", "Running"."""
    state = clock_state_words(str(clock.state))
    if clock.days_late:
        late = late_text(clock.days_late)
        return f"{late}, {_('answered {day}').format(day=plain_date(clock.met_on))}" if clock.met_on else late
    if clock.met_on is not None:
        return f"{state} {plain_date(clock.met_on)}"
    return state


def below_clock(clock: "Clock") -> str:
    """Say who must act, where it stands, and whether a rule it rests on is unverified."""
    said = (who_words(clock.who), clock_line(clock), _("unverified") if clock.unverified else "")
    return " · ".join(part for part in said if part)


class DeadlinesTab(QWidget):
    """A table of clocks beside the worksheet."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._request = 0
        self.table: RecordsTable[Clock] = RecordsTable(
            (
                Column(
                    _("Deadline"),
                    lambda clock: clock_words(clock.kind, clock.about or ""),
                    meaning=clock_meaning,
                    below=below_clock,
                    below_meaning=clock_meaning,
                ),
                Column(_("Due"), lambda clock: plain_date(clock.due), 104, number=True),
            ),
            lambda clock: clock.id,
            self,
            name=_("Deadlines of this request"),
        )
        self.table.setMinimumWidth(260)
        self.table.chosen.connect(self._chosen)
        self.worksheet = WorksheetView(session, self)
        self.worksheet.setMinimumSize(260, 120)
        self.split = Beside(self.table, self.worksheet, narrow=700, shares=(5, 6), parent=self)
        self.empty = EmptyState(_("No clock is running yet: the first starts when an office has the request."),
                                icon="deadlines", parent=self)  # fmt: skip
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.split)
        outer.addWidget(self.empty)

    def show_facts(self, facts: Facts) -> None:
        """Show a request's clocks; the chosen one stays chosen and is counted afresh."""
        other = facts.request.id != self._request
        self._request = facts.request.id
        clocks = facts.answer.clocks
        self.table.set_records(clocks)
        self.split.setVisible(bool(clocks))
        self.empty.setVisible(not clocks)
        if clocks and (other or self.table.current() is None):
            ruling = facts.answer.ruling
            if ruling is None or not self.table.select_key(ruling.id):
                self.table.select_first()
        self._chosen(self.table.current())

    def _chosen(self, clock: "Clock | None") -> None:
        self.worksheet.show_clock(self._request, clock.id if clock is not None else "")
