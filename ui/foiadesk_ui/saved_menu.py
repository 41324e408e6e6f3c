"""A button with a menu of things kept under names, to use, rename and remove them, and a line that asks for a name."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QToolButton, QWidget

from foiadesk_ui import icons, theme
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _
from foiadesk_ui.widgets import LinkButton, plain_button


class Kept(Protocol):
    """What is kept: a row with a name."""

    @property
    def id(self) -> int:
        """The row."""

    @property
    def name(self) -> str:
        """What a person called it."""


class SavedMenu(QToolButton):
    """The button. label: what is kept; keep: the words for keeping what is shown now."""

    chosen = Signal(object)  # one that is kept
    naming = Signal(object)  # one to rename, or None to keep what is shown now
    unwanted = Signal(object)  # one to remove

    def __init__(self, label: str, keep: str, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keep = keep
        self.saved: tuple[Any, ...] = ()
        self.can_save = False
        self.setText(label + " ▾")
        self.setAccessibleName(label)
        if icon:
            icons.put(self, icon)
            self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMenu(QMenu(self))
        theme.watch().changed.connect(self._dress)
        self._dress()
        self.show_saved(())

    def show_saved(self, saved: Sequence[Kept]) -> None:
        """Offer these."""
        self.saved = tuple(saved)
        self._fill()

    def show_can_save(self, can: bool) -> None:
        """Offer to keep what is shown now, or not."""
        if can != self.can_save:
            self.can_save = can
            self._fill()

    def _dress(self) -> None:
        self.setFont(theme.secondary_font())

    def _fill(self) -> None:
        menu = self.menu()
        menu.clear()
        for one in self.saved:
            menu.addAction(_plain(one.name), partial(self.chosen.emit, one))
        if self.saved:
            menu.addSeparator()
        keep = menu.addAction(self._keep, lambda: self.naming.emit(None))
        keep.setEnabled(self.can_save)
        if self.saved:
            self._submenu(menu, _("Rename"), self.naming.emit)
            self._submenu(menu, _("Remove"), self.unwanted.emit)

    def _submenu(self, menu: QMenu, label: str, act: Callable[[Kept], object]) -> None:
        sub = menu.addMenu(label)
        for one in self.saved:
            sub.addAction(_plain(one.name), partial(act, one))


def _plain(name: str) -> str:
    return name.replace("&", "&&")


class NameLine(QWidget):
    """A line that asks for a name; away until it is wanted. ``named`` carries the name and what was renamed."""

    named = Signal(str, object)

    def __init__(self, label: str, longest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._renamed: Kept | None = None
        self.name = QLineEdit(self)
        self.name.setMaxLength(longest)
        self.name.setPlaceholderText(label)
        self.name.setAccessibleName(label)
        self.name.returnPressed.connect(self._save)
        self.name.installEventFilter(self)
        self.save = plain_button(_("Save"), self._save, parent=self)
        self.cancel = LinkButton(_("Cancel"), self.hide, parent=self)
        row = Flow(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S2)
        row.addWidget(self.name, 1)
        row.addWidget(self.save)
        row.addWidget(self.cancel)
        self.hide()

    def start(self, renamed: Kept | None) -> None:
        """Ask for a name, or for another name of what is kept."""
        self._renamed = renamed
        self.name.setText(renamed.name if renamed else "")
        self.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def _save(self) -> None:
        if name := self.name.text().strip():
            self.hide()
            self.named.emit(name, self._renamed)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Escape puts the line away."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False
