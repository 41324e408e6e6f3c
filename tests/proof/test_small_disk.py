"""A real disk of one megabyte that fills up and turns read-only under a desk. Needs root to mount it."""

import os
import shutil
import subprocess

import pytest

from foiadesk.records.errors import ReadOnly, StorageFull
from foiadesk.store import Migrations, Store

pytestmark = pytest.mark.proof

PASSPHRASE = "correct horse battery staple"

migrations = Migrations("desk")


@migrations.step("0001 notes")
def _notes(db):
    db["notes"].create({"id": int, "text": str}, pk="id")


@pytest.fixture
def disk(tmp_path):
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def remount(disk, how):
    subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True)


def add(text):
    return lambda db: db["notes"].insert({"text": text})


def count(store):
    with store.read() as db:
        return db["notes"].count


def test_a_disk_that_fills_up(disk):
    with Store.create(disk / "Desk", PASSPHRASE, migrations) as store:
        store.write(add("before"))
        with pytest.raises(StorageFull, match="full"):
            while True:
                store.vault.put(os.urandom(50_000))
        kept = 1
        with pytest.raises(StorageFull, match="full"):
            while True:
                store.write(add("x" * 5000))
                kept += 1
        assert count(store) == kept
        assert list((disk / "Desk").rglob("*.part")) == []
        for key in list(store.vault.keys()):
            store.vault.read(key)
            store.vault.forget(key)
        store.write(add("after"))
        assert count(store) == kept + 1
        assert store.check() == []


def test_a_read_only_disk_is_read_and_refused_for_writing(disk):
    folder = disk / "Desk"
    with Store.create(folder, PASSPHRASE, migrations) as store:
        store.write(add("a"))
        stored = store.vault.put(b"bytes")
    remount(disk, "ro")
    before = sorted(entry.name for entry in folder.rglob("*"))
    with Store.open(folder, PASSPHRASE, migrations, write=False) as store:
        assert count(store) == 1
        assert store.vault.read(stored.key, stored.sha256) == b"bytes"
        assert store.check() == []
    assert sorted(entry.name for entry in folder.rglob("*")) == before
    with pytest.raises(ReadOnly, match="read-only"):
        Store.open(folder, PASSPHRASE, migrations)
    with pytest.raises(ReadOnly, match="read-only"):
        Store.create(disk / "Other", PASSPHRASE, migrations)
    remount(disk, "rw")
    with Store.open(folder, PASSPHRASE, migrations) as store:
        store.write(add("b"))
        assert count(store) == 2


def test_an_unfinished_desk_on_a_read_only_disk_says_what_to_do(disk, tmp_path):
    folder = disk / "Desk"
    with Store.create(folder, PASSPHRASE, migrations) as store:
        store.write(add("only in the journal"))
        shutil.copytree(folder, disk / "Copy")
    (disk / "Copy" / "desk.db-shm").unlink()
    remount(disk, "ro")
    with pytest.raises(ReadOnly, match="not closed properly"):
        Store.open(disk / "Copy", PASSPHRASE, migrations, write=False)
    shutil.copytree(disk / "Copy", tmp_path / "Copy")
    with Store.open(tmp_path / "Copy", PASSPHRASE, migrations) as store:
        assert count(store) == 1
    remount(disk, "rw")


def test_a_backup_place_that_fills_up_keeps_every_backup_it_has(disk, tmp_path):
    from foiadesk.desk import Desk, IncomingFile

    with Desk.create(tmp_path / "Desk", PASSPHRASE) as desk:
        desk.filing.file(IncomingFile("small.bin", b"small"), None)
        place = desk.backups.add(disk, "hand").primary
        desk.backups.run(place)
        kept = {path: path.read_bytes() for path in disk.rglob("*") if path.is_file() and path.suffix != ".lock"}
        desk.filing.file(IncomingFile("big.bin", os.urandom(500_000)), None)
        for _ in range(2):
            with pytest.raises(StorageFull, match=r"backup place .* is full"):
                desk.backups.run(place)
            assert {path: path.read_bytes() for path in kept} == kept
            assert [path for path in disk.rglob("*") if ".part" in path.name] == []
        remount(disk, "ro")
        with pytest.raises(ReadOnly, match="cannot be written"):
            desk.backups.run(place)
        assert len(desk.backups.look(place)) == 1
        subprocess.run(["mount", "-o", "remount,rw,size=4m", str(disk)], check=True)
        assert desk.backups.run(place).files == 2
        assert desk.safety.verify().faults == ()
