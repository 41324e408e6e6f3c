"""Calendars of states and countries, against lists their governments published; years unknown say so."""

from datetime import date, timedelta

import pytest

from foiadesk.law import due_date, load_calendar
from foiadesk.law.calendars import calendar_names
from foiadesk.law.region_days import days_of_rule, easter
from foiadesk.law.regions import regions
from foiadesk.records.errors import BadInput, NotFound
from tests.law.asking import PUBLISHED, d

# England and Wales as GOV.UK publishes them: typed in, not computed.
ENGLAND = {
    2017: "01-02 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
    2018: "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
    2019: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
    2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
}
SCOTLAND = {
    2017: "01-02 01-03 04-14 05-01 05-29 08-07 11-30 12-25 12-26",
    2018: "01-01 01-02 03-30 05-07 05-28 08-06 11-30 12-25 12-26",
    2025: "01-01 01-02 04-18 05-05 05-26 08-04 12-01 12-25 12-26",
}
# Brussels, as the Official Journal has them (2013/C 39/03; 2021/C 201 I/02). Weekends are not published.
BRUSSELS = {
    2014: "01-01 01-02 04-17 04-18 04-21 05-01 05-09 05-29 05-30 06-09 07-21 08-15 "
    "12-24 12-25 12-26 12-29 12-30 12-31",
    2023: "01-02 04-06 04-07 04-10 05-01 05-09 05-18 05-19 05-29 07-21 08-15 11-01 11-02 "
    "12-25 12-26 12-27 12-28 12-29",
}  # fmt: skip


def closed(name: str, year: int) -> list[str]:
    return [day.date.strftime("%m-%d") for day in load_calendar(name).holidays(year) if day.date.weekday() < 5]


@pytest.mark.parametrize("year", ENGLAND)
def test_england_and_wales_are_as_gov_uk_publishes_them(year: int) -> None:
    assert closed("uk-england", year) == closed("uk-wales", year) == ENGLAND[year].split()


@pytest.mark.parametrize("year", SCOTLAND)
def test_scotland_is_as_gov_uk_publishes_it(year: int) -> None:
    assert closed("uk-scotland", year) == SCOTLAND[year].split()


@pytest.mark.parametrize("year", BRUSSELS)
def test_the_institutions_are_as_the_official_journal_has_them(year: int) -> None:
    assert closed("eu", year) == BRUSSELS[year].split()


def test_a_bank_holiday_of_any_part_closes_the_whole_united_kingdom() -> None:
    parts = {day for part in ("england", "wales", "scotland", "northern-ireland") for day in closed(f"uk-{part}", 2025)}
    assert closed("uk", 2025) == sorted(parts)
    assert {"01-02", "03-17", "07-14", "08-04", "12-01"} <= parts  # Scotland and Northern Ireland only


def test_new_zealand_is_closed_from_christmas_to_january_15() -> None:
    days = load_calendar("nz")
    day = date(2026, 12, 25)
    while day <= date(2027, 1, 15):
        assert not days.is_working(day)
        day += timedelta(days=1)
    assert days.is_working(date(2026, 12, 24))
    assert days.is_working(date(2027, 1, 18))
    assert not days.is_working(date(2027, 2, 8))  # Waitangi Day, from a Saturday
    assert not days.is_working(date(2026, 7, 10))  # Matariki
    assert due_date(days, date(2026, 12, 18), 20, "working").due == date(2027, 2, 9)


@pytest.mark.parametrize("name", [name for name in regions() if name.startswith("us-")])
def test_what_every_state_keeps_is_in_every_state_s_calendar(name: str) -> None:
    kept = ("New Year's Day", "Memorial Day", "Labor Day", "Thanksgiving Day")
    federal = {day.date: day.name for day in load_calendar("us-federal").holidays(2024)}
    mine = {day.date for day in load_calendar(name).holidays(2024)}
    for year in PUBLISHED:
        assert load_calendar(name).holidays(year)
    for day, called in federal.items():
        if called in kept:
            assert day in mine


@pytest.mark.parametrize(
    ("name", "day", "is_open"),
    [
        ("us-dc", "2026-04-16", False),  # Emancipation Day
        ("us-ca", "2028-02-15", True),  # Susan B. Anthony Day is a day of remembrance
        ("us-ca", "2026-10-12", True),  # Columbus Day is not kept
        ("us-ca", "2026-03-31", False),
        ("us-sc", "2027-05-10", False),
        ("us-sc", "2027-04-26", True),
        ("us-md", "2026-11-03", False),
        ("us-md", "2027-11-02", True),
        ("us-ne", "2026-11-27", False),
        ("us-tx", "2026-03-02", False),
        ("us-tx", "2026-04-03", True),  # optional: an office may keep Good Friday
        ("us-ma", "2026-04-20", False),
        ("us-la", "2026-02-17", False),
        ("ca", "2026-04-06", False),  # Easter Monday, Interpretation Act
        ("ie", "2026-10-26", False),
        ("de", "2026-05-25", False),
        ("mx", "2026-11-16", False),
    ],
)
def test_days_that_differ_from_the_federal_list(name: str, day: str, is_open: bool) -> None:
    assert load_calendar(name).is_working(d(day)) is is_open


def test_optional_days_are_disputed() -> None:
    texas = load_calendar("us-tx")
    assert not texas.disputed_reading.is_working(d("2026-04-03"))


def test_a_day_moved_is_listed_where_it_was_moved_to_and_nowhere_else() -> None:
    named = [day for day in load_calendar("uk-england").holidays(2026) if day.name == "Boxing Day"]
    assert [(day.date, day.observed) for day in named] == [(d("2026-12-28"), True)]


@pytest.mark.parametrize("name", calendar_names())
def test_a_year_without_data_says_so_and_is_never_guessed(name: str) -> None:
    days = load_calendar(name)
    for year in (days.first_year - 1, days.last_year + 1, 2400):
        with pytest.raises(BadInput, match=f"{year}.*unknown"):
            days.holidays(year)
    with pytest.raises(BadInput, match="unknown"):
        due_date(days, date.fromordinal(days.last_day - 10), 40, "working")


def test_a_year_whose_days_are_only_estimated_is_left_out() -> None:
    assert load_calendar("in").last_year < regions()["in"].last_year
    assert not any("estimated" in day.name for day in load_calendar("in").listed)


@pytest.mark.parametrize("name", [name for name in calendar_names() if name != "us-federal"])
def test_a_calendar_says_where_it_comes_from_and_that_it_was_not_compared(name: str) -> None:
    days = load_calendar(name)
    assert days.unsettled
    assert days.citations
    assert bool(days.unverified) is not regions()[name].verified
    assert name == "eu" or "holidays 0" in days.version
    assert list(days.listed) == sorted(days.listed, key=lambda day: day.date)


def test_an_unknown_region_is_named_with_near_ones() -> None:
    with pytest.raises(NotFound, match="uk-scotland"):
        load_calendar("uk-scotlan")
    with pytest.raises(NotFound):
        load_calendar("../us-ca")


def test_easter_is_on_its_published_days() -> None:
    published = {
        1961: "04-02",
        2000: "04-23",
        2008: "03-23",
        2011: "04-24",
        2023: "04-09",
        2026: "04-05",
        2038: "04-25",
    }
    assert {year: easter(year).strftime("%m-%d") for year in published} == published


@pytest.mark.parametrize(
    ("rule", "named"),
    [
        ({"name": "x", "month": 2, "day": 30}, "names no day"),
        ({"name": "x", "month": 2}, "day is missing"),
        ({"name": "x", "month": 2, "day": 1, "colour": 1}, "colour"),
        ({"name": "x", "month": 2, "weekday": "someday", "from_day": 2}, "names no day"),
    ],
)
def test_a_rule_that_names_no_day_is_refused_by_name(rule, named: str) -> None:
    with pytest.raises(BadInput, match=named):
        days_of_rule(rule, 2026, 2027, "here")
