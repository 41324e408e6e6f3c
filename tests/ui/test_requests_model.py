"""The request list as a model: placeholders, pages fetched once, headings that fold, and rows that stay in place."""

from array import array
from collections.abc import Callable, Sequence
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from foiadesk.desk import RequestRow
from foiadesk.records import Stage, Standing, Turn
from foiadesk_ui.requests_model import KEPT_PAGES, PAGE_ROWS, ROW_ROLE, RequestsModel, Section


def row(request: int, *, late: int = 0) -> RequestRow:
    standing = Standing(request, Stage.OVERDUE if late else Stage.SENT, Turn.AGENCY)
    return RequestRow(request, f"Request {request}", "DHS/ICE", "ICE", "Immigration", None, "", (), date(2026, 1, 5),
                      standing, late, None)  # fmt: skip


class Shelf:
    """Answers when told to, and remembers what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, ...]] = []
        self.waiting: list[tuple[tuple[int, ...], Callable[[Sequence[RequestRow]], None]]] = []

    def fetch(self, ids: tuple[int, ...], answer: Callable[[Sequence[RequestRow]], None]) -> None:
        self.asked.append(ids)
        self.waiting.append((ids, answer))

    def answer(self, *, without: int = 0, late: int = 0) -> None:
        waiting, self.waiting = self.waiting, []
        for ids, answer in waiting:
            answer([row(one, late=late) for one in ids if one != without])


def test_a_row_is_a_placeholder_until_its_page_arrives_and_is_asked_for_once(qtbot: QtBot) -> None:
    shelf = Shelf()
    model = RequestsModel(shelf.fetch)
    model.set_list(array("q", range(1, 301)))
    first, second = model.index(0, 0), model.index(1, 0)
    assert first.data(ROW_ROLE) is None
    assert second.data() == "Loading…"
    qtbot.waitUntil(lambda: bool(shelf.waiting))
    assert shelf.asked == [tuple(range(1, PAGE_ROWS + 1))]
    with qtbot.waitSignal(model.dataChanged):
        shelf.answer()
    assert first.data() == "Request 1"
    assert "Immigration" in str(model.data(second, 11))
    assert shelf.asked == [tuple(range(1, PAGE_ROWS + 1))]


def test_pages_seen_in_one_turn_are_asked_for_in_one_question(qtbot: QtBot) -> None:
    shelf = Shelf()
    model = RequestsModel(shelf.fetch)
    model.set_list(array("q", range(1, 1001)))
    assert model.request_row(0) is None
    assert model.request_row(999) is None
    qtbot.waitUntil(lambda: bool(shelf.waiting))
    assert len(shelf.asked) == 1
    assert set(shelf.asked[0]) == {*range(1, PAGE_ROWS + 1), *range(7 * PAGE_ROWS + 1, 1001)}


def test_an_answer_for_an_older_list_is_dropped(qtbot: QtBot) -> None:
    shelf = Shelf()
    model = RequestsModel(shelf.fetch)
    model.set_list(array("q", [1, 2]))
    assert model.request_row(0) is None
    qtbot.waitUntil(lambda: bool(shelf.waiting))
    model.set_list(array("q", [8, 9]))
    shelf.answer()
    assert model.request_row(0) is None


def test_a_request_that_is_gone_stays_a_placeholder_and_is_not_asked_for_again(qtbot: QtBot) -> None:
    shelf = Shelf()
    model = RequestsModel(shelf.fetch)
    model.set_list(array("q", [1, 2, 3]))
    model.request_row(0)
    qtbot.waitUntil(lambda: bool(shelf.waiting))
    shelf.answer(without=2)
    assert model.request_row(1) is None
    assert model.request_row(2) is not None
    with qtbot.assertNotEmitted(model.dataChanged, wait=20):
        assert model.request_row(1) is None
    assert len(shelf.asked) == 1


def test_refreshed_rows_are_fetched_again_while_the_old_ones_stay(qtbot: QtBot) -> None:
    shelf = Shelf()
    model = RequestsModel(shelf.fetch)
    model.set_list(array("q", [1, 2]))
    model.request_row(0)
    qtbot.waitUntil(lambda: bool(shelf.waiting))
    shelf.answer()
    model.refresh_rows()
    shown = model.request_row(1)
    assert shown is not None and shown.days_late == 0
    qtbot.waitUntil(lambda: bool(shelf.waiting))
    shelf.answer(late=35)
    shown = model.request_row(1)
    assert shown is not None and shown.days_late == 35


def test_only_pages_that_are_seen_are_fetched_again(qtbot: QtBot) -> None:
    shelf = Shelf()
    model = RequestsModel(shelf.fetch)
    model.set_list(array("q", range(1, 1001)))
    model.request_row(0)
    model.request_row(999)
    qtbot.waitUntil(lambda: bool(shelf.waiting))
    shelf.answer()
    model.refresh_rows()
    model.request_row(999)
    qtbot.waitUntil(lambda: bool(shelf.waiting))
    assert shelf.asked[1:] == [tuple(range(7 * PAGE_ROWS + 1, 1001))]


def test_an_answer_from_before_a_change_is_dropped_and_asked_for_again(qtbot: QtBot) -> None:
    shelf = Shelf()
    model = RequestsModel(shelf.fetch)
    model.set_list(array("q", [1, 2]))
    model.request_row(0)
    qtbot.waitUntil(lambda: bool(shelf.waiting))
    with qtbot.waitSignal(model.dataChanged):
        model.refresh_rows()
    shelf.answer()
    assert model.request_row(0) is None
    qtbot.waitUntil(lambda: bool(shelf.waiting))
    shelf.answer(late=35)
    shown = model.request_row(0)
    assert shown is not None and shown.days_late == 35


def test_no_more_pages_are_kept_than_promised(qtbot: QtBot) -> None:
    shelf = Shelf()
    model = RequestsModel(shelf.fetch)
    count = (KEPT_PAGES + 20) * PAGE_ROWS
    model.set_list(array("q", range(1, count + 1)))
    for page in range(KEPT_PAGES + 20):
        model.request_row(page * PAGE_ROWS)
    qtbot.waitUntil(lambda: bool(shelf.waiting))
    shelf.answer()
    kept = [page for page in range(KEPT_PAGES + 20) if model.request_row(page * PAGE_ROWS) is not None]
    assert len(kept) == KEPT_PAGES


@given(sizes=st.lists(st.integers(0, 40), max_size=8), folds=st.sets(st.integers(0, 7)))
def test_rows_and_requests_find_one_another_in_every_grouping(sizes: list[int], folds: set[int]) -> None:
    ids = array("q", (1000 - number for number in range(sum(sizes))))
    sections = [Section(f"s{number}", f"Group {number}", size) for number, size in enumerate(sizes)]
    model = RequestsModel(lambda _ids, _answer: None)
    model.set_list(ids, sections)
    for number in folds & set(range(len(sizes))):
        model.fold(f"s{number}", True)
    shown: list[int] = []
    for number in range(model.rowCount()):
        request, head = model.id_at(number), model.head_at(number)
        assert (request == 0) == (head is not None)
        if request:
            shown.append(request)
            assert model.row_of(request) == number
    hidden, start = set(), 0
    for number, size in enumerate(sizes):
        if number in folds:
            hidden.update(ids[start : start + size])
        start += size
    assert shown == [request for request in ids if request not in hidden]
    assert all(model.row_of(request) == -1 for request in hidden)
    assert model.id_at(model.rowCount()) == 0
    assert model.id_at(-1) == 0
