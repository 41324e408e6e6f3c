"""“Privileged, never export”: a mark on a file's bytes that keeps them on the desk until somebody takes it off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foiadesk.desk.desk import Done
from foiadesk.records import AttachmentRole
from foiadesk.records.errors import Conflict, NotFound
from foiadesk.records.speech import say, say_count
from foiadesk.store import rows_filing

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.journal import Journal
    from foiadesk.records import Attachment


def mark(journal: Journal, key: int, on: bool) -> Done:
    """Mark a stored file as privileged, or no longer; raises NotFound.

    The mark goes with the message the file came in, and a message's with every file in it: whoever has the one has the
    other. Taken off one file of a message, it stays on the message.
    """
    file = _must(journal.db, key)
    related = rows_filing.told_apart(journal.db, key)
    if not on and file.role is AttachmentRole.PART:
        related = related[:1]
    others = 0
    for content in related:
        known = rows_filing.privileged_mark(journal.db, content)
        if on and known is None:
            journal.insert("privileged", {"content": content, "marked_at": journal.at})
        elif not on and known is not None:
            journal.delete("privileged", known)
        else:
            continue
        others += content != related[0]
    if not others:
        more = ""
    elif file.role is AttachmentRole.PART:
        more = say(", and the message it came in,")
    else:
        more = say_count(", and the file in it,", ", and the {n} files in it,", others)
    if on:
        return Done(say("Marked “{file}”{more} as privileged: never exported", file=file.name, more=more), key)
    return Done(say("“{file}”{more} is no longer marked as privileged", file=file.name, more=more), key)


def may_leave(db: Database, key: int) -> Attachment:
    """Return a stored file that may leave the desk. Raises NotFound, Conflict for a privileged one."""
    file = _must(db, key)
    if file.privileged:
        raise Conflict(
            say("“{file}” is marked as privileged and never leaves the desk.", file=file.name),
            safe="Nothing was written.",
            todo="Take the mark off first, if it must.",
        )
    return file


def _must(db: Database, key: int) -> Attachment:
    found = rows_filing.attachment(db, key)
    if found is None:
        raise NotFound(say("There is no stored file {key}.", key=key))
    return found
