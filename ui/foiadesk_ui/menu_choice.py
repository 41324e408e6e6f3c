"""A quiet button that shows a choice and opens the list of choices: for filters, grouping and order."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from foiadesk_ui import theme


class MenuChoice(QToolButton):
    """One of several values. ``name``: what is chosen, for screen readers and the tooltip."""

    chosen = Signal(str)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._value = choices[0][0]
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolTip(name)
        menu = QMenu(self)
        group = QActionGroup(menu)
        self._actions: dict[str, QAction] = {}
        for value, label in choices:
            action = menu.addAction(label)
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda _on=False, one=value: self._pick(one))
            self._actions[value] = action
        self.setMenu(menu)
        self._dress()
        theme.watch().sized.connect(self._dress)
        self.set_value(self._value)

    def value(self) -> str:
        """Return the chosen value."""
        return self._value

    def set_value(self, value: str) -> None:
        """Choose a value; an unknown one is ignored."""
        if value in self._actions:
            self._value = value
            self._actions[value].setChecked(True)
            label = self._actions[value].text()
            self.setText(f"{label} ▾")
            self.setAccessibleName(f"{self._name}: {label}")

    def _pick(self, value: str) -> None:
        self.set_value(value)
        self.chosen.emit(value)

    def _dress(self) -> None:
        self.setFont(theme.secondary_font())
