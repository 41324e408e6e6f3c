"""The form for one who asks: name, address, how to reach them, who signs, and the letterhead's picture."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from foiadesk.desk import Desk, PageImage
from foiadesk.records import Requester, Signer
from foiadesk_ui import theme
from foiadesk_ui.flow import Flow
from foiadesk_ui.growing_text import GrowingText
from foiadesk_ui.i18n import _
from foiadesk_ui.labelled import FormColumn, Labelled, section
from foiadesk_ui.page_view import to_image
from foiadesk_ui.session import Session
from foiadesk_ui.tab_order import chain
from foiadesk_ui.widgets import IconButton, LinkButton, SecondaryLabel, plain_button

LOGO_HEIGHT, LOGO_WIDTH = 72, 260


class _SignerRow(QWidget):
    """One person who signs: name and title side by side."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(_("Name"))
        self.role = QLineEdit(self)
        self.role.setPlaceholderText(_("Title, e.g. Legal Director"))
        self.remove = IconButton("close", "", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S2)
        row.addWidget(self.name, 1)
        row.addWidget(self.role, 1)
        row.addWidget(self.remove)

    def place(self, number: int) -> None:
        """Name the widgets for their place."""
        self.name.setAccessibleName(_("Name of signer {number}").format(number=number))
        self.role.setAccessibleName(_("Title of signer {number}").format(number=number))
        self.remove.set_label(_("Remove signer {number}").format(number=number))


class SignerList(QWidget):
    """Everyone who signs for a requester, in order."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_SignerRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.S2)
        self._add(Signer(""))  # before the button: moved behind the rows later, it would take this field along
        self.add_button = LinkButton(_("Add a signer"), self._add_focused, icon="plus", parent=self)
        line = Flow()
        line.addWidget(self.add_button)
        line.addStretch(1)
        self._column.addLayout(line)

    def signers(self) -> tuple[Signer, ...]:
        """Return everyone with a name."""
        return tuple(Signer(row.name.text().strip(), row.role.text().strip()) for row in self._named())

    def _named(self) -> list[_SignerRow]:
        return [row for row in self._rows if row.name.text().strip()]

    def set_signers(self, signers: Sequence[Signer]) -> None:
        """Show these; does not count as an edit."""
        wanted = list(signers) or [Signer("")]
        while len(self._rows) > len(wanted):
            self._drop(self._rows[-1])
        while len(self._rows) < len(wanted):
            self._add(Signer(""))
        for row, signer in zip(self._rows, wanted, strict=True):
            row.name.setText(signer.name)
            row.role.setText(signer.title)

    def _add(self, signer: Signer) -> _SignerRow:
        row = _SignerRow(self)
        row.name.setText(signer.name)
        row.role.setText(signer.title)
        for line in (row.name, row.role):
            line.textEdited.connect(lambda _text: self.edited.emit())
        row.remove.clicked.connect(lambda: self._remove(row))
        self._rows.append(row)
        self._column.insertWidget(len(self._rows) - 1, row)
        chain([part for one in self._rows for part in (one.name, one.role, one.remove)])
        self._number()
        self.setFocusProxy(self._rows[0].name)
        return row

    def _add_focused(self) -> None:
        self._add(Signer("")).name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, row: _SignerRow) -> None:
        if len(self._rows) == 1:
            row.name.clear()
            row.role.clear()
        else:
            self._drop(row)
        self._rows[-1].name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _drop(self, row: _SignerRow) -> None:
        self._rows.remove(row)
        self._column.removeWidget(row)
        self.setFocusProxy(self._rows[0].name)
        row.hide()
        row.deleteLater()
        self._number()

    def _number(self) -> None:
        for number, row in enumerate(self._rows, start=1):
            row.place(number)
            row.remove.setVisible(len(self._rows) > 1)


class LogoField(QWidget):
    """The letterhead's picture: what is stored, or the file that will be stored on saving."""

    edited = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.stored: int | None = None
        self.pending: Path | None = None
        self.picture = QLabel(self)
        self.picture.setFixedHeight(LOGO_HEIGHT)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.said = SecondaryLabel("", self, wrap=True)
        self.choose = plain_button(_("Choose a picture…"), self._choose, icon="image", parent=self)
        self.drop = LinkButton(_("Remove the picture"), self._remove, parent=self)
        buttons = Flow()
        buttons.setSpacing(theme.S2)
        buttons.addWidget(self.choose)
        buttons.addWidget(self.drop)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S2)
        column.addWidget(self.picture)
        column.addWidget(self.said)
        column.addLayout(buttons)
        self.setFocusProxy(self.choose)
        self.show_logo(None)

    def show_logo(self, stored: int | None) -> None:
        """Show the stored picture with this attachment id, or none."""
        self.stored, self.pending = stored, None
        self.picture.clear()
        self.picture.setVisible(stored is not None)
        self.drop.setVisible(stored is not None)
        self.said.setText("" if stored is not None else _("PNG or JPEG; printed at the top of the first page."))
        if stored is not None:
            ratio = self.devicePixelRatioF()

            def draw(desk: Desk) -> PageImage:
                return desk.filing.image(stored, round(LOGO_WIDTH * ratio))

            self._session.ask(self, draw, self._drawn, key="logo")

    def _drawn(self, page: PageImage) -> None:
        drawn = QPixmap.fromImage(to_image(page))
        ratio = self.devicePixelRatioF()
        if drawn.height() > LOGO_HEIGHT * ratio:
            drawn = drawn.scaledToHeight(round(LOGO_HEIGHT * ratio), Qt.TransformationMode.SmoothTransformation)
        drawn.setDevicePixelRatio(ratio)
        self.picture.setPixmap(drawn)
        self.picture.setAccessibleName(_("Picture of the letterhead"))

    def _choose(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, _("Picture for the letterhead"), "", _("Pictures (*.png *.jpg *.jpeg)")
        )
        if name:
            self.take(Path(name))

    def take(self, path: Path) -> None:
        """Choose a file; it is stored when the form is saved."""
        self.pending = path
        self.picture.hide()
        self.said.setText(_("“{name}” is stored when you save.").format(name=path.name))
        self.drop.show()
        self.edited.emit()

    def _remove(self) -> None:
        if self.pending is not None:
            self.show_logo(self.stored)
        else:
            self.stored = None
            self.picture.hide()
            self.drop.hide()
            self.said.setText(_("PNG or JPEG; printed at the top of the first page."))
        self.edited.emit()


class RequesterForm(FormColumn):
    """Everything about one who asks. ``value`` keeps the id and version of what was loaded."""

    edited = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent, widest=600)
        self._loaded = Requester("")
        self.name = QLineEdit(self)
        self.address = GrowingText(self, lines=2)
        self.email = QLineEdit(self)
        self.phone = QLineEdit(self)
        self.website = QLineEdit(self)
        self.signers = SignerList(self)
        self.logo = LogoField(session, self)
        self.add(
            Labelled(_("Organization or person"), self.name, "", self),
            Labelled(_("Address"), self.address, _("As it stands on an envelope, one line each."), self),
        )
        pair = QWidget(self)
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S4)
        row.addWidget(Labelled(_("E-mail"), self.email, "", pair), 1)
        row.addWidget(Labelled(_("Telephone"), self.phone, "", pair), 1)
        self.add(pair, Labelled(_("Website"), self.website, "", self))
        self.add(section(_("Who signs"), _("Each signer gets a signature line, in this order."), self), self.signers)
        self.add(section(_("Letterhead"), "", self), self.logo)
        self.finish()
        for line in (self.name, self.email, self.phone, self.website):
            line.textEdited.connect(lambda _text: self.edited.emit())
        self.address.edited.connect(self.edited)
        self.signers.edited.connect(self.edited)
        self.logo.edited.connect(self.edited)

    def load(self, requester: Requester) -> None:
        """Show one who asks."""
        self._loaded = requester
        self.name.setText(requester.name)
        self.address.set_text("\n".join(requester.address))
        self.email.setText(requester.email)
        self.phone.setText(requester.phone)
        self.website.setText(requester.website)
        self.signers.set_signers(requester.signers)
        self.logo.show_logo(requester.logo)

    def value(self) -> Requester:
        """Return what the form says."""
        return replace(
            self._loaded,
            name=self.name.text().strip(),
            address=tuple(line.strip() for line in self.address.text().split("\n") if line.strip()),
            email=self.email.text().strip(),
            phone=self.phone.text().strip(),
            website=self.website.text().strip(),
            signers=self.signers.signers(),
            logo=self.logo.stored,
        )

    def dirty(self) -> bool:
        """Tell whether something is not saved yet."""
        return self.value() != self._loaded or self.logo.pending is not None

    def trouble(self) -> str:
        """Return why this cannot be saved, or ""."""
        return "" if self.name.text().strip() else _("Give the organization or person a name.")
