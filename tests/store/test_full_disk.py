"""A file that may not grow: real refusals from the system, without root."""

import os
import signal
from contextlib import contextmanager

import pytest

from foiadesk.records.errors import StorageFull

resource = pytest.importorskip("resource")


@contextmanager
def no_file_beyond(size):
    """Let no file of this process grow beyond a size, as a full disk or a quota would."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


def add(text):
    return lambda db: db["notes"].insert({"text": text})


def texts(store):
    with store.read() as db:
        return [row["text"] for row in db["notes"].rows]


def test_rows_that_find_no_room_leave_the_old_state_and_later_ones_work(store, folder, passphrase, migrations):
    from foiadesk.store import Store

    store.write(add("before"))
    with no_file_beyond(60_000):
        for _ in range(3):
            with pytest.raises(StorageFull):
                store.write(add("x" * 100_000))
        assert texts(store) == ["before"]
    store.write(add("after"))
    assert store.check() == []
    store.close()
    with Store.open(folder, passphrase, migrations) as again:
        assert texts(again) == ["before", "after"]


def test_a_file_that_finds_no_room_leaves_nothing(store, folder):
    with no_file_beyond(40_000):
        for size in (50_000, 5_000_000):
            with pytest.raises(StorageFull):
                store.vault.put(os.urandom(size))
        small = store.vault.put(b"small")
    assert list(store.vault.keys()) == [small.key]
    assert list(folder.rglob("*.part")) == []


def test_closing_without_room_loses_nothing(folder, passphrase, migrations):
    from foiadesk.store import Store

    store = Store.open(folder, passphrase, migrations)
    store.write(lambda db: db["notes"].insert_all({"text": "x" * 900} for _ in range(60)))
    with no_file_beyond((folder / "desk.db").stat().st_size):
        store.close()  # the journal cannot be emptied into the file
    assert (folder / "desk.db-wal").stat().st_size > 0
    with Store.open(folder, passphrase, migrations) as again:
        assert len(texts(again)) == 60
        assert again.check() == []


def test_a_desk_that_finds_no_room_is_not_made_and_can_be_made_later(tmp_path, passphrase, migrations):
    from foiadesk.store import Store

    with no_file_beyond(9000), pytest.raises(StorageFull):
        Store.create(tmp_path / "New", passphrase, migrations)
    assert not (tmp_path / "New" / "desk.db").exists()
    Store.create(tmp_path / "New", passphrase, migrations).close()
