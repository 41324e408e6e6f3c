"""Rows of requests and campaigns, and the records they stand for."""

import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from foiadesk.records import (
    Campaign,
    ExpeditionChoices,
    ExpeditionGround,
    FeeCategory,
    FeeChoices,
    Office,
    Request,
)
from foiadesk.store.rows_common import Row, day_text, dump, insert, read_day, read_moment, row, rows, value

if TYPE_CHECKING:
    from sqlite_utils import Database


def office_from_json(text: str) -> Office:
    """Read the office snapshot kept on a request."""
    data = json.loads(text)
    for name in ("address", "cautions", "own"):
        data[name] = tuple(data.get(name) or ())
    known = Office.__dataclass_fields__
    return Office(**{name: found for name, found in data.items() if name in known})


def fees_from_json(text: str) -> FeeChoices:
    """Read what was chosen to say of fees."""
    data = json.loads(text)
    return FeeChoices(
        category=FeeCategory(data["category"]) if data.get("category") else None,
        waiver=bool(data.get("waiver")),
        limit=Decimal(data["limit"]) if data.get("limit") is not None else None,
        reasons=dict(data.get("reasons") or {}),
    )


def _expedition_from_json(text: str) -> ExpeditionChoices:
    data = json.loads(text)
    return ExpeditionChoices(
        asked=bool(data.get("asked")),
        ground=ExpeditionGround(data["ground"]) if data.get("ground") else None,
        statement=str(data.get("statement") or ""),
        certified=bool(data.get("certified")),
    )


def _keep_office(db: "Database", office: Office) -> int:
    """Return the row of an office's snapshot, made when no request has kept this one yet."""
    text = dump(asdict(office))
    known: int | None = value(db, "SELECT id FROM offices WHERE snapshot = ?", (text,))
    if known is not None:
        return known
    return insert(db, "offices", {"code": office.code, "name": office.name, "snapshot": text})


def request_columns(db: "Database", request: Request) -> dict[str, Any]:
    """Return the columns a request is stored in, without id, times, trash and version; keeps its office's snapshot."""
    fees, expedition = request.fees, request.expedition
    return {
        "title": request.title,
        "law": request.law,
        "office_code": request.office.code,
        "office_short": request.office.short,
        "office": _keep_office(db, request.office),
        "campaign": request.campaign,
        "items": dump(list(request.items)),
        "records_from": day_text(request.records_from),
        "records_to": day_text(request.records_to),
        "formats": request.formats,
        "background": request.background,
        "fees": dump(
            {
                "category": fees.category,
                "waiver": fees.waiver,
                "limit": None if fees.limit is None else str(fees.limit),
                "reasons": dict(fees.reasons),
            }
        ),
        "expedition": dump(asdict(expedition)),
        "notes": request.notes,
    }


def _request_from(row: Row, requesters: tuple[int, ...]) -> Request:
    return Request(
        title=row["title"],
        office=office_from_json(row["snapshot"]),
        items=tuple(json.loads(row["items"])),
        campaign=row["campaign"],
        requesters=requesters,
        law=row["law"],
        records_from=read_day(row["records_from"]),
        records_to=read_day(row["records_to"]),
        formats=row["formats"],
        background=row["background"],
        fees=fees_from_json(row["fees"]),
        expedition=_expedition_from_json(row["expedition"]),
        notes=row["notes"],
        created_at=read_moment(row["created_at"]),
        trashed=bool(row["trashed"]),
        id=row["id"],
        version=row["version"],
    )


def request_requesters(db: "Database", request: int) -> tuple[int, ...]:
    """Return the ids of who asks, in signing order."""
    found = db.execute("SELECT requester FROM request_requesters WHERE request = ? ORDER BY place", (request,))
    return tuple(requester for (requester,) in found.fetchall())


def read_request(db: "Database", request: int) -> Request | None:
    """Return one request, if it is there (in the trash or not)."""
    sql = "SELECT r.*, o.snapshot FROM requests r JOIN offices o ON o.id = r.office WHERE r.id = ? AND r.gone = 0"
    found = row(db, sql, (request,))
    if found is None:
        return None
    return _request_from(found, request_requesters(db, request))


def request_name(db: "Database", request: int) -> str:
    """Return what a sentence calls a request: "Face recognition · ICE"; "" when there is none."""
    found = db.execute("SELECT title, office_short FROM requests WHERE id = ? AND gone = 0", (request,)).fetchone()
    return f"{found[0]} · {found[1]}" if found else ""


def request_titles(db: "Database", request: int) -> tuple[str, str] | None:
    """Return a request's title and its office's short name, if there is one."""
    found = db.execute("SELECT title, office_short FROM requests WHERE id = ? AND gone = 0", (request,)).fetchone()
    return (found[0], found[1]) if found else None


def campaigns(db: "Database") -> tuple[Campaign, ...]:
    """Return every campaign, by title."""
    found = db.execute("SELECT title, id, version FROM campaigns ORDER BY title COLLATE NOCASE, id").fetchall()
    return tuple(Campaign(*row) for row in found)


def campaign_named(db: "Database", title: str) -> int | None:
    """Return the campaign of exactly this title, if any."""
    found: int | None = value(db, "SELECT id FROM campaigns WHERE title = ? ORDER BY id LIMIT 1", (title,))
    return found


_ORDERS: Mapping[str, str] = {
    "urgency": "s.urgency, s.request",
    "title": "r.title COLLATE NOCASE, r.office_short COLLATE NOCASE, r.id",
    "office": "r.office_short COLLATE NOCASE, r.title COLLATE NOCASE, r.id",
    "due": "s.due IS NULL, s.due, s.request",
    "newest": "s.request DESC",
}
ORDERS = tuple(_ORDERS)


def request_ids(
    db: "Database",
    *,
    words: tuple[str, ...] = (),
    campaign: int | None = None,
    stages: tuple[str, ...] = (),
    office: str = "",
    trashed: bool = False,
    order: str = "urgency",
) -> "array[int]":
    """Return ids of requests in the order asked for; all words must occur, in whatever column.

    The plain list is read from one covering index, so that a million ids take a moment.
    """
    by_title = order in ("title", "office")
    of_requests = by_title or trashed or campaign is not None or bool(office) or bool(words)
    of_standing = not by_title or bool(stages)
    wheres, params = ["r.trashed = ? AND r.gone = 0" if of_requests else "s.hidden = 0"], list[Any]()
    if of_requests:
        params.append(int(trashed))
    if campaign is not None:
        wheres.append("r.campaign = ?")
        params.append(campaign)
    if stages:
        wheres.append(f"s.stage IN ({', '.join('?' * len(stages))})")
        params.extend(stages)
    if office:
        wheres.append("(r.office_code = ? OR r.office_code LIKE ? ESCAPE '\\')")
        params.extend((office, _like(office) + "/%"))
    for word in words:
        wheres.append(_WORD)
        params.extend([f"%{_like(word)}%"] * _WORD.count("?"))
    tables = ["requests r"] if of_requests else []
    tables += ["standing s"] if of_standing else []
    join = " JOIN ".join(tables) + (" ON r.id = s.request" if len(tables) > 1 else "")
    key = "r.id" if of_requests else "s.request"
    sql = f"SELECT {key} FROM {join} WHERE {' AND '.join(wheres)} ORDER BY {_ORDERS[order]}"  # noqa: S608 - our own
    return array("q", (found for (found,) in db.execute(sql, params)))


def request_groups(
    db: "Database", ids: "array[int]", column: Literal["campaign", "office_code"]
) -> "dict[Any, array[int]]":
    """Return these ids by campaign (None: alone) or office code; groups and ids keep the order given.

    Each request's group is read from the column's own index, so that no row is fetched; ids are of existing requests.
    """
    values: list[Any] = [None]
    group_of = array("i", bytes(array("i").itemsize * (1 + (value(db, "SELECT max(id) FROM requests") or 0))))
    sql = f"SELECT {column}, id FROM requests WHERE {column} IS NOT NULL ORDER BY {column}"  # noqa: S608 - our own
    for found, key in db.execute(sql):
        if found != values[-1]:
            values.append(found)
        group_of[key] = len(values) - 1
    members: list[array[int]] = [array("q") for _value in values]
    add = [group.append for group in members]
    for key in ids:
        add[group_of[key]](key)
    return {values[group]: members[group] for group in dict.fromkeys(map(group_of.__getitem__, ids))}


_WORD = """(r.title LIKE ? ESCAPE '\\' OR r.office_short LIKE ? ESCAPE '\\' OR r.office_code LIKE ? ESCAPE '\\'
    OR r.notes LIKE ? ESCAPE '\\' OR r.items LIKE ? ESCAPE '\\'
    OR r.office IN (SELECT o.id FROM offices o WHERE o.name LIKE ? ESCAPE '\\')
    OR r.campaign IN (SELECT c.id FROM campaigns c WHERE c.title LIKE ? ESCAPE '\\')
    OR r.id IN (SELECT t.request FROM tracking t WHERE t.number LIKE ? ESCAPE '\\'))"""


def _like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def request_lines(db: "Database", ids: Sequence[int]) -> list[Row]:
    """Return what lists show of these requests, in this order, in one query."""
    return rows(
        db,
        """SELECT r.id, r.title, r.office_code, r.office_short, o.name AS office_name, r.campaign,
            c.title AS campaign_title,
            (SELECT group_concat(number, char(10)) FROM
                (SELECT number FROM tracking t WHERE t.request = r.id ORDER BY place)) AS tracking,
            s.*
        FROM json_each(?) j CROSS JOIN requests r ON r.id = j.value AND r.gone = 0
        JOIN standing s ON s.request = r.id JOIN offices o ON o.id = r.office
        LEFT JOIN campaigns c ON c.id = r.campaign ORDER BY j.key""",
        (f"[{','.join(map(str, ids))}]",),
    )
