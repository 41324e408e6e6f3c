"""A form made from a letter kind's fields: every value is text, fields appear when what they depend on is chosen."""

from collections.abc import Collection, Mapping, Sequence
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from foiadesk_ui.i18n import _
from foiadesk_ui.labelled import FormColumn, section
from foiadesk_ui.letter_entry import Entry, chosen, in_our_words
from foiadesk_ui.merge_text import Facts, MergeText
from foiadesk_ui.tab_order import chain

if TYPE_CHECKING:
    from foiadesk.desk import LetterField

SLICE_SECONDS = 0.012  # at one go, of the 50 ms no slot may take


class LetterForm(FormColumn):
    """The fields of a letter. ``edited`` follows every change by a person; ``values`` are all of them, hidden too.

    inserts: who holds the form fills the menus of what can be put into a text.
    """

    edited = Signal()
    menu_wanted = Signal(object, object)  # a box of running text, and a QMenu: add what can be put in

    def __init__(self, parent: QWidget | None = None, *, inserts: bool = False) -> None:
        super().__init__(parent)
        self._inserts = inserts
        self.facts = Facts(self)
        self._entries: dict[str, Entry] = {}
        self._waiting: list[Entry] = []

    def build(self, fields: "Sequence[LetterField]", *, only: Collection[str] = ()) -> None:
        """Make the form for these fields; ``only`` keeps the named sections."""
        self._clear()
        seen: set[str] = set()
        current: str | None = None
        for field in fields:
            if only and field.section not in only:
                continue
            if field.section != current:
                current = field.section
                name = _("Closing") if current in seen else _(current) if current else ""
                seen.add(current)
                head = section(name, "", self.inner)
                head.setVisible(bool(name))
                self.add(head)
            entry = Entry(in_our_words(field), self.inner, self.facts, inserts=self._inserts)
            entry.menu_wanted.connect(self.menu_wanted)
            entry.edited.connect(self._changed)
            self._entries[field.name] = entry
            self.add(entry)
        self.finish()

    def load(self, values: Mapping[str, str]) -> None:
        """Show these values; what they do not name shows its default."""
        for name, entry in self._entries.items():
            entry.set_value(values.get(name, entry.field.default))
        self._show_wanted()

    def values(self) -> dict[str, str]:
        """Return every field's value."""
        return {name: entry.value() for name, entry in self._entries.items()}

    def mark_blanks(self, names: Collection[str]) -> None:
        """Mark exactly these fields as still blank in the letter, or as naming a fact that is."""
        names = {name.partition(":")[0] for name in names}
        for name, entry in self._entries.items():
            entry.set_blank(name in names)

    def has(self, name: str) -> bool:
        """Tell whether the form has such a field (some blanks come from the request instead)."""
        return name.partition(":")[0] in self._entries

    def go_to(self, name: str) -> None:
        """Bring a field into view and give it the keyboard."""
        name = name.partition(":")[0]
        if name in self._entries:
            self.bring(self._entries[name].widget)

    def focused(self) -> str:
        """Return the name of the field that has the keyboard; "" for none."""
        box = self.window().focusWidget()
        found = (name for name, entry in self._entries.items() if box is not None and entry.isAncestorOf(box))
        return next(found, "")

    def entry(self, name: str) -> Entry:
        """Return one field's entry; raises KeyError."""
        return self._entries[name]

    def texts(self) -> list[MergeText]:
        """Return every box of running text that is shown, in reading order."""
        shown = (entry for entry in self._entries.values() if entry.made() and entry.isVisibleTo(self))
        return [box for entry in shown for box in entry.texts()]

    def first(self) -> QWidget | None:
        """Return where typing begins."""
        shown = (entry for entry in self._entries.values() if entry.made() and entry.isVisibleTo(self))
        return next((entry.widget for entry in shown), None)

    def _changed(self) -> None:
        self._show_wanted()
        self.edited.emit()

    def _wanted(self, name: str, values: Mapping[str, str]) -> bool:
        when = self._entries[name].field.when
        if not when:
            return True
        other, _equals, value = when.partition("=")
        if other not in self._entries or not self._wanted(other, values):
            return False
        return values[other] == value if value else chosen(values[other])

    def _show_wanted(self) -> None:
        values = self.values()
        waiting = []
        for name, entry in self._entries.items():
            wanted = self._wanted(name, values)
            if wanted and not entry.made():
                waiting.append(entry)
            else:
                entry.show_wanted(wanted)
        self._waiting = waiting
        if waiting:
            self._make_some()

    def _make_some(self) -> None:
        """Make the widgets of waiting fields, a few at a time, so that the window stays live in a long form."""
        started = monotonic()
        while self._waiting:
            self._waiting.pop(0).show_wanted(True)
            if self._waiting and monotonic() - started > SLICE_SECONDS:
                QTimer.singleShot(0, self, self._make_some)
                return
        chain([entry.widget for entry in self._entries.values() if entry.made()])

    def _clear(self) -> None:
        while (item := self.column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._entries.clear()
        self._waiting.clear()
