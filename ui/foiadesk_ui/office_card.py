"""One chosen office: its name, how to reach it and as of when, and every caution the directory has on it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from foiadesk.records import Channel, Office
from foiadesk_ui import icons, theme
from foiadesk_ui.i18n import _
from foiadesk_ui.law_choice import law_of
from foiadesk_ui.office_ways import channel_name, hint, sentence, ways
from foiadesk_ui.widgets import Hairline, IconButton, SecondaryLabel, SectionLabel

_SHAPES = {Channel.PORTAL: "link", Channel.EMAIL: "mail", Channel.MAIL: "letter", Channel.FAX: "print"}


class Caution(QWidget):
    """A caution: a warning sign and a sentence, never colour alone."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = QLabel(self)
        self._sign.setAccessibleName(_("Caution"))
        self.words = SecondaryLabel(text, self, wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S2)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        self._dress()
        theme.watch().changed.connect(self._dress)

    def set_text(self, text: str) -> None:
        """Say something else; nothing hides the caution, its place stays."""
        self.words.setText(text)
        self._sign.setVisible(bool(text))

    def _dress(self) -> None:
        side = theme.grown(16)
        self._sign.setFixedSize(side, side)
        self._sign.setPixmap(icons.pixmap("warning", theme.meaning("soon"), side, self.devicePixelRatioF()))


class Elided(SecondaryLabel):
    """A line that shortens (in the middle) when there is no room; the tooltip and screen readers get all of it."""

    def __init__(
        self,
        text: str,
        parent: QWidget | None = None,
        *,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
    ) -> None:
        super().__init__("", parent)
        self._mode = mode
        self._full = ""
        self.setMinimumWidth(40)
        self.set_full(text)

    def set_full(self, text: str) -> None:
        """Show another text."""
        self._full = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._fit()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for all of it, where there is room."""
        return QSize(self.fontMetrics().horizontalAdvance(self._full) + 2, super().sizeHint().height())

    def resizeEvent(self, event: object) -> None:
        """Fit the text again."""
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._full, self._mode, self.width())
        if shown != self.text():
            self.setText(shown)


class OfficeCard(QWidget):
    """What a person must know before writing to an office."""

    removed = Signal(object)  # Office

    def __init__(self, office: Office, parent: QWidget | None = None, *, removable: bool = False) -> None:
        super().__init__(parent)
        self.office = office
        self._shapes: list[tuple[QLabel, str]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S1)
        name = SectionLabel(office.name, self, wrap=True)
        name.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.setSpacing(theme.S2)
        head.addWidget(name, 1)
        if removable:
            remove = IconButton(
                "close", _("Remove {office}").format(office=office.name), lambda: self.removed.emit(office), parent=self
            )
            head.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(SecondaryLabel(f"{office.short} · {office.department}", self, wrap=True))
        if law := law_of(office):
            column.addWidget(SecondaryLabel(law, self, wrap=True))
        lead = QLabel(hint(office), self)
        lead.setTextFormat(Qt.TextFormat.PlainText)
        lead.setWordWrap(True)
        column.addWidget(lead)
        column.addLayout(self._ways(office))
        for caution in office.cautions:
            column.addWidget(Caution(sentence(caution), self))
        column.addSpacing(theme.S2)
        column.addWidget(Hairline(self))
        self._dress()
        theme.watch().changed.connect(self._dress)

    def _dress(self) -> None:
        for shape, name in self._shapes:
            ratio = self.devicePixelRatioF()
            shape.setPixmap(icons.pixmap(name, theme.secondary_colour(), theme.grown(16), ratio))

    def _ways(self, office: Office) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.S2)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(2, 1)
        for row, way in enumerate(ways(office)):
            shape = QLabel(self)
            self._shapes.append((shape, _SHAPES.get(way.channel, "send")))
            grid.addWidget(shape, row, 0)
            grid.addWidget(SecondaryLabel(channel_name(way.channel), self), row, 1)
            grid.addWidget(Elided(way.where or _("no address in the directory"), self), row, 2)
            grid.addWidget(SecondaryLabel(way.as_of, self), row, 3)
        return grid
