"""The worker, from its parent's side: every way to fail ends in a plain reason, and the next call works."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from foiadesk.intake import DocumentInfo, Limits, Worker, child
from foiadesk.intake.client import _as_info, _as_text
from foiadesk.intake.refused import Refused
from foiadesk.records.errors import Unreadable
from tests.shared_data import shared

CHECKOUT = Path(__file__).resolve().parents[2]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="this wall exists on Linux only")
NOTE = b"A plain note.\n"


@pytest.fixture
def worker():
    with Worker() as found:
        yield found


@pytest.fixture
def unruly(monkeypatch):
    """A maker of workers that misbehave on command."""
    script = str(CHECKOUT / "tests" / "intake" / "unruly.py")
    command = [sys.executable, "-I", "-S", "-B", "-X", "utf8", script, str(CHECKOUT)]
    monkeypatch.setattr(child, "program", lambda: command)
    made = []

    def make(**limits):
        made.append(Worker(Limits(**limits)))
        return made[-1]

    yield make
    for one in made:
        one.close()


def assert_next_call_works(worker: Worker, old_pid: int) -> None:
    assert worker.text(NOTE) == NOTE.decode()
    assert worker.status().pid != old_pid
    assert not Path(f"/proc/{old_pid}").exists()


@pytest.mark.parametrize(
    ("act", "limits", "code"),
    [
        ("hang", {"seconds": 0.5}, "time"),
        ("burn", {"cpu": 1}, "time"),
        ("devour", {"memory": 400 * 1024 * 1024}, "memory"),
        ("flood", {"output": 1000}, "output"),
        ("flood_unchecked", {"output": 1000}, "output"),
        ("endless_header", {}, "output"),
        ("crash", {}, "crashed"),
        ("raise_unexpectedly", {}, "crashed"),
        ("close_pipe", {}, "crashed"),
        ("leave", {}, "crashed"),
        ("babble", {}, "output"),
    ],
)
def test_whatever_a_file_does_to_the_worker_the_next_call_works(unruly, act, limits, code) -> None:
    worker = unruly(**limits)
    pid = worker.status().pid
    with pytest.raises(Refused) as refused:
        worker._call(act, b"some bytes", _as_text)
    assert refused.value.code == code
    assert isinstance(refused.value, Unreadable)
    assert "kept" in str(refused.value)
    assert_next_call_works(worker, pid)


@pytest.mark.parametrize("form", ["no field", "no text", "unknown refusal", "odd refusal"])
def test_an_answer_of_the_wrong_form_is_not_believed(unruly, form) -> None:
    worker = unruly()
    pid = worker.status().pid
    with pytest.raises(Refused) as refused:
        worker._call("wrong_form", b"some bytes", _as_info, name=form)
    assert refused.value.code == "crashed"
    assert "foreign" not in str(refused.value)
    assert_next_call_works(worker, pid)


def test_what_a_library_prints_does_not_reach_the_pipe(unruly) -> None:
    worker = unruly()
    assert worker._call("print_loudly", b"x", _as_text) == "quiet"
    assert worker._call("print_loudly", b"x", _as_text) == "quiet"


@LINUX
def test_the_cell_holds(unruly, tmp_path: Path, monkeypatch) -> None:
    secret = tmp_path / "secret"
    secret.write_text("not for the worker")
    monkeypatch.setenv("FOIADESK_PASSPHRASE", "canary")
    worker = unruly()
    status = worker.status()
    kept = [os.open(secret, os.O_RDONLY) for _ in range(3)]
    said = json.loads(worker._call("try_escape", b"x", _as_text, name=str(secret)))
    for descriptor in kept:
        os.close(descriptor)
    assert said["environment"] == [] or said["environment"] == ["LC_CTYPE"]  # set by the interpreter itself
    assert said["folder"] == "/"
    assert said["open"] == 5  # three that lead nowhere and the two pipes
    if status.calls_filtered:
        assert all(said[act] for act in ("socket", "unix", "fork", "exec", "kill", "ptrace"))
    if status.files_confined:
        assert all(said[act] for act in ("read", "write", "passwords", "memory", "exec"))
    assert status.calls_filtered or any("filter" in note for note in status.notes)
    assert status.files_confined or any("Landlock" in note for note in status.notes)
    assert status.network_isolated or any("namespace" in note for note in status.notes)


@LINUX
def test_the_worker_lives_in_another_network(worker: Worker) -> None:
    status = worker.status()
    if not status.network_isolated:
        pytest.skip(f"this system refuses it: {status.notes}")
    done = subprocess.run(
        [sys.executable, "-c", "import os,sys; print(os.readlink(f'/proc/{sys.argv[1]}/ns/net'))", str(status.pid)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.skip("only root may look")
    assert done.stdout.strip() != str(Path("/proc/self/ns/net").readlink())


@LINUX
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_the_worker_dies_with_its_parent_even_while_it_hangs(how, tmp_path: Path) -> None:
    program = (
        "import sys, threading\n"
        f"sys.path.insert(0, {str(CHECKOUT)!r})\n"
        "from foiadesk.intake import Worker, child\n"
        f"script = {str(CHECKOUT / 'tests' / 'intake' / 'unruly.py')!r}\n"
        f"child.program = lambda: [sys.executable, '-I', '-S', '-B', script, {str(CHECKOUT)!r}]\n"
        "from foiadesk.intake.client import _as_text\n"
        "worker = Worker()\n"
        "starter = threading.Thread(target=worker.status); starter.start(); starter.join()\n"
        "print(worker.status().pid, flush=True)\n"
        "worker._call('hang', b'x', _as_text)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    watch = os.pidfd_open(pid)
    os.kill(parent.pid, how)
    parent.wait()
    parent.stdout.close()
    import select

    ended, _, _ = select.select([watch], [], [], 20)
    os.close(watch)
    assert ended


@LINUX
def test_a_worker_that_died_while_idle_is_replaced_unnoticed(worker: Worker) -> None:
    pid = worker.status().pid
    watch = os.pidfd_open(pid)
    os.kill(pid, signal.SIGKILL)
    import select

    assert select.select([watch], [], [], 20)[0]
    os.close(watch)
    assert worker.text(NOTE) == NOTE.decode()
    assert worker.status().pid != pid


def test_the_thread_that_started_the_worker_may_end(worker: Worker) -> None:
    starter = threading.Thread(target=worker.status)
    starter.start()
    starter.join()
    pid = worker.status().pid
    assert worker.text(NOTE) == NOTE.decode()
    assert worker.status().pid == pid


def test_many_threads_share_one_worker(worker: Worker) -> None:
    answers: dict[int, str] = {}

    def ask(index: int) -> None:
        answers[index] = worker.text(f"note {index}".encode())

    threads = [threading.Thread(target=ask, args=(index,)) for index in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {index: f"note {index}" for index in range(12)}


def test_closing_ends_a_call_in_progress(unruly) -> None:
    worker = unruly()
    worker.status()
    outcome: list[object] = []

    def ask() -> None:
        try:
            worker._call("hang", b"x", _as_text)
        except Refused as refused:
            outcome.append(refused.code)

    thread = threading.Thread(target=ask)
    thread.start()
    while not worker._turn.locked():
        pass
    worker.close()
    thread.join(20)
    assert outcome == ["closed"]
    with pytest.raises(Unreadable, match="closed"):
        worker.text(NOTE)
    worker.close()


def test_no_process_before_the_first_call_and_none_after_close() -> None:
    worker = Worker()
    assert worker._child is None
    pid = worker.status().pid
    worker.close()
    assert not Path(f"/proc/{pid}").exists()


def test_a_program_that_cannot_start_says_so(monkeypatch) -> None:
    monkeypatch.setattr(child, "program", lambda: ["/nonexistent/python"])
    with Worker() as worker, pytest.raises(Unreadable, match="could not be started"):
        worker.text(NOTE)
    monkeypatch.setattr(child, "program", lambda: [sys.executable, "-c", "raise SystemExit(3)"])
    with Worker() as worker, pytest.raises(Unreadable):
        worker.text(NOTE)


def test_too_large_a_file_is_refused_before_it_is_sent() -> None:
    with Worker(Limits(input=10)) as worker:
        with pytest.raises(Unreadable, match="more than is read at once"):
            worker.text(b"x" * 11)
        assert worker._child is None


def test_a_document_already_held_is_not_sent_again(worker: Worker, monkeypatch) -> None:
    sent: list[int] = []
    ask = child.Child.ask

    def counting(self, header, payloads, seconds=None):
        sent.append(sum(map(len, payloads)))
        return ask(self, header, payloads, seconds)

    monkeypatch.setattr(child.Child, "ask", counting)
    other = b"Another note.\n"
    for data in (NOTE, NOTE, other, NOTE):
        assert worker.text(data) == data.decode()
    assert sent == [0, len(NOTE), 0, len(other), len(NOTE)]
    assert worker.inspect(NOTE, "table.csv").media_type == "text/csv"
    assert worker.inspect(NOTE, "note.txt").media_type == "text/plain"


def test_a_frozen_program_starts_itself(monkeypatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert child.program() == [sys.executable, "--worker"]


@pytest.mark.parametrize("command", [[sys.executable, "-m", "foiadesk", "--worker"]])
def test_the_module_itself_serves_too(monkeypatch, command, tmp_path: Path) -> None:
    monkeypatch.setattr(child, "program", lambda: command)
    with Worker() as worker:
        assert worker.inspect(NOTE, "a.txt") == DocumentInfo("text", "text/plain", 0, "")


def test_real_files_come_through_the_pipes() -> None:
    truth = json.loads(shared("mail/truth.json").read_text("utf-8"))
    with Worker() as worker:
        pid = worker.status().pid
        for entry in truth:
            data = shared(entry["path"]).read_bytes()
            found = worker.message(data)
            hashes = {hashlib.sha256(part.data).hexdigest() for part in found.parts}
            assert set(entry["attachment_sha256"]) <= hashes, entry["path"]
        assert worker.status().pid == pid


# Several messages in one call -----------------------------------------------------------------------------------------


def test_messages_read_together_are_read_as_each_by_itself(worker: Worker, monkeypatch) -> None:
    from tests.intake.made import message

    many = [
        message(("a.txt", "text/plain", b"one")),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no Outlook message",
        b"",
        message(("b.txt", "text/plain", b"two"), ("c.txt", "text/plain", b"three"), subject="Two files"),
    ]

    def alone(data: bytes):
        try:
            return worker.message(data)
        except Unreadable as refused:
            return refused

    expected = [alone(data) for data in many]
    monkeypatch.setattr(worker, "message", None)  # none of them needs a call of its own
    found = worker.messages(many)
    assert [one for one in found if not isinstance(one, Refused)] == [
        one for one in expected if not isinstance(one, Refused)
    ]
    assert [one.code if isinstance(one, Refused) else "" for one in found] == ["", expected[1].code, "", ""]
    assert worker.messages([]) == []


def test_messages_too_large_together_are_read_one_by_one() -> None:
    from tests.intake.made import message

    many = [message(("a.bin", "application/x-data", bytes([number]) * 400_000)) for number in range(4)]
    with Worker(Limits(output=1_000_000)) as worker:
        assert [one.parts[0].data[:1] for one in worker.messages(many)] == [b"\0", b"\1", b"\2", b"\3"]
        many[2] = message(("a.bin", "application/x-data", bytes(2_000_000)))
        found = worker.messages(many)
    assert [getattr(one, "code", "") for one in found] == ["", "", "output", ""]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_an_answer_on_other_messages_than_were_asked_is_not_believed(worker: Worker, monkeypatch, count: int) -> None:
    real = child.Child.ask

    def ask(self, header, payloads, seconds=None):
        answer, found = real(self, header, payloads, seconds)
        if "messages" in answer:
            answer["messages"] = [*answer["messages"], *answer["messages"]][:count]
        return answer, found

    monkeypatch.setattr(child.Child, "ask", ask)
    assert [one.subject for one in worker.messages([b"Subject: a\n\na", b"Subject: b\n\nb"])] == ["a", "b"]


def test_one_thread_watches_over_many_calls() -> None:
    killed = threading.Event()
    watch = child._Watch(killed.set)
    for _call in range(3):
        watch.start(1_000)
        assert not watch.stop()
    assert not killed.is_set()
    watch.start(0)  # earlier than what it sleeps for
    assert killed.wait(20) and watch.stop()
    watch.start(1_000)
    assert not watch.stop()
    watch.end()
    watch.end()
