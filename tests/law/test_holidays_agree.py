"""Federal holidays by the statute's rules, year by year, against the public list of another project."""

from datetime import date

import pytest

from foiadesk.law import holidays, load_calendar

FEDERAL = load_calendar("us-federal")
YEARS = range(1990, 2061)
# Every working day on which the two lists differ, and why. None does: the library's public category leaves out, as
# 5 U.S.C. 6103(a) does, what executive orders closed (category "government"), Inauguration Day (a holiday of the
# District of Columbia's staff, 6103(c)), and Juneteenth before 2021.
EXPLAINED: dict[date, str] = {}
# What no list of legal public holidays may have, though federal offices were closed or some staff stayed at home.
NOT_PUBLIC = {
    date(2018, 12, 5): "E.O. 13852, mourning for President George H. W. Bush",
    date(2018, 12, 24): "E.O. 13854",
    date(2019, 12, 24): "E.O. 13900",
    date(2020, 12, 24): "E.O. 13965",
    date(2024, 12, 24): "E.O. 14129",
    date(2025, 1, 9): "E.O. 14133, mourning for President Carter",
    date(2025, 12, 24): "E.O. 14371",
    date(2025, 12, 26): "E.O. 14371",
    date(2017, 1, 20): "Inauguration Day, 5 U.S.C. 6103(c)",
    date(2021, 1, 20): "Inauguration Day, 5 U.S.C. 6103(c)",
    date(2020, 6, 19): "June 19 a year before Pub. L. 117-17",
}


def _theirs() -> dict[date, str]:
    """Return the library's days that fall on working days. Years around are loaded for days observed across them."""
    import holidays as library

    listed = library.country_holidays("US", years=range(1989, 2062), observed=True, categories=("public",))
    return {day: name for day, name in listed.items() if day.weekday() < 5 and day.year in YEARS}


def test_every_year_from_1990_to_2060_has_the_same_days_off() -> None:
    ours = {holiday.date: holiday.name for year in YEARS for holiday in holidays(FEDERAL, year)}
    theirs = _theirs()
    assert len(ours) > 10 * len(YEARS)
    assert all(day.weekday() < 5 for day in ours)
    assert set(ours) ^ set(theirs) == set(EXPLAINED)


def test_what_moved_in_ours_is_what_they_say_is_observed() -> None:
    theirs = _theirs()
    for year in YEARS:
        for holiday in holidays(FEDERAL, year):
            assert holiday.observed == ("(observed)" in theirs[holiday.date]), holiday


@pytest.mark.parametrize("day", sorted(NOT_PUBLIC), ids=lambda day: NOT_PUBLIC[day])
def test_what_is_no_legal_public_holiday_is_in_neither(day: date) -> None:
    assert day not in _theirs()
    assert day not in {holiday.date for holiday in holidays(FEDERAL, day.year)}
    assert FEDERAL.is_working(day)


@pytest.mark.parametrize("year", [1993, 1999, 2004, 2010, 2021, 2027, 2032, 2038, 2049, 2055, 2060])
def test_new_year_s_day_on_a_saturday_is_off_in_the_year_before_in_both(year: int) -> None:
    last = date(year, 12, 31)
    assert date(year + 1, 1, 1).weekday() == 5
    assert last in _theirs()
    assert holidays(FEDERAL, year)[-1].date == last


def test_juneteenth_is_first_observed_on_june_18_2021_in_both() -> None:
    first = min(day for day, name in _theirs().items() if "Juneteenth" in name)
    ours = min(h.date for year in YEARS for h in holidays(FEDERAL, year) if "Juneteenth" in h.name)
    assert first == ours == date(2021, 6, 18)
