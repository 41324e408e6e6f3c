"""What of each thing on the desk is written into the search index, read in few queries for many things at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from foiadesk.desk import wording
from foiadesk.desk.search_words import clean, numbers_in
from foiadesk.records.errors import KnownError
from foiadesk.store.rows_common import Row, rows
from foiadesk.store.rows_index import Entry

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.desk import Desk

KINDS = ("request", "letter", "event", "mail", "file")
# What the desk's own queue calls them.
QUEUED = {"request": "request", "letter": "letter", "event": "event", "correspondence": "mail", "attachment": "file"}

_VISIBLE = "r.trashed = 0 AND r.gone = 0"
_REQUESTS = f"""SELECT r.id, r.title, r.items, r.background, r.notes, r.formats, r.fees, r.expedition, r.created_at,
    r.office_code, r.office_short, o.name AS office_name, c.title AS campaign, s.sent_on,
    (SELECT group_concat(number, ' ') FROM tracking t WHERE t.request = r.id) AS tracking,
    (SELECT group_concat(q.name, ' ') FROM request_requesters p JOIN requesters q ON q.id = p.requester
        WHERE p.request = r.id) AS asked_by
    FROM json_each(?) j CROSS JOIN requests r ON r.id = j.value AND {_VISIBLE} JOIN offices o ON o.id = r.office
    LEFT JOIN campaigns c ON c.id = r.campaign LEFT JOIN standing s ON s.request = r.id"""  # noqa: S608 - our own
_EVENTS = f"""SELECT e.seq AS id, e.request, e.kind, e.date, e.data FROM json_each(?) j
    CROSS JOIN events_in_force e ON e.seq = j.value JOIN requests r ON r.id = e.request AND {_VISIBLE}
    WHERE e.kind <> 'retracted'"""  # noqa: S608 - our own
_MAIL = f"""SELECT k.id, k.request, k.direction, k.date, k.filed_at, k.subject, k.sender, k.recipients, k.body,
    k.damaged, k.channel, EXISTS (SELECT 1 FROM letters l WHERE l.correspondence = k.id) AS ours,
    (SELECT count(*) FROM attachments a WHERE a.correspondence = k.id AND a.trashed_at IS NULL) AS files,
    (SELECT a.name FROM attachments a WHERE a.correspondence = k.id ORDER BY a.id LIMIT 1) AS first_file
    FROM json_each(?) j CROSS JOIN correspondence k ON k.id = j.value LEFT JOIN requests r ON r.id = k.request
    WHERE k.trashed_at IS NULL AND (k.request IS NULL OR ({_VISIBLE}))"""  # noqa: S608 - our own
# A letter that was sent is found as correspondence, exactly as it went.
_LETTERS = f"""SELECT l.id, l.request, l.kind, l.form, l.state, l.title, l.updated_at FROM json_each(?) j
    CROSS JOIN letters l ON l.id = j.value JOIN requests r ON r.id = l.request AND {_VISIBLE}
    WHERE l.trashed_at IS NULL AND l.state = 'draft'"""  # noqa: S608 - our own
# The PDF of a letter of ours is the letter, and is found as that.
_FILES = f"""SELECT a.id, a.name, a.media_type, a.role, a.origin, a.added_at, a.content, k.request, k.direction, k.date
    FROM json_each(?) j CROSS JOIN attachments a ON a.id = j.value
    LEFT JOIN correspondence k ON k.id = a.correspondence LEFT JOIN requests r ON r.id = k.request
    WHERE a.role NOT IN ('letterhead', 'letter') AND a.trashed_at IS NULL AND k.trashed_at IS NULL
    AND (k.request IS NULL OR ({_VISIBLE}))"""  # noqa: S608 - our own


def entries(desk: Desk, db: Database, kind: str, keys: Iterable[int]) -> list[Entry]:
    """Return the entries of things of one kind; what is gone, in the trash or not in force has none."""
    sql, made = _SOURCES[kind]
    return [made(desk, each) for each in rows(db, sql, (json.dumps(list(keys)),))]


def _entry(kind: str, key: int, title: str, names: str = "", text: str = "", **more: Any) -> Entry:
    title, names, text = clean(title), clean(names), clean(text)
    return Entry(kind, key, title, names, numbers_in(title, names, text), text, **more)


def _strings(value: Any) -> list[str]:
    """Return every text inside a JSON value, in order."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for each in value.values() for text in _strings(each)]
    if isinstance(value, list):
        return [text for each in value for text in _strings(each)]
    return []


def _request(_desk: Desk, row: Row) -> Entry:
    fees, expedition = json.loads(row["fees"]), json.loads(row["expedition"])
    text = [
        *json.loads(row["items"]), row["background"], row["notes"], row["formats"],
        *_strings(fees.get("reasons") or {}), str(expedition.get("statement") or ""),
    ]  # fmt: skip
    names = (row["office_short"], row["office_name"], row["office_code"], row["campaign"], row["tracking"])
    return _entry(
        "request",
        row["id"],
        row["title"],
        "\n".join(name for name in (*names, row["asked_by"]) if name),
        "\n".join(part for part in text if part),
        request=row["id"],
        date=row["sent_on"] or row["created_at"][:10],
    )


_NOT_WORDS = ("id", "kind", "date", "entered_at", "supersedes", "evidence")


def _event(_desk: Desk, row: Row) -> Entry:
    data = json.loads(row["data"])
    said = {name: value for name, value in data.items() if name not in _NOT_WORDS}
    return _entry(
        "event",
        row["id"],
        str(wording.title_of(row["kind"], said)),
        text="\n".join(text for text in _strings(said) if text),
        sub=row["kind"],
        request=row["request"],
        date=row["date"],
    )


def _mail(_desk: Desk, row: Row) -> Entry:
    return _entry(
        "mail",
        row["id"],
        row["subject"] or row["first_file"] or "",
        "\n".join(part for part in (row["sender"], *json.loads(row["recipients"])) if part),
        row["body"],
        sub=row["channel"] or "",
        state="damaged" if row["damaged"] else "letter" if row["ours"] else "",
        request=row["request"],
        date=row["date"] or row["filed_at"][:10],
        direction=row["direction"],
        files=row["files"],
    )


def _letter(desk: Desk, row: Row) -> Entry:
    values = json.loads(row["form"])
    try:
        text = desk.letters.text(row["kind"], row["request"], values)
    except KnownError:  # a kind this program no longer knows: what was typed is found all the same
        text = "\n".join(_strings(values))
    return _entry(
        "letter",
        row["id"],
        row["title"] or row["kind"],
        text=text,
        sub=row["kind"],
        state=row["state"],
        request=row["request"],
        date=row["updated_at"][:10],
        direction="out",
    )


def _file(_desk: Desk, row: Row) -> Entry:
    return _entry(
        "file",
        row["id"],
        row["name"],
        row["origin"],
        sub=row["role"],
        request=row["request"],
        date=row["date"] or row["added_at"][:10],
        direction=row["direction"] or "",
        media=row["media_type"],
        files=1,
        content=row["content"],
    )


_SOURCES: Mapping[str, tuple[str, Callable[[Desk, Row], Entry]]] = {
    "request": (_REQUESTS, _request),
    "letter": (_LETTERS, _letter),
    "event": (_EVENTS, _event),
    "mail": (_MAIL, _mail),
    "file": (_FILES, _file),
}
