"""Keeps stored answers true to the day: at the first use on a new day, only what may have changed is counted again."""

from __future__ import annotations

import logging
import threading
from datetime import date
from typing import TYPE_CHECKING

from foiadesk.desk import standing
from foiadesk.desk.shapes import Moved
from foiadesk.store.rows_common import read_day, row

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.desk import Desk
    from foiadesk.store.rows_common import Row

log = logging.getLogger(__name__)

CHUNK = 2_000  # requests counted in one transaction, so that actions are not kept waiting


class Freshness:
    """Brings standing up to the desk's day. A desk open for reading only overlays what it cannot store."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._day: date | None = None
        self.moved: tuple[Moved, ...] = ()  # due dates moved by a new edition of the law, in this session

    def bring(self) -> None:
        """Count again what may differ today; one cheap look when nothing does."""
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
            if not fresh:
                self.moved = self.recount(
                    wanted, today, "The law's rules or calendar shipped with the program changed."
                )
                self._desk.store.write(lambda db: standing.mark_fresh(db, today))
            self._day = today

    def recount(self, requests: list[int], today: date, why: str) -> tuple[Moved, ...]:
        """Count these requests again and return the due dates that moved under another edition of the law."""
        moved: list[Moved] = []

        def work(db: Database, chunk: list[int]) -> None:
            for request in chunk:
                before = _counted(db, request)
                standing.put(db, request, today)
                after = _counted(db, request)
                if before and after and before["clock_id"] == after["clock_id"] and before["due"] != after["due"]:
                    was, now = read_day(before["due"]), read_day(after["due"])
                    reason = why if _edition(before) != _edition(after) else "It was counted again."
                    moved.append(Moved(request, after["title"], was, now, reason))

        for start in range(0, len(requests), CHUNK):
            chunk = requests[start : start + CHUNK]
            self._desk.store.write(lambda db, chunk=chunk: work(db, chunk))  # type: ignore[misc]
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


def _counted(db: Database, request: int) -> Row | None:
    return row(
        db,
        """SELECT s.clock_id, s.due, s.pack_version, s.calendar_version, r.title || ' · ' || r.office_short AS title
        FROM standing s JOIN requests r ON r.id = s.request WHERE s.request = ?""",
        (request,),
    )


def _edition(row: Row) -> tuple[str, str]:
    return row["pack_version"], row["calendar_version"]
