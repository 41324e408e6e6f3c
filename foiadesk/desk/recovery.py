"""What opening a desk puts right after a crash: stored files without a row, and messages not yet read."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from foiadesk.desk import parsing, purge
from foiadesk.desk.desk import Done
from foiadesk.records import AttachmentRole, Direction
from foiadesk.records.errors import DamagedDesk
from foiadesk.records.speech import say, say_count
from foiadesk.store import purge as purge_rows
from foiadesk.store import rows_common, rows_filing, rows_renewal

if TYPE_CHECKING:
    from foiadesk.desk.desk import Desk
    from foiadesk.desk.journal import Journal

log = logging.getLogger(__name__)

NAME = "recovered"
_REKEYED = {
    True: "The program was stopped while the passphrase was changed; the change is complete: only the new passphrase "
    "opens this desk. Make a backup.",
    False: "The program was stopped before the passphrase was changed: the old passphrase still opens this desk.",
}
_PURGED = "A purge that was interrupted is finished now: what was purged is gone from the disk."
_RENEWING = "Renewing the key of the attachments was interrupted: both keys work; go on with it in Settings."


def finish(desk: Desk) -> tuple[str, ...]:
    """Finish what a crash interrupted and say what was done; a desk that was closed properly costs two queries."""
    with desk.read() as db:
        interrupted = rows_common.state(db, "storing") != ""
        waiting = bool(rows_filing.waiting_to_parse(db))
        renewing = len(rows_renewal.identities(db)) > 1
        purging = rows_common.state(db, purge_rows.UNFINISHED) != ""
    said: list[str] = []
    if desk.store.rekeyed is not None:
        said.append(_REKEYED[desk.store.rekeyed])
    if renewing:
        said.append(_RENEWING)
    if purging:
        later = purge.finish(desk)
        said.append(later or say(_PURGED))
    if interrupted:
        recovered, unreadable = recover_orphans(desk)
        if recovered:
            said.append(
                say_count(
                    "After an interruption {n} stored file was recovered into the In-tray.",
                    "After an interruption {n} stored files were recovered into the In-tray.",
                    recovered,
                )
            )
        if unreadable:
            said.append(
                say_count(
                    "{n} file in the folder “attachments” could not be decrypted; nothing was deleted.",
                    "{n} files in the folder “attachments” could not be decrypted; nothing was deleted.",
                    unreadable,
                )
            )
        desk.store.write(lambda db: rows_common.put_state(db, "storing", ""))
        waiting = True
    if waiting:
        parsing.finish_waiting(desk)
    return tuple(said)


def recover_orphans(desk: Desk) -> tuple[int, int]:
    """Give every vault file that no row knows a place in the In-tray. Returns (recovered, not decryptable).

    Nothing is ever deleted: a second copy of a known content is only noted as such.
    """
    from foiadesk.intake import media_type
    from foiadesk.store.vault import fingerprint

    with desk.read() as db:
        known = rows_filing.vault_keys(db)
    recovered = unreadable = 0
    for key in sorted(set(desk.store.vault.keys()) - known):
        try:
            data = desk.store.vault.read(key)
        except DamagedDesk:
            log.warning("vault file %s has no row and cannot be decrypted", key)
            unreadable += 1
            continue
        sha256, size = fingerprint(data)
        media = media_type(data, NAME)

        def work(journal: Journal, key: str = key, sha256: str = sha256, size: int = size, media: str = media) -> Done:
            had = rows_filing.content_by_hash(journal.db, sha256) is not None
            content = rows_filing.keep_content(journal.db, key, sha256, size)
            if had:
                return Done("")
            waiting = "waiting" if media in parsing.MESSAGES else "done"
            row = {"direction": Direction.IN.value, "parsed": waiting, "filed_at": journal.at}
            correspondence = journal.insert("correspondence", row)
            columns = rows_filing.attachment_columns(
                content, NAME, media, AttachmentRole.ORIGINAL, "recovered after an interruption", correspondence
            )
            journal.insert("attachments", columns)
            return Done("Recovered a stored file into the In-tray", correspondence)

        recovered += desk.act(work, undoable=False).primary != 0
    return recovered, unreadable
