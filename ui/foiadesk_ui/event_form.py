"""A form for any kind of event, made from what records say that kind may carry, and the dialog that holds it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QFrame,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from foiadesk.records import Event, EventKind
from foiadesk.records.errors import BadInput
from foiadesk.records.events import FIELDS, event_from_json
from foiadesk_ui.date_field import DateField
from foiadesk_ui.event_fields import Editor, ItemOutcomesEditor, editor_for
from foiadesk_ui.event_words import event_effect, event_groups, event_words, field_words
from foiadesk_ui.flow import Flow
from foiadesk_ui.growing_text import GrowingText
from foiadesk_ui.help_key import offer_help
from foiadesk_ui.i18n import _, error_text
from foiadesk_ui.screen_fit import size_dialog
from foiadesk_ui.tab_order import chain
from foiadesk_ui.widgets import Hairline, PrimaryButton, SecondaryLabel, plain_button

LINE = 30  # px, a field of one line


class KindBox(QComboBox):
    """Every kind of event under headings; ``none`` puts a first line for "no event"."""

    def __init__(self, parent: QWidget | None = None, *, none: str = "") -> None:
        super().__init__(parent)
        model = QStandardItemModel(self)
        if none:
            model.appendRow(self._item(none, ""))
        for title, kinds in event_groups():
            head = QStandardItem(title)
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            font = self.font()
            font.setBold(True)
            head.setFont(font)
            model.appendRow(head)
            for kind in kinds:
                model.appendRow(self._item(event_words(kind), kind.value, indent=True))
        self.setModel(model)
        self.setMaxVisibleItems(16)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(20)
        self.setCurrentIndex(0 if none else 1)
        self.setAccessibleName(_("What happened"))

    @staticmethod
    def _item(text: str, value: str, *, indent: bool = False) -> QStandardItem:
        item = QStandardItem(text)
        item.setData(value, Qt.ItemDataRole.UserRole)
        if indent:
            item.setData(text, Qt.ItemDataRole.AccessibleTextRole)
        return item

    def kind(self) -> EventKind | None:
        """Return the chosen kind, None for "no event"."""
        value = self.currentData(Qt.ItemDataRole.UserRole)
        return EventKind(value) if value else None

    def set_kind(self, kind: EventKind | None) -> None:
        """Choose a kind."""
        index = self.findData(kind.value if kind else "", Qt.ItemDataRole.UserRole)
        if index >= 0:
            self.setCurrentIndex(index)


class EventForm(QWidget):
    """Kind, date, the kind's own fields, and a note. ``none``: the label of "no event", when that is allowed."""

    edited = Signal()

    def __init__(
        self, parent: QWidget | None = None, *, today: date, items: Sequence[str] = (), none: str = ""
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._items = tuple(items)
        self._editors: dict[str, Editor] = {}
        self._kept: dict[str, Any] = {}
        self.kind_box = KindBox(self, none=none)
        self.kind_box.currentIndexChanged.connect(self._kind_changed)
        self.effect = SecondaryLabel("", self)
        self.effect.setWordWrap(True)
        self.day = DateField(self, name=_("Date"))
        self.day.set_day(today)
        self._day_given = False  # by a person
        self.day.edited.connect(self._day_edited)
        self.note = GrowingText(self, lines=2, most=8)
        self.note.setAccessibleName(_("Note"))
        self.note.edited.connect(self.edited)
        self.assumed = QCheckBox(_("Assumed, not yet proved"), self)
        self.assumed.toggled.connect(lambda _on: self.edited.emit())
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(8)
        self._form.setHorizontalSpacing(16)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        self._label(_("&What happened"), self.kind_box)
        self._form.addRow("", self.effect)
        self._day_label = self._label(_("&Date"), self.day)
        self._own_rows = self._form.rowCount()
        self._note_label = self._label(_("&Note"), self.note)
        self._form.addRow("", self.assumed)
        self._kind_changed()

    def _label(self, text: str, field: QWidget, row: int | None = None) -> QLabel:
        label = QLabel(text, self)
        label.setBuddy(field)
        label.setMinimumHeight(min(field.sizeHint().height(), LINE))  # beside the field's first line
        if row is None:
            self._form.addRow(label, field)
        else:
            self._form.insertRow(row, label, field)
        return label

    def _day_edited(self) -> None:
        self._day_given = True
        self.edited.emit()

    # What is in the form -------------------------------------------------------------------------------------------

    def kind(self) -> EventKind | None:
        """Return the chosen kind; None for no event."""
        return self.kind_box.kind()

    def set_kind(self, kind: EventKind | None) -> None:
        """Choose the kind."""
        self.kind_box.set_kind(kind)

    def suggest_day(self, day: date) -> None:
        """Show the date of the letter that is filed, unless a person has given another."""
        if not self._day_given:
            self.day.set_day(day)

    def show_data(self, data: Mapping[str, Any]) -> None:
        """Fill the form from an event as JSON carries it; only what it says is set."""
        self.set_kind(EventKind(data["kind"]))
        if data.get("date"):
            day = data["date"]
            self.day.set_day(day if isinstance(day, date) else date.fromisoformat(day))
        for name, editor in self._editors.items():
            if name in data:
                value = data[name]
                is_day = FIELDS[EventKind(data["kind"])][name].type == "date"
                editor.set_value(date.fromisoformat(value) if is_day and isinstance(value, str) else value)
        if data.get("note"):
            self.note.set_text(str(data["note"]))
        self.assumed.setChecked(bool(data.get("assumed")))

    def show_event(self, event: Event) -> None:
        """Fill the form from an event, to correct it."""
        data = {"kind": event.kind, "date": event.date, "note": event.note, "assumed": event.assumed}
        self.show_data({**data, **event.fields})

    def data(self) -> dict[str, Any]:
        """Return the event as JSON carries it; empty for no event."""
        kind = self.kind()
        if kind is None:
            return {}
        day = self.day.day()
        found: dict[str, Any] = {"kind": kind.value, "date": day.isoformat() if day else None}
        for name, editor in self._editors.items():
            value = editor.value()
            if value is not None:
                found[name] = value
        if self.note.text().strip():
            found["note"] = self.note.text().strip()
        if self.assumed.isChecked():
            found["assumed"] = True
        return found

    def trouble(self) -> str:
        """Return what is missing or cannot be used, in one sentence, or ""."""
        kind = self.kind()
        if kind is None:
            return ""
        if self.day.trouble() or self.day.day() is None:
            return self.day.trouble() or _("Give the date: the one on the letter, or the day it happened.")
        if (self.day.day() or self._today) > self._today:
            return _("The date lies after today. Log it when it has happened, or log a reminder due that day.")
        return self._field_trouble(kind)

    def _field_trouble(self, kind: EventKind) -> str:
        for name, editor in self._editors.items():
            if wrong := editor.trouble():
                return wrong
            if editor.value() is None and FIELDS.get(kind, {})[name].required:
                return _("“{field}” is needed for this.").format(field=field_words(name))
        try:
            event_from_json(self.data())
        except BadInput as error:
            return error_text(error)
        return ""

    def editor(self, name: str) -> Editor:
        """Return the editor of one field of the present kind; KeyError when the kind has no such field."""
        return self._editors[name]

    # Inside --------------------------------------------------------------------------------------------------------

    def _kind_changed(self) -> None:
        for name, old in self._editors.items():
            if old.value() is not None:
                self._kept[name] = old.value()
        while self._form.rowCount() > self._own_rows + len(self._editors_after()):
            self._form.removeRow(self._own_rows)
        self._editors = {}
        kind = self.kind()
        row = self._own_rows
        for name, spec in FIELDS.get(kind, {}).items() if kind else ():
            widget = editor_for(name, spec, self._items, self)
            if widget is None:
                continue
            words = field_words(name)
            if isinstance(widget, DateField):
                widget.name(words)
            else:
                widget.setAccessibleName(words)
            editor = cast(Editor, widget)
            if name in self._kept and not spec.choices:
                kept = self._kept[name]
                editor.set_value(date.fromisoformat(kept) if spec.type == "date" else kept)
            elif spec.default is not None and spec.choices:
                editor.set_value(spec.default)
            editor.edited.connect(self.edited)
            if isinstance(widget, ItemOutcomesEditor):
                widget.set_title(words)
                self._form.insertRow(row, widget)
            else:
                self._label(words, widget, row)
            self._editors[name] = editor
            row += 1
        fields = [cast(QWidget, editor) for editor in self._editors.values()]
        chain([self.kind_box, self.day, *fields, self.note, self.assumed])
        for part in (self._day_label, self.day, self._note_label, self.note, self.assumed):
            part.setVisible(kind is not None)
        self.effect.setText(event_effect(kind) if kind else "")
        self.effect.setVisible(kind is not None)
        self.edited.emit()

    def _editors_after(self) -> tuple[QWidget, ...]:
        return (self.note, self.assumed)


class EventDialog(QDialog):
    """Log something, or correct what was logged. ``accepted_data`` holds the event when it was accepted."""

    def __init__(
        self,
        parent: QWidget | None,
        *,
        today: date,
        items: Sequence[str] = (),
        event: Event | None = None,
        kind: EventKind | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Correct an entry") if event else _("Log what happened"))
        offer_help(self, "filing")
        self.accepted_data: dict[str, Any] = {}
        self.form = EventForm(self, today=today, items=items)
        if event is not None:
            self.form.show_event(event)
        elif kind is not None:
            self.form.set_kind(kind)
        self.form.setContentsMargins(24, 24, 24, 8)
        self.form.edited.connect(self._check)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields scroll into view by themselves
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.form)
        self.wrong = QLabel("", self)
        self.wrong.setWordWrap(True)
        self.wrong.setTextFormat(Qt.TextFormat.PlainText)
        self.wrong.setContentsMargins(24, 4, 24, 8)
        self.cancel = plain_button(_("Cancel"), self.reject, parent=self)
        self.save = PrimaryButton(_("Save correction") if event else _("Log it"), self.accept, parent=self)
        self.save.setDefault(True)
        foot = Flow()
        foot.setContentsMargins(24, 8, 24, 16)
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll, 1)
        if event is not None:
            said = SecondaryLabel(_("The entry as it was stays in the log; the correction replaces it."), self)
            said.setWordWrap(True)
            said.setContentsMargins(24, 0, 24, 0)
            column.addWidget(said)
        column.addWidget(self.wrong)
        column.addWidget(Hairline(self))
        column.addLayout(foot)
        size_dialog(self, 640, 460)
        self._tried = False
        self._check()
        self.form.kind_box.setFocus()

    def accept(self) -> None:
        """Close only with a usable event; else say what is wrong."""
        self._tried = True
        self._check()
        if not self.form.trouble():
            self.accepted_data = self.form.data()
            super().accept()

    def _check(self) -> None:
        """Say what is wrong only after the first try, so that an empty form does not scold."""
        wrong = self.form.trouble() if self._tried else ""
        self.wrong.setText(wrong)
        self.wrong.setVisible(bool(wrong))
