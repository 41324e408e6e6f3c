"""Appeal windows and appeal decisions: the agency's rule, the letter, the safest reading; what meets them."""

import pytest

from foiadesk.law import ClockState, rules_for
from foiadesk.law.agencies import agency_rules
from foiadesk.records import Stage, Turn
from tests.law.asking import ask, clock, counted, d, denied, e, kinds, received


def sent(day, channel="portal", **fields):
    return e("appeal_sent", day, channel=channel, **fields)


def window(*entries, today="2026-02-10", agency=None):
    return clock(ask(received(), *entries, today=today, agency=agency), "appeal_window")


def test_an_unknown_agency_gives_90_calendar_days_to_be_received() -> None:
    found = window(denied("2026-02-02"))
    assert (found.start, found.due, found.unit, found.count) == (d("2026-02-02"), d("2026-05-03"), "calendar", 90)
    assert found.skipped == ()
    assert any("agency's hands" in note for note in found.notes)


def test_dhs_gives_90_working_days_to_be_sent() -> None:
    found = window(denied("2026-02-02"), agency="DHS/ICE")
    assert (found.due, found.unit, found.count) == (counted(d("2026-02-02"), 90), "working", 90)
    assert "6 CFR 5.8(a)" in found.basis
    assert not found.unverified


def test_doj_gives_90_calendar_days_and_is_unverified() -> None:
    found = window(denied("2026-02-02"), agency="DOJ")
    assert (found.due, found.unit, found.unverified) == (d("2026-05-03"), "calendar", True)


def test_interior_wants_it_received_within_90_working_days() -> None:
    found = window(denied("2026-02-02"), sent("2026-02-10", "mail"), agency="DOI", today="2026-03-01")
    assert (found.due, found.state) == (counted(d("2026-02-02"), 90), ClockState.RUNNING)


def test_the_letter_is_used_where_no_rule_is_known() -> None:
    found = window(denied("2026-02-02", appeal_days=120, appeal_unit="calendar", appeal_basis="sent"))
    assert (found.due, found.count) == (d("2026-06-02"), 120)


def test_rule_and_letter_the_earlier_counts_and_the_other_is_shown() -> None:
    letter = {"appeal_days": 90, "appeal_unit": "calendar", "appeal_basis": "sent"}
    found = window(denied("2026-02-02", **letter), agency="DHS/CBP")
    assert (found.due, found.unit) == (d("2026-05-03"), "calendar")
    assert found.latest_arguable == counted(d("2026-02-02"), 90)


@pytest.mark.parametrize("agency", [None, "DHS/CBP", "ACHP"])
def test_never_under_90_calendar_days(agency) -> None:
    found = window(denied("2026-02-02", appeal_days=60, appeal_unit="calendar"), agency=agency)
    assert (found.due, found.count, found.unit) == (d("2026-05-03"), 90, "calendar")
    assert found.earliest_arguable == d("2026-04-03")


def test_an_outdated_rule_gives_way_to_the_statute() -> None:
    found = window(denied("2026-02-02"), agency="ACHP")
    assert found.due == d("2026-05-03")
    assert any("30 days" in note for note in found.notes)


@pytest.mark.parametrize("outcome", ["withdrawn", "duplicate", "referred"])
def test_these_outcomes_open_no_window(outcome: str) -> None:
    found = ask(received(), denied("2026-02-02", outcome), today="2026-02-10")
    assert "appeal_window" not in kinds(found)
    assert found.stage is Stage.DETERMINED


@pytest.mark.parametrize(
    "outcome",
    ["partial_grant", "full_denial", "no_records", "fee_related", "not_reasonably_described", "improper",
     "not_agency_record", "other", "glomar", "full_grant"],
)  # fmt: skip
def test_every_other_outcome_opens_one(outcome: str) -> None:
    found = ask(received(), denied("2026-02-02", outcome), today="2026-02-10")
    assert "appeal_window" in kinds(found)
    assert found.stage is Stage.APPEAL_WINDOW_OPEN


def test_closed_by_the_agency_is_a_determination_with_outcome_other() -> None:
    found = ask(received(), e("closed", "2026-01-30", by="agency", reason="no answer"), today="2026-02-10")
    assert (clock(found).state, clock(found).met_on) == (ClockState.MET, d("2026-01-30"))
    assert found.stage is Stage.APPEAL_WINDOW_OPEN
    assert found.exhaustion.state == "closed_by_determination"


def test_a_window_of_basis_sent_is_met_by_mail_on_the_last_day() -> None:
    last = counted(d("2026-02-02"), 90)
    found = window(denied("2026-02-02"), sent(last, "mail"), agency="DHS/ICE", today="2026-09-01")
    assert (found.state, found.met_on) == (ClockState.MET, last)


def test_a_window_of_basis_received_is_met_only_by_receipt() -> None:
    entries = [denied("2026-02-02"), sent("2026-05-01", "mail")]
    assert window(*entries, today="2026-05-03").state is ClockState.RUNNING
    late = window(*entries, today="2026-05-04")
    assert (late.state, late.met_on, late.days_late) == (ClockState.MISSED, None, 1)
    arrived = window(*entries, e("appeal_received", "2026-05-03"), today="2026-06-01")
    assert (arrived.state, arrived.met_on) == (ClockState.MET, d("2026-05-03"))
    too_late = window(*entries, e("appeal_received", "2026-05-05"), today="2026-06-01")
    assert (too_late.state, too_late.met_on, too_late.days_late) == (ClockState.MISSED, d("2026-05-05"), 2)


@pytest.mark.parametrize("channel", ["email", "portal", "fax", "hand"])
def test_with_no_receipt_it_is_assumed_by_channel(channel: str) -> None:
    found = ask(received(), denied("2026-02-02"), sent("2026-05-03", channel), today="2026-06-01")
    assert clock(found, "appeal_window").state is ClockState.MET
    appeal = clock(found, "appeal_determination")
    assert (appeal.start, appeal.assumed) == (d("2026-05-03"), True)


def test_an_appeal_by_mail_without_receipt_has_a_clock_that_has_not_started() -> None:
    found = ask(received(), denied("2026-02-02"), sent("2026-02-10", "mail"), today="2026-03-02", agency="DHS")
    appeal = clock(found, "appeal_determination")
    assert (appeal.state, appeal.due) == (ClockState.NOT_STARTED, None)
    assert appeal.projected_due == counted(d("2026-03-02"), 20)
    assert (found.stage, found.turn) == (Stage.ON_APPEAL, Turn.AGENCY)


def test_an_appeal_is_decided_within_20_working_days_of_receipt() -> None:
    found = ask(
        received(), denied("2026-02-02"), sent("2026-02-10", "mail"), e("appeal_received", "2026-02-13"),
        today="2026-02-20",
    )  # fmt: skip
    appeal = clock(found, "appeal_determination")
    assert (appeal.start, appeal.due) == (d("2026-02-13"), counted(d("2026-02-13"), 20))
    assert not appeal.assumed
    assert (found.stage, found.exhaustion.until) == (Stage.ON_APPEAL, appeal.due)


@pytest.mark.parametrize("outcome", ["affirmed", "partly", "reversed"])
def test_a_decision_on_the_merits_exhausts(outcome: str) -> None:
    entries = [received(), denied("2026-02-02"), sent("2026-02-10"), e("appeal_decided", "2026-03-01", outcome=outcome)]
    found = ask(*entries, today="2026-04-01")
    assert (found.stage, found.exhaustion.state, found.exhaustion.since) == (
        Stage.EXHAUSTED, "exhausted", d("2026-03-01"),
    )  # fmt: skip
    assert clock(found, "limitation").start == d("2026-03-01")


def test_silence_on_a_timely_appeal_exhausts() -> None:
    found = ask(received(), denied("2026-02-02"), sent("2026-02-10"), today="2026-04-01")
    assert found.exhaustion.since == d("2026-03-12")
    assert (found.stage, found.turn) == (Stage.EXHAUSTED, Turn.REQUESTER)
    assert clock(found, "limitation").start == d("2026-03-12")


def test_silence_on_a_late_appeal_does_not() -> None:
    entries = [received(), denied("2026-02-02"), sent("2026-05-20")]
    waiting = ask(*entries, today="2026-05-25")
    assert (waiting.stage, waiting.exhaustion.state) == (Stage.ON_APPEAL, "closed_by_determination")
    silent = ask(*entries, today="2026-08-01")
    assert (silent.stage, silent.exhaustion.state) == (Stage.APPEAL_OVERDUE, "closed_by_determination")
    assert silent.exhaustion.until is None
    assert any("came after its last day" in warning for warning in silent.warnings)
    assert "limitation" not in kinds(silent)


def test_an_untimely_appeal_does_not_exhaust_and_a_new_request_is_next() -> None:
    found = ask(
        received(), denied("2026-02-02"), sent("2026-05-20"), e("appeal_decided", "2026-06-01", outcome="untimely"),
        today="2026-07-01",
    )  # fmt: skip
    assert (found.stage, found.exhaustion.state) == (Stage.DETERMINED, "closed_by_determination")
    assert [step.kind for step in found.next_steps] == ["new_request"]


def test_a_missed_window_stays_closed_and_a_new_request_is_next() -> None:
    found = ask(received(), denied("2026-02-02"), today="2026-05-04")
    assert (found.stage, found.turn) == (Stage.DETERMINED, Turn.NONE)
    assert (found.exhaustion.state, found.exhaustion.until) == ("closed_by_determination", None)
    assert [step.kind for step in found.next_steps] == ["new_request"]


def test_a_remand_starts_20_new_working_days_and_is_not_yet() -> None:
    entries = [
        received(),
        denied("2026-02-02"),
        sent("2026-02-10"),
        e("appeal_decided", "2026-03-02", outcome="remanded"),
    ]
    found = ask(*entries, today="2026-03-10")
    own, back = [one for one in found.clocks if one.kind == "determination"]
    assert (own.id, own.about, own.state) == ("determination", "request", ClockState.MET)
    assert (back.id, back.start, back.due) == ("determination-2", d("2026-03-02"), counted(d("2026-03-02"), 20))
    assert any("no limit for a remand" in note for note in back.notes)
    assert (found.stage, found.turn) == (Stage.IN_PROCESS, Turn.AGENCY)
    assert (found.exhaustion.state, found.exhaustion.until) == ("not_yet", back.due)
    late = ask(*entries, today="2026-05-01")
    assert (late.stage, late.exhaustion.state) == (Stage.OVERDUE, "open")
    again = ask(*entries, denied("2026-03-20"), today="2026-03-25")
    assert (again.stage, again.exhaustion.since) == (Stage.APPEAL_WINDOW_OPEN, d("2026-03-20"))


def test_a_refused_fee_waiver_opens_a_window_of_its_own_and_leaves_the_stage() -> None:
    entries = [received(), e("fee_waiver_requested", "2026-01-05")]
    found = ask(*entries, e("fee_waiver_decided", "2026-01-20", outcome="denied"), today="2026-01-21", agency="DHS/ICE")
    about = clock(found, "appeal_window")
    assert (about.about, about.due) == ("fee_waiver", counted(d("2026-01-20"), 90))
    assert found.stage is Stage.IN_PROCESS
    assert "appeal_fee_waiver" in {step.kind for step in found.next_steps}
    granted = ask(*entries, e("fee_waiver_decided", "2026-01-20", outcome="granted"), today="2026-01-21")
    assert "appeal_window" not in kinds(granted)


def test_an_appeal_about_the_waiver_leaves_the_request_s_window_alone() -> None:
    entries = [received(), e("fee_waiver_requested", "2026-01-05")]
    entries += [e("fee_waiver_decided", "2026-01-20", outcome="partial"), denied("2026-02-02")]
    found = ask(*entries, sent("2026-02-10", about="fee_waiver"), today="2026-02-20")
    first, second = [one for one in found.clocks if one.kind == "appeal_window"]
    assert (first.about, first.state) == ("request", ClockState.RUNNING)
    assert (second.about, second.state) == ("fee_waiver", ClockState.MET)
    assert found.stage is Stage.APPEAL_WINDOW_OPEN


def test_an_appeal_before_any_determination_is_kept_and_warned_about() -> None:
    found = ask(received(), sent("2026-01-20"), denied("2026-02-02"), today="2026-02-10")
    assert any("before any determination" in warning for warning in found.warnings)
    assert clock(found, "appeal_window").state is ClockState.RUNNING
    assert found.stage is Stage.APPEAL_WINDOW_OPEN


def test_an_appeal_of_silence_is_possible_and_silence_on_it_exhausts() -> None:
    entries = [received(), sent("2026-02-10")]
    pending = ask(*entries, today="2026-02-20")
    assert (pending.stage, pending.exhaustion.state) == (Stage.ON_APPEAL, "open")
    silent = ask(*entries, today="2026-04-01")
    assert (silent.stage, silent.exhaustion.state) == (Stage.EXHAUSTED, "exhausted")


def test_no_notice_of_appeal_is_arguably_no_determination() -> None:
    found = ask(received(), denied("2026-02-02", appeal_notice=False), today="2026-02-10")
    assert any("CREW v. FEC" in warning for warning in found.warnings)


def test_a_decision_without_an_appeal_is_kept_and_warned_about() -> None:
    found = ask(
        received(), denied("2026-02-02"), e("appeal_decided", "2026-03-02", outcome="affirmed"), today="2026-04-01"
    )
    assert found.stage is Stage.EXHAUSTED
    assert any("no open appeal" in warning for warning in found.warnings)


def test_sending_an_appeal_again_is_the_same_appeal() -> None:
    found = ask(received(), denied("2026-02-02"), sent("2026-02-10", "mail"), sent("2026-02-12"), today="2026-02-20")
    appeals = [one for one in found.clocks if one.kind == "appeal_determination"]
    assert [one.start for one in appeals] == [d("2026-02-12")]


def test_every_agency_rule_computes_a_window_never_under_the_statute() -> None:
    for rules in agency_rules().values():
        found = window(denied("2026-02-02"), agency=rules.code)
        assert found.due is not None
        assert found.due >= d("2026-05-03")
        assert rules.appeal_citation or rules.general or rules.cutoff_note


def test_a_component_s_own_rule_goes_before_its_department_s() -> None:
    assert rules_for("NASA/OIG").general
    assert rules_for("NASA/JPL").appeal_days == 90
    assert rules_for("HHS/CMS").appeal_citation == "45 CFR 5.62(b)(2)"
    assert rules_for(None).appeal_days is None
    assert rules_for("nowhere/none").appeal_days is None


def test_a_failed_delivery_of_the_appeal_leaves_the_window_open_and_the_request_alone() -> None:
    entries = [e("request_sent", "2026-01-05", channel="email"), denied("2026-02-02")]
    entries += [sent("2026-02-10", "email"), e("delivery_failed", "2026-02-10")]
    found = ask(*entries, today="2026-02-12")
    assert (found.stage, clock(found).start) == (Stage.APPEAL_WINDOW_OPEN, d("2026-01-05"))
    assert any("not delivered" in warning for warning in found.warnings)
    again = ask(*entries, sent("2026-02-11"), today="2026-02-12")
    assert (again.stage, clock(again, "appeal_determination").start) == (Stage.ON_APPEAL, d("2026-02-11"))


def test_closing_the_file_after_an_answer_opens_no_second_window_but_answers_a_remand() -> None:
    entries = [received(), denied("2026-02-02"), e("closed", "2026-03-02", by="agency")]
    found = ask(*entries, today="2026-03-10")
    assert kinds(found).count("appeal_window") == 1
    back = [received(), denied("2026-02-02"), sent("2026-02-10")]
    back += [e("appeal_decided", "2026-03-02", outcome="remanded"), e("closed", "2026-03-12", by="agency")]
    found = ask(*back, today="2026-03-20")
    assert (found.stage, kinds(found).count("appeal_window")) == (Stage.APPEAL_WINDOW_OPEN, 2)


def test_every_code_with_rules_is_one_the_directory_knows() -> None:
    from foiadesk.exchange.directory import directory

    for rules in agency_rules().values():
        assert directory().rules_code(rules.code) == rules.code
