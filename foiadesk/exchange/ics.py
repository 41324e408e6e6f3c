"""Due dates as a calendar file (RFC 5545): whole days, stable identities, titles that say nothing unless asked."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_OID, uuid5

from foiadesk.frozen import dataclass

_EPOCH = date(2000, 1, 1)
# Neither the program nor its purpose is named: the file may lie on a phone or in somebody else's cloud.
_PRODUCT = "-//Deadlines//EN"


@dataclass(frozen=True, slots=True)
class DueDate:
    """One day to put into a calendar. key: tells it from every other of the same desk, and stays the same when the
    day moves. number: what a neutral title calls it by. title, detail: what is written when titles are asked for.
    plain: the neutral title, where it is not English."""

    key: str
    number: int
    due: date
    title: str
    detail: str = ""
    plain: str = ""


def calendar_file(dates: Iterable[DueDate], *, desk: str, as_of: date, titles: bool = False) -> bytes:
    """Return a calendar file: same dates and day, same bytes.

    desk: what tells this desk from others, from which identities are made (as digests that reveal neither). as_of: the
    day the dates hold for; a file of a later day replaces entries of an earlier one where a program knows them.
    """
    from icalendar import Calendar, Event

    stamp = datetime.combine(as_of, time(), UTC)
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    family = uuid5(NAMESPACE_OID, f"deadlines of {desk}")
    for entry in sorted(dates, key=lambda entry: (entry.due, entry.number, entry.key)):
        event = Event()
        event.add("uid", str(uuid5(family, entry.key)))
        event.add("dtstamp", stamp)
        event.add("sequence", max(0, (as_of - _EPOCH).days))
        event.add("dtstart", entry.due)
        event.add("dtend", entry.due + timedelta(days=1))
        event.add("summary", entry.title if titles else entry.plain or f"Deadline {entry.number}")
        if titles and entry.detail:
            event.add("description", entry.detail)
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    found: bytes = calendar.to_ical()
    return found
