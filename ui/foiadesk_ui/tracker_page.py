"""Bring in a spreadsheet: choose a file, say which column is what, see every row, and make requests in one undo."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QCheckBox, QFileDialog, QVBoxLayout, QWidget

from foiadesk.desk.tracker import Table, TrackerPlan, TrackerRow
from foiadesk.records.errors import BadInput
from foiadesk_ui import theme
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, error_text, ngettext, words_of
from foiadesk_ui.labelled import FormColumn
from foiadesk_ui.page import Page, Primary
from foiadesk_ui.records_table import Column, RecordsTable
from foiadesk_ui.session import Session
from foiadesk_ui.tracker_fields import TrackerFields
from foiadesk_ui.widgets import EmptyState, Hairline, LinkButton, SecondaryLabel, TextLabel

if TYPE_CHECKING:
    from foiadesk.desk import Change, Desk
    from foiadesk.records import Office, Requester

NEAR = 12  # offices offered for a name that is not known
Read = tuple[Table, "dict[str, tuple[int, ...]]", "tuple[Requester, ...]"]


class TrackerPage(Page):
    """Nothing is stored before the person says so, and then all of it is one undo."""

    name: ClassVar[str] = "tracker"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.title = _("Bring in a spreadsheet")
        super().__init__(session, parent)
        self._file: Path | None = None
        self._table: Table | None = None
        self._plan: TrackerPlan | None = None
        self.empty = EmptyState(
            _(
                "A list you keep elsewhere, a CSV file or a spreadsheet whose first row names the columns, becomes "
                "requests here once you have seen every row."
            ),
            _("Choose a file…"),
            self.choose,
            icon="upload",
            parent=self,
        )
        self.about = TextLabel("", self)
        self.other = LinkButton(_("Another file…"), self.choose, icon="upload", parent=self)
        self.fields = TrackerFields(self)
        self.fields.changed.connect(self._ask_plan)
        self.trouble = SecondaryLabel("", self, wrap=True)
        self.leave_out = QCheckBox("", self)
        self.leave_out.toggled.connect(lambda _on: self.header_changed.emit())
        self.left_columns = SecondaryLabel("", self, wrap=True)
        self.table: RecordsTable[TrackerRow] = RecordsTable(
            (
                Column(_("Row"), lambda row: str(row.number), 64, number=True, secondary=True),
                Column(_("Title"), lambda row: row.title, 280),
                Column(_("Office"), lambda row: row.office_code or row.office_name, 130, secondary=True, spare=1),
                Column(_("What comes of it"), _what, meaning=lambda row: "late" if row.problems else "done"),
            ),
            lambda row: row.number,
            self,
            name=_("Rows of the table"),
        )
        self._lay_out()
        self._show()

    def _lay_out(self) -> None:
        head = Flow()
        head.setContentsMargins(theme.S6, theme.S2, theme.S4, theme.S2)
        head.setSpacing(theme.S2)
        head.addWidget(self.about, 1)
        head.addWidget(self.other)
        self.form = FormColumn(self, widest=1100)
        self.form.setAccessibleName(_("Which column is what"))
        self.form.column.setContentsMargins(theme.S6, 0, theme.S4, theme.S4)
        self.form.add(self.fields)
        self.form.finish()
        said = QVBoxLayout()
        said.setContentsMargins(theme.S6, theme.S2, theme.S4, theme.S2)
        said.setSpacing(theme.S1)
        for part in (self.trouble, self.left_columns, self.leave_out):
            said.addWidget(part)
        self.body = QWidget(self)
        lines = QVBoxLayout(self.body)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addWidget(self.form, 3)
        lines.addWidget(Hairline(self))
        lines.addLayout(said)
        lines.addWidget(self.table, 2)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.body)
        outer.addWidget(self.empty)

    # Page ----------------------------------------------------------------------------------------------------------

    def open(self, **where: Any) -> None:
        """``file``: read this one at once."""
        if where.get("file"):
            self.take(Path(where["file"]))

    def refresh(self, change: "Change | None") -> None:
        """Look at the rows again: what is on the desk by now is not brought in twice."""
        if change is None or change.touches("request") or change.touches("office"):
            self._ask_plan()

    def primary(self) -> Primary | None:
        """Make the requests, once nothing is in the way."""
        count = self.ready()
        if not count:
            return None
        return Primary(ngettext("Bring in {n} request", "Bring in {n} requests", count), self.bring, "tick")

    def poses(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        """Return the page with a table."""

        def show() -> None:
            import tempfile

            with tempfile.NamedTemporaryFile("w", suffix=".csv", delete=False) as file:
                file.write(SAMPLE)
            self.take(Path(file.name))

        return (("table", show),)

    def first_focus(self) -> QWidget | None:
        """The file first, then the fields."""
        return self.empty.button if self._table is None else self.fields.columns["title"]

    # Deeds ---------------------------------------------------------------------------------------------------------

    def choose(self) -> None:
        """Choose a file."""
        kinds = f"{_('Tables')} (*.csv *.tsv *.txt *.xlsx *.ods)"
        found, _kind = QFileDialog.getOpenFileName(self, self.title, str(Path.home()), kinds)
        if found:
            self.take(Path(found))

    def take(self, file: Path) -> None:
        """Read a file, off the GUI thread."""
        self._file = file

        def read(desk: "Desk") -> Read:
            table = desk.tracker.read(file)
            return table, desk.tracker.suggest(table), desk.people.all()

        self.session.ask(self, read, self._read, key="read")

    def ready(self) -> int:
        """Return how many requests would be made now: none while a row with a problem is not to be left out."""
        plan = self._plan
        if plan is None or (len(plan.good) < len(plan.rows) and not self.leave_out.isChecked()):
            return 0
        return len(plan.good)

    def bring(self) -> None:
        """Make the requests."""
        table, file, how = self._table, self._file, self.fields.mapping()
        if table is None or not self.ready():
            return
        leave_out = self.leave_out.isChecked()

        def done(_change: "Change") -> None:
            self._file = self._table = self._plan = None
            self._show()
            self.session.go("requests")

        self.session.act(self, lambda desk: desk.tracker.bring(table, how, leave_out_bad=leave_out, source=file), done)

    # Answers -------------------------------------------------------------------------------------------------------

    def _read(self, read: Read) -> None:
        table, suggested, people = read
        self._table, self._plan = table, None
        self.fields.show_table(table, suggested, people)
        self.leave_out.setChecked(False)
        self._show()
        self._ask_plan()
        self.fields.columns["title"].setFocus()

    def _ask_plan(self) -> None:
        table = self._table
        if table is None:
            return
        how = self.fields.mapping()

        def plan(desk: "Desk") -> "tuple[TrackerPlan, dict[str, list[Office]]]":
            found = desk.tracker.plan(table, how)
            return found, {name: _near(desk, name) for name in found.unknown}

        self.session.ask(self, plan, self._planned, key="plan", failed=self._refused)

    def _planned(self, answer: "tuple[TrackerPlan, dict[str, list[Office]]]") -> None:
        self._plan, near = answer
        self.fields.offer_offices(near)
        self._show()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, BadInput):
            self.session.report(error)
            return
        self._plan = None
        self._show()
        self.trouble.setText(error_text(error))
        self.trouble.show()

    def _show(self) -> None:
        table, plan = self._table, self._plan
        self.body.setVisible(table is not None)
        self.empty.setVisible(table is None)
        if table is not None:
            rows = ngettext("{n} row", "{n} rows", len(table.rows))
            self.about.setText(_("{file}: {rows}. Say which column is what.").format(file=table.name, rows=rows))
        self.table.set_records(plan.rows if plan else ())
        bad = len(plan.rows) - len(plan.good) if plan else 0
        self.leave_out.setText(
            ngettext("Leave out the row that cannot come in", "Leave out the {n} rows that cannot come in", bad)
        )
        self.leave_out.setVisible(bad > 0)
        self.trouble.hide()
        left = ", ".join(plan.left_out) if plan else ""
        self.left_columns.setText(_("Not brought in: {columns}").format(columns=left))
        self.left_columns.setVisible(bool(left))
        self.header_changed.emit()


def _what(row: TrackerRow) -> str:
    return " ".join(map(words_of, row.problems)) if row.problems else ", ".join(map(words_of, row.said)) or _("a draft")


def _near(desk: "Desk", name: str) -> "list[Office]":
    """Return offices that share words with a name, those with most of them first."""
    found: dict[str, Office] = {}
    score: dict[str, int] = {}
    for word in (one for one in name.replace("/", " ").split() if len(one) > 2):
        for office in desk.agencies.search(word, limit=NEAR * 3):
            found[office.code] = office
            score[office.code] = score.get(office.code, 0) + 1
    return [found[code] for code in sorted(found, key=lambda code: -score[code])[:NEAR]]


SAMPLE = """Subject,Agency,Date sent,Method,FOIA number,Response date,Disposition,Owner
Body cameras,DHS/CBP,2026-02-03,Portal,CBP-FO-2026-1,,,Ana
Detention standards,Bureau of Prisons,2026-01-12,Portal,2026-00871,2026-03-02,Denied in part,Ana
Watch lists,Office of Lists,2026-01-12,Mail,,,,Ana
"""
