"""Stage, turn, "may I sue?", suit, fees and side clocks."""

import pytest

from foiadesk.law import ClockState
from foiadesk.records import FeeCategory, Stage, Turn
from tests.law.asking import ask, clock, counted, d, denied, e, kinds, received


def test_silence_opens_the_way_the_day_after_the_missed_due_date() -> None:
    on_time = ask(received(), today="2026-02-03")
    assert (on_time.exhaustion.state, on_time.exhaustion.until) == ("not_yet", d("2026-02-03"))
    assert on_time.next_change_on == d("2026-02-04")
    late = ask(received(), today="2026-02-04")
    assert (late.stage, late.turn) == (Stage.OVERDUE, Turn.AGENCY)
    assert (late.exhaustion.state, late.exhaustion.since) == ("open", d("2026-02-04"))
    assert late.exhaustion.undisputed_since == d("2026-02-04")
    assert late.ruling is not None
    assert late.ruling.id == "determination"


def test_a_late_answer_before_suit_closes_it_until_the_appeal() -> None:
    found = ask(received(), denied("2026-03-02"), today="2026-03-10", agency="DHS/ICE")
    assert (found.stage, found.turn) == (Stage.APPEAL_WINDOW_OPEN, Turn.REQUESTER)
    assert (found.exhaustion.state, found.exhaustion.since) == ("closed_by_determination", d("2026-03-02"))
    assert found.exhaustion.until == counted(d("2026-03-02"), 90)
    assert found.next_steps[0].kind == "appeal"
    assert clock(found, "limitation").start == d("2026-02-04")


@pytest.mark.parametrize(
    "nothing",
    [
        e("acknowledged", "2026-02-10", tracking_number="1"),
        e("interim_release", "2026-02-10", pages_full=10),
        e("tracking_number", "2026-02-10", number="1"),
        e("completion_date_given", "2026-02-10", expected="2027-01-01"),
        e("fee_waiver_decided", "2026-02-10", outcome="granted"),
        e("expedition_decided", "2026-02-10", granted=True),
        e("referred", "2026-02-10", to="FBI"),
    ],
)
def test_nothing_but_a_determination_closes_it(nothing) -> None:
    found = ask(received(), nothing, today="2026-02-11")
    assert (found.stage, found.exhaustion.state) == (Stage.OVERDUE, "open")


def test_a_suit_holds_and_a_determination_after_it_does_not_close() -> None:
    found = ask(received(), e("suit_filed", "2026-02-10"), denied("2026-03-01"), today="2026-03-05")
    assert (found.stage, found.exhaustion.state, found.exhaustion.since) == (
        Stage.IN_LITIGATION, "in_suit", d("2026-02-10"),
    )  # fmt: skip


def test_a_determination_and_a_suit_on_one_day_warn_and_are_in_suit() -> None:
    found = ask(received(), e("suit_filed", "2026-02-10"), denied("2026-02-10"), today="2026-02-11")
    assert found.exhaustion.state == "in_suit"
    assert any("both dated" in warning for warning in found.warnings)


def test_a_suit_before_the_time_has_run_is_warned_about() -> None:
    found = ask(received(), e("suit_filed", "2026-02-03"), today="2026-02-10")
    assert any("before the agency's time" in warning for warning in found.warnings)


def test_a_full_grant_leaves_nothing_to_sue_on() -> None:
    found = ask(received(), denied("2026-02-02", "full_grant"), today="2026-02-10")
    assert found.exhaustion.state == "not_applicable"
    assert (found.stage, found.turn) == (Stage.APPEAL_WINDOW_OPEN, Turn.NONE)
    appealed = ask(
        received(), denied("2026-02-02", "full_grant"), e("appeal_sent", "2026-02-05", channel="portal"),
        today="2026-06-10",
    )  # fmt: skip
    assert appealed.exhaustion.state == "exhausted"


@pytest.mark.parametrize("by", ["requester", "court"])
def test_closed_by_requester_or_court(by: str) -> None:
    found = ask(received(), e("closed", "2026-01-20", by=by), today="2026-06-01")
    assert (found.stage, found.turn, found.exhaustion.state) == (Stage.CLOSED, Turn.NONE, "not_applicable")
    assert (clock(found).state, clock(found).days_late) == (ClockState.CLOSED, 0)
    assert by in found.exhaustion.why
    assert found.next_steps == ()


def test_closed_after_it_was_missed_freezes_the_lateness() -> None:
    found = ask(received(), e("closed", "2026-02-10", by="requester"), today="2026-06-01")
    assert (clock(found).state, clock(found).days_late) == (ClockState.CLOSED, 7)


def test_reopened_revives_the_clock_from_its_old_start() -> None:
    entries = [received(), e("closed", "2026-01-20", by="agency"), e("reopened", "2026-02-20")]
    found = ask(*entries, today="2026-03-02")
    own = clock(found)
    assert (own.start, own.due, own.met_on, own.days_late) == (d("2026-01-05"), d("2026-02-03"), None, 27)
    assert (found.stage, found.exhaustion.state) == (Stage.OVERDUE, "open")
    assert clock(found, "appeal_window").state is ClockState.CLOSED
    answered = ask(*entries, denied("2026-03-01"), today="2026-03-02")
    assert (clock(answered).met_on, answered.stage) == (d("2026-03-01"), Stage.APPEAL_WINDOW_OPEN)


def test_reopened_after_the_requester_closed() -> None:
    found = ask(received(), e("closed", "2026-01-20", by="requester"), e("reopened", "2026-01-26"), today="2026-02-01")
    assert (found.stage, clock(found).state) == (Stage.IN_PROCESS, ClockState.RUNNING)


def test_reopening_what_was_never_closed_is_warned_about() -> None:
    found = ask(received(), e("reopened", "2026-01-26"), today="2026-02-01")
    assert any("nothing had been closed" in warning for warning in found.warnings)


# -- expedition --------------------------------------------------------------------------------------------------------


def test_expedition_is_ten_calendar_days_from_the_request_for_the_decision_only() -> None:
    found = ask(received("2026-01-07"), e("expedition_requested", "2026-01-05", certified=True), today="2026-01-15")
    wish = clock(found, "expedition")
    assert (wish.start, wish.due, wish.unit, wish.count, wish.state) == (
        d("2026-01-05"), d("2026-01-15"), "calendar", 10, ClockState.RUNNING,
    )  # fmt: skip
    assert found.exhaustion.expedition.state == "not_yet"
    silent = ask(received("2026-01-07"), e("expedition_requested", "2026-01-05", certified=True), today="2026-01-16")
    assert (silent.exhaustion.expedition.state, silent.exhaustion.expedition.since) == ("open", d("2026-01-16"))
    assert silent.exhaustion.state == "not_yet"
    assert silent.stage is Stage.IN_PROCESS


def test_an_uncertified_wish_runs_with_a_warning() -> None:
    found = ask(received(), e("expedition_requested", "2026-01-05"), today="2026-01-10")
    assert clock(found, "expedition").state is ClockState.RUNNING
    assert any("not certified" in warning for warning in found.warnings)


def test_a_refusal_may_be_sued_on_at_once_and_a_grant_ends_it() -> None:
    entries = [received(), e("expedition_requested", "2026-01-05", certified=True)]
    refused = ask(*entries, e("expedition_decided", "2026-01-09", granted=False), today="2026-01-09")
    assert (refused.exhaustion.expedition.state, refused.exhaustion.expedition.since) == ("open", d("2026-01-09"))
    assert clock(refused, "expedition").state is ClockState.MET
    granted = ask(*entries, e("expedition_decided", "2026-01-09", granted=True), today="2026-01-10")
    assert (granted.exhaustion.expedition.state, granted.exhaustion.expedition.since) == ("not_applicable", None)


def test_a_complete_answer_ends_the_review_of_expedition() -> None:
    entries = [received(), e("expedition_requested", "2026-01-05", certified=True), denied("2026-02-02")]
    assert ask(*entries, today="2026-02-05").exhaustion.expedition.state == "not_applicable"


def test_no_wish_no_expedition() -> None:
    found = ask(received(), today="2026-03-01")
    assert (found.exhaustion.expedition.state, found.exhaustion.expedition.since) == ("not_applicable", None)
    assert "expedition" not in kinds(found)


# -- limitation --------------------------------------------------------------------------------------------------------


def test_limitation_is_six_years_from_the_day_after_the_first_missed_due_date() -> None:
    found = clock(ask(received(), today="2026-02-04"), "limitation")
    assert (found.start, found.due, found.who, found.unverified) == (
        d("2026-02-04"), d("2032-02-04"), "requester", True,
    )  # fmt: skip
    assert "limitation" not in kinds(ask(received(), today="2026-02-03"))


def test_nothing_later_moves_the_limitation() -> None:
    entries = [received(), denied("2026-03-02"), e("appeal_sent", "2026-03-10", channel="portal")]
    entries += [e("appeal_decided", "2026-03-20", outcome="affirmed")]
    assert clock(ask(*entries, today="2026-04-01"), "limitation").due == d("2032-02-04")


def test_february_29_becomes_february_28() -> None:
    found = clock(ask(received("2024-01-30"), today="2024-03-10"), "limitation")
    assert (found.start, found.due) == (d("2024-02-29"), d("2030-02-28"))


def test_a_suit_meets_the_limitation() -> None:
    found = clock(ask(received(), e("suit_filed", "2026-03-02"), today="2026-04-01"), "limitation")
    assert (found.state, found.met_on) == (ClockState.MET, d("2026-03-02"))


# -- court -------------------------------------------------------------------------------------------------------------


def test_service_answer_and_the_turns_of_a_suit() -> None:
    base = [received(), e("suit_filed", "2026-03-02", court="D.D.C.", docket="26-cv-1")]
    filed = ask(*base, today="2026-03-03")
    assert (clock(filed, "service").due, filed.turn) == (d("2026-05-31"), Turn.REQUESTER)
    served = ask(*base, e("served", "2026-03-05"), today="2026-03-10")
    answer = clock(served, "complaint_answer")
    # April 4, 2026 is a Saturday: the period runs on to Monday.
    assert (answer.start, answer.due, served.turn) == (d("2026-03-05"), d("2026-04-06"), Turn.AGENCY)
    assert [skip.date for skip in answer.skipped] == [d("2026-04-04"), d("2026-04-05")]
    assert (answer.due - answer.start).days == answer.count + len(answer.skipped)
    done = ask(*base, e("served", "2026-03-05"), e("answered", "2026-04-06"), today="2026-04-10")
    assert (clock(done, "complaint_answer").state, done.turn) == (ClockState.MET, Turn.COURT)


def test_orders_and_reminders_have_their_own_dates() -> None:
    base = [received(), e("suit_filed", "2026-03-02"), e("served", "2026-03-03"), e("answered", "2026-03-20")]
    found = ask(
        *base, e("order", "2026-04-01", what="produce", due="2026-05-01"),
        e("reminder", "2026-04-01", due="2026-04-10"),
        today="2026-04-05",
    )  # fmt: skip
    assert (clock(found, "order").due, found.turn) == (d("2026-05-01"), Turn.AGENCY)
    assert (clock(found, "reminder").due, clock(found, "reminder").who) == (d("2026-04-10"), "requester")


# -- questions and tracking --------------------------------------------------------------------------------------------


def test_a_tracking_number_is_due_after_ten_calendar_days() -> None:
    found = clock(ask(received(), today="2026-01-20"), "tracking_number")
    assert (found.due, found.state) == (d("2026-01-15"), ClockState.MISSED)
    met = clock(
        ask(received(), e("acknowledged", "2026-01-12", tracking_number="1"), today="2026-01-20"), "tracking_number"
    )
    assert (met.state, met.met_on) == (ClockState.MET, d("2026-01-12"))


def test_questions_wait_for_the_requester_until_the_day_named() -> None:
    asked = e("clarification_asked", "2026-01-08", about="information", answer_by="2026-02-09")
    found = clock(ask(received(), asked, today="2026-01-10"), "clarification")
    assert (found.who, found.due, found.state) == ("requester", d("2026-02-09"), ClockState.RUNNING)
    assert (found.unit, found.count) == (None, None)
    undated = clock(ask(received(), e("still_interested_asked", "2026-01-08"), today="2026-01-10"), "still_interested")
    assert (undated.due, undated.state) == (None, ClockState.RUNNING)
    by_rule = e("clarification_asked", "2026-01-08", about="information")
    fine_arts = clock(ask(received(), by_rule, today="2026-01-10", agency="CFA"), "clarification")
    assert (fine_arts.due, fine_arts.count, fine_arts.unit) == (counted(d("2026-01-08"), 20), 20, "working")
    fees = clock(
        ask(received(), e("fee_estimate", "2026-01-08", answer_by="2026-02-01"), today="2026-01-10"), "fee_answer"
    )
    assert fees.due == d("2026-02-01")


# -- fees --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("category", "search", "duplication"),
    [(FeeCategory.NEWS_MEDIA, True, True), (FeeCategory.EDUCATIONAL, True, True), (FeeCategory.SCIENTIFIC, True, True),
     (FeeCategory.OTHER, True, False), (FeeCategory.COMMERCIAL, True, False)],
)  # fmt: skip
def test_lateness_bars_fees_by_category(category, search, duplication) -> None:
    late = ask(received(), today="2026-02-10", category=category).fees
    assert (late.search_barred, late.duplication_barred) == (search, duplication)
    on_time = ask(received(), today="2026-02-03", category=category).fees
    assert (on_time.search_barred, on_time.duplication_barred) == (False, False)
    excused = ask(received(), e("extension_notice", "2026-01-20"), today="2026-02-10", category=category).fees
    assert excused.search_barred is False


def test_fees_are_unknown_without_a_category() -> None:
    fees = ask(received(), today="2026-02-10").fees
    assert (fees.search_barred, fees.duplication_barred) == (None, None)
    assert fees.why


def test_a_missed_tracking_number_bars_nothing() -> None:
    assert ask(received(), today="2026-01-30", category=FeeCategory.OTHER).fees.search_barred is False
