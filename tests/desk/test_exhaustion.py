"""The answer to “may I sue?” for every request, what it rests on, and what-if answers that leave the log alone."""

from datetime import date, timedelta
from random import Random

import pytest

from foiadesk.desk import Desk
from foiadesk.records.errors import BadInput, NotFound
from foiadesk.store.rows_standing import everything

from .conftest import PASSPHRASE, START, Ask, Maker, Today, sent

DUE = date(2026, 2, 3)  # twenty working days after 5 Jan 2026: Martin Luther King's birthday is left out


def test_the_board_says_since_when_and_why_and_what_it_rests_on(desk: Desk, ask: Ask, today: Today) -> None:
    late, fresh = ask(campaign_title="Faces"), ask("Other", "DHS/CBP")
    sent(desk, late, START)
    today.day = DUE + timedelta(days=1)
    one, other = desk.deadlines.exhaustion()
    assert (one.request, one.title, one.office_short, one.campaign_title) == (late, "Face recognition", "ICE", "Faces")
    assert (one.state, one.since, one.until, one.undisputed_since) == (
        "open",
        DUE + timedelta(1),
        None,
        DUE + timedelta(1),
    )
    assert one.may_sue and "552(a)(6)(C)(i)" in one.why and one.clock_id == "determination"
    assert [entry.sentence for entry in one.evidence] == [
        "Request sent through the portal", "Request received by the agency",
    ]  # fmt: skip
    assert desk.deadlines.evidence(late) == one.evidence and desk.deadlines.evidence(fresh) == ()
    assert all(row.evidence == () for row in desk.deadlines.exhaustion(evidence=False))
    assert [event.id for event in desk.requests.events(late)] == [entry.event for entry in one.evidence]
    assert (other.request, other.state, other.evidence, other.may_sue) == (fresh, "not_yet", (), False)


def test_the_board_equals_the_answer_of_each_request(desk: Desk, ask: Ask, today: Today) -> None:
    numbers = [ask(f"Request {place}") for place in range(3)]
    for number in numbers:
        sent(desk, number, START)
    today.day = date(2026, 3, 2)
    desk.requests.add_event(numbers[1], {"kind": "determination", "date": "2026-02-20", "outcome": "full_denial"})
    desk.requests.add_event(numbers[2], {"kind": "expedition_requested", "date": "2026-01-05", "certified": True})
    for day in (None, date(2026, 1, 20), date(2027, 1, 4)):
        for row in desk.deadlines.exhaustion(day):
            found = desk.requests.answer(row.request, day).exhaustion
            assert (row.state, row.since, row.until, row.why, row.assumed, row.undisputed_since) == (
                found.state, found.since, found.until, found.why, found.assumed, found.undisputed_since,
            )  # fmt: skip
            assert (row.expedition_state, row.expedition_since) == (found.expedition.state, found.expedition.since)


def test_the_board_leaves_out_the_trash_and_shows_corrections(desk: Desk, ask: Ask, today: Today) -> None:
    number, gone = ask(), ask("Gone")
    sent(desk, number, START)
    desk.requests.trash(gone)
    (row,) = desk.deadlines.exhaustion()
    received = row.evidence[1]
    desk.requests.correct_event(
        received.event, {"kind": "request_received", "date": "2026-01-05", "office": "proper", "assumed": True}
    )
    (row,) = desk.deadlines.exhaustion()
    assert [entry.assumed for entry in row.evidence] == [False, True]
    assert received.event not in [entry.event for entry in row.evidence]


def test_evidence_names_the_letters_that_show_it(desk: Desk, ask: Ask, today: Today) -> None:
    from foiadesk.desk import IncomingFile

    number = ask()
    answer = {"kind": "determination", "date": "2026-01-05", "outcome": "glomar"}
    letter = desk.filing.file(IncomingFile("no.txt", b"Denied."), number, event=answer).primary
    (row,) = desk.deadlines.exhaustion()
    assert [(entry.sentence, entry.correspondence) for entry in row.evidence] == [("Determination: Glomar", (letter,))]


def test_a_desk_open_for_reading_shows_the_board_of_today(desk: Desk, maker: Maker, ask: Ask, today: Today) -> None:
    number = ask()
    sent(desk, number, START)
    desk.requests.ids()
    desk.close()
    today.day = date(2026, 3, 2)
    reader = maker.open(write=False)
    (row,) = reader.deadlines.exhaustion()
    assert (row.state, row.clock_id) == ("open", "determination")
    assert reader.requests.answer(number).exhaustion.since == row.since


def test_what_if_answers_leave_the_desk_as_it_was(desk: Desk, ask: Ask, today: Today) -> None:
    number = ask()
    sent(desk, number, START)
    today.day = date(2026, 2, 10)
    desk.requests.ids()
    with desk.read() as db:
        before = everything(db)
    supposed = {"kind": "determination", "date": "2026-02-20", "outcome": "full_denial"}
    answer = desk.deadlines.plan({number: [supposed]}, date(2026, 2, 20))[number]
    assert answer.exhaustion.state == "closed_by_determination"
    assert desk.requests.answer(number).exhaustion.state == "open"
    with desk.read() as db:
        assert everything(db) == before
    assert len(desk.requests.log(number)) == 2
    early = desk.deadlines.plan({number: [supposed]}, date(2026, 2, 10))[number]
    assert early.exhaustion.state == "open" and any("2026" in warning for warning in early.warnings)


def test_what_if_refuses_what_the_log_would_refuse(desk: Desk, ask: Ask) -> None:
    number = ask()
    with pytest.raises(BadInput, match="determination: outcome is missing"):
        desk.deadlines.plan({number: [{"kind": "determination", "date": "2026-02-20"}]}, START)
    with pytest.raises(BadInput, match="supersedes"):
        desk.deadlines.plan({number: [{"kind": "note", "date": "2026-02-20", "supersedes": "e1"}]}, START)
    with pytest.raises(NotFound, match="request 99"):
        desk.deadlines.plan({99: []}, START)
    with pytest.raises(NotFound, match="request 99"):
        desk.deadlines.ripe_together([99])
    with pytest.raises(BadInput, match="at least one"):
        desk.deadlines.ripe_together([])
    with pytest.raises(BadInput, match="request 99 is not among"):
        desk.deadlines.ripe_together([number], events={99: []})


def test_the_earliest_day_all_are_ripe(desk: Desk, ask: Ask, today: Today) -> None:
    first, second = ask(), ask("Second", "DHS/CBP")
    sent(desk, first, START)
    today.pass_days(7)
    sent(desk, second, today.day)
    found = desk.deadlines.ripe_together([first, second])
    assert found.on == date(2026, 2, 11) == found.undisputed_on and found.missing == ()
    assert [one.on for one in found.each] == [DUE + timedelta(days=1), date(2026, 2, 11)]
    states = [desk.requests.answer(number, found.on).exhaustion.state for number in (first, second)]
    before = [desk.requests.answer(number, found.on - timedelta(days=1)).exhaustion.state for number in (first, second)]
    assert states == ["open", "open"] and before == ["open", "not_yet"]


def test_what_is_ripe_already_is_ripe_since_the_last_became_so(desk: Desk, ask: Ask, today: Today) -> None:
    first, second = ask(), ask("Second", "DHS/CBP")
    sent(desk, first, START)
    sent(desk, second, START)
    desk.requests.add_event(second, {"kind": "time_frame_agreed", "date": "2026-01-05", "until": "2026-02-20"})
    today.day = date(2026, 2, 10)
    found = desk.deadlines.ripe_together([first, second])
    assert (found.on, found.undisputed_on) == (DUE + timedelta(days=1), date(2026, 2, 21))
    today.day = date(2026, 4, 1)
    found = desk.deadlines.ripe_together([first, second])
    assert (found.on, found.undisputed_on) == (DUE + timedelta(days=1), date(2026, 2, 21))


def test_an_answer_on_a_day_closes_what_was_ripe(desk: Desk, ask: Ask, today: Today) -> None:
    first, second = ask(), ask("Second", "DHS/CBP")
    sent(desk, first, START)
    today.pass_days(7)
    sent(desk, second, today.day)
    answered = {first: [{"kind": "determination", "date": "2026-02-09", "outcome": "partial_grant"}]}
    found = desk.deadlines.ripe_together([first, second], events=answered)
    assert found.on is None and found.missing == ()
    one = found.each[0]
    assert (one.on, one.until) == (DUE + timedelta(days=1), date(2026, 2, 8))
    appealed = {
        first: [*answered[first], {"kind": "appeal_received", "date": "2026-02-10"}],
    }
    found = desk.deadlines.ripe_together([first, second], events=appealed)
    assert found.on is not None and found.on > date(2026, 3, 10)
    assert desk.deadlines.plan(appealed, found.on)[first].exhaustion.state == "exhausted"
    assert desk.deadlines.plan(appealed, found.on - timedelta(days=1))[first].exhaustion.state != "exhausted"


def test_what_cannot_ripen_by_itself_is_named(desk: Desk, ask: Ask, today: Today) -> None:
    running, paused, draft = ask(), ask("Paused"), ask("Draft")
    sent(desk, running, START)
    sent(desk, paused, START)
    desk.requests.add_event(paused, {"kind": "clarification_asked", "date": "2026-01-05", "about": "information"})
    found = desk.deadlines.ripe_together([running, paused, draft])
    assert found.on is None and found.missing == (paused, draft)
    assert "paused" in found.each[1].why
    answered = {paused: [{"kind": "clarification_answered", "date": "2026-01-12", "about": "information"}]}
    assert desk.deadlines.ripe_together([running, paused], events=answered).on == date(2026, 2, 11)


def test_a_late_answer_raises_an_alert(desk: Desk, ask: Ask, today: Today) -> None:
    number = ask()
    sent(desk, number, START)
    today.day = date(2026, 2, 20)
    change = desk.requests.add_event(
        number, {"kind": "determination", "date": "2026-02-18", "outcome": "partial_grant"}
    )
    assert len(change.alerts) == 1 and "closes the way to court" in change.alerts[0]
    assert PASSPHRASE not in change.alerts[0]


@pytest.mark.parametrize("seed", range(4))
def test_the_day_all_are_ripe_is_the_one_a_look_at_every_day_finds(
    desk: Desk, ask: Ask, today: Today, seed: int
) -> None:
    chance = Random(seed)
    today.day = date(2026, 1, 30)
    supposed: dict[int, list[dict[str, object]]] = {}
    for place in range(3):
        number = ask(f"Request {place}")
        sent(desk, number, START + timedelta(days=chance.randrange(20)))
        extension = {"kind": "extension_notice", "date": "2026-01-28"}
        if chance.random() < 0.5:
            desk.requests.add_event(number, extension)
        supposed[number] = []
        if chance.random() < 0.7:
            answer = {
                "kind": "determination",
                "date": f"2026-02-{chance.randrange(1, 28):02}",
                "outcome": "full_denial",
            }
            appeal = {"kind": "appeal_received", "date": f"2026-03-{chance.randrange(1, 28):02}"}
            supposed[number] += [answer, appeal] if chance.random() < 0.7 else [answer]
    found = desk.deadlines.ripe_together(list(supposed), events=supposed)
    days = [today.day + timedelta(days=away) for away in range(120)]
    ripe = [
        day
        for day in days
        if all(one.exhaustion.state in ("open", "exhausted") for one in desk.deadlines.plan(supposed, day).values())
    ]
    assert found.on == (ripe[0] if ripe else None)
