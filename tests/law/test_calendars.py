"""The federal calendar, computed from rules, against published lists and named traps."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foiadesk.law import calendar_of_dates, due_date, holidays, load_calendar
from foiadesk.law.holiday_rules import read_rules
from foiadesk.records.errors import BadInput, NotFound
from foiadesk.shelf import resource
from tests.law.asking import PUBLISHED, counted, d, is_open

FEDERAL = load_calendar("us-federal")


@pytest.mark.parametrize("year", PUBLISHED)
def test_each_year_is_as_the_government_publishes_it(year: int) -> None:
    assert [day.date.strftime("%m-%d") for day in holidays(FEDERAL, year)] == PUBLISHED[year].split()


def test_new_years_day_on_a_saturday_is_skipped_on_the_last_day_of_the_year_before() -> None:
    for year in (2021, 2027, 2032, 2100):
        last = holidays(FEDERAL, year)[-1]
        assert (last.date, last.name, last.observed) == (date(year, 12, 31), "New Year's Day", True)
    assert all(day.date != date(2022, 1, 1) for day in holidays(FEDERAL, 2022))
    assert FEDERAL.closed_reason(date(2027, 12, 31)) == "New Year's Day"
    assert FEDERAL.closed_reason(date(2028, 1, 1)) == "weekend"


def test_juneteenth_is_a_holiday_from_2021_only() -> None:
    name = "Juneteenth National Independence Day"
    assert [day.date for day in holidays(FEDERAL, 2021) if day.name == name] == [date(2021, 6, 18)]
    assert all(day.name != name for year in range(1966, 2021) for day in holidays(FEDERAL, year))
    assert FEDERAL.is_working(date(2020, 6, 19))


def test_holidays_before_their_law_are_not_assumed() -> None:
    def named(year: int) -> dict[str, date]:
        return {day.name: day.date for day in holidays(FEDERAL, year)}

    assert "Birthday of Martin Luther King, Jr." not in named(1985)
    assert named(1986)["Birthday of Martin Luther King, Jr."] == date(1986, 1, 20)
    assert "Columbus Day" not in named(1970)
    assert named(1970)["Washington's Birthday"] == date(1970, 2, 23)  # February 22 was a Sunday
    assert named(1971)["Washington's Birthday"] == date(1971, 2, 15)
    assert named(1970)["Memorial Day"] == date(1970, 5, 29)  # May 30 was a Saturday
    assert named(1975)["Veterans Day"] == date(1975, 10, 27)
    assert named(1978)["Veterans Day"] == date(1978, 11, 10)  # November 11 was a Saturday


def test_inauguration_day_counts() -> None:
    assert FEDERAL.is_working(date(2021, 1, 20))
    assert FEDERAL.closed_reason(date(2025, 1, 20)) == "Birthday of Martin Luther King, Jr."


def test_days_closed_by_executive_order_count() -> None:
    for day in ("2018-12-05", "2018-12-24", "2019-12-24", "2020-12-24", "2024-12-24", "2025-01-09", "2025-12-26"):
        assert FEDERAL.is_working(d(day))
        assert not FEDERAL.disputed_reading.is_working(d(day))


@pytest.mark.parametrize("year", [1965, 2101, 0, -5])
def test_a_year_without_data_says_so(year: int) -> None:
    with pytest.raises(BadInput, match=f"no data for the year {year}"):
        holidays(FEDERAL, year)


def test_counting_out_of_the_known_years_says_so() -> None:
    with pytest.raises(BadInput, match="no data for the year 2111"):
        due_date(FEDERAL, date(2100, 12, 1), 2600, "working")
    with pytest.raises(BadInput, match="no data for the year 1965"):
        due_date(FEDERAL, date(1965, 12, 31), 1, "working")


def test_an_unknown_calendar_is_named() -> None:
    with pytest.raises(NotFound, match="us-federal"):
        load_calendar("us-fedral")


def test_a_list_of_dates_is_complete_and_knows_every_year() -> None:
    mine = calendar_of_dates([d("2026-01-06"), d("2026-01-10"), d("2026-01-06")])
    found = due_date(mine, d("2026-01-02"), 3, "working")
    assert found.due == d("2026-01-08")
    assert [(skip.date, skip.reason) for skip in found.skipped] == [
        (d("2026-01-03"), "weekend"),
        (d("2026-01-04"), "weekend"),
        (d("2026-01-06"), "holiday"),
    ]
    assert due_date(mine, d("2026-07-02"), 1, "working").due == d("2026-07-03")  # not this list's holiday
    assert due_date(mine, date(1700, 1, 1), 5, "working").due == date(1700, 1, 8)


def test_closures_are_skipped_with_their_note_and_holidays_stay_holidays() -> None:
    closed = FEDERAL.closing({d("2026-01-06"): "snow", d("2026-01-19"): "also", d("2026-01-10"): "weekend"})
    assert closed.closed_reason(d("2026-01-06")) == "closure"
    assert closed.closed_reason(d("2026-01-19")) == "Birthday of Martin Luther King, Jr."
    assert closed.closed_reason(d("2026-01-10")) == "weekend"
    assert closed.version != FEDERAL.version
    assert due_date(closed, d("2026-01-05"), 20, "working").due == d("2026-02-04")
    assert FEDERAL.is_working(d("2026-01-06"))


days = st.dates(date(2021, 1, 1), date(2027, 6, 1))


@given(days, st.integers(0, 300))
def test_counting_is_the_same_as_walking_the_days(start: date, number: int) -> None:
    found = due_date(FEDERAL, start, number, "working")
    assert found.due == counted(start, number)
    span = [start + timedelta(days=n) for n in range(1, (found.due - start).days + 1)]
    assert [skip.date for skip in found.skipped] == [day for day in span if not is_open(day)]
    assert len(span) == number + len(found.skipped)


@given(days, days)
def test_counting_between_two_days(first: date, second: date) -> None:
    expected = sum(is_open(first + timedelta(days=n)) for n in range(1, (second - first).days + 1))
    assert FEDERAL.count(first.toordinal(), second.toordinal()) == expected


@given(days, st.integers(0, 200))
def test_a_calendar_count_rolls_forward_only_when_told(start: date, number: int) -> None:
    raw = start + timedelta(days=number)
    assert due_date(FEDERAL, start, number, "calendar").due == raw
    assert due_date(FEDERAL, start, number, "calendar").skipped == ()
    rolled = due_date(FEDERAL, start, number, "calendar", "forward")
    expected = raw
    while not is_open(expected):
        expected += timedelta(days=1)
    assert rolled.due == expected
    assert all(not is_open(skip.date) and start < skip.date < expected for skip in rolled.skipped)
    if number:
        assert (rolled.due - start).days == number + len(rolled.skipped)


@given(st.lists(days, max_size=20), days, days, st.integers(1, 120))
def test_another_holiday_never_moves_a_due_date_earlier(known: list[date], extra: date, start: date, n: int) -> None:
    before = due_date(calendar_of_dates(known), start, n, "working").due
    assert due_date(calendar_of_dates([*known, extra]), start, n, "working").due >= before


@pytest.mark.parametrize("number", [-1, 36_526, 10**12])
def test_absurd_counts_are_refused(number: int) -> None:
    with pytest.raises(BadInput, match="days"):
        due_date(FEDERAL, d("2026-01-05"), number, "working")


def test_a_calendar_file_is_refused_by_file_and_field(tmp_path) -> None:
    good = resource("laws", "us-federal.toml").read_text()
    for bad, named in (
        (good.replace('weekday = "monday"', 'weekday = "moonday"', 1), "weekday"),
        (good.replace("nth = 3", "nth = 3\nday = 4", 1), "needs either"),
        (good.replace("first_year", "firstyear", 1), "first_year is missing"),
        (good.replace("month = 1", "munth = 1", 1), "munth"),
        ("id = ", "cannot be read"),
    ):
        path = tmp_path / "bad.toml"
        path.write_text(bad)
        with pytest.raises(BadInput, match=named) as caught:
            read_rules(path)
        assert "bad.toml" in str(caught.value)
