"""Closures: days on which offices are closed beside the holidays, entered by a person; and what they move."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from foiadesk.desk import wording
from foiadesk.desk.desk import Done
from foiadesk.desk.shapes import Closure, Moved
from foiadesk.records.errors import BadInput, NotFound
from foiadesk.records.events import read_date
from foiadesk.records.speech import iso_day, say
from foiadesk.store import rows_closures

if TYPE_CHECKING:
    from foiadesk.desk.change import Change
    from foiadesk.desk.desk import Desk
    from foiadesk.desk.journal import Journal
    from foiadesk.law import Calendar
    from foiadesk.store.rows_common import Row

_WEEKEND = {5: "Saturday", 6: "Sunday"}
LONGEST_NOTE = 500  # characters; it stands on one line of a worksheet


class Calendars:
    """The closures of this desk. Adding, changing or removing one can be undone.

    After a closure changed, stored answers are counted again at the next question when they are few; of many, the rest
    waits for ``recount``, which is meant to be called off the window's thread.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def closures(self, calendar: str | None = None) -> tuple[Closure, ...]:
        """Return the closures of one calendar, or of all, by calendar and date."""
        with self._desk.read() as db:
            return tuple(map(_closure, rows_closures.closures(db, calendar)))

    def calendars(self) -> tuple[str, ...]:
        """Return the calendars that the laws of this desk's requests count by, "us-federal" always among them."""
        from foiadesk.law import load_pack

        with self._desk.read() as db:
            laws = [law for (law,) in db.execute("SELECT DISTINCT law FROM requests WHERE gone = 0").fetchall()]
        return tuple(sorted({"us-federal", *(load_pack(law).calendar for law in laws)}))

    def calendar(self, name: str) -> Calendar:
        """Return a calendar with this desk's closures; raises NotFound naming near matches."""
        from foiadesk.desk.standing import closed_on

        with self._desk.read() as db:
            return closed_on(_shipped(name), rows_closures.closed_days(db, name))

    def add_closure(self, date: date, calendar: str = "us-federal", note: str = "") -> Change:
        """Enter that offices are closed on a day. A day entered before gets the new note.

        Raises BadInput for a day that does not count anyway or that the calendar knows nothing of, NotFound for an
        unknown calendar.
        """
        day, note = read_date(date, "date"), note.strip()
        if len(note) > LONGEST_NOTE:
            raise BadInput(
                say(
                    "note: {note} characters are too many; {longest_note} fit.",
                    note=len(note),
                    longest_note=LONGEST_NOTE,
                )
            )
        from foiadesk.law.holiday_names import holiday_name

        why = _shipped(calendar).closed_reason(day)
        if why:
            raise BadInput(
                say(
                    "date: {day} is a {weekday}, so the calendar {calendar} does not count it anyway.",
                    day=iso_day(day),
                    weekday=say(_WEEKEND[day.weekday()]),
                    calendar=calendar,
                )
                if why == "weekend"
                else say(
                    "date: {day} is a holiday there ({name}), so the calendar {calendar} does not count it anyway.",
                    day=iso_day(day),
                    name=holiday_name(why),
                    calendar=calendar,
                ),
                safe="Nothing was changed.",
            )

        def work(journal: Journal) -> Done:
            named = say("{day} on the calendar {calendar}", day=wording.day(day), calendar=calendar)
            for known in rows_closures.closures(journal.db, calendar):
                if known["date"] == day.isoformat():
                    journal.update("closures", known["id"], {"note": note})
                    return Done(say("Changed the note of the closure {named}", named=named), known["id"])
            row = {"calendar": calendar, "date": day.isoformat(), "note": note, "added_at": journal.at}
            return Done(say("Entered a closure: {named}", named=named), journal.insert("closures", row))

        return self._desk.act(work)

    def remove_closure(self, id: int) -> Change:  # noqa: A002 - "id" is what everybody calls it
        """Take a closure out again; raises NotFound."""

        def work(journal: Journal) -> Done:
            known = rows_closures.closure(journal.db, id)
            if known is None:
                raise NotFound(say("There is no closure {id}.", id=id))
            journal.delete("closures", id)
            day = date.fromisoformat(known["date"])
            return Done(
                say(
                    "Removed a closure: {day} on the calendar {calendar}",
                    day=wording.day(day),
                    calendar=known["calendar"],
                ),
                id,
            )

        return self._desk.act(work)

    def find(self, day: date, calendar: str = "us-federal") -> Closure:
        """Return the closure of a day; raises NotFound."""
        for found in self.closures(calendar):
            if found.date == day:
                return found
        raise NotFound(say("There is no closure on {day} in the calendar {calendar}.", day=day, calendar=calendar))

    def waiting(self) -> int:
        """Return how many requests still wait to be counted again since closures changed."""
        self._desk.freshness.bring()
        return self._desk.freshness.waiting

    def recount(self, progress: Callable[[int, int], None] | None = None) -> tuple[Moved, ...]:
        """Count again, in short transactions, what changed closures may have moved; return what did move since then.

        progress: told (counted, of how many) after each portion. Meant to be called off the window's thread.
        """
        return self._desk.freshness.catch_up(progress)


def _shipped(name: str) -> Calendar:
    from foiadesk.law import load_calendar
    from foiadesk.law.packs import user_folder

    return load_calendar(name, user_folder())


def _closure(row: Row) -> Closure:
    return Closure(row["id"], row["calendar"], date.fromisoformat(row["date"]), row["note"])
