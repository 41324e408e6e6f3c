"""Put right what verifying found, from backups and from the desk itself; nothing is deleted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from foiadesk.desk import verifying
from foiadesk.desk.backup_shapes import Fault, Verified
from foiadesk.records.errors import NotFound, ReadOnly
from foiadesk.records.progress import Progress
from foiadesk.records.speech import say
from foiadesk.store import rows_backups

if TYPE_CHECKING:
    from foiadesk.desk.desk import Desk
    from foiadesk.store.rows_backups import Wanted

_WHY = "It was counted again by a repair."
_FILES = ("missing", "altered", "swapped")


def repair(desk: Desk, found: Verified, progress: Progress, place: Path | None) -> Verified:
    """Do it; see `Safety.repair`."""
    from foiadesk.store import repair as hands

    if desk.read_only:
        raise ReadOnly("The desk is open for reading only.", safe="Nothing was changed.", todo="Open it for writing.")
    folders = _folders(desk, place)
    said = []
    if any(fault.kind == "answer" for fault in found.faults):
        wrong = [request for request, _ in desk.safety.wrong_answers()]
        desk.freshness.recount(wrong, desk.clock(), _WHY)
        said += [say("The answer of request {request} was counted again.", request=request) for request in wrong]
    bad = {key for fault in found.faults if fault.kind in _FILES for key in fault.keys}
    with desk.read() as db:
        wanted = [one for one in rows_backups.wanted(db) if one.key in bad]
        spares = rows_backups.spares(db)
    # What lies under a wrong name is a good copy, too: of swapped files, and of one that was renamed.
    misplaced = [key for fault in found.faults if fault.kind in ("swapped", "extra") for key in fault.keys]
    good: dict[str, Path] = {}
    for number, one in enumerate(wanted):
        progress.at(number, len(wanted), "files sought")
        path = hands.good_copy(desk.store.vault, one, _candidates(desk, one, folders, spares, misplaced))
        if path is not None:
            good[one.key] = path
    progress.at(len(wanted), len(wanted), "files sought")
    aside = hands.put_back(desk.store.vault, desk.folder, wanted, good)
    said += [say("The stored file {key} was put back.", key=one.key) for one in wanted if one.key in good]
    again = verifying.verify(desk, progress, found.quick)
    return Verified(again.faults, again.files, again.size, again.quick, tuple(said), tuple(path.name for path in aside))


def remains(fault: Fault) -> str:
    """Say what to do about a fault that repairing leaves."""
    if fault.kind == "rows":
        return say("Restore the newest backup to a new folder.")
    if fault.kind == "extra":
        return say("It was left where it is: nothing is deleted.")
    return say("No good copy was found: connect another backup place, then repair again.")


def put_back(desk: Desk, which: str, backup: Path) -> str:
    """Put one document's stored file back from a backup, over what is there; return its name. See `Safety.repair`."""
    from foiadesk.store import backup as backups
    from foiadesk.store import backup_place, restore
    from foiadesk.store import repair as hands

    if desk.read_only:
        raise ReadOnly("The desk is open for reading only.", safe="Nothing was changed.", todo="Open it for writing.")
    path = restore.newest_first(backup)[0]
    with backup_place.at_place(path.parent), backups.opened(desk.store, path) as rows:
        _, name, one = restore.one_document(rows, which)
    with desk.read() as db:
        here = next((each for each in rows_backups.wanted(db) if each.sha256 == one.sha256), None)
    if here is None:
        raise NotFound(
            "The desk no longer has that document.",
            safe="Nothing was changed.",
            todo="Write a copy out of the backup, and file that.",
        )
    good = hands.good_copy(desk.store.vault, here, [restore.files_of(path).attachment(one.key)])
    if good is None:
        raise NotFound("The backup holds no good copy of that document.", safe="Nothing was changed.")
    hands.put_back(desk.store.vault, desk.folder, [here], {here.key: good})
    return name


def _folders(desk: Desk, place: Path | None) -> list[Path]:
    """Return the places to look in."""
    from foiadesk.store import restore

    if place is not None:
        return [restore.files_of(restore.newest_first(place)[0]).path]
    known = [one.folder for one in desk.backups.places() if one.here]
    return list(dict.fromkeys([*known, desk.store.places.backups]))


def _candidates(
    desk: Desk, one: Wanted, folders: list[Path], spares: dict[str, list[str]], misplaced: list[str]
) -> Iterator[Path]:
    from foiadesk.store.backup_place import BackupFolder

    here = BackupFolder(desk.folder)
    for key in spares.get(one.key, []):
        yield here.attachment(key)
    for folder in folders:
        yield BackupFolder(folder).attachment(one.key)
    for key in misplaced:
        if key != one.key:
            yield here.attachment(key)
