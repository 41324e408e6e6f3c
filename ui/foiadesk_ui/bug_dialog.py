"""The window that says that FOIADesk itself went wrong."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPlainTextEdit, QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.flow import Flow
from foiadesk_ui.help_key import offer_help
from foiadesk_ui.i18n import _
from foiadesk_ui.widgets import PrimaryButton, SectionLabel, TextLabel, plain_button


class BugDialog(QDialog):
    """Says that FOIADesk itself went wrong, what is safe, and offers the report for copying and saving, never sending.

    head, words: what is said above the report, else what is said of a mistake just made.
    """

    def __init__(self, text: str, parent: QWidget | None = None, *, head: str = "", words: str = "") -> None:
        super().__init__(parent)
        self._text = text
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("FOIADesk"))
        offer_help(self, "protection")
        self.setMinimumWidth(520)
        box = QVBoxLayout(self)
        box.setContentsMargins(theme.S6, theme.S4, theme.S6, theme.S4)
        box.setSpacing(theme.S2)
        box.addWidget(SectionLabel(head or _("FOIADesk made a mistake it did not foresee."), self))
        words = words or _(
            "What was saved before is safe: every action is stored whole or not at all. You can go on, or lock the "
            "desk and unlock it again. The report below names places in the program and nothing from your desk; "
            "it is kept in the log on this computer and is sent nowhere."
        )
        box.addWidget(TextLabel(words, self))
        shown = QPlainTextEdit(text, self)
        shown.setReadOnly(True)
        shown.setAccessibleName(_("Report"))
        shown.setMinimumHeight(140)
        box.addWidget(shown)
        self.said = TextLabel("", self)
        self.said.hide()
        box.addWidget(self.said)
        row = Flow()
        row.addWidget(
            plain_button(_("Copy report"), lambda: QApplication.clipboard().setText(text), icon="copy", parent=self)
        )
        row.addWidget(plain_button(_("Save report…"), self._choose, icon="save", parent=self))
        row.addStretch(1)
        row.addWidget(PrimaryButton(_("Go on"), self.accept, parent=self))
        box.addLayout(row)

    def _choose(self) -> None:
        suggested = str(Path.home() / "foiadesk-report.txt")
        target, _kind = QFileDialog.getSaveFileName(self, _("Save the report"), suggested, "*.txt")
        if target:
            self.save(Path(target))

    def save(self, target: Path) -> None:
        """Save the report where the person chose."""
        try:
            target.write_text(self._text + "\n", encoding="utf-8")
        except OSError as error:
            self.said.setText(_("The report could not be saved there: {why}.").format(why=error.strerror or ""))
        else:
            self.said.setText(_("Saved “{name}”.").format(name=target.name))
        self.said.show()
