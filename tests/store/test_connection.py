"""Connections: settings, sqlite_utils over sqlcipher3, and what a check reports."""

import subprocess
import sys

import pytest

from foiadesk.records.errors import WrongPassphrase
from foiadesk.store.connection import connect, verify


def setting(db, name):
    return db.conn.execute(f"PRAGMA {name}").fetchone()[0]


def test_the_writer_has_every_promised_setting(store):
    found = store.write(
        lambda db: {
            name: setting(db, name)
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "temp_store", "cipher_version")
        }
    )
    assert found.pop("cipher_version").startswith("4.")
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "temp_store": 2}


def test_readers_cannot_write(store):
    with store.read() as db:
        assert setting(db, "query_only") == 1
        with pytest.raises(Exception, match="readonly"):
            db["notes"].insert({"text": "x"})


def test_sqlite_utils_catches_the_errors_sqlcipher_raises(store):
    def alter(db):
        db["notes"].insert({"text": "a"})
        db["notes"].insert({"text": "b", "color": "blue"}, alter=True)
        return list(db["notes"].rows)

    assert [row["color"] for row in store.write(alter)] == [None, "blue"]


def test_a_wrong_key_prints_nothing(folder, capfd):
    with pytest.raises(WrongPassphrase) as refused:
        connect(folder / "desk.db", "wrong", "read")
    assert "damaged" in refused.value.what
    assert capfd.readouterr() == ("", "")


def test_importing_the_store_imports_no_engine():
    code = (
        "import sys, foiadesk.store\n"
        "print([m for m in ('sqlite_utils', 'sqlcipher3', 'pyrage', 'filelock', 'hashlib') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_sqlite_utils_imported_first_is_noticed():
    code = "import sqlite_utils\nfrom foiadesk.store.connection import load_engine\nload_engine()"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert found.returncode == 1
    assert "imported before" in found.stderr


def test_what_only_a_command_line_needs_of_the_engine_comes_when_it_is_used():
    code = (
        "import sys\n"
        "import foiadesk.store.schema\n"
        "from foiadesk.store.connection import load_engine\n"
        "load_engine()\n"
        "aside = lambda: [m for m in ('click', 'dateutil.parser', 'sqlite3') if m in sys.modules]\n"
        "print(aside())\n"
        "from sqlite_utils import Database, recipes, utils\n"
        "print(recipes.parsedate('3 Feb 2026'), utils.click.progressbar.__module__)\n"
        "import click, dateutil.parser, sqlite3\n"
        "print(click.Group.__name__, dateutil.__name__, sqlite3.__name__, Database(memory=True).conn.__class__)\n"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.splitlines() == [
        "[]",
        "2026-02-03 click.termui",
        "Group dateutil sqlite3 <class 'sqlcipher3.dbapi2.Connection'>",
    ]


def test_two_threads_may_load_the_engine_at_once():
    code = (
        "import sys, threading\n"
        "from foiadesk.store.connection import load_engine\n"
        "sys.setswitchinterval(1e-5)\n"
        "threads = [threading.Thread(target=load_engine) for _ in range(8)]\n"
        "[thread.start() for thread in threads]; [thread.join() for thread in threads]\n"
        "from sqlite_utils import Database, utils\n"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stderr == ""


def fill(store):
    def work(db):
        db["notes"].insert_all({"text": "x" * 800} for _ in range(400))

    store.write(work)


def damage(path, page):
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096 + 100)
        byte = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte[0] ^ 1]))


def test_check_is_empty_for_a_sound_desk_and_names_a_damaged_page(folder, passphrase, migrations):
    from foiadesk.store import Store

    with Store.open(folder, passphrase, migrations) as store:
        fill(store)
        assert store.check() == []
    damage(folder / "desk.db", 60)
    with Store.open(folder, passphrase, migrations) as store:
        problems = store.check()
        assert any("page 60" in problem for problem in problems)
        assert all(len(problem) < 300 for problem in problems)


def test_check_names_a_row_without_what_it_refers_to(folder, passphrase):
    db = connect(folder / "desk.db", passphrase, "write")
    db.execute("PRAGMA foreign_keys = OFF")
    db["replies"].insert({"id": 7, "note": 99, "text": ""})
    assert verify(db) == ["Row 7 of table replies refers to a missing row of notes."]
    db.close()


def test_a_file_that_may_not_be_written_is_found_out_at_opening(folder, passphrase, migrations):
    import os

    from foiadesk.records.errors import ReadOnly
    from foiadesk.store import Store

    if os.geteuid() == 0:
        pytest.skip("root may write everything")
    (folder / "desk.db").chmod(0o400)
    with pytest.raises(ReadOnly, match="read-only"):
        Store.open(folder, passphrase, migrations)


def test_a_page_torn_in_the_file_but_whole_in_the_journal_is_no_damage(folder, tmp_path, passphrase, migrations):
    import shutil

    from foiadesk.store import Store

    with Store.open(folder, passphrase, migrations) as store:
        fill(store)
    with Store.open(folder, passphrase, migrations) as store:
        store.write(lambda db: db.execute("UPDATE notes SET text = 'y' || text"))
        torn = shutil.copytree(folder, tmp_path / "torn")  # as a crash in the middle of emptying the journal leaves it
    damage(torn / "desk.db", 60)
    (torn / "desk.db-shm").unlink()
    with Store.open(torn, passphrase, migrations, write=False) as store:
        with store.read() as db:
            assert verify(db) == ["Page check: HMAC verification failed for page 60."]
        assert store.check() == []
    with Store.open(torn, passphrase, migrations) as store:
        assert store.check() == []
        with store.read() as db:
            assert db.execute("SELECT count(*) FROM notes WHERE text LIKE 'yx%'").fetchone()[0] == 400
