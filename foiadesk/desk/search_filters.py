"""Filters of a query as conditions on the index. What events decide is asked of the desk, never of the index."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from foiadesk.desk.search_query import KINDS, Filter, period
from foiadesk.desk.standing import folded
from foiadesk.store.index_search import Sql

if TYPE_CHECKING:
    from sqlite_utils import Database

_DATES = ("from", "to", "before", "after", "on")
_TYPES = {
    "pdf": ("application/pdf",),
    "image": ("image/%",),
    "mail": ("message/%", "application/vnd.ms-outlook", "application/mbox"),
    "text": ("text/%",),
    "word": ("%wordprocessing%", "application/msword", "%opendocument.text", "application/rtf"),
    "sheet": ("%spreadsheet%", "%ms-excel%", "text/csv"),
    "zip": ("application/zip", "application/gzip", "%7z%", "%rar%", "application/x-tar"),
}
_IS = {
    "draft": "d.state = 'draft'",
    "sent": "d.kind = 'mail' AND d.direction = 'out'",
    "incoming": "d.direction = 'in'",
    "outgoing": "d.direction = 'out' AND d.state <> 'draft'",
    "damaged": "d.state = 'damaged'",
    "tray": "d.request IS NULL AND d.kind IN ('mail', 'file')",
}
_HAS = {
    "attachment": "d.kind = 'mail' AND d.files > 0",
    "ocr": "d.content IN (SELECT content FROM pages WHERE source = 'ocr')",
    "text": "d.content IN (SELECT content FROM pages WHERE source <> 'none')",
}


def conditions(db: Database, filters: Iterable[Filter], stages: Mapping[int, str]) -> tuple[Sql, ...]:
    """Return SQL on documents ``d``. Values of one field are alternatives, but dates and exclusions hold together.

    stages: those of requests whose stored stage does not hold today.
    """
    found: list[Sql] = []
    groups: dict[str, list[Sql]] = {}
    for each in filters:
        sql, values = _condition(db, each, stages)
        if each.without:
            found.append((f"NOT coalesce({sql}, false)", values))
        elif each.field in _DATES or each.field == "has":
            found.append((sql, values))
        else:
            groups.setdefault(each.field, []).append((sql, values))
    for alternatives in groups.values():
        joined = " OR ".join(sql for sql, _ in alternatives)
        found.append((f"({joined})", [value for _, values in alternatives for value in values]))
    return tuple(found)


def _condition(db: Database, one: Filter, stages: Mapping[int, str]) -> Sql:  # noqa: PLR0911 - one return a field
    match one.field:
        case "from" | "to" | "before" | "after" | "on":
            return _date(one.field, one.value)
        case "kind":
            if one.value == "letter":
                return "(d.kind = 'letter' OR d.state = 'letter')", []
            if one.value in KINDS.values():
                return "d.kind = ?", [one.value]
            return "d.kind = 'event' AND d.sub = ?", [one.value]
        case "is":
            return f"({_IS[one.value]})", []
        case "type":
            kinds = _TYPES[one.value]
            return f"({' OR '.join(['d.media LIKE ?'] * len(kinds))})", list(kinds)
        case "has" if one.value in _HAS:
            return f"({_HAS[one.value]})", []
        case "has":
            sql = "SELECT v.correspondence FROM event_evidence v JOIN events_in_force e ON e.seq = v.event"
            return f"(d.kind = 'mail' AND d.key {_IN})", [_keys(db, sql)]
        case "in" if one.value.casefold() in ("tray", "in-tray"):
            return f"({_IS['tray']})", []
        case "stage":
            found = db.execute("SELECT request FROM standing WHERE stage = ?", (one.value,)).fetchall()
            keys = {key for (key,) in found if key not in stages} | {
                key for key, stage in stages.items() if stage == one.value
            }
            return f"d.request {_IN}", [json.dumps(list(keys))]
    return f"d.request {_IN}", [_keys(db, *_requests(one))]


_TELLING = 4  # the last characters of a tracking number that name it as people do on the phone
_IN = "IN (SELECT value FROM json_each(?))"


def _keys(db: Database, sql: str, values: Iterable[str] = ()) -> str:
    return json.dumps([key for (key,) in db.execute(sql, tuple(values)).fetchall()])


def _requests(one: Filter) -> tuple[str, list[str]]:
    """Return a query of the desk for the requests a filter means."""
    like = "%" + one.value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    match one.field:
        case "campaign":
            sql = "SELECT r.id FROM requests r JOIN campaigns c ON c.id = r.campaign WHERE c.title LIKE ? ESCAPE '\\'"
            return sql, [like]
        case "agency":
            sql = """SELECT r.id FROM requests r JOIN offices o ON o.id = r.office
            WHERE r.office_short = ? COLLATE NOCASE OR r.office_code = ? COLLATE NOCASE
            OR r.office_code LIKE ? ESCAPE '\\' OR r.office_code LIKE ? ESCAPE '\\'
            OR o.name LIKE ? ESCAPE '\\'"""
            bare = like[1:-1]
            return sql, [one.value, one.value, f"{bare}/%", f"%/{bare}", like if len(one.value) > 5 else bare]
    number = one.value.removeprefix("#")
    plain = folded(number)
    sql = "SELECT request FROM tracking WHERE plain = ? OR plain LIKE ? UNION SELECT id FROM requests WHERE id = ?"
    ending = f"%{plain}" if len(plain) >= _TELLING else plain
    return sql, [plain, ending, number if number.isascii() and number.isdigit() and len(number) < 18 else "0"]


def _date(field: str, value: str) -> Sql:
    days = period(value)
    assert days is not None
    first, last = days
    day = timedelta(days=1)
    match field:
        case "from":
            return "d.date >= ?", [first.isoformat()]
        case "to":
            return "d.date <= ?", [last.isoformat()]
        case "before":
            return "d.date < ?", [first.isoformat()]
        case "after":
            return "d.date > ?", [(last if last >= first else first - day).isoformat()]
    return "d.date BETWEEN ? AND ?", [first.isoformat(), last.isoformat()]
