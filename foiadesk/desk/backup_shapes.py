"""What the desk's backups, restoring and verifying take and give: frozen, without behaviour."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from foiadesk.frozen import dataclass

EVERY = ("daily", "weekly", "hand")


@dataclass(frozen=True, slots=True)
class BackupPlace:
    """A folder that this desk is backed up to. every: daily, weekly or hand.

    here: its disk is connected. last_good: the newest backup known to be good there (its moment, with zone), with its
    number and the size in bytes of all it needs. next_due: when the next is due, None by hand. note: what is to be
    known of a folder on the network or in a cloud.
    """

    id: int
    folder: Path
    every: str
    here: bool
    last_good: datetime | None
    number: int
    size: int
    next_due: datetime | None
    note: str = ""

    def due(self, now: datetime) -> bool:
        """Whether a backup is due by schedule, its disk being there."""
        return self.here and self.next_due is not None and self.next_due <= now


@dataclass(frozen=True, slots=True)
class BackupCopy:
    """One backup in a place. number 0: made before an upgrade, never rotated. size: of its rows, in bytes.

    taken_at None: it does not say. opens: the desk's passphrase of today opens it.
    """

    path: Path
    number: int
    taken_at: datetime | None
    opens: bool
    size: int


@dataclass(frozen=True, slots=True)
class BackupMade:
    """What one backup did. files: stored files it holds, of which copied were new there. size: in bytes, of all.

    removed: older backups whose turn was over. better_there: keys of stored files that the desk lacks and it holds.
    """

    place: int
    folder: Path
    number: int
    taken_at: datetime
    files: int
    copied: int
    size: int
    removed: int
    better_there: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A document in a backup: its number and name on the desk, size and SHA-256 of its content.

    privileged: it was marked “privileged, never export” when the backup was made.
    """

    id: int
    name: str
    size: int
    sha256: str
    privileged: bool = False


@dataclass(frozen=True, slots=True)
class Holder:
    """A place of which some backups hold a content. here: False when it is not connected and may hold it.

    copies: the backups that hold it, or that cannot be opened to say that they do not.
    """

    folder: Path
    here: bool
    copies: tuple[BackupCopy, ...]


@dataclass(frozen=True, slots=True)
class BackupAlarm:
    """What Today says of backups. never: there was never one."""

    sentence: str
    detail: str
    never: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not verify, said once. kind: rows, answer, missing, altered, swapped, extra.

    sentence: names ids only. keys: the stored files concerned. documents: numbers and names on the desk of the
    documents whose content that is.
    """

    kind: str
    sentence: str
    keys: tuple[str, ...] = ()
    documents: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying found. files: stored files read; size: bytes of their contents. repaired: a sentence each.

    set_aside: files in the folder “set-aside” of the desk, which repairing took out of its way.
    """

    faults: tuple[Fault, ...]
    files: int
    size: int
    quick: bool = False
    repaired: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()
