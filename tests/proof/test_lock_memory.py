"""After Lock neither what the desk holds, nor the passphrase, nor any key made from it is in the process's memory."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from foiadesk import __main__ as start
from foiadesk import paths
from foiadesk.desk import Desk
from foiadesk.store.keys import derive
from foiadesk.store.schema import desk_migrations
from foiadesk.store.store import Store

pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="memory is read through /proc"),
]

PASSPHRASE = "walnut trellis 8841 quorum basalt heron"
CANARY = "Zyxwacanary7731"
LONGEST = 60  # seconds for any one step
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def identity_of(folder):
    """Read the desk's age identity beside the running window."""
    store = Store.open(folder, PASSPHRASE, desk_migrations, write=False)
    try:
        with store.read() as db:
            return db.conn.execute("SELECT secret FROM vault_identity").fetchone()[0]
    finally:
        store.close()


def raw_identity(text):
    """Return the 32 secret bytes of AGE-SECRET-KEY-1…"""
    data = [_BECH32.index(letter) for letter in text.lower().rpartition("1")[2]][:-6]
    bits = "".join(f"{five:05b}" for five in data)
    return bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8))[:32]


def memory_holds(pid, needles):
    """Return which needles occur anywhere in the readable memory of a process."""
    longest = max(len(needle) for forms in needles.values() for needle in forms)
    found = set()
    with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in maps:
            place, rights = line.split()[:2]
            if "r" not in rights or "[vvar" in line or "[vsyscall]" in line:
                continue
            start, end = (int(part, 16) for part in place.split("-"))
            before = b""
            while start < end:
                try:
                    memory.seek(start)
                    piece = memory.read(min(end - start, 1 << 24))
                except (OSError, ValueError):
                    break
                if not piece:
                    break
                whole = before + piece
                found |= {name for name, forms in needles.items() if any(needle in whole for needle in forms)}
                before = whole[-longest:]
                start += len(piece)
    return found


def spelled(text):
    """Return a text as Python, Qt and SQLite keep it."""
    return [text.encode(), text.encode("utf-16-le")]


class Program:
    """The running window and the pipe to its hands."""

    def __init__(self, folder, environment):
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("lock_driver.py")), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )
        self.watchdog = threading.Timer(4 * LONGEST, self.process.kill)
        self.watchdog.start()

    def hear(self, wanted):
        """Wait for one answer."""
        assert self.process.stdout.readline().decode().strip() == wanted

    def tell(self, order):
        """Send one order."""
        self.process.stdin.write(f"{order}\n".encode())
        self.process.stdin.flush()

    def wait_until(self, there, what):
        """Look again until it is so; the program under test has no voice any more after it was replaced."""
        stop = time.monotonic() + LONGEST
        while not there():
            assert self.process.poll() is None, "the program ended"
            assert time.monotonic() < stop, what
            threading.Event().wait(0.05)

    def end(self):
        """End it."""
        self.watchdog.cancel()
        self.process.terminate()
        self.process.wait(LONGEST)
        self.process.stdin.close()
        self.process.stdout.close()


def surroundings(tmp_path):
    """A home of its own, and our own folders on the path."""
    own = {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    root = Path(__file__).resolve().parents[2]
    return {
        **os.environ,
        **own,
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(runtime),
        "TMPDIR": str(scratch),
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "PYTHONPATH": os.pathsep.join((str(root), str(root / "ui"))),
        "FOIADESK_PASSPHRASE": PASSPHRASE,
    }


def command_of(pid):
    """Return a process's command line."""
    return Path(f"/proc/{pid}/cmdline").read_bytes().decode().rstrip("\0").split("\0")


def children_of(pid):
    """Return the processes whose parent this is."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            if stat.rpartition(")")[2].split()[1] == str(pid):
                found.append(int(entry.name))
    return found


def test_nothing_of_the_desk_is_left_in_memory_after_lock(tmp_path):
    folder = tmp_path / "Desk"
    Desk.create(folder, PASSPHRASE).close()
    key = derive(PASSPHRASE, (folder / "desk.db").read_bytes()[:16]).literal
    key = bytes.fromhex(key[3:67])
    identity = identity_of(folder)
    needles = {
        "passphrase": spelled(PASSPHRASE),
        "canary": spelled(CANARY),
        "identity": [*spelled(identity), raw_identity(identity)],
        "key": [key, key.hex().encode(), key.hex().upper().encode()],
    }
    environment = surroundings(tmp_path)
    program = Program(folder, environment)
    pid = program.process.pid
    runtime = Path(environment["XDG_RUNTIME_DIR"]) / paths.APP
    try:
        program.hear("ready")
        program.tell(f"unlock {PASSPHRASE}")
        program.hear("open")
        program.tell(f"make {CANARY}")
        program.hear("made")
        assert memory_holds(pid, needles) == set(needles), "the search itself must find them while the desk is open"

        def forgotten():
            return "open" in command_of(pid)

        for bell in runtime.glob("*.bell"):
            bell.unlink()
        program.tell("lock ")
        program.wait_until(forgotten, "the process was not replaced")
        assert command_of(pid) == [sys.executable, "-P", start.__file__, "open", str(folder)]
        program.wait_until(lambda: any(runtime.glob("*.bell")), "the unlock page did not come up")
        assert program.process.poll() is None
        assert memory_holds(pid, needles) == set()
        assert children_of(pid) == []
        assert PASSPHRASE.encode() not in Path(f"/proc/{pid}/environ").read_bytes()
        # Whoever locked can open again: everything made before is there, and no other process has the desk.
        with Desk.open(folder, PASSPHRASE) as desk:
            assert desk.requests.get(1).title == f"{CANARY} contracts"
    finally:
        program.end()
    for place in tmp_path.rglob("*"):
        if place.is_file():
            assert CANARY.encode() not in place.read_bytes(), place
            assert CANARY not in place.name
            assert PASSPHRASE.encode() not in place.read_bytes(), place
