"""Keeps stored answers true to the day: at the first use on a new day, only what may have changed is counted again."""

from __future__ import annotations

import logging
import threading
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from foiadesk.desk import standing
from foiadesk.desk.shapes import Moved
from foiadesk.store import rows_standing
from foiadesk.store.rows_common import read_day

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.desk import Desk
    from foiadesk.store.rows_common import Row

log = logging.getLogger(__name__)

CHUNK = 2_000  # requests counted in one transaction, and at most while somebody waits for an answer
BESIDE = 100  # requests counted in one transaction while somebody works, whose actions wait for one of these at most
_NEW_EDITION = "The law's rules or calendar shipped with the program changed."
_NEW_CLOSURES = "The closures entered for the calendar {calendar} changed."


class Freshness:
    """Brings standing up to the desk's day. A desk open for reading only overlays what it cannot store.

    Where many answers must be counted again and somebody waits (``beside``, or closures changed), they wait for
    ``catch_up``: until then stored rows are of before, and what is shown of single requests is overlaid.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._day: date | None = None
        self._closures_moved = False
        self._wanted = array("q")  # requests to be counted again, in order
        self._counted = 0  # of these
        self._left = False  # to ``catch_up``
        self.beside = False
        self.moved: tuple[Moved, ...] = ()  # due dates moved by new rules or closures, in this session

    def closures_moved(self) -> None:
        """Look again at the next question: closures were added, removed, or brought back by undo."""
        self._closures_moved = True
        self._day = None

    def bring(self) -> None:
        """Count again what may differ today, or leave it to ``catch_up``; one cheap look when nothing does."""
        today = self._desk.clock()
        if self._day == today:
            return
        if not self._lock.acquire(blocking=not self._left):
            return  # what waits is being counted this moment; at the end of that it is looked again
        try:
            if self._day == today:
                return
            if self._desk.read_only:
                if self._look(today)[0]:
                    self._day = today
                return
            self._day = today  # before looking: closures that move meanwhile are looked at again
            fresh, wanted, rules = self._look(today)
            if (self._closures_moved or self.beside) and len(wanted) > CHUNK:
                self._counted, self._wanted, self._left = 0, array("q", wanted), True
            elif not fresh:
                self._settle(wanted, rules, today, None)
        finally:
            self._lock.release()

    @property
    def waiting(self) -> int:
        """How many requests are left to ``catch_up``."""
        return len(self._wanted) - self._counted if self._left else 0

    def catch_up(self, progress: Callable[[int, int], None] | None = None) -> tuple[Moved, ...]:
        """Count again what waits, in short transactions; return every date moved in this session by rules.

        progress: told (counted, of how many) after each; when it raises, what is left still waits.
        """
        with self._lock:
            if not self._desk.read_only:
                self._day = today = self._desk.clock()
                _fresh, wanted, rules = self._look(today)
                self._settle(wanted, rules, today, progress)
            return self.moved

    def finish(self) -> None:
        """Count what waits now: before dates leave the desk, where nothing tells that they are of before."""
        self.bring()
        if self.waiting:
            self.catch_up()

    def _look(self, today: date) -> tuple[bool, list[int], str]:
        """Return whether every stored answer holds, else which need not, and under which rules this was found."""
        with self._desk.read() as db:
            fresh = standing.is_fresh(db, today)
            return fresh, [] if fresh else standing.stale(db, today), standing.print_of_rules(db)

    def _settle(self, wanted: list[int], rules: str, today: date, progress: Callable[[int, int], None] | None) -> None:
        """Count these again, remember what moved and, unless rules changed since they were found, that all is fresh."""
        before = self.moved if self._closures_moved or self._left else ()
        self._counted, self._wanted = 0, array("q", wanted)
        found: list[Moved] = []

        def counted(done: int, moved: tuple[Moved, ...]) -> None:
            self._counted = done
            found.extend(moved)
            if progress is not None:
                progress(done, len(wanted))

        try:
            self._recount(wanted, today, _NEW_EDITION, counted)
        finally:
            self.moved = _joined(before, tuple(found))

        def work(db: Database) -> bool:
            if standing.print_of_rules(db) != rules:
                return False
            standing.mark_fresh(db, today)
            return True

        if self._desk.store.write(work):
            self._left = False
        else:
            self._day = None

    def recount(self, requests: list[int], today: date, why: str) -> tuple[Moved, ...]:
        """Count these requests again and return the due dates that moved. why: said of moves by another edition."""
        found: list[Moved] = []
        self._recount(requests, today, why, lambda _done, moved: found.extend(moved))
        return tuple(found)

    def _recount(
        self, requests: list[int], today: date, why: str, counted: Callable[[int, tuple[Moved, ...]], None]
    ) -> None:
        """Count these requests again. counted: told after each transaction how many are, and what moved in it."""

        def work(db: Database, chunk: list[int]) -> tuple[Moved, ...]:
            moved: list[Moved] = []
            for request in chunk:
                before = rows_standing.counted(db, request)
                standing.put(db, request, today)
                moved.extend(_moves(before, rows_standing.counted(db, request), why))
            return tuple(moved)

        size = BESIDE if self.beside else CHUNK
        for start in range(0, len(requests), size):
            chunk = requests[start : start + size]
            moved = self._desk.store.write(lambda db, chunk=chunk: work(db, chunk))  # type: ignore[misc]
            counted(start + len(chunk), moved)
        if requests:
            log.info("counted %d requests again for %s", len(requests), today)

    def overlay(self, db: Database, among: Iterable[int] | None = None) -> dict[int, standing.Derived]:
        """Return what stored rows should say today where they do not: on a desk that cannot store it, or as yet.

        among: only of these requests; else, on a desk that can store, nothing: all of them would be the whole count.
        """
        today = self._desk.clock()
        if self._desk.read_only:
            if self._day == today or standing.is_fresh(db, today):
                return {}
            wanted = set(standing.stale(db, today))
            wanted = wanted if among is None else wanted.intersection(among)
        else:
            wanted = {request for request in among or () if self._waits(request)}
        found = {request: standing.derive(db, request, today) for request in sorted(wanted)}
        return {request: derived for request, derived in found.items() if derived is not None}

    def _waits(self, request: int) -> bool:
        wanted, counted = self._wanted, self._counted
        place = bisect_left(wanted, request, counted)
        return self._left and place < len(wanted) and wanted[place] == request


def _moves(before: list[Row], after: list[Row], why: str) -> list[Moved]:
    """Return the dates that differ. Under the same rules only the ruling clock is compared: others come and go."""
    if not before or not after:
        return []
    old, new = before[0], after[0]
    if old["pack_version"] != new["pack_version"]:
        reason = why
    elif old["calendar_version"] != new["calendar_version"]:
        closed = {row["calendar_version"].partition("+")[0] for row in (old, new)}
        reason = _NEW_CLOSURES.format(calendar=new["calendar_version"].partition(" ")[0]) if len(closed) == 1 else why
    elif old["ruling"] == new["ruling"]:
        before = [row for row in before if row["clock_id"] == row["ruling"]]
        reason = "It was counted again."
    else:
        return []
    now = {row["clock_id"]: row for row in after}
    return [
        Moved(
            row["request"],
            row["title"],
            read_day(row["due"]),
            read_day(now[row["clock_id"]]["due"]),
            reason,
            row["kind"],
            row["clock_id"],
        )
        for row in before
        if row["clock_id"] in now and row["due"] != now[row["clock_id"]]["due"]
    ]


def _joined(first: tuple[Moved, ...], then: tuple[Moved, ...]) -> tuple[Moved, ...]:
    """Tell moves of one date as one, and none that came back to where it was."""
    found = {(move.request, move.clock_id): move for move in first}
    for move in then:
        key = (move.request, move.clock_id)
        was = found.pop(key).was if key in found else move.was
        if was != move.now:
            found[key] = Moved(move.request, move.title, was, move.now, move.why, move.clock, move.clock_id)
    return tuple(found.values())
