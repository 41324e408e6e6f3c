"""When the count starts: receipt, routing, assumed receipt, refused channels, perfection."""

import pytest

from foiadesk.law import ClockState, load_pack, worksheet
from foiadesk.records import Stage, Turn, event_from_json
from foiadesk.records.errors import BadInput
from tests.law.asking import ask, clock, counted, d, e, received


def sent(day="2026-01-05", channel="portal", **fields):
    return e("request_sent", day, channel=channel, **fields)


def test_nothing_entered_is_a_draft_whose_clock_has_not_started() -> None:
    found = ask(today="2026-01-05")
    own = clock(found)
    assert (found.stage, found.turn) == (Stage.DRAFT, Turn.REQUESTER)
    assert [one.kind for one in found.clocks] == ["determination"]
    assert (own.state, own.start, own.due, own.days_late) == (ClockState.NOT_STARTED, None, None, 0)
    assert own.projected_due == counted(d("2026-01-05"), 20)
    assert own.skipped == ()
    assert found.exhaustion.state == "not_yet"


@pytest.mark.parametrize("day", ["2026-01-09", "2026-01-10", "2026-01-11"])
def test_friday_saturday_and_sunday_receipts_are_due_the_same_day(day: str) -> None:
    assert clock(ask(received(day), today="2026-01-12")).due == d("2026-02-09")


def test_the_day_of_receipt_is_day_0() -> None:
    assert clock(ask(received("2026-01-05"), today="2026-01-06")).due == d("2026-02-03")


def test_receipt_needs_no_sending() -> None:
    found = ask(received("2026-01-05"), today="2026-01-06")
    assert found.stage is Stage.IN_PROCESS
    assert not clock(found).assumed


@pytest.mark.parametrize("channel", ["email", "portal", "fax", "hand"])
def test_what_is_sent_in_an_instant_is_assumed_received_that_day_working_or_not(channel: str) -> None:
    found = ask(sent("2026-01-10", channel), today="2026-01-12")  # a Saturday
    own = clock(found)
    assert (own.start, own.assumed, found.exhaustion.assumed) == (d("2026-01-10"), True, True)
    assert found.stage is Stage.IN_PROCESS


def test_mail_is_never_assumed_received() -> None:
    found = ask(sent(channel="mail"), e("acknowledged", "2026-01-20"), today="2026-06-01")
    assert clock(found).state is ClockState.NOT_STARTED
    assert found.stage is Stage.SENT
    assert found.exhaustion.state == "not_yet"


def test_an_entered_receipt_goes_before_an_assumed_one() -> None:
    own = clock(ask(sent("2026-01-05", "email"), received("2026-01-08"), today="2026-01-20"))
    assert (own.start, own.assumed) == (d("2026-01-08"), False)


def test_a_receipt_marked_assumed_says_so() -> None:
    assert clock(ask(received(assumed=True), today="2026-01-20")).assumed


def test_a_failed_delivery_withdraws_an_assumed_receipt() -> None:
    found = ask(sent("2026-01-05", "email"), e("delivery_failed", "2026-01-06"), today="2026-03-01")
    assert clock(found).state is ClockState.NOT_STARTED
    assert (found.stage, found.turn) == (Stage.SENT, Turn.REQUESTER)
    assert any("Delivery failed" in warning for warning in found.warnings)
    again = ask(sent("2026-01-05", "email"), e("delivery_failed", "2026-01-06"), sent("2026-01-07"), today="2026-01-08")
    assert clock(again).start == d("2026-01-07")


def test_a_failed_delivery_does_not_touch_an_entered_receipt() -> None:
    found = ask(sent("2026-01-05", "email"), received(), e("delivery_failed", "2026-01-06"), today="2026-01-08")
    assert clock(found).start == d("2026-01-05")


def test_proof_of_delivery_alone_starts_nothing_but_is_pointed_out() -> None:
    found = ask(sent(channel="mail"), e("delivery_proved", "2026-01-09"), today="2026-03-01")
    assert clock(found).state is ClockState.NOT_STARTED
    assert any("Delivery was proved" in warning for warning in found.warnings)


@pytest.mark.parametrize("channel", ["mail", "email", "fax"])
@pytest.mark.parametrize("agency", ["DHS", "DHS/ICE", "dhs/uscis"])
def test_dhs_refuses_these_channels_since_2026_01_22(channel: str, agency: str) -> None:
    found = ask(sent("2026-01-22", channel), today="2026-06-01", agency=agency)
    assert clock(found).state is ClockState.NOT_STARTED
    assert any("January 22, 2026" in warning for warning in found.warnings)
    assert found.turn is Turn.REQUESTER
    started = ask(sent("2026-01-22", channel), received("2026-01-26"), today="2026-06-01", agency=agency)
    assert clock(started).start == d("2026-01-26")


def test_dhs_before_that_day_by_portal_and_other_agencies_are_not_touched() -> None:
    assert clock(ask(sent("2026-01-21", "email"), today="2026-02-01", agency="DHS/ICE")).start == d("2026-01-21")
    assert clock(ask(sent("2026-01-22", "portal"), today="2026-02-01", agency="DHS/ICE")).start == d("2026-01-22")
    assert clock(ask(sent("2026-01-22", "email"), today="2026-02-01", agency="DOJ/FBI")).start == d("2026-01-22")


def test_an_undesignated_office_starts_nothing() -> None:
    found = ask(sent(), received("2026-01-05", "undesignated"), today="2026-06-01")
    assert clock(found).state is ClockState.NOT_STARTED
    assert found.exhaustion.state == "not_yet"
    assert any("not designated" in warning for warning in found.warnings)


def test_a_designated_office_starts_the_count_ten_working_days_later_at_the_latest() -> None:
    found = ask(received("2026-01-05", "designated"), today="2026-06-01")
    own = clock(found)
    assert own.start == counted(d("2026-01-05"), 10) == d("2026-01-20")
    assert own.due == counted(d("2026-01-20"), 20) == d("2026-02-18")
    assert own.earliest_arguable == counted(d("2026-01-15"), 20)
    assert own.earliest_arguable < own.due


def test_the_proper_office_before_the_cap_starts_the_count() -> None:
    own = clock(ask(received("2026-01-05", "designated"), received("2026-01-08"), today="2026-02-01"))
    assert (own.start, own.earliest_arguable) == (d("2026-01-08"), None)


def test_between_the_two_caps_the_calendar_reading_is_the_earliest_arguable() -> None:
    own = clock(ask(received("2026-01-05", "designated"), received("2026-01-16"), today="2026-02-01"))
    assert own.start == d("2026-01-16")
    assert own.earliest_arguable == counted(d("2026-01-15"), 20)


def test_the_proper_office_after_the_cap_no_longer_matters() -> None:
    own = clock(ask(received("2026-01-05", "designated"), received("2026-02-20"), today="2026-02-25"))
    assert own.start == d("2026-01-20")


def test_a_claim_that_something_is_missing_moves_nothing_and_is_shown() -> None:
    found = ask(received(), e("perfection_claimed", "2026-01-12", missing="identity"), today="2026-03-01")
    own = clock(found)
    assert (own.start, own.due, own.state) == (d("2026-01-05"), d("2026-02-03"), ClockState.MISSED)
    assert any("identity" in note for note in own.notes)
    assert (found.exhaustion.state, found.exhaustion.since) == ("open", d("2026-02-04"))
    assert found.exhaustion.undisputed_since is None


def test_perfection_without_a_dispute_is_the_start() -> None:
    found = ask(
        received(), e("perfection_claimed", "2026-01-12", missing="identity"), e("perfected", "2026-01-20"),
        today="2026-03-01",
    )  # fmt: skip
    own = clock(found)
    assert own.start == d("2026-01-20")
    assert own.due == counted(d("2026-01-20"), 20)
    assert found.exhaustion.undisputed_since == found.exhaustion.since


def test_a_dispute_keeps_the_receipt_and_the_later_date_is_the_agency_s() -> None:
    found = ask(
        received(), e("perfection_claimed", "2026-01-12"), e("perfection_disputed", "2026-01-13"),
        e("perfected", "2026-01-20"), today="2026-06-01",
    )  # fmt: skip
    own = clock(found)
    theirs = counted(d("2026-01-20"), 20)
    assert (own.start, own.due, own.latest_arguable) == (d("2026-01-05"), d("2026-02-03"), theirs)
    assert found.exhaustion.since == d("2026-02-04")
    assert (found.exhaustion.undisputed_since - theirs).days == 1


def test_interior_counts_the_day_of_receipt() -> None:
    ours = clock(ask(received("2026-01-05"), today="2026-02-03", agency="DOI/BLM"))
    assert (ours.due, ours.latest_arguable) == (d("2026-02-02"), d("2026-02-03"))
    weekend = clock(ask(received("2026-01-10"), today="2026-02-03", agency="DOI/BLM"))
    assert weekend.due == counted(d("2026-01-10"), 20)


@pytest.mark.parametrize(
    ("day", "time", "start"),
    [
        ("2026-01-05", "16:59", "2026-01-05"),
        ("2026-01-05", "17:00", "2026-01-06"),
        ("2026-01-09", "23:30", "2026-01-12"),  # a Friday
        ("2026-01-16", "17:20", "2026-01-20"),  # before a weekend and Martin Luther King's birthday
        ("2026-01-10", "09:00", "2026-01-10"),  # a Saturday, in time: nothing moves, day 1 is Monday
    ],
)
def test_what_reaches_epa_after_five_counts_from_the_next_working_day(day: str, time: str, start: str) -> None:
    """40 CFR 2.104(a)(2)."""
    found = ask(received(day, time=time), today="2026-01-21", agency="EPA")
    own = clock(found)
    assert (own.start, own.due) == (d(start), counted(d(start), 20))
    late = start != day
    assert own.earliest_arguable == (counted(d(day), 20) if late and counted(d(day), 20) < own.due else None)
    assert own.late_from == (d(day) if late else None)
    assert any("40 CFR 2.104(a)(2)" in note for note in own.notes) is late
    sheet = worksheet(own, law=load_pack("us-foia"), calendar=own.calendar, today=d("2026-01-21"))
    assert sheet.days[0].date == d(day) and sum(one.counted for one in sheet.days) == 20
    if late:
        before = [one for one in sheet.days if one.date < own.start]
        assert before[0].why == "it arrived, after the cut-off hour" and not any(one.counted for one in before)
        assert all(one.why == "weekend" or one.why.startswith("holiday: ") for one in before[1:])


def test_the_hour_moves_nothing_where_no_rule_names_one_and_is_asked_for_where_one_does() -> None:
    assert clock(ask(received("2026-01-05", time="23:59"), today="2026-01-06", agency="DHS/ICE")).start == d(
        "2026-01-05"
    )
    asked = clock(ask(received("2026-01-05"), today="2026-01-06", agency="EPA"))
    assert any("enter the time it arrived" in note for note in asked.notes)
    sent_late = clock(ask(sent("2026-01-05", time="18:00"), today="2026-01-06", agency="EPA"))
    assert (sent_late.start, sent_late.assumed) == (d("2026-01-06"), True)
    completed = ask(
        received("2026-01-05", time="18:00"), e("perfected", "2026-01-20"), today="2026-01-21", agency="EPA"
    )
    assert (clock(completed).start, clock(completed).late_from) == (d("2026-01-20"), None)


@pytest.mark.parametrize("time", ["24:00", "5 pm", "17:60", "17:5", "", 17, True])
def test_a_time_that_is_none_is_refused_by_name(time: object) -> None:
    with pytest.raises(BadInput, match=r"request_received\.time"):
        event_from_json(received("2026-01-05", time=time))


def test_receipt_before_sending_is_kept_and_warned_about() -> None:
    found = ask(sent("2026-01-12", "mail"), received("2026-01-05"), today="2026-01-20")
    assert clock(found).start == d("2026-01-05")
    assert any("before the request was sent" in warning for warning in found.warnings)


def test_reminders_calls_and_follow_ups_never_move_the_deadline() -> None:
    plain = clock(ask(received(), today="2026-01-30"))
    busy = clock(
        ask(
            received(),
            e("reminder", "2026-01-20", due="2026-05-01"),
            e("call", "2026-01-21"),
            e("unanswered_letter", "2026-01-22"),
            e("acknowledged", "2026-01-23"),
            e("narrowed", "2026-01-26"),
            e("still_interested_asked", "2026-01-26"),
            e("completion_date_given", "2026-01-27", expected="2027-01-01"),
            e("referred", "2026-01-27", to="FBI"),
            e("consulted", "2026-01-27"),
            e("ogis_opened", "2026-01-28"),
            e("routed", "2026-01-28"),
            e("interim_release", "2026-01-29", pages_full=3),
            today="2026-01-30",
        )
    )
    assert (busy.start, busy.due, busy.state) == (plain.start, plain.due, plain.state)
