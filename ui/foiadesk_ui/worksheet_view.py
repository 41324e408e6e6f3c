"""A due date counted in the open: one line a day, the rules with their sources, and all of it as text to copy."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, full_date, words_of
from foiadesk_ui.letter_files import file_name
from foiadesk_ui.print_notice import PrintNotice
from foiadesk_ui.records_table import Column, RecordsTable
from foiadesk_ui.save_file import write_out
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import EmptyState, LinkButton, SecondaryLabel, SectionLabel

if TYPE_CHECKING:
    from foiadesk.desk import Desk
    from foiadesk.law import Worksheet, WorksheetDay


class WorksheetView(QWidget):
    """Shows the worksheet of one clock of one request; asks the desk for it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._worksheet: Worksheet | None = None
        self._asked = (0, "")  # request and clock last asked for
        self._shown = (0, "")  # and those of the worksheet that shows
        self.empty = EmptyState(_("Choose a deadline to see its days counted."), icon="calendar", parent=self)
        self.title = SectionLabel("", self, wrap=True)
        self.title.setContentsMargins(0, 0, 0, 0)
        self.copy = LinkButton(_("Copy as text"), self.copy_text, icon="copy", parent=self)
        self.save = LinkButton(_("Save PDF…"), self.save_pdf, icon="pdf", parent=self)
        self.print = LinkButton(_("Print…"), self.print_shown, icon="print", parent=self)
        self.notice = PrintNotice(session, self)
        self.summary = QLabel("", self)
        self.summary.setWordWrap(True)
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.days: RecordsTable[WorksheetDay] = RecordsTable(
            (
                Column(_("Day"), lambda day: full_date(day.date), 156, tip=_day_and_why, quiet=_uncounted),
                Column(
                    _("Count"), lambda day: str(day.number) if day.counted and day.number is not None else "–", 64,
                    number=True,
                ),
                Column(_("Why"), lambda day: words_of(day.why), secondary=True, spare=1),
            ),
            lambda day: day.date,
            self,
            name=_("Days counted"),
        )  # fmt: skip
        self.rules = SecondaryLabel("", self, wrap=True)
        self.rules.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        exits = Flow()
        exits.setContentsMargins(0, 0, 0, 0)
        exits.setSpacing(theme.S1)
        for button in (self.copy, self.save, self.print):
            exits.addWidget(button)
        exits.addStretch(1)
        foot = QScrollArea(self)
        foot.setWidgetResizable(True)
        foot.setFrameShape(QFrame.Shape.NoFrame)
        foot.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        foot.setWidget(self.rules)
        self.rules.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        foot.setMaximumHeight(theme.grown(116))
        foot.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        foot.setAccessibleName(_("Rules and sources"))
        self._body = QWidget(self)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(theme.S4, theme.S4, theme.S2, theme.S2)
        column.setSpacing(theme.S2)
        column.addWidget(self.title)
        column.addWidget(self.summary)
        column.addLayout(exits)
        column.addWidget(self.notice)
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
        if (request, clock_id) != self._asked:
            self.notice.hide()
        self._asked = (request, clock_id)
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

    def pdf(self) -> "Callable[[Desk], bytes]":
        """Return what asks the desk for the worksheet that shows, as an exhibit in PDF."""
        request, clock = self._shown
        return lambda desk: desk.deadlines.worksheet_pdf(request, clock)

    def save_pdf(self) -> None:
        """Ask where to, and write the exhibit there."""
        if self._worksheet is None:
            return
        name = file_name(_("Worksheet"), words_of(self._worksheet.title))
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save the worksheet as PDF"), name, _("PDF (*.pdf)"))
        if chosen:
            path = Path(chosen)
            self.save_pdf_to(path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf"))

    def save_pdf_to(self, path: Path) -> None:
        """Write the exhibit; the bar below then says so."""
        if self._worksheet is not None:
            self._session.ask(self, self.pdf(), lambda data: write_out(self._session, self, path, data), key="pdf")

    def print_shown(self) -> None:
        """Print the exhibit; the first time, say first that the print system keeps a copy."""
        if self._worksheet is not None:
            self.notice.before(self._print)

    def _print(self) -> None:
        worksheet, pdf = self._worksheet, self.pdf()
        if worksheet is None:
            return

        def go(page: str) -> None:
            from foiadesk_ui.printing import print_letter

            print_letter(self._session, self.window(), pdf, title=worksheet.title, page=page)

        self._session.ask(self, lambda desk: desk.settings.get().page, go, key="paper")

    def _answered(self, worksheet: "Worksheet") -> None:
        self._worksheet = worksheet
        self._shown = self._asked
        self.title.setText(words_of(worksheet.title))
        self.summary.setText(words_of(worksheet.summary))
        self.days.set_records(worksheet.days)
        self.days.setVisible(bool(worksheet.days))
        self.copy.setText(_("Copy as text"))
        self.rules.setText("\n".join(map(words_of, (*worksheet.rules, *worksheet.notes))))
        self.empty.hide()
        self._body.show()


def _day_and_why(day: "WorksheetDay") -> str:
    return " · ".join(part for part in (full_date(day.date), words_of(day.why)) if part)


def _uncounted(day: "WorksheetDay") -> bool:
    return not day.counted
