"""Rows of letters, drafts and sent."""

import json
from typing import TYPE_CHECKING

from foiadesk.records import Letter, LetterState, LetterVersion
from foiadesk.store.rows_common import Row, by_id, dump, insert, read_moment, row, rows, value

if TYPE_CHECKING:
    from sqlite_utils import Database


def _letter_from(found: Row) -> Letter:
    return Letter(
        kind=found["kind"],
        request=found["request"],
        values=json.loads(found["form"]),
        state=LetterState(found["state"]),
        title=found["title"],
        correspondence=found["correspondence"],
        updated_at=read_moment(found["updated_at"]),
        id=found["id"],
        version=found["version"],
    )


def read_letter(db: "Database", key: int) -> Letter | None:
    """Return one letter that is not in the trash, if any."""
    found = by_id(db, "letters", key)
    return _letter_from(found) if found and found["trashed_at"] is None else None


def letters_of(db: "Database", request: int) -> tuple[Letter, ...]:
    """Return a request's letters, oldest first; not those in the trash, by themselves or as what was sent."""
    sql = """SELECT l.* FROM letters l LEFT JOIN correspondence k ON k.id = l.correspondence
        WHERE l.request = ? AND l.trashed_at IS NULL AND k.trashed_at IS NULL ORDER BY l.id"""
    return tuple(map(_letter_from, rows(db, sql, (request,))))


def sent_file(db: "Database", letter: int) -> int | None:
    """Return the attachment that holds a sent letter's exact bytes, if any."""
    found: int | None = value(
        db,
        """SELECT a.id FROM letters l JOIN attachments a ON a.correspondence = l.correspondence
        WHERE l.id = ? AND a.role = 'letter' ORDER BY a.id LIMIT 1""",
        (letter,),
    )
    return found


def drafts(db: "Database", limit: int = -1) -> list[Row]:
    """Return every draft that is not in the trash, nor its request, the latest touched first."""
    return rows(
        db,
        """SELECT l.id, l.kind, l.title, l.request, l.updated_at, r.title AS request_title, r.office_short, s.stage
        FROM letters l JOIN requests r ON r.id = l.request AND +r.trashed = 0 AND +r.gone = 0
        JOIN standing s ON s.request = r.id
        WHERE l.state = 'draft' AND l.trashed_at IS NULL ORDER BY l.updated_at DESC, l.id DESC LIMIT ?""",
        (limit,),
    )


def _version_from(found: Row) -> LetterVersion:
    at = read_moment(found["at"])
    assert at is not None
    return LetterVersion(
        letter=found["letter"],
        values=json.loads(found["form"]),
        why=found["why"],
        at=at,
        name=found["name"],
        id=found["id"],
    )


def versions_of(db: "Database", letter: int) -> tuple[LetterVersion, ...]:
    """Return what a letter's draft said before, the latest first."""
    found = rows(db, "SELECT * FROM letter_versions WHERE letter = ? ORDER BY id DESC", (letter,))
    return tuple(map(_version_from, found))


def read_version(db: "Database", key: int) -> LetterVersion | None:
    """Return one version, if any."""
    found = by_id(db, "letter_versions", key)
    return _version_from(found) if found else None


def put_version(db: "Database", letter: Letter, why: str, at: str) -> int:
    """Keep what a draft says and return the version's id, 0 when its latest version says the same."""
    last = row(db, "SELECT form FROM letter_versions WHERE letter = ? ORDER BY id DESC LIMIT 1", (letter.id,))
    if last is not None and json.loads(last["form"]) == dict(letter.values):
        return 0
    return insert(db, "letter_versions", {"letter": letter.id, "form": dump(letter.values), "why": why, "at": at})
