"""Change the desk's passphrase, with a verified copy of the rows before it and another after it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from foiadesk.desk.shapes import PassphraseChanged
from foiadesk.records.errors import BadInput, KnownError, ReadOnly
from foiadesk.records.progress import Progress
from foiadesk.records.speech import say
from foiadesk.store import rekey
from foiadesk.store.keys import normalized

if TYPE_CHECKING:
    from foiadesk.desk.backup_shapes import BackupCopy
    from foiadesk.desk.desk import Desk

log = logging.getLogger(__name__)

_STEPS = 4


def change(desk: Desk, old: str, new: str, progress: Progress | None = None) -> PassphraseChanged:
    """Give the desk the passphrase ``new``. The desk stays open, its undo list too.

    Stopped at any moment, exactly one of the two opens it; the next opening says which. Raises BadInput (the present
    one is wrong, the new one cannot be used or is the same), StorageFull, DeskBusy, DamagedDesk, and Cancelled before
    the change: the old passphrase is in force then.
    """
    progress = progress or Progress()
    if desk.read_only:
        raise ReadOnly("The desk is open for reading only.", safe="Nothing was changed.", todo="Open it for writing.")
    if not desk.store.opens_with(old):
        raise BadInput(
            "The present passphrase is not the one typed.", safe="Nothing was changed.", todo="Type it again."
        )
    if normalized(new) == normalized(old):
        raise BadInput("The new passphrase is the old one.", safe="Nothing was changed.", todo="Choose another.")
    rekey.refuse_without_room(desk.store.places)
    progress.at(0, _STEPS, "copying the rows as they are")
    before = desk.store.snapshot("before-new-passphrase")
    progress.at(1, _STEPS, "encrypting every page anew")
    try:
        with desk.acting:
            desk.store.change_key(new)
    except KnownError:
        if not desk.store.opens_with(new):  # nothing changed: the copy made for it is of no use
            before.unlink(missing_ok=True)
        raise
    log.info("the passphrase was changed")
    alert = ""
    try:
        desk.store.snapshot("after-new-passphrase")
    except KnownError as error:
        alert = say(
            "The passphrase is changed, but no backup could be made after it: {why} Make one yourself.", why=error.what
        )
    old_ones = tuple(copy.path.name for copy in outdated(desk))
    return PassphraseChanged(say("The passphrase is changed; only the new one opens the desk"), old_ones, alert)


def outdated(desk: Desk) -> tuple[BackupCopy, ...]:
    """Return the backups that an earlier passphrase opens, or none: in the desk's folder and in connected places."""
    return tuple(copy for copy in desk.backups.everywhere() if not copy.opens)


def remove_outdated(desk: Desk) -> int:
    """Remove those for good and return how many. Raises StorageFull, ReadOnly from the disk."""
    if desk.read_only:
        raise ReadOnly("The desk is open for reading only.", safe="Nothing was changed.")
    return desk.backups.remove(outdated(desk))
