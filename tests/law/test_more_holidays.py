"""One more day off: with the same tolls and extensions counted, it never makes a last day come earlier."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from foiadesk.law import answer, calendar_of_dates, holidays, load_calendar, load_pack
from foiadesk.law.answers import Answer
from foiadesk.law.runs import FOREVER, Run
from foiadesk.records import Event
from tests.law.asking import e, events, received

LAW = load_pack("us-foia")
KNOWN = [day.date for year in range(2023, 2029) for day in holidays(load_calendar("us-federal"), year)]
FIRST = date(2024, 1, 2)
after = st.integers(0, 45)
spans = st.lists(st.tuples(after, st.integers(0, 40), st.sampled_from(["information", "fees"])), max_size=3)
notices = st.lists(st.tuples(after, st.integers(0, 15)), max_size=2)


def _story(tolls: list[tuple[int, int, str]], extended: list[tuple[int, int]], start: date) -> list[Event]:
    entries = [received(start)]
    for begins, lasts, about in tolls:
        entries.append(e("clarification_asked", start + timedelta(begins), about=about))
        entries.append(e("clarification_answered", start + timedelta(begins + lasts), about=about))
    entries += [e("extension_notice", start + timedelta(day), working_days=days) for day, days in extended]
    return events(*entries)


def _counted(found: Answer) -> tuple[object, ...]:
    """Return which tolls and how many days of extension the answer counts."""
    own = found.clocks[0]
    return own.start, own.extended_by, tuple((pause.since, pause.to, pause.counted) for pause in own.paused)


@settings(max_examples=150, deadline=None)
@given(spans, notices, st.integers(0, 300), st.lists(st.integers(0, 150), min_size=1, max_size=4))
def test_in_a_history_a_holiday_more_never_moves_a_last_day_earlier(
    tolls: list[tuple[int, int, str]], extended: list[tuple[int, int]], later: int, more: list[int]
) -> None:
    start = FIRST + timedelta(later)
    story = _story(tolls, extended, start)
    extra = [start + timedelta(day) for day in more]
    today = start + timedelta(200)

    def asked(days: list[date]) -> Answer:
        return answer(story, law=LAW, agency=None, today=today, calendar=calendar_of_dates(days))

    before, with_more = asked(KNOWN), asked([*KNOWN, *extra])
    if _counted(before) != _counted(with_more):
        return  # a day more may bring a question or a notice into time: then another count is made
    assert before.clocks[0].due is not None
    assert with_more.clocks[0].due is not None
    assert with_more.clocks[0].due >= before.clocks[0].due


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(after, st.integers(0, 30)), max_size=3), st.integers(0, 10),
    st.lists(st.integers(-5, 120), min_size=1, max_size=5), st.booleans(),
)  # fmt: skip
def test_a_count_with_its_pauses_never_ends_earlier(
    pauses: list[tuple[int, int]], extended: int, more: list[int], still_open: bool
) -> None:
    first = FIRST.toordinal()
    spans = sorted((first + begins, first + begins + lasts) for begins, lasts in pauses)
    if still_open:
        spans.append((first + 60, FOREVER))

    def due(days: list[date]) -> int | None:
        return Run(calendar_of_dates(days), first, 20, pauses=list(spans), extended=extended).due()

    plain, with_more = due(KNOWN), due([*KNOWN, *(FIRST + timedelta(day) for day in more)])
    if plain is None:
        assert with_more is None
    elif with_more is not None:
        assert with_more >= plain


def test_a_holiday_more_on_a_counted_day_moves_the_last_day_by_one_working_day() -> None:
    story = _story([(7, 5, "fees")], [(10, 5)], FIRST)
    plain = answer(story, law=LAW, agency=None, today=FIRST + timedelta(200), calendar=calendar_of_dates(KNOWN))
    day = FIRST + timedelta(1)
    more = answer(story, law=LAW, agency=None, today=FIRST + timedelta(200), calendar=calendar_of_dates([*KNOWN, day]))
    assert plain.clocks[0].due is not None
    assert more.clocks[0].due is not None
    assert plain.clocks[0].due < more.clocks[0].due
    assert _counted(plain) == _counted(more)
