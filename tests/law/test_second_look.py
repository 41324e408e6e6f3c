"""Histories a second reading of the law found: several answers, failed deliveries, moot appeals, suits too early."""

import pytest

from foiadesk.law.answers import ClockState, ExhaustionState
from foiadesk.records import Stage
from tests.law.asking import ask, clock, counted, d, denied, e, received


def sent(day: str, channel: str = "portal", **fields):
    return e("request_sent", day, channel=channel, **fields)


def appealed(day: str, channel: str = "portal", **fields):
    return e("appeal_sent", day, channel=channel, **fields)


def steps(found) -> list[tuple[str, object]]:
    return [(step.kind, step.by) for step in found.next_steps]


@pytest.mark.parametrize("ending", [denied("2026-01-20"), e("closed", "2026-01-20", by="requester")])
def test_a_question_asked_after_the_end_is_listed_as_open_and_not_counted(ending) -> None:
    """5 U.S.C. 552(a)(6)(A)(ii): a toll pauses a running count; afterwards there is none to pause."""
    own = clock(ask(received(), ending, e("clarification_asked", "2026-02-10", about="fees"), today="2026-02-20"))
    assert [(pause.since, pause.to, pause.counted) for pause in own.paused] == [(d("2026-02-10"), None, False)]


def test_what_is_sent_again_on_the_day_of_the_failure_is_the_next_try() -> None:
    entries = [sent("2026-01-05", "email"), e("delivery_failed", "2026-01-06")]
    found = ask(*entries, sent("2026-01-06"), today="2026-01-20")
    assert (clock(found).start, clock(found).assumed) == (d("2026-01-06"), True)
    bounced = ask(sent("2026-01-05", "email"), e("delivery_failed", "2026-01-05"), today="2026-01-20")
    assert clock(bounced).state is ClockState.NOT_STARTED


def test_a_failed_delivery_withdraws_a_receipt_entered_as_assumed() -> None:
    entries = [sent("2026-01-05", "email"), received("2026-01-05", assumed=True)]
    assert clock(ask(*entries, today="2026-01-20")).assumed
    found = ask(*entries, e("delivery_failed", "2026-01-07"), today="2026-01-20")
    assert (found.stage, clock(found).state) == (Stage.SENT, ClockState.NOT_STARTED)


def test_a_failed_delivery_withdraws_an_assumed_receipt_of_an_appeal() -> None:
    entries = [
        received(),
        denied("2026-02-02"),
        appealed("2026-02-10"),
        e("appeal_received", "2026-02-10", assumed=True),
    ]
    assert ask(*entries, today="2026-02-12").stage is Stage.ON_APPEAL
    assert ask(*entries, e("delivery_failed", "2026-02-11"), today="2026-02-12").stage is Stage.APPEAL_WINDOW_OPEN


def test_perfected_on_the_day_of_receipt_is_no_impossible_order() -> None:
    claimed = e("perfection_claimed", "2026-01-05", missing="identity")
    found = ask(received(), claimed, e("perfected", "2026-01-05"), today="2026-01-20")
    assert (clock(found).start, found.warnings) == (d("2026-01-05"), ())
    before = ask(received(), e("perfected", "2026-01-02"), today="2026-01-20")
    assert any("before the request was received" in warning for warning in before.warnings)


def test_perfected_before_the_routing_cap_leaves_the_cap() -> None:
    found = ask(received(office="designated"), e("perfected", "2026-01-08"), today="2026-01-30")
    assert (clock(found).start, found.warnings) == (counted(d("2026-01-05"), 10), ())


def test_asking_again_does_not_close_the_right_that_silence_on_expedition_opened() -> None:
    """5 U.S.C. 552(a)(6)(E)(iii): refusal or silence is reviewable; a repeated wish is no answer."""
    first = e("expedition_requested", "2026-01-05", certified=True)
    again = e("expedition_requested", "2026-01-20", certified=True)
    state = ask(received(), first, again, today="2026-01-22").exhaustion.expedition
    assert (state.state, state.since) == (ExhaustionState.OPEN, d("2026-01-16"))
    granted = e("expedition_decided", "2026-01-21", granted=True)
    assert ask(received(), first, again, granted, today="2026-01-22").exhaustion.expedition.state == "not_applicable"
    early = ask(received(), e("expedition_requested", "2026-01-15", certified=True), again, today="2026-01-22")
    assert (early.exhaustion.expedition.state, early.exhaustion.expedition.since) == (ExhaustionState.NOT_YET, None)


def test_a_timely_appeal_decided_as_moot_exhausts_and_a_late_one_does_not() -> None:
    entries = [received(), denied("2026-01-20"), appealed("2026-02-02")]
    found = ask(*entries, e("appeal_decided", "2026-02-16", outcome="moot"), today="2026-03-10")
    assert (found.stage, found.exhaustion.state, found.exhaustion.since) == (
        Stage.EXHAUSTED, ExhaustionState.EXHAUSTED, d("2026-02-16"),
    )  # fmt: skip
    assert "unsettled" in found.exhaustion.why
    assert clock(found, "limitation").start == d("2026-02-16")
    late = ask(received(), denied("2026-01-20"), appealed("2026-06-02"),
               e("appeal_decided", "2026-06-16", outcome="moot"), today="2026-06-20")  # fmt: skip
    assert late.exhaustion.state is ExhaustionState.CLOSED_BY_DETERMINATION


def test_an_appeal_from_silence_decided_as_moot_leaves_the_silence() -> None:
    found = ask(received(), appealed("2026-02-10"), e("appeal_decided", "2026-02-20", outcome="moot"),
                today="2026-03-10")  # fmt: skip
    assert (found.stage, found.exhaustion.state) == (Stage.OVERDUE, ExhaustionState.OPEN)


def test_a_decision_after_silence_on_the_appeal_moves_neither_date() -> None:
    entries = [received(), denied("2026-01-20"), appealed("2026-02-02")]
    silent = ask(*entries, today="2026-03-10").exhaustion
    decided = ask(*entries, e("appeal_decided", "2026-03-20", outcome="affirmed"), today="2026-03-25").exhaustion
    assert (decided.since, decided.undisputed_since) == (silent.since, silent.undisputed_since)
    assert decided.since == d("2026-03-04")


def test_a_decision_in_time_shows_that_a_mailed_appeal_arrived_in_time() -> None:
    found = ask(received(), denied("2026-01-20"), appealed("2026-02-02", "mail"),
                e("appeal_decided", "2026-03-02", outcome="affirmed"), today="2026-06-20")  # fmt: skip
    window = clock(found, "appeal_window")
    assert (window.state, window.met_on, window.assumed) == (ClockState.MET, d("2026-03-02"), True)


def test_an_appeal_whose_receipt_is_unknown_is_not_said_to_have_come_late() -> None:
    found = ask(received(), denied("2026-01-20"), appealed("2026-02-02", "mail"), today="2026-06-20")
    assert found.exhaustion.state is ExhaustionState.CLOSED_BY_DETERMINATION
    assert "not known to have been received in its time" in found.exhaustion.why


def test_a_receipt_of_the_appeal_alone_is_a_whole_history() -> None:
    entries = [received(), denied("2026-01-20")]
    found = ask(*entries, e("appeal_received", "2026-02-05"), today="2026-02-10", agency="DHS/ICE")
    assert (found.stage, found.warnings) == (Stage.ON_APPEAL, ())
    late = ask(*entries, e("appeal_received", "2026-07-05"), today="2026-07-10", agency="DHS/ICE")
    assert any("When it was sent is not entered" in warning for warning in late.warnings)


def test_a_letter_that_wants_the_appeal_received_is_the_stricter_reading() -> None:
    entries = [received(), denied("2026-01-20", appeal_basis="received")]
    due = counted(d("2026-01-20"), 90)
    found = ask(
        *entries, appealed(str(due), "mail"), e("appeal_received", "2026-06-30"), today="2026-07-01", agency="DHS"
    )
    assert clock(found, "appeal_window").due == due
    assert clock(found, "appeal_window").state is ClockState.MISSED


def test_an_earlier_answer_still_to_be_appealed_is_named_beside_the_latest() -> None:
    found = ask(received(), denied("2026-01-20"), denied("2026-02-02", "partial_grant"), today="2026-02-10")
    assert steps(found)[:2] == [("appeal", d("2026-05-03")), ("appeal", d("2026-04-20"))]


def test_a_later_answer_without_appeal_does_not_hide_an_earlier_open_window() -> None:
    found = ask(received(), denied("2026-01-20"), denied("2026-02-02", "referred"), today="2026-02-10")
    assert (found.stage, found.exhaustion.until) == (Stage.APPEAL_WINDOW_OPEN, d("2026-04-20"))
    over = ask(received(), denied("2026-01-20"), denied("2026-02-02", "referred"), today="2026-05-10")
    assert over.stage is Stage.DETERMINED


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([e("suit_filed", "2026-01-20")], "the agency's time had run out"),
        ([e("suit_filed", "2026-01-20"), denied("2026-01-27")], "the agency's time had run out"),
        ([denied("2026-02-10"), e("suit_filed", "2026-02-12")], "the answer was appealed"),
        ([denied("2026-02-10"), appealed("2026-02-11"), e("suit_filed", "2026-02-12")], "the appeal was decided"),
    ],
)
def test_a_suit_before_the_way_had_ended_is_warned_about(entries, said) -> None:
    """Oglesby v. Dep't of the Army: an answer before suit, even a late one, has to be appealed."""
    found = ask(received(), *entries, today="2026-03-20")
    assert found.stage is Stage.IN_LITIGATION
    assert any(said in warning for warning in found.warnings)


@pytest.mark.parametrize(
    "entries",
    [
        [e("suit_filed", "2026-02-04")],
        [e("suit_filed", "2026-02-04"), denied("2026-02-10")],
        [denied("2026-01-20"), appealed("2026-01-21"), e("suit_filed", "2026-03-02")],
        [denied("2026-01-20"), appealed("2026-01-21"), e("appeal_decided", "2026-01-27", outcome="affirmed"),
         e("suit_filed", "2026-01-28")],
        [denied("2026-01-20", "full_grant"), e("suit_filed", "2026-01-28")],
    ],
)  # fmt: skip
def test_a_ripe_suit_is_not_warned_about(entries) -> None:
    assert ask(received(), *entries, today="2026-03-20").warnings == ()


def test_when_the_six_years_are_over_a_new_request_is_the_way() -> None:
    found = ask(received("2018-01-31"), today="2026-06-01")
    assert clock(found, "limitation").state is ClockState.MISSED
    assert ("consider_suit" not in dict(steps(found))) and ("new_request" in dict(steps(found)))
    assert any("time to sue ran out" in warning for warning in found.warnings)


def test_in_court_the_steps_are_the_court_s() -> None:
    entries = [received(), e("suit_filed", "2026-02-10"), e("served", "2026-02-16")]
    found = ask(*entries, e("order", "2026-02-27", what="produce", due="2026-04-01"), today="2026-03-02")
    assert steps(found) == [("wait", d("2026-03-18")), ("wait", d("2026-04-01"))]


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        (
            [received(), e("extension_notice", "2026-01-02")],
            "extension_notice of 2 Jan 2026 is dated before the request",
        ),
        ([received(), e("acknowledged", "2026-01-02")], "acknowledged of 2 Jan 2026 is dated before the request"),
        (
            [received(), denied("2026-01-20"), e("appeal_received", "2026-01-27"), appealed("2026-01-30")],
            "appeal_received of 27 Jan 2026 is dated before the appeal was sent",
        ),
        (
            [received(), e("suit_filed", "2026-02-10"), e("answered", "2026-02-12"), e("served", "2026-02-16")],
            "answered on 12 Feb 2026: the complaint was served on 16 Feb 2026",
        ),
    ],
)
def test_what_cannot_be_in_that_order_is_kept_and_warned_about(entries, said) -> None:
    found = ask(*entries, today="2026-03-02")
    assert any(said in warning for warning in found.warnings)


def test_an_end_counted_from_an_assumed_receipt_of_the_appeal_is_assumed() -> None:
    entries = [received(), denied("2026-01-20")]
    assert ask(*entries, appealed("2026-01-27"), today="2026-02-02").exhaustion.assumed
    known = ask(*entries, appealed("2026-01-27"), e("appeal_received", "2026-01-28"), today="2026-02-02")
    assert not known.exhaustion.assumed
