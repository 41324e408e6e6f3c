"""The rows of a request's timeline: every entry with its files under it, as Qt's list model."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from foiadesk.records import Attachment, Correspondence, Direction, Event, EventKind
from foiadesk_ui.event_words import event_words
from foiadesk_ui.i18n import _, full_date, said, size_text
from foiadesk_ui.plain_tip import plain_tip
from foiadesk_ui.records_table import Index
from foiadesk_ui.request_facts import Facts

LINE_ROLE = Qt.ItemDataRole.UserRole + 1

_ICONS = {
    EventKind.CALL: "phone", EventKind.VISIT: "person", EventKind.NOTE: "note", EventKind.REMINDER: "soon",
    EventKind.REQUEST_SENT: "send", EventKind.APPEAL_SENT: "send", EventKind.DEMAND_SENT: "send",
    EventKind.REQUEST_RECEIVED: "stamp", EventKind.ACKNOWLEDGED: "stamp", EventKind.APPEAL_RECEIVED: "stamp",
    EventKind.TRACKING_NUMBER: "stamp", EventKind.DETERMINATION: "letter", EventKind.APPEAL_DECIDED: "letter",
    EventKind.INTERIM_RELEASE: "documents", EventKind.PRODUCTION: "documents", EventKind.CLOSED: "done",
    EventKind.SUIT_FILED: "court", EventKind.SERVED: "court", EventKind.ANSWERED: "court", EventKind.ORDER: "court",
    EventKind.JUDGMENT: "court", EventKind.SETTLED: "court", EventKind.AMENDED_COMPLAINT: "court",
    EventKind.VAUGHN_RECEIVED: "court", EventKind.STATUS_REPORT: "court",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the timeline. void: an entry that is no longer in force, shown only when asked for."""

    key: str
    date: date | None
    title: str
    detail: str = ""
    icon: str = "note"
    event: Event | None = None
    correspondence: Correspondence | None = None
    attachment: Attachment | None = None
    void: bool = False
    due: bool = False


def timeline_lines(facts: Facts, *, void: bool = False) -> tuple[Line, ...]:
    """Return the rows: each entry, its files under it; with ``void`` the entries no longer in force too."""
    found: list[tuple[date, int, list[Line]]] = []
    shown: set[int] = set()
    late = {clock.due for clock in facts.answer.clocks if clock.days_late and clock.met_on is None}
    for number, entry in enumerate(facts.timeline):
        event, letter = entry.event, entry.correspondence
        key = f"{entry.kind} {event.id if event else letter.id if letter else number}"
        if entry.kind == "due":
            icon = "late" if entry.date in late else "deadlines"
        elif event is not None:
            icon = _ICONS.get(event.kind, "note")
        else:
            icon = "send" if letter is not None and letter.direction == Direction.OUT else "mail"
        lines = [
            Line(key, entry.date, said(entry.title), said(entry.detail), icon, event, letter, due=entry.kind == "due")
        ]
        lines += [
            Line(f"{key} file {one.id}", None, one.name, size_text(one.size), "attachment", event, letter, one)
            for one in entry.attachments
            if one.id not in shown  # one letter can be evidence of several events of its day
        ]
        shown.update(one.id for one in entry.attachments)
        found.append((entry.date or date.max, number, lines))
    if void:
        for number, (event, in_force) in enumerate(facts.log):
            if not in_force:
                line = Line(
                    f"void {event.id}", event.date, event_words(event.kind), event.note or _("no longer in force"),
                    _ICONS.get(event.kind, "note"), event, void=True,
                )  # fmt: skip
                found.append((event.date, number, [line]))
        found.sort(key=lambda one: one[0])
    return tuple(line for _day, _number, lines in found for line in lines)


class TimelineModel(QAbstractListModel):
    """Lines as rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()
        self.this_year = 0
        self.years = False  # whether days need their year

    def set_lines(self, lines: tuple[Line, ...], this_year: int) -> None:
        """Show these lines."""
        self.beginResetModel()
        self.lines, self.this_year = lines, this_year
        self.years = any(line.date is not None and line.date.year != this_year for line in lines)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            said = _("no longer in force") if line.void else ""
            kind = _("File") if line.attachment else ""
            words = ", ".join(part for part in (kind, full_date(line.date), line.title, line.detail, said) if part)
            return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words
        return None
