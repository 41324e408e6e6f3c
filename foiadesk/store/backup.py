"""Back a desk up into a place: rows of one moment and every file they name, proven there before they get a name."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from foiadesk.frozen import dataclass
from foiadesk.records.errors import DamagedDesk, DeskBusy, KnownError, WrongPassphrase
from foiadesk.records.progress import Progress
from foiadesk.records.speech import say
from foiadesk.store import rotation, rows_backups, snapshot
from foiadesk.store.atomic import make_folder, sync_folder, write_whole
from foiadesk.store.backup_place import BackupFolder, at_place, recognised, room_for
from foiadesk.store.gathering import Promise
from foiadesk.store.hands import beside
from foiadesk.store.rows_backups import Wanted
from foiadesk.store.sealed import Print, Reading, print_of
from foiadesk.store.trouble import from_disk, translated
from foiadesk.store.vault import Vault

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.store.store import Store

log = logging.getLogger(__name__)

AGE_OVERHEAD = 300  # bytes an encrypted file has at least beside its content


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One backup in a place. number 0: made before an upgrade and never rotated. taken_at None: it does not say.

    opens: False when the desk's passphrase of today does not open it. size: of the rows, in bytes.
    """

    path: Path
    number: int
    taken_at: datetime | None
    opens: bool
    size: int


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made and proven. copied: files that were new there. size: of all it needs, in bytes.

    better_there: stored files that are missing on the desk, and whole in this place. removed: older backups
    that rotation took away. prints: what was newly proven, to be remembered.
    """

    number: int
    taken_at: datetime
    files: int
    copied: int
    size: int
    better_there: tuple[str, ...]
    removed: int
    prints: tuple[tuple[str, Print], ...]


def make(store: "Store", folder: Path, mark: str, now: datetime, progress: Progress | None = None) -> Made:
    """Make one backup beside whoever writes the desk. It appears under its name only when all of it is proven.

    now: the moment, with its zone. Raises NotFound when the place is not there, DeskBusy, StorageFull or ReadOnly of
    the place, DamagedDesk when rows or files of the desk do not verify and the place has no better, Cancelled.
    Each leaves the backups made before as they were.
    """
    place = recognised(folder, mark)
    progress = progress or Progress()
    work = _Making(store, place, progress)
    with at_place(folder), place.held():
        number = max(place.numbered(), default=0) + 1
        store.take_snapshot(
            place.snapshot(number),
            taken_at=now.isoformat(timespec="seconds"),
            progress=progress,
            complete=work.complete,
        )
        size = place.snapshot(number).stat().st_size + work.size
        try:
            removed = rotate(store, place, now)
        except (OSError, KnownError):  # the next backup does it
            log.warning("old backups of a place could not be removed")
            removed = 0
    return Made(
        number, now, work.files, work.copied, size, tuple(sorted(work.better_there)), removed, tuple(work.prints)
    )


class _Making:
    """The files of one backup."""

    def __init__(self, store: "Store", place: BackupFolder, progress: Progress) -> None:
        self._store = store
        self._place = place
        self._progress = progress
        self.files = self.copied = self.size = 0
        self.better_there: list[str] = []
        self.prints: list[tuple[str, Print]] = []

    def complete(self, rows: "Database") -> None:
        """Bring every file that these rows name into the place and prove each there."""
        wanted = rows_backups.wanted(rows)
        here = {file.name for file in self._place.stored_keys()}
        missing = [one for one in wanted if one.key not in here]
        room_for(self._place, sum(one.size + AGE_OVERHEAD for one in missing))
        fresh = self._copy(missing)
        self.copied = len(fresh)
        bad = self._prove([one for one in wanted if one.key not in fresh], {})
        # A copy that went bad, or was never right, is made again: the desk's own is the better one then.
        again = self._copy(bad)
        self.copied += len(again)
        fresh |= again
        if self._prove([one for one in wanted if one.key in fresh], fresh):
            raise DamagedDesk(
                "A file copied into the backup place does not come back as it was written.",
                safe="The desk is not touched by this, and backups made before are still there.",
                todo="Do not trust this disk: make backups on another.",
            )
        self.files = len(wanted)
        # All of them: a name that an earlier, failed backup left may never have been promised to last.
        for shard in sorted({one.key[:2] for one in wanted}):
            sync_folder(self._place.attachments / shard)

    def _copy(self, files: Sequence[Wanted]) -> dict[str, Print]:
        """Copy files into the place, proving each on the way; return their prints. Raises DamagedDesk."""
        for shard in sorted({one.key[:2] for one in files}):
            make_folder(self._place.attachments / shard)
        total = sum(one.size for one in files)
        done = 0
        prints: dict[str, Print] = {}
        with Promise(self._place.attachments) as promise:
            for one, found in beside(files, lambda one: self._copy_one(one, synced=not promise.given)):
                prints[one.key] = found
                done += one.size
                self._progress.at(done, total, "bytes copied")
            if promise.given and files:
                promise.keep()
        for one in files:
            snapshot.reread(self._place.attachment(one.key))
        return prints

    def _copy_one(self, one: Wanted, *, synced: bool) -> Print:
        def fill(file: BinaryIO) -> Print:
            found = _sealed_copy(self._store.vault, one, file)
            if found is None:
                raise self._lost(one.key)
            return found

        return write_whole(self._place.attachment(one.key), fill, still=True, lasting=False, synced=synced)

    def _lost(self, key: str) -> KnownError:
        with self._store.read() as db:
            if key not in rows_backups.keys(db):
                return DeskBusy(
                    "Something was purged from the desk while the backup was made.",
                    safe="Backups made before are still there.",
                    todo="Start the backup again.",
                )
        return DamagedDesk(
            say(
                "The stored file {key} is missing or damaged, and this place has no good copy: no backup was made.",
                key=key,
            ),
            safe="Backups made before are untouched and stay.",
            todo="Verify the desk and repair it from another backup place, or purge that document.",
        )

    def _prove(self, files: Sequence[Wanted], fresh: dict[str, Print]) -> list[Wanted]:
        """Read files in the place back and return those that are not what the rows say."""
        bad = []
        total = sum(one.size for one in files)
        done = 0
        for one, found in beside(files, lambda one: self._proven_there(one, fresh.get(one.key))):
            done += one.size
            self._progress.at(done, total, "bytes proven")
            if found is None:
                bad.append(one)
                continue
            self.size += found.size
            if found != one.known:
                self.prints.append((one.key, found))
            if one.key not in fresh and not self._store.vault.exists(one.key):
                self.better_there.append(one.key)
        return bad

    def _proven_there(self, one: Wanted, expected: Print | None) -> Print | None:
        expected = expected or one.known
        path = self._place.attachment(one.key)
        with path.open("rb") as file:
            if expected is not None:
                return expected if print_of(file) == expected else None
            return self._store.vault.proven(file, one.sha256)


def _sealed_copy(vault: Vault, one: Wanted, target: BinaryIO) -> Print | None:
    """Copy an encrypted file of the desk; None when it is missing or not what the rows say."""
    try:
        source = vault.sealed(one.key)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise from_disk(error) from None
    with closing(source):
        reading = Reading(source, from_disk)  # the desk's disk, whatever disk the copy goes to
        if one.known is not None:
            start = target.tell()
            if print_of(reading, target) == one.known:
                return one.known
            # Not as remembered: the content decides.
            target.seek(start)
            target.truncate()
            source.seek(0)
        return vault.proven(reading, one.sha256, target)


def snapshots(store: "Store", place: BackupFolder) -> list[Snapshot]:
    """Return every backup in a place, oldest first, those before upgrades in front. Raises what `at_place` raises."""
    with at_place(place.path):
        found = [(0, path) for path in place.pinned()] + list(place.numbered().items())
        return [_look(store, number, path) for number, path in found]


def _look(store: "Store", number: int, path: Path) -> Snapshot:
    size = path.stat().st_size
    try:
        with opened(store, path) as db:
            said = snapshot.taken_at(db)
    except (WrongPassphrase, DamagedDesk):
        return Snapshot(path, number, None, False, size)
    return Snapshot(path, number, datetime.fromisoformat(said) if said else None, True, size)


@contextmanager
def opened(store: "Store", path: Path) -> Iterator["Database"]:
    """Open a backup's rows for reading with this desk's key. Raises WrongPassphrase, DamagedDesk."""
    from foiadesk.store.connection import close_quietly

    db = store.open_snapshot(path)
    try:
        with translated(disk=False):
            yield db
    finally:
        close_quietly(db)


def rotate(store: "Store", place: BackupFolder, now: datetime) -> int:
    """Remove the backups whose turn is over, and files no other needs; return how many backups. See `rotation`."""
    there = {one.number: one for one in snapshots(store, place) if one.number}
    keep = rotation.kept({number: one.taken_at for number, one in there.items()}, now)
    removed = _remove(store, place, [one for number, one in there.items() if number not in keep])
    if not removed:
        drop_unneeded(store, place)  # what a backup that was stopped had copied, and a purge made nobody's
    return removed


def remove(store: "Store", place: BackupFolder, doomed: Sequence[Snapshot]) -> int:
    """Remove these backups for good, and each file that no other backup there names; return how many backups.

    Raises what `at_place` raises.
    """
    with at_place(place.path), place.held():
        return _remove(store, place, doomed)


def _remove(store: "Store", place: BackupFolder, doomed: Sequence[Snapshot]) -> int:
    if not doomed:
        return 0
    for one in doomed:
        one.path.unlink(missing_ok=True)
    sync_folder(place.path)
    drop_unneeded(store, place)
    return len(doomed)


def drop_unneeded(store: "Store", place: BackupFolder) -> int:
    """Remove stored files no backup here names; return how many.

    Nothing is removed while a backup here cannot be opened, because nobody knows what it needs.
    """
    needed: set[str] = set()
    for one in snapshots(store, place):
        if not one.opens:
            return 0
        with opened(store, one.path) as db:
            needed |= rows_backups.keys(db)
    unneeded = [file for file in place.stored_keys() if file.name not in needed]
    for file in unneeded:
        file.unlink(missing_ok=True)
    for shard in sorted({file.parent for file in unneeded}):
        sync_folder(shard)
    return len(unneeded)


def holding_rows(store: "Store", place: BackupFolder, rows: Mapping[str, Iterable[int]]) -> list[Snapshot]:
    """Return the backups in a place that hold any of these rows (by table, by id), or cannot be opened to say so."""
    found = []
    for one in snapshots(store, place):
        if one.opens:
            with opened(store, one.path) as db:
                if not any(rows_backups.has_rows(db, table, keys) for table, keys in rows.items()):
                    continue
        found.append(one)
    return found


def holding(store: "Store", place: BackupFolder, sha256: str) -> list[Snapshot]:
    """Return the backups in a place that still hold a content, or cannot be opened to say that they do not."""
    found = []
    for one in snapshots(store, place):
        if one.opens:
            with opened(store, one.path) as db:
                if not rows_backups.holds(db, sha256):
                    continue
        found.append(one)
    return found
