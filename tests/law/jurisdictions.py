"""What every jurisdiction's pack must say of its first limit: typed in from our research, apart from the packs."""

from datetime import date, timedelta
from typing import NamedTuple


class Row(NamedTuple):
    """closed: working days that were closed in the period, typed from published lists."""

    id: str
    name: str
    confidence: str
    days: int | None
    unit: str | None
    friday: str = "2026-09-04"  # the Friday before Labor Day
    closed: tuple[str, ...] = ("2026-09-07",)
    roll: str = "none"


V, P, U, D = "verified", "partly verified", "unverified", "uncertain"
W, C = "working", "calendar"
ROWS = (
    Row("us-al", "Alabama", V, 10, W),
    Row("us-ak", "Alaska", P, 10, W),
    Row("us-az", "Arizona", V, 5, W),
    Row("us-ar", "Arkansas", D, 3, W),
    Row("us-ca", "California", U, 10, C, "2026-08-28", ("2026-09-07",), "forward"),
    Row("us-co", "Colorado", V, 3, W),
    Row("us-ct", "Connecticut", U, 4, W),
    Row("us-de", "Delaware", D, 15, W),
    Row("us-dc", "District of Columbia", P, 15, W),
    Row("us-fl", "Florida", U, None, None),
    Row("us-ga", "Georgia", U, 3, W),
    Row("us-hi", "Hawaii", P, 10, W),
    Row("us-id", "Idaho", P, 3, W),
    Row("us-il", "Illinois", U, 5, W),
    Row("us-in", "Indiana", U, 7, C),
    Row("us-ia", "Iowa", V, None, None),
    Row("us-ks", "Kansas", U, 3, W),
    Row("us-ky", "Kentucky", U, 5, W),
    Row("us-la", "Louisiana", D, 3, W),
    Row("us-me", "Maine", U, 5, W),
    Row("us-md", "Maryland", V, 10, W),
    Row("us-ma", "Massachusetts", D, 10, W),
    Row("us-mi", "Michigan", V, 5, W),
    Row("us-mn", "Minnesota", D, None, None),
    Row("us-ms", "Mississippi", V, 1, W),
    Row("us-mo", "Missouri", U, 3, W),
    Row("us-mt", "Montana", V, 5, W),
    Row("us-ne", "Nebraska", U, 4, W),
    Row("us-nv", "Nevada", U, 5, W),
    Row("us-nh", "New Hampshire", D, 5, W),
    Row("us-nj", "New Jersey", V, 7, W),
    Row("us-nm", "New Mexico", U, 3, W),
    Row("us-ny", "New York", V, 5, W),
    Row("us-nc", "North Carolina", U, None, None),
    Row("us-nd", "North Dakota", U, None, None),
    Row("us-oh", "Ohio", P, None, None),
    Row("us-ok", "Oklahoma", D, None, None),
    Row("us-or", "Oregon", V, 5, W),
    Row("us-pa", "Pennsylvania", U, 5, W),
    Row("us-ri", "Rhode Island", U, 10, W),
    Row("us-sc", "South Carolina", V, 10, W),
    Row("us-sd", "South Dakota", D, 10, W),
    Row("us-tn", "Tennessee", U, 7, W),
    Row("us-tx", "Texas", V, 10, W),
    Row("us-ut", "Utah", P, 10, W),
    Row("us-vt", "Vermont", D, 3, W),
    Row("us-va", "Virginia", U, 5, W),
    Row("us-wa", "Washington", U, 5, W),
    Row("us-wv", "West Virginia", U, 5, W),
    Row("us-wi", "Wisconsin", U, None, None),
    Row("us-wy", "Wyoming", V, 7, W),
    Row("us-privacy-act", "United States", U, 10, W),
    Row("uk", "United Kingdom", V, 20, W, "2026-05-01", ("2026-05-04", "2026-05-25")),
    # The last Monday of August is a holiday in England, and a working day in Scotland.
    Row("uk-scotland", "Scotland", D, 20, W, "2026-07-31", ("2026-08-03",)),
    Row("eu", "European Union", U, 15, W, "2026-05-22", ("2026-05-25",)),
    Row("ca", "Canada", U, 30, C, "2026-08-07", ("2026-09-07",), "forward"),
    Row("au", "Australia", U, 14, C, "2026-06-05", ("2026-06-08",)),
    Row("nz", "New Zealand", U, 20, W, "2026-10-23", ("2026-10-26",)),
    Row("ie", "Ireland", D, 2, "weeks", "2026-10-23", ("2026-10-26",)),
    Row("de", "Germany", P, 1, "months", "2026-04-24", ("2026-05-01", "2026-05-25"), "forward"),
    Row("mx", "Mexico", D, 20, W, "2026-09-11", ("2026-09-16",)),
    Row("in", "India", U, 30, C, "2026-08-14", ()),
)


def walked(row: Row) -> date | None:
    """Count a row's first limit day by day, knowing nothing of packs and calendars."""
    if row.days is None:
        return None
    closed = {date.fromisoformat(day) for day in row.closed}
    day = date.fromisoformat(row.friday)
    if row.unit == "months":
        day = day.replace(month=day.month + row.days)
    elif row.unit == "working":
        left = row.days
        while left:
            day += timedelta(days=1)
            left -= day.weekday() < 5 and day not in closed
    else:
        day += timedelta(days=row.days * (7 if row.unit == "weeks" else 1))
    while row.roll == "forward" and (day.weekday() > 4 or day in closed):
        day += timedelta(days=1)
    return day
