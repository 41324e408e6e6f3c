"""Pieces of a letter flow down its pages: each is asked how much room it takes, parted where a page ends, and drawn.

What reportlab's own layout engine (platypus) does with such pieces, without its reader of markup, its tables and its
pictures, which take longer to import than a letter takes to be set.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

_FUZZ = 1e-6  # points that sums of lengths may be off


class Flowable:
    """A piece of the letter. Lengths in points.

    space_before and space_after are the least room above and below it: between two pieces the larger one counts.
    """

    space_before = 0.0
    space_after = 0.0
    width = 0.0
    height = 0.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the room the piece takes at this width; more than ``height`` when it wants to be parted."""
        return self.width, self.height

    def split(self, width: float, height: float) -> "Sequence[Flowable]":
        """Return the piece in parts, the first at most ``height`` high; nothing when it goes to the next page whole."""
        return ()

    def draw(self, sheet: Any) -> None:
        """Draw the piece; the origin is at its lower left corner."""


class Spacer(Flowable):
    """Room, even at the top of a page."""

    def __init__(self, height: float) -> None:
        self.height = height


class KeepTogether(Flowable):
    """Pieces that go to the next page together where they do not fit on this one."""

    def __init__(self, pieces: Sequence[Flowable]) -> None:
        self.pieces = list(pieces)
        if self.pieces:
            self.space_before = self.pieces[0].space_before
            self.space_after = self.pieces[-1].space_after

    def high(self, width: float) -> float:
        """Return how high the pieces are together."""
        total, before = 0.0, None
        for piece in self.pieces:
            height = piece.wrap(width, 1e8)[1]
            if height <= _FUZZ:
                continue
            total += height + (max(piece.space_before - before, 0.0) if before is not None else 0.0)
            before = piece.space_after
            total += before
        return total - (before or 0.0)


class TooLarge(Exception):
    """A piece that can neither be parted nor fits on a page of its own: a fault of the piece."""


class Room(NamedTuple):
    """Where a page's text may stand, from the page's lower left corner."""

    left: float
    bottom: float
    width: float
    top: float


class _Column:
    """The room for text on one page, filled from the top down."""

    def __init__(self, room: Room) -> None:
        self.left, self.bottom, self.width, self.top = room
        self.y = self.top
        self.at_top = True
        self.before = 0.0  # space after the last piece

    def room(self, piece: Flowable) -> tuple[float, float]:
        """Return the space above the next piece, and what is left below that."""
        space = 0.0 if self.at_top else max(piece.space_before - self.before, 0.0)
        return space, self.y - self.bottom - space

    def put(self, piece: Flowable, sheet: Any) -> bool:
        """Draw the piece if it fits; without a sheet, take its room."""
        space, room = self.room(piece)
        if room <= 0:
            return False
        height = piece.wrap(self.width, room)[1] + space
        y = self.y - height
        if y < self.bottom - _FUZZ:
            return False
        if sheet is not None:
            sheet.saveState()
            sheet.translate(self.left, y)
            piece.draw(sheet)
            sheet.restoreState()
        y -= piece.space_after
        self.before = piece.space_after
        if y != self.y:
            self.at_top = False
        self.y = y
        return True


class Flow:
    """Lets pieces flow over pages. begin: draws what lies under a page, given its number, and returns its room.

    Without a sheet nothing is drawn: it only tells, as ``number`` and ``filled``, how many pages there would be and how
    much of the last one's room is taken, 0 to 1.
    """

    def __init__(self, sheet: Any, begin: Callable[[int], Room]) -> None:
        self.sheet = sheet
        self.begin = begin
        self.number = 0
        self.filled = 0.0
        self.column: _Column | None = None  # of the page begun

    def run(self, story: Sequence[Flowable]) -> None:
        """Draw all pieces and end the last page. Raises TooLarge."""
        waiting = list(reversed(story))
        moved: Flowable | None = None  # the piece for which the last page was ended
        while waiting:
            piece = waiting.pop()
            column = self._page()
            if isinstance(piece, KeepTogether):
                if not self._fits(column, piece):
                    self._end()
                waiting += reversed(piece.pieces)
                continue
            if column.put(piece, self.sheet):
                continue
            room = column.room(piece)[1]
            parts = piece.split(column.width, room) if room > 0 else ()
            if parts:
                if not column.put(parts[0], self.sheet):
                    raise TooLarge(f"The first part of a {type(piece).__name__} is larger than the room left for it.")
                waiting += reversed(parts[1:])
            elif piece is moved:
                raise TooLarge(f"A {type(piece).__name__} is larger than a page.")
            else:
                moved = piece
                waiting.append(piece)
                self._end()
        if self.column is not None:
            self._end()

    def _fits(self, column: _Column, kept: KeepTogether) -> bool:
        """Say whether pieces to be kept together may begin here: they fit, or no page has more room for them."""
        room = column.room(kept)[1]
        return room > 0 and (kept.high(column.width) <= room or column.at_top)

    def _page(self) -> _Column:
        if self.column is None:
            self.number += 1
            self.column = _Column(self.begin(self.number))
        return self.column

    def _end(self) -> None:
        if self.column is not None:
            self.filled = (self.column.top - self.column.y) / max(self.column.top - self.column.bottom, 1.0)
        if self.sheet is not None:
            self.sheet.showPage()
        self.column = None
