"""Choices and window layouts kept inside the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foiadesk.desk.change import Change
from foiadesk.desk.shapes import DeskSettings

if TYPE_CHECKING:
    from foiadesk.desk.desk import Desk


class Settings:
    """One frozen DeskSettings, and texts by name for layouts."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def get(self) -> DeskSettings:
        """Return the desk's settings."""
        raise NotImplementedError

    def put(self, settings: DeskSettings) -> Change:
        """Store the desk's settings."""
        raise NotImplementedError

    def layout(self, name: str) -> str:
        """Return a layout's text; "" when never stored."""
        raise NotImplementedError

    def put_layout(self, name: str, text: str) -> None:
        """Store a layout's text; not part of undo."""
        raise NotImplementedError
