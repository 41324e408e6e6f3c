"""Keeps the search index true to the desk: what changed waits in a queue until it is findable."""

from __future__ import annotations

import json
import logging
import secrets
import threading
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from foiadesk.desk import index_entries
from foiadesk.desk.index_entries import KINDS, QUEUED
from foiadesk.store import rows_common, rows_index
from foiadesk.store.index import NoIndex

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.desk import Desk
    from foiadesk.records.progress import Progress

log = logging.getLogger(__name__)

BATCH = 200  # things written in one transaction, so that nobody waits for it long
MANY = 1_000  # where somebody waits until all of it is done
_TABLES = {
    "request": "requests",
    "letter": "letters",
    "event": "events",
    "mail": "correspondence",
    "file": "attachments",
}
_IDS = {"event": "seq"}
# The index remembers the mark of its last batch and the one the desk had then; the desk takes the new mark when it
# empties its queue. An index or a desk put back from an older day shows marks that do not meet, and all is read anew.
_MARK, _BEFORE, _WALK = "mark", "before", "walk"
_DESK_MARK = "indexed"

Wanted = dict[str, set[int]]


class Indexing:
    """Writes the index of one desk. One step at a time, from any thread; every step leaves desk and index agreeing."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._turn = threading.Lock()
        self._met = False

    def bring(self, progress: Progress | None = None) -> None:
        """Make everything that changed findable, texts of files aside. Raises StorageFull and the like, Cancelled."""
        done = 0
        while True:
            made = self.step(MANY)
            if not made:
                return
            done += made
            if progress is not None:
                progress.at(done, done + self.waiting())

    def step(self, most: int = BATCH) -> int:
        """Write one batch of so many things at most; return how many it looked at, 0 when nothing waits."""
        with self._turn:
            for last in (False, True):
                self._meet()
                try:
                    return self._take(most) or self._go_on_walking(most)
                except NoIndex:  # it was damaged or removed since: what it held is read anew
                    self._met = False
                    if last:
                        raise
        raise AssertionError

    def waiting(self) -> int:
        """Return how many things are not findable yet, or not as they are now."""
        with self._desk.read() as db:
            try:
                with self._desk.store.index.read() as index:
                    return self.waiting_for(db, index)[0]
            except NoIndex:
                return self._waiting(db, dict.fromkeys(KINDS, 0))

    def waiting_for(self, db: Database, index: Database) -> tuple[int, bool]:
        """Return how many things wait for this state of the index, and whether it is of this state of the desk."""
        agree = self._meets(db, index)
        return self._waiting(db, self._walk_of(index) if agree else dict.fromkeys(KINDS, 0)), agree

    @staticmethod
    def _waiting(db: Database, walk: Mapping[str, int]) -> int:
        queued = int(rows_common.value(db, "SELECT count(*) FROM to_index"))
        if len(walk) == len(KINDS) and not any(walk.values()):
            queued = 0  # all of it is still to be walked
        return queued + sum(_count_after(db, kind, last) for kind, last in walk.items())

    def agrees(self) -> bool:
        """Tell whether the index is of this desk as it is now, whatever still waits."""
        with self._desk.read() as db:
            try:
                with self._desk.store.index.read() as index:
                    return self._meets(db, index)
            except NoIndex:
                return False

    # -- marks ------------------------------------------------------------------------------------------------------

    @staticmethod
    def _meets(db: Database, index: Database) -> bool:
        mark = rows_common.state(db, _DESK_MARK)
        return mark in (rows_index.state(index, _MARK), rows_index.state(index, _BEFORE))

    def _meet(self) -> None:
        """Start an index anew unless the one there is of this desk."""
        if self._met and self._desk.store.index.exists():
            return
        if not self.agrees():
            log.info("the search index is made anew")
            self._begin()
        self._met = True

    def _begin(self) -> None:
        mark = secrets.token_hex(8)
        with self._desk.read() as db:
            before = rows_common.state(db, _DESK_MARK)
        self._desk.store.index.write(lambda index: _start(index, mark, before), new=True)

        def emptied(db: Database) -> None:  # what waits will be met on the walk
            db.execute("DELETE FROM to_index")
            rows_common.put_state(db, _DESK_MARK, mark)

        self._desk.store.write(emptied)

    # -- the queue --------------------------------------------------------------------------------------------------

    def _take(self, most: int) -> int:
        with self._desk.read() as db:
            queue = db.execute("SELECT kind, id, stamp FROM to_index LIMIT ?", (most,)).fetchall()
            if not queue:
                return 0
            before = rows_common.state(db, _DESK_MARK)
            wanted, gone = self._spread(db, queue)
            found = {kind: index_entries.entries(self._desk, db, kind, keys) for kind, keys in wanted.items()}
            kept = _contents(db) if wanted["file"] or gone else None
        mark = secrets.token_hex(8)

        def work(index: Database) -> None:
            for request in gone:
                rows_index.drop_request(index, request)
            _write(index, wanted, found)
            if kept is not None:
                rows_index.forget_contents(index, rows_index.contents_known(index) - kept)
            rows_index.put_state(index, _MARK, mark)
            rows_index.put_state(index, _BEFORE, before)

        self._desk.store.index.write(work)

        def taken(db: Database) -> None:
            # What was queued again meanwhile has another stamp, and stays.
            db.conn.executemany("DELETE FROM to_index WHERE kind = ? AND id = ? AND stamp = ?", queue)
            rows_common.put_state(db, _DESK_MARK, mark)

        self._desk.store.write(taken)
        return len(queue)

    def _spread(self, db: Database, queue: list[tuple[str, int, int]]) -> tuple[Wanted, set[int]]:
        """Return what must be written again because of what waits, and the requests of which nothing may be found."""
        wanted: Wanted = {kind: set() for kind in KINDS}
        for kind, key, _stamp in queue:
            if kind in QUEUED:
                wanted[QUEUED[kind]].add(key)
        wanted["request"] |= _ids(db, "SELECT DISTINCT request FROM events WHERE seq IN", wanted["event"])
        mail = _ids(db, "SELECT correspondence FROM attachments WHERE correspondence NOTNULL AND id IN", wanted["file"])
        wanted["file"] |= _ids(db, "SELECT id FROM attachments WHERE correspondence IN", wanted["mail"])
        wanted["mail"] |= mail
        visible = _ids(db, "SELECT id FROM requests WHERE trashed = 0 AND gone = 0 AND id IN", wanted["request"])
        try:
            with self._desk.store.index.read() as index:
                back = {request for request in visible if not rows_index.has(index, "request", request)}
        except NoIndex:
            back = visible
        for kind, sql in _OF_REQUESTS.items():
            wanted[kind] |= _ids(db, sql, back)
        return wanted, wanted["request"] - visible

    # -- the walk ---------------------------------------------------------------------------------------------------

    @staticmethod
    def _walk_of(index: Database) -> dict[str, int]:
        found: dict[str, int] = json.loads(rows_index.state(index, _WALK) or "{}")
        return found

    def _go_on_walking(self, most: int) -> int:
        with self._desk.store.index.read() as index:
            walk = self._walk_of(index)
        if not walk:
            return 0
        kind, last = next(iter(walk.items()))
        with self._desk.read() as db:
            keys = _after(db, kind, last, most)
            found = {kind: index_entries.entries(self._desk, db, kind, keys)}
        if keys:
            walk[kind] = keys[-1]
        else:
            del walk[kind]

        def work(index: Database) -> None:
            _write(index, {kind: set(keys)}, found)
            rows_index.put_state(index, _WALK, json.dumps(walk))

        self._desk.store.index.write(work)
        return len(keys) or 1


_OF_REQUESTS: Mapping[str, str] = {
    "letter": "SELECT id FROM letters WHERE request IN",
    "event": "SELECT seq FROM events WHERE request IN",
    "mail": "SELECT id FROM correspondence WHERE request IN",
    "file": "SELECT a.id FROM attachments a JOIN correspondence k ON k.id = a.correspondence WHERE k.request IN",
}


def _start(index: Database, mark: str, before: str) -> None:
    rows_index.put_state(index, _MARK, mark)
    rows_index.put_state(index, _BEFORE, before)
    rows_index.put_state(index, _WALK, json.dumps(dict.fromkeys(KINDS, 0)))


def _write(index: Database, wanted: Mapping[str, Iterable[int]], found: Mapping[str, list[rows_index.Entry]]) -> None:
    for kind, keys in wanted.items():
        for key in set(keys) - {entry.key for entry in found[kind]}:
            rows_index.drop(index, kind, key)
        rows_index.put_all(index, kind, found[kind])


def _ids(db: Database, sql: str, keys: Iterable[int]) -> set[int]:
    """Run a query that ends in "IN" on these keys."""
    found = db.execute(f"{sql} (SELECT value FROM json_each(?))", (json.dumps(list(keys)),))  # noqa: S608 - our own
    return {key for (key,) in found.fetchall()}


def _contents(db: Database) -> set[int]:
    return {key for (key,) in db.execute("SELECT DISTINCT content FROM attachments").fetchall()}


def _after(db: Database, kind: str, last: int, most: int) -> list[int]:
    key, table = _IDS.get(kind, "id"), _TABLES[kind]
    sql = f"SELECT {key} FROM {table} WHERE {key} > ? ORDER BY {key} LIMIT ?"  # noqa: S608 - our names
    return [found for (found,) in db.execute(sql, (last, most)).fetchall()]


def _count_after(db: Database, kind: str, last: int) -> int:
    key, table = _IDS.get(kind, "id"), _TABLES[kind]
    return int(rows_common.value(db, f"SELECT count(*) FROM {table} WHERE {key} > ?", (last,)))  # noqa: S608 - our names
