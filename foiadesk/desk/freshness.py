"""Keeps stored answers true to the day: at the first use on a new day, only what may have changed is counted again."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
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

CHUNK = 2_000  # requests counted in one transaction, so that actions are not kept waiting
_NEW_EDITION = "The law's rules or calendar shipped with the program changed."
_NEW_CLOSURES = "The closures entered for the calendar {calendar} changed."


class Freshness:
    """Brings standing up to the desk's day. A desk open for reading only overlays what it cannot store."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._day: date | None = None
        self._closures_moved = False
        self._waiting = False  # answers of many requests wait for recount_closures
        self.moved: tuple[Moved, ...] = ()  # due dates moved by new rules or closures, in this session

    def closures_moved(self) -> None:
        """Look again at the next question: closures were added, removed, or brought back by undo."""
        self._closures_moved = True
        self._day = None

    def bring(self) -> None:
        """Count again what may differ today; one cheap look when nothing does.

        When closures changed in this session and many answers may have moved, they are left to ``recount_closures``.
        """
        today = self._desk.clock()
        if self._day == today:
            return
        with self._lock:
            if self._day == today:
                return
            with self._desk.read() as db:
                fresh = standing.is_fresh(db, today)
                wanted = [] if fresh else standing.stale(db, today)
            if self._desk.read_only:
                if fresh:
                    self._day = today
                return
            self._day = today  # before counting: closures that move meanwhile are looked at again
            if self._closures_moved and len(wanted) > CHUNK:
                self._waiting = True
                return
            if not fresh:
                self._settle(wanted, today, None)

    def waiting(self) -> int:
        """Return how many requests wait for ``recount_closures``."""
        self.bring()
        if not self._waiting:
            return 0
        with self._desk.read() as db:
            return len(standing.stale(db, self._desk.clock()))

    def recount_closures(self, progress: Callable[[int, int], None] | None = None) -> tuple[Moved, ...]:
        """Count again whatever changed closures may have moved; return every date moved in this session by rules."""
        today = self._desk.clock()
        with self._lock:
            if not self._desk.read_only:
                with self._desk.read() as db:
                    wanted = [] if standing.is_fresh(db, today) else standing.stale(db, today)
                self._day = today
                self._settle(wanted, today, progress)
            return self.moved

    def _settle(self, wanted: list[int], today: date, progress: Callable[[int, int], None] | None) -> None:
        """Count these again, remember what moved and, unless closures changed meanwhile, that all is fresh."""
        with self._desk.read() as db:
            rules = standing.print_of_rules(db)
        moved = self.recount(wanted, today, _NEW_EDITION, progress)
        self.moved = _joined(self.moved if self._closures_moved else (), moved)

        def work(db: Database) -> bool:
            if standing.print_of_rules(db) != rules:
                return False
            standing.mark_fresh(db, today)
            return True

        if self._desk.store.write(work):
            self._waiting = False
        else:
            self._day = None

    def recount(
        self, requests: list[int], today: date, why: str, progress: Callable[[int, int], None] | None = None
    ) -> tuple[Moved, ...]:
        """Count these requests again and return the due dates that moved. why: said of moves by another edition."""
        moved: list[Moved] = []

        def work(db: Database, chunk: list[int]) -> None:
            for request in chunk:
                before = rows_standing.counted(db, request)
                standing.put(db, request, today)
                moved.extend(_moves(before, rows_standing.counted(db, request), why))

        for start in range(0, len(requests), CHUNK):
            chunk = requests[start : start + CHUNK]
            self._desk.store.write(lambda db, chunk=chunk: work(db, chunk))  # type: ignore[misc]
            if progress is not None:
                progress(start + len(chunk), len(requests))
        if requests:
            log.info("counted %d requests again for %s", len(requests), today)
        return tuple(moved)

    def overlay(self, db: Database) -> dict[int, standing.Derived]:
        """Return what stored rows should say today where this desk cannot store it; empty when they already do."""
        if not self._desk.read_only or self._day == self._desk.clock():
            return {}
        today = self._desk.clock()
        if standing.is_fresh(db, today):
            return {}
        found = {request: standing.derive(db, request, today) for request in standing.stale(db, today)}
        return {request: derived for request, derived in found.items() if derived is not None}


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
