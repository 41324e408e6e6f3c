"""Where a stored file goes: what is there already, else a new piece of correspondence that it is the original of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from foiadesk.records import AttachmentRole, Direction
from foiadesk.records.errors import NotFound
from foiadesk.records.speech import Said, say
from foiadesk.store import rows_filing, rows_requests

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.journal import Journal


def named(db: Database, request: int | None) -> Said:
    """Return where something is filed, in words; raises NotFound for an unknown request."""
    if request is None:
        return say("in the In-tray")
    name = rows_requests.request_name(db, request)
    if not name:
        raise NotFound(say("There is no request {request}.", request=request), safe="Nothing was stored.")
    return say("on {request}", request=name)


def found_or_moved(
    journal: Journal, content: int, request: int | None, direction: Direction
) -> tuple[int | None, bool]:
    """Return the correspondence through which these bytes lie on a request already (None: in the In-tray).

    What waits in the In-tray is moved to the request; the flag says so.
    """
    there = rows_filing.filed_before(journal.db, content, request, direction)
    if there is not None or request is None:
        return there, False
    waiting = rows_filing.filed_before(journal.db, content, None, direction)
    if waiting is not None:
        journal.update("correspondence", waiting, {"request": request})
    return waiting, waiting is not None


def insert(journal: Journal, content: int, name: str, media: str, origin: str, columns: Mapping[str, object]) -> int:
    """Insert correspondence that these bytes are the original of, and return its id."""
    made = journal.insert("correspondence", {**columns, "filed_at": journal.at})
    file = rows_filing.attachment_columns(content, name, media, AttachmentRole.ORIGINAL, origin, made)
    journal.insert("attachments", file)
    return made
