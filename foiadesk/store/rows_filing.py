"""Rows of stored contents, correspondence and attachments."""

import json
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from foiadesk.records import Attachment, AttachmentRole, Channel, Correspondence, Direction
from foiadesk.store.rows_common import Row, insert, now_text, read_day, read_moment, row, rows, value

if TYPE_CHECKING:
    from sqlite_utils import Database

_ATTACHMENTS = """SELECT a.*, c.sha256, c.size, k.request, p.id IS NOT NULL AS privileged FROM attachments a
JOIN contents c ON c.id = a.content LEFT JOIN correspondence k ON k.id = a.correspondence
LEFT JOIN privileged p ON p.content = a.content """


def content_by_hash(db: "Database", sha256: str) -> int | None:
    """Return the content with this hash of its plain bytes, if the desk has it."""
    found: int | None = value(db, "SELECT id FROM contents WHERE sha256 = ?", (sha256,))
    return found


def contents_there(db: "Database", hashes: Collection[str]) -> set[str]:
    """Return which of these hashes of plain bytes the desk has a content of."""
    sql = "SELECT sha256 FROM contents WHERE sha256 IN (SELECT value FROM json_each(?))"
    return {found for (found,) in db.execute(sql, (json.dumps(list(hashes)),)).fetchall()}


def content_of_size(db: "Database", size: int) -> bool:
    """Tell whether any content has this size; none means a new file needs no comparing."""
    return value(db, "SELECT 1 FROM contents WHERE size = ? LIMIT 1", (size,)) is not None


def keep_content(db: "Database", key: str, sha256: str, size: int) -> int:
    """Return the content row of these bytes, made when new. A second vault file of known bytes is noted as spare."""
    known = content_by_hash(db, sha256)
    if known is None:
        return insert(db, "contents", {"sha256": sha256, "size": size, "vault_key": key, "added_at": now_text()})
    if key and value(db, "SELECT 1 FROM contents WHERE vault_key = ?", (key,)) is None:
        db.execute("INSERT OR IGNORE INTO spare_contents (vault_key, content) VALUES (?, ?)", (key, known))
    return known


def vault_keys(db: "Database") -> set[str]:
    """Return every vault file some row knows."""
    found = db.execute(
        """SELECT vault_key FROM contents UNION SELECT vault_key FROM spare_contents
        UNION SELECT vault_key FROM to_forget"""
    )
    return {key for (key,) in found.fetchall()}


def attachment_file(db: "Database", attachment: int) -> tuple[str, str, str] | None:
    """Return (vault key, name, SHA-256) of a stored file, if any."""
    found: tuple[str, str, str] | None = db.execute(
        "SELECT c.vault_key, a.name, c.sha256 FROM attachments a JOIN contents c ON c.id = a.content WHERE a.id = ?",
        (attachment,),
    ).fetchone()
    return found


def _attachment_from(found: Row) -> Attachment:
    return Attachment(
        name=found["name"],
        sha256=found["sha256"],
        size=found["size"],
        media_type=found["media_type"],
        role=AttachmentRole(found["role"]),
        origin=found["origin"],
        added_at=read_moment(found["added_at"]),
        request=found["request"],
        correspondence=found["correspondence"],
        trashed=found["trashed_at"] is not None,
        privileged=bool(found["privileged"]),
        id=found["id"],
    )


def attachment(db: "Database", key: int) -> Attachment | None:
    """Return one stored file, if any."""
    found = row(db, _ATTACHMENTS + "WHERE a.id = ?", (key,))
    return _attachment_from(found) if found else None


def attachments(db: "Database", request: int | None = None) -> tuple[Attachment, ...]:
    """Return every stored file that is not in the trash (of one request, be that in the trash itself), newest first."""
    there = "a.trashed_at IS NULL AND k.trashed_at IS NULL"
    if request is None:
        visible = f"LEFT JOIN requests r ON r.id = k.request WHERE {there} AND coalesce(r.trashed, 0) = 0 "
        found = rows(db, _ATTACHMENTS + visible + "ORDER BY a.id DESC")
    else:
        found = rows(db, _ATTACHMENTS + f"WHERE k.request = ? AND {there} ORDER BY a.id DESC", (request,))
    return tuple(map(_attachment_from, found))


def _correspondence_from(found: Row, events: tuple[str, ...], files: tuple[Attachment, ...]) -> Correspondence:
    return Correspondence(
        direction=Direction(found["direction"]),
        date=read_day(found["date"]),
        channel=Channel(found["channel"]) if found["channel"] else None,
        subject=found["subject"],
        sender=found["sender"],
        recipients=tuple(json.loads(found["recipients"])),
        body=found["body"],
        message_id=found["message_id"],
        in_reply_to=found["in_reply_to"],
        damaged=found["damaged"],
        postmark=read_day(found["postmark"]),
        by_hand=read_day(found["by_hand"]),
        request=found["request"],
        events=events,
        attachments=files,
        filed_at=read_moment(found["filed_at"]),
        trashed=found["trashed_at"] is not None,
        id=found["id"],
        version=found["version"],
    )


def _whole(db: "Database", found: list[Row]) -> tuple[Correspondence, ...]:
    """Join correspondence rows with their files and events, two queries for all of them."""
    keys = f"[{','.join(str(each['id']) for each in found)}]"
    files: dict[int, list[Attachment]] = {}
    chosen = "WHERE a.correspondence IN (SELECT value FROM json_each(?)) AND a.trashed_at IS NULL ORDER BY a.id"
    for each in rows(db, _ATTACHMENTS + chosen, (keys,)):
        files.setdefault(each["correspondence"], []).append(_attachment_from(each))
    events: dict[int, list[str]] = {}
    for correspondence, event in db.execute(
        """SELECT v.correspondence, e.id FROM event_evidence v JOIN events_in_force e ON e.seq = v.event
        WHERE v.correspondence IN (SELECT value FROM json_each(?)) ORDER BY e.date, e.seq""",
        (keys,),
    ).fetchall():
        events.setdefault(correspondence, []).append(event)
    return tuple(
        _correspondence_from(each, tuple(events.get(each["id"], ())), tuple(files.get(each["id"], ())))
        for each in found
    )


def read_correspondence(db: "Database", key: int) -> Correspondence | None:
    """Return one piece of correspondence with its files and events, if any."""
    found = rows(db, "SELECT * FROM correspondence WHERE id = ?", (key,))
    return _whole(db, found)[0] if found else None


def correspondence_of(db: "Database", request: int | None) -> tuple[Correspondence, ...]:
    """Return a request's correspondence (None: the In-tray) that is not in the trash, oldest first."""
    sql = "SELECT * FROM correspondence WHERE request IS ? AND trashed_at IS NULL ORDER BY date IS NULL, date, id"
    return _whole(db, rows(db, sql, (request,)))


def filed_before(db: "Database", content: int, request: int | None, direction: Direction) -> int | None:
    """Return the correspondence through which these bytes already lie on this request (None: in the In-tray)."""
    found: int | None = value(
        db,
        """SELECT k.id FROM attachments a JOIN correspondence k ON k.id = a.correspondence
        WHERE a.content = ? AND a.role = 'original' AND k.request IS ? AND k.direction = ? AND k.trashed_at IS NULL
            AND a.trashed_at IS NULL ORDER BY k.id LIMIT 1""",
        (content, request, direction.value),
    )
    return found


def filed_anywhere(db: "Database", content: int, direction: Direction) -> int | None:
    """Return the correspondence through which these bytes already lie on any request or in the In-tray."""
    found: int | None = value(
        db,
        """SELECT k.id FROM attachments a JOIN correspondence k ON k.id = a.correspondence
        WHERE a.content = ? AND a.role = 'original' AND k.direction = ? AND k.trashed_at IS NULL
            AND a.trashed_at IS NULL ORDER BY k.id LIMIT 1""",
        (content, direction.value),
    )
    return found


def same_message(db: "Database", correspondence: int) -> list[int]:
    """Return the other correspondence with the same Message-ID but other bytes, the oldest first."""
    found = db.execute(
        """SELECT DISTINCT o.id FROM correspondence k JOIN correspondence o ON o.message_id = k.message_id
        JOIN attachments a ON a.correspondence = k.id AND a.role = 'original'
        JOIN attachments b ON b.correspondence = o.id AND b.role = 'original'
        WHERE k.id = ? AND o.message_id <> '' AND o.id <> k.id AND o.trashed_at IS NULL AND a.content <> b.content
        ORDER BY o.id""",  # <> '' of the one that is looked for: only so is the index of Message-IDs of use
        (correspondence,),
    )
    return [key for (key,) in found.fetchall()]


def waiting_to_parse(db: "Database") -> list[int]:
    """Return correspondence that was acknowledged but not yet read by the worker."""
    return [key for (key,) in db.execute("SELECT id FROM correspondence WHERE parsed = 'waiting' ORDER BY id")]


def original_of(db: "Database", correspondence: int) -> Row | None:
    """Return the file a piece of correspondence came as: attachment id, name, vault key and size."""
    return row(
        db,
        """SELECT a.id, a.name, a.media_type, c.vault_key, c.size FROM attachments a
        JOIN contents c ON c.id = a.content WHERE a.correspondence = ? AND a.role = 'original' ORDER BY a.id LIMIT 1""",
        (correspondence,),
    )


def attachment_columns(
    content: int, name: str, media_type: str, role: AttachmentRole, origin: str, correspondence: int | None
) -> dict[str, Any]:
    """Return the columns of a new stored file."""
    return {
        "content": content,
        "name": name,
        "media_type": media_type,
        "role": role.value,
        "origin": origin,
        "added_at": now_text(),
        "correspondence": correspondence,
    }


def vault_files(db: "Database") -> list[tuple[str, int]]:
    """Return (vault key, size of the plain bytes) of every content."""
    found: list[tuple[str, int]] = db.execute("SELECT vault_key, size FROM contents ORDER BY id").fetchall()
    return found


def files_with(db: "Database", content: int) -> list[Row]:
    """Return where these bytes lie: id, correspondence and request of each file."""
    return rows(
        db,
        """SELECT a.id, a.correspondence, k.request FROM attachments a
        LEFT JOIN correspondence k ON k.id = a.correspondence WHERE a.content = ? ORDER BY a.id""",
        (content,),
    )


def privileged_mark(db: "Database", content: int) -> int | None:
    """Return the row that marks these bytes as privileged, if any."""
    found: int | None = value(db, "SELECT id FROM privileged WHERE content = ?", (content,))
    return found


def told_apart(db: "Database", attachment: int) -> list[int]:
    """Return the contents whose privilege goes with this file's, its own first.

    A message holds the bytes of its files, and they hold part of it: the whole goes with each, and all with the whole.
    """
    own = row(db, "SELECT content, role, correspondence FROM attachments WHERE id = ?", (attachment,))
    if own is None:
        return []
    found = [own["content"]]
    if own["correspondence"] is not None and own["role"] in ("original", "part"):
        wanted = "role = 'part'" if own["role"] == "original" else "role = 'original'"
        sql = f"SELECT DISTINCT content FROM attachments WHERE correspondence = ? AND {wanted} ORDER BY id"  # noqa: S608 - our own
        found += [key for (key,) in db.execute(sql, (own["correspondence"],)).fetchall()]
    return list(dict.fromkeys(found))
