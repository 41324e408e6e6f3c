"""The office a request went to, as the directory had it then: every way to reach it, how old that is, what to mind."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFormLayout, QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from foiadesk.records import Office
from foiadesk_ui import theme
from foiadesk_ui.i18n import _
from foiadesk_ui.office_card import Caution
from foiadesk_ui.office_ways import as_of_words, sentence
from foiadesk_ui.plain_tip import plain_tip
from foiadesk_ui.widgets import SecondaryLabel, SectionLabel, TextLabel


def office_lines(office: Office) -> tuple[tuple[str, str, str], ...]:
    """Return label, value and age of every way to reach an office that is known."""
    lines = (
        (_("Address"), "\n".join(office.address), as_of_words(office.address_as_of)),
        (_("E-mail"), office.email, as_of_words(office.email_as_of)),
        (_("Portal"), office.portal, as_of_words(office.directory_as_of)),
        (_("Telephone"), office.phone, as_of_words(office.address_as_of)),
        (_("Fax"), office.fax, as_of_words(office.address_as_of)),
        (_("Website"), office.website, as_of_words(office.directory_as_of)),
        (_("Addressed to"), office.officer, ""),
    )
    return tuple(line for line in lines if line[1])


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
        self._office: Office | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Office"))
        self.viewport().setBackgroundRole(QPalette.ColorRole.Base)

    @property
    def office(self) -> Office | None:
        """The office that is shown."""
        return self._office

    def show_office(self, office: Office | None) -> None:
        """Show an office; None empties the panel."""
        if office == self._office and self.widget() is not None:
            return
        self._office = office
        self.setWidget(self._page(office) if office is not None else QWidget())

    def _page(self, office: Office) -> QWidget:
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
        for caution in office.cautions:
            column.addWidget(Caution(sentence(caution), page))
        column.addSpacing(theme.S2)
        form = QFormLayout()
        form.setHorizontalSpacing(theme.S4)
        form.setVerticalSpacing(theme.S2)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for label_text, value, age in office_lines(office):
            words = TextLabel(value, page) if "\n" in value or " " in value else UncutLine(value, page)
            words.setAccessibleName(f"{label_text}: {value}, {age}")
            box = QWidget(page)
            lines = QVBoxLayout(box)
            lines.setContentsMargins(0, 0, 0, 0)
            lines.setSpacing(0)
            lines.addWidget(words)
            if age:
                lines.addWidget(SecondaryLabel(age, box))
            form.addRow(SecondaryLabel(label_text, page), box)
        column.addLayout(form)
        if self._snapshot:
            column.addSpacing(theme.S2)
            column.addWidget(
                SecondaryLabel(
                    _("This is the copy kept on the request; the directory may say something newer."), page, wrap=True
                )
            )
        column.addStretch(1)
        return page
