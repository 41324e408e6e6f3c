"""Due dates as a file for a calendar program: neutral unless somebody ticks that titles may leave the desk."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFileDialog, QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, words_of
from foiadesk_ui.save_file import write_out
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import Hairline, LinkButton, SecondaryLabel, plain_button
from foiadesk_ui.wrapped_button import WrappedButton

NAME = "deadlines.ics"


class CalendarExport(QWidget):
    """Hidden until asked for; asks one thing, then where to save."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.about = SecondaryLabel(
            _(
                "The file leaves this desk’s protection, and calendars often leave the computer. Without the tick its "
                "entries say only “Deadline 3”, the number of the request."
            ),
            self,
            wrap=True,
        )
        self.titles = QCheckBox(self)
        titles = WrappedButton(self.titles, _("Write offices and titles into the file"), self)
        self.save = plain_button(_("Save…"), self._choose, icon="save", parent=self)
        self.cancel = LinkButton(_("Cancel"), self.hide, parent=self)
        row = Flow()
        row.setSpacing(theme.S2)
        row.addWidget(titles, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.save)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, theme.S1, 0, 0)
        lines.setSpacing(theme.S1)
        lines.addWidget(Hairline(self))
        lines.addWidget(self.about)
        lines.addLayout(row)
        self.hide()

    def start(self) -> None:
        """Show, with the tick off: it is asked anew each time."""
        self.titles.setChecked(False)
        self.show()
        self.titles.setFocus(Qt.FocusReason.OtherFocusReason)

    def save_to(self, path: Path) -> None:
        """Write the file; the bar below then says so."""
        titles = self.titles.isChecked()

        def write(data: bytes) -> None:
            write_out(self._session, self, path, data, lambda _path: self.hide())

        self._session.ask(
            self, lambda desk: desk.deadlines.calendar_file(titles=titles, words=words_of), write, key="ics"
        )

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save the due dates for a calendar"), str(Path.home() / NAME), _("Calendar (*.ics)")
        )
        if chosen:
            path = Path(chosen)
            self.save_to(path if path.suffix.lower() == ".ics" else path.with_name(f"{path.name}.ics"))
