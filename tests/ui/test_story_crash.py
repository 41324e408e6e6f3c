"""Locked, killed, crashed: what was typed into a draft is there again, in the real program, a process each time."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from foiadesk import paths
from foiadesk.desk import Desk, RequestPlan
from foiadesk.records import LetterState, Requester, Signer

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are another thing there")

PASSPHRASE = "four herons wait beside slow water"
LONGEST = 120  # seconds for the whole story, on a slow machine
SECRET = "Told to wait by an officer named Quillfeather."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A desk with one request, sent long ago and never answered."""
    made = tmp_path / "Desk"
    with Desk.create(made, PASSPHRASE) as desk:
        who = desk.people.add(Requester("Harbor Watch", ("12 Dock St",), signers=(Signer("Ana Reyes", ""),))).primary
        request = desk.requests.create(RequestPlan("Contracts", ("All contracts.",), ("DHS/ICE",), (who,))).primary
        long_ago = (date.today() - timedelta(days=200)).isoformat()  # noqa: DTZ011 - as the desk counts it
        desk.requests.add_event(request, {"kind": "request_sent", "date": long_ago, "channel": "portal"})
    return made


class Running:
    """The running program and the pipe to its hands."""

    def __init__(self, folder: Path) -> None:
        root = Path(__file__).resolve().parents[2]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.ui.hands", str(folder)],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={
                **os.environ,
                "QT_QPA_PLATFORM": "offscreen",
                "PYTHONPATH": os.pathsep.join((str(root), str(root / "ui"))),
            },
        )
        self.watchdog = threading.Timer(LONGEST, self.process.kill)
        self.watchdog.start()

    def hear(self) -> str:
        """Wait for one answer."""
        assert self.process.stdout is not None
        said = self.process.stdout.readline().decode().rstrip("\n")
        assert said, "the program ended"
        assert not said.startswith("failed"), said
        return said

    def tell(self, order: str, rest: str = "") -> None:
        """Send one order."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{order} {rest}\n".encode())
        self.process.stdin.flush()

    def do(self, order: str, rest: str = "") -> str:
        """Send one order and wait until it is done."""
        self.tell(order, rest)
        return self.hear()

    def kill(self, number: signal.Signals) -> None:
        """End it in the middle of whatever it does."""
        os.kill(self.process.pid, number)
        assert self.process.wait(LONGEST) == -number

    def end(self) -> None:
        """End it, unless it has ended."""
        self.watchdog.cancel()
        self.process.kill()
        self.process.wait(LONGEST)
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            pipe.close()


@pytest.fixture
def start(folder: Path) -> Iterator[Callable[[], Running]]:
    """Start the program on the desk, a person before it; what runs at the end of the test is ended."""
    started: list[Running] = []

    def begin() -> Running:
        started.append(Running(folder))
        assert started[-1].hear() == "ready"
        return started[-1]

    yield begin
    for one in started:
        one.end()


def test_a_draft_outlives_lock_kill_and_crash(start: Callable[[], Running], folder: Path) -> None:
    program = start()
    assert program.do("unlock", PASSPHRASE) == "today"
    assert program.do("draft") == "empty"
    assert program.do("write", SECRET) == "saved"

    # Locked in the middle of a word: the window goes at once, and what was typed is saved before the process does.
    assert program.do("type", " Nobody call") == "typed"
    assert program.do("lock") == "locking"
    assert program.hear() == "ready"
    assert program.process.poll() is None  # the same process, replaced
    assert program.do("look") == "nothing"
    assert program.do("unlock", PASSPHRASE) == "today"
    assert program.do("draft") == f"{SECRET} Nobody call"

    # Killed while typing without a pause: what was saved meanwhile is there, and of the rest a beginning at most.
    program.tell("go_on_typing")
    kept: list[str] = []
    typed: dict[int, float] = {}
    while len(kept) < 3 or max(typed) < max(words_of(kept[-1])) + 15:
        word, _space, rest = program.hear().partition(" ")
        if word == "kept":
            kept.append(rest)
        else:
            number, when = rest.split()
            typed[int(number)] = float(when)
    program.kill(signal.SIGKILL)
    program = start()
    assert program.do("look") == "nothing"  # it was ended from outside: there is nothing to tell of a mistake of ours
    assert program.do("unlock", PASSPHRASE) == "today"
    found = program.do("draft")
    assert found.startswith(kept[-1])
    assert words_of(found) == list(range(1, len(words_of(found)) + 1))
    print(f"lost: {max(typed.values()) - typed[max(words_of(found))]:.2f} s of typing")  # its bound: test_save_pause.py

    # Crashed by a mistake of ours: the next start offers a report that names places and nobody's words.
    program.kill(signal.SIGSEGV)
    program = start()
    report = program.do("look")
    assert report.startswith("offered ")
    assert "Segmentation fault" in report
    assert "Quillfeather" not in report
    assert str(folder) not in report
    assert program.do("unlock", PASSPHRASE) == "today"
    assert program.do("draft") == found
    program.process.send_signal(signal.SIGTERM)
    assert program.process.wait(LONGEST) == 0
    assert list(paths.log_folder().glob("crash-*")) == []  # offered once; an orderly end leaves none
    with Desk.open(folder, PASSPHRASE) as desk:
        assert desk.safety.verify().faults == ()
        (letter,) = desk.letters.for_request(1)
        assert (letter.state, letter.values["history"]) == (LetterState.DRAFT, found)


def words_of(text: str) -> list[int]:
    """Return the numbers that were typed after the last words."""
    return [int(one) for one in text.rpartition("call")[2].split()]
