"""Backups: where they are kept, when they are due, making one, what is in them, and who still holds a content."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from foiadesk.desk.backup_shapes import (
    EVERY,
    BackupAlarm,
    BackupCopy,
    BackupFile,
    BackupMade,
    BackupPlace,
    Holder,
)
from foiadesk.desk.change import Change
from foiadesk.desk.desk import Done
from foiadesk.records.errors import BadInput, KnownError, NotFound
from foiadesk.records.progress import Progress
from foiadesk.records.speech import say, say_count
from foiadesk.store import rows_backups

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sqlite_utils import Database

    from foiadesk.desk.desk import Desk
    from foiadesk.desk.journal import Journal
    from foiadesk.store.backup import Snapshot
    from foiadesk.store.backup_place import BackupFolder
    from foiadesk.store.rows_common import Row

log = logging.getLogger(__name__)

_PERIODS = {"daily": timedelta(days=1), "weekly": timedelta(days=7)}
_WEEK = timedelta(days=7)
_EARLY = timedelta(hours=4)  # a daily backup at nine today may come at eight tomorrow
_AHEAD = timedelta(days=1)  # how far in the future a backup may be dated before it counts for nothing


class Backups:
    """The desk's backups."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # ---- places -----------------------------------------------------------------------------------------------

    def places(self) -> tuple[BackupPlace, ...]:
        """Return every known place, in the order they were added. Looks whether each is connected."""
        with self._desk.read() as db:
            found = rows_backups.places(db)
        now = self.now()
        return tuple(self._place(row, now) for row in found)

    def place(self, which: int | str | Path) -> BackupPlace:
        """Return the known place with this number or folder; raises NotFound."""
        known = self.places()
        for one in known:
            if which == one.id or str(which) == str(one.id) or Path(str(which)).absolute() in _names_of(one.folder):
                return one
        raise NotFound(
            say("“{which}” is no backup place of this desk.", which=which),
            safe="Nothing was changed.",
            todo="Add it first." if known else "No place is known yet: add one.",
        )

    def add(self, folder: Path, every: str = "weekly") -> Change:
        """Make a folder a backup place (or take it as one) and remember it; primary is the place's number.

        A folder that holds other things gets a folder “FOIADesk backups” inside. Raises BadInput, StorageFull,
        ReadOnly.
        """
        from foiadesk.store import backup_place

        _checked(every)
        folder = folder.absolute()
        if folder != self._own and (folder == self._desk.folder or self._desk.folder.absolute() in folder.parents):
            raise BadInput(
                "A place inside the desk's folder would be lost with it.",
                safe="Nothing was changed.",
                todo="Choose another folder, best on another disk.",
            )
        if self._desk.read_only:
            self._desk.act(lambda journal: Done(""))  # says so, before anything is made
        place, mark = backup_place.prepare(folder)
        self._refuse_strangers(place)

        def work(journal: Journal) -> Done:
            for row in rows_backups.places(journal.db):
                if row["folder"] == str(place.path):
                    journal.update("backup_places", row["id"], {"mark": mark, "every": every})
                    return Done(say("“{path}” is a backup place", path=place.path.name), row["id"])
            columns = {"folder": str(place.path), "mark": mark, "every": every, "added_at": journal.at}
            key = journal.insert("backup_places", columns)
            return Done(say("Added the backup place “{path}”", path=place.path.name), key)

        change = self._desk.act(work)
        self.look(change.primary)
        return change

    def schedule(self, place: int, every: str) -> Change:
        """Choose how often a place is due: daily, weekly or by hand."""
        _checked(every)
        self.place(place)

        def work(journal: Journal) -> Done:
            journal.update("backup_places", place, {"every": every})
            return Done("Changed how often a backup is made", place)

        return self._desk.act(work)

    def forget(self, place: int) -> Change:
        """Stop using a place; the backups in it stay as they are."""
        known = self.place(place)

        def work(journal: Journal) -> Done:
            journal.delete("backup_places", place)
            return Done(
                say("Forgot the backup place “{folder}”; its backups stay there", folder=known.folder.name), place
            )

        return self._desk.act(work)

    # ---- making -----------------------------------------------------------------------------------------------

    def run(self, place: int, progress: Progress | None = None) -> BackupMade:
        """Make a backup in a place, beside everything else. Works on a desk open for reading, too.

        Raises NotFound when the place is not there, DeskBusy, StorageFull, ReadOnly, DamagedDesk, Cancelled; each
        leaves every earlier backup as it was.
        """
        from foiadesk.store import backup

        row = self._row(place)
        made = backup.make(self._desk.store, Path(row["folder"]), row["mark"], self.now(), progress)
        taken = made.taken_at.astimezone(UTC).isoformat(timespec="seconds")
        if not self._desk.read_only:

            def work(db: Database) -> None:
                rows_backups.note_prints(db, made.prints)
                rows_backups.note_made(db, place, made.number, taken, made.size)

            try:
                self._note("Made a backup", place, work)
            except KnownError:  # it is made all the same; looking at the place finds it
                log.warning("backup %d in place %d could not be noted on the desk", made.number, place)
        log.info("made backup %d in place %d: %d files, %d new", made.number, place, made.files, made.copied)
        return BackupMade(
            place, Path(row["folder"]), made.number, made.taken_at, made.files, made.copied, made.size, made.removed,
            made.better_there,
        )  # fmt: skip

    def look(self, place: int) -> tuple[BackupCopy, ...]:
        """Return the backups in a place, oldest first, and remember which is the newest good one.

        Raises NotFound when the place is not there, and what its disk says.
        """
        row = self._row(place)
        copies = self._copies(self._recognised(row))
        good = [one for one in copies if one.number and one.opens and one.taken_at is not None]
        newest = good[-1] if good else None
        if not self._desk.read_only and (newest.number if newest else None) != row["number"]:

            def work(db: Database) -> None:
                if newest is None or newest.taken_at is None:
                    rows_backups.note_none(db, place)
                else:
                    taken = newest.taken_at.astimezone(UTC).isoformat(timespec="seconds")
                    rows_backups.note_made(db, place, newest.number, taken, row["bytes"] or newest.size)

            self._note("Looked into a backup place", place, work)
        return copies

    def due(self) -> tuple[BackupPlace, ...]:
        """Return the connected places in which a backup is due by schedule."""
        known = self.places()
        now = self.now()
        return tuple(one for one in known if one.due(now))

    def alarm(self) -> BackupAlarm | None:
        """Return what Today is to say of backups; None when one is young enough, or nothing is there to lose."""
        with self._desk.read() as db:
            found = rows_backups.places(db)
            worth = db.execute("SELECT EXISTS (SELECT 1 FROM requests) OR EXISTS (SELECT 1 FROM contents)").fetchone()
        if not worth[0]:
            return None
        now = self.now()
        taken = [moment for row in found if (moment := _moment(row["taken_at"])) is not None]
        if not taken:
            detail = say("A USB stick is enough: a backup is encrypted like the desk, and made while you work.")
            return BackupAlarm(say("This desk has no backup yet"), detail, True)
        believable = [moment for moment in taken if moment <= now + _AHEAD]
        if not believable:
            detail = say("Check the date of this computer, then make a backup.")
            return BackupAlarm(say("The last backup is dated later than today"), detail, False)
        days = max((now - max(believable)).days, 0)
        if days < _WEEK.days:
            return None
        return BackupAlarm(
            say_count("The last backup is {n} day old", "The last backup is {n} days old", days),
            say("Connect its disk and make a new one."),
            False,
        )

    # ---- what is in them --------------------------------------------------------------------------------------

    def holders(self, sha256: str) -> tuple[Holder, ...]:
        """Return which places still hold a content, by its hash: known ones, and the desk's own snapshots.

        A place that is not connected is named with ``here`` False: it may hold it.
        """
        from foiadesk.store import backup

        found = []
        for folder, place in self._everywhere():
            if place is None:
                found.append(Holder(folder, False, ()))
                continue
            copies = tuple(map(_copy, backup.holding(self._desk.store, place, sha256)))
            if copies:
                found.append(Holder(folder, True, copies))
        return tuple(found)

    def everywhere(self) -> tuple[BackupCopy, ...]:
        """Return every backup in the desk's own folder and in each connected place."""
        return tuple(copy for _folder, place in self._everywhere() if place is not None for copy in self._copies(place))

    def holding_rows(self, rows: Mapping[str, Iterable[int]]) -> tuple[Holder, ...]:
        """Return which places still hold any of these rows (by table, by id), as `holders` does for a content."""
        from foiadesk.store import backup

        found = []
        for folder, place in self._everywhere():
            if place is None:
                found.append(Holder(folder, False, ()))
                continue
            copies = tuple(map(_copy, backup.holding_rows(self._desk.store, place, rows)))
            if copies:
                found.append(Holder(folder, True, copies))
        return tuple(found)

    def remove(self, copies: tuple[BackupCopy, ...]) -> int:
        """Remove these backups for good, with each stored file no other backup there names; return how many.

        Raises StorageFull, ReadOnly, DeskBusy of their place. Not undoable.
        """
        from foiadesk.store import backup

        removed = 0
        for folder in sorted({one.path.parent for one in copies}):
            place = next((one for path, one in self._everywhere() if path == folder and one is not None), None)
            if place is None:
                raise NotFound(
                    say("“{folder}” is no backup place of this desk, or is not there.", folder=folder),
                    safe="Nothing was removed.",
                )
            doomed = {one.path for one in copies if one.path.parent == folder}
            there = [one for one in backup.snapshots(self._desk.store, place) if one.path in doomed]
            removed += backup.remove(self._desk.store, place, there)
        for known in self.places():
            if known.here:
                self.look(known.id)
        return removed

    def files(self, copy: Path) -> tuple[BackupFile, ...]:
        """Return the documents in a backup that the desk's passphrase opens. Raises WrongPassphrase, DamagedDesk."""
        from foiadesk.store import backup, backup_place, restore

        with backup_place.at_place(copy.parent), backup.opened(self._desk.store, copy) as rows:
            marked = restore.privileged(rows)
            return tuple(
                BackupFile(number, name, one.size, one.sha256, number in marked)
                for number, name, one in restore.documents(rows)
            )

    def copy_out(self, copy: Path, document: int, target: Path) -> None:
        """Write a decrypted copy of one document in a backup, whole or not at all; an existing file is replaced.

        Raises NotFound, WrongPassphrase, DamagedDesk, StorageFull.
        """
        from foiadesk.desk.filing import write_copy
        from foiadesk.store import backup, backup_place, restore

        with backup_place.at_place(copy.parent), backup.opened(self._desk.store, copy) as rows:
            _number, _name, one = restore.one_document(rows, str(document))
            vault = restore.vault_of(copy, rows)
        write_copy(target, lambda file: vault.copy_to(one.key, file, one.sha256))

    def put_back(self, which: str, backup: Path) -> str:
        """Put one document's stored file back from a backup that the desk's passphrase opens; return its name.

        which: its number or name in the backup. What lies in its place is kept in “set-aside”. Raises ReadOnly,
        NotFound, BadInput, WrongPassphrase, StorageFull.
        """
        from foiadesk.desk import repairing

        return repairing.put_back(self._desk, which, backup)

    # ---- inside -----------------------------------------------------------------------------------------------

    def now(self) -> datetime:
        """Return this moment by the desk's own clock, which may stand on another day than the computer's."""
        moment = datetime.now().astimezone()
        day = self._desk.clock()
        return moment.replace(year=day.year, month=day.month, day=day.day)

    @property
    def _own(self) -> Path:
        return self._desk.store.places.backups.absolute()

    def _place(self, row: Row, now: datetime) -> BackupPlace:
        from foiadesk.store import backup_place

        folder = Path(row["folder"])
        last = _moment(row["taken_at"])
        return BackupPlace(
            id=row["id"],
            folder=folder,
            every=row["every"],
            here=backup_place.BackupFolder(folder).mark() == row["mark"],
            last_good=last,
            number=row["number"] or 0,
            size=row["bytes"] or 0,
            next_due=_next_due(row["every"], last, now),
            note=backup_place.warning(folder),
        )

    def _row(self, place: int) -> Row:
        with self._desk.read() as db:
            row = rows_backups.place(db, place)
        if row is None:
            raise NotFound(say("There is no backup place {place}.", place=place), safe="Nothing was changed.")
        return row

    def _recognised(self, row: Row) -> BackupFolder:
        from foiadesk.store import backup_place

        return backup_place.recognised(Path(row["folder"]), row["mark"])

    def _copies(self, place: BackupFolder) -> tuple[BackupCopy, ...]:
        from foiadesk.store import backup

        return tuple(map(_copy, backup.snapshots(self._desk.store, place)))

    def _everywhere(self) -> list[tuple[Path, BackupFolder | None]]:
        """Return every place with its folder, None for one that is not there; the desk's own is always one."""
        from foiadesk.store.backup_place import BackupFolder

        found: list[tuple[Path, BackupFolder | None]] = [(self._own, BackupFolder(self._own))]
        with self._desk.read() as db:
            rows = rows_backups.places(db)
        for row in rows:
            folder = Path(row["folder"])
            if folder == self._own:
                continue
            try:
                found.append((folder, self._recognised(row)))
            except KnownError:
                found.append((folder, None))
        return found

    def _refuse_strangers(self, place: BackupFolder) -> None:
        """Raise BadInput when a place holds backups and none of them opens with this desk's passphrase."""
        numbered = [one for one in self._copies(place) if one.number]
        if numbered and not any(one.opens for one in numbered):
            raise BadInput(
                say(
                    "“{path}” holds the backups of another desk, or of this one under an earlier passphrase.",
                    path=place.path,
                ),
                safe="Nothing there was changed.",
                todo="Choose another folder.",
            )

    def _note(self, sentence: str, place: int, work: Callable[[Database], None]) -> None:
        """Write what a place now holds and tell the views, outside undo."""
        self._desk.store.write(work)
        self._desk.tell(Change(sentence, {"backup_place": frozenset({place})}, place, False))


def _copy(found: Snapshot) -> BackupCopy:
    return BackupCopy(found.path, found.number, found.taken_at, found.opens, found.size)


def _checked(every: str) -> None:
    if every not in EVERY:
        raise BadInput(
            say("{every} is none of {what}.", every=repr(every), what=", ".join(EVERY)), safe="Nothing was changed."
        )


def _names_of(folder: Path) -> set[Path]:
    """Return what a person may call a place: its folder, and the folder they chose, in which it was made."""
    from foiadesk.store.backup_place import SUBFOLDER

    return {folder, folder.parent} if folder.name == SUBFOLDER else {folder}


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _next_due(every: str, last: datetime | None, now: datetime) -> datetime | None:
    if every not in _PERIODS:
        return None
    if last is None or last > now + _AHEAD:
        return now
    return last + _PERIODS[every] - _EARLY
