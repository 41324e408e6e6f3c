"""Worksheets a person can follow, and packs whose mistakes are named."""

import pytest

from foiadesk.law import load_calendar, load_pack, rules_for, worksheet
from foiadesk.law.packs import read_pack
from foiadesk.records.errors import BadInput, NotFound
from foiadesk.shelf import resource
from tests.law.asking import ask, clock, d, denied, e, received

LAW, FEDERAL = load_pack("us-foia"), load_calendar("us-federal")


def sheet_of(found, kind="determination", today="2026-03-02"):
    return worksheet(clock(found, kind), law=LAW, calendar=FEDERAL, today=d(today))


def test_a_clock_says_itself_without_its_calendar() -> None:
    own = clock(ask(received(), today="2026-03-02"))
    assert own.due is not None
    assert repr(own.due) in repr(own)
    assert "calendar" not in repr(own)
    assert len(repr(own)) < 5000


def test_a_worksheet_counts_every_day_by_name() -> None:
    entries = [received(), e("clarification_asked", "2026-01-08", about="information")]
    entries.append(e("clarification_answered", "2026-01-14", about="information"))
    sheet = sheet_of(ask(*entries, today="2026-03-02"))
    by_day = {day.date: day for day in sheet.days}
    assert (by_day[d("2026-01-05")].number, by_day[d("2026-01-05")].counted) == (0, False)
    assert by_day[d("2026-01-06")].number == 1
    assert by_day[d("2026-01-10")].why == "weekend"
    assert by_day[d("2026-01-12")].why == "paused"
    assert by_day[d("2026-01-19")].why == "holiday: Birthday of Martin Luther King, Jr."
    assert (sheet.days[-1].number, sheet.days[-1].why) == (20, "last day")
    text = sheet.as_text()
    for needed in ("5 U.S.C. 552(a)(6)(A)(i)", "us-foia 2026.1", "us-federal 2026.1", "5 U.S.C. 6103(a)"):
        assert needed in text


def test_a_worksheet_says_what_is_assumed_unverified_or_disputed() -> None:
    assumed = sheet_of(ask(e("request_sent", "2026-01-05", channel="email"), today="2026-03-02"))
    assert any("assumed" in note for note in assumed.notes)
    unverified = sheet_of(ask(received(), denied("2026-02-02"), today="2026-03-02", agency="DOJ"), "appeal_window")
    assert any("unverified" in note for note in unverified.notes)
    assert any("28 CFR 16.8" in rule for rule in unverified.rules)
    capped = sheet_of(ask(received("2026-01-05", "designated"), today="2026-03-02"))
    assert any("another reading" in note for note in capped.notes)
    moved = sheet_of(ask(received("2026-06-22"), today="2026-06-23"), today="2026-06-23")
    assert any("pay and leave" in note for note in moved.notes)  # Friday 3 July 2026, for Saturday the 4th


def test_a_closure_s_note_is_printed() -> None:
    from foiadesk.law import answer
    from tests.law.asking import events

    closed = FEDERAL.closing({d("2026-01-26"): "snow in Washington"})
    found = answer(events(received()), law=LAW, agency=None, today=d("2026-03-02"), calendar=closed)
    sheet = worksheet(clock(found), law=LAW, calendar=closed, today=d("2026-03-02"))
    assert [day.why for day in sheet.days if day.date == d("2026-01-26")] == ["closure: snow in Washington"]
    assert clock(found).due == d("2026-02-04")
    assert [skip.reason for skip in clock(found).skipped if skip.date == d("2026-01-26")] == ["closure"]


@pytest.mark.parametrize(
    ("entries", "today", "said"),
    [
        ([], "2026-01-05", "Not started. If it started today"),
        ([received()], "2026-01-30", "Last day for the agency: 3 Feb 2026."),
        ([received()], "2026-02-04", "1 day late"),
        ([received(), denied("2026-02-10")], "2026-03-04", "answered 10 Feb 2026, 7 days late"),
        ([received(), denied("2026-02-02")], "2026-03-04", "met on 2 Feb 2026"),
        ([received(), e("fee_estimate", "2026-01-08", stops_work=True)], "2026-02-04", "Paused. If the answer came"),
        ([received(), e("closed", "2026-01-08", by="requester")], "2026-02-04", "Closed"),
    ],
)
def test_the_summary_says_where_the_clock_stands(entries, today, said) -> None:
    assert said in sheet_of(ask(*entries, today=today), today=today).summary


def test_six_years_are_given_by_their_ends_not_day_by_day() -> None:
    sheet = sheet_of(ask(received(), today="2026-03-02"), "limitation")
    assert sheet.days == ()
    assert "4 Feb 2032" in sheet.summary


def test_every_clock_of_the_pack_names_its_source_or_is_a_date_somebody_set() -> None:
    for rule in LAW.clocks.values():
        assert rule.says
        assert rule.citations or rule.days is None


def test_an_unknown_law_is_named() -> None:
    with pytest.raises(NotFound, match="us-foia"):
        load_pack("us-foya")


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("days = 20", 'days = "twenty"', "clocks.determination: days"),
        ("days = 20", "days = 0", "clocks.determination: days"),
        ('who = "agency"', 'who = "nobody"', "clocks.determination: who"),
        ('unit = "working"', 'unit = "lunar"', "clocks.determination: unit"),
        ("verified = true", "verifyed = true", "clocks.determination: it has no field 'verifyed'"),
        ("[routing]", "[rooting]", "routing is missing"),
        ('id = "us-foia"', "", "id is missing"),
        ("[clocks.determination]", "[clocks.other]", "clocks.determination is missing"),
        ("[clocks", "[[[", "cannot be read"),
    ],
)
def test_a_pack_s_mistake_is_refused_by_file_and_field(tmp_path, old, new, named) -> None:
    good = resource("laws", "us-foia.toml").read_text()
    assert old in good
    path = tmp_path / "mine.toml"
    path.write_text(good.replace(old, new, 1))
    with pytest.raises(BadInput) as caught:
        read_pack(path)
    assert named in str(caught.value)
    assert "mine.toml" in str(caught.value)


def test_agency_rules_match_the_facts_where_everybody_looks() -> None:
    dhs, interior = rules_for("DHS/ICE"), rules_for("DOI")
    assert (dhs.appeal_days, dhs.appeal_unit, dhs.appeal_basis) == (90, "working", "sent")
    assert (interior.appeal_basis, interior.first_day) == ("received", "receipt")
    assert (rules_for("CIA").appeal_unit, rules_for("CIA").appeal_basis) == ("calendar", "received")
    assert rules_for("SBA").appeal_unit == "working"
