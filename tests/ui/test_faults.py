"""After a fault of the disk the window says what happened, what is safe and what to do; then the next action works."""

import errno
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from pytestqt.qtbot import QtBot

from foiadesk.desk import Change, Desk, IncomingFile
from foiadesk.store import atomic
from foiadesk_ui.session import Session
from foiadesk_ui.window import MainWindow
from tests.store.test_full_disk import no_file_beyond

resource = pytest.importorskip("resource")

Story = Callable[[], Desk]
Act = Callable[[Desk], Change]


@contextmanager
def a_full_disk() -> Iterator[None]:
    with no_file_beyond(4096):
        yield


@contextmanager
def a_failing_fsync() -> Iterator[None]:
    def fail(_descriptor: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    real, atomic.os.fsync = os.fsync, fail  # type: ignore[assignment]
    try:
        yield
    finally:
        atomic.os.fsync = real


@contextmanager
def a_folder_nobody_may_write_to() -> Iterator[None]:
    real = os.open

    def refuse(path: object, flags: int, *more: int) -> int:
        if flags & os.O_CREAT:
            raise PermissionError(errno.EROFS, "Read-only file system")
        return real(path, flags, *more)  # type: ignore[arg-type]

    os.open = refuse  # type: ignore[assignment]
    try:
        yield
    finally:
        os.open = real


@contextmanager
def no_descriptor_left() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    free = os.dup(0)
    os.close(free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (free, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def file_one(desk: Desk) -> Change:
    return desk.filing.file(IncomingFile("one.bin", os.urandom(50_000)), 1)


def trash_one(desk: Desk) -> Change:
    return desk.requests.trash(1)


@pytest.fixture
def window(story: Story, session: Session, qtbot: QtBot) -> MainWindow:
    story()
    made = MainWindow(session, lambda: None)
    qtbot.addWidget(made)
    made.show()
    made.open_page("requests", {})
    session.act(made, file_one)  # what an action imports, it has imported
    together = threading.Barrier(4)  # every thread that answers questions is begun before the fault
    for number in range(4):
        session.ask(made, lambda _desk: together.wait(10), lambda _nothing: None, key=f"{number}")
    qtbot.waitUntil(lambda: session.jobs.pending() == 0)
    return made


@pytest.mark.parametrize(
    ("fault", "act", "says"),
    [
        (a_full_disk, file_one, "full"),
        (a_full_disk, trash_one, "reported an error"),  # so SQLite says of a file that may not grow
        (a_failing_fsync, file_one, "reported an error"),
        (a_folder_nobody_may_write_to, file_one, "read-only"),
        (no_descriptor_left, file_one, "no more open files"),
    ],
)
def test_a_fault_is_said_and_the_next_action_works(
    window: MainWindow, desk: Desk, session: Session, qtbot: QtBot, fault: Callable[[], object], act: Act, says: str
) -> None:
    before = desk.requests.get(1), desk.filing.documents()
    with fault(), qtbot.waitSignal(session.trouble, timeout=20_000):  # type: ignore[attr-defined]
        session.act(window, act)
    qtbot.waitUntil(window.trouble.isVisible)
    assert says in window.trouble.text()
    assert "What was stored before is safe" in window.trouble.text() or "Nothing was changed" in window.trouble.text()
    assert (desk.requests.get(1), desk.filing.documents()) == before
    with qtbot.waitSignal(session.acted, timeout=20_000):
        session.act(window, act)
    assert (desk.requests.get(1), desk.filing.documents()) != before
    qtbot.waitUntil(lambda: session.jobs.pending() == 0)
    assert desk.safety.check() == []


def test_a_file_that_vanished_is_named_and_the_rest_goes_on(
    window: MainWindow, desk: Desk, session: Session, qtbot: QtBot
) -> None:
    file_one(desk)
    file = desk.filing.documents()[0]
    with desk.read() as db:
        key = db.execute("SELECT vault_key FROM contents WHERE sha256 = ?", (file.sha256,)).fetchone()[0]
    path = desk.folder / "attachments" / key[:2] / key
    whole = path.read_bytes()
    path.unlink()
    with qtbot.waitSignal(session.trouble):
        session.ask(window, lambda desk: desk.filing.read(file.id), lambda _data: None)
    qtbot.waitUntil(window.trouble.isVisible)
    assert key in window.trouble.text() and "not touched" in window.trouble.text()
    with qtbot.waitSignal(session.acted):
        session.act(window, trash_one)
    path.write_bytes(whole)
    assert len(desk.filing.read(file.id)) == 50_000


def test_a_clock_set_back_counts_again_and_everything_can_still_be_done(
    window: MainWindow, desk: Desk, session: Session, qtbot: QtBot
) -> None:
    from datetime import timedelta

    today = desk.clock()
    desk.clock = lambda: today - timedelta(days=40)
    window._new_day()
    qtbot.waitUntil(lambda: session.jobs.pending() == 0)
    with qtbot.waitSignal(session.acted):
        session.act(window, trash_one)
    desk.trash.restore("request", 1)
    desk.clock = lambda: today
    window._new_day()
    qtbot.waitUntil(lambda: session.jobs.pending() == 0)
    assert not window.trouble.isVisible() and desk.safety.check() == []
