"""One writing process: the second is told who holds the desk, readers work beside it, death releases it."""

import os
import signal
import subprocess
import sys
import textwrap

import pytest

from foiadesk.records.errors import DeskBusy, NetworkFolder
from foiadesk.store import Store

HOLDER = """
    import sys
    from pathlib import Path
    from foiadesk.store.lock import DeskLock
    lock = DeskLock(Path(sys.argv[1]) / "desk.lock")
    lock.acquire()
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(folder):
    code = textwrap.dedent(HOLDER)
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_the_second_writer_learns_who_holds_the_desk(folder, holder, passphrase, migrations):
    with pytest.raises(DeskBusy, match=rf"open in FOIADesk \(process {holder.pid}\)"):
        Store.open(folder, passphrase, migrations)
    # and being refused took nothing from the holder
    with pytest.raises(DeskBusy, match=str(holder.pid)):
        Store.open(folder, passphrase, migrations)


def test_reading_works_beside_the_holder(folder, holder, passphrase, migrations):
    with Store.open(folder, passphrase, migrations, write=False) as store, store.read() as db:
        assert db["notes"].count == 0


def test_death_releases_the_lock(folder, holder, passphrase, migrations):
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with Store.open(folder, passphrase, migrations) as store:
        assert not store.read_only
        assert (folder / "desk.lock").read_text() == f"{os.getpid()}\n"


def test_the_same_process_is_refused_too(store, folder, passphrase, migrations):
    with pytest.raises(DeskBusy, match=str(os.getpid())):
        Store.open(folder, passphrase, migrations)


def test_closing_and_failing_to_open_release_the_lock(folder, passphrase, migrations):
    from foiadesk.records.errors import WrongPassphrase

    with pytest.raises(WrongPassphrase):
        Store.open(folder, "wrong", migrations)
    Store.open(folder, passphrase, migrations).close()
    Store.open(folder, passphrase, migrations).close()
    assert (folder / "desk.lock").read_text() == ""


def test_a_file_system_without_locks_is_refused_and_gets_no_soft_lock(folder, passphrase, migrations, monkeypatch):
    import errno

    fcntl = pytest.importorskip("fcntl")

    def no_locks(descriptor, operation):
        raise OSError(errno.ENOSYS, "Function not implemented")

    monkeypatch.setattr(fcntl, "flock", no_locks)
    with pytest.raises(NetworkFolder, match="without locks"):
        Store.open(folder, passphrase, migrations)
