"""The trash: what was put there, since when, and the way back. Nothing leaves it by itself."""

# ruff: noqa: A002 - "id" is what everybody calls it
from __future__ import annotations

from typing import TYPE_CHECKING

from foiadesk.desk.desk import Done
from foiadesk.desk.shapes import TrashItem
from foiadesk.records import AttachmentRole
from foiadesk.records.errors import BadInput, Conflict, NotFound
from foiadesk.records.speech import say
from foiadesk.store import rows_common, rows_filing, rows_trash
from foiadesk.store.rows_common import read_moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils import Database

    from foiadesk.desk.change import Change
    from foiadesk.desk.desk import Desk
    from foiadesk.desk.journal import Journal
    from foiadesk.desk.shapes import Purged
    from foiadesk.records.progress import Progress

KINDS = tuple(rows_trash.TABLES)


class Trash:
    """Things a person no longer wants to see. They keep everything, and are out of every list, count and search."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self) -> tuple[TrashItem, ...]:
        """Return everything in the trash, the latest first."""
        with self._desk.read() as db:
            return tuple(map(_item, rows_trash.trashed(db)))

    def count(self) -> int:
        """Return how many things lie in the trash."""
        with self._desk.read() as db:
            return rows_trash.count(db)

    def put(self, kind: str, id: int) -> Change:
        """Move a thing to the trash: a request, correspondence with its files, a draft, or one stored file.

        A file that is all its correspondence came as takes that along. Raises NotFound; Conflict for a picture that
        stands on a letterhead, or a letter that was sent.
        """
        _known(kind)
        if kind == "request":
            return self._desk.requests.trash(id)
        if kind == "letter":
            return self._desk.letters.discard(id)
        return self._desk.act(lambda journal: _put_filed(journal, kind, id))

    def restore(self, kind: str, id: int) -> Change:
        """Take a thing out of the trash, to where it was. Raises NotFound when it does not lie there."""
        _known(kind)
        if kind == "request":
            with self._desk.read() as db:
                _must_lie(db, kind, id)
            return self._desk.requests.restore(id)

        def work(journal: Journal) -> Done:
            _must_lie(journal.db, kind, id)
            name = _move(journal, kind, id, None)
            return Done(say("Restored “{name}” from the trash", name=name), id)

        return self._desk.act(work)

    def purge(self, things: Sequence[tuple[str, int]], progress: Progress | None = None) -> Purged:
        """Remove things in the trash for good, from rows, index and disk; things: (kind, id). It cannot be undone.

        Everything below a request goes with it. The list of what can be undone is emptied. Raises NotFound when one
        of them does not lie in the trash: nothing is purged then. See `foiadesk.desk.purge`.
        """
        from foiadesk.desk.purge import purge

        for kind, _id in things:
            _known(kind)
        return purge(self._desk, tuple(dict.fromkeys(things)), progress)


def _known(kind: str) -> None:
    if kind not in KINDS:
        raise BadInput(say("kind: {kind} is none of {what}.", kind=repr(kind), what=", ".join(KINDS)))


def _must_lie(db: Database, kind: str, key: int) -> None:
    if not rows_trash.is_trashed(db, kind, key):
        raise NotFound(say("There is no {kind} {key} in the trash.", kind=kind, key=key), safe="Nothing was changed.")


def _put_filed(journal: Journal, kind: str, key: int) -> Done:
    if kind == "attachment":
        file = rows_filing.attachment(journal.db, key)
        if file is None or file.trashed:
            raise NotFound(say("There is no stored file {key}.", key=key))
        if file.role is AttachmentRole.LETTERHEAD and (whose := rows_trash.letterheads_with(journal.db, key)):
            raise Conflict(
                say("This picture stands on the letterhead of {whose}.", whose=whose),
                safe="Nothing was changed.",
                todo="Take it off the letterhead first.",
            )
        if file.correspondence is not None and file.role is not AttachmentRole.PART:
            whole = rows_filing.original_of(journal.db, file.correspondence)
            if file.role is AttachmentRole.LETTER or (whole is not None and whole["id"] == key):
                kind, key = "correspondence", file.correspondence
    if kind == "correspondence":
        letter = rows_filing.read_correspondence(journal.db, key)
        if letter is None or letter.trashed:
            raise NotFound(say("There is no correspondence {key}.", key=key))
    name = _move(journal, kind, key, journal.at)
    return Done(say("Moved “{name}” to the trash", name=name), key)


def _move(journal: Journal, kind: str, key: int, at: str | None) -> str:
    """Put a thing in the trash or (None) take it out; return its name."""
    table = rows_trash.TABLES[kind]
    row = rows_common.by_id(journal.db, table, key) or {}
    journal.update(table, key, {"trashed_at": at})
    owner = key if kind == "correspondence" else row.get("correspondence")
    if kind == "attachment" and owner is not None:
        journal.touch("correspondence", owner)
        letter = rows_common.by_id(journal.db, "correspondence", owner) or {}
        journal.touch("request", letter.get("request"))
    if kind == "correspondence":
        files = journal.db.execute("SELECT id, name FROM attachments WHERE correspondence = ? ORDER BY id", (key,))
        found = files.fetchall()
        for file, _name in found:
            journal.touch("attachment", file)
        return str(row.get("subject") or (found[0][1] if found else "a letter"))
    return str(row.get("name") or row.get("title") or "")


def _item(row: rows_common.Row) -> TrashItem:
    return TrashItem(
        kind=row["kind"],
        id=row["id"],
        name=row["name"],
        where=row["place"],
        trashed_at=read_moment(row["trashed_at"]),
        size=row["size"],
        below=bool(row["below"]),
    )
