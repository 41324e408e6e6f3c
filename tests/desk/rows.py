"""All that a desk says, row by row, to be compared before an act and after its undo."""

from collections.abc import Mapping
from typing import Any

from foiadesk.desk import Desk

_NOT_COMPARED = (
    "events", "event_status",  # the log keeps what was taken back; what is in force is compared instead
    "revision", "sqlite_sequence", "to_index",  # counters, and what is to be indexed again
    "contents", "spare_contents", "vault_prints",  # bytes that were once stored stay until they are purged
    "offices",  # what the directory said of an office once asked, one row for all who ask it
    "desk_state",  # what the desk notes for itself
    "layouts",  # where windows stand
)  # fmt: skip


def state(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of the desk, versions and all, by table."""
    with desk.read() as db:
        names = [*db.table_names(), "events_in_force"]
        found = {
            name: sorted(map(tuple, db.execute(f'SELECT * FROM "{name}"').fetchall()), key=repr)
            for name in names
            if name not in _NOT_COMPARED
        }
        gone = {int(row[0]) for row in db.execute("SELECT id FROM requests WHERE gone").fetchall()}
        columns = [one.name for one in db["requests"].columns]
    # A request with a log stays behind it when its making is taken back, out of every view.
    found["requests"] = [row for row in found["requests"] if row[columns.index("id")] not in gone]
    # What a draft said at earlier moments is kept by the desk itself; only what a person kept is taken back.
    found["letter_versions"] = [row for row in found["letter_versions"] if "kept" in row]
    return found


def differing(one: Mapping[str, list[tuple[Any, ...]]], other: Mapping[str, list[tuple[Any, ...]]]) -> dict[str, Any]:
    """Return the tables that differ, each with the rows that only one of them has."""
    return {
        name: (
            [row for row in one[name] if row not in other[name]],
            [row for row in other[name] if row not in one[name]],
        )
        for name in one
        if one[name] != other[name]
    }
