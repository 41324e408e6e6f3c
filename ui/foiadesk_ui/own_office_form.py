"""What a person knows of an office beside the directory: a form, for one it has or for one it lacks."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from foiadesk.desk.agencies import WAYS
from foiadesk.records import Office, OwnOffice
from foiadesk_ui import theme
from foiadesk_ui.escape_panel import EscapePanel
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _
from foiadesk_ui.labelled import FormColumn, Labelled
from foiadesk_ui.law_choice import LawChoice, read_laws
from foiadesk_ui.request_office import way_words
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import LinkButton, SecondaryLabel, SectionLabel, plain_button

LINES = 3  # of an address or a note that are seen at once


class OwnOfficeForm(EscapePanel):
    """``saved`` carries the office's code."""

    saved = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._own = OwnOffice("")
        self.head = SectionLabel("", self, wrap=True)
        self.head.setContentsMargins(0, 0, 0, 0)
        self.about = SecondaryLabel("", self, wrap=True)
        self.code = QLineEdit(self)
        self.code.setPlaceholderText(_("e.g. NY/DOCCS"))
        self.name = QLineEdit(self)
        self.ways: dict[str, QLineEdit | QPlainTextEdit] = {
            way: self._text() if way == "address" else QLineEdit(self) for way in WAYS
        }
        self.law = LawChoice(self)
        self.contact = QLineEdit(self)
        self.notes = self._text()
        self.form = FormColumn(self)
        self.form.setAccessibleName(_("Your own details"))
        self.code_field = Labelled(_("Code"), self.code, "", self)
        self.name_field = Labelled(_("Name"), self.name, "", self)
        self.law_field = Labelled(_("Law"), self.law, "", self)
        self.form.add(self.head, self.about, self.code_field, self.name_field, self.law_field)
        self.form.add(Labelled(_("Contact"), self.contact, "", self))
        for way in ("email", "phone", "address", "fax", "portal", "website", "officer"):
            self.form.add(Labelled(way_words(way), self.ways[way], "", self))
        self.form.add(Labelled(_("Notes"), self.notes, "", self))
        self.form.column.setContentsMargins(theme.S6, theme.S4, theme.S4, theme.S4)
        self.form.column.setSpacing(theme.S2)
        self.form.finish()
        self.save = plain_button(_("Save"), self.store, icon="tick", parent=self)
        self.cancel = LinkButton(_("Cancel"), self.put_away, parent=self)
        self.remove = LinkButton(_("Remove"), self.forget, icon="trash", parent=self)
        foot = Flow()
        foot.setContentsMargins(theme.S6, theme.S2, theme.S4, theme.S4)
        foot.setSpacing(theme.S2)
        foot.addWidget(self.save)
        foot.addWidget(self.cancel)
        foot.addStretch(1)
        foot.addWidget(self.remove)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self.form, 1)
        lines.addLayout(foot)
        self.hide()

    def begin(self, office: Office | None, listed: Office | None, own: OwnOffice | None, *, name: str = "") -> None:
        """Ask about an office, or (None) about one the directory lacks. What the directory has stands grey.

        name: what the office the directory lacks is called, as far as somebody already typed it.
        """
        self._own = own or OwnOffice(office.code if office else "", added=office is None)
        added = self._own.added
        self.head.setText(office.name if office else _("An office the directory lacks"))
        self.about.setText(
            _("New requests are made with what you write here; those already made keep what they have.")
            if added
            else _("What you leave empty stays as the directory has it. New requests are made with what you write.")
        )
        self.code.setText(self._own.code)
        self.code_field.setVisible(added and own is None)
        self.name.setText(self._own.fields.get("component", name))
        self.name_field.setVisible(added)
        self.law_field.setVisible(added)
        self.law.choose(self._own.fields.get("law", "" if own is None else "us-foia"))
        if added:
            self._session.ask(self, lambda _desk: read_laws(), self.law.show_laws, key="laws")
        for way, field in self.ways.items():
            field.setPlaceholderText(_there(listed, way))
            _write(field, self._own.fields.get(way, ""))
        self.contact.setText(self._own.contact)
        self.notes.setPlainText(self._own.notes)
        self.remove.setVisible(own is not None)
        self.show()
        (self.code if added and own is None else self.contact).setFocus(Qt.FocusReason.OtherFocusReason)

    def store(self) -> None:
        """Keep what was written."""
        fields = {way: _read(field) for way, field in self.ways.items()}
        if self._own.added:
            fields = {**self._own.fields, **fields, "component": self.name.text()}
            if law := self.law.law() or self.law.currentText().strip():
                fields["law"] = law  # half a name is refused, by name
        code = self.code.text().strip() if self._own.added else self._own.code
        own = OwnOffice(
            code, fields, self.contact.text(), self.notes.toPlainText(), self._own.added, version=self._own.version
        )

        def done(_change: object) -> None:
            self.put_away()
            self.saved.emit(code)

        self._session.act(self, lambda desk: desk.agencies.put_own(own), done)

    def forget(self) -> None:
        """Remove what is kept, or the office itself if the directory lacks it."""
        code = self._own.code

        def done(_change: object) -> None:
            self.put_away()
            self.saved.emit(code)

        self._session.act(self, lambda desk: desk.agencies.remove_own(code), done)

    def _text(self) -> QPlainTextEdit:
        made = QPlainTextEdit(self)
        made.setTabChangesFocus(True)
        made.setFixedHeight(made.fontMetrics().lineSpacing() * LINES + 20)
        return made


def _there(listed: Office | None, way: str) -> str:
    if listed is None:
        return ""
    found = getattr(listed, way)
    return "\n".join(found) if way == "address" else str(found)


def _write(field: QLineEdit | QPlainTextEdit, text: str) -> None:
    if isinstance(field, QLineEdit):
        field.setText(text)
    else:
        field.setPlainText(text)


def _read(field: QLineEdit | QPlainTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()
