"""Who owes what by when: Today, the list of due dates, worksheets, recounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from foiadesk.desk import standing, wording, worksheets
from foiadesk.desk.shapes import DueRow, Evidence, ExhaustionRow, Moved, RipeTogether, TodayPage
from foiadesk.records.progress import Progress
from foiadesk.records.speech import joined, say
from foiadesk.store import rows_standing
from foiadesk.store.rows_common import Row

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.desk import Desk
    from foiadesk.desk.scene_time import Say
    from foiadesk.law import Answer, Worksheet


class Deadlines:
    """Derived answers across all requests."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def today(self) -> TodayPage:
        """Return the first page: what needs the person, what agencies owe, the next six weeks."""
        from foiadesk.desk.today import today_page

        fresh, today = self._desk.freshness, self._desk.clock()
        fresh.bring()
        with self._desk.read() as db:
            page = today_page(db, today, fresh.overlay(db), fresh.moved)
            if not fresh.waiting:
                return page
            rows = (*page.needs_you, *page.agencies_owe, *(row for _day, due in page.strip for row in due))
            page = today_page(db, today, fresh.overlay(db, {row.request for row in rows}), fresh.moved)
            return replace(page, waiting=fresh.waiting)

    def count_beside(self) -> None:
        """Answer at once from now on when very many requests must be counted again for a new day or other rules.

        Until ``catch_up`` has counted them, lists may leave some out or show what was stored of them before; the
        lines of requests and of Today say what holds now all the same, and Today tells how many wait.
        """
        self._desk.freshness.beside = True

    def catch_up(self, progress: Progress | None = None) -> tuple[Moved, ...]:
        """Count again what waits, in short transactions beside everything else; return the dates that rules moved.

        Raises Cancelled between two of them, when it is asked to; what is left waits on.
        """
        return self._desk.freshness.catch_up((progress or Progress()).at)

    def due(self, today: date | None = None) -> tuple[DueRow, ...]:
        """Return every clock still to be met, the most urgent first.

        today: another day than this one is counted afresh for every request, storing nothing.
        """
        now = self._desk.clock()
        day = today or now
        self._desk.freshness.bring()
        with self._desk.read() as db:
            if day == now:
                overlay = self._desk.freshness.overlay(db)
                if not overlay:
                    return due_rows(rows_standing.open_clocks(db), day)
                stored = [
                    dict(zip(rows_standing.CLOCK_LINE, row, strict=True)) for row in rows_standing.open_clocks(db)
                ]
            else:
                stored = []
                overlay = _derived_on(db, day)
            found = clocks_due(stored, db, overlay)
        return due_rows((tuple(row[name] for name in rows_standing.CLOCK_LINE) for row in found), day)

    def worksheet(self, request: int, clock_id: str, today: date | None = None) -> Worksheet:
        """Return the day-by-day count of one clock; raises NotFound."""
        with self._desk.read() as db:
            return worksheets.worksheet(db, request, clock_id, today or self._desk.clock())

    def worksheet_pdf(self, request: int, clock_id: str, today: date | None = None) -> bytes:
        """Return a worksheet as a PDF to print or file as an exhibit; same day, same bytes. Raises NotFound.

        Raises BadInput when the request's title has characters that no font here can show.
        """
        with self._desk.read() as db:
            return worksheets.worksheet_pdf(
                db, request, clock_id, today or self._desk.clock(), self._desk.settings.get().page
            )

    def calendar_file(self, *, titles: bool = False, words: Say = str) -> bytes:
        """Return every clock still to be met as an .ics file. It leaves the desk's protection.

        titles: write what is due on which request; otherwise only "Deadline" and the request's number. words: says a
        sentence in the language of the one who asks.
        """
        from foiadesk.exchange.ics import DueDate, calendar_file
        from foiadesk.law.naming import WHO

        self._desk.freshness.finish()  # a file does not say that some of its dates are of before
        today = self._desk.clock()
        found = []
        for row in self.due():
            if row.due is not None:
                what = wording.due_title(row.clock, passed=row.due < today)
                detail: str = say(
                    "Last day to act, inclusive, for {who}. As counted on {day}.",
                    who=say(WHO[row.who]), day=wording.day(today),
                )  # fmt: skip
                if row.unverified:
                    detail = joined(" ", (detail, wording.unverified(row.unverified)))
                title = say("{what}: {detail}", what=what, detail=f"{row.title} · {row.office}")
                key = f"{row.request}/{row.clock_id}"
                plain = words(say("Deadline {number}", number=row.request))
                found.append(DueDate(key, row.request, row.due, words(title), words(detail), plain))
        with self._desk.read() as db:
            made = str(db.execute("SELECT value FROM desk_meta WHERE name = 'created'").fetchone()[0])
        return calendar_file(found, desk=made, as_of=today, titles=titles)

    def exhaustion(self, today: date | None = None, *, evidence: bool = True) -> tuple[ExhaustionRow, ...]:
        """Return "may I sue?" for every request not in the trash, with what it rests on, by request.

        today: another day than this one is counted afresh for every request, storing nothing. evidence: False leaves it
        out, for lists of very many requests; ``evidence`` then gives it for one.
        """
        from foiadesk.desk.exhaustion import board

        now = self._desk.clock()
        self._desk.freshness.bring()
        with self._desk.read() as db:
            other_day = today is not None and today != now
            overlay = _derived_on(db, today or now) if other_day else self._desk.freshness.overlay(db)
            return board(db, overlay, with_evidence=evidence)

    def evidence(self, request: int) -> tuple[Evidence, ...]:
        """Return the events behind a request's answer to "may I sue?", oldest first."""
        from foiadesk.desk.exhaustion import evidence_of

        with self._desk.read() as db:
            return evidence_of(db, request).get(request, ())

    def plan(self, events: Mapping[int, Sequence[Mapping[str, Any]]], today: date) -> dict[int, Answer]:
        """Return what the law would say of these requests on a day if these events had happened; nothing is stored.

        events: by request, each as ``event_from_json`` reads it; their dates may lie ahead of the real day, but those
        after ``today`` are left out with a warning. Raises BadInput naming the kind and field, NotFound.
        """
        from foiadesk.desk import planner

        with self._desk.read() as db:
            return planner.plan(db, events, today)

    def ripe_together(
        self,
        requests: Sequence[int],
        today: date | None = None,
        events: Mapping[int, Sequence[Mapping[str, Any]]] | None = None,
    ) -> RipeTogether:
        """Return the earliest day on which all these requests are ripe for court if nothing else happens.

        Ripe: the exhaustion state is open or exhausted. events: what is supposed to happen besides, by request ("they
        answer on the 1st"); its dates may lie ahead. Nothing is stored. Raises BadInput, NotFound.
        """
        from foiadesk.desk import planner

        with self._desk.read() as db:
            return planner.ripe_together(db, requests, today or self._desk.clock(), events or {})

    def recount(self) -> tuple[Moved, ...]:
        """Count every request again and return the dates that moved."""
        with self._desk.read() as db:
            every = standing.requests_of(db)
        return self._desk.freshness.recount(every, self._desk.clock(), "The law's rules or calendar changed.")

    def rebuild(self) -> None:
        """Drop all derived answers and derive them again from the events."""
        today = self._desk.clock()

        def work(db: Database) -> None:
            rows_standing.drop_standing(db)
            for request in standing.requests_of(db):
                standing.put(db, request, today)
            standing.mark_fresh(db, today)

        self._desk.store.write(work)


def _derived_on(db: Database, day: date) -> dict[int, standing.Derived]:
    """Derive every request not in the trash on another day than the stored one."""
    ids = [key for (key,) in db.execute("SELECT id FROM requests WHERE trashed = 0 AND gone = 0").fetchall()]
    return {key: derived for key in ids if (derived := standing.derive(db, key, day)) is not None}


def clocks_due(stored: Iterable[Row], db: Database, overlay: dict[int, standing.Derived]) -> list[Row]:
    """Return stored clock lines with those of overlaid requests replaced, the most urgent first."""
    if not overlay:
        return list(stored)
    found = [row for row in stored if row["request"] not in overlay]
    for named in rows_standing.lines_of(db, sorted(overlay)):
        derived = overlay[named["request"]]
        found += [
            {**clock, **named}
            for clock in derived.clocks
            if not derived.row["hidden"]
            and clock["due"] is not None
            and clock["met_on"] is None
            and clock["state"] in standing.STILL_OPEN
        ]
    return sorted(found, key=lambda row: (row["due"], row["request"]))


def due_rows(lines: Iterable[tuple[Any, ...]], today: date) -> tuple[DueRow, ...]:
    """Return stored clock lines as records. There may be hundreds of thousands: each day is read once."""
    days: dict[str, tuple[date, int]] = {}
    found = []
    for request, clock_id, kind, who, due, state, unverified, title, office in lines:
        known = days.get(due)
        if known is None:
            day = date.fromisoformat(due)
            known = days[due] = (day, max(0, (today - day).days))
        late = known[1] if state == "missed" else 0
        found.append(DueRow(request, title, office, kind, who, known[0], state, late, clock_id, unverified))
    return tuple(found)
