"""What rests on a rule whose text was not compared with a source says so in every list; verified rules say nothing."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from icalendar import Calendar

from foiadesk.desk import Desk

from .conftest import START, Ask, Maker, Today, sent

ACT = "Freedom of Information Act"
FBI_RULE = "28 CFR 16.8"  # Justice's time to appeal: 90 days, by a rule whose text was not at hand
Denied = Callable[[str], int]


@pytest.fixture
def denied(desk: Desk, ask: Ask, today: Today) -> Denied:
    """Make a request of an office that denied it on 2 February 2026."""

    def make(office: str) -> int:
        number = ask(f"Watch lists of {office}", office, campaign_title="Watch lists")
        sent(desk, number, START)
        today.day = date(2026, 2, 3)
        desk.requests.add_event(number, {"kind": "determination", "date": "2026-02-02", "outcome": "full_denial"})
        return number

    return make


def test_lists_name_the_unverified_rule_behind_a_date(desk: Desk, denied: Denied) -> None:
    justice, homeland = denied("DOJ/FBI"), denied("DHS/ICE")
    by_request = {row.request: row for row in desk.deadlines.due() if row.clock == "appeal_window"}
    assert ACT in by_request[justice].unverified and FBI_RULE in by_request[justice].unverified
    assert by_request[homeland].unverified == ""
    doubt, sure = desk.requests.rows([justice, homeland])
    assert (doubt.standing.unverified, sure.standing.unverified) == (by_request[justice].unverified, "")
    needs = {row.request: row.unverified for row in desk.deadlines.today().needs_you}
    assert needs == {justice: by_request[justice].unverified, homeland: ""}
    board = {row.request: row.unverified for row in desk.deadlines.exhaustion()}
    assert ACT in board[justice] and board[homeland] == ""
    offices = {row.request: row.unverified for row in desk.campaigns.board(1).offices}
    assert offices == {justice: by_request[justice].unverified, homeland: ""}
    ripe = {one.request: one.unverified for one in desk.deadlines.ripe_together([justice, homeland]).each}
    assert ACT in ripe[justice] and ripe[homeland] == ""
    details = [desk.requests.timeline(request)[-1].detail for request in (justice, homeland)]
    assert [detail.endswith("· unverified rule") for detail in details] == [True, False]
    # Counted for another day the same is said.
    later = {row.request: row.unverified for row in desk.deadlines.exhaustion(date(2026, 2, 20))}
    assert later == board
    assert desk.safety.check() == [] and desk.safety.wrong_answers() == []


def test_a_stored_doubt_that_is_not_what_the_law_says_is_found_and_put_right(desk: Desk, denied: Denied) -> None:
    justice = denied("DOJ/FBI")
    stored = desk.deadlines.due()
    desk.store.write(lambda db: db.execute("UPDATE standing_clocks SET unverified = ''"))
    desk.store.write(lambda db: db.execute("UPDATE standing SET exhaustion_unverified = ''"))
    assert desk.safety.wrong_answers() == [(justice, ["exhaustion_unverified", "its clocks"])]
    desk.deadlines.rebuild()
    assert desk.safety.wrong_answers() == [] and desk.deadlines.due() == stored


def test_an_answer_that_could_not_be_stored_says_it_too(desk: Desk, denied: Denied, maker: Maker, today: Today) -> None:
    justice = denied("DOJ/FBI")
    desk.close()
    today.day = date(2026, 6, 1)  # the time to appeal ran out meanwhile
    reader = maker.open(write=False)
    (row,) = [row for row in reader.deadlines.exhaustion() if row.request == justice]
    assert row.why.endswith("only a new request opens the way again.") and ACT in row.unverified
    missed = [row for row in reader.deadlines.due() if row.clock == "appeal_window"]
    assert [FBI_RULE in row.unverified for row in missed] == [True]


def test_a_missed_date_of_a_verified_rule_says_nothing_and_its_limitation_does(
    desk: Desk, ask: Ask, today: Today
) -> None:
    number = ask()
    sent(desk, number, START)
    today.day = date(2026, 2, 5)
    (row,) = desk.deadlines.exhaustion()
    assert (row.state, row.unverified) == ("open", "")
    (owed,) = desk.deadlines.today().agencies_owe
    assert (owed.days_late, owed.unverified) == (2, "")
    due = {row.clock: row.unverified for row in desk.deadlines.due()}
    assert due["determination"] == "" and "28 U.S.C. 2401(a)" in due["limitation"]
    assert desk.requests.rows([number])[0].standing.unverified == ""


def test_a_calendar_file_with_titles_says_which_dates_are_unverified(desk: Desk, denied: Denied) -> None:
    denied("DOJ/FBI")
    denied("DHS/ICE")
    told = {
        str(entry["summary"]): str(entry.get("description", ""))
        for entry in Calendar.from_ical(desk.deadlines.calendar_file(titles=True)).walk("VEVENT")
    }
    doubts = {title: "was not compared with a source" in said for title, said in told.items()}
    assert doubts == {
        "Last day to appeal: Watch lists of DOJ/FBI · FBI": True,
        "Last day to appeal: Watch lists of DHS/ICE · ICE": False,
    }
    assert any(FBI_RULE in said for said in told.values())
    plain = Calendar.from_ical(desk.deadlines.calendar_file()).walk("VEVENT")
    assert all("description" not in entry for entry in plain)


def test_the_way_to_court_by_silence_on_a_justice_appeal_rests_on_the_act_alone(
    desk: Desk, denied: Denied, today: Today
) -> None:
    """The appeal's own twenty days stand in the Act; only the time to appeal stands in the rule of Justice."""
    justice = denied("DOJ/FBI")
    today.day = date(2026, 2, 10)
    desk.requests.add_event(justice, {"kind": "appeal_sent", "date": "2026-02-09", "channel": "portal"})
    desk.requests.add_event(justice, {"kind": "appeal_received", "date": "2026-02-09"})
    today.day += timedelta(days=60)
    (row,) = desk.deadlines.exhaustion()
    assert (row.state, row.unverified) == ("exhausted", "")
