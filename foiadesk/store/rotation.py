"""Which backups of a place are kept: the latest, and the newest of each of the last days, weeks and months with one."""

from collections.abc import Callable, Mapping
from datetime import datetime

LATEST, DAILY, WEEKLY, MONTHLY = 3, 7, 4, 12


def kept(taken: Mapping[int, datetime | None], now: datetime) -> set[int]:
    """Return the numbers to keep, of backups by number with the moment each was taken.

    The latest three are always kept, whatever their dates. One whose moment is not known, or later than ``now`` because
    a clock was wrong then or is wrong now, is kept and takes nobody's turn.
    """
    keep = set(sorted(taken)[-LATEST:])
    keep |= {number for number, moment in taken.items() if moment is None or moment > now}
    past = {number: moment for number, moment in taken.items() if moment is not None and moment <= now}
    for count, period in _PERIODS:
        newest: dict[tuple[int, ...], int] = {}
        for number, moment in sorted(past.items(), key=lambda each: (each[1], each[0])):
            newest[period(moment)] = number
        keep |= {newest[one] for one in sorted(newest)[-count:]}
    return keep


_PERIODS: tuple[tuple[int, Callable[[datetime], tuple[int, ...]]], ...] = (
    (DAILY, lambda moment: (moment.year, moment.month, moment.day)),
    (WEEKLY, lambda moment: tuple(moment.isocalendar()[:2])),
    (MONTHLY, lambda moment: (moment.year, moment.month)),
)
