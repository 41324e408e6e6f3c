"""The directory of offices, as the desk shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foiadesk.records import Office

if TYPE_CHECKING:
    from foiadesk.desk.desk import Desk


class Agencies:
    """Search and read the shipped directory; nothing here changes the desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def search(self, words: str, limit: int = 50) -> list[Office]:
        """Return offices matching all words, best first; every office when there are none."""
        from foiadesk.exchange.directory import directory

        return directory().search(words, limit)

    def get(self, code: str) -> Office:
        """Return one office ("DHS/ICE"); raises NotFound naming near matches."""
        from foiadesk.exchange.directory import directory

        return directory().get(code)
