"""Every jurisdiction has a pack that loads, counts its first limit as counted by hand, and says how sure it is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foiadesk.law import answer, load_pack, worksheet
from foiadesk.law.packs import law_files
from foiadesk.law.schema import CLOCKS, GENERAL
from tests.law.asking import ask, clock, d, denied, e, events, kinds, received
from tests.law.jurisdictions import ROWS, Row, walked

IDS = [row.id for row in ROWS]
each = pytest.mark.parametrize("row", ROWS, ids=IDS)


def first_limit(row: Row, today: str | None = None):
    """Ask on the Friday of receipt; return the answer and the first clock that runs."""
    pack = load_pack(row.id)
    found = answer(events(received(row.friday)), law=pack, agency=None, today=d(today or row.friday))
    kind = "acknowledgment" if "acknowledgment" in pack.clocks else "determination"
    return found, clock(found, kind)


def test_no_jurisdiction_is_missing_and_none_is_untold() -> None:
    assert len(ROWS) == 61 + 1  # our research, and the Privacy Act
    assert set(law_files()) == {*IDS, "us-foia"}


@each
def test_the_pack_says_where_it_holds_and_how_sure_it_is(row: Row) -> None:
    pack = load_pack(row.id)
    assert row.name in pack.jurisdiction
    assert (pack.id, pack.procedure, pack.confidence) == (row.id, GENERAL, row.confidence)
    assert pack.citation
    assert pack.sources
    assert pack.checked_on >= date(2026, 1, 1)
    assert pack.version.startswith(f"{row.id} ")
    assert pack.days_of.covers(d(row.friday).toordinal())
    for kind in CLOCKS:
        if kind in pack.clocks:
            assert pack.clocks[kind].citations
            assert pack.clocks[kind].says.endswith(".")
    if row.confidence in {"unverified", "uncertain"}:
        assert not pack.clocks["determination"].verified


@each
def test_a_request_of_the_friday_before_a_holiday_is_due_as_counted_by_hand(row: Row) -> None:
    assert d(row.friday).weekday() == 4
    found, limit = first_limit(row)
    assert limit.due == walked(row)
    assert (limit.count, limit.unit) == (row.days, row.unit)
    if row.unit == "working":
        assert [skip.date for skip in limit.skipped if skip.reason != "weekend"] == [d(day) for day in row.closed]
    assert found.clocks[0].kind == "determination"


@each
def test_what_is_unverified_says_so_in_the_clock_the_worksheet_and_a_warning(row: Row) -> None:
    found, limit = first_limit(row)
    pack = load_pack(row.id)
    said = [warning for warning in found.warnings if row.confidence in warning and pack.title in warning]
    assert bool(said) is (row.confidence != "verified")
    if row.confidence in {"unverified", "uncertain"}:
        assert limit.unverified
        sheet = worksheet(limit, law=pack, calendar=pack.days_of, today=d(row.friday))
        assert any("unverified" in note for note in sheet.notes)


@each
def test_the_worksheet_counts_to_the_number_and_names_the_citation(row: Row) -> None:
    _, limit = first_limit(row)
    pack = load_pack(row.id)
    sheet = worksheet(limit, law=pack, calendar=pack.days_of, today=d(row.friday))
    rule = pack.clocks[limit.kind]
    assert all(cite in sheet.as_text() for cite in rule.citations)
    assert pack.version in sheet.as_text()
    if row.days and row.unit in {"working", "calendar"}:
        assert sum(day.counted for day in sheet.days) == row.days


@each
def test_a_law_without_a_number_has_a_clock_without_a_date(row: Row) -> None:
    found, limit = first_limit(row, "2026-12-01")
    if row.days is None:
        assert (limit.due, limit.state, limit.days_late) == (None, "running", 0)
        assert found.stage == "in_process"
        assert found.exhaustion.state == "not_yet"
        assert "check the statute" in found.exhaustion.why


@each
def test_the_answer_has_the_federal_answer_s_shape(row: Row) -> None:
    log = [
        received(row.friday), e("extension_notice", row.friday), e("fee_estimate", row.friday, stops_work=True),
        e("reminder", row.friday, due="2026-12-01"), denied("2026-10-26"),
        e("appeal_sent", "2026-10-27", channel="mail"), e("order", "2026-10-28", due="2026-11-02"),
    ]  # fmt: skip
    mine = answer(events(*log), law=load_pack(row.id), agency=None, today=d("2026-11-20"))
    federal = ask(*log, today="2026-11-20").as_json()
    plain = mine.as_json()
    assert list(plain) == list(federal)
    assert list(plain["exhaustion"]) == list(federal["exhaustion"])
    assert list(plain["fees"]) == list(federal["fees"])
    for one in plain["clocks"]:
        assert list(one) == list(federal["clocks"][0])
        assert isinstance(one["days_late"], int)
        assert isinstance(one["extended_by"], int)
        assert isinstance(one["unverified"], bool)
    assert not any("552(a)" in str(part) for part in plain.values() if row.id != "us-privacy-act")
    assert len({one["id"] for one in plain["clocks"]}) == len(plain["clocks"])


HISTORY = st.lists(
    st.tuples(
        st.sampled_from([
            ("request_sent", {"channel": "email"}), ("request_sent", {"channel": "mail"}),
            ("request_received", {"office": "proper"}), ("acknowledged", {}), ("extension_notice", {}),
            ("extension_notice", {"expected_date": "2026-06-30", "working_days": 5}),
            ("completion_date_given", {"expected": "2026-07-15"}), ("clarification_asked", {"about": "information"}),
            ("clarification_answered", {}), ("fee_estimate", {"stops_work": True}), ("fee_answered", {}),
            ("determination", {"outcome": "full_denial"}), ("determination", {"outcome": "partial_grant"}),
            ("appeal_sent", {"channel": "email"}), ("appeal_decided", {"outcome": "affirmed"}),
            ("appeal_decided", {"outcome": "remanded"}), ("suit_filed", {}), ("closed", {"by": "requester"}),
            ("reopened", {}), ("interim_release", {}), ("time_frame_agreed", {"until": "2026-08-01"}),
        ]),
        st.dates(date(2026, 1, 2), date(2026, 6, 1)),
    ),
    max_size=9,
)  # fmt: skip


@given(st.sampled_from(IDS), HISTORY, st.randoms(use_true_random=False))
def test_any_history_is_answered_and_the_order_of_entry_changes_nothing(law: str, entries, random) -> None:
    log = [e(kind, day, **fields) for (kind, fields), day in entries]
    pack, today = load_pack(law), date(2026, 6, 2)
    found = answer(events(*log), law=pack, agency=None, today=today)
    shuffled = [*log]
    random.shuffle(shuffled)
    assert answer(events(*shuffled), law=pack, agency=None, today=today).as_json() == found.as_json()
    starts = {day for _, day in entries}
    for one in found.clocks:
        if one.due is not None and one.start is not None and one.kind not in {"clarification", "fee_answer"}:
            # A date the agency itself names may lie anywhere; no count ends before it starts.
            assert one.due >= one.start or one.due.isoformat() in {"2026-06-30", "2026-07-15"}
            assert all(one.start < skip.date <= one.due for skip in one.skipped)
        if one.kind == "acknowledgment" and one.start is not None:
            assert one.start in starts
    assert found.clocks[0].kind == "determination"
    assert kinds(found)[0] == "determination"
    if found.next_change_on is not None:
        assert found.next_change_on > today
    assert found.exhaustion.undisputed_since is None


@given(st.sampled_from([row for row in ROWS if row.unit == "working"]), st.dates(date(2026, 1, 2), date(2026, 6, 1)))
def test_a_closure_never_moves_a_due_date_earlier(row: Row, start: date) -> None:
    pack = load_pack(row.id)
    log = events(received(start))
    plain = answer(log, law=pack, agency=None, today=start)
    closed = pack.days_of.closing({start + timedelta(days=3): "storm"})
    later = answer(log, law=pack, agency=None, today=start, calendar=closed)
    for one, other in zip(plain.clocks, later.clocks, strict=True):
        assert one.due is None or other.due is None or other.due >= one.due
