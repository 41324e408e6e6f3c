"""Histories under laws of every form: chains, extensions, explanations, pauses, silence, appeals, months and weeks."""

import pytest

from foiadesk.law import Answer, answer, load_pack
from tests.law.asking import clock, d, denied, e, events, kinds, received


def under(law: str, *entries, today: str = "2026-12-01") -> Answer:
    return answer(events(*entries), law=load_pack(law), agency=None, today=d(today))


def due(found: Answer, kind: str = "determination") -> str | None:
    day = clock(found, kind).due
    return day.isoformat() if day else None


# -- chains --


def test_an_answer_is_counted_from_the_acknowledgment_once_there_is_one() -> None:
    before = under("us-ny", received("2026-09-04"), today="2026-09-08")
    assert (due(before, "acknowledgment"), due(before)) == ("2026-09-14", "2026-10-13")
    assert clock(before).assumed  # counted from the day the acknowledgment is due
    after = under("us-ny", received("2026-09-04"), e("acknowledged", "2026-09-09"), today="2026-09-10")
    assert (clock(after).start, due(after), clock(after).assumed) == (d("2026-09-09"), "2026-10-07", False)
    assert clock(after, "acknowledgment").state == "met"


def test_where_the_law_counts_from_when_it_was_due_an_early_acknowledgment_moves_nothing() -> None:
    found = under("us-or", received("2026-09-04"), e("acknowledged", "2026-09-08"), today="2026-09-10")
    assert (clock(found).start, due(found)) == (d("2026-09-14"), "2026-09-28")


def test_an_acknowledgment_that_never_came_is_missed_and_asked_for() -> None:
    found = under("us-or", received("2026-09-04"), today="2026-09-16")
    assert (clock(found, "acknowledgment").state, clock(found, "acknowledgment").days_late) == ("missed", 2)
    assert (found.stage, found.next_steps[0].kind) == ("in_process", "demand_sent")


def test_the_privacy_act_acknowledges_in_ten_reviews_in_thirty_and_is_sued_on_within_two_years() -> None:
    found = under(
        "us-privacy-act", received("2026-01-16"), denied("2026-02-20"),
        e("appeal_sent", "2026-03-02", channel="email"), e("appeal_decided", "2026-05-01", outcome="affirmed"),
    )  # fmt: skip
    assert due(found, "acknowledgment") == "2026-02-02"  # January 19 is left out
    assert due(found) is None
    assert due(found, "appeal_determination") == "2026-04-13"
    assert due(found, "limitation") == "2028-05-01"
    assert found.exhaustion.state == "exhausted"


@pytest.mark.parametrize(
    ("law", "days", "unit", "last"),
    [
        ("us-md", 30, "calendar", "2026-10-04"),
        ("us-nm", 15, "calendar", "2026-09-19"),
        ("us-wy", 30, "calendar", "2026-10-04"),
        ("au", 30, "calendar", "2026-10-04"),
        ("ie", 4, "weeks", "2026-10-02"),
    ],
)
def test_beside_an_early_first_reply_the_answer_has_its_own_limit(law: str, days: int, unit: str, last: str) -> None:
    own = clock(under(law, received("2026-09-04"), today="2026-09-08"))
    assert (own.count, own.unit, own.due) == (days, unit, d(last))


# -- extensions --


@pytest.mark.parametrize(
    ("law", "extended", "by"),
    [
        ("us-ca", "2026-09-28", 14),  # 24 days, no weekend
        ("us-co", "2026-09-21", 7),
        ("us-il", "2026-09-21", 5),
        ("us-pa", "2026-10-14", 30),  # five working days, then thirty calendar days
        ("us-vt", "2026-09-21", 7),  # ten in all from receipt
        ("us-ms", "2026-09-25", 13),
        ("eu", "2026-10-16", 15),
        ("ie", "2026-10-30", 4),
        ("au", "2026-11-03", 30),
    ],
)
def test_a_timely_notice_extends_by_the_law_s_own_number(law: str, extended: str, by: int) -> None:
    found = under(law, received("2026-09-04"), e("extension_notice", "2026-09-08"), today="2026-09-09")
    assert (due(found), clock(found).extended_by) == (extended, by)


def test_a_late_or_second_notice_is_listed_and_moves_nothing() -> None:
    late = under("us-co", received("2026-09-04"), e("extension_notice", "2026-09-11"))
    assert (due(late), clock(late).extended_by) == ("2026-09-10", 0)
    assert any("without effect" in note for note in clock(late).notes)
    twice = under("us-co", received("2026-09-04"), e("extension_notice", "2026-09-09"),
                  e("extension_notice", "2026-09-10"))  # fmt: skip
    assert clock(twice).extended_by == 7
    assert any("not counted" in note for note in clock(twice).notes)
    repeated = under("us-al", received("2026-09-04"), e("acknowledged", "2026-09-08"),
                     e("extension_notice", "2026-09-09"), e("extension_notice", "2026-09-10"))  # fmt: skip
    assert clock(repeated).extended_by == 30


def test_where_the_law_knows_no_extension_a_notice_moves_nothing() -> None:
    found = under(
        "uk-scotland", received("2026-07-31"), e("extension_notice", "2026-08-04", expected_date="2026-10-01")
    )
    assert due(found) == "2026-08-31"
    assert any("no extension" in note for note in clock(found).notes)


def test_an_extension_without_a_number_ends_on_the_date_named_or_on_none() -> None:
    named = under("uk", received("2026-05-01"), e("extension_notice", "2026-05-20", expected_date="2026-06-30"))
    assert due(named) == "2026-06-30"
    assert any("agency's own" in note for note in clock(named).notes)
    unnamed = under("uk", received("2026-05-01"), e("extension_notice", "2026-05-20"))
    assert (due(unnamed), clock(unnamed).state) == (None, "running")


def test_an_explanation_in_time_keeps_the_limit_and_the_first_date_named_stays() -> None:
    found = under(
        "us-wa", received("2026-09-04"), e("acknowledged", "2026-09-09"),
        e("completion_date_given", "2026-09-10", expected="2026-10-01"),
        e("completion_date_given", "2026-09-30", expected="2026-11-30"), today="2026-10-05",
    )  # fmt: skip
    own = clock(found)
    assert (own.due, own.days_late, own.latest_arguable) == (d("2026-10-01"), 4, d("2026-11-30"))
    late = under("us-wa", received("2026-09-04"), e("acknowledged", "2026-09-20"), today="2026-10-05")
    assert (due(late), clock(late).state) == ("2026-09-14", "missed")


# -- pauses --


def test_a_pause_is_left_out_where_the_law_has_one() -> None:
    log = [received("2026-09-04"), e("fee_estimate", "2026-09-10", stops_work=True), e("fee_answered", "2026-09-20")]
    found = under("in", *log)
    assert due(found) == "2026-10-14"  # thirty days and ten
    assert [skip.reason for skip in clock(found).skipped] == ["paused"] * 10
    assert clock(found).paused[0].counted
    unpaused = under("us-md", *log)
    assert due(unpaused) == "2026-10-04"
    assert not clock(unpaused).paused[0].counted
    assert any("knows no such pause" in note for note in clock(unpaused).notes)


def test_an_open_pause_says_what_the_date_would_be_today() -> None:
    log = [received("2026-09-04"), e("acknowledged", "2026-09-08")]
    found = under("us-or", *log, e("clarification_asked", "2026-09-16", about="information"), today="2026-09-18")
    own = clock(found)
    assert (found.stage, found.turn, own.due, own.projected_due) == ("paused", "requester", None, d("2026-09-30"))


def test_overlapping_pauses_count_once() -> None:
    found = under(
        "au", received("2026-09-04"), e("fee_estimate", "2026-09-10", stops_work=True), e("fee_answered", "2026-09-20"),
        e("clarification_asked", "2026-09-15", about="information"), e("clarification_answered", "2026-09-25"),
    )  # fmt: skip
    assert due(found) == "2026-10-19"


# -- silence, appeals, review --


def test_silence_means_a_denial_only_where_the_pack_says_so() -> None:
    denied_by_silence = under("us-ri", received("2026-01-16"))
    assert (denied_by_silence.exhaustion.state, denied_by_silence.exhaustion.since) == ("open", d("2026-02-03"))
    assert "unverified" in denied_by_silence.exhaustion.why
    unknown = under("us-ga", received("2026-01-16"))
    assert (unknown.stage, unknown.exhaustion.state) == ("overdue", "not_yet")
    assert "check the statute" in unknown.exhaustion.why
    assert "check_statute" in [step.kind for step in unknown.next_steps]


def test_a_presumption_with_its_own_number_waits_for_it() -> None:
    early = under("us-al", received("2026-01-16"), today="2026-02-26")
    assert (early.stage, early.exhaustion.state, early.exhaustion.until) == ("overdue", "not_yet", d("2026-03-03"))
    late = under("us-al", received("2026-01-16"), today="2026-03-04")
    assert (late.exhaustion.state, late.exhaustion.since) == ("open", d("2026-03-04"))


def test_where_an_appeal_comes_first_silence_opens_its_time_not_the_court() -> None:
    found = under("us-pa", received("2026-01-16"), today="2026-02-02")
    window = clock(found, "appeal_window")
    assert (window.start, window.due) == (d("2026-01-26"), d("2026-02-17"))  # Presidents' Day is left out
    assert (found.exhaustion.state, found.exhaustion.until, found.turn) == ("not_yet", d("2026-02-17"), "requester")
    assert "appeal" in [step.kind for step in found.next_steps]


def test_a_denial_opens_the_appeal_the_pack_knows_or_the_one_the_letter_names() -> None:
    by_pack = under("us-ut", received("2026-09-04"), denied("2026-09-10"), today="2026-09-11")
    assert (by_pack.stage, due(by_pack, "appeal_window")) == ("appeal_window_open", "2026-10-10")
    assert (by_pack.exhaustion.state, by_pack.exhaustion.until) == ("closed_by_determination", d("2026-10-10"))
    by_letter = under("us-ut", received("2026-09-04"), denied("2026-09-10", appeal_days=10, appeal_unit="working"),
                      today="2026-09-11")  # fmt: skip
    assert due(by_letter, "appeal_window") == "2026-09-24"
    nobody_knows = under("nz", received("2026-09-04"), denied("2026-09-10"), today="2026-09-11")
    assert due(nobody_knows, "appeal_window") is None
    assert clock(nobody_knows, "appeal_window").unverified
    assert "check the statute" in nobody_knows.exhaustion.why


def test_where_a_court_is_open_at_once_a_denial_says_so() -> None:
    found = under("us-ca", received("2026-09-04"), denied("2026-09-10"), today="2026-09-11")
    assert (found.stage, found.exhaustion.state, found.exhaustion.since) == ("determined", "exhausted", d("2026-09-10"))
    assert "superior court" in found.exhaustion.why


def test_a_decided_review_opens_the_next_body_in_months() -> None:
    found = under(
        "ie", received("2026-08-07"), denied("2026-08-20"), e("appeal_sent", "2026-08-24", channel="email"),
        e("appeal_decided", "2026-08-31", outcome="affirmed"), today="2026-09-11",
    )  # fmt: skip
    assert due(found, "appeal_determination") == "2026-09-14"  # three weeks
    assert due(found, "review_window") == "2027-02-28"  # six months: February has no 31st
    assert found.exhaustion.state == "closed_by_determination"
    assert "check the statute" in found.exhaustion.why


def test_months_end_on_the_last_day_of_a_short_month_and_roll_off_a_holiday() -> None:
    assert due(under("de", received("2026-01-31"), today="2026-02-01")) == "2026-03-02"  # February 28 is a Saturday
    assert due(under("de", received("2027-03-31"), today="2027-04-01")) == "2027-04-30"


def test_a_last_day_on_a_weekend_is_arguable_where_the_pack_does_not_settle_it() -> None:
    own = clock(under("in", received("2026-08-14"), today="2026-08-15"))
    assert (own.due, own.latest_arguable) == (d("2026-09-13"), d("2026-09-14"))


def test_a_saturday_alone_does_not_move_a_canadian_end() -> None:
    assert due(under("ca", received("2026-09-03"), today="2026-09-04")) == "2026-10-03"  # a Saturday
    assert due(under("ca", received("2026-09-04"), today="2026-09-05")) == "2026-10-05"  # from Sunday


def test_optional_holidays_count_and_may_be_argued_about() -> None:
    own = clock(under("us-tx", received("2026-03-27"), today="2026-03-30"))
    assert (own.due, own.latest_arguable) == (d("2026-04-10"), d("2026-04-14"))  # March 31, Good Friday


def test_michigan_mail_by_wire_arrives_a_working_day_later() -> None:
    found = under("us-mi", e("request_sent", "2026-09-04", channel="email"), today="2026-09-08")
    assert (clock(found).start, clock(found).assumed) == (d("2026-09-08"), True)


def test_other_histories_keep_their_stage() -> None:
    assert under("uk").stage == "draft"
    assert under("uk", e("request_sent", "2026-05-01", channel="mail")).stage == "sent"
    failed = under("uk", e("request_sent", "2026-05-01", channel="email"), e("delivery_failed", "2026-05-02"))
    assert (failed.stage, failed.turn, failed.next_steps[0].kind) == ("sent", "requester", "send_again")
    wrong = under("uk", received("2026-05-01", "undesignated"))
    assert (wrong.stage, clock(wrong).state) == ("sent", "not_started")
    closed = under("uk", received("2026-05-01"), e("closed", "2026-05-10", by="requester"))
    assert (closed.stage, closed.exhaustion.state, clock(closed).state) == ("closed", "not_applicable", "closed")
    sued = under("uk", received("2026-05-01"), e("suit_filed", "2026-08-01"))
    assert (sued.stage, sued.exhaustion.state) == ("in_litigation", "in_suit")
    granted = under("us-sc", received("2026-09-04"), denied("2026-09-10", "full_grant"))
    assert (granted.stage, due(granted, "production")) == ("determined", "2026-10-10")
    back = under("us-ny", received("2026-01-05"), denied("2026-01-20"), e("appeal_sent", "2026-01-21", channel="email"),
                 e("appeal_decided", "2026-02-02", outcome="remanded"))  # fmt: skip
    assert (back.stage, back.exhaustion.state) == ("in_process", "not_yet")


def test_what_only_the_federal_law_has_is_warned_about() -> None:
    found = under("us-ny", received("2026-09-04"), e("expedition_requested", "2026-09-04", certified=True))
    assert "expedition" not in kinds(found)
    assert any("expedition" in warning for warning in found.warnings)
    assert found.exhaustion.expedition.state == "not_applicable"
    assert (found.fees.search_barred, found.fees.duplication_barred) == (None, None)


def test_a_count_into_years_without_data_gives_no_date_and_says_so() -> None:
    found = under("eu", received("2027-12-20"), today="2027-12-21")
    assert (due(found), clock(found).state) == (None, "running")
    assert any("2028" in warning and "unknown" in warning for warning in found.warnings)
    beyond = under("uk", received("2026-05-01"), today="2031-01-01")
    assert (clock(beyond).days_late > 1000, clock(beyond).working_days_late) == (True, 0)
    assert any("no data for 2031" in warning for warning in beyond.warnings)


def test_the_way_to_court_says_whether_it_rests_on_an_unverified_rule() -> None:
    """California's limit is unverified; the federal one is not, and what rests on no rule is not in doubt."""
    for law, unsure in (("us-ca", True), ("us-foia", False)):
        for day in ("2026-01-06", "2026-06-01"):
            assert under(law, received("2026-01-05"), today=day).exhaustion.unverified is unsure, (law, day)
    assert not under("us-ca").exhaustion.unverified
    ended = under("us-ca", received("2026-01-05"), e("closed", "2026-01-09", by="requester"))
    assert not ended.exhaustion.unverified
