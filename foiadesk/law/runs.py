"""One count of working days with pauses and extensions, in ordinals: where it stands after each event."""

from dataclasses import dataclass, field

from foiadesk.law.calendars import Calendar

FOREVER = 1 << 40


@dataclass(slots=True)
class Run:
    """A count of ``days`` working days after ``start``. pauses: (after, up to) spans left out; FOREVER: still open.

    ``ended``: the day of the answer, after which nothing moves it.
    """

    calendar: Calendar
    start: int
    days: int
    ended: int | None = None
    pauses: list[tuple[int, int]] = field(default_factory=list)
    extended: int = 0
    zero_left: bool = False  # an agency's reading: a toll asked on the last day stops the count too
    _known: dict[int | None, int | None] = field(default_factory=dict)

    def due(self, open_until: int | None = None) -> int | None:
        """Return the last day; None while a pause is open (unless it is taken to end on ``open_until``)."""
        if open_until not in self._known:
            self._known[open_until] = self._count(open_until)
        return self._known[open_until]

    def _count(self, open_until: int | None) -> int | None:
        days = self.days + self.extended
        due = self.calendar.add(self.start, days)
        covered = self.start  # days up to here were already left out by an earlier, overlapping pause
        for since, to in self.pauses:
            if since > due or (since == due and not self.zero_left):
                break
            end = to
            if end == FOREVER:
                if open_until is None:
                    return None
                end = open_until
            since = max(since, covered)  # noqa: PLW2901 - overlapping pauses count once
            if end <= since:
                continue
            covered = end
            if since >= due and self.zero_left:
                due = max(due, end)
                continue
            days += self.calendar.count(since, end)
            due = self.calendar.add(self.start, days)
        return due

    def running_on(self, day: int) -> bool:
        """Say whether the count still runs, or is paused, on a day: neither answered before nor past its end."""
        if self.ended is not None and day > self.ended:
            return False
        due = self.due()
        return due is None or day <= due

    def pause(self, since: int, to: int) -> None:
        """Leave out the days after ``since`` up to ``to``."""
        self.pauses.append((since, to))
        self.pauses.sort()
        self._known.clear()

    def extend(self, days: int) -> None:
        """Add working days to the count."""
        self.extended += days
        self._known.clear()
