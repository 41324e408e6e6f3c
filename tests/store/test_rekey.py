"""Another passphrase: exactly one of the two opens the desk, whatever happens while it is changed."""

import os
import subprocess
import sys
import threading

import pytest

from foiadesk.records.errors import BadInput, DeskBusy, StorageFull, WrongPassphrase
from foiadesk.store import Store, rekey
from foiadesk.store.connection import connect
from tests.raw_pages import holding, pages

from .test_full_disk import no_file_beyond

NEW = "seven other words; with “quotes” and 'apostrophes'"


def add(text):
    return lambda db: db["notes"].insert({"text": text})


def texts(store):
    with store.read() as db:
        return [row["text"] for row in db["notes"].rows]


def opens(folder, passphrase, migrations):
    try:
        with Store.open(folder, passphrase, migrations) as store:
            texts(store)
            return True
    except WrongPassphrase:
        return False


def test_the_desk_goes_on_under_the_new_passphrase_and_the_old_one_is_refused(store, folder, passphrase, migrations):
    store.write(add("before"))
    stored = store.vault.put(b"an attachment")
    assert texts(store) == ["before"]
    assert store.opens_with(passphrase) and not store.opens_with(NEW)
    store.change_key(NEW)
    assert store.opens_with(NEW) and not store.opens_with(passphrase)
    store.write(add("after"))
    assert texts(store) == ["before", "after"] and store.vault.read(stored.key) == b"an attachment"
    assert store.check() == [] and store.rekeyed is None and not store.places.rekeying.exists()
    store.close()
    assert opens(folder, NEW, migrations) and not opens(folder, passphrase, migrations)
    assert holding(folder / "desk.db", NEW, "before")
    assert not holding(folder / "desk.db", passphrase, "before")


def test_a_desk_larger_than_the_cache(store, folder, passphrase, migrations):
    text = os.urandom(2000).hex()
    store.write(lambda db: db["notes"].insert_all({"text": f"{n} {text}"} for n in range(12_000)))
    store.change_key(NEW)
    assert len(texts(store)) == 12_000 and store.check() == []
    store.close()
    assert opens(folder, NEW, migrations) and not opens(folder, passphrase, migrations)
    assert sum(1 for _ in pages(folder / "desk.db", NEW)) > 10_000


def test_public_tools_open_it_with_the_new_passphrase(store, folder):
    import sqlcipher3

    store.write(add("kept"))
    store.change_key(NEW)
    store.close()
    db = sqlcipher3.connect(str(folder / "desk.db"))
    db.execute("PRAGMA key = '" + NEW.replace("'", "''") + "'")
    assert db.execute("SELECT text FROM notes").fetchall() == [("kept",)]
    db.close()


def test_reading_meanwhile_waits_and_then_sees_all(store):
    store.write(add("one"))
    begun, let_go, seen = threading.Event(), threading.Event(), []

    def read_before():
        with store.read() as db:
            seen.append(db["notes"].count)
            begun.set()
            let_go.wait()
            seen.append(db["notes"].count)

    def read_after():
        begun.wait()
        let_go.set()
        for _ in range(20):
            seen.append(len(texts(store)))

    threads = [threading.Thread(target=work) for work in (read_before, read_after, read_after)]
    for thread in threads:
        thread.start()
    begun.wait()
    store.change_key(NEW)
    for thread in threads:
        thread.join()
    assert len(seen) == 42 and set(seen) == {1}


def test_a_part_that_never_stops_reading_is_stopped_and_then_refused(store, passphrase, monkeypatch):
    monkeypatch.setattr("foiadesk.store.store.READERS_PATIENCE_SECONDS", 0.05)
    with store.read() as db:
        db["notes"].count  # noqa: B018 - begins to read
        outcome = []
        thread = threading.Thread(target=lambda: outcome.append(_refused(lambda: store.change_key(NEW))))
        thread.start()
        thread.join()
    assert isinstance(outcome[0], DeskBusy)
    assert store.opens_with(passphrase)
    store.write(add("goes on"))
    assert texts(store) == ["goes on"]
    store.change_key(NEW)


def _refused(act):
    try:
        act()
    except Exception as error:
        return error
    return None


def test_another_program_that_reads_is_named_and_nothing_changes(store, folder, passphrase, migrations):
    store.write(add("one"))
    reader = """
import sys
from pathlib import Path
from foiadesk.store.connection import connect
db = connect(Path(sys.argv[1]), sys.argv[2], "read")
db.conn.execute("BEGIN")
db.conn.execute("SELECT count(*) FROM notes").fetchone()
print("reading", flush=True)
sys.stdin.read()
"""
    other = subprocess.Popen(
        [sys.executable, "-c", reader, str(folder / "desk.db"), passphrase],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert other.stdout.readline() == "reading\n"
    with pytest.raises(DeskBusy, match="Another program"):
        store.change_key(NEW)
    other.communicate("")
    assert store.opens_with(passphrase) and texts(store) == ["one"] and not store.places.rekeying.exists()
    store.change_key(NEW)
    assert texts(store) == ["one"]


def test_a_full_disk_leaves_the_old_passphrase_in_force(store, folder, passphrase, migrations):
    store.write(lambda db: db["notes"].insert_all({"text": "x" * 900} for _ in range(3000)))
    store.empty_journal()
    with no_file_beyond(500_000), pytest.raises(StorageFull):
        store.change_key(NEW)
    assert store.opens_with(passphrase) and len(texts(store)) == 3000
    store.write(add("goes on"))
    assert store.check() == [] and not store.places.rekeying.exists()
    store.close()
    assert opens(folder, passphrase, migrations) and not opens(folder, NEW, migrations)


def test_room_is_asked_for_before(store, monkeypatch):
    import shutil

    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(10, 10, 1_000_000))
    with pytest.raises(StorageFull, match="needs 16 MB"):
        rekey.refuse_without_room(store.places)
    monkeypatch.undo()
    rekey.refuse_without_room(store.places)


def test_a_disk_that_refuses_right_after_the_change_does_not_hide_it(store, passphrase, monkeypatch):
    store.write(add("one"))
    real, refusals = rekey.connect, iter([False, True, True, True])

    def refusing(*arguments):
        if next(refusals, False):
            raise StorageFull("The disk with the desk reported an error.")
        return real(*arguments)

    monkeypatch.setattr(rekey, "connect", refusing)
    store.change_key(NEW)
    assert store.opens_with(NEW) and texts(store) == ["one"]
    store.write(add("two"))
    assert store.check() == []


@pytest.mark.parametrize("moment", ["before", "after"])
def test_the_next_opening_says_which_passphrase_it_is(store, folder, passphrase, migrations, monkeypatch, moment):
    """What a crash leaves: the note in the folder, the mark inside, and the pages under one key or the other."""
    store.write(add("one"))

    class Killed(BaseException):
        pass

    def die(*_arguments):
        raise Killed

    monkeypatch.setattr(rekey, "_opens" if moment == "after" else "_alone", die)
    with pytest.raises(Killed):
        store.change_key(NEW)
    monkeypatch.undo()
    store._writer._connect = die  # the dead do not write
    store._lock.release()
    right, wrong = (NEW, passphrase) if moment == "after" else (passphrase, NEW)
    for write in (True, False):
        with pytest.raises(WrongPassphrase, match="exactly one of the two"):
            Store.open(folder, wrong, migrations, write=write)
    with Store.open(folder, right, migrations, write=False) as reading:
        assert texts(reading) == ["one"]
    with Store.open(folder, right, migrations) as again:
        assert again.rekeyed is (moment == "after") and texts(again) == ["one"] and again.check() == []
    with Store.open(folder, right, migrations) as again:
        assert again.rekeyed is None


def test_what_cannot_be_a_passphrase_is_refused_before_anything(store, passphrase):
    for bad in ("", "  ", "x'00'", "a\nb"):
        with pytest.raises(BadInput):
            store.change_key(bad)
    assert store.opens_with(passphrase) and not store.places.rekeying.exists()
    assert connect(store.places.database, passphrase, "read")
