"""The office a request went to, as the directory had it then: every way to reach it, how old that is, what to mind."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFormLayout, QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from foiadesk.records import Office, OwnOffice
from foiadesk_ui import theme
from foiadesk_ui.i18n import _
from foiadesk_ui.law_choice import law_of
from foiadesk_ui.office_card import Caution
from foiadesk_ui.office_ways import age_words, sentence
from foiadesk_ui.plain_tip import plain_tip
from foiadesk_ui.widgets import SecondaryLabel, SectionLabel, TextLabel


def way_words(field: str) -> str:
    """Name a way to reach an office."""
    return {
        "address": _("Address"),
        "email": _("E-mail"),
        "portal": _("Portal"),
        "phone": _("Telephone"),
        "fax": _("Fax"),
        "website": _("Website"),
        "officer": _("Addressed to"),
    }[field]


def office_lines(office: Office) -> tuple[tuple[str, str, str, str], ...]:
    """Return field, label, value and age of every way to reach an office that is known."""
    lines = []
    for field in ("address", "email", "portal", "phone", "fax", "website", "officer"):
        found = getattr(office, field)
        value = "\n".join(found) if field == "address" else found
        age = "" if field == "officer" and field not in office.own else age_words(office, field)
        if value:
            lines.append((field, way_words(field), value, age))
    return tuple(lines)


class UncutLine(QLineEdit):
    """One long word (an address of a portal) to select and copy; it scrolls instead of widening the page."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setReadOnly(True)
        self.setFrame(False)
        self.setProperty("plain", True)
        self.setStyleSheet("QLineEdit { background: transparent; border: none; padding: 0; }")
        self.setCursorPosition(0)
        self.setToolTip(plain_tip(text))


class OfficePanel(QScrollArea):
    """Shows one office. ``snapshot``: say that this copy is the request's own."""

    def __init__(self, parent: QWidget | None = None, *, snapshot: bool = False) -> None:
        super().__init__(parent)
        self._snapshot = snapshot
        self._shown: tuple[Office | None, Office | None, OwnOffice | None] = (None, None, None)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Office"))
        self.viewport().setBackgroundRole(QPalette.ColorRole.Base)

    @property
    def office(self) -> Office | None:
        """The office that is shown."""
        return self._shown[0]

    def show_office(self, office: Office | None, listed: Office | None = None, own: OwnOffice | None = None) -> None:
        """Show an office; None empties the panel.

        listed: as the directory has it, said beside what is a person's own; own: what a person wrote down on it.
        """
        if (office, listed, own) == self._shown and self.widget() is not None:
            return
        self._shown = (office, listed, own)
        self.setWidget(self._page(office, listed, own) if office is not None else QWidget())

    def _page(self, office: Office, listed: Office | None, own: OwnOffice | None) -> QWidget:
        page = QWidget()
        page.setBackgroundRole(QPalette.ColorRole.Base)
        page.setAutoFillBackground(True)
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.S6, theme.S4, theme.S4, theme.S4)
        column.setSpacing(theme.S1)
        name = SectionLabel(office.name, page, wrap=True)
        name.setContentsMargins(0, 0, 0, 0)
        column.addWidget(name)
        parts = (office.department if office.component and office.component != office.department else "", office.code)
        column.addWidget(SecondaryLabel(" · ".join(part for part in parts if part), page, wrap=True))
        if law := law_of(office):
            column.addWidget(SecondaryLabel(law, page, wrap=True))
        for caution in office.cautions:
            column.addWidget(Caution(sentence(caution), page))
        column.addSpacing(theme.S2)
        form = QFormLayout()
        form.setHorizontalSpacing(theme.S4)
        form.setVerticalSpacing(theme.S2)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for field, label_text, value, age in office_lines(office):
            words = TextLabel(value, page) if "\n" in value or " " in value else UncutLine(value, page)
            words.setAccessibleName(f"{label_text}: {value}, {age}")
            box = QWidget(page)
            lines = QVBoxLayout(box)
            lines.setContentsMargins(0, 0, 0, 0)
            lines.setSpacing(0)
            lines.addWidget(words)
            if age:
                lines.addWidget(SecondaryLabel(age, box))
            if field in office.own and listed is not None and (there := _listed_value(listed, field)):
                lines.addWidget(SecondaryLabel(_("The directory has: {value}").format(value=there), box, wrap=True))
            form.addRow(SecondaryLabel(label_text, page), box)
        column.addLayout(form)
        for head, text in ((_("Contact"), own.contact), (_("Notes"), own.notes)) if own is not None else ():
            if text:
                column.addWidget(SectionLabel(head, page))
                column.addWidget(TextLabel(text, page))
        if self._snapshot:
            column.addSpacing(theme.S2)
            column.addWidget(
                SecondaryLabel(
                    _("This is the copy kept on the request; the directory may say something newer."), page, wrap=True
                )
            )
        column.addStretch(1)
        return page


def _listed_value(listed: Office, field: str) -> str:
    found = getattr(listed, field)
    return ", ".join(found) if field == "address" else str(found)
