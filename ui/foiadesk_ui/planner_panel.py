"""What if: the chosen requests as they stand, as they would stand, and the first day on which all of them are ripe."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.event_words import warning_words
from foiadesk_ui.exhaustion_words import dates_line, state_shape, state_words
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, error_text, full_date, ngettext, number_text, plain_date, words_of
from foiadesk_ui.planner_event import PlannerEvent
from foiadesk_ui.records_table import Column, RecordsTable
from foiadesk_ui.request_words import unverified_tip, unverified_words
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import EmptyState, LinkButton, MeaningLabel, SecondaryLabel, SectionLabel

if TYPE_CHECKING:
    from foiadesk.desk import Desk, ExhaustionRow, Ripening, RipeTogether
    from foiadesk.law import Exhaustion

PAUSE = 150  # milliseconds after the last change before it is counted
_NOW_AND_THEN = 304  # pixels of those two columns, in our own font
MOST = 200  # requests planned with at once
NAMED = 3  # requests named one by one in a sentence
SHOWN = 8  # rows before the table scrolls
WARNED = 2  # sentences on what cannot be


@dataclass(frozen=True, slots=True)
class Imagined:
    """What the desk says of a supposition: each request's answer on that day, when they are ripe, what cannot be."""

    then: "Mapping[int, Exhaustion]"
    together: "RipeTogether"
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """One chosen request: as it stands, and as it would."""

    now: "ExhaustionRow"
    then: "Exhaustion"
    ripe: "Ripening"

    @property
    def unverified(self) -> str:
        """The law, when a rule of it that one of these answers rests on was not compared with a source."""
        return self.ripe.unverified or self.now.unverified


def then_why(pair: Pair) -> str:
    """Say why a request would stand so, and what of that is unverified."""
    why = words_of(pair.then.why)
    return f"{why}\n{unverified_tip(pair.unverified)}" if pair.unverified else why


def ripe_words(ripe: "Ripening", today: date) -> str:
    """Say when a request would be ripe and how long."""
    if ripe.on is None:
        return _("not ripe by itself")
    until = _("until {day}").format(day=plain_date(ripe.until)) if ripe.until else ""
    said = (
        (_("ripe") if until else _("ripe now")) if ripe.on <= today else _("ripe {day}").format(day=plain_date(ripe.on))
    )
    return f"{said} {until}".strip()


class PlannerPanel(QWidget):
    """Counts again whenever the choice or the supposition changes. Nothing is stored."""

    counted = Signal()  # the answer shown is of what is chosen and supposed now
    whole_campaign = Signal()  # the person wants every request of the chosen campaign

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._chosen: tuple[ExhaustionRow, ...] = ()
        self._narrow = False
        self.imagined: Imagined | None = None
        self._today = session.desk.clock()
        self.form = PlannerEvent(self._today, self)
        self.form.edited.connect(self._later)
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self._count)
        self.empty = EmptyState(_("Choose one or more requests in the list to plan with them."), parent=self)
        self.head = SectionLabel("", self, wrap=True)
        self.head.setContentsMargins(0, 0, 0, 0)
        self.campaign = LinkButton(_("Choose the whole campaign"), self.whole_campaign.emit, parent=self)
        self.how = SecondaryLabel(_("Ctrl+click or Shift+arrows in the list choose more."), self, wrap=True)
        self.answer = MeaningLabel("", "", self, bold=True)
        self.undisputed = SecondaryLabel("", self, wrap=True)
        self.table: RecordsTable[Pair] = RecordsTable(
            (
                Column(
                    _("Request"),
                    lambda row: row.now.office_short,
                    below=self._below,
                    tip=lambda row: f"{row.now.office_short} · {row.now.title}\n{then_why(row)}",
                ),
                Column(
                    _("Now"),
                    lambda row: state_words(row.now.state),
                    140,
                    meaning=lambda row: state_shape(row.now.state),
                    below=lambda row: dates_line(row.now.state, row.now.since, row.now.until) or " ",
                ),
                Column(
                    _("Then"),
                    lambda row: state_words(row.then.state),
                    164,
                    meaning=lambda row: state_shape(row.then.state),
                    below=lambda row: ripe_words(row.ripe, self._today),
                    tip=then_why,
                ),
            ),
            lambda row: row.now.request,
            self,
            name=_("Now and then"),
        )
        self.warnings = SecondaryLabel("", self, wrap=True)
        self.promise = SecondaryLabel(
            _("Only supposed: nothing here is stored, and no date in the desk moves."), self, wrap=True
        )
        self._lay_out()
        self.show_chosen(())

    def _lay_out(self) -> None:
        self._body = QWidget(self)
        lines = QVBoxLayout(self._body)
        lines.setContentsMargins(theme.S4, theme.S4, theme.S4, theme.S2)
        lines.setSpacing(theme.S2)
        top = Flow()
        top.setSpacing(theme.S2)
        top.addWidget(self.head, 1)
        top.addWidget(self.campaign, 0, Qt.AlignmentFlag.AlignTop)
        lines.addLayout(top)
        lines.addWidget(self.promise)
        lines.addWidget(self.how)
        lines.addWidget(self.form)
        lines.addSpacing(theme.S1)
        lines.addWidget(self.answer)
        lines.addWidget(self.undisputed)
        lines.addWidget(self.warnings)
        lines.addWidget(self.table)
        lines.addStretch(1)
        self.scroller = QScrollArea(self)
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setAccessibleName(_("What if"))
        self.scroller.setWidget(self._body)
        self._body.setAutoFillBackground(False)
        self.scroller.viewport().setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.empty)
        outer.addWidget(self.scroller)

    def show_chosen(self, rows: "Sequence[ExhaustionRow]", *, whole: bool = True) -> None:
        """Plan with these requests. ``whole``: they are all of their campaign, or of none."""
        self._chosen = tuple(rows)
        self.empty.setVisible(not rows)
        self.scroller.setVisible(bool(rows))
        self.campaign.setVisible(not whole)
        if not rows:
            self._timer.stop()
            self._session.jobs.forget(self, "plan")
            self.imagined = None
            return
        if len(rows) == 1:
            self.head.setText(f"{rows[0].office_short} · {rows[0].title}")
        else:
            self.head.setText(ngettext("{n} request chosen", "{n} requests chosen", len(rows)))
        self.how.setVisible(len(rows) == 1)
        if len(rows) > MOST:
            self._timer.stop()
            self._session.jobs.forget(self, "plan")
            self._say_only(_("Choose at most {n} requests to plan with").format(n=number_text(MOST)))
            return
        self._later()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where three columns would be cut, the present state stands below the request's name."""
        super().resizeEvent(event)
        head = self.table.horizontalHeader()
        room = self.width() - 2 * theme.S4 - _NOW_AND_THEN * head.sectionSize(2) // 164
        narrow = room < 90
        if narrow != self._narrow:
            self._narrow = narrow
            self.table.setColumnHidden(1, narrow)
            self.table.viewport().update()

    def _below(self, pair: Pair) -> str:
        sure = f"{unverified_words()} · " if pair.unverified else ""
        if not self._narrow:
            return sure + pair.now.title
        return sure + _("now: {state}").format(state=state_words(pair.now.state).lower())

    def chosen(self) -> "tuple[ExhaustionRow, ...]":
        """Return the requests planned with."""
        return self._chosen

    def _later(self) -> None:
        if 0 < len(self._chosen) <= MOST:
            self._timer.start()

    def _count(self) -> None:
        if not 0 < len(self._chosen) <= MOST or not self.form.ready():
            return
        requests = tuple(row.request for row in self._chosen)
        supposed = self.form.supposed()
        self._session.ask(self, lambda desk: imagine(desk, requests, supposed), self._answered, key="plan",
                          failed=self._failed)  # fmt: skip

    def _failed(self, error: Exception) -> None:
        from foiadesk.records.errors import KnownError

        self._say_only(_("This cannot be counted"))
        if isinstance(error, KnownError):
            self.undisputed.setText(error_text(error))
            self.undisputed.show()
            self.counted.emit()
        else:
            self._session.report(error)

    def _say_only(self, words: str) -> None:
        self.imagined = None
        self.table.set_records(())
        self.table.hide()
        self.undisputed.hide()
        self.warnings.hide()
        self.answer.show_meaning("soon", words)

    def _answered(self, imagined: Imagined) -> None:
        self.imagined = imagined
        ripe = {one.request: one for one in imagined.together.each}
        self.table.set_records(
            [
                Pair(row, imagined.then[row.request], ripe[row.request])
                for row in self._chosen
                if row.request in ripe and row.request in imagined.then
            ]
        )
        self.table.show()
        rows = max(1, len(self.table.records_model.records))
        self.table.show_rows(min(rows, SHOWN))
        meaning, said, below = self._together(imagined.together)
        self.answer.show_meaning("soon" if imagined.warnings else meaning, said)
        self.undisputed.setText(below)
        self.undisputed.setVisible(bool(self.undisputed.text()))
        self.warnings.setText("\n".join(map(warning_words, imagined.warnings[:WARNED])))
        self.warnings.setVisible(bool(imagined.warnings))
        self.counted.emit()

    def _together(self, together: "RipeTogether") -> tuple[str, str, str]:
        """Return the meaning, the answer and the line below it."""
        one = len(together.each) == 1
        if together.on is None:
            names = [each.office_short for each in together.each if each.request in together.missing]
            said = _("No day is known on which it is ripe") if one else _("No common day is known")
            if one:
                return "waiting", said, words_of(together.each[0].why)
            if not names:
                return "waiting", said, _("They are never ripe on the same day.")
            more = _(" and {n} more").format(n=number_text(len(names) - NAMED)) if len(names) > NAMED else ""
            offices = ", ".join(names[:NAMED]) + more
            return "waiting", said, _("Not ripe unless something else happens: {offices}.").format(offices=offices)
        below = []
        if together.on <= self._today:
            since = max(each.on for each in together.each if each.on is not None)
            said = _("Ripe since {day}") if one else _("All ripe since {day}")
            ends = [each.until for each in together.each if each.until is not None]
            if ends:
                below.append(_("Until {day}, when what you suppose changes it.").format(day=full_date(min(ends))))
        else:
            since = together.on
            said = _("Earliest day it is ripe: {day}") if one else _("Earliest day all are ripe: {day}")
        if together.undisputed_on is None:
            below.append(_("Not by every reading the agency could argue."))
        elif together.undisputed_on <= since:
            below.append(_("By every reading the agency could argue."))
        else:
            day = full_date(together.undisputed_on)
            below.append(_("By every reading the agency could argue: {day}.").format(day=day))
        return "done", said.format(day=full_date(since)), " ".join(below)


def imagine(desk: "Desk", requests: Sequence[int], supposed: dict[str, Any] | None) -> Imagined:
    """Ask how these requests would stand if this happened to each of them; runs off the GUI thread."""
    today = desk.clock()
    day = max(today, date.fromisoformat(supposed["date"])) if supposed else today
    events = {request: [supposed] if supposed else [] for request in requests}
    before = desk.deadlines.plan({request: [] for request in requests}, day)
    after = desk.deadlines.plan(events, day)
    warnings: dict[str, None] = {}
    for request in requests:
        known = set(before[request].warnings)
        warnings.update(dict.fromkeys(warning for warning in after[request].warnings if warning not in known))
    together = desk.deadlines.ripe_together(requests, today, events)
    return Imagined({request: after[request].exhaustion for request in requests}, together, tuple(warnings))
