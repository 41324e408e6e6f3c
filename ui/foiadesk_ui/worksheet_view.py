"""A due date counted in the open: one line a day, the rules with their sources, and all of it as text to copy."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.i18n import _, full_date
from foiadesk_ui.records_table import Column, RecordsTable
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import EmptyState, LinkButton, SecondaryLabel, SectionLabel

if TYPE_CHECKING:
    from foiadesk.law import Worksheet, WorksheetDay


class WorksheetView(QWidget):
    """Shows the worksheet of one clock of one request; asks the desk for it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._worksheet: Worksheet | None = None
        self.empty = EmptyState(_("Choose a deadline to see its days counted."), icon="calendar", parent=self)
        self.title = SectionLabel("", self, wrap=True)
        self.title.setContentsMargins(0, 0, 0, 0)
        self.copy = LinkButton(_("Copy as text"), self.copy_text, icon="copy", parent=self)
        self.summary = QLabel("", self)
        self.summary.setWordWrap(True)
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.days: RecordsTable[WorksheetDay] = RecordsTable(
            (
                Column(_("Day"), lambda day: full_date(day.date), 156, quiet=_uncounted),
                Column(
                    _("Count"), lambda day: str(day.number) if day.counted and day.number is not None else "–", 64,
                    number=True,
                ),
                Column(_("Why"), lambda day: day.why, secondary=True),
            ),
            lambda day: day.date,
            self,
            name=_("Days counted"),
        )  # fmt: skip
        self.rules = SecondaryLabel("", self, wrap=True)
        self.rules.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        foot = QScrollArea(self)
        foot.setWidgetResizable(True)
        foot.setFrameShape(QFrame.Shape.NoFrame)
        foot.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        foot.setWidget(self.rules)
        self.rules.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        foot.setMaximumHeight(116)
        foot.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        foot.setAccessibleName(_("Rules and sources"))
        self._body = QWidget(self)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(theme.S4, theme.S4, theme.S2, theme.S2)
        column.setSpacing(theme.S2)
        column.addLayout(head)
        column.addWidget(self.summary)
        column.addWidget(self.days, 1)
        column.addWidget(foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.empty)
        outer.addWidget(self._body)
        self._body.hide()

    def show_clock(self, request: int, clock_id: str) -> None:
        """Ask for a clock's worksheet and show it; an empty id empties the view."""
        if not clock_id:
            self._session.jobs.forget(self, "worksheet")
            self._worksheet = None
            self._body.hide()
            self.empty.show()
            return
        self._session.ask(
            self, lambda desk: desk.deadlines.worksheet(request, clock_id), self._answered, key="worksheet"
        )

    @property
    def worksheet(self) -> "Worksheet | None":
        """The worksheet that is shown."""
        return self._worksheet

    def copy_text(self) -> None:
        """Put the whole worksheet on the clipboard as text."""
        if self._worksheet is not None:
            QApplication.clipboard().setText(self._worksheet.as_text())
            self.copy.setText(_("Copied"))

    def _answered(self, worksheet: "Worksheet") -> None:
        self._worksheet = worksheet
        self.title.setText(worksheet.title)
        self.summary.setText(worksheet.summary)
        self.days.set_records(worksheet.days)
        self.days.setVisible(bool(worksheet.days))
        self.copy.setText(_("Copy as text"))
        self.rules.setText("\n".join([*worksheet.rules, *worksheet.notes]))
        self.empty.hide()
        self._body.show()


def _uncounted(day: "WorksheetDay") -> bool:
    return not day.counted
