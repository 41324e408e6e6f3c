"""How a letter's pieces go over pages: room between them, what is kept together, what is parted, what never fits."""

from typing import Any

import pytest

from foiadesk.letters.press.flow import Flow, Flowable, KeepTogether, Room, Spacer, TooLarge

ROOM = Room(10.0, 20.0, 300.0, 120.0)  # 100 points high


class Pages:
    """A sheet that notes where pieces are drawn: (page, name, lower edge)."""

    def __init__(self) -> None:
        self.page = 1
        self.at = (0.0, 0.0)
        self.drawn: list[tuple[int, str, float]] = []

    def saveState(self) -> None:
        """Nothing to keep."""

    def restoreState(self) -> None:
        """Nothing was kept."""

    def translate(self, x: float, y: float) -> None:
        """Note the origin."""
        self.at = (x, y)

    def showPage(self) -> None:
        """Count the page."""
        self.page += 1


class Block(Flowable):
    """A piece of a height, of lines of 10 points that can be parted if ``lines``."""

    def __init__(self, name: str, height: float, before: float = 0.0, after: float = 0.0, lines: bool = False) -> None:
        self.name, self.height, self.lines = name, height, lines
        self.space_before, self.space_after = before, after

    def split(self, width: float, height: float) -> "list[Block]":
        """Part after whole lines."""
        fits = int(height / 10) * 10.0
        if not self.lines or not 0 < fits < self.height:
            return []
        return [Block(self.name + "'", fits), Block(self.name, self.height - fits, lines=True)]

    def draw(self, sheet: Any) -> None:
        """Note it."""
        sheet.drawn.append((sheet.page, self.name, sheet.at[1]))


def flow(*story: Flowable) -> list[tuple[int, str, float]]:
    """Where pieces came to stand."""
    pages = Pages()
    begun: list[int] = []

    def begin(number: int) -> Room:
        begun.append(number)
        return ROOM

    Flow(pages, begin).run(story)
    assert begun == list(range(1, pages.page))  # every page begun was ended, in order
    return pages.drawn


def test_the_larger_room_between_two_counts_and_none_above_the_first() -> None:
    assert flow(Block("a", 10, before=9, after=8), Block("b", 10, before=9), Block("c", 10, before=3)) == [
        (1, "a", 110.0), (1, "b", 91.0), (1, "c", 78.0),
    ]  # fmt: skip


def test_a_piece_that_does_not_fit_goes_to_the_next_page_whole_and_room_at_its_head_stays() -> None:
    assert flow(Block("a", 70), Block("b", 40), Spacer(15), Block("c", 60)) == [
        (1, "a", 50.0), (2, "b", 80.0), (3, "c", 60.0),
    ]  # fmt: skip


def test_a_piece_that_can_be_is_parted_over_as_many_pages_as_it_takes() -> None:
    assert flow(Block("a", 75), Block("b", 230, lines=True), Block("c", 10)) == [
        (1, "a", 45.0), (1, "b'", 25.0), (2, "b'", 20.0), (3, "b'", 20.0), (4, "b", 110.0), (4, "c", 100.0),
    ]  # fmt: skip


def test_what_is_kept_together_goes_over_together_but_more_than_a_page_flows_from_its_top() -> None:
    kept = KeepTogether([Block("b", 30, before=6, after=4), Block("c", 20, before=8)])
    assert [page for page, _name, _y in flow(Block("a", 36), kept)] == [1, 1, 1]
    assert [page for page, _name, _y in flow(Block("a", 37), kept)] == [1, 2, 2]
    long = KeepTogether([Block(str(number), 40) for number in range(4)])
    assert [page for page, _name, _y in flow(Block("a", 10), long)] == [1, 2, 2, 3, 3]
    assert [page for page, _name, _y in flow(long)] == [1, 1, 2, 2]


def test_what_fits_on_no_page_is_named() -> None:
    with pytest.raises(TooLarge, match="A Block is larger than a page"):
        flow(Block("a", 10), Block("b", 101))


def test_nothing_is_no_page() -> None:
    assert flow() == []


def test_without_a_sheet_it_is_only_told_how_far_it_goes():
    story = [Block("a", 70.0), Block("b", 50.0), Block("c", 25.0, before=5.0)]
    told = Flow(None, lambda _number: ROOM)
    told.run(story)
    assert (told.number, told.filled) == (2, pytest.approx(0.8))
    assert [page for page, *_ in flow(*story)] == [1, 2, 2]
