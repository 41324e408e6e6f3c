"""Make a desk out of a backup in a new place and prove that it opens; get one document out. Needs no open desk."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from foiadesk.desk.backup_shapes import BackupFile
from foiadesk.frozen import dataclass
from foiadesk.records.errors import DamagedDesk, KnownError
from foiadesk.records.progress import Progress
from foiadesk.records.speech import say


@dataclass(frozen=True, slots=True)
class Restored:
    """A desk made out of a backup. taken_at: when that was made, None when it does not say. files: stored files.

    opening: what opening it had to put right, a sentence each.
    """

    folder: Path
    backup: Path
    taken_at: datetime | None
    files: int
    opening: tuple[str, ...]


def restore(backup: Path, passphrase: str, folder: Path, progress: Progress | None = None) -> Restored:
    """Restore a backup (the newest of a place, or the file named) to a folder that is missing or empty.

    Every row and file is checked; then the desk is opened, brought up to date, and checked once more. Never writes over
    a desk or anything else. Raises BadInput, NetworkFolder, NotFound, WrongPassphrase, DamagedDesk, StorageFull,
    Cancelled: then the folder is as it was. A KnownError says when the desk is there and could only not be opened.
    """
    from foiadesk.desk.desk import Desk
    from foiadesk.store import restore as store
    from foiadesk.store import rows_backups, snapshot

    progress = progress or Progress()
    folder = folder.absolute()
    with store.opened(backup, passphrase) as found:
        said = snapshot.taken_at(found.rows)
        files = len(rows_backups.wanted(found.rows))
        path = found.path
        store.restore(found, folder, progress)
    progress.at(0, 0, "opening the restored desk")
    try:
        with Desk.open(folder, passphrase) as desk:
            faults = desk.safety.check()
            opening = desk.opening
    except KnownError as error:
        raise KnownError(
            say(
                "The desk was restored to “{folder}”, but could not be opened there: {what}",
                folder=folder,
                what=error.what,
            ),
            safe="Every row and file in it was checked, and the backup is untouched.",
            todo="Open the restored desk and verify it.",
        ) from error
    if faults:
        raise DamagedDesk(
            say("The desk was restored, but does not verify: {faults}", faults=faults[0]),
            safe="The backup is untouched, and the restored desk can be looked into.",
            todo="Verify the restored desk, or restore another backup.",
        )
    return Restored(folder, path, datetime.fromisoformat(said) if said else None, files, opening)


def documents(backup: Path, passphrase: str) -> tuple[BackupFile, ...]:
    """Return the documents in a backup. Raises NotFound, WrongPassphrase, DamagedDesk."""
    from foiadesk.store import restore as store

    with store.opened(backup, passphrase) as found:
        marked = store.privileged(found.rows)
        return tuple(
            BackupFile(number, name, one.size, one.sha256, number in marked)
            for number, name, one in store.documents(found.rows)
        )


def copy_out(backup: Path, passphrase: str, which: str, target: Path) -> BackupFile:
    """Write a decrypted copy of one document in a backup, by number or name, whole or not at all; return it.

    An existing target is replaced. What is marked as privileged is written too, for a backup is where one gets it back:
    the answer says so. Raises NotFound, BadInput, WrongPassphrase, DamagedDesk, StorageFull.
    """
    from foiadesk.desk.filing import write_copy
    from foiadesk.store import restore as store

    with store.opened(backup, passphrase) as found:
        number, name, one = store.one_document(found.rows, which)
        marked = number in store.privileged(found.rows)
        write_copy(target, lambda file: found.copy_to(one, file))
    return BackupFile(number, name, one.size, one.sha256, marked)
