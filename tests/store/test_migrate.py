"""Migrations: in order, once, whole or not at all, after a verified copy; newer desks."""

import pytest

from foiadesk.records.errors import DamagedDesk, NewerDesk, ReadOnly
from foiadesk.store import Migrations, Store
from foiadesk.store.connection import connect, verify


def steps(*works, major=1):
    made = Migrations("desk", major=major)
    for number, work in enumerate(works, 1):
        made.step(f"{number:04} step")(work)
    return made


def first(db):
    db["notes"].create({"id": int, "text": str}, pk="id")


def second(db):
    db["notes"].add_column("color", str)
    db.execute("UPDATE notes SET color = 'blue'")


def broken(db):
    db["notes"].insert({"text": "half"})
    raise ZeroDivisionError


@pytest.fixture
def old(tmp_path, passphrase):
    folder = tmp_path / "old"
    with Store.create(folder, passphrase, steps(first)) as store:
        store.write(lambda db: db["notes"].insert({"text": "a"}))
    return folder


def schema(store):
    with store.read() as db:
        return dict(db.execute("SELECT name, value FROM desk_meta").fetchall())["schema"]


def backups(folder):
    return sorted(entry.name for entry in (folder / "backups").iterdir())


def test_a_new_desk_has_every_step_and_no_backup(old, passphrase):
    with Store.open(old, passphrase, steps(first)) as store:
        assert schema(store) == "1.1"
    assert backups(old) == []


def test_an_old_desk_is_copied_verified_and_brought_up_to_date(old, passphrase):
    with Store.open(old, passphrase, steps(first, second)) as store:
        assert schema(store) == "1.2"
        with store.read() as db:
            assert list(db["notes"].rows) == [{"id": 1, "text": "a", "color": "blue"}]
    assert backups(old) == ["before-schema-1.2.db"]
    copy = connect(old / "backups" / "before-schema-1.2.db", passphrase, "read")
    assert list(copy["notes"].rows) == [{"id": 1, "text": "a"}]
    assert verify(copy) == []
    copy.close()
    with Store.open(old, passphrase, steps(first, second)) as store:
        assert schema(store) == "1.2"
    assert backups(old) == ["before-schema-1.2.db"]


def test_the_copy_holds_what_only_the_journal_held(old, passphrase):
    db = connect(old / "desk.db", passphrase, "write")
    db["notes"].insert({"text": "in the journal"})
    assert (old / "desk.db-wal").stat().st_size
    Store.open(old, passphrase, steps(first, second)).close()
    db.close()
    copy = connect(old / "backups" / "before-schema-1.2.db", passphrase, "read")
    assert [row["text"] for row in copy["notes"].rows] == ["a", "in the journal"]
    copy.close()


def test_a_failed_step_leaves_the_desk_as_it_was(old, passphrase):
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            Store.open(old, passphrase, steps(first, second, broken))
    with Store.open(old, passphrase, steps(first, second)) as store:
        assert schema(store) == "1.2"  # the sound step before it was kept
        with store.read() as db:
            assert db["notes"].count == 1
    assert backups(old) == ["before-schema-1.3-2.db", "before-schema-1.3.db"]


def test_a_step_that_leaves_orphans_is_refused(old, passphrase):
    def orphan(db):
        db["replies"].create({"note": int}, foreign_keys=[("note", "notes", "id")])
        db["replies"].insert({"note": 99})

    with pytest.raises(DamagedDesk, match="a row of replies refers to a missing row of notes"):
        Store.open(old, passphrase, steps(first, orphan))
    with Store.open(old, passphrase, steps(first)) as store, store.read() as db:
        assert not db["replies"].exists()


def test_sqlite_utils_may_rebuild_a_table_others_refer_to(store, folder, passphrase, migrations):
    store.write(lambda db: db["notes"].insert({"id": 1, "text": "a"}))
    store.write(lambda db: db["replies"].insert({"id": 1, "note": 1, "text": "b"}))
    store.close()
    later = Migrations("desk")
    later.steps = list(migrations.steps)

    @later.step("0003 rebuilt")
    def _(db):
        db["notes"].transform(rename={"text": "words"}, not_null={"words"})

    with Store.open(folder, passphrase, later) as opened, opened.read() as db:
        assert list(db["notes"].rows) == [{"id": 1, "words": "a"}]
        assert list(db["replies"].rows) == [{"id": 1, "note": 1, "text": "b"}]
        assert db.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def test_a_newer_minor_opens_and_stays_newer(old, passphrase):
    Store.open(old, passphrase, steps(first, second)).close()
    with Store.open(old, passphrase, steps(first)) as store:
        store.write(lambda db: db["notes"].insert({"text": "by the older program"}))
        assert schema(store) == "1.2"


def test_a_newer_major_is_refused_with_both_numbers(old, passphrase):
    Store.open(old, passphrase, steps(first, second, major=2)).close()
    before = (old / "desk.db").read_bytes()
    for write in (True, False):
        with pytest.raises(NewerDesk, match=r"schema 2\.2; this program knows 1\.1"):
            Store.open(old, passphrase, steps(first), write=write)
    assert (old / "desk.db").read_bytes() == before


def test_reading_does_not_migrate(old, passphrase):
    with pytest.raises(ReadOnly, match="older FOIADesk"):
        Store.open(old, passphrase, steps(first, second), write=False)
    with Store.open(old, passphrase, steps(first)) as store:
        assert schema(store) == "1.1"


def test_a_step_that_commits_itself_is_a_bug(old, passphrase):
    with pytest.raises(RuntimeError, match="ended its transaction"):
        Store.open(old, passphrase, steps(first, lambda db: db.commit()))


def test_step_names_are_unique():
    made = steps(first)
    with pytest.raises(ValueError, match="twice"):
        made.step("0001 step")(second)


def test_a_damaged_desk_is_not_migrated_and_gets_no_copy(old, passphrase):
    with Store.open(old, passphrase, steps(first)) as store:
        store.write(lambda db: db["notes"].insert_all({"text": "x" * 900} for _ in range(200)))
    with (old / "desk.db").open("r+b") as file:
        file.seek(30 * 4096 + 50)
        file.write(b"damage")
    with pytest.raises(DamagedDesk):
        Store.open(old, passphrase, steps(first, second))
    assert backups(old) == []
