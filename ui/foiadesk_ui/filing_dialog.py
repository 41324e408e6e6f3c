"""File correspondence: the files that were dropped or chosen, what was understood of each, one button to file them."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from foiadesk.desk import IncomingFile
from foiadesk_ui import theme
from foiadesk_ui.beside import Beside
from foiadesk_ui.bring_in import bring_in, is_much
from foiadesk_ui.filing_panel import FilingPanel, Source, source_name
from foiadesk_ui.flow import Flow
from foiadesk_ui.help_key import offer_help
from foiadesk_ui.i18n import _, ngettext
from foiadesk_ui.least import PageStack
from foiadesk_ui.screen_fit import size_dialog
from foiadesk_ui.session import Session
from foiadesk_ui.store_all import store_all
from foiadesk_ui.two_line import Line, TwoLineList
from foiadesk_ui.widgets import Hairline, LinkButton, PrimaryButton, plain_button


class FilingDialog(QDialog):
    """Cancelling keeps every file in the In-tray, so that nothing dropped on the program is ever lost."""

    def __init__(
        self, session: Session, parent: QWidget | None, sources: Sequence[Source], request: int | None, today: date
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._done = False
        self.setWindowTitle(_("File correspondence"))
        offer_help(self, "filing")
        self.files = TwoLineList(_("Files to file"), self)
        self.files.setVisible(len(sources) > 1)
        self.pages = PageStack(self)
        self.panels: list[FilingPanel] = []
        for source in sources:
            panel = FilingPanel(session, source, request, today, self)
            panel.edited.connect(self._say)
            panel.request.changed.connect(lambda one=panel: one.event_form.setEnabled(one.request.value() is not None))
            self.panels.append(panel)
            self.pages.addWidget(panel)
        self.files.picked.connect(lambda _row: self.pages.setCurrentIndex(self.files.currentRow()))
        self.wrong = QLabel("", self)
        self.wrong.setWordWrap(True)
        self.wrong.setTextFormat(Qt.TextFormat.PlainText)
        self.wrong.setContentsMargins(theme.S6, theme.S2, theme.S6, 0)
        self.wrong.hide()
        self.leave_out = LinkButton(_("Do not file this"), self._leave_out, parent=self)
        self.keep = plain_button(_("Keep in the In-tray"), self.reject, parent=self)
        self.file = PrimaryButton("", self.accept, parent=self)
        self.file.setDefault(True)
        foot = Flow()
        foot.setContentsMargins(theme.S6, theme.S2, theme.S6, theme.S4)
        foot.setSpacing(theme.S2)
        foot.addWidget(self.leave_out)
        foot.addStretch(1)
        foot.addWidget(self.keep)
        foot.addWidget(self.file)
        middle = Beside(self.files, self.pages, narrow=560, shares=(2, 5), parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(middle, 1)
        column.addWidget(self.wrong)
        column.addWidget(Hairline(self))
        column.addSpacing(theme.S2)
        column.addLayout(foot)
        size_dialog(self, 760 if len(sources) > 1 else 600, 560)
        self._say()

    # What a person does --------------------------------------------------------------------------------------------

    def accept(self) -> None:
        """File everything as decided; the first file that cannot be filed yet is shown with the reason."""
        for number, panel in enumerate(self.panels):
            wrong = panel.trouble()
            if wrong:
                self.pages.setCurrentIndex(number)
                self._say()
                self.wrong.setText(wrong)
                self.wrong.show()
                return
        self._done = True
        store_all(self._session, [panel.action() for panel in self.panels])
        super().accept()

    def reject(self) -> None:
        """Keep what is not stored yet in the In-tray."""
        if not self._done:
            self._done = True
            kept = (panel.keep_action() for panel in self.panels)
            store_all(self._session, [action for action in kept if action is not None])
        super().reject()

    def _leave_out(self) -> None:
        panel = self.panels.pop(self.pages.currentIndex())
        self.pages.removeWidget(panel)
        panel.deleteLater()
        if not self.panels:
            self._done = True
            super().reject()
            return
        self.files.setVisible(len(self.panels) > 1)
        self._say()

    def _say(self) -> None:
        count = len(self.panels)
        self.file.setText(_("File it") if count == 1 else ngettext("File {n} document", "File {n} documents", count))
        stored = all(panel.keep_action() is None for panel in self.panels)
        self.keep.setText(_("Cancel") if stored else _("Keep in the In-tray"))
        self.leave_out.setVisible(not stored)
        lines = [Line(number, source_name(panel.source), panel.summary()) for number, panel in enumerate(self.panels)]
        self.files.show_lines(lines, self.pages.currentIndex())
        self.wrong.hide()


def file_sources(
    session: Session, parent: QWidget, sources: Sequence[Source], request: int | None = None
) -> FilingDialog | None:
    """Show the filing dialog for dropped or chosen files; None when there is nothing to decide on one by one.

    Folders, mailboxes, archives and more than a handful of files are brought in beside everything else.
    """
    if not sources:
        return None
    if is_much(session, sources):
        bring_in(session, parent, [one for one in sources if isinstance(one, (Path, IncomingFile))], request)
        return None
    dialog = FilingDialog(session, parent, sources, request, session.desk.clock())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def choose_and_file(session: Session, parent: QWidget, request: int | None = None) -> QFileDialog:
    """Let the person choose files, then show the filing dialog."""
    chooser = QFileDialog(parent, _("File a document"))
    chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    chooser.setFileMode(QFileDialog.FileMode.ExistingFiles)
    chooser.filesSelected.connect(lambda names: file_sources(session, parent, [Path(name) for name in names], request))
    chooser.open()
    return chooser
