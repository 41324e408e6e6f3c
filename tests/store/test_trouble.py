"""Trouble: every error of disk and database becomes the right sentence, and bugs stay bugs."""

import errno

import pytest

from foiadesk.records.errors import DamagedDesk, DeskBusy, KnownError, ReadOnly, StorageFull
from foiadesk.store import Store
from foiadesk.store.connection import connect
from foiadesk.store.trouble import from_database, from_disk, translated

from .test_full_disk import no_file_beyond


class Said(Exception):
    def __init__(self, code):
        super().__init__("said")
        self.sqlite_errorcode = code


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (13, StorageFull),
        (778, StorageFull),  # IOERR_WRITE
        (1034, StorageFull),  # IOERR_FSYNC
        (14, StorageFull),
        (8, ReadOnly),
        (1032, ReadOnly),  # READONLY_DBMOVED
        (11, DamagedDesk),
        (267, DamagedDesk),  # CORRUPT_VTAB
        (26, DamagedDesk),
        (10 | 33 << 8, DamagedDesk),  # IOERR_CORRUPTFS
        (5, DeskBusy),
        (517, DeskBusy),  # BUSY_SNAPSHOT
        (7, KnownError),
        (3082, KnownError),  # IOERR_NOMEM
        (9, KnownError),
        (18, KnownError),
    ],
)
def test_each_code_has_its_sentence(code, kind):
    known = from_database(Said(code))
    assert isinstance(known, kind)
    assert known.what.endswith(".")
    assert known.safe


@pytest.mark.parametrize("code", [1, 19, 2067, 20, 21, 25])
def test_bugs_stay_bugs(code):
    assert from_database(Said(code)) is None
    with pytest.raises(Said), translated():
        raise Said(code)


def test_every_disk_error_is_known():
    for code in errno.errorcode:
        known = from_disk(OSError(code, "x"))
        assert known.what
        assert known.safe
        assert known.todo
    assert isinstance(from_disk(OSError(errno.ENOSPC, "")), StorageFull)
    assert isinstance(from_disk(OSError(errno.EROFS, "")), ReadOnly)


def test_an_actions_own_disk_error_is_not_taken_for_the_desks(store):
    def work(db):
        raise OSError(errno.ENOSPC, "another disk")

    with pytest.raises(OSError, match="another disk"):
        store.write(work)


def test_a_broken_constraint_names_the_column_and_stays_a_bug(store):
    with pytest.raises(Exception, match="FOREIGN KEY") as error:
        store.write(lambda db: db["replies"].insert({"note": 99}))
    assert not isinstance(error.value, KnownError)


def test_another_program_writing_is_busy(store, folder, passphrase, monkeypatch):
    other = connect(folder / "desk.db", passphrase, "write")
    other.execute("BEGIN IMMEDIATE")
    store._writer._db.conn.execute("PRAGMA busy_timeout = 1")
    with pytest.raises(DeskBusy, match="another program"):
        store.write(lambda db: db["notes"].insert({"text": "a"}))
    other.rollback()
    other.close()
    store.write(lambda db: db["notes"].insert({"text": "a"}))


def test_a_page_that_went_bad_is_said_and_the_rest_goes_on(folder, passphrase, migrations):
    with Store.open(folder, passphrase, migrations) as store:
        store.write(lambda db: db["notes"].insert_all({"text": "x" * 900} for _ in range(300)))
    with (folder / "desk.db").open("r+b") as file:
        file.seek(60 * 4096 + 50)
        file.write(b"damage")
    with Store.open(folder, passphrase, migrations) as store:
        for _ in range(2):
            with pytest.raises(DamagedDesk, match="does not verify"), store.read() as db:
                db.execute("SELECT sum(length(text)) FROM notes").fetchone()
            with pytest.raises(DamagedDesk):
                store.write(lambda db: db.execute("UPDATE notes SET text = 'y'"))
        store.write(lambda db: db["replies"].insert({"text": "still possible"}))
        with store.read() as db:
            assert db["replies"].count == 1


def test_copying_page_by_page_onto_a_full_disk_is_a_known_refusal(store, tmp_path):
    """The engine's own backup call raises errors without their number."""
    import sqlcipher3

    store.write(lambda db: db["notes"].insert_all({"text": "x" * 900} for _ in range(400)))
    with no_file_beyond(100_000), pytest.raises(StorageFull):
        store.snapshot("copy")
    assert list((store.folder / "backups").iterdir()) == []
    store.snapshot("copy")
    assert from_database(sqlcipher3.dbapi2.OperationalError("database or disk is full")).what.endswith("spent.")
    assert from_database(sqlcipher3.dbapi2.OperationalError("no such table: x")) is None
