"""A place that holds backups: what lies where in it, how it is recognised, and one writer at a time."""

import errno
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from foiadesk.records.errors import BadInput, DeskBusy, KnownError, NetworkFolder, NotFound, ReadOnly, StorageFull
from foiadesk.records.speech import say
from foiadesk.store.atomic import make_folder, sweep_parts, write_whole
from foiadesk.store.folder import cloud_warning, file_system, is_network
from foiadesk.store.lock import DeskLock

MARKER = "foiadesk-backups.txt"
SUBFOLDER = "FOIADesk backups"  # made in a folder that already holds other things
_WORDS = """This folder holds encrypted backups made by FOIADesk.
Each file backup-….db is one of them, the highest number the newest; the folder attachments holds their files.
Nothing here can be read without the passphrase. Do not rename or remove anything by hand.
place {mark}
"""
_MARK = re.compile(r"^place ([0-9a-f]{16})$", re.MULTILINE)
_NUMBERED = re.compile(r"backup-([0-9]{6,})\.db")
_LARGEST_MARKER = 4096

_GONE = {errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ENOTCONN, errno.ENOMEDIUM}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
_CROWDED = {errno.EMFILE, errno.ENFILE}
_SAFE = "The desk is not touched by this, and backups made before are still good."
_IOERR_READS = {10 | 1 << 8, 10 | 2 << 8}  # of the desk: the copy is only written


@dataclass(frozen=True)
class BackupFolder:
    """The places inside a backup place. Laid out as a desk folder is, so that the same public tools recover it."""

    path: Path

    @property
    def marker(self) -> Path:
        """Tells that this folder is a backup place, and which."""
        return self.path / MARKER

    @property
    def attachments(self) -> Path:
        """One age file per content that any snapshot here names."""
        return self.path / "attachments"

    @property
    def lock(self) -> Path:
        """Held while a backup is made here."""
        return self.path / "backup.lock"

    def attachment(self, key: str) -> Path:
        """Where a stored file lies."""
        return self.attachments / key[:2] / key

    def snapshot(self, number: int) -> Path:
        """Where the snapshot with this number lies."""
        return self.path / f"backup-{number:06}.db"

    def mark(self) -> str:
        """Return the random mark in the marker, "" when there is none."""
        try:
            with self.marker.open("rb") as file:
                text = file.read(_LARGEST_MARKER).decode("utf-8", "replace")
        except OSError:
            return ""
        found = _MARK.search(text)
        return found[1] if found else ""

    def numbered(self) -> dict[int, Path]:
        """Return the snapshots made as backups, by number, oldest first. Raises OSError."""
        found = {int(match[1]): entry for entry in self.path.iterdir() if (match := _NUMBERED.fullmatch(entry.name))}
        return dict(sorted(found.items()))

    def pinned(self) -> list[Path]:
        """Return the snapshots that stand before a change of the desk and are never rotated. Raises OSError."""
        return sorted(one for one in self.path.glob("*.db") if not is_numbered(one))

    def stored_keys(self) -> Iterator[Path]:
        """Yield every stored file here, in no order."""
        for shard in self.attachments.glob("[0-9a-f][0-9a-f]"):
            for file in shard.iterdir():
                if not file.name.startswith("."):
                    yield file

    @contextmanager
    def held(self) -> Iterator[None]:
        """Be the only one that writes here, where the file system can promise that.

        Raises DeskBusy when another process makes a backup here, OSError.
        """
        lock = DeskLock(self.lock)
        try:
            lock.acquire()
        except DeskBusy:
            raise DeskBusy(
                "Another backup is being made in this place right now.",
                safe=_SAFE,
                todo="Wait until it is done, then do it again.",
            ) from None
        except NetworkFolder:  # no locks there: one person rarely starts two backups at once
            yield
            return
        try:
            sweep_parts(self.path)
            for shard in (self.attachments, *self.attachments.glob("[0-9a-f][0-9a-f]")):
                sweep_parts(shard)
            yield
        finally:
            lock.release()


def is_numbered(path: Path) -> bool:
    """Tell whether a snapshot was made as a backup, and not before a change of the desk."""
    return _NUMBERED.fullmatch(path.name) is not None


def prepare(folder: Path) -> tuple[BackupFolder, str]:
    """Make a folder a backup place, or find that it is one; return it and its mark.

    A folder that holds other things gets a folder of its own inside. Raises BadInput and what `at_place` raises.
    """
    with at_place(folder):
        if folder.exists() and not folder.is_dir():
            raise BadInput(
                say("“{folder}” is not a folder.", folder=folder), safe="Nothing was changed.", todo="Choose a folder."
            )
        place = BackupFolder(folder)
        if mark := place.mark():
            return place, mark
        if (folder / "desk.db").exists():
            raise BadInput(
                say("“{folder}” is a desk: backups need a folder of their own.", folder=folder),
                safe="Nothing was changed.",
                todo="Choose another folder, best on another disk.",
            )
        if folder.exists() and not _kept(folder) and any(_foreign(one.name) for one in folder.iterdir()):
            place = BackupFolder(folder / SUBFOLDER)
            if mark := place.mark():
                return place, mark
        missing = [one for one in (place.path, *place.path.parents) if not one.exists()]
        for one in reversed(missing):
            make_folder(one)
        make_folder(place.attachments)
        mark = secrets.token_hex(8)
        write_whole(place.marker, lambda file: file.write(_WORDS.format(mark=mark).encode()), still=True)
        return place, mark


def _foreign(name: str) -> bool:
    """Tell whether something in a folder is not hidden and not what an interrupted `prepare` can have left."""
    return not name.startswith(".") and name not in ("attachments", "backup.lock")


def _kept(folder: Path) -> bool:
    """Tell whether a folder is the desk's own, in which snapshots before upgrades lie."""
    return folder.name == "backups" and (folder.parent / "desk.db").exists()


def recognised(folder: Path, mark: str) -> BackupFolder:
    """Return the place in a folder; raises NotFound when it is not there, or another one is.

    mark: what its marker must say, so that an empty mount point or another stick is not taken for it.
    """
    place = BackupFolder(folder)
    if place.mark() == mark:
        return place
    raise NotFound(
        say("The backup place “{folder}” is not there.", folder=folder),
        safe=_SAFE,
        todo="Connect its disk and try again; if it was moved, add it where it is now.",
    )


def warning(folder: Path) -> str:
    """Return a sentence when a place is on the network or in a cloud folder: allowed for backups, but to be known."""
    if is_network(file_system(folder)):
        return say("This place is on the network: backups are encrypted, but their number and sizes can be seen there.")
    if cloud_warning(folder):
        return say("This folder seems to be synced: backups are encrypted, but copies leave this computer.")
    return ""


@contextmanager
def at_place(folder: Path) -> Iterator[None]:
    """Raise the sentence of the backup place for every failure of its disk inside the block.

    Known errors pass, but those that a disk error was already turned into as if it were the desk's own disk.
    """
    try:
        yield
    except OSError as error:
        raise _from_disk(error, folder) from error
    except (StorageFull, ReadOnly) as known:
        cause = known.__cause__
        if isinstance(cause, OSError):
            raise _from_disk(cause, folder) from cause
        if (said := _from_database(cause, folder)) is not None:
            raise said from cause
        raise
    except Exception as error:
        if (said := _from_database(error, folder)) is not None:
            raise said from error
        from foiadesk.store.trouble import from_database

        if (known_error := from_database(error)) is not None:
            raise known_error from error
        raise


def _from_disk(error: OSError, folder: Path) -> KnownError:
    if error.errno in _FULL:
        return _full(folder)
    if error.errno in _READ_ONLY:
        return _read_only(folder)
    if error.errno in _CROWDED:
        return StorageFull(
            "The system allows this program no more open files.", safe=_SAFE, todo="Close other programs and try again."
        )
    if error.errno in _GONE or not os.path.lexists(folder):
        return _gone(folder)
    return _refused(folder)


def _from_database(error: BaseException | None, folder: Path) -> KnownError | None:
    code = getattr(error, "sqlite_errorcode", None)
    if not isinstance(code, int) or code in _IOERR_READS:
        return None
    match code & 0xFF:
        case 13:
            return _full(folder)
        case 8 | 3:
            return _read_only(folder)
        case 10 | 14:
            return _refused(folder) if os.path.lexists(folder) else _gone(folder)
    return None


def _full(folder: Path) -> KnownError:
    return StorageFull(
        say("The backup place “{folder}” is full.", folder=folder),
        safe=_SAFE,
        todo="Free some space there, or use a larger disk.",
    )


def _read_only(folder: Path) -> KnownError:
    return ReadOnly(
        say("The backup place “{folder}” cannot be written to.", folder=folder),
        safe=_SAFE,
        todo="Make it writable, or choose another.",
    )


def _gone(folder: Path) -> KnownError:
    return StorageFull(
        say("The backup place “{folder}” is no longer there.", folder=folder),
        safe=_SAFE,
        todo="Connect its disk again, then try again.",
    )


def _refused(folder: Path) -> KnownError:
    return StorageFull(
        say("The disk of the backup place “{folder}” reported an error.", folder=folder),
        safe=_SAFE,
        todo="Check that it is connected and healthy, or use another.",
    )


def room_for(place: BackupFolder, size: int) -> None:
    """Raise StorageFull when a place clearly has no room for so many more bytes."""
    import shutil

    with suppress(OSError):
        if shutil.disk_usage(place.path).free < size:
            raise _full(place.path)
