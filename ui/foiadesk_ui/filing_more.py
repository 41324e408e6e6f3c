"""What else a letter says or proves, to be filed with it or not, and the other requests it may belong to."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from foiadesk_ui.i18n import _, said
from foiadesk_ui.plain_tip import plain_tip
from foiadesk_ui.suggestion_words import event_line
from foiadesk_ui.widgets import LinkButton

if TYPE_CHECKING:
    from foiadesk.desk import Understanding

_CHOICES = 3


class FilingMore(QWidget):
    """A tick for each further event and each proof; all are ticked at first, and the person decides."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.events: list[tuple[QCheckBox, dict[str, Any]]] = []
        self.proofs: list[tuple[QCheckBox, str]] = []
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_understood(self, understood: "Understanding") -> None:
        """Show what is said beside the first event, and what is proved."""
        for box in (*(box for box, _data in self.events), *(box for box, _event in self.proofs)):
            box.hide()
            box.deleteLater()
        self.events = [
            (self._box(_("Also: {event}").format(event=event_line(one)), one.words), dict(one.data))
            for one in understood.events[1:]
        ]
        self.proofs = [
            (self._box(_("Proof of “{event}”").format(event=said(one.title)), said(one.why)), one.event)
            for one in understood.proven
        ]
        self.setVisible(bool(self.events or self.proofs))
        self.edited.emit()

    def also(self, day: str | None) -> list[dict[str, Any]]:
        """Return the further events that are ticked; one without a day of its own has this one."""
        return [{"date": day, **data} for box, data in self.events if box.isChecked()]

    def proves(self) -> list[str]:
        """Return the ids of the events it is ticked to prove."""
        return [event for box, event in self.proofs if box.isChecked()]

    def _box(self, text: str, tip: str) -> QCheckBox:
        box = QCheckBox(text.replace("&", "&&"), self)
        box.setToolTip(plain_tip(tip))
        box.setChecked(True)
        box.toggled.connect(lambda _on: self.edited.emit())
        self._lines.addWidget(box)
        return box


class OtherRequests(QWidget):
    """Links to the other requests a letter may belong to."""

    def __init__(self, picked: Callable[[int], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picked = picked
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self.links: list[LinkButton] = []
        self.hide()

    def show_understood(self, understood: "Understanding", chosen: int | None) -> None:
        """Show those that are not chosen."""
        for link in self.links:
            link.hide()
            link.deleteLater()
        self.links = []
        for one in understood.candidates[: _CHOICES + 1]:
            if one.request != chosen and len(self.links) < _CHOICES:
                link = LinkButton(_("Or {name}").format(name=one.name), partial(self._picked, one.request), parent=self)
                link.setToolTip(plain_tip(said(one.why)))
                self._lines.addWidget(link, 0, Qt.AlignmentFlag.AlignLeading)
                self.links.append(link)
        self.setVisible(bool(self.links))
