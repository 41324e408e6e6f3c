"""Purge: what lies in the trash is removed for good, from rows, pages, journal, index, memory and disk."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from foiadesk.desk.change import Change
from foiadesk.desk.shapes import Purged
from foiadesk.records.errors import KnownError, NotFound, ReadOnly
from foiadesk.records.progress import Cancelled, Progress
from foiadesk.records.speech import say, say_count
from foiadesk.store import purge as rows_purge
from foiadesk.store import rows_common, rows_trash

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.desk import Desk

log = logging.getLogger(__name__)

_STEPS = 4


def purge(desk: Desk, things: Sequence[tuple[str, int]], progress: Progress | None = None) -> Purged:
    """Remove things in the trash; see `Trash.purge`.

    After the one transaction that removes the rows nothing can bring them back; what a fault or a stop leaves to be
    done then (rewriting pages, removing files) is done at the next opening, and said. Raises NotFound and Cancelled
    before that transaction only.
    """
    progress = progress or Progress()
    if desk.read_only:
        raise ReadOnly("The desk is open for reading only.", safe="Nothing was changed.", todo="Open it for writing.")
    progress.at(0, _STEPS, "removing rows")
    by_kind: dict[str, list[int]] = {}
    for kind, key in things:
        by_kind.setdefault(kind, []).append(key)

    def work(db: Database) -> tuple[list[str], rows_purge.Removed]:
        lying = {(row["kind"], row["id"]): str(row["name"]) for row in rows_trash.trashed(db)}
        for kind, key in things:
            if (kind, key) not in lying:
                raise NotFound(
                    say("There is no {kind} {key} in the trash.", kind=kind, key=key), safe="Nothing was purged."
                )
        return [lying[thing] for thing in things], rows_purge.remove(db, by_kind)

    with desk.acting:
        names, removed = desk.store.write(work)
        desk.history.forget()
        desk.contents.forget()
        desk.letters.forget()
    later = finish(desk, progress)
    log.info("purged %d things and %d files", len(things), len(removed.files))
    if len(names) == 1:
        sentence = say("Purged “{name}”", name=names[0])
    else:
        sentence = say_count("Purged {n} thing", "Purged {n} things", len(names))
    ids = {kind: frozenset(found) for kind, found in removed.ids.items()}
    desk.tell(Change(sentence, ids, undoable=False))
    return Purged(sentence, len(things), len(removed.files), held_by(desk, removed), later)


def finish(desk: Desk, progress: Progress | None = None) -> str:
    """Remove from pages, index and disk what purges have removed from the rows; return what must wait, a sentence."""
    progress = progress or Progress()
    try:
        progress.at(1, _STEPS, "removing it from the search index")
        desk.search.forget()
        progress.at(2, _STEPS, "removing files")
        forget_files(desk)
        progress.at(3, _STEPS, "rewriting the pages of the database")
        desk.store.scrub()
        desk.store.write(lambda db: rows_common.put_state(db, rows_purge.UNFINISHED, ""))
        desk.store.empty_journal()
    except (KnownError, Cancelled) as error:
        why = error.what if isinstance(error, KnownError) else say("It was stopped.")
        log.warning("a purge could not be finished: %s", type(error).__name__)
        return say("{why} The rest of what was purged is removed from the disk when the desk is opened next.", why=why)
    progress_done(progress)
    return ""


def forget_files(desk: Desk) -> None:
    """Remove from the disk the stored files that no row needs any more. Raises StorageFull and the like."""
    with desk.read() as db:
        keys = rows_purge.files_to_forget(db)
    for key in keys:
        desk.store.vault.forget(key)
        desk.store.write(lambda db, key=key: rows_purge.forgotten(db, key))  # type: ignore[misc]


def progress_done(progress: Progress) -> None:
    """Say that all steps are done; nothing can be stopped any more."""
    try:
        progress.at(_STEPS, _STEPS, "")
    except Cancelled:
        return


def held_by(desk: Desk, removed: rows_purge.Removed) -> tuple[str, ...]:
    """Say in which places backups made before still hold what was purged, a phrase each; a disk elsewhere may."""
    rows = {table: removed.ids.get(kind, ()) for kind, table in rows_trash.TABLES.items()}
    try:
        found = desk.backups.holding_rows(rows)
    except KnownError as error:
        return (say("backups that could not be looked into: {what}", what=error.what),)
    said = []
    for one in found:
        if one.here:
            count = "1 backup" if len(one.copies) == 1 else f"{len(one.copies)} backups"
            said.append(f"{count} in “{one.folder}”")
        else:
            said.append(say("perhaps backups in “{folder}”, which is not connected", folder=one.folder))
    return tuple(said)
