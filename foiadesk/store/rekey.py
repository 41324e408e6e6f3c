"""Give a desk another passphrase so that at any moment exactly one of the two opens it, and say which after a crash."""

import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from foiadesk.records.errors import DamagedDesk, DeskBusy, KnownError, StorageFull, WrongPassphrase
from foiadesk.records.speech import say
from foiadesk.store.atomic import sync_folder, write_whole
from foiadesk.store.connection import close_quietly, connect, verify
from foiadesk.store.folder import DeskFolder, check_desk
from foiadesk.store.keys import RawKey, derive, normalized, quoted
from foiadesk.store.trouble import translated

if TYPE_CHECKING:
    from sqlite_utils import Database

# The mark of the key the desk is being given stands beside its schema number meanwhile.
_WANT = "INSERT INTO desk_meta (name, value) VALUES ('rekeying', ?) ON CONFLICT DO UPDATE SET value = excluded.value"
_ROOM = 16 << 20


def refuse_without_room(places: DeskFolder) -> None:
    """Raise StorageFull unless the disk has room for the journal of every page and for two copies of the rows."""
    with translated():
        needed = 4 * places.database.stat().st_size + _ROOM
        free = shutil.disk_usage(places.path).free
    if free < needed:
        raise StorageFull(
            say(
                "Changing the passphrase needs {what} MB of free space; there are {what2} MB.",
                what=f"{needed >> 20:,}",
                what2=f"{free >> 20:,}",
            ),
            safe="Nothing was changed.",
            todo="Free some space, then do it again.",
        )


def change(places: DeskFolder, key: RawKey, passphrase: str) -> RawKey:
    """Encrypt every page anew under another passphrase; return its key. No connection of this process may be open.

    All pages go into the journal in one transaction: until its last frame is durable the old passphrase opens the desk,
    from then on the new one. Raises DeskBusy, StorageFull and the like with the old passphrase in force.
    """
    text = normalized(passphrase)
    with translated():
        fresh = derive(text, check_desk(places.path))
        write_whole(places.rekeying, lambda _file: None)
    db = connect(places.database, key, "write")
    try:
        with translated():
            _alone(db)
            db.conn.execute(_WANT, (fresh.mark,))
        # SQLCipher keeps the file's salt. It does not say when this fails: which key opens the file does.
        with suppress(Exception):
            db.conn.execute(f"PRAGMA rekey = {quoted(text)}")
            db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except KnownError:
        close_quietly(db)
        _forget(places, key)
        raise
    close_quietly(db)
    if not _opens(places, fresh, key):
        _forget(places, key)
        raise StorageFull(
            "The disk with the desk is full or reported an error: the passphrase was not changed.",
            safe="The old passphrase opens the desk, and nothing in it was changed.",
            todo="Check the disk and its free space, then do it again.",
        )
    return _settled(places, fresh)


def _alone(db: "Database") -> None:
    """Make sure that no other program has the desk open, and keep it so until the connection is closed."""
    db.conn.execute("PRAGMA locking_mode = EXCLUSIVE")
    try:
        with translated():
            db.conn.execute("BEGIN EXCLUSIVE")
            db.conn.execute("PRAGMA user_version = 1")
            db.conn.execute("ROLLBACK")
    except DeskBusy as busy:
        raise DeskBusy(
            "Another program is reading the desk.",
            safe="Nothing was changed.",
            todo="Close it, then change the passphrase.",
        ) from busy


def _opens(places: DeskFolder, fresh: RawKey, old: RawKey) -> bool:
    """Tell whether it is the fresh key that opens the desk now, and not the old one.

    The disk may have refused a moment ago, so each is tried again; raises what it says when it refuses all the same.
    """
    for last in (False, False, True):
        for key in (fresh, old):
            try:
                close_quietly(connect(places.database, key, "write"))
            except (WrongPassphrase, DamagedDesk):
                continue
            except KnownError:
                if last:
                    raise
                continue
            return key is fresh
    return False


def _settled(places: DeskFolder, key: RawKey) -> RawKey:
    """Check the desk under its new key, empty its journal, and note that nothing is under way."""
    with suppress(KnownError):  # the change is made: what is wrong here is said by whoever uses the desk next
        db = connect(places.database, key, "write")
        try:
            with translated():
                db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                problems = verify(db)
        finally:
            close_quietly(db)
        if not problems:
            _forget(places, key)
    return key


def _forget(places: DeskFolder, key: RawKey) -> None:
    with suppress(KnownError):
        db = connect(places.database, key, "write")
        try:
            with translated():
                settle(places, db, key)
        finally:
            close_quietly(db)


def settle(places: DeskFolder, db: "Database", key: RawKey) -> bool | None:
    """Note that no change is under way; return whether one was interrupted: True when it was complete, None for no.

    db: opened with ``key``, outside a transaction. Raises what database and disk say.
    """
    if not places.rekeying.exists():
        return None
    wanted = db.conn.execute("SELECT value FROM desk_meta WHERE name = 'rekeying'").fetchone()
    db.conn.execute("DELETE FROM desk_meta WHERE name = 'rekeying'")
    places.rekeying.unlink(missing_ok=True)
    sync_folder(places.path)
    return bool(wanted == (key.mark,))


def one_of_two(places: DeskFolder, error: WrongPassphrase) -> WrongPassphrase:
    """Return what to say of a passphrase that does not open a desk whose passphrase was being changed."""
    if not places.rekeying.exists():
        return error
    return WrongPassphrase(
        "This passphrase does not open the desk, whose passphrase was being changed when the program was stopped.",
        safe="Nothing is lost: exactly one of the two passphrases opens it.",
        todo="Type the other one, the old or the new.",
    )
