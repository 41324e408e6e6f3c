"""Closures a person enters: counted under, told when they move a date, taken back by undo, never losing a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foiadesk.desk import Desk, freshness, standing
from foiadesk.desk.standing import closed_on
from foiadesk.law import answer, due_date, load_calendar, load_pack
from foiadesk.records import event_from_json
from foiadesk.records.errors import BadInput, NotFound
from foiadesk.store.rows_standing import everything

from .conftest import START, Ask, Maker, Today, sent

SNOW = date(2026, 1, 28)  # a Wednesday within the twenty working days from 5 Jan 2026
DUE = date(2026, 2, 3)


def due_of(desk: Desk, number: int) -> date | None:
    return desk.requests.rows([number])[0].standing.due


def test_a_closure_moves_what_it_falls_into_and_says_so(desk: Desk, ask: Ask) -> None:
    number, other = ask(), ask("Not sent")
    sent(desk, number, START)
    assert due_of(desk, number) == DUE
    change = desk.calendar.add_closure(SNOW, note=" Snow ")
    assert change.undoable and "28 Jan 2026" in change.sentence and change.touches("closure", change.primary)
    (moved,) = desk.calendar.recount()
    assert (moved.request, moved.was, moved.now) == (number, DUE, DUE + timedelta(days=1))
    assert (moved.clock, moved.clock_id) == ("determination", "determination") and "closures" in moved.why
    assert due_of(desk, number) == DUE + timedelta(days=1) and due_of(desk, other) is None
    assert desk.requests.answer(number).clocks[0].due == DUE + timedelta(days=1)
    assert desk.requests.rows([number])[0].standing.calendar_version.endswith("+2026-01-28")
    sheet = desk.deadlines.worksheet(number, "determination")
    assert [day.why for day in sheet.days if day.date == SNOW] == ["closure: Snow"]
    assert any("3 Feb 2026" in note and "not settled" in note for note in sheet.notes)
    assert desk.safety.check() == []


def test_a_closure_never_gives_the_requester_more_time_to_appeal(desk: Desk, ask: Ask) -> None:
    number = ask()
    sent(desk, number, START)
    answered = {"kind": "determination", "date": START.isoformat(), "outcome": "full_denial"}
    desk.requests.add_event(number, answered)
    before = due_of(desk, number)
    assert desk.requests.answer(number).ruling is not None and before is not None
    desk.calendar.add_closure(SNOW)
    assert "appeal_window" not in {move.clock for move in desk.calendar.recount()}
    assert due_of(desk, number) == before
    window = next(clock for clock in desk.requests.answer(number).clocks if clock.kind == "appeal_window")
    assert (window.unit, window.count, window.due) == ("working", 90, before)  # as 6 CFR 5.8(a) has it
    sheet = desk.deadlines.worksheet(number, window.id)
    assert SNOW in [day.date for day in sheet.days if day.counted]
    assert not any("by hand" in note for note in sheet.notes)


def test_a_closure_never_gives_the_requester_more_time_to_sue(desk: Desk, ask: Ask, today: Today) -> None:
    number = ask()
    sent(desk, number, START)
    today.pass_days(60)
    desk.calendar.add_closure(SNOW)
    assert [move.clock for move in desk.calendar.recount()] == ["determination"]
    clocks = {clock.kind: clock for clock in desk.requests.answer(number).clocks}
    assert clocks["determination"].due == DUE + timedelta(days=1)
    assert (clocks["limitation"].start, clocks["limitation"].due) == (DUE + timedelta(days=1), date(2032, 2, 4))


def test_a_closure_opens_no_limitation_before_the_right_has_accrued(desk: Desk, ask: Ask, today: Today) -> None:
    number = ask()
    sent(desk, number, START)
    desk.calendar.add_closure(SNOW)
    today.day = DUE + timedelta(days=1)  # late without the closure, the last day with it
    answer = desk.requests.answer(number)
    assert answer.exhaustion.state == "not_yet"
    assert "limitation" not in {clock.kind for clock in answer.clocks}


def test_a_closure_leaves_the_day_to_answer_a_question(desk: Desk, ask: Ask) -> None:
    number = ask(office="CFA")  # 45 CFR part 2105: twenty working days to answer
    sent(desk, number, START)
    asked = {"kind": "clarification_asked", "date": START.isoformat(), "about": "information"}
    desk.requests.add_event(number, asked)
    desk.calendar.add_closure(SNOW)
    (question,) = (clock for clock in desk.requests.answer(number).clocks if clock.kind == "clarification")
    assert question.due == DUE


def test_without_being_asked_a_small_desk_counts_again_by_itself(desk: Desk, ask: Ask) -> None:
    number = ask()
    sent(desk, number, START)
    desk.requests.ids()
    desk.calendar.add_closure(SNOW)
    assert due_of(desk, number) == DUE + timedelta(days=1)
    assert [move.request for move in desk.deadlines.today().moved] == [number]


def test_undo_and_redo_move_the_dates_back_and_forth(desk: Desk, ask: Ask) -> None:
    number = ask()
    sent(desk, number, START)
    desk.requests.ids()
    desk.calendar.add_closure(SNOW)
    assert due_of(desk, number) == DUE + timedelta(days=1)
    desk.history.undo()
    assert due_of(desk, number) == DUE and desk.calendar.closures() == ()
    assert desk.calendar.recount() == ()  # back where it was: nothing moved
    desk.history.redo()
    assert due_of(desk, number) == DUE + timedelta(days=1)
    closure = desk.calendar.find(SNOW)
    desk.calendar.remove_closure(closure.id)
    assert due_of(desk, number) == DUE
    desk.history.undo()
    assert desk.calendar.find(SNOW).note == closure.note and due_of(desk, number) == DUE + timedelta(days=1)


def test_a_note_can_be_changed_and_a_day_is_entered_once(desk: Desk) -> None:
    first = desk.calendar.add_closure(SNOW, note="Snow")
    again = desk.calendar.add_closure(SNOW, note="Ice")
    assert first.primary == again.primary
    (closure,) = desk.calendar.closures("us-federal")
    assert (closure.date, closure.note, closure.calendar) == (SNOW, "Ice", "us-federal")
    desk.history.undo()
    assert desk.calendar.find(SNOW).note == "Snow"


def test_closures_are_kept_and_counted_when_the_desk_is_opened_again(desk: Desk, maker: Maker, ask: Ask) -> None:
    number = ask()
    sent(desk, number, START)
    desk.requests.ids()
    desk.calendar.add_closure(SNOW)
    desk.close()  # nothing was counted again: a crash would leave the same
    reader = maker.open(write=False)
    assert due_of(reader, number) == DUE + timedelta(days=1)
    reader.close()
    writer = maker.open()
    assert due_of(writer, number) == DUE + timedelta(days=1) and writer.safety.check() == []
    assert [move.now for move in writer.deadlines.today().moved] == [DUE + timedelta(days=1)]


def test_of_many_requests_the_rest_waits_for_the_background(
    desk: Desk, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [ask(f"Request {place}") for place in range(5)]
    for number in numbers:
        sent(desk, number, START)
    desk.requests.ids()
    monkeypatch.setattr(freshness, "CHUNK", 2)
    desk.calendar.add_closure(SNOW)
    assert {row.due for row in desk.deadlines.due() if row.clock == "determination"} == {DUE}  # as stored
    assert due_of(desk, numbers[0]) == DUE + timedelta(days=1)  # a line is right all the same
    assert desk.calendar.waiting() == 5
    told: list[tuple[int, int]] = []
    moved = desk.calendar.recount(lambda done, whole: told.append((done, whole)))
    assert told == [(2, 5), (4, 5), (5, 5)] and len(moved) == 5
    assert desk.calendar.waiting() == 0 and desk.calendar.recount() == moved
    assert {due_of(desk, number) for number in numbers} == {DUE + timedelta(days=1)}


def test_a_closure_entered_while_counting_is_not_lost(desk: Desk, ask: Ask) -> None:
    number = ask()
    sent(desk, number, START)
    desk.requests.ids()
    desk.calendar.add_closure(SNOW)
    desk.calendar.recount(lambda _done, _whole: desk.calendar.add_closure(SNOW + timedelta(days=1)) and None)
    assert due_of(desk, number) == DUE + timedelta(days=2)
    assert desk.safety.check() == []


def test_a_closure_entered_between_looking_and_counting_is_not_lost(
    desk: Desk, ask: Ask, today: Today, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = ask(), ask("Another")
    for number in (first, second):
        sent(desk, number, START)
    desk.requests.ids()
    today.pass_days(1)
    turned = f"UPDATE standing SET next_change_on = '{today.day}' WHERE request = {first}"
    desk.store.write(lambda db: db.execute(turned))
    looked: list[list[int]] = []
    stale = standing.stale

    def look(db, day: date) -> list[int]:
        looked.append(stale(db, day))
        if len(looked) == 1:
            desk.calendar.add_closure(SNOW)
        return looked[-1]

    monkeypatch.setattr(standing, "stale", look)
    desk.requests.ids()
    assert looked == [[first]]
    assert {due_of(desk, number) for number in (first, second)} == {DUE + timedelta(days=1)}
    assert desk.safety.check() == []


def test_rebuilding_gives_the_same_rows_with_closures(desk: Desk, ask: Ask) -> None:
    sent(desk, ask(), START)
    for number in range(9):  # more than a version names one by one
        desk.calendar.add_closure(date(2026, 3, 2) + timedelta(weeks=number))
    desk.requests.ids()
    with desk.read() as db:
        before = everything(db)
    assert "+9 closures" in before[0][0][_columns(desk).index("calendar_version")]
    desk.deadlines.rebuild()
    with desk.read() as db:
        assert everything(db) == before


def _columns(desk: Desk) -> list[str]:
    with desk.read() as db:
        return [row[1] for row in db.execute("PRAGMA table_info(standing)").fetchall()]


def test_days_that_do_not_count_anyway_are_refused(desk: Desk) -> None:
    with pytest.raises(BadInput, match="Saturday"):
        desk.calendar.add_closure(date(2026, 1, 31))
    with pytest.raises(BadInput, match="Christmas"):
        desk.calendar.add_closure(date(2026, 12, 25))
    with pytest.raises(BadInput, match="year"):
        desk.calendar.add_closure(date(1812, 6, 18))
    with pytest.raises(NotFound, match="us-federal"):
        desk.calendar.add_closure(SNOW, calendar="us-federl")
    with pytest.raises(BadInput, match="note"):
        desk.calendar.add_closure(SNOW, note="x" * 501)
    with pytest.raises(NotFound, match="closure 9"):
        desk.calendar.remove_closure(9)
    with pytest.raises(NotFound, match="2026-01-28"):
        desk.calendar.find(SNOW)
    assert desk.calendar.closures() == ()


def test_check_proves_that_stored_answers_are_those_of_the_events(desk: Desk, ask: Ask) -> None:
    number = ask()
    sent(desk, number, START)
    desk.requests.ids()
    assert desk.safety.check() == []
    desk.store.write(lambda db: db.execute("UPDATE standing SET due = '2026-02-09' WHERE request = ?", (number,)))
    (found,) = desk.safety.check()
    assert f"request {number}" in found and "due" in found and "Face" not in found
    desk.deadlines.rebuild()
    desk.store.write(lambda db: db.execute("DELETE FROM standing_clocks WHERE request = ?", (number,)))
    (found,) = desk.safety.check()
    assert f"request {number}" in found
    desk.deadlines.rebuild()
    assert desk.safety.check() == []


def test_check_of_a_new_day_counts_first(desk: Desk, ask: Ask, maker: Maker, today: Today) -> None:
    number = ask()
    sent(desk, number, START)
    desk.requests.ids()
    desk.close()
    today.day = date(2026, 3, 2)
    reader = maker.open(write=False)
    assert reader.safety.check() == []
    reader.close()
    assert maker.open().safety.check() == []


FEDERAL = load_calendar("us-federal")
DAYS = st.dates(date(2020, 1, 1), date(2029, 12, 31))
CLOSED = st.sets(DAYS, max_size=12).map(lambda days: tuple((day.isoformat(), "") for day in sorted(days)))


@settings(max_examples=60, deadline=None)
@given(DAYS, st.integers(1, 120), CLOSED, DAYS)
def test_one_more_closure_never_moves_a_due_date_earlier(
    start: date, days: int, closed: tuple[tuple[str, str], ...], another: date
) -> None:
    known = closed_on(FEDERAL, closed)
    more = closed_on(FEDERAL, tuple(sorted({*closed, (another.isoformat(), "")})))
    due, later = due_date(known, start, days, "working").due, due_date(more, start, days, "working").due
    assert later >= due >= due_date(FEDERAL, start, days, "working").due
    assert more.count(start.toordinal(), later.toordinal()) == days
    assert (known.version == more.version) == (known.reasons == more.reasons)


@settings(max_examples=60, deadline=None)
@given(st.dates(date(2021, 1, 1), date(2026, 6, 1)), CLOSED, DAYS, st.booleans(), st.integers(1, 15))
def test_under_one_more_closure_no_clock_of_a_request_is_due_earlier(
    received: date, closed: tuple[tuple[str, str], ...], another: date, extended: bool, later: int
) -> None:
    told = [{"kind": "request_received", "date": received.isoformat(), "office": "proper"}]
    if extended:
        told.append({"kind": "extension_notice", "date": (received + timedelta(days=later)).isoformat()})
    events = [event_from_json(event) for event in told]
    pack = load_pack("us-foia")
    found = [
        answer(events, law=pack, agency="DHS/ICE", today=date(2026, 6, 20), calendar=closed_on(FEDERAL, days)).clocks[0]
        for days in (closed, tuple(sorted({*closed, (another.isoformat(), "")})))
    ]
    assert found[0].due is not None and found[1].due is not None
    assert found[1].due >= found[0].due
