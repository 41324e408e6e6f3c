"""Which backups stay: counted by the days, weeks and months that have one, whatever the clock did."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from foiadesk.store.rotation import kept

NOW = datetime(2026, 7, 3, 12, tzinfo=UTC)


def days_ago(*days):
    return {number: NOW - timedelta(days=day) for number, day in enumerate(sorted(days, reverse=True), 1)}


def test_daily_for_three_years():
    taken = days_ago(*range(1000))
    ages = sorted((NOW - taken[number]).days for number in kept(taken, NOW))
    assert ages[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert len([age for age in ages if 7 <= age < 31]) in (2, 3)  # weeks
    assert len(ages) in range(19, 23) and 300 < ages[-1] < 366


def test_a_few_seldom_ones_all_stay():
    taken = days_ago(0, 40, 80, 200, 900)
    assert kept(taken, NOW) == set(taken)


def test_several_on_one_day_leave_the_latest_three():
    taken = {number: NOW - timedelta(minutes=30 - number) for number in range(1, 11)}
    assert kept(taken, NOW) == {8, 9, 10}


@settings(deadline=None)
@given(
    st.dictionaries(
        st.integers(1, 500), st.none() | st.integers(-3000, 3000).map(lambda days: NOW + timedelta(days=days))
    )
)
def test_the_latest_the_unknown_and_the_future_always_stay_and_keeping_twice_changes_nothing(taken):
    keep = kept(taken, NOW)
    assert keep >= set(sorted(taken)[-3:])
    assert keep >= {number for number, moment in taken.items() if moment is None or moment > NOW}
    assert keep <= set(taken)
    assert kept({number: taken[number] for number in keep}, NOW) == keep
