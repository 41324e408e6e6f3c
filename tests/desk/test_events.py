"""The event log: only grows, corrections supersede, the way to court is watched, the order of entry is kept."""

import pytest

from foiadesk.desk import Desk, IncomingFile, wording
from foiadesk.records.errors import BadInput, Conflict, NotFound

from .conftest import START, Ask, Today, sent

ACK = {"kind": "acknowledged", "date": "2026-01-06", "tracking_number": "2026-ICFO-00123"}


def test_an_event_says_itself_in_words(desk: Desk, ask: Ask, today: Today) -> None:
    number = ask()
    today.pass_days(5)
    change = desk.requests.add_event(number, ACK)
    assert change.sentence == "Acknowledged (2026-ICFO-00123), 6 Jan, on Face recognition · ICE"
    assert change.touches("request", number) and change.touches("event", change.primary)
    (event,) = desk.requests.events(number)
    assert event.id and event.entered_at and event.get("tracking_number") == "2026-ICFO-00123"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"kind": "noted", "date": "2026-01-05"}, "noted"),
        ({"kind": "note", "date": "2026-01-06"}, "after today"),
        ({"kind": "note", "date": "2026-02-30"}, "2026-02-30"),
        ({"kind": "note", "date": "2026-01-05", "colour": "red"}, "colour"),
        ({"kind": "request_sent", "date": "2026-01-05"}, "channel"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(desk: Desk, ask: Ask, data: dict[str, str], said: str) -> None:
    number = ask()
    with pytest.raises(BadInput, match=said):
        desk.requests.add_event(number, data)
    assert desk.requests.log(number) == ()


def test_an_id_is_used_once(desk: Desk, ask: Ask) -> None:
    first, second = ask(), ask()
    desk.requests.add_event(first, {"id": "mine", "kind": "note", "date": "2026-01-05"})
    with pytest.raises(BadInput, match="mine"):
        desk.requests.add_event(second, {"id": "mine", "kind": "note", "date": "2026-01-05"})


def test_rows_of_events_never_change_or_vanish(desk: Desk, ask: Ask) -> None:
    number = ask()
    desk.requests.add_event(number, {"kind": "note", "date": "2026-01-05"})
    desk.history.undo()
    for sql in (
        "UPDATE events SET date = '2026-01-01'",
        "DELETE FROM events",
        "UPDATE event_status SET active = 1",
        "DELETE FROM event_status",
        "INSERT OR REPLACE INTO events SELECT seq, id, request, kind, '2020-01-01', data, entered_at FROM events",
    ):
        with pytest.raises(Exception, match=r"never (change|deleted)"):
            desk.store.write(lambda db, sql=sql: db.execute(sql))  # type: ignore[misc]
    assert len(desk.requests.log(number)) == 1


def test_a_correction_replaces_and_both_stay_in_the_log(desk: Desk, ask: Ask, today: Today) -> None:
    number = ask()
    today.pass_days(5)
    desk.requests.add_event(number, ACK)
    (old,) = desk.requests.events(number)
    change = desk.requests.correct_event(old.id, {**ACK, "tracking_number": "2026-ICFO-00124"})
    assert change.sentence.startswith("Corrected: Acknowledged (2026-ICFO-00124)")
    (new,) = desk.requests.events(number)
    assert new.supersedes == old.id and new.id != old.id
    assert [(event.id, active) for event, active in desk.requests.log(number)] == [(old.id, False), (new.id, True)]
    assert desk.requests.rows([number])[0].tracking == ("2026-ICFO-00124",)
    with pytest.raises(Conflict, match=old.id):
        desk.requests.correct_event(old.id, ACK)
    desk.history.undo()
    assert desk.requests.events(number) == (old,)
    assert desk.requests.rows([number])[0].tracking == ("2026-ICFO-00123",)
    desk.history.redo()
    assert desk.requests.events(number) == (new,)


def test_an_entry_in_error_is_retracted_and_the_law_no_longer_counts_it(desk: Desk, ask: Ask) -> None:
    number = ask()
    sent(desk, number, START)
    counted = desk.requests.answer(number).as_json()
    desk.requests.add_event(number, {"kind": "determination", "date": "2026-01-05", "outcome": "full_denial"})
    wrong = desk.requests.events(number)[-1]
    change = desk.requests.retract_event(wrong.id, "wrong request")
    assert change.sentence == "Retracted: Determination: denied in full, 5 Jan, on Face recognition · ICE"
    assert wrong.id not in {event.id for event in desk.requests.events(number)}
    assert desk.requests.answer(number).as_json() == counted
    entry, active = desk.requests.log(number)[-1]
    assert (entry.kind, entry.supersedes, entry.note, active) == ("retracted", wrong.id, "wrong request", True)
    with pytest.raises(Conflict):
        desk.requests.retract_event(wrong.id)
    with pytest.raises(BadInput, match="retraction"):
        desk.requests.retract_event(entry.id)
    desk.history.undo()
    assert desk.requests.events(number)[-1] == wrong


def test_data_that_names_what_it_supersedes_corrects_it(desk: Desk, ask: Ask) -> None:
    number = ask()
    desk.requests.add_event(number, {"id": "a", "kind": "note", "date": "2026-01-05", "note": "one"})
    desk.requests.add_event(number, {"supersedes": "a", "kind": "note", "date": "2026-01-05", "note": "two"})
    assert [event.note for event in desk.requests.events(number)] == ["two"]
    after = desk.requests.events(number)[0].id
    desk.requests.add_event(number, {"supersedes": after, "kind": "retracted", "date": "2026-01-05"})
    assert desk.requests.events(number) == ()
    with pytest.raises(NotFound, match="zzz"):
        desk.requests.add_event(number, {"supersedes": "zzz", "kind": "note", "date": "2026-01-05"})


def test_undone_events_stay_in_the_log_out_of_force(desk: Desk, ask: Ask) -> None:
    number = ask()
    desk.requests.add_event(number, {"kind": "note", "date": "2026-01-05"})
    desk.history.undo()
    assert desk.requests.events(number) == () and [active for _, active in desk.requests.log(number)] == [False]
    desk.history.redo()
    assert len(desk.requests.events(number)) == 1 and [active for _, active in desk.requests.log(number)] == [True]


def test_closing_the_way_to_court_is_said_aloud(desk: Desk, ask: Ask, today: Today) -> None:
    number = ask()
    sent(desk, number, START)
    today.pass_days(60)
    assert desk.requests.answer(number).exhaustion.state == "open"
    data = {"kind": "determination", "date": today.day.isoformat(), "outcome": "full_denial"}
    change = desk.requests.add_event(number, data)
    (alert,) = change.alerts
    until = desk.requests.answer(number).exhaustion.until
    assert until is not None and f"appealed by {wording.day(until)}" in alert and "way to court" in alert
    assert desk.requests.add_event(number, {"kind": "note", "date": "2026-01-05"}).alerts == ()


def test_dates_in_an_impossible_order_are_stored_and_what_cannot_be_is_said_once(
    desk: Desk, ask: Ask, today: Today
) -> None:
    number = ask()
    sent(desk, number, START)
    today.pass_days(20)
    early = desk.requests.add_event(number, {"kind": "acknowledged", "date": "2025-12-01"})
    (warning,) = early.warnings
    assert warning == "acknowledged of 1 Dec 2025 is dated before the request, 5 Jan 2026."
    assert early.alerts == () and desk.requests.events(number)[0].kind == "acknowledged"
    assert desk.requests.add_event(number, {"kind": "note", "date": "2026-01-06"}).warnings == ()
    answered = desk.requests.add_event(number, {"kind": "appeal_decided", "date": "2026-01-20", "outcome": "affirmed"})
    assert answered.warnings == ("appeal_decided of 20 Jan 2026: no open appeal was entered before it.",)
    right = desk.requests.correct_event(
        next(event.id for event in desk.requests.events(number) if event.kind == "acknowledged"),
        {"kind": "acknowledged", "date": "2026-01-07"},
    )
    assert right.warnings == ()
    assert desk.requests.answer(number).warnings == answered.warnings


def test_several_events_at_once_warn_only_of_what_holds_after_the_last(desk: Desk, ask: Ask, today: Today) -> None:
    number = ask()
    today.pass_days(20)
    orders = [
        {"kind": "acknowledged", "date": "2026-01-08"},  # alone, the count would have no start
        {"kind": "request_received", "date": "2026-01-07", "office": "proper"},
        {"kind": "appeal_decided", "date": "2026-01-09", "outcome": "affirmed"},
    ]
    change = desk.filing.file(IncomingFile("letter.txt", b"All of it."), number, event=orders[0], also=orders[1:])
    assert change.warnings == ("appeal_decided of 9 Jan 2026: no open appeal was entered before it.",)


def test_the_answer_is_what_the_law_says_of_the_events(desk: Desk, ask: Ask, today: Today) -> None:
    from foiadesk.law import answer, load_pack

    number = ask()
    sent(desk, number, START)
    today.pass_days(10)
    desk.requests.add_event(number, {"kind": "extension_notice", "date": today.day.isoformat(), "working_days": 10})
    direct = answer(desk.requests.events(number), law=load_pack("us-foia"), agency="DHS/ICE", today=today.day)
    assert desk.requests.answer(number).as_json() == direct.as_json()


def test_the_timeline_joins_events_letters_and_due_dates(desk: Desk, ask: Ask, today: Today) -> None:
    number = ask()
    sent(desk, number, START)
    today.pass_days(60)
    entries = desk.requests.timeline(number)
    assert [entry.kind for entry in entries][:2] == ["event", "event"]
    assert [entry.title for entry in entries][:2] == [
        "Request sent through the portal",
        "Request received by the agency",
    ]
    due = [entry for entry in entries if entry.title == "Decision was due"]
    clock = desk.requests.answer(number).ruling
    assert clock is not None and [entry.date for entry in due] == [clock.due]
    assert due[0].detail == f"{clock.days_late} days late"
    days = [entry.date for entry in entries if entry.date]
    assert days == sorted(days)
