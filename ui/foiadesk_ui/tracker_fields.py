"""Which column of a table is what: a box for each field, how dates and sending are to be read, and who asks."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from foiadesk.desk.tracker import Table, TrackerMapping
from foiadesk.desk.tracker_cells import FIELDS
from foiadesk.records import Channel, Office, Requester
from foiadesk_ui import theme
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _
from foiadesk_ui.labelled import Labelled
from foiadesk_ui.office_ways import channel_name
from foiadesk_ui.widgets import SectionLabel

WIDE = 210  # px of a box


def field_words(name: str) -> str:
    """Name a field of a tracker."""
    return {
        "title": _("Title"),
        "office": _("Office"),
        "campaign": _("Campaign"),
        "items": _("Items asked for"),
        "background": _("Background"),
        "sent": _("Sent on"),
        "channel": _("How it was sent"),
        "received": _("Received on"),
        "acknowledged": _("Acknowledged on"),
        "tracking": _("Tracking number"),
        "answered": _("Answered on"),
        "outcome": _("Outcome"),
        "notes": _("Notes"),
    }[name]


class TrackerFields(QWidget):
    """``changed`` follows every choice of a person."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns: dict[str, QComboBox] = {}
        self.offices: dict[str, QComboBox] = {}
        self._filling = False
        self._grid = QWidget(self)
        flow = Flow(self._grid, gap=theme.S4)
        for name in FIELDS:
            self.columns[name] = self._box()
            flow.addWidget(Labelled(field_words(name), self.columns[name], "", self._grid))
        self.dates = self._box()
        for label, value in ((_("not said"), ""), (_("the month is first"), "mdy"), (_("the day is first"), "dmy")):
            self.dates.addItem(label, value)
        self.channel = self._box()
        self.channel.addItem(_("not said"), None)
        for channel in Channel:
            self.channel.addItem(channel_name(channel), channel)
        self.who = self._box()
        self.rest = QCheckBox(_("Keep the other columns in the notes"), self)
        self.rest.toggled.connect(lambda _on: self._tell())
        self._how = QWidget(self)
        more = Flow(self._how, gap=theme.S4)
        for label, box in (
            (_("In dates like 2/3/2026"), self.dates),
            (_("Sent how, if no cell says"), self.channel),
            (_("Who asks"), self.who),
        ):
            more.addWidget(Labelled(label, box, "", self._how))
        self._unknown = QWidget(self)
        self._unknown_lines = QVBoxLayout(self._unknown)
        self._unknown_lines.setContentsMargins(0, 0, 0, 0)
        self._unknown_lines.setSpacing(theme.S1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.S2)
        for part in (self._unknown, self._grid, self._how, self.rest):
            lines.addWidget(part)

    def show_table(self, table: Table, suggested: Mapping[str, tuple[int, ...]], people: Sequence[Requester]) -> None:
        """Offer the columns of a table, as their names suggest."""
        self._filling = True
        for name, box in self.columns.items():
            box.clear()
            box.addItem(_("no column"), ())
            places = suggested.get(name, ())
            if len(places) > 1:
                box.addItem(", ".join(table.columns[at] for at in places), places)
            for at, column in enumerate(table.columns):
                box.addItem(column, (at,))
            box.setCurrentIndex(max(0, _index(box, places)))
        self.who.clear()
        self.who.addItem(_("nobody yet"), ())
        for person in people:
            self.who.addItem(person.name, (person.id,))
        self.who.setCurrentIndex(1 if len(people) == 1 else 0)
        self._clear_unknown()
        self._filling = False

    def offer_offices(self, near: Mapping[str, Sequence[Office]]) -> None:
        """Ask what names mean that the directory does not know; what was answered before stays."""
        before = {name: box.currentData() for name, box in self.offices.items() if box.currentData()}
        wanted = (*before, *(name for name in near if name not in before))
        if tuple(self.offices) == wanted:
            return
        kept = {name: self._offers(name) for name in before}
        self._filling = True
        self._clear_unknown()
        if wanted:
            self._unknown_lines.addWidget(SectionLabel(_("Offices the directory does not know by these names"), self))
        for name in wanted:
            box = self._box()
            box.addItem(_("leave these rows out"), "")
            for label, code in kept.get(name) or [(f"{one.name} ({one.code})", one.code) for one in near[name]]:
                box.addItem(label, code)
            box.setCurrentIndex(max(0, box.findData(before.get(name, ""))))
            self.offices[name] = box
            self._unknown_lines.addWidget(Labelled(name, box, "", self._unknown))
        self._filling = False

    def mapping(self) -> TrackerMapping:
        """Return what is chosen."""
        return TrackerMapping(
            columns={name: tuple(box.currentData() or ()) for name, box in self.columns.items() if box.currentData()},
            dates=self.dates.currentData(),
            channel=self.channel.currentData(),
            offices={name: box.currentData() for name, box in self.offices.items() if box.currentData()},
            requesters=tuple(self.who.currentData() or ()),
            rest_to_notes=self.rest.isChecked(),
        )

    def _offers(self, name: str) -> list[tuple[str, str]]:
        box = self.offices[name]
        return [(box.itemText(at), box.itemData(at)) for at in range(1, box.count())]

    def _box(self) -> QComboBox:
        box = QComboBox(self)
        box.setFixedWidth(theme.grown(WIDE))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.activated.connect(lambda _at: self._tell())
        return box

    def _clear_unknown(self) -> None:
        self.offices = {}
        while (item := self._unknown_lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _tell(self) -> None:
        if not self._filling:
            self.changed.emit()


def _index(box: QComboBox, wanted: Any) -> int:
    return next((at for at in range(box.count()) if tuple(box.itemData(at)) == tuple(wanted)), 0)
