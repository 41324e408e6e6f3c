"""Short ways to write a history in a test and ask the law about it, and an independent count to compare with."""

from datetime import date, timedelta
from typing import Any

from foiadesk.law import Answer, Clock, answer, load_pack
from foiadesk.records import Event, FeeCategory, event_from_json

# Days on which federal offices were or will be closed, as the government publishes them: typed in, not computed.
PUBLISHED = {
    2021: "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
    2022: "01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26",
    2023: "01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25",
    2024: "01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25",
    2025: "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25",
    2026: "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25",
    2027: "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
    2028: "01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25",
}
HOLIDAYS = {date.fromisoformat(f"{year}-{day}") for year, days in PUBLISHED.items() for day in days.split()}


def e(kind: str, day: str | date, **fields: Any) -> dict[str, Any]:
    """Write one event as JSON has it."""
    return {"kind": kind, "date": str(day), **fields}


def received(day: str | date = "2026-01-05", office: str = "proper", **fields: Any) -> dict[str, Any]:
    return e("request_received", day, office=office, **fields)


def denied(day: str | date, outcome: str = "full_denial", **fields: Any) -> dict[str, Any]:
    return e("determination", day, outcome=outcome, **fields)


def events(*entries: dict[str, Any]) -> list[Event]:
    return [event_from_json(entry) for entry in entries]


def ask(
    *entries: dict[str, Any], today: str | date, agency: str | None = None, category: FeeCategory | None = None
) -> Answer:
    """Ask about a history on a day."""
    day = today if isinstance(today, date) else date.fromisoformat(today)
    return answer(events(*entries), law=load_pack("us-foia"), agency=agency, today=day, fee_category=category)


def clock(found: Answer, kind: str = "determination") -> Clock:
    """Return the first clock of a kind."""
    return next(one for one in found.clocks if one.kind == kind)


def kinds(found: Answer) -> list[str]:
    return [one.kind for one in found.clocks]


def d(text: str) -> date:
    return date.fromisoformat(text)


def is_open(day: date) -> bool:
    return day.weekday() < 5 and day not in HOLIDAYS


def counted(start: date, days: int) -> date:
    """Count working days one by one, the slow and plain way."""
    day = start
    while days:
        day += timedelta(days=1)
        days -= is_open(day)
    return day


def lived_through(
    start: date, tolls: list[tuple[date, date | None]], notices: list[tuple[date, int]], until: date
) -> tuple[date | None, bool]:
    """Live through the days one by one: returns (last day, still running or paused on ``until``).

    Each toll counts. The last day is None while a toll without an answer holds the count.
    """
    needed, done, spent, day = 20, 0, 0, start
    effective: list[tuple[date, date | None]] = []
    horizon = until + timedelta(days=2000)
    while day < horizon:
        paused = any(asked < day and (to is None or day <= to) for asked, to in effective)
        if day > start and is_open(day) and not paused:
            done += 1
        effective += [toll for toll in tolls if toll[0] == day]
        for on, named in notices:
            if on == day:
                use = min(named, 10)
                needed += max(0, min(use, 10 - spent))
                spent = min(10, spent + use)
        if done >= needed:
            return day, until <= day
        day += timedelta(days=1)
        if day.year > 2028:
            return None, True
    return None, True
