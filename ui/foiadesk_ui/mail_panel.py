"""The small panel that makes what goes around letters: envelopes, sheets of labels, cover sheets, saved or printed."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from foiadesk.desk import Desk
from foiadesk.desk.mailing import ENVELOPES, LABELS
from foiadesk_ui import theme
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, ngettext
from foiadesk_ui.labelled import Labelled
from foiadesk_ui.letter_files import write_private
from foiadesk_ui.print_notice import PrintNotice
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import Hairline, LinkButton, SecondaryLabel, SectionLabel, plain_button

if TYPE_CHECKING:
    from foiadesk.desk.mailing import Mailing

MOST_PAGES = 999
WANTED = {"envelope": ("format",), "labels": ("format", "start"), "fax": ("pages",), "certified": ("number",)}


class MailPanel(QWidget):
    """Hidden until ``begin``. ``done`` says what happened."""

    done = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._kind = ""
        self._requests: tuple[int, ...] = ()
        self.head = SectionLabel("", self)
        self.head.setContentsMargins(0, 0, 0, 0)
        self.format = QComboBox(self)
        self.format.activated.connect(lambda _place: self._fit())
        self.start = QSpinBox(self)
        self.pages = QSpinBox(self)
        self.pages.setRange(0, MOST_PAGES)
        self.pages.setSpecialValueText(_("not known"))
        self.number = QLineEdit(self)
        self.number.setMinimumWidth(200)
        self.save = plain_button(_("Save PDF…"), self._choose, icon="save", parent=self)
        self.print = plain_button(_("Print…"), self._print, icon="print", parent=self)
        self.cancel = LinkButton(_("Close"), self.hide, parent=self)
        self.notice = PrintNotice(session, self)
        self.words = SecondaryLabel("", self, wrap=True)
        self._fields = {
            "format": Labelled(_("Size"), self.format, "", self),
            "start": Labelled(_("First free label"), self.start, "", self),
            "pages": Labelled(_("Pages, this sheet included"), self.pages, "", self),
            "number": Labelled(_("Number of the article"), self.number, "", self),
        }
        fields = QWidget(self)
        row = Flow(fields, gap=theme.S4)
        for field in self._fields.values():
            row.addWidget(field)
        buttons = QWidget(self)
        line = Flow(buttons, gap=theme.S2)
        for button in (self.save, self.print, self.cancel):
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S2, theme.S4, theme.S2)
        column.setSpacing(theme.S2)
        for widget in (self.head, self.words, fields, buttons, self.notice, Hairline(self)):
            column.addWidget(widget)
        self.hide()

    def begin(self, kind: str, requests: Sequence[int]) -> None:
        """Ask what is needed for an "envelope", "labels", or the cover of a "fax" or of "certified" mail."""
        self._kind, self._requests = kind, tuple(requests)
        count = len(self._requests)
        self.head.setText({
            "envelope": ngettext("Envelope", "{n} envelopes", count),
            "labels": ngettext("Address label", "{n} address labels", count),
            "fax": _("Fax cover sheet"),
            "certified": _("Certified mail cover sheet"),
        }[kind])  # fmt: skip
        self.words.setText({
            "envelope": _("Lay the envelope into the printer as its own paper, and print at full size."),
            "labels": _("Labels are counted along the rows. Print at full size, without fitting to the page."),
            "fax": _("The office’s fax number stands on it where the desk knows one."),
            "certified": _("A sheet to keep with the postmarked receipt."),
        }[kind])  # fmt: skip
        self.format.clear()
        for value, label in (ENVELOPES if kind == "envelope" else {name: f"Avery {name}" for name in LABELS}).items():
            self.format.addItem(label, value)
        wanted = {"envelope": ("format",), "labels": ("format", "start"), "fax": ("pages",), "certified": ("number",)}[
            kind
        ]
        for name, field in self._fields.items():
            field.setVisible(name in wanted)
        self.start.setValue(1)
        self.pages.setValue(0)
        self.number.clear()
        self._fit()
        self.notice.hide()
        self.show()
        first = self._fields[wanted[0]]
        (self.format if "format" in wanted else first).setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        if self._kind == "labels":
            self.start.setRange(1, LABELS[str(self.format.currentData())])

    @property
    def paper(self) -> str:
        """The paper it is printed on, as ``printing`` names it; "" for the desk's own."""
        if self._kind == "envelope":
            return str(self.format.currentData())
        return {"5160": "letter", "L7160": "a4"}[str(self.format.currentData())] if self._kind == "labels" else ""

    def make(self, desk: Desk) -> "Mailing":
        """Return the pages; runs off the GUI thread, on what ``freeze`` read."""
        kind, size, start, pages, number = self._frozen
        if kind == "envelope":
            return desk.mail.envelopes(self._requests, size)
        if kind == "labels":
            return desk.mail.labels(self._requests, size, start=start)
        return desk.mail.cover(self._requests[0], kind, pages=pages, number=number)

    def freeze(self) -> None:
        """Read the fields: the working thread must not touch widgets."""
        size = str(self.format.currentData())
        self._frozen = (self._kind, size, self.start.value(), self.pages.value(), self.number.text().strip())

    def _choose(self) -> None:
        names = {"envelope": _("Envelopes"), "labels": _("Labels"), "fax": _("Fax cover"), "certified": _("Mail cover")}
        name, _filter = QFileDialog.getSaveFileName(
            self, self.head.text(), f"{names[self._kind]}.pdf", _("PDF (*.pdf)")
        )
        if name:
            path = Path(name)
            self.save_to(path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf"))

    def save_to(self, path: Path) -> None:
        """Write the pages there."""
        self.freeze()

        def write(desk: Desk) -> "Mailing":
            made = self.make(desk)
            write_private(path, made.pdf)
            return made

        def saved(made: "Mailing") -> None:
            self.hide()
            self.done.emit(" ".join((_("Saved as {name}.").format(name=path.name), _left_out(made))).strip())

        self._session.ask(self, write, saved, key="mail")

    def _print(self) -> None:
        self.notice.before(self._print_now)

    def _print_now(self) -> None:
        from foiadesk_ui.printing import print_letter

        self.freeze()
        title = self.head.text()

        def go(page: str) -> None:
            print_letter(
                self._session, self.window(), lambda desk: self.make(desk).pdf, title=title, page=self.paper or page
            )

        self._session.ask(self, lambda desk: desk.settings.get().page, go, key="paper")


def _left_out(made: "Mailing") -> str:
    if not made.lacking:
        return ""
    return _("Left out, as no postal address is known: {offices}.").format(offices=", ".join(made.lacking))
