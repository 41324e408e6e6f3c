"""A table of narrow rows that runs over pages: its headings stand again at the top of each."""

from collections.abc import Sequence
from typing import Any

from foiadesk.letters.press.flow import Flowable
from foiadesk.letters.press.sheet import rule
from foiadesk.letters.press.styles import HAIR
from foiadesk.letters.press.text import Text

_AIR = 1.4  # above and below each row's words
_GAP = 10.0  # between columns


class Rows(Flowable):
    """Rows of cells. columns: widths of all columns but the last, which takes what is left of the measure."""

    def __init__(self, head: Sequence[Text], rows: Sequence[Sequence[Text]], columns: Sequence[float]) -> None:
        self.head = list(head)
        self.rows = [list(row) for row in rows]
        self.columns = list(columns)

    def _fit(self, cells: Sequence[Text], width: float) -> float:
        widths = [*self.columns, width - sum(self.columns) + _GAP]
        return max(cell.fit(wide - _GAP) for cell, wide in zip(cells, widths, strict=True)) + 2 * _AIR

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Say how much room the rows take."""
        self.width = width
        self.heights = [self._fit(cells, width) for cells in (self.head, *self.rows)]
        self.height = sum(self.heights)
        return width, self.height

    def split(self, width: float, height: float) -> Sequence[Flowable]:
        """Return two pieces, the first at most ``height`` high; three rows stay together at either end."""
        self.wrap(width, height)
        room, fits = height - self.heights[0], 0
        while fits < len(self.rows) and self.heights[fits + 1] <= room:
            room -= self.heights[fits + 1]
            fits += 1
        fits = min(fits, len(self.rows) - 3)
        if fits < 3:
            return []
        # Said once to a screen reader: on later pages the headings are furniture.
        again = [Text(cell.runs, cell.style) for cell in self.head]
        rest = Rows(again, self.rows[fits:], self.columns)
        rest.space_after = self.space_after
        return [Rows(self.head, self.rows[:fits], self.columns), rest]

    def draw(self, sheet: Any) -> None:
        """The origin is at the lower left corner."""
        top = self.height
        for number, (cells, high) in enumerate(zip((self.head, *self.rows), self.heights, strict=True)):
            x = 0.0
            for cell, wide in zip(cells, (*self.columns, 0.0), strict=True):
                cell.paint(sheet, x, top - _AIR)
                x += wide
            top -= high
            rule(sheet, 0, top, self.width, HAIR, 0.7 if number == 0 else 0.3)
