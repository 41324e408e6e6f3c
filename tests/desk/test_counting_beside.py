"""Where very many answers must be counted again, questions are answered at once, and what waits is never passed off."""

from datetime import date, timedelta

import pytest

from foiadesk.desk import Desk, freshness, standing
from foiadesk.records.progress import Cancelled, Progress

from .conftest import START, Ask, Maker, Today, sent

DUE = date(2026, 2, 3)
OLD = "2026-01-30"  # what an earlier edition of the rules is made to have counted
SNOW = date(2026, 1, 21)


@pytest.fixture
def numbers(desk: Desk, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Five requests on a desk whose stored answers are all of an earlier edition, more than may be counted at once."""
    made = [ask(f"Request {place}") for place in range(5)]
    for number in made:
        sent(desk, number, START)
    desk.deadlines.today()

    def age(db) -> None:
        db.execute("UPDATE standing SET due = ?, pack_version = 'before'", (OLD,))
        db.execute("UPDATE standing_clocks SET due = ? WHERE kind = 'determination'", (OLD,))

    desk.store.write(age)
    monkeypatch.setattr(freshness, "CHUNK", 4)
    monkeypatch.setattr(freshness, "BESIDE", 2)
    monkeypatch.setattr(standing, "_FORM", "of another form")
    return made


@pytest.fixture
def later(desk: Desk, maker: Maker, numbers: list[int]) -> Desk:
    """The same desk, opened again by a window."""
    desk.close()
    opened = maker.open()
    opened.deadlines.count_beside()
    return opened


def due(desk: Desk) -> list[date | None]:
    return [row.due for row in desk.deadlines.due() if row.clock == "determination"]


def stored_due(desk: Desk) -> list[str]:
    with desk.read() as db:
        return [day for (day,) in db.execute("SELECT due FROM standing ORDER BY request").fetchall()]


def stop_after(count: int) -> Progress:
    progress = Progress(lambda done, _total, _what: progress.cancel() if done >= count else None)
    return progress


def test_today_is_answered_at_once_with_right_dates_and_says_what_waits(later: Desk, numbers: list[int]) -> None:
    page = later.deadlines.today()
    assert page.waiting == 5
    assert {row.due for row in page.agencies_owe} == {DUE}
    assert DUE in {day for day, _rows in page.strip} and date.fromisoformat(OLD) not in {day for day, _ in page.strip}
    assert [row.standing.due for row in later.requests.rows(numbers)] == [DUE] * 5
    assert stored_due(later) == [OLD] * 5
    assert page.moved == ()


def test_the_count_is_told_stops_when_asked_and_goes_on(later: Desk, numbers: list[int]) -> None:
    later.deadlines.today()
    told: list[tuple[int, int]] = []
    with pytest.raises(Cancelled):
        later.deadlines.catch_up(stop_after(2))
    assert later.deadlines.today().waiting == 3
    assert stored_due(later) == [DUE.isoformat()] * 2 + [OLD] * 3
    assert [row.standing.due for row in later.requests.rows(numbers)] == [DUE] * 5
    moved = later.deadlines.catch_up(Progress(lambda done, total, _what: told.append((done, total))))
    assert told == [(2, 5), (4, 5), (5, 5)]  # of an old form, nothing tells which were counted
    page = later.deadlines.today()
    assert page.waiting == 0 and page.moved == moved
    assert sorted((move.request, move.was, move.now) for move in moved) == [
        (number, date.fromisoformat(OLD), DUE) for number in numbers
    ]
    assert due(later) == [DUE] * 5
    assert later.safety.check() == []


def test_stopped_and_opened_again_nothing_is_taken_for_counted(later: Desk, maker: Maker) -> None:
    later.deadlines.today()
    with pytest.raises(Cancelled):
        later.deadlines.catch_up(stop_after(4))
    later.close()
    again = maker.open()
    again.deadlines.count_beside()
    assert again.deadlines.today().waiting == 5
    assert again.deadlines.catch_up() and again.deadlines.today().waiting == 0
    assert due(again) == [DUE] * 5


def test_what_leaves_the_desk_is_counted_before(later: Desk) -> None:
    later.deadlines.today()
    file = later.deadlines.calendar_file().decode()
    assert "20260203" in file and "20260130" not in file
    assert later.deadlines.today().waiting == 0


def test_verifying_counts_before_and_so_does_a_picture_to_be_saved(later: Desk, maker: Maker) -> None:
    later.deadlines.today()
    assert later.safety.check() == []
    assert later.deadlines.today().waiting == 0
    later.close()
    later = maker.open()
    later.deadlines.count_beside()
    later.store.write(lambda db: db.execute("UPDATE desk_state SET value = '' WHERE name = 'standing_form'"))
    assert later.deadlines.today().waiting == 5
    later.campaigns.times_picture()
    assert later.deadlines.today().waiting == 0


def test_an_action_is_right_while_others_wait(later: Desk, numbers: list[int]) -> None:
    later.deadlines.today()
    given = {"kind": "acknowledged", "date": START.isoformat(), "tracking_number": "2026-1"}
    later.requests.add_event(numbers[4], given)
    assert stored_due(later)[:4] == [OLD] * 4 and stored_due(later)[4] != OLD
    later.deadlines.catch_up()
    assert later.safety.check() == []


def test_a_closure_while_they_wait_and_while_they_are_counted_holds(later: Desk, numbers: list[int]) -> None:
    later.deadlines.today()
    later.calendar.add_closure(SNOW)
    assert {row.due for row in later.deadlines.today().agencies_owe} == {DUE + timedelta(days=1)}
    entered: list[int] = []

    def heard(done: int, _total: int, _what: str) -> None:
        if not entered:
            entered.append(later.calendar.add_closure(SNOW + timedelta(days=1)).primary)
            assert later.deadlines.today().waiting == 3  # nobody waits for the count
            assert [row.standing.due for row in later.requests.rows(numbers)][2:] == [DUE + timedelta(days=2)] * 3

    later.deadlines.catch_up(Progress(heard))
    assert later.deadlines.today().waiting > 0
    later.deadlines.catch_up()
    assert later.deadlines.today().waiting == 0
    assert due(later) == [DUE + timedelta(days=2)] * 5
    assert later.safety.check() == []


def test_a_new_day_while_they_wait(later: Desk, today: Today) -> None:
    later.deadlines.today()
    today.pass_days(40)
    page = later.deadlines.today()
    assert page.waiting == 5
    assert {row.days_late for row in page.agencies_owe if row.due == DUE} == {(today.day - DUE).days}
    later.deadlines.catch_up()
    assert later.deadlines.today().waiting == 0 and later.safety.check() == []


def test_few_are_counted_at_once_and_so_are_all_without_a_window(desk: Desk, maker: Maker, numbers: list[int]) -> None:
    desk.close()
    plain = maker.open()
    assert plain.deadlines.today().waiting == 0
    assert due(plain) == [DUE] * 5
    for number in numbers[2:]:
        plain.requests.trash(number)
    plain.store.write(lambda db: db.execute("UPDATE standing SET next_change_on = ? WHERE request < 3", (OLD,)))
    plain.close()
    window = maker.open()
    window.deadlines.count_beside()
    assert window.deadlines.today().waiting == 0
