"""The second half of filing: what the worker reads in a message, in a transaction of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from foiadesk.desk.desk import Done
from foiadesk.desk.shapes import IncomingFile
from foiadesk.frozen import dataclass
from foiadesk.records import AttachmentRole
from foiadesk.records.errors import KnownError, Unreadable
from foiadesk.records.speech import say
from foiadesk.store import rows_filing
from foiadesk.store.rows_common import by_id, dump

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.change import Change
    from foiadesk.desk.contents import Kept
    from foiadesk.desk.desk import Desk
    from foiadesk.desk.journal import Journal
    from foiadesk.intake import ParsedMessage, ParsedPart

log = logging.getLogger(__name__)

MESSAGES = ("message/rfc822", "application/vnd.ms-outlook", "application/vnd.ms-tnef")
PARSED_AT_MOST = 200 << 20
TRIES = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading one message."""

    message: ParsedMessage | None
    parts: tuple[tuple[ParsedPart, Kept], ...]
    damaged: str


def parse(desk: Desk, correspondence: int, entry: str = "") -> Change | None:
    """Read a filed message and store its headers, text and parts; the undo of filing (``entry``) then covers them.

    Returns None when there was nothing to read or it is gone. A message that cannot be read stays as it came, with
    ``damaged`` saying why. Raises StorageFull and the like: the message then waits for the next opening.
    """
    with desk.read() as db:
        original = rows_filing.original_of(db, correspondence)
        row = by_id(db, "correspondence", correspondence)
    if original is None or row is None or row["parsed"] != "waiting":
        return None
    key = str(original["vault_key"])
    read = reading(desk, lambda: desk.contents.read_key(key), int(original["size"]), int(row["tries"]))

    def work(journal: Journal) -> Done:
        if not put(journal, correspondence, str(original["name"]), read, desk.clock()):
            return Done("")
        return Done(say("Read “{name}”", name=original["name"]), correspondence)

    return desk.act(work, amend=entry, undoable=bool(entry))


def put(journal: Journal, correspondence: int, name: str, read: Reading, today: date) -> bool:
    """Store what was read in a message that waits for it; False when it waits no more.

    name: of the file it came as, for the origin of its parts.
    """
    now = by_id(journal.db, "correspondence", correspondence)
    if now is None or now["parsed"] != "waiting":
        return False
    columns: dict[str, object] = {"parsed": "done", "damaged": read.damaged}
    message = read.message
    if message is not None:
        day = message.date.date() if message.date else None
        columns |= {
            "subject": message.subject,
            "sender": message.sender,
            "recipients": dump(list(message.recipients)),
            "body": message.body,
            "message_id": message.message_id,
            "in_reply_to": message.in_reply_to,
            "date": now["date"] or _believable(day, today),
        }
    journal.update("correspondence", correspondence, columns)
    for part, kept in read.parts:
        content, origin = kept.row(journal.db), f"{part.origin} of {name}"
        columns = rows_filing.attachment_columns(
            content, part.name, part.media_type, AttachmentRole.PART, origin, correspondence
        )
        journal.insert("attachments", columns)
    return True


def reading(desk: Desk, data: Callable[[], bytes], size: int, tries: int = 0) -> Reading:
    """Read a message in the worker and store its parts durably; why it could not be read is in ``damaged``.

    data: its bytes, asked for only when they are read. Raises StorageFull and the like.
    """
    message, damaged = taken_apart(desk, data, size, tries)
    parts = message.parts if message is not None else ()
    kept = tuple((part, desk.contents.keep(IncomingFile(part.name, part.data))) for part in parts)
    return Reading(message, kept, damaged)


def taken_apart(desk: Desk, data: Callable[[], bytes], size: int, tries: int = 0) -> tuple[ParsedMessage | None, str]:
    """Read a message in the worker and store nothing yet; None and why when it cannot be read."""
    if tries >= TRIES:
        return None, say("Reading this message stopped the program several times; it is kept unread.")
    if size > PARSED_AT_MOST:
        return None, say("This message has {what} MB, more than is taken apart; it is kept whole.", what=size >> 20)
    try:
        message = desk.worker.message(data())
    except Unreadable as error:
        log.info("a message could not be read: %s", type(error).__name__)
        return None, str(error)
    return message, message.damaged


def all_taken_apart(
    desk: Desk, messages: Sequence[tuple[Callable[[], bytes], int]]
) -> list[tuple[ParsedMessage | None, str]]:
    """Read several messages, small ones in one call of the worker, and store nothing; (bytes, size) of each.

    As ``taken_apart`` answers of each.
    """
    if len(messages) == 1:
        return [taken_apart(desk, *messages[0])]
    found: list[tuple[ParsedMessage | None, str]] = []
    for read in desk.worker.messages([data() for data, _size in messages]):
        if isinstance(read, Unreadable):
            log.info("a message could not be read: %s", type(read).__name__)
            found.append((None, str(read)))
        else:
            found.append((read, read.damaged))
    return found


def _believable(day: date | None, today: date) -> str | None:
    """Return a header's date as stored: one from tomorrow (a later time zone) is today, a later one is not believed."""
    if day is None or day > today + timedelta(days=1) or day.year < 1971:
        return None
    return min(day, today).isoformat()


def finish_waiting(desk: Desk) -> int:
    """Read what was acknowledged but not yet read when the program ended; return how many messages."""
    with desk.read() as db:
        waiting = rows_filing.waiting_to_parse(db)
    done = 0
    for correspondence in waiting:

        def one_more(db: Database, key: int = correspondence) -> None:
            db.execute("UPDATE correspondence SET tries = tries + 1 WHERE id = ?", (key,))

        try:
            desk.store.write(one_more)
            done += parse(desk, correspondence) is not None
        except KnownError as error:  # a full disk must not keep anybody out of the desk: it waits once more
            log.warning("correspondence %d still waits to be read: %s", correspondence, type(error).__name__)
            break
    return done
