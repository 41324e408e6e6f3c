"""Counting one period of any law: segments after one another, pauses left out, an end that may roll."""

from collections.abc import Sequence
from datetime import date, timedelta

from foiadesk.frozen import dataclass
from foiadesk.law.arithmetic import Skipped
from foiadesk.law.calendars import Calendar
from foiadesk.law.periods import End, end_of, plain_end, rolled

Segment = tuple[int, str]  # so many, of this unit
Span = tuple[date, date | None]  # a pause: after this day, up to that one; None: still open


@dataclass(frozen=True, slots=True)
class Run:
    """Where a period ends. due None with ``paused``: a pause is open; without: unknown, as ``note`` says."""

    due: date | None
    latest: date | None = None
    left_out: tuple[Skipped, ...] = ()
    note: str = ""
    paused: bool = False


_PAUSED = Run(None, paused=True)


def _segment(calendar: Calendar, start: date, segment: Segment, spans: Sequence[Span]) -> End | None:
    """Count one segment with its pauses, without rolling; None while a pause is open."""
    count, unit = segment
    end = _plain(calendar, start, count, unit, 0)
    covered, extra = start, 0
    for since, to in spans:
        if end.due is None or since >= end.due:
            break
        if to is None:
            return None
        after = max(since, covered)
        if to <= after:
            continue
        covered = to
        extra += calendar.count(after.toordinal(), to.toordinal()) if unit == "working" else (to - after).days
        end = _plain(calendar, start, count, unit, extra)
    return end


def _plain(calendar: Calendar, start: date, count: int, unit: str, extra: int) -> End:
    if unit == "working":
        return end_of(calendar, start, count + extra, unit)
    return End(plain_end(start, count, unit) + timedelta(days=extra))


def run(
    calendar: Calendar,
    start: date,
    segments: Sequence[Segment],
    *,
    roll: str = "none",
    spans: Sequence[Span] = (),
    open_until: date | None = None,
    readings: bool = True,
) -> Run:
    """Count segments one after another from ``start``, day 0; only the last end rolls. Overlapping pauses count once.

    open_until: take an open pause to end on this day. readings: also work out a later day that may be argued for.
    """
    closed = sorted((since, to or open_until) for since, to in spans if to or open_until)
    spans = sorted([*closed, *((since, None) for since, to in spans if not (to or open_until))], key=lambda s: s[0])
    left_out: list[Skipped] = []
    later, at = None, start
    notes = []
    for number, segment in enumerate(segments, start=1):
        end = _segment(calendar, at, segment, spans)
        if end is None:
            return _PAUSED
        if end.due is not None and segment[1] != "working" and number == len(segments):
            raw = end.due
            end = rolled(calendar, raw, roll)
            left_out += _paused_days(at, raw, spans)
        elif end.due is not None:
            left_out += _merged(end, at, spans, working=segment[1] == "working")
        if end.note:
            notes.append(end.note)
        if end.due is None:
            return Run(None, note=" ".join(dict.fromkeys(notes)))
        later = end.latest
        left_out += [skip for skip in end.left_out if segment[1] != "working"]
        at = end.due
    if readings and calendar.disputed and any(unit == "working" for _, unit in segments):
        theirs = run(calendar.disputed_reading, start, segments, roll=roll, spans=spans, readings=False)
        later = theirs.due if theirs.due != at else None
    unique = {skip.date: skip for skip in left_out}
    return Run(at, later, tuple(unique[day] for day in sorted(unique)), " ".join(dict.fromkeys(notes)))


def _paused_days(start: date, end: date, spans: Sequence[Span]) -> list[Skipped]:
    days = (date.fromordinal(day) for day in range(start.toordinal() + 1, end.toordinal() + 1))
    return [Skipped(day, "paused") for day in days if any(since < day <= to for since, to in spans if to)]


def _merged(end: End, start: date, spans: Sequence[Span], *, working: bool) -> list[Skipped]:
    assert end.due is not None
    closed = {skip.date: skip for skip in end.left_out} if working else {}
    for skip in _paused_days(start, end.due, spans):
        closed.setdefault(skip.date, skip)
    return list(closed.values())
