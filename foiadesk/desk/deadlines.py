"""Who owes what by when: Today, the list of due dates, worksheets, recounts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from foiadesk.desk.shapes import DueRow, Moved, TodayPage

if TYPE_CHECKING:
    from foiadesk.desk.desk import Desk
    from foiadesk.law import Worksheet


class Deadlines:
    """Derived answers across all requests."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def today(self) -> TodayPage:
        """Return the first page: what needs the person, what agencies owe, the next six weeks."""
        raise NotImplementedError

    def due(self, today: date | None = None) -> tuple[DueRow, ...]:
        """Return every clock still to be met, the most urgent first."""
        raise NotImplementedError

    def worksheet(self, request: int, clock_id: str, today: date | None = None) -> Worksheet:
        """Return the day-by-day count of one clock; raises NotFound."""
        raise NotImplementedError

    def recount(self) -> tuple[Moved, ...]:
        """Count every request again and return the dates that moved."""
        raise NotImplementedError

    def rebuild(self) -> None:
        """Drop all derived answers and derive them again from the events."""
        raise NotImplementedError
