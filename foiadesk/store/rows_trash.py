"""Rows in the trash: what lies there, since when, and what rests on it."""

from typing import TYPE_CHECKING

from foiadesk.store.rows_common import Row, rows, value

if TYPE_CHECKING:
    from sqlite_utils import Database

# kind -> table; the order in which things of one moment are listed and purged
TABLES = {"request": "requests", "correspondence": "correspondence", "letter": "letters", "attachment": "attachments"}

_LISTS = (
    """SELECT 'request' AS kind, r.id, r.title || ' · ' || r.office_short AS name, '' AS place, r.trashed_at,
        0 AS below,
        (SELECT coalesce(sum(c.size), 0) FROM correspondence k JOIN attachments a ON a.correspondence = k.id
            JOIN contents c ON c.id = a.content WHERE k.request = r.id) AS size
    FROM requests r WHERE r.trashed = 1 AND r.gone = 0""",
    """SELECT 'correspondence' AS kind, k.id, coalesce(nullif(k.subject, ''),
            (SELECT a.name FROM attachments a WHERE a.correspondence = k.id ORDER BY a.id LIMIT 1), '') AS name,
        coalesce(r.title || ' · ' || r.office_short, '') AS place, k.trashed_at, coalesce(r.trashed, 0) AS below,
        (SELECT coalesce(sum(c.size), 0) FROM attachments a JOIN contents c ON c.id = a.content
            WHERE a.correspondence = k.id) AS size
    FROM correspondence k LEFT JOIN requests r ON r.id = k.request WHERE k.trashed_at IS NOT NULL""",
    """SELECT 'letter' AS kind, l.id, l.title AS name, r.title || ' · ' || r.office_short AS place, l.trashed_at,
        r.trashed AS below, 0 AS size
    FROM letters l JOIN requests r ON r.id = l.request WHERE l.trashed_at IS NOT NULL""",
    """SELECT 'attachment' AS kind, a.id, a.name, coalesce(r.title || ' · ' || r.office_short, '') AS place,
        a.trashed_at,
        coalesce(r.trashed, 0) AS below, c.size
    FROM attachments a JOIN contents c ON c.id = a.content LEFT JOIN correspondence k ON k.id = a.correspondence
    LEFT JOIN requests r ON r.id = k.request WHERE a.trashed_at IS NOT NULL""",
)


def trashed(db: "Database") -> list[Row]:
    """Return everything in the trash, the latest first: kind, id, name, place, trashed_at, below, size."""
    found = [row for sql in _LISTS for row in rows(db, sql)]
    return sorted(found, key=lambda row: (row["trashed_at"] or "", row["id"]), reverse=True)


def count(db: "Database") -> int:
    """Return how many things lie in the trash."""
    return int(
        value(
            db,
            """SELECT (SELECT count(*) FROM requests WHERE trashed = 1 AND gone = 0)
            + (SELECT count(*) FROM correspondence WHERE trashed_at IS NOT NULL)
            + (SELECT count(*) FROM letters WHERE trashed_at IS NOT NULL)
            + (SELECT count(*) FROM attachments WHERE trashed_at IS NOT NULL)""",
        )
    )


def is_trashed(db: "Database", kind: str, key: int) -> bool:
    """Tell whether this thing lies in the trash itself."""
    sql = f"SELECT 1 FROM {TABLES[kind]} WHERE id = ? AND trashed_at IS NOT NULL"  # noqa: S608 - our names
    return value(db, sql, (key,)) is not None


def events_resting_on_trash(db: "Database", request: int) -> frozenset[str]:
    """Return the ids of a request's events in force whose filed letter lies in the trash."""
    found = db.execute(
        """SELECT e.id FROM events_in_force e JOIN event_evidence v ON v.event = e.seq
        JOIN correspondence k ON k.id = v.correspondence WHERE e.request = ? AND k.trashed_at IS NOT NULL""",
        (request,),
    )
    return frozenset(event for (event,) in found.fetchall())


def letters_in_trash(db: "Database") -> frozenset[int]:
    """Return the correspondence that lies in the trash."""
    found = db.execute("SELECT id FROM correspondence WHERE trashed_at IS NOT NULL").fetchall()
    return frozenset(key for (key,) in found)


def letterheads_with(db: "Database", attachment: int) -> str:
    """Return the name of a requester whose letterhead shows this file, "" when none does."""
    return str(value(db, "SELECT name FROM requesters WHERE logo = ? LIMIT 1", (attachment,)) or "")
