"""What a request asks for: its numbered items with the outcome of each, the dates and formats asked for."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from foiadesk.records import Event, EventKind, Request
from foiadesk_ui import theme
from foiadesk_ui.event_words import choice_words
from foiadesk_ui.i18n import _, plain_date
from foiadesk_ui.request_facts import Facts
from foiadesk_ui.widgets import EmptyState, Hairline, SecondaryLabel, SectionLabel, TextLabel


@dataclass(frozen=True, slots=True)
class ItemOutcome:
    """What became of one item. outcome: in words; "" while unanswered."""

    number: int
    text: str
    outcome: str = ""
    exemptions: str = ""


def item_outcomes(request: Request, events: tuple[Event, ...]) -> tuple[ItemOutcome, ...]:
    """Return the items with the outcome the last determination gave each, else the determination's own outcome."""
    outcomes: dict[int, tuple[str, str]] = {}
    whole = ""
    for event in sorted(events, key=lambda one: one.date):
        if event.kind is not EventKind.DETERMINATION:
            continue
        whole = choice_words(str(event.get("outcome") or ""))
        for one in event.get("items") or ():
            if isinstance(one, Mapping) and isinstance(one.get("item"), int):
                listed = ", ".join(str(part) for part in one.get("exemptions") or ())
                outcomes[one["item"]] = (choice_words(str(one.get("outcome") or "")), listed)
    return tuple(
        ItemOutcome(number, text, *outcomes.get(number, (whole, "")))
        for number, text in enumerate(request.items, start=1)
    )


def asked_lines(request: Request) -> tuple[tuple[str, str], ...]:
    """Return what else the request says, as label and value; what was not said is left out."""
    span = ""
    if request.records_from and request.records_to:
        span = _("{first} to {last}").format(
            first=plain_date(request.records_from), last=plain_date(request.records_to)
        )
    elif request.records_from:
        span = _("from {day}").format(day=plain_date(request.records_from))
    elif request.records_to:
        span = _("until {day}").format(day=plain_date(request.records_to))
    asked = [_("Fee waiver")] if request.fees.waiver else []
    asked += [_("Expedition")] if request.expedition.asked else []
    lines = (
        (_("Records dated"), span),
        (_("Formats"), request.formats),
        (_("Also asked"), ", ".join(asked)),
        (_("Background"), request.background),
    )
    return tuple((label, value) for label, value in lines if value)


class ItemsTab(QScrollArea):
    """Items down the page with their outcome at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Items asked for"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Base)
        self._shown: object = None

    def show_facts(self, facts: Facts) -> None:
        """Show the items, unless they are shown already."""
        items, lines = item_outcomes(facts.request, facts.events), asked_lines(facts.request)
        who = ", ".join(person.name for person in facts.requesters)
        if (items, lines, who) == self._shown:
            return
        self._shown = (items, lines, who)
        place = self.verticalScrollBar().value()
        self.setWidget(self._page(items, (*lines, *(((_("Asked by"), who),) if who else ()))))
        self.verticalScrollBar().setValue(place)

    @staticmethod
    def _page(items: tuple[ItemOutcome, ...], lines: tuple[tuple[str, str], ...]) -> QWidget:
        page = QWidget()
        page.setBackgroundRole(QPalette.ColorRole.Base)
        page.setAutoFillBackground(True)
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.S6, theme.S4, theme.S4, theme.S4)
        column.setSpacing(theme.S2)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.S2)
        grid.setVerticalSpacing(theme.S2)
        grid.setColumnStretch(1, 1)
        for row, item in enumerate(items):
            number = QLabel(f"{item.number}.", page)
            number.setFont(theme.tabular(theme.text_font()))
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            said = (item.outcome or _("No answer yet"), item.exemptions)
            outcome = SecondaryLabel("\n".join(part for part in said if part), page, wrap=True)
            outcome.setFixedWidth(150)
            grid.addWidget(number, 2 * row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(TextLabel(item.text, page), 2 * row, 1)
            grid.addWidget(outcome, 2 * row, 2, Qt.AlignmentFlag.AlignTop)
            if row < len(items) - 1:
                grid.addWidget(Hairline(page), 2 * row + 1, 1, 1, 2)
        if items:
            column.addLayout(grid)
        else:
            column.addWidget(EmptyState(_("No numbered items were written for this request."), parent=page))
        for label, value in lines:
            column.addWidget(SectionLabel(label, page))
            column.addWidget(TextLabel(value, page))
        column.addStretch(1)
        return page
