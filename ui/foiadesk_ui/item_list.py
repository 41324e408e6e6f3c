"""Numbered items that are typed, split, pasted, moved and removed without leaving the keyboard."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from foiadesk_ui import icons
from foiadesk_ui.i18n import _
from foiadesk_ui.merge_text import Facts, MergeText

_MARK = re.compile(r"^\s*(?:\(?\d{1,3}[.)]|\(?[a-z][.)]|[-*•–])\s+", re.IGNORECASE)


def split_items(text: str) -> list[str]:
    """Return the items a pasted text holds: its numbered or bulleted lines, else its paragraphs."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    if sum(bool(_MARK.match(line)) for line in lines) >= 2:
        items: list[str] = []
        for line in lines:
            if _MARK.match(line):
                items.append(_MARK.sub("", line).strip())
            elif line.strip() and items:
                items[-1] += " " + line.strip()
            elif line.strip():
                items.append(line.strip())
        return [item for item in items if item]
    paragraphs = re.split(r"\n\s*\n", "\n".join(lines))
    return [_MARK.sub("", part).strip() for part in paragraphs if part.strip()]


def join_items(items: Sequence[str]) -> str:
    """Return items as a letter's field holds them: one a line, further lines of an item begin with two spaces."""
    kept = ([line.strip() for line in item.split("\n") if line.strip()] for item in items)
    return "\n".join("\n  ".join(lines) for lines in kept if lines)


def split_lines(text: str) -> list[str]:
    """Read back what ``join_items`` wrote."""
    items: list[str] = []
    for line in text.split("\n"):
        if line[:1] == " " and items and line.strip():
            items[-1] += "\n" + line.strip()
        elif line.strip():
            items.append(line.strip())
    return items


class _ItemText(MergeText):
    """One item's text: Return starts the next item, as in any list."""

    split_here = Signal()
    join_back = Signal()
    step = Signal(int)
    shift = Signal(int)
    discard = Signal()
    pasted = Signal(list)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain == Qt.KeyboardModifier.NoModifier:
            self.split_here.emit()
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down} and plain == Qt.KeyboardModifier.AltModifier:
            self.shift.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Delete and plain == Qt.KeyboardModifier.AltModifier:
            self.discard.emit()
        elif key == Qt.Key.Key_Backspace and not self.textCursor().hasSelection() and self.textCursor().atStart():
            self.join_back.emit()
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down} and plain == Qt.KeyboardModifier.NoModifier:
            before = self.textCursor().position()
            super().keyPressEvent(event)
            if self.textCursor().position() == before:
                self.step.emit(-1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        items = split_items(source.text())
        if len(items) > 1:
            self.pasted.emit(items)
        else:
            super().insertFromMimeData(source)


class _Row(QWidget):
    """A number, the text, and what can be done with it by mouse."""

    def __init__(self, parent: QWidget, facts: Facts | None) -> None:
        super().__init__(parent)
        self.number = QLabel(self)
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self.number.setContentsMargins(0, 5, 0, 0)
        self.number.setMinimumWidth(self.fontMetrics().horizontalAdvance("88."))
        self.text = _ItemText(self, facts=facts)
        self.number.setBuddy(self.text)
        self.up = self._button("chevron-up")
        self.down = self._button("chevron-down")
        self.remove = self._button("close")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.number)
        line.addWidget(self.text, 1)
        tools = QHBoxLayout()
        tools.setSpacing(0)
        for button in (self.up, self.down, self.remove):
            tools.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(tools)

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        icons.put(button, name)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes from item to item; the keys do the same
        return button

    def place(self, index: int, count: int, what: str) -> None:
        """Show the number and allow what is possible there; ``what`` names the list."""
        shown = index + 1
        self.number.setText(f"{shown}.")
        name = _("{what}, {number}").format(what=what, number=shown) if what else _("Item {number}")
        self.text.setAccessibleName(name.format(number=shown))
        self.text.setAccessibleDescription(
            _("Return starts the next item. Alt+Up and Alt+Down move it, Alt+Delete removes it.")
        )
        for button, name in (
            (self.up, _("Move item {number} up (Alt+Up)")),
            (self.down, _("Move item {number} down (Alt+Down)")),
            (self.remove, _("Remove item {number} (Alt+Delete)")),
        ):
            button.setAccessibleName(name.format(number=shown))
            button.setToolTip(name.format(number=shown))
        self.up.setEnabled(index > 0)
        self.down.setEnabled(index < count - 1)
        self.remove.setEnabled(count > 1 or bool(self.text.text()))


class ItemList(QWidget):
    """The numbered items of a request. ``changed`` follows every edit by a person."""

    changed = Signal()
    menu_wanted = Signal(object, object)  # the item's text box, and a QMenu: add what can be put in

    def __init__(
        self, parent: QWidget | None = None, *, hint: str = "", what: str = "", facts: Facts | None = None
    ) -> None:
        super().__init__(parent)
        self._hint, self._what, self._facts = hint, what, facts
        self._rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._insert(0, "")

    def items(self) -> tuple[str, ...]:
        """Return the items that say something, in order."""
        return tuple(text for row in self._rows if (text := row.text.text().strip()))

    def set_items(self, items: Sequence[str]) -> None:
        """Show these items; does not count as an edit."""
        if tuple(items) == self.items():
            return
        wanted = list(items) or [""]
        while len(self._rows) > len(wanted):
            self._drop(self._rows[-1])
        for text in wanted[len(self._rows) :]:
            self._put(len(self._rows), text)
        for row, text in zip(self._rows, wanted, strict=True):
            row.text.set_text(text)
        self._chain()
        self._number()

    def add(self, text: str = "", *, focus: bool = True) -> None:
        """Add an item at the end, or fill the empty last one."""
        last = self._rows[-1]
        if last.text.text().strip():
            last = self._insert(len(self._rows), "")
        last.text.set_text(text)
        self._number()
        if focus:
            last.text.setFocus(Qt.FocusReason.OtherFocusReason)
            last.text.moveCursor(QTextCursor.MoveOperation.End)
        if text:
            self.changed.emit()

    def editors(self) -> list[MergeText]:
        """Return the text boxes in order, for tests and for placing the focus."""
        return [row.text for row in self._rows]

    def tab_stops(self) -> list[QWidget]:
        """Return what Tab stops at, in order: the texts, then the buttons of each row."""
        texts: list[QWidget] = [row.text for row in self._rows]
        return texts + [button for row in self._rows for button in (row.up, row.down, row.remove)]

    def _insert(self, index: int, text: str) -> _Row:
        row = self._put(index, text)
        self._chain()
        self._number()
        return row

    def _put(self, index: int, text: str) -> _Row:
        row = _Row(self, self._facts)
        row.text.set_text(text)
        row.text.setPlaceholderText(self._hint)
        row.text.edited.connect(self._edited)
        row.text.split_here.connect(lambda: self._split(row))
        row.text.join_back.connect(lambda: self._join(row))
        row.text.step.connect(lambda by: self._focus(self._rows.index(row) + by))
        row.text.shift.connect(lambda by: self.move_item(self._rows.index(row), by))
        row.text.pasted.connect(lambda items: self._paste(row, items))
        row.text.menu_wanted.connect(lambda menu: self.menu_wanted.emit(row.text, menu))
        row.text.discard.connect(lambda: self.remove_item(self._rows.index(row)))
        row.up.clicked.connect(lambda: self.move_item(self._rows.index(row), -1))
        row.down.clicked.connect(lambda: self.move_item(self._rows.index(row), 1))
        row.remove.clicked.connect(lambda: self.remove_item(self._rows.index(row)))
        self._rows.insert(index, row)
        self._column.insertWidget(index, row)
        row.show()
        self.setFocusProxy(self._rows[0].text)
        return row

    def _chain(self) -> None:
        """Tab goes through the rows in the order in which they are read."""
        before: QWidget | None = None
        for row in self._rows:
            if before is not None:
                QWidget.setTabOrder(before, row.text)
            before = row.text

    def _drop(self, row: _Row) -> None:
        self._rows.remove(row)
        self._column.removeWidget(row)
        self.setFocusProxy(self._rows[0].text)
        row.hide()
        row.deleteLater()

    def _number(self) -> None:
        for index, row in enumerate(self._rows):
            row.place(index, len(self._rows), self._what)

    def _edited(self) -> None:
        self._number()
        self.changed.emit()

    def _focus(self, index: int) -> None:
        if 0 <= index < len(self._rows):
            self._rows[index].text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _split(self, row: _Row) -> None:
        before, after = row.text.halves()
        row.text.set_text(before.rstrip())
        new = self._insert(self._rows.index(row) + 1, after.lstrip())
        new.text.setFocus(Qt.FocusReason.OtherFocusReason)
        new.text.moveCursor(QTextCursor.MoveOperation.Start)
        self._edited()

    def _join(self, row: _Row) -> None:
        index = self._rows.index(row)
        if index == 0:
            return
        above, text = self._rows[index - 1], row.text.text()
        at = len(above.text.text())
        above.text.setFocus(Qt.FocusReason.OtherFocusReason)
        above.text.set_text(above.text.text() + text)
        above.text.select(at, at)
        self._drop(row)
        self._edited()

    def _paste(self, row: _Row, items: list[str]) -> None:
        row.text.put(items[0])
        index = self._rows.index(row)
        for offset, item in enumerate(items[1:], start=1):
            self._insert(index + offset, item)
        last = self._rows[index + len(items) - 1]
        last.text.setFocus(Qt.FocusReason.OtherFocusReason)
        last.text.moveCursor(QTextCursor.MoveOperation.End)
        self._edited()

    def move_item(self, index: int, by: int) -> None:
        """Move one item up (-1) or down (1); the focus goes with it."""
        to = index + by
        if not (0 <= index < len(self._rows) and 0 <= to < len(self._rows)):
            return
        row = self._rows.pop(index)
        self._rows.insert(to, row)
        self._column.removeWidget(row)
        self._column.insertWidget(to, row)
        self._chain()
        self.setFocusProxy(self._rows[0].text)
        self._edited()

    def remove_item(self, index: int) -> None:
        """Remove one item; the last one left is emptied instead."""
        if len(self._rows) == 1:
            self._rows[0].text.set_text("")
        else:
            self._drop(self._rows[index])
        self._edited()
        self._focus(min(index, len(self._rows) - 1))
