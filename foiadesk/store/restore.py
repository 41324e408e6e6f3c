"""Make a desk out of a backup in a new place, whole or not at all; and get single files out of a backup."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from foiadesk.records.errors import BadInput, DamagedDesk, KnownError, NotFound, WrongPassphrase
from foiadesk.records.progress import Progress
from foiadesk.records.speech import say
from foiadesk.store import rows_backups, snapshot
from foiadesk.store.atomic import PART, make_folder, sync_folder, write_whole
from foiadesk.store.backup_place import BackupFolder, at_place, is_numbered
from foiadesk.store.connection import close_quietly, connect, verify
from foiadesk.store.folder import PAGE_BYTES, DeskFolder, check_new, refuse_network
from foiadesk.store.keys import RawKey, derive
from foiadesk.store.lock import DeskLock
from foiadesk.store.opening import identities
from foiadesk.store.rows_backups import Wanted
from foiadesk.store.sealed import Reading
from foiadesk.store.trouble import translated
from foiadesk.store.vault import Vault

if TYPE_CHECKING:
    from sqlite_utils import Database

# Lies in a folder while a desk is restored into it. The name is one that opening a desk sweeps away.
UNFINISHED = f".restoring{PART}"
_SALT = 16


@dataclass(frozen=True)
class OpenBackup:
    """One backup, open for reading. place: the folder its files lie in."""

    path: Path
    place: BackupFolder
    rows: "Database"
    vault: Vault
    key: RawKey

    def problem(self, one: Wanted) -> str:
        """Return what is wrong with one of its files, "" when it is whole. Raises OSError."""
        try:
            with self.place.attachment(one.key).open("rb") as file:
                if self.vault.proven(file, one.sha256) is not None:
                    return ""
        except FileNotFoundError:
            return f"The stored file {one.key} is missing from the backup."
        return f"The stored file {one.key} in the backup is damaged."

    def copy_to(self, one: Wanted, target: BinaryIO) -> None:
        """Decrypt one of its files into a writable one. Raises DamagedDesk, and OSError of the target."""
        self.vault.copy_to(one.key, target, one.sha256)


def newest_first(backup: Path) -> list[Path]:
    """Return the backups that a path means: the file itself, or those of a place, the newest in front.

    Raises NotFound when there is none.
    """
    with at_place(backup):
        if backup.is_file():
            return [backup]
        place = BackupFolder(backup)
        if not place.mark() and BackupFolder(backup / "backups").mark():
            place = BackupFolder(backup / "backups")
        found = list(reversed(place.numbered().values())) if place.path.is_dir() else []
        if not found:
            raise NotFound(
                say("There is no backup in “{backup}”.", backup=backup),
                safe="Nothing was changed.",
                todo="Choose a backup place, or one of its files backup-….db.",
            )
        return found


@contextmanager
def opened(backup: Path, passphrase: str) -> Iterator[OpenBackup]:
    """Open one backup for reading: the file named, or the newest of a place.

    Raises NotFound, WrongPassphrase, DamagedDesk, and what `at_place` raises.
    """
    path = newest_first(backup)[0]
    place = files_of(path)
    with at_place(path.parent):
        key = derive(passphrase, _salt(path))
        try:
            rows = connect(path, key, "immutable")
        except WrongPassphrase:
            raise WrongPassphrase(
                say("The passphrase does not open the backup “{path}”, or its beginning is damaged.", path=path.name),
                safe="Nothing was changed.",
                todo="Type the passphrase the desk had when the backup was made, or choose another backup.",
            ) from None
    try:
        with translated():
            vault = vault_of(path, rows)
        yield OpenBackup(path, place, rows, vault, key)
    finally:
        close_quietly(rows)


def _salt(path: Path) -> bytes:
    with path.open("rb") as file:
        salt = file.read(_SALT)
        size = os.fstat(file.fileno()).st_size
    if size < PAGE_BYTES:
        raise DamagedDesk(
            say("The backup “{path}” is damaged: its end is missing.", path=path.name),
            safe="Other backups are separate files.",
            todo="Choose another backup.",
        )
    return salt


def files_of(path: Path) -> BackupFolder:
    """Return where the files of a snapshot lie: beside it, or for one made before a change of a desk in that desk."""
    desk = path.parent.parent
    if path.parent.name == "backups" and not is_numbered(path) and (desk / "attachments").is_dir():
        return BackupFolder(desk)
    return BackupFolder(path.parent)


def problems(backup: OpenBackup, progress: Progress) -> list[str]:
    """Read everything in a backup and return what is wrong, a sentence each; empty when it is whole."""
    progress.at(0, 0, "checking the rows")
    found = verify(backup.rows)
    if found:
        return found
    wanted = rows_backups.wanted(backup.rows)
    total = sum(one.size for one in wanted)
    done = 0
    with at_place(backup.place.path):
        for one in wanted:
            progress.at(done, total, "bytes checked")
            if said := backup.problem(one):
                found.append(said)
            done += one.size
    progress.at(total, total, "bytes checked")
    return found


def restore(backup: OpenBackup, target: Path, progress: Progress | None = None) -> None:
    """Make a desk of a backup in a folder that is missing or empty. It appears by one rename when all of it is proven.

    What an earlier, interrupted restore left in the folder is used or removed. Raises BadInput (the folder holds
    something, a desk above all), NetworkFolder, DamagedDesk naming what the backup lacks, StorageFull, Cancelled:
    then the folder is as it was before.
    """
    progress = progress or Progress()
    places = DeskFolder(target)
    with translated():
        _check_target(places)
    missing = [one for one in (target, *target.parents) if not one.exists()]
    try:
        with translated():
            for one in reversed(missing):
                make_folder(one)
            lock = DeskLock(places.lock)
            lock.acquire()
        try:
            with translated():
                _check_target(places)  # again, now that nobody else can be doing the same
                _fill(backup, places, progress)
        except BaseException:
            with suppress(OSError):
                _clear(places)
                places.lock.unlink()
            raise
        finally:
            lock.release()
    except BaseException:
        with suppress(OSError):
            for one in missing:
                one.rmdir()
        raise


def _check_target(places: DeskFolder) -> None:
    if (places.path / UNFINISHED).exists() and not places.database.exists():
        refuse_network(places.path)
        _clear(places)  # nobody's work: copies made by a restore that was interrupted
    check_new(places.path)


def _clear(places: DeskFolder) -> None:
    """Take away what an unfinished restore made; the mark last, so that this too can be interrupted."""
    if places.database.exists():
        return
    snapshot.remove(places.unborn)
    for leftover in places.path.glob(f".*{PART}*"):
        if leftover.name != UNFINISHED:
            leftover.unlink(missing_ok=True)
    for folder in (places.attachments, places.backups):
        if folder.is_dir():
            shutil.rmtree(folder)
    (places.path / UNFINISHED).unlink(missing_ok=True)


def _fill(backup: OpenBackup, places: DeskFolder, progress: Progress) -> None:
    unfinished = places.path / UNFINISHED
    unfinished.touch(0o600)
    sync_folder(places.path)
    make_folder(places.attachments)
    make_folder(places.backups)
    wanted = rows_backups.wanted(backup.rows)
    for shard in sorted({one.key[:2] for one in wanted}):
        make_folder(places.attachments / shard)
    total = sum(one.size for one in wanted)
    done = 0
    for one in wanted:
        progress.at(done, total, "bytes restored")
        _copy_file(backup, one, places.attachments / one.key[:2] / one.key)
        done += one.size
    for shard in sorted({one.key[:2] for one in wanted}):
        sync_folder(places.attachments / shard)
    progress.at(total, total, "bytes restored")
    _copy_rows(backup, places, progress)
    with suppress(OSError):  # the desk is whole with it, and opening it sweeps this away
        unfinished.unlink()


def _copy_file(backup: OpenBackup, one: Wanted, target: Path) -> None:
    """Copy one encrypted file, proving on the way that the right content is inside, and again as it lies there."""

    def fill(file: BinaryIO) -> bool:
        with _reading(backup, one) as source:
            return backup.vault.proven(source, one.sha256, file) is not None

    if not write_whole(target, fill, still=True, lasting=False):
        raise DamagedDesk(
            say("The stored file {key} in the backup is damaged: nothing was restored.", key=one.key),
            safe="The backup is untouched.",
            todo="Choose another backup.",
        )
    snapshot.settle(target)
    with target.open("rb") as file:
        if backup.vault.proven(file, one.sha256) is None:
            raise DamagedDesk(
                "A restored file does not come back as it was written: nothing was restored.",
                safe="The backup is untouched.",
                todo="Do not trust this disk: restore to another.",
            )


@contextmanager
def _reading(backup: OpenBackup, one: Wanted) -> Iterator[Reading]:
    try:
        file = backup.place.attachment(one.key).open("rb")
    except FileNotFoundError:
        raise DamagedDesk(
            say("The stored file {key} is missing from the backup: nothing was restored.", key=one.key),
            safe="The backup is untouched.",
            todo="Choose another backup, or find the folder “attachments” that belongs to this one.",
        ) from None
    except OSError as error:
        raise _unread(error) from None
    with file:
        yield Reading(file, _unread)


def _unread(_error: OSError) -> KnownError:
    return DamagedDesk(
        "The backup could not be read.",
        safe="Nothing was restored, and the backup was not changed.",
        todo="Check that its disk is connected and healthy, then try again.",
    )


def _copy_rows(backup: OpenBackup, places: DeskFolder, progress: Progress) -> None:
    progress.at(0, 0, "copying the rows")
    snapshot.remove(places.unborn)
    snapshot.take(backup.rows, backup.key, places.unborn, progress=progress)
    places.unborn.rename(places.database)
    try:
        sync_folder(places.path)
    except BaseException:
        places.database.unlink()  # the disk would not promise to keep it: refused means not restored
        raise


def vault_of(path: Path, rows: "Database") -> Vault:
    """Return the files that belong to a backup, opened with the identities in its own rows."""
    return Vault(files_of(path).attachments, identities(rows), read_only=True)


def documents(rows: "Database") -> list[tuple[int, str, Wanted]]:
    """Return (document number, name, file) of every document that these rows hold."""
    found = rows.execute(
        """SELECT a.id, a.name, c.vault_key, c.sha256, c.size FROM attachments a JOIN contents c ON c.id = a.content
        ORDER BY a.id"""
    ).fetchall()
    return [(number, name, Wanted(key, sha256, size)) for number, name, key, sha256, size in found]


def one_document(rows: "Database", which: str) -> tuple[int, str, Wanted]:
    """Return the one document with this number or name; raises NotFound, BadInput when several have the name."""
    known = documents(rows)
    found = [each for each in known if str(each[0]) == which] or [each for each in known if each[1] == which]
    if not found:
        raise NotFound("The backup holds no document with that number or name.", safe="Nothing was written.")
    if len({one.key for _, _, one in found}) > 1:
        numbers = ", ".join(str(number) for number, _, _ in found)
        raise BadInput(
            say("Several documents have that name: {numbers}.", numbers=numbers),
            safe="Nothing was written.",
            todo="Choose by number.",
        )
    return found[0]


def privileged(rows: "Database") -> frozenset[int]:
    """Return the numbers of the documents marked as privileged in these rows; of an older desk, none."""
    if not rows.execute("SELECT 1 FROM sqlite_master WHERE name = 'privileged'").fetchone():
        return frozenset()
    found = rows.execute("SELECT a.id FROM attachments a JOIN privileged p ON p.content = a.content").fetchall()
    return frozenset(number for (number,) in found)
