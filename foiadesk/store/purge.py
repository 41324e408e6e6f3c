"""Remove rows for good: a thing, whatever refers to it, and the names of vault files that no row needs any more."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from foiadesk.store import rows_events, rows_standing
from foiadesk.store.rows_common import dump, now_text, put_state, rows

if TYPE_CHECKING:
    from sqlite_utils import Database

UNFINISHED = "purge_unfinished"  # the desk's own remembered value: rows are gone, pages or files may not be yet
_QUOTED_AT_LEAST = 4  # characters of a text that a layout may be said to quote

# What refers to a thing goes with it, whatever table a later program adds, but for these.
_STAYS = {("events", "request"), ("requesters", "logo")}
_QUEUE = "INSERT INTO to_index (kind, id) VALUES (?, ?) ON CONFLICT (kind, id) DO UPDATE SET stamp = stamp + 1"
_NAMELESS = {"code": "", "name": "", "snapshot": "{}"}
_BLANK = {
    "title": "", "office_code": "", "office_short": "", "campaign": None, "items": "[]", "records_from": None,
    "records_to": None, "formats": "", "background": "", "fees": "{}", "expedition": "{}", "notes": "",
    "created_at": "", "trashed": 0, "trashed_at": None, "gone": 1,
}  # fmt: skip
_SEARCHED = {
    "requests": "request",
    "correspondence": "correspondence",
    "attachments": "attachment",
    "letters": "letter",
}


@dataclass(slots=True)
class Removed:
    """What a purge's transaction removed. ids: rows by kind; files: vault keys nothing names any more."""

    ids: dict[str, set[int]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    contents: list[int] = field(default_factory=list)


def remove(db: "Database", things: Mapping[str, Iterable[int]]) -> Removed:
    """Remove things (by kind: request, correspondence, letter, attachment) inside the caller's transaction.

    A request with a log keeps its id and its events' ids behind it, without content; its events are out of force.
    The vault files are removed by whoever commits this, and until then noted in ``to_forget``.
    """
    conn = db.conn
    removed = Removed()
    conn.execute("PRAGMA defer_foreign_keys = ON")
    conn.execute("INSERT INTO purging (one) VALUES (1)")
    requests = set(things.get("request", ()))
    correspondence = set(things.get("correspondence", ())) | _ids(db, "correspondence", "request", requests)
    letters = set(things.get("letter", ())) | _ids(db, "letters", "request", requests)
    letters |= _ids(db, "letters", "correspondence", correspondence)
    files = set(things.get("attachment", ())) | _ids(db, "attachments", "correspondence", correspondence)
    contents = _values(db, "attachments", "content", files)
    quoted = _texts(db, requests, correspondence, letters, files)
    for table, keys in (("letters", letters), ("attachments", files), ("correspondence", correspondence)):
        _delete(db, table, keys, removed)
    for request in sorted(requests):
        _remove_request(db, request, removed)
    _remove_contents(db, contents, removed)
    _forget_layouts(db, quoted)
    for kind, keys in removed.ids.items():
        conn.executemany(_QUEUE, [(kind, key) for key in keys])
    put_state(db, UNFINISHED, "yes")
    conn.execute("DELETE FROM purging")
    return removed


def files_to_forget(db: "Database") -> list[str]:
    """Return the vault files that purges have left without a row and that may still lie on the disk."""
    return [key for (key,) in db.execute("SELECT vault_key FROM to_forget").fetchall()]


def forgotten(db: "Database", key: str) -> None:
    """Note that a vault file is gone."""
    db.execute("DELETE FROM to_forget WHERE vault_key = ?", (key,))


def _remove_request(db: "Database", request: int, removed: Removed) -> None:
    had = rows(db, "SELECT campaign, office FROM requests WHERE id = ?", (request,))
    if not had:
        return
    events = _ids(db, "events", "request", {request}, key="seq")
    at = now_text()
    for seq in sorted(events):
        db.execute("UPDATE events SET kind = 'purged', date = '', data = '', entered_at = '' WHERE seq = ?", (seq,))
        rows_events.set_event_status(db, seq, False, None, "purged", at)
    removed.ids.setdefault("event", set()).update(events)
    _delete_referring(db, "event_evidence", "event", events, removed)
    rows_standing.drop_standing(db, request)
    if events:
        for table, column in _referring(db, "requests"):
            if (table, column) not in _STAYS:
                _delete_referring(db, table, column, {request}, removed)
        blank = {**_BLANK, "office": _nameless_office(db)}
        columns = ", ".join(f"{name} = ?" for name in blank)
        db.execute(f"UPDATE requests SET {columns} WHERE id = ?", (*blank.values(), request))  # noqa: S608 - our names
        removed.ids.setdefault("request", set()).add(request)
    else:
        _delete(db, "requests", {request}, removed)
    db.execute(
        "DELETE FROM campaigns WHERE id = ? AND id NOT IN (SELECT campaign FROM requests WHERE campaign IS NOT NULL)",
        (had[0]["campaign"],),
    )
    db.execute("DELETE FROM offices WHERE id = ? AND id NOT IN (SELECT office FROM requests)", (had[0]["office"],))


def _nameless_office(db: "Database") -> int:
    """Return the office that stands behind requests of which only the log's ids are left."""
    db.execute("INSERT OR IGNORE INTO offices (code, name, snapshot) VALUES (:code, :name, :snapshot)", _NAMELESS)
    found = db.execute("SELECT id FROM offices WHERE snapshot = :snapshot", _NAMELESS).fetchone()
    return int(found[0])


def _remove_contents(db: "Database", contents: set[int], removed: Removed) -> None:
    needed = _values(db, "attachments", "content", None)
    for content in sorted(contents - needed):
        found = db.execute(
            "SELECT vault_key FROM contents WHERE id = ? UNION SELECT vault_key FROM spare_contents WHERE content = ?",
            (content, content),
        ).fetchall()
        keys = [key for (key,) in found]
        db.conn.executemany("INSERT OR IGNORE INTO to_forget (vault_key) VALUES (?)", [(key,) for key in keys])
        _delete(db, "contents", {content}, removed)
        removed.files += keys
        removed.contents.append(content)


def _delete(db: "Database", table: str, keys: set[int], removed: Removed) -> None:
    """Delete rows and whatever refers to them."""
    for other, column in _referring(db, table):
        if (other, column) in _STAYS:
            continue
        _delete_referring(db, other, column, keys, removed)
    db.execute(f"DELETE FROM {table} WHERE id IN (SELECT value FROM json_each(?))", (dump(sorted(keys)),))  # noqa: S608 - our names
    if table in _SEARCHED:
        removed.ids.setdefault(_SEARCHED[table], set()).update(keys)


def _delete_referring(db: "Database", table: str, column: str, keys: set[int], removed: Removed) -> None:
    if not keys:
        return
    names = {row["name"] for row in rows(db, f"PRAGMA table_info({table})")}
    if "id" in names:
        found = _ids(db, table, column, keys)
        if found:
            _delete(db, table, found, removed)
    else:
        db.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))", (dump(sorted(keys)),))  # noqa: S608 - our names


def _referring(db: "Database", table: str) -> list[tuple[str, str]]:
    """Return (table, column) of every foreign key to a table."""
    found = db.execute(
        """SELECT m.name, f."from" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f
        WHERE m.type = 'table' AND f."table" = ? ORDER BY m.name""",
        (table,),
    )
    return [(name, column) for name, column in found.fetchall()]


def _ids(db: "Database", table: str, column: str, keys: set[int], *, key: str = "id") -> set[int]:
    sql = f"SELECT {key} FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))"  # noqa: S608 - our names
    return {found for (found,) in db.execute(sql, (dump(sorted(keys)),)).fetchall()}


def _values(db: "Database", table: str, column: str, keys: set[int] | None) -> set[int]:
    where, params = (
        ("", ()) if keys is None else ("WHERE id IN (SELECT value FROM json_each(?))", (dump(sorted(keys)),))
    )
    return {found for (found,) in db.execute(f"SELECT {column} FROM {table} {where}", params).fetchall()}  # noqa: S608 - our names


def _texts(
    db: "Database", requests: set[int], correspondence: set[int], letters: set[int], files: set[int]
) -> list[str]:
    """Return the texts of things by which a layout or a draft kept beside them would quote them."""
    found: list[str] = []
    for table, keys, columns in (
        ("requests", requests, ("title", "items", "background", "notes")),
        ("correspondence", correspondence, ("subject", "body")),
        ("letters", letters, ("title",)),
        ("attachments", files, ("name",)),
    ):
        sql = f"SELECT {', '.join(columns)} FROM {table} WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608 - our names
        for row in rows(db, sql, (dump(sorted(keys)),)):
            for name, text in row.items():
                found += json.loads(text) if name == "items" else [text]
    return [text for text in found if len(text) >= _QUOTED_AT_LEAST]


def _forget_layouts(db: "Database", quoted: list[str]) -> None:
    forms = {form for text in quoted for form in (text, json.dumps(text)[1:-1], dump(text)[1:-1])}
    for name, text in db.execute("SELECT name, text FROM layouts").fetchall():
        if any(form in text for form in forms):
            db.execute("DELETE FROM layouts WHERE name = ?", (name,))
