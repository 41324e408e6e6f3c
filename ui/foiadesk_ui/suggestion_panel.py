"""What the chosen thing in the In-tray seems to be, why, and one button that files it so."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.elided import ElidedLabel
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, ngettext, said
from foiadesk_ui.suggestion_words import event_line, file_words, reasons
from foiadesk_ui.widgets import LinkButton, MeaningLabel, PrimaryButton, SecondaryLabel, plain_button

if TYPE_CHECKING:
    from foiadesk.desk import Understanding

_CHOICES = 3  # candidates with a button of their own
_REASONS_HIGH = 96  # px


class SuggestionPanel(QWidget):
    """``file``: as suggested. ``otherwise``: decide, on a request when one is given."""

    def __init__(
        self, file: Callable[[], None], otherwise: Callable[[int | None], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._otherwise = otherwise
        self.setAccessibleName(_("What it seems to be"))
        self.where = ElidedLabel(parent=self)
        self._dress()
        theme.watch().changed.connect(self._dress)
        self.events = QVBoxLayout()
        self.events.setSpacing(2)
        self.why = SecondaryLabel("", self, wrap=True)
        self.why.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.reasons_box = QScrollArea(self)
        self.reasons_box.setAccessibleName(_("Why"))
        self.reasons_box.setWidgetResizable(True)
        self.reasons_box.setFrameShape(QFrame.Shape.NoFrame)
        self.reasons_box.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.reasons_box.setWidget(self.why)
        self._file, self._ready = file, False
        self.file = PrimaryButton("", self._go, parent=self)
        self.other = plain_button(_("Otherwise…"), lambda: otherwise(None), parent=self)
        self.other.setToolTip(_("Choose the request, the event and its date yourself"))
        self.choices = QVBoxLayout()
        self.choices.setSpacing(0)
        buttons = Flow()
        buttons.setSpacing(theme.S2)
        buttons.addWidget(self.file)
        buttons.addWidget(self.other)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S4, theme.S2, theme.S4, theme.S2)
        column.setSpacing(theme.S2)
        column.addWidget(self.where)
        column.addLayout(self.events)
        column.addWidget(self.reasons_box)
        column.addLayout(self.choices)
        column.addLayout(buttons)
        self.show_waiting()

    def show_waiting(self) -> None:
        """Say that it is being read."""
        self._clear()
        self.where.show_text(_("Reading…"))
        self._explain("")
        self.file.hide()
        self.other.hide()

    def show_understood(self, understood: "Understanding") -> None:
        """Show what is suggested of one letter."""
        self._clear()
        first = understood.candidates[0] if understood.candidates else None
        if understood.clear and first is not None:
            self.where.show_text(first.name)
        else:
            self.where.show_text(_("Which request does it belong to?"))
        for event in understood.events:
            self._event("calendar", event_line(event))
        for proof in understood.proven:
            self._event("attachment", _("Proof of “{event}”").format(event=proof.title))
        self._explain(reasons(understood))
        self._ready = understood.ready
        self.file.show()
        self.file.setText(file_words(understood) if self._ready else _("File on a request…"))
        self.other.setVisible(self._ready)
        others = understood.candidates[1:] if understood.clear else understood.candidates
        for candidate in others[:_CHOICES]:
            label = _("Or {name}…") if understood.clear else _("On {name}…")
            button = LinkButton(
                label.format(name=candidate.name),
                partial(self._otherwise, candidate.request),
                icon="forward",
                parent=self,
            )
            button.setToolTip(said(candidate.why))
            self.choices.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)

    def show_many(self, chosen: int, ready: int) -> None:
        """Show what is suggested of several."""
        self._clear()
        self.where.show_text(ngettext("{n} is chosen", "{n} are chosen", chosen))
        said = ngettext("{n} of them can be filed as suggested.", "{n} of them can be filed as suggested.", ready)
        self._explain(said)
        self._ready = ready > 0
        words = ngettext("File {n} as suggested…", "File {n} as suggested…", ready)
        self.file.setText(words if self._ready else _("File on a request…"))
        self.file.show()
        self.other.setVisible(self._ready)

    def _dress(self) -> None:
        self.where.setFont(theme.section_font())

    def _go(self) -> None:
        if self._ready:
            self._file()
        else:
            self._otherwise(None)

    def _explain(self, why: str) -> None:
        self.why.setText(why)
        self._fit()

    def _fit(self) -> None:
        """The reasons are as high as they need to be, up to a limit, beyond which they scroll."""
        self.reasons_box.setVisible(bool(self.why.text()))
        wanted = self.why.heightForWidth(max(self.reasons_box.width() - 12, 120))
        self.reasons_box.setFixedHeight(min(wanted + 2, max(_REASONS_HIGH, 6 * self.why.fontMetrics().lineSpacing())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the reasons to the width."""
        super().resizeEvent(event)
        self._fit()

    def _event(self, icon: str, words: str) -> None:
        label = MeaningLabel(icon, words, self)
        self.events.addWidget(label)

    def _clear(self) -> None:
        for layout in (self.events, self.choices):
            while (item := layout.takeAt(0)) is not None:
                widget = item.widget()
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
