"""What is looked up to tell which request a letter belongs to."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from foiadesk.store.rows_common import dump

if TYPE_CHECKING:
    from sqlite_utils import Database

_ALIVE = "r.trashed = 0 AND r.gone = 0"


def by_number(db: "Database", numbers: Sequence[str]) -> list[tuple[str, int]]:
    """Return (number, request) for every request that has one of these numbers, as numbers are compared."""
    found: list[tuple[str, int]] = db.execute(
        f"""SELECT DISTINCT t.plain, t.request FROM tracking t JOIN requests r ON r.id = t.request
        WHERE t.plain IN (SELECT value FROM json_each(?)) AND {_ALIVE} ORDER BY t.request""",  # noqa: S608 - our own
        (dump(list(numbers)),),
    ).fetchall()
    return found


def by_message(db: "Database", message_ids: Sequence[str]) -> list[int]:
    """Return the requests on which one of these messages is filed."""
    return _filed(
        db, "k.message_id IN (SELECT value FROM json_each(?)) AND k.message_id <> ''", dump(list(message_ids))
    )


def by_subject(db: "Database", subject: str) -> list[int]:
    """Return the requests on which a message or letter with this subject is filed, whatever stands before it."""
    forms = [f"{before}{subject}" for before in ("", "Re: ", "RE: ", "Fwd: ", "FW: ", "re: ")]
    return _filed(db, "k.subject IN (SELECT value FROM json_each(?)) AND k.subject <> ''", dump(forms))


def by_sender(db: "Database", sender: str) -> list[int]:
    """Return the requests on which something of this very sender is filed."""
    return _filed(db, "k.sender = ? AND k.sender <> ''", sender)


def _filed(db: "Database", where: str, value: str) -> list[int]:
    found = db.execute(
        f"""SELECT DISTINCT k.request FROM correspondence k JOIN requests r ON r.id = k.request
        WHERE {where} AND k.trashed_at IS NULL AND {_ALIVE} ORDER BY k.request LIMIT 50""",  # noqa: S608 - our own
        (value,),
    )
    return [key for (key,) in found.fetchall()]


def by_proof(db: "Database", kinds: Sequence[str], number: str) -> list[int]:
    """Return the requests on which an event of these kinds names a postal or confirmation number, spaces or not."""
    found = db.execute(
        f"""SELECT DISTINCT e.request FROM events_in_force e JOIN requests r ON r.id = e.request
        WHERE e.kind IN (SELECT value FROM json_each(?)) AND {_ALIVE}
            AND instr(replace(replace(e.data, ' ', ''), '-', ''), ?) > 0 ORDER BY e.request""",  # noqa: S608 - our own
        (dump(list(kinds)), number.replace(" ", "").replace("-", "")),
    )
    return [key for (key,) in found.fetchall()]


def open_requests(db: "Database") -> list[tuple[int, str, str, str, str, str]]:
    """Return every request that waits for something: id, title, its office's code, short name, name and e-mail."""
    found: list[tuple[int, str, str, str, str, str]] = db.execute(
        """SELECT r.id, r.title, r.office_code, r.office_short, o.name, o.email
        FROM standing s JOIN requests r ON r.id = s.request
        JOIN (SELECT id, name, lower(coalesce(json_extract(snapshot, '$.email'), '')) AS email FROM offices) o
            ON o.id = r.office
        WHERE s.hidden = 0 AND s.stage NOT IN ('draft', 'closed') ORDER BY r.id"""
    ).fetchall()
    return found


def numbers_of(db: "Database", requests: Sequence[int]) -> dict[int, set[str]]:
    """Return the tracking numbers of requests, as numbers are compared."""
    found: dict[int, set[str]] = {}
    for request, plain in db.execute(
        "SELECT request, plain FROM tracking WHERE request IN (SELECT value FROM json_each(?))", (dump(list(requests)),)
    ).fetchall():
        found.setdefault(request, set()).add(plain)
    return found
