"""Renew the key of the attachments: every stored file is encrypted to a new identity, then the old one is forgotten."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from foiadesk.desk import purge, recovery
from foiadesk.desk.shapes import Renewed
from foiadesk.records.errors import DamagedDesk, ReadOnly
from foiadesk.records.progress import Progress
from foiadesk.records.speech import joined, say, say_count
from foiadesk.store import purge as rows_purge
from foiadesk.store import rows_renewal
from foiadesk.store.rows_common import put_state

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.desk import Desk

log = logging.getLogger(__name__)


def renew(desk: Desk, progress: Progress | None = None) -> Renewed:
    """Encrypt every stored file anew to a new identity, or go on with a renewal that was stopped.

    While it lasts both identities open files, and new files go to the new one. Each file is durable under its new name
    before its row changes, and the old one goes last: stopped at any moment, no content is lost and the next call goes
    on. The old identity is forgotten only when no stored file needs it. Raises Cancelled between two files,
    StorageFull and the like with everything so far kept.
    """
    progress = progress or Progress()
    if desk.read_only:
        raise ReadOnly("The desk is open for reading only.", safe="Nothing was changed.", todo="Open it for writing.")
    progress.at(0, 0, "looking")
    purge.forget_files(desk)  # what an interruption left to be removed needs no key any more
    recovery.recover_orphans(desk)  # a file without a row would keep its old identity for ever
    if not under_way(desk):
        _begin(desk)
    vault = desk.store.vault
    with desk.read() as db:
        stored = rows_renewal.files(db)
    done, failed = 0, list[int]()
    for number, (content, key, sha256) in enumerate(stored):
        progress.at(number, len(stored), "files")
        try:
            if vault.is_new(key):
                continue
            fresh = desk.contents.renew(key, sha256)
        except DamagedDesk:
            log.warning("content %d could not be encrypted anew", content)
            failed.append(content)
            continue
        if desk.store.write(lambda db, key=key, fresh=fresh: rows_renewal.replace(db, key, fresh)):  # type: ignore[misc]
            purge.forget_files(desk)
            done += 1
        else:
            vault.forget(fresh)  # its content was purged meanwhile
    desk.contents.forget()
    complete = not failed and _needed_by_none(desk)
    if complete:
        _forget_old(desk)
        purge.finish(desk)
    log.info("renewed %d of %d files, %d failed", done, len(stored), len(failed))
    return Renewed(_sentence(done, len(failed), complete), done, tuple(dict.fromkeys(failed)), complete)


def under_way(desk: Desk) -> bool:
    """Tell whether a renewal was begun and is not complete."""
    with desk.read() as db:
        return len(rows_renewal.identities(db)) > 1


def _begin(desk: Desk) -> None:
    from foiadesk.store.vault import new_identity

    secret = new_identity()

    def work(db: Database) -> list[str]:
        rows_renewal.add_identity(db, secret)
        return rows_renewal.identities(db)

    desk.store.vault.use(desk.store.write(work))


def _needed_by_none(desk: Desk) -> bool:
    """Look at every file that lies there, whatever the rows say of it."""
    vault = desk.store.vault
    lying = list(vault.keys())
    return not any(vault.needs_old(key) for key in lying)


def _forget_old(desk: Desk) -> None:
    def work(db: Database) -> list[str]:
        rows_renewal.drop_old_identities(db)
        put_state(db, rows_purge.UNFINISHED, "yes")  # the old secret is to leave every page, like what is purged
        return rows_renewal.identities(db)

    desk.store.vault.use(desk.store.write(work))


def _sentence(done: int, failed: int, complete: bool) -> str:
    said = say_count("{n} file was encrypted anew", "{n} files were encrypted anew", done)
    if complete:
        return say("{said}, and the old key of the attachments is forgotten", said=said)
    if failed:
        left = say_count(
            "{n} file could not be read, so the old key is kept for it",
            "{n} files could not be read, so the old key is kept for them",
            failed,
        )
        return joined("; ", (said, left))
    return joined("; ", (said, say("files were added meanwhile, so renew once more")))
