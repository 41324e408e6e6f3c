"""Pauses, extensions, agreed time frames: what moves the count, what does not, and how each is listed."""

import pytest

from foiadesk.law import ClockState
from foiadesk.records import Stage, Turn
from tests.law.asking import ask, clock, counted, d, denied, e, received


def asked(day, about="information", **fields):
    return e("clarification_asked", day, about=about, **fields)


def answered(day, about="information"):
    return e("clarification_answered", day, about=about)


def test_days_after_the_question_up_to_the_answer_are_left_out() -> None:
    own = clock(ask(received(), asked("2026-01-08"), answered("2026-01-14"), today="2026-01-20"))
    # Jan 9, 12, 13 and 14 are left out: four working days.
    assert own.due == d("2026-02-09") == counted(d("2026-02-03"), 4)
    paused = [skip.date for skip in own.skipped if skip.reason == "paused"]
    assert paused == [d("2026-01-09"), d("2026-01-12"), d("2026-01-13"), d("2026-01-14")]
    assert [skip.reason for skip in own.skipped if skip.date == d("2026-01-10")] == ["weekend"]
    assert [pause.as_json() for pause in own.paused] == [
        {"from": "2026-01-08", "to": "2026-01-14", "reason": "information", "counted": True}
    ]


def test_an_open_toll_pauses_and_projects_an_answer_today() -> None:
    found = ask(received(), asked("2026-01-08"), today="2026-01-14")
    own = clock(found)
    assert (own.state, own.due, own.days_late) == (ClockState.PAUSED, None, 0)
    assert own.projected_due == d("2026-02-09")
    assert own.paused[0].to is None
    assert (found.stage, found.turn) == (Stage.PAUSED, Turn.REQUESTER)
    assert (found.exhaustion.state, found.exhaustion.since) == ("not_yet", None)
    assert {"answer_clarification"} <= {step.kind for step in found.next_steps}


def test_one_toll_for_information_counts_and_the_second_is_listed() -> None:
    entries = [received(), asked("2026-01-07"), answered("2026-01-08"), asked("2026-01-12"), answered("2026-01-16")]
    found = ask(*entries, today="2026-06-01")
    own = clock(found)
    assert own.due == counted(d("2026-02-03"), 1)
    assert [pause.counted for pause in own.paused] == [True, False]
    # The agency may count both: four more working days.
    assert own.latest_arguable == counted(own.due, 4)
    assert found.exhaustion.since == d("2026-02-05")
    assert (found.exhaustion.undisputed_since - own.latest_arguable).days == 1


def test_a_second_open_toll_for_information_does_not_pause() -> None:
    found = ask(received(), asked("2026-01-07"), answered("2026-01-08"), asked("2026-01-12"), today="2026-03-02")
    own = clock(found)
    assert own.state is ClockState.MISSED
    assert found.stage is Stage.OVERDUE
    assert found.exhaustion.undisputed_since is None


def test_every_toll_about_fees_counts_and_overlapping_ones_count_once() -> None:
    own = clock(
        ask(
            received(),
            e("fee_estimate", "2026-01-07", amount=300, stops_work=True),
            asked("2026-01-08", "fees"),
            e("fee_answered", "2026-01-12"),
            answered("2026-01-14", "fees"),
            today="2026-01-20",
        )
    )
    left_out = [skip.date.day for skip in own.skipped if skip.reason == "paused"]
    assert left_out == [8, 9, 12, 13, 14]
    assert own.due == counted(d("2026-02-03"), 5)
    assert [(pause.reason, pause.counted) for pause in own.paused] == [("fees", True), ("fees", True)]


def test_two_separate_fee_tolls_both_count() -> None:
    entries = [received(), asked("2026-01-06", "fees"), answered("2026-01-07", "fees")]
    entries += [asked("2026-01-12", "fees"), answered("2026-01-13", "fees")]
    assert clock(ask(*entries, today="2026-01-20")).due == counted(d("2026-02-03"), 2)


def test_an_estimate_that_stops_no_work_is_no_toll() -> None:
    own = clock(ask(received(), e("fee_estimate", "2026-01-07", amount="25.00"), today="2026-01-20"))
    assert (own.state, own.paused, own.due) == (ClockState.RUNNING, (), d("2026-02-03"))


def test_a_toll_asked_after_the_due_date_has_no_effect() -> None:
    own = clock(ask(received(), asked("2026-02-04"), today="2026-02-20"))
    assert (own.state, own.due) == (ClockState.MISSED, d("2026-02-03"))
    assert [pause.counted for pause in own.paused] == [False]


def test_a_toll_asked_on_the_last_day_leaves_no_day_to_pause() -> None:
    found = ask(received(), asked("2026-02-03"), answered("2026-02-10"), today="2026-02-20")
    own = clock(found)
    assert (own.state, own.due) == (ClockState.MISSED, d("2026-02-03"))
    assert own.latest_arguable == d("2026-02-10")
    assert found.exhaustion.undisputed_since == d("2026-02-11")


def test_asked_and_answered_on_one_day_leaves_nothing_out_but_spends_the_toll() -> None:
    entries = [received(), asked("2026-01-07"), answered("2026-01-07"), asked("2026-01-12"), answered("2026-01-16")]
    own = clock(ask(*entries, today="2026-01-20"))
    assert own.due == d("2026-02-03")
    assert [pause.counted for pause in own.paused] == [True, False]


def test_an_answer_to_nothing_is_warned_about() -> None:
    found = ask(received(), answered("2026-01-07"), today="2026-01-20")
    assert any("answers no question" in warning for warning in found.warnings)


def test_a_timely_notice_adds_working_days() -> None:
    for day in ("2026-01-20", "2026-02-03"):
        own = clock(ask(received(), e("extension_notice", day), today="2026-02-10"))
        assert (own.due, own.extended_by) == (counted(d("2026-02-03"), 10), 10)


def test_a_notice_adds_only_the_days_it_names() -> None:
    own = clock(ask(received(), e("extension_notice", "2026-01-20", working_days=4), today="2026-02-10"))
    assert (own.due, own.extended_by) == (counted(d("2026-02-03"), 4), 4)


def test_a_late_notice_is_listed_without_effect() -> None:
    own = clock(ask(received(), e("extension_notice", "2026-02-04"), today="2026-02-10"))
    assert (own.due, own.extended_by, own.state) == (d("2026-02-03"), 0, ClockState.MISSED)
    assert any("without effect" in note for note in own.notes)


def test_of_a_longer_notice_ten_days_count_and_the_rest_is_an_offer() -> None:
    own = clock(ask(received(), e("extension_notice", "2026-01-20", working_days=30), today="2026-02-10"))
    assert own.extended_by == 10
    assert any("alternative time frame" in note for note in own.notes)


def test_ten_days_in_all_over_two_notices() -> None:
    own = clock(
        ask(
            received(),
            e("extension_notice", "2026-01-20", working_days=6),
            e("extension_notice", "2026-01-30", working_days=10),
            today="2026-02-10",
        )
    )
    assert own.extended_by == 10
    assert own.due == counted(d("2026-02-03"), 10)


def test_the_ten_days_are_shared_with_the_appeal_and_spent_whether_used_or_not() -> None:
    entries = [received(), e("extension_notice", "2026-01-20"), denied("2026-02-02")]  # none of the ten was used
    entries += [e("appeal_sent", "2026-02-10", channel="portal"), e("extension_notice", "2026-02-17")]
    found = ask(*entries, today="2026-05-01")
    appeal = clock(found, "appeal_determination")
    assert (appeal.due, appeal.extended_by) == (counted(d("2026-02-10"), 20), 0)
    # By the agency's reading each limit may be extended by ten.
    assert appeal.latest_arguable == counted(d("2026-02-10"), 30)
    assert (found.exhaustion.state, found.exhaustion.since) == ("exhausted", d("2026-03-12"))
    assert (found.exhaustion.undisputed_since - appeal.latest_arguable).days == 1


def test_what_the_request_left_unspent_the_appeal_may_use() -> None:
    entries = [received(), e("extension_notice", "2026-01-20", working_days=4), denied("2026-02-02")]
    entries += [e("appeal_sent", "2026-02-10", channel="portal"), e("extension_notice", "2026-02-17")]
    assert clock(ask(*entries, today="2026-03-01"), "appeal_determination").extended_by == 6


def test_a_late_notice_spends_nothing() -> None:
    entries = [received(), e("extension_notice", "2026-02-10"), denied("2026-02-20")]
    entries += [e("appeal_sent", "2026-03-02", channel="portal"), e("extension_notice", "2026-03-09")]
    found = ask(*entries, today="2026-03-10")
    assert clock(found, "appeal_determination").extended_by == 10
    assert clock(found).extended_by == 0


def test_applies_to_goes_before_the_clock_that_runs() -> None:
    entries = [received(), denied("2026-01-20"), e("appeal_sent", "2026-01-26", channel="portal")]
    found = ask(*entries, e("extension_notice", "2026-01-28", applies_to="request"), today="2026-02-01")
    assert clock(found, "appeal_determination").extended_by == 0
    assert clock(found).extended_by == 0  # it was answered before the notice
    found = ask(*entries, e("extension_notice", "2026-01-28", applies_to="appeal"), today="2026-02-01")
    assert clock(found, "appeal_determination").extended_by == 10


def test_a_notice_with_nothing_to_extend_is_warned_about() -> None:
    found = ask(
        e("request_sent", "2026-01-05", channel="mail"), e("extension_notice", "2026-01-20"), today="2026-02-01"
    )
    assert any("no count had started" in warning for warning in found.warnings)


def test_a_notice_while_paused_is_timely() -> None:
    entries = [received(), asked("2026-01-08"), e("extension_notice", "2026-02-20"), answered("2026-02-23")]
    own = clock(ask(*entries, today="2026-02-24"))
    left_out = 30  # working days after Jan 8 up to Feb 23, without Jan 19 and Feb 16
    assert own.extended_by == 10
    assert own.due == counted(d("2026-01-05"), 30 + left_out)


@pytest.mark.parametrize("state", ["running", "missed"])
def test_an_agreed_time_frame_moves_only_the_latest_arguable_date(state: str) -> None:
    today = "2026-01-30" if state == "running" else "2026-05-01"
    found = ask(received(), e("time_frame_agreed", "2026-01-20", until="2026-04-01"), today=today)
    own = clock(found)
    assert (own.due, own.latest_arguable, own.state) == (d("2026-02-03"), d("2026-04-01"), state)
    if state == "missed":
        assert found.exhaustion.since == d("2026-02-04")
        assert found.exhaustion.undisputed_since == d("2026-04-02")


def test_days_closed_by_executive_order_count_but_the_agency_may_say_otherwise() -> None:
    found = ask(received("2025-12-15"), today="2026-02-01")
    own = clock(found)
    assert own.due == counted(d("2025-12-15"), 20)
    assert own.latest_arguable == counted(own.due, 2)  # December 24 and 26
    assert any("E.O. 14371" in note for note in own.notes)


def test_met_late_stays_missed_with_days_frozen() -> None:
    own = clock(ask(received(), denied("2026-02-10"), today="2026-06-01"))
    assert (own.state, own.met_on, own.days_late, own.working_days_late) == (ClockState.MISSED, d("2026-02-10"), 7, 5)


def test_met_on_the_last_day_is_met() -> None:
    own = clock(ask(received(), denied("2026-02-03"), today="2026-06-01"))
    assert (own.state, own.met_on, own.days_late) == (ClockState.MET, d("2026-02-03"), 0)


def test_late_from_the_day_after_the_due_date() -> None:
    assert clock(ask(received(), today="2026-02-03")).state is ClockState.RUNNING
    late = clock(ask(received(), today="2026-02-04"))
    assert (late.state, late.days_late, late.working_days_late) == (ClockState.MISSED, 1, 1)


def test_a_determination_while_paused_meets_the_clock() -> None:
    found = ask(received(), asked("2026-01-08"), denied("2026-01-30"), today="2026-06-01")
    own = clock(found)
    assert (own.state, own.met_on) == (ClockState.MET, d("2026-01-30"))
    assert own.due is not None
    assert own.paused[0].to == d("2026-01-30")
