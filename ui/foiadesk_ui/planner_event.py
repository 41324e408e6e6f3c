"""What is only supposed: the kind of event, its day and its outcome, in one short form; nothing of it is stored."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QSizePolicy, QWidget

from foiadesk.records import EventKind
from foiadesk.records.events import FIELDS
from foiadesk_ui import theme
from foiadesk_ui.date_field import DateField
from foiadesk_ui.event_words import choice_words, field_words
from foiadesk_ui.i18n import _
from foiadesk_ui.widgets import SecondaryLabel, level_labels


@dataclass(frozen=True, slots=True)
class Supposed:
    """One kind of "what if". field: the closed choice it cannot do without, "" for none; first: what it starts at."""

    kind: EventKind
    label: str
    field: str = ""
    first: str = ""


def supposable() -> tuple[Supposed, ...]:
    """Return what one may suppose, the likeliest first."""
    kind = EventKind
    return (
        Supposed(kind.DETERMINATION, _("they answer the request"), "outcome", "partial_grant"),
        Supposed(kind.EXTENSION_NOTICE, _("they take ten more working days")),
        Supposed(kind.CLARIFICATION_ASKED, _("they ask a question"), "about", "information"),
        Supposed(kind.CLARIFICATION_ANSWERED, _("they get our answer")),
        Supposed(kind.REQUEST_RECEIVED, _("they receive the request"), "office", "proper"),
        Supposed(kind.APPEAL_SENT, _("we send an appeal"), "channel", "email"),
        Supposed(kind.APPEAL_RECEIVED, _("they receive an appeal")),
        Supposed(kind.APPEAL_DECIDED, _("they decide the appeal"), "outcome", "affirmed"),
        Supposed(kind.SUIT_FILED, _("we file suit")),
    )


class PlannerEvent(QWidget):
    """The form. ``edited`` after every change; ``supposed()`` is None while nothing is supposed or the day missing."""

    edited = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._known = supposable()
        self.kind = QComboBox(self)
        self.kind.addItem(_("nothing else happens"), None)
        for one in self._known:
            self.kind.addItem(one.label, one)
        self.outcome = QComboBox(self)
        for box in (self.kind, self.outcome):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(16)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            box.setMaximumWidth(theme.grown(320))
        self.day = DateField(self, name=_("On"))
        self.day.set_day(today)
        self.wrong = SecondaryLabel("", self, wrap=True)
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(theme.S4)
        self._form.setVerticalSpacing(theme.S2)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        self._form.addRow(_("What &if"), self.kind)
        self._form.addRow(_("&On"), self.day)
        self._form.addRow(_("O&utcome"), self.outcome)
        self._form.addRow("", self.wrong)
        self.kind.setAccessibleName(_("What if"))
        level_labels(self._form)
        self.kind.activated.connect(lambda _at: self._kind_changed())
        self.outcome.activated.connect(lambda _at: self.edited.emit())
        self.day.edited.connect(self._day_edited)
        self._kind_changed()

    def chosen(self) -> Supposed | None:
        """Return the kind that is supposed; None for "nothing else"."""
        found = self.kind.currentData()
        return found if isinstance(found, Supposed) else None

    def suppose(self, kind: EventKind | None, day: date | None = None, value: str = "") -> None:
        """Fill the form, as a person would."""
        at = next((at for at, one in enumerate(self._known, 1) if one.kind is kind), 0)
        self.kind.setCurrentIndex(at)
        if day is not None:
            self.day.set_day(day)
        self._kind_changed()
        if value:
            self.outcome.setCurrentIndex(max(0, self.outcome.findData(value)))
            self.edited.emit()

    def supposed(self) -> dict[str, Any] | None:
        """Return the supposed event as JSON carries one; None while there is none or its day cannot be read."""
        chosen, day = self.chosen(), self.day.day()
        if chosen is None or day is None:
            return None
        found: dict[str, Any] = {"kind": chosen.kind.value, "date": day.isoformat()}
        if chosen.field:
            found[chosen.field] = self.outcome.currentData()
        return found

    def ready(self) -> bool:
        """Return whether what is in the form can be counted with."""
        return self.chosen() is None or self.day.day() is not None

    def _day_edited(self) -> None:
        self._say_wrong()
        self.edited.emit()

    def _say_wrong(self) -> None:
        trouble = "" if self.ready() else (self.day.trouble() or _("Say on which day."))
        self.wrong.setText(trouble)
        self._form.setRowVisible(self.wrong, bool(trouble))

    def _kind_changed(self) -> None:
        chosen = self.chosen()
        self._form.setRowVisible(self.day, chosen is not None)
        field = chosen.field if chosen is not None else ""
        self._form.setRowVisible(self.outcome, bool(field))
        if chosen is not None and field:
            self.outcome.clear()
            for value in FIELDS[chosen.kind][field].choices:
                self.outcome.addItem(choice_words(value), value)
            self.outcome.setCurrentIndex(max(0, self.outcome.findData(chosen.first)))
            label = self._form.labelForField(self.outcome)
            if label is not None:
                label.setText(field_words(field))  # type: ignore[attr-defined]
            self.outcome.setAccessibleName(field_words(field))
        self._say_wrong()
        self.edited.emit()
