"""Today: what needs the person, what agencies owe, the next six weeks."""

from datetime import timedelta

import pytest

from foiadesk.desk import Desk, IncomingFile

from .conftest import START, Ask, Today, sent


def test_an_empty_desk_asks_for_nothing(desk: Desk) -> None:
    page = desk.deadlines.today()
    assert (page.as_of, page.needs_you, page.agencies_owe, page.strip, page.in_tray) == (START, (), (), (), 0)


def test_a_late_agency_owes_with_its_days_and_one_act(desk: Desk, ask: Ask, today: Today) -> None:
    number = ask()
    sent(desk, number, START)
    today.pass_days(65)
    clock = desk.requests.answer(number).ruling
    assert clock is not None and clock.due is not None
    (row,) = desk.deadlines.today().agencies_owe
    assert (row.request, row.title, row.office_short) == (number, "Face recognition", "ICE")
    assert row.sentence == f"{clock.days_late} days late" and row.days_late == clock.days_late > 1
    assert (row.meaning, row.action_kind, row.action_label) == ("late", "overdue_notice", "Draft overdue notice")
    since = clock.due + timedelta(days=1)
    assert f"since {since.day} {since:%b}" in row.detail
    assert desk.deadlines.today().needs_you == ()


def test_days_are_counted_in_words(desk: Desk, ask: Ask, today: Today) -> None:
    number = ask()
    sent(desk, number, START)
    clock = desk.requests.answer(number).ruling
    assert clock is not None and clock.due is not None
    said = {}
    for away in (10, 7, 1, 0, -1, -2):
        today.day = clock.due - timedelta(days=away)
        (row,) = desk.deadlines.today().agencies_owe
        said[away] = (row.sentence, row.meaning)
    assert said == {
        10: ("due in 10 days", "waiting"),
        7: ("due in 7 days", "soon"),
        1: ("due tomorrow", "soon"),
        0: ("due today", "soon"),
        -1: ("1 day late", "late"),
        -2: ("2 days late", "late"),
    }


def test_the_most_overdue_come_first(desk: Desk, ask: Ask, today: Today) -> None:
    first, second = ask("First"), ask("Second")
    sent(desk, second, START)
    today.pass_days(7)
    sent(desk, first, today.day)
    today.pass_days(60)
    assert [row.title for row in desk.deadlines.today().agencies_owe] == ["Second", "First"]


def test_an_open_appeal_needs_you_by_its_day(desk: Desk, ask: Ask, today: Today) -> None:
    number = ask()
    sent(desk, number, START)
    data = {"kind": "determination", "date": "2026-01-05", "outcome": "full_denial"}
    desk.requests.add_event(number, data)
    window = next(clock for clock in desk.requests.answer(number).clocks if clock.kind == "appeal_window")
    assert window.due is not None
    page = desk.deadlines.today()
    (row,) = page.needs_you
    assert row.sentence == f"Appeal by {window.due.day} {window.due:%b}" and row.due == window.due
    assert (row.action_kind, row.action_label, row.meaning) == ("appeal", "Draft appeal", "waiting")
    assert page.agencies_owe == ()
    today.day = window.due
    assert desk.deadlines.today().needs_you[0].meaning == "soon"


def test_drafts_and_unwritten_requests_need_you(desk: Desk, ask: Ask) -> None:
    unwritten, drafted = ask("Unwritten"), ask("Drafted")
    desk.letters.start("policy_request", drafted)
    rows = {row.request: row for row in desk.deadlines.today().needs_you}
    assert (rows[drafted].action_kind, rows[drafted].action_label) == ("mark_sent", "Mark as sent")
    assert (rows[unwritten].sentence, rows[unwritten].action_kind) == ("Not sent yet", "policy_request")


def test_a_question_without_a_date_needs_you(desk: Desk, ask: Ask, today: Today) -> None:
    number = ask()
    sent(desk, number, START)
    today.pass_days(4)
    data = {"kind": "clarification_asked", "date": today.day.isoformat(), "about": "information"}
    desk.requests.add_event(number, data)
    (row,) = desk.deadlines.today().needs_you
    assert row.request == number and "9 Jan" in f"{row.sentence} {row.detail}"


def test_a_reminder_comes_two_weeks_before_and_stays(desk: Desk, ask: Ask, today: Today) -> None:
    number = ask()
    sent(desk, number, START)
    data = {"kind": "reminder", "date": "2026-01-05", "due": "2026-01-30", "what": "Call Ms. Roe"}
    desk.requests.add_event(number, data)
    assert desk.deadlines.today().needs_you == ()
    today.pass_days(11)
    (row,) = desk.deadlines.today().needs_you
    assert row.due is not None and row.due.isoformat() == "2026-01-30" and "30 Jan" in row.sentence


def test_the_strip_is_the_next_six_weeks_by_day(desk: Desk, ask: Ask, today: Today) -> None:
    numbers = [ask("One"), ask("Two")]
    for number in numbers:
        sent(desk, number, START)
    clock = desk.requests.answer(numbers[0]).ruling
    assert clock is not None and clock.due is not None
    strip = dict(desk.deadlines.today().strip)
    assert {row.request for row in strip[clock.due]} >= set(numbers)
    assert all(START <= day <= START + timedelta(days=42) for day in strip)
    assert list(strip) == sorted(strip)
    today.day = clock.due + timedelta(days=1)
    assert clock.due not in dict(desk.deadlines.today().strip)


def test_of_too_many_dates_it_says_how_far_it_looked_and_keeps_the_person_s_own(
    desk: Desk, ask: Ask, today: Today, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        sent(desk, ask(f"Request {number}"), START)
    mine = ask("Mine")
    sent(desk, mine, START)
    ruling = desk.requests.answer(mine).ruling
    assert ruling is not None and ruling.due is not None
    late = ruling.due + timedelta(days=10)  # less than two weeks: it is shown
    what = {"kind": "reminder", "date": START.isoformat(), "due": late.isoformat(), "what": "Call Ms. Roe"}
    desk.requests.add_event(mine, what)
    today.day = ruling.due
    whole = desk.deadlines.today()
    assert whole.strip_until is None and late in dict(whole.strip)
    assert mine in {row.request for row in whole.needs_you}
    monkeypatch.setattr("foiadesk.desk.today._STRIP_AT_MOST", 3)
    monkeypatch.setattr("foiadesk.desk.today.AT_MOST", 1)  # so that the request itself is not looked at
    some = desk.deadlines.today()
    assert some.strip_until == ruling.due and [day for day, _rows in some.strip] == [ruling.due]
    assert mine in {row.request for row in some.needs_you}


def test_closed_requests_are_quiet_and_the_in_tray_is_counted(desk: Desk, ask: Ask, today: Today) -> None:
    number = ask()
    sent(desk, number, START)
    desk.requests.add_event(number, {"kind": "closed", "date": "2026-01-05", "by": "requester"})
    desk.filing.file(IncomingFile("scan.txt", b"?"), None)
    today.pass_days(90)
    page = desk.deadlines.today()
    assert page.agencies_owe == () and page.needs_you == () and page.in_tray == 1
