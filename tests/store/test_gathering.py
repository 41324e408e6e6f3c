"""Many contents made durable together: whole under their names once settled, none of them before or on failure."""

import errno
import io
import os
import threading
from hashlib import sha256
from pathlib import Path

import pytest

from foiadesk.records.errors import ReadOnly, StorageFull
from foiadesk.store import gathering
from foiadesk.store.gathering import Gathering, together
from foiadesk.store.vault import Vault, new_identity


@pytest.fixture(params=["together", "each by itself"])
def vault(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    if request.param != "together":
        monkeypatch.setattr(gathering, "together", lambda _folder: False)
    elif not together(tmp_path):
        pytest.skip("this file system is not made durable by one call")
    return Vault(tmp_path / "attachments", [new_identity()])


def test_contents_are_whole_under_their_names_once_settled(vault: Vault) -> None:
    contents = [os.urandom(size) for size in (0, 1, 100, 70_000, 3_000_000)]
    with Gathering(vault) as many:
        stored = [many.put(data if number % 2 else io.BytesIO(data)) for number, data in enumerate(contents)]
        many.settle()
        assert [vault.read(one.key, one.sha256) for one in stored] == contents
        assert [(one.sha256, one.size) for one in stored] == [(sha256(d).hexdigest(), len(d)) for d in contents]
        again = many.put(b"later")
        many.settle()
        many.settle()
    assert vault.read(again.key) == b"later" and len(list(vault.keys())) == 6
    times = {path.stat().st_mtime for path in vault.folder.rglob("*") if path.is_file()}
    assert times == {946_684_800.0} and list(vault.folder.glob(".*")) == []


def test_what_was_never_settled_is_gone(tmp_path: Path) -> None:
    if not together(tmp_path):
        pytest.skip("this file system is not made durable by one call")
    vault = Vault(tmp_path / "attachments", [new_identity()])
    with pytest.raises(KeyboardInterrupt), Gathering(vault) as many:
        many.put(b"content")
        raise KeyboardInterrupt
    assert [path for path in vault.folder.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("failing", [1, 2])
def test_a_disk_that_refuses_leaves_nothing_of_the_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    if not together(tmp_path):
        pytest.skip("this file system is not made durable by one call")
    vault = Vault(tmp_path / "attachments", [new_identity()])
    kept = vault.put(b"from before")
    calls = 0

    def refuse(_descriptor: int) -> None:
        nonlocal calls
        calls += 1
        if calls == failing:
            raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(gathering, "sync_all", refuse)
    with Gathering(vault) as many:
        for number in range(5):
            many.put(str(number).encode())
        with pytest.raises(StorageFull):
            many.settle()
    assert list(vault.keys()) == [kept.key] and list(vault.folder.glob(".*")) == []


def test_a_bad_descriptor_is_an_error_and_not_silence(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="Bad file descriptor"):
        gathering.sync_all(10_000)


def test_a_desk_for_reading_takes_nothing(tmp_path: Path) -> None:
    with pytest.raises(ReadOnly), Gathering(Vault(tmp_path, [new_identity()], read_only=True)):
        pass


def test_many_threads_put_while_another_settles(vault: Vault) -> None:
    stored = []

    def work(many: Gathering, number: int) -> None:
        for each in range(20):
            stored.append((many.put(f"{number} {each}".encode()), f"{number} {each}".encode()))

    with Gathering(vault) as many:
        threads = [threading.Thread(target=work, args=(many, number)) for number in range(4)]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            many.settle()
        for thread in threads:
            thread.join()
        many.settle()
    assert len(stored) == 80 and all(vault.read(one.key, one.sha256) == data for one, data in stored)
