"""One editor for each type of field an event may carry; an empty editor means "not said", never false or zero."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QSizePolicy, QWidget

from foiadesk.records.events import OUTCOMES, Field
from foiadesk_ui import theme
from foiadesk_ui.date_field import DateField
from foiadesk_ui.elided import ElidedLabel
from foiadesk_ui.event_words import choice_words
from foiadesk_ui.i18n import _
from foiadesk_ui.widgets import SectionLabel

_ARROW = 22  # pixels of a choice's arrow beside ordinary text


class Editor(Protocol):
    """What every editor can do; ``value()`` is None while nothing is said."""

    edited: Any

    def value(self) -> Any: ...
    def set_value(self, value: Any) -> None: ...
    def trouble(self) -> str: ...


class ChoiceEditor(QComboBox):
    """A closed list; "Not said" first unless something must be chosen."""

    edited = Signal()

    def __init__(self, choices: Sequence[tuple[Any, str]], *, required: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.addItem(_("Choose…") if required else _("Not said"), None)
        for value, label in choices:
            self.addItem(label, value)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.activated.connect(lambda _index: self.edited.emit())

    def sizeHint(self) -> QSize:
        """With the room that a larger arrow takes: Qt counts an ordinary one."""
        return super().sizeHint() + QSize(theme.grown(_ARROW) - _ARROW, 0)

    def minimumSizeHint(self) -> QSize:
        """What is chosen, not the longest that could be."""
        whole = super().minimumSizeHint() + QSize(theme.grown(_ARROW) - _ARROW, 0)
        longest = max(self.fontMetrics().horizontalAdvance(self.itemText(at)) for at in range(self.count()))
        shown = self.fontMetrics().horizontalAdvance(self.currentText())
        return QSize(min(whole.width() - longest + shown + theme.S2, whole.width()), whole.height())

    def value(self) -> Any:
        """Return the chosen value, or None."""
        return self.currentData()

    def set_value(self, value: Any) -> None:
        """Choose a value; an unknown one leaves "Not said"."""
        self.setCurrentIndex(max(0, self.findData(value)))

    def trouble(self) -> str:
        """A closed list cannot be wrong."""
        return ""


class TextEditor(QLineEdit):
    """A line of text."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.textEdited.connect(lambda _text: self.edited.emit())

    def value(self) -> Any:
        """Return the text, or None when blank."""
        return self.text().strip() or None

    def set_value(self, value: Any) -> None:
        """Show a text."""
        self.setText("" if value is None else str(value))

    def trouble(self) -> str:
        """Return why the text cannot be used, or ""."""
        return ""


class NumberEditor(TextEditor):
    """A whole number of zero or more; its default stands greyed in the empty line."""

    def __init__(self, default: Any = None, parent: QWidget | None = None, *, most: int = 2**31 - 1) -> None:
        super().__init__(parent)
        self._most = min(most, 2**31 - 1)
        self.setValidator(QIntValidator(0, self._most, self))
        self.setPlaceholderText("" if default is None else str(default))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setMaximumWidth(self.fontMetrics().horizontalAdvance("000 000 000") + 24)

    def value(self) -> Any:
        """Return the number, or None."""
        return int(self.text()) if self.text().isdecimal() else None

    def trouble(self) -> str:
        """Say when the number is more than the field can mean."""
        number = self.value()
        if number is not None and number > self._most:
            return _("{number} is more than {most}.").format(number=number, most=self._most)
        return ""


class TimeEditor(TextEditor):
    """A time of day where the office is: 17:05, or 5:05 pm."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("17:05")
        self.setMaximumWidth(self.fontMetrics().horizontalAdvance("00:00 p. m.") + 32)

    def value(self) -> Any:
        """Return the time as hours and minutes of the day, or None."""
        found = re.fullmatch(r"(\d{1,2})[:.](\d\d)\s*(?:([ap])\.?\s?m\.?)?", self.text().strip().lower(), re.ASCII)
        if found is None:
            return None
        hour, minute, half = int(found[1]), int(found[2]), found[3]
        if half and not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (half == "p") if half else hour
        return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None

    def trouble(self) -> str:
        """Say when there is text that is no time of day."""
        if self.text().strip() and self.value() is None:
            return _("“{text}” is not a time of day. Write it like 17:05 or 5:05 pm.").format(text=self.text())
        return ""


class MoneyEditor(TextEditor):
    """An amount in US dollars, typed as people type it: 1200, 1,200.50 or $35."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("0.00")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setMaximumWidth(self.fontMetrics().horizontalAdvance("$000,000.00") + 32)

    def value(self) -> Any:
        """Return the amount as a plain decimal text, or None."""
        plain = re.sub(r"[\s$,]", "", self.text())
        return plain if re.fullmatch(r"\d{1,9}(\.\d{1,2})?", plain, re.ASCII) else None

    def trouble(self) -> str:
        """Say when there is text that is no amount."""
        if self.text().strip() and self.value() is None:
            return _("“{text}” is not an amount of dollars. Write it like 35 or 1,200.50.").format(text=self.text())
        return ""


class ListEditor(TextEditor):
    """Several short texts between commas, e.g. exemptions."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(_("e.g. (b)(5), (b)(7)(E)"))

    def value(self) -> Any:
        """Return the parts, or None when there are none."""
        return [part for text in self.text().split(",") if (part := text.strip())] or None

    def set_value(self, value: Any) -> None:
        """Show the parts between commas."""
        self.setText(", ".join(str(part) for part in value or ()))


class DayEditor(DateField):
    """A date that may be left out."""

    def value(self) -> Any:
        """Return the date as ISO text, or None."""
        day = self.day()
        return day.isoformat() if day else None

    def set_value(self, value: Any) -> None:
        """Show a date."""
        self.set_day(value)


class ItemOutcomesEditor(QWidget):
    """For a determination: what became of each item asked for; "Not said" where the letter does not tell."""

    edited = Signal()

    def __init__(self, items: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = SectionLabel("", self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self._title, 0, 0, 1, 3)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        self._rows: list[tuple[ChoiceEditor, ListEditor]] = []
        for number, text in enumerate(items, start=1):
            label = ElidedLabel(f"{number}. {text}", self)
            outcome = ChoiceEditor([(one, choice_words(one)) for one in OUTCOMES], required=False, parent=self)
            outcome.setAccessibleName(_("Outcome of item {number}").format(number=number))
            outcome.setFixedWidth(theme.grown(168))
            exemptions = ListEditor(self)
            exemptions.setFixedWidth(theme.grown(150))
            exemptions.setAccessibleName(_("Exemptions used for item {number}").format(number=number))
            label.setBuddy(outcome)
            outcome.edited.connect(self.edited)
            exemptions.edited.connect(self.edited)
            grid.addWidget(label, number, 0)
            grid.addWidget(outcome, number, 1)
            grid.addWidget(exemptions, number, 2)
            self._rows.append((outcome, exemptions))

    def set_title(self, title: str) -> None:
        """Show a heading above the items."""
        self._title.setText(title)

    def value(self) -> Any:
        """Return a list of item, outcome and exemptions for every item that has an outcome, or None."""
        found: list[dict[str, Any]] = []
        for number, (outcome, exemptions) in enumerate(self._rows, start=1):
            if outcome.value():
                found.append({"item": number, "outcome": outcome.value(), "exemptions": exemptions.value() or []})
        return found or None

    def set_value(self, value: Any) -> None:
        """Show the outcomes of an event; items the request does not have are left out."""
        for outcome, exemptions in self._rows:
            outcome.set_value(None)
            exemptions.set_value(None)
        for one in value or ():
            number = one.get("item") if isinstance(one, Mapping) else None
            if isinstance(number, int) and 1 <= number <= len(self._rows):
                outcome, exemptions = self._rows[number - 1]
                outcome.set_value(one.get("outcome"))
                exemptions.set_value(one.get("exemptions"))

    def trouble(self) -> str:
        """Closed lists and free text cannot be wrong."""
        return ""


def editor_for(name: str, spec: Field, items: Sequence[str], parent: QWidget) -> "QWidget | None":
    """Return the editor for a field, or None when there is nothing to edit (outcomes without items)."""
    if name == "items":
        return ItemOutcomesEditor(items, parent) if items else None
    yes_no = [(True, _("Yes")), (False, _("No"))] if spec.type == "bool" else []
    choices = [(one, choice_words(one)) for one in spec.choices] or yes_no
    if choices:
        return ChoiceEditor(choices, required=spec.required, parent=parent)
    if spec.type == "int":
        return NumberEditor(spec.default, parent, most=spec.most)
    plain: dict[str, type[QWidget]] = {"date": DayEditor, "time": TimeEditor, "money": MoneyEditor, "list": ListEditor}
    return plain.get(spec.type, TextEditor)(parent)
