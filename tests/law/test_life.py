"""A life drawn to scale: spans lie end to end, pauses and extensions where the clock has them, then lateness."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from foiadesk.law import answer, load_pack
from foiadesk.law.life import Lane, Span, lanes
from tests.law.asking import e, events, received

LAW = load_pack("us-foia")
START = date(2026, 1, 5)


def own(*more, today) -> Lane:
    found = answer(events(received(START), *more), law=LAW, agency=None, today=today)
    return next(lane for lane in lanes(found, today) if lane.kind == "determination")


def test_a_missed_clock_runs_to_its_due_date_and_is_late_from_there():
    lane = own(today=date(2026, 3, 5))
    due = date(2026, 2, 3)  # twenty working days after 5 January without 19 January
    assert lane.due == due
    assert lane.spans == (Span(START, due, "counted"), Span(due, date(2026, 3, 5), "late"))


def test_a_running_clock_shows_what_is_left():
    lane = own(today=date(2026, 1, 12))
    assert lane.spans == (
        Span(START, date(2026, 1, 12), "counted"),
        Span(date(2026, 1, 12), date(2026, 2, 3), "left"),
    )


def test_a_pause_is_cut_out_of_the_count():
    lane = own(
        e("clarification_asked", date(2026, 1, 12), about="information"),
        e("clarification_answered", date(2026, 1, 20), about="information"),
        today=date(2026, 1, 26),
    )
    assert [span.kind for span in lane.spans] == ["counted", "paused", "counted", "left"]
    assert lane.spans[1] == Span(date(2026, 1, 12), date(2026, 1, 20), "paused")


def test_an_extension_begins_where_the_clock_would_have_ended():
    lane = own(e("extension_notice", date(2026, 1, 20), working_days=10), today=date(2026, 6, 1))
    assert lane.due == date(2026, 2, 18)  # ten working days more, without 16 February
    extended = next(span for span in lane.spans if span.kind == "extended")
    assert (extended.begin, extended.end) == (date(2026, 2, 3), date(2026, 2, 18))


def test_an_answer_in_time_ends_the_life_of_that_clock():
    lane = own(e("determination", date(2026, 1, 20), outcome="full_grant"), today=date(2026, 6, 1))
    assert lane.spans == (Span(START, date(2026, 1, 20), "counted"),)
    assert lane.met_on == date(2026, 1, 20)


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 40), st.sampled_from(["information", "fees"])), max_size=3),
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 15)), max_size=2),
    st.integers(1, 200),
    st.one_of(st.none(), st.integers(1, 190)),
)
def test_spans_of_any_history_lie_end_to_end(tolls, notices, later, answered):
    today = START + timedelta(later)
    more = []
    for begins, lasts, about in tolls:
        more.append(e("clarification_asked", START + timedelta(begins), about=about))
        more.append(e("clarification_answered", START + timedelta(begins + lasts), about=about))
    more += [e("extension_notice", START + timedelta(day), working_days=days) for day, days in notices]
    if answered is not None:
        more.append(e("determination", START + timedelta(answered), outcome="full_denial"))
    found = answer(events(received(START), *more), law=LAW, agency=None, today=today)
    for lane in lanes(found, today):
        assert all(span.begin < span.end for span in lane.spans)
        for before, after in zip(lane.spans, lane.spans[1:], strict=False):
            assert before.end == after.begin, lane
        if lane.spans:
            assert lane.spans[0].begin == lane.start
        late = [span for span in lane.spans if span.kind == "late"]
        assert [(span.end - span.begin).days for span in late] == ([lane.days_late] if lane.days_late else [])


def test_a_clock_under_an_unverified_rule_says_so():
    today = date(2026, 3, 5)
    found = answer(events(received(START)), law=load_pack("uk"), agency=None, today=today)
    sure = {clock.id: clock.unverified for clock in found.clocks}
    drawn = lanes(found, today)
    assert drawn
    assert all(lane.unverified == sure[lane.clock_id] for lane in drawn)
    assert not own(today=today).unverified
