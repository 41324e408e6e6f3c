"""One action's changes to rows, written as they are made, so that the same list undoes and redoes them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import field, replace
from typing import TYPE_CHECKING, Any

from foiadesk.frozen import dataclass
from foiadesk.records import Event
from foiadesk.records.errors import BadInput, Conflict
from foiadesk.records.speech import say
from foiadesk.store import rows_common, rows_events, rows_filing

if TYPE_CHECKING:
    from sqlite_utils import Database

KINDS: Mapping[str, str] = {
    "requests": "request",
    "campaigns": "campaign",
    "requesters": "requester",
    "correspondence": "correspondence",
    "attachments": "attachment",
    "letters": "letter",
    "settings": "setting",
    "closures": "closure",
    "searches": "search",
    "backup_places": "backup_place",
    "views": "view",
    "own_offices": "office",
    "letter_versions": "letter_version",
    "snippets": "snippet",
    "known_words": "known_word",
    "templates": "template",
}
_AS_GIVEN = ("correspondence", "attachments")  # nothing of a new row that matters here is left to its defaults
_SEARCHED = ("requests", "correspondence", "attachments", "letters")
_QUEUE = "INSERT INTO to_index (kind, id) {} ON CONFLICT (kind, id) DO UPDATE SET stamp = stamp + 1"
# What is found by the name of something else, too.
_NAMED_BY = {
    "campaigns": "SELECT 'request', id FROM requests WHERE campaign = ?",
    "requesters": "SELECT 'request', request FROM request_requesters WHERE requester = ?",
}
_VERSIONED = (
    "requests", "campaigns", "requesters", "correspondence", "letters", "settings", "closures", "searches",
    "backup_places", "views", "own_offices", "snippets", "templates",
)  # fmt: skip

# What SQLite deletes with a row, by the column that names it: each is a step of its own, so that it comes back with it.
_BELOW = {"backup_places": ("backups_made", "place"), "letters": ("letter_versions", "letter")}

_TOUCHED = Conflict(
    "Something later changed what this would take back.",
    safe="Nothing was changed.",
    todo="Make the change by hand instead.",
)


@dataclass(frozen=True, slots=True)
class RowStep:
    """A row as it was, and the version it has now; None where there was or is none."""

    table: str
    key: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class StatusStep:
    """Whether an event was in force and what had replaced it, before and now."""

    event: int
    request: int
    before: tuple[bool, int | None]
    after: tuple[bool, int | None]


Step = RowStep | StatusStep


@dataclass(slots=True)
class Journal:
    """Writes rows inside one transaction and remembers how to take them back.

    ids: touched rows by kind. moved: requests whose answer must be derived again before the transaction ends.
    """

    db: Database
    steps: list[Step] = field(default_factory=list)
    ids: dict[str, set[int]] = field(default_factory=dict)
    moved: set[int] = field(default_factory=set)
    at: str = field(default_factory=rows_common.now_text)
    _version: int = 0

    def touch(self, kind: str, key: int | None) -> None:
        """Name a row whose views should refresh."""
        if key is not None:
            self.ids.setdefault(kind, set()).add(key)

    def version(self) -> int:
        """Return this transaction's row version."""
        if not self._version:
            self._version = rows_common.next_version(self.db)
        return self._version

    def insert(self, table: str, values: Mapping[str, Any]) -> int:
        """Insert a row and return its id."""
        full = {**values, "version": self.version()} if table in _VERSIONED else dict(values)
        key = rows_common.insert(self.db, table, full)
        self._note(table, key, None, full if table in _AS_GIVEN else rows_common.by_id(self.db, table, key))
        return key

    def update(
        self, table: str, key: int, values: Mapping[str, Any], *, expected: int | None = None, force: bool = False
    ) -> None:
        """Write columns of a row; raises Conflict when its version is not the expected one.

        Nothing is written when nothing differs, unless forced (because rows that belong to it changed).
        """
        before = rows_common.by_id(self.db, table, key)
        if before is None or (expected is not None and before["version"] != expected):
            raise Conflict(
                "This was changed or removed somewhere else in the meantime.",
                safe="What is stored was left as it is.",
                todo="Look at it again, then make your change.",
            )
        changed = {name: value for name, value in values.items() if before[name] != value}
        if not changed and not force:
            return
        if table in _VERSIONED:
            changed["version"] = self.version()
        rows_common.update(self.db, table, key, changed)
        self._note(table, key, before, {**before, **changed})

    def delete(self, table: str, key: int) -> None:
        """Delete a row, and what goes with it."""
        before = rows_common.by_id(self.db, table, key)
        if before is not None:
            self._delete_below(table, key)
            rows_common.delete(self.db, table, key)
            self._note(table, key, before, None)

    def _delete_below(self, table: str, key: int) -> None:
        if table in _BELOW:
            below, column = _BELOW[table]
            query = f"SELECT rowid AS key FROM {below} WHERE {column} = ? ORDER BY rowid"  # noqa: S608 - our names
            for found in rows_common.rows(self.db, query, (key,)):
                self.delete(below, int(found["key"]))

    def append_event(self, request: int, event: Event, evidence: tuple[int, ...] = ()) -> tuple[int, Event]:
        """Append an event to a request's log; returns its row number and the event with id and entry time."""
        event_id = event.id or f"e{secrets.token_hex(8)}"
        if rows_events.event_row(self.db, event_id) is not None:
            raise BadInput(say("id: {event_id} is already the id of another event.", event_id=repr(event_id)))
        named = tuple(item for item in (f"correspondence:{key}" for key in evidence) if item not in event.evidence)
        event = replace(event, id=event_id, entered_at=event.entered_at or self.at, evidence=(*event.evidence, *named))
        seq = rows_events.append_event(self.db, request, event)
        self.steps.append(StatusStep(seq, request, (False, None), (True, None)))
        self._event_moved(seq, request)
        for key in evidence:
            self.insert("event_evidence", {"event": seq, "correspondence": key})
            self.touch("correspondence", key)
        return seq, event

    def set_status(self, seq: int, request: int, active: bool, replaced_by: int | None, reason: str) -> None:
        """Put an event out of force, or back in force."""
        before = rows_events.event_status(self.db, seq)
        rows_events.set_event_status(self.db, seq, active, replaced_by, reason, self.at)
        self.steps.append(StatusStep(seq, request, before, (active, replaced_by)))
        self._event_moved(seq, request)

    def take_back(self, steps: tuple[Step, ...], reason: str) -> None:
        """Turn these steps round, last first, noting each as a step of this journal; raises Conflict.

        Every row must still be as the step left it: its version says so where the table has one.
        """
        self.db.execute("PRAGMA defer_foreign_keys = ON")
        for step in reversed(steps):
            if isinstance(step, RowStep):
                self._turn_row(step)
            elif rows_events.event_status(self.db, step.event) != step.after:
                raise _TOUCHED
            else:
                active, replaced_by = step.before
                self.set_status(step.event, step.request, active, replaced_by, reason)

    def _turn_row(self, step: RowStep) -> None:
        now = rows_common.by_id(self.db, step.table, step.key)
        if step.table == "requests" and step.after is None and now is not None and now["gone"]:
            now = None
        if (now is None) != (step.after is None):
            raise _TOUCHED
        if now is not None and step.after is not None and now.get("version") != step.after.get("version"):
            raise _TOUCHED
        if step.before is None:
            if step.table == "requests" and rows_events.has_events(self.db, step.key):
                # Its log cannot be deleted, so the row stays behind it, out of every view.
                rows_common.update(self.db, "requests", step.key, {"gone": 1, "campaign": None})
            else:
                self._delete_below(step.table, step.key)
                rows_common.delete(self.db, step.table, step.key)
        elif rows_common.by_id(self.db, step.table, step.key) is None:
            rows_common.insert(self.db, step.table, step.before)
        else:
            rows_common.update(self.db, step.table, step.key, step.before)
        self._note(step.table, step.key, now, rows_common.by_id(self.db, step.table, step.key))

    def _note(self, table: str, key: int, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> None:
        """Remember a step: the row as it was and as it is."""
        if after is not None and after.get("gone"):
            after = None
        # Of the row as it is now only the version is ever compared: the texts of a mailbox need not stay in memory.
        self.steps.append(RowStep(table, key, before, None if after is None else {"version": after.get("version")}))
        if table in KINDS:
            self.touch(KINDS[table], key)
        if table == "requests":
            self.moved.add(key)
        for row in (before, after):
            if row is not None and table == "correspondence":
                self.touch("request", row.get("request"))
            if row is not None and table in ("letters", "request_requesters"):
                self.touch("request", row["request"])
            if row is not None and table == "privileged":
                self._mark_moved(row["content"])
        if table in _SEARCHED:
            self.db.execute(_QUEUE.format("VALUES (?, ?)"), (KINDS[table], key))
        elif table in _NAMED_BY:
            self.db.execute(_QUEUE.format(_NAMED_BY[table]), (key,))

    def _mark_moved(self, content: int) -> None:
        """Name every file with these bytes, and where it lies: whether it may leave the desk is shown there."""
        for file in rows_filing.files_with(self.db, content):
            self.touch("attachment", file["id"])
            self.touch("correspondence", file["correspondence"])
            self.touch("request", file["request"])

    def _event_moved(self, seq: int, request: int) -> None:
        self.moved.add(request)
        self.touch("event", seq)
        self.touch("request", request)
        self.db.execute(_QUEUE.format("VALUES ('event', ?)"), (seq,))


def joined(first: tuple[Step, ...], second: tuple[Step, ...]) -> tuple[Step, ...]:
    """Join two actions into one undo; a row updated by both is kept once, as it was and as it is now."""
    if len(first) == len(second) == 1:
        one, two = first[0], second[0]
        if isinstance(one, RowStep) and isinstance(two, RowStep) and (one.table, one.key) == (two.table, two.key):
            return (replace(one, after=two.after),)
    return first + second
