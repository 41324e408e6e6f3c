"""What happens before a desk is open: its birth, its key, its schema, and how it may be read."""

import os
from collections.abc import Callable
from contextlib import suppress
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from foiadesk.records.errors import DamagedDesk, DeskBusy, ReadOnly
from foiadesk.store import snapshot
from foiadesk.store.atomic import make_folder, sync_folder
from foiadesk.store.connection import Mode, close_quietly, connect, load_engine, verify
from foiadesk.store.deriving import Deriving
from foiadesk.store.folder import DeskFolder
from foiadesk.store.keys import RawKey
from foiadesk.store.migrate import Migrations
from foiadesk.store.rows_common import now_text
from foiadesk.store.vault import new_identity

if TYPE_CHECKING:
    from sqlite_utils import Database


def key_of(places: DeskFolder, passphrase: str | Deriving, meanwhile: Callable[[], None] | None = None) -> RawKey:
    """Derive the key while the engine is being imported: the one leaves the interpreter free, the other needs it.

    meanwhile: what else is to be loaded in that time.
    """
    deriving = Deriving(places.path, passphrase) if isinstance(passphrase, str) else passphrase
    try:
        load_engine()
        if meanwhile is not None:
            meanwhile()
    finally:
        key = deriving.key()
    return key


def give_birth(places: DeskFolder, passphrase: str, migrations: Migrations) -> None:
    """Make the file of a new desk, complete and durable, and name it desk.db as the last thing."""
    for suffix in ("", "-journal"):
        with suppress(FileNotFoundError):
            places.unborn.with_name(places.unborn.name + suffix).unlink()
    os.close(os.open(places.unborn, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    # Made from the passphrase by SQLCipher itself, opened later with the derived key: so every new desk has shown, the
    # first time it opens, that public tools open it with the passphrase alone.
    db = connect(places.unborn, passphrase, "create")
    try:
        migrations.start(db)
        with db.atomic():
            db.conn.execute(
                "CREATE TABLE vault_identity (id INTEGER PRIMARY KEY, secret TEXT NOT NULL UNIQUE, "
                "created TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP) STRICT"
            )
            db.conn.execute("INSERT INTO vault_identity (secret) VALUES (?)", (new_identity(),))
        migrations.run(db)
    finally:
        close_quietly(db)
    make_folder(places.attachments)
    make_folder(places.backups)
    with places.unborn.open("rb") as file:
        os.fsync(file.fileno())
    places.unborn.rename(places.database)
    sync_folder(places.path)


def bring_up_to_date(db: "Database", key: RawKey, places: DeskFolder, migrations: Migrations) -> None:
    """Take the steps an older desk is missing, after a verified copy in backups/."""
    if not migrations.pending(db):
        return
    # Pinned to the schema it precedes, and never put in the place of an earlier one.
    target = free_name(places.backups, f"before-schema-{migrations.number}")
    snapshot.take(db, key, target, taken_at=now_text())
    migrations.run(db)


def free_name(folder: Path, name: str) -> Path:
    """Return the place of a new snapshot of this name, numbered when there is one."""
    endings = chain([""], (f"-{number}" for number in count(2)))
    targets = (folder / f"{name}{ending}.db" for ending in endings)
    return next(target for target in targets if not target.exists())


def identities(db: "Database") -> list[str]:
    """Return the vault's identities, newest first."""
    rows = db.conn.execute("SELECT secret FROM vault_identity ORDER BY id DESC").fetchall()
    if not rows:
        raise DamagedDesk(
            "The desk no longer holds the key of its attachments.",
            safe="The attachments and the backups are separate files and are not touched by this.",
            todo="Open the newest backup.",
        )
    return [row[0] for row in rows]


def verify_settled(db: "Database") -> list[str]:
    """Empty the journal into the file and check every page and row; for a connection that is alone."""
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return verify(db)


def rewrite(db: "Database") -> None:
    """Write every page anew and empty the journal into the file; for a connection that is alone."""
    db.conn.execute("VACUUM")
    empty_journal(db)


def empty_journal(db: "Database") -> None:
    """Empty the journal into the file; for a connection that is alone. Raises DeskBusy while an older state is read."""
    if db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        raise DeskBusy(
            "The journal of the desk cannot be emptied while another program reads the desk.",
            safe="Nothing is lost.",
            todo="Close the other program.",
        )


def reading_mode(places: DeskFolder) -> Mode:
    """Return how a desk is to be opened for reading only."""
    if os.access(places.path, os.W_OK) or places.journal_holds_rows():
        return "read"
    return "immutable"  # a medium nobody can write to, and nothing waiting in a journal


def unfinished() -> ReadOnly:
    """Return the one sentence for a journal that cannot be read where it lies."""
    return ReadOnly(
        "The desk was not closed properly before it came onto this read-only disk: its newest changes are unreadable.",
        safe="Nothing was changed.",
        todo="Copy the whole desk folder to a disk that can be written to and open it there.",
    )
