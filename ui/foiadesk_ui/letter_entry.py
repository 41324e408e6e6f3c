"""One field of a letter's form: its widget, its value as text, and the mark that it is still blank in the letter."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from foiadesk_ui import theme
from foiadesk_ui.date_field import DateField
from foiadesk_ui.i18n import _
from foiadesk_ui.item_list import ItemList, join_items, split_lines
from foiadesk_ui.labelled import Labelled
from foiadesk_ui.merge_line import MergeLine
from foiadesk_ui.merge_text import Facts, MergeText
from foiadesk_ui.widgets import LinkButton, MeaningLabel, SecondaryLabel
from foiadesk_ui.wrapped_button import WrappedButton

if TYPE_CHECKING:
    from foiadesk.desk import LetterField

YES = "yes"
_OFF = frozenset({"", "0", "no", "off", "false"})
FEW_CHOICES = 3


def chosen(value: str) -> bool:
    """Tell whether a check's text is on."""
    return value.strip().lower() not in _OFF


class Choice(QWidget):
    """A few choices as radio buttons, each with its own words."""

    picked = Signal()

    def __init__(self, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values = [value for value, _label in choices]
        self.group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for place, (_value, label) in enumerate(choices):
            button = QRadioButton(self)
            self.group.addButton(button, place)
            column.addWidget(WrappedButton(button, label, self))
        self.group.button(0).setChecked(True)
        self.setFocusProxy(self.group.button(0))
        self.group.idClicked.connect(lambda _place: self.picked.emit())

    def value(self) -> str:
        """Return the chosen value."""
        return self._values[max(0, self.group.checkedId())]

    def set_value(self, value: str) -> None:
        """Choose a value; an unknown one chooses the first."""
        place = self._values.index(value) if value in self._values else 0
        self.group.button(place).setChecked(True)
        self.setFocusProxy(self.group.button(place))


def in_our_words(field: "LetterField") -> "LetterField":
    """Return a field with its label, help and choices in the window's language; what it writes stays the letter's."""
    choices = tuple((value, _(label)) for value, label in field.choices)
    return replace(field, label=_(field.label), help=_(field.help), choices=choices)


class Entry(QWidget):
    """One field of the form: its widget, its value as text, and the mark that it is still blank in the letter.

    The widgets are made when the field is first shown: most letters never show half of theirs.
    """

    edited = Signal()
    menu_wanted = Signal(object, object)  # a box of running text, and a QMenu: add what can be put in

    def __init__(
        self, field: "LetterField", parent: QWidget, facts: Facts | None = None, *, inserts: bool = False
    ) -> None:
        super().__init__(parent)
        self._inserts = inserts
        self.field = field
        self._facts = facts
        self._held, self._blank = field.default, False
        self._parts: tuple[Callable[[], str], Callable[[str], None], QWidget] | None = None
        self.hide()

    @property
    def widget(self) -> QWidget:
        """The field's widget."""
        return self._ensure()[2]

    @property
    def mark(self) -> MeaningLabel:
        """The words that say it is still blank."""
        self._ensure()
        return self._mark

    def value(self) -> str:
        """Return the field's value as text."""
        return self._held if self._parts is None else self._parts[0]()

    def set_value(self, text: str) -> None:
        """Show a value; does not count as an edit."""
        if self._parts is None:
            self._held = text
        elif text != self._parts[0]():
            self._parts[1](text)

    def made(self) -> bool:
        """Tell whether its widgets exist yet."""
        return self._parts is not None

    def show_wanted(self, wanted: bool) -> None:
        """Show or hide the field."""
        if wanted:
            self._ensure()
        self.setVisible(wanted)

    def set_blank(self, blank: bool) -> None:
        """Say (in words and shape) whether the letter still waits for this."""
        if blank == self._blank:
            return
        self._blank = blank
        if self._parts is not None:
            self._show_blank()

    def _show_blank(self) -> None:
        self._mark.setVisible(self._blank)
        note = _("Still blank in the letter.") if self._blank else ""
        target = self.widget.focusProxy() or self.widget
        target.setAccessibleDescription(" ".join(part for part in (note, self.field.help) if part))
        for box in self.texts():
            if self._facts is not None and (chips := box.chips()):
                held = "; ".join(map(self._facts.told, chips))
                box.setAccessibleDescription(" ".join(part for part in (note, held, self.field.help) if part))

    def texts(self) -> list[MergeText]:
        """Return the boxes a person writes running text in; none before the widgets exist."""
        if self._parts is None:
            return []
        widget = self._parts[2]
        if isinstance(widget, ItemList):
            return list(widget.editors())
        return [widget] if isinstance(widget, MergeText) else []

    def _ensure(self) -> tuple[Callable[[], str], Callable[[str], None], QWidget]:
        if self._parts is None:
            self._parts = self._make(self.field)
            self._lay_out()
            self._parts[1](self._held)
            self._show_blank()
        return self._parts

    def _lay_out(self) -> None:
        field, widget = self.field, self.widget
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S6 if field.when else 0, 0, 0, 0)  # what depends on a choice stands under it
        column.setSpacing(theme.S1)
        self._mark = MeaningLabel("soon", _("Blank in the letter"), self)
        if field.type == "check":
            column.addWidget(widget)
            if field.help:
                words = SecondaryLabel(field.help, self, wrap=True)
                words.setContentsMargins(24, 0, 0, 0)
                column.addWidget(words)
            column.addWidget(self._mark)
        else:
            # The catalogue's help tells how to write items as text; here each has a box of its own.
            below = _("Return begins the next one.") if field.type == "items" else field.help
            if field.suggests:
                below += " " + _("Usual here: {things}.").format(things="; ".join(field.suggests))
            block = Labelled(field.label, widget, below, self)
            block.head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignRight)
            if self._inserts and field.type in ("text", "items"):  # a line has its menu
                self.insert = LinkButton(_("Insert…"), self.insert_menu, icon="plus", parent=self)
                self.insert.setAccessibleName(_("Insert into {field}").format(field=field.label))
                self.insert.setToolTip(_("A fact of the request, or a snippet"))
                self.insert.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the cursor where it is
                block.head.addWidget(self.insert, 0, Qt.AlignmentFlag.AlignRight)
            column.addWidget(block)

    def _make(self, field: "LetterField") -> tuple[Callable[[], str], Callable[[str], None], QWidget]:
        makers = {
            "text": self._text,
            "date": self._date,
            "choice": self._choice,
            "check": self._check,
            "money": self._money,
            "items": self._items,
        }
        return makers.get(field.type, self._line)(field)

    def _line(self, field: "LetterField") -> tuple[Callable[[], str], Callable[[str], None], QWidget]:
        return self._box(MergeLine(self, facts=self._facts))

    def _box(self, box: MergeText) -> tuple[Callable[[], str], Callable[[str], None], QWidget]:
        box.menu_wanted.connect(lambda menu: self.menu_wanted.emit(box, menu))
        box.edited.connect(self.edited)
        return box.text, box.set_text, box

    def insert_menu(self) -> QMenu | None:
        """Show what can be put into the field, where it was last written in; None when that is nothing."""
        boxes = self.texts()
        if not boxes:
            return None
        box = next((one for one in boxes if one is self.widget.window().focusWidget()), boxes[-1])
        menu = QMenu(self)
        self.menu_wanted.emit(box, menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.insert.mapToGlobal(QPoint(0, self.insert.height())))
        return menu

    def _money(self, field: "LetterField") -> tuple[Callable[[], str], Callable[[str], None], QWidget]:
        box = QWidget(self)
        line = QLineEdit(box)
        line.setMaximumWidth(line.fontMetrics().horizontalAdvance("$000,000.00") + 32)
        line.setAccessibleName(field.label)
        line.textEdited.connect(lambda _text: self.edited.emit())
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S2)
        row.addWidget(QLabel("$", box))
        row.addWidget(line)
        row.addStretch(1)
        box.setFocusProxy(line)
        return line.text, line.setText, box

    def _text(self, field: "LetterField") -> tuple[Callable[[], str], Callable[[str], None], QWidget]:
        return self._box(MergeText(self, lines=3, facts=self._facts))

    def _items(self, field: "LetterField") -> tuple[Callable[[], str], Callable[[str], None], QWidget]:
        items = ItemList(self, what=field.label, facts=self._facts)
        items.menu_wanted.connect(self.menu_wanted)
        items.changed.connect(self.edited)
        return lambda: join_items(items.items()), lambda text: items.set_items(split_lines(text)), items

    def _date(self, field: "LetterField") -> tuple[Callable[[], str], Callable[[str], None], QWidget]:
        day = DateField(self, name=field.label)
        day.edited.connect(self.edited)
        return day.text, day.set_text, day

    def _check(self, field: "LetterField") -> tuple[Callable[[], str], Callable[[str], None], QWidget]:
        box = QCheckBox(self)
        box.toggled.connect(lambda _on: self.edited.emit())

        def write(text: str) -> None:
            was = box.blockSignals(True)
            box.setChecked(chosen(text))
            box.blockSignals(was)

        return lambda: YES if box.isChecked() else "", write, WrappedButton(box, field.label, self)

    def _choice(self, field: "LetterField") -> tuple[Callable[[], str], Callable[[str], None], QWidget]:
        if len(field.choices) <= FEW_CHOICES:
            few = Choice(field.choices, self)
            few.picked.connect(self.edited)
            return few.value, few.set_value, few
        many = QComboBox(self)
        many.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        many.setMinimumWidth(120)
        for value, label in field.choices:
            many.addItem(label, value)
        many.activated.connect(lambda _place: self.edited.emit())

        def write(text: str) -> None:
            many.setCurrentIndex(max(0, many.findData(text)))

        return lambda: str(many.currentData() or ""), write, many
