"""Undo and redo: the last hundred actions of this desk, in memory only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foiadesk.desk.change import Change

if TYPE_CHECKING:
    from foiadesk.desk.desk import Desk


class History:
    """What can be taken back, and what can be done again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def undo(self) -> Change:
        """Take back the last action; raises BadInput when there is none, Conflict when a later change would be lost."""
        raise NotImplementedError

    def redo(self) -> Change:
        """Do the last undone action again."""
        raise NotImplementedError

    def next_undo(self) -> str:
        """Return the sentence of what undo would take back; "" when none."""
        raise NotImplementedError

    def next_redo(self) -> str:
        """Return the sentence of what redo would do; "" when none."""
        raise NotImplementedError
