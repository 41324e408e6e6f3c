"""One worker process as its parent sees it: started, asked, timed, ended. Which program that is stands here alone."""

import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from foiadesk.intake.frames import BrokenFrame, OversizedFrame, read_frame, write_frame
from foiadesk.intake.results import Limits

_START_SECONDS = 30.0
_SIGXCPU = 24
_PIPE_SIZE = 1024 * 1024
_PACKAGES = ("pypdfium2", "PIL", "olefile", "pikepdf")


class ChildFailed(Exception):
    """The process could not answer; ``code`` is one of ``REFUSALS``. It must be ended and replaced."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def program() -> list[str]:
    """Return the command that starts the worker: of a frozen build itself, else this Python on this package.

    The Python is isolated (no environment, no user site, no start-up files); its path comes with the first frame.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, "--worker"]
    main = os.path.join(_package(), "__main__.py")  # noqa: PTH118 - pathlib would be loaded for this alone
    return [sys.executable, "-I", "-S", "-B", "-X", "utf8", main, "--worker"]


def _package() -> str:
    return os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120


def places() -> dict[str, list[str]]:
    """Return where the worker finds modules ("path") and what it may read and list of the file system.

    Whole folders of installed packages may be read; of a checkout only the package itself.
    """
    parent = os.path.dirname
    package = _package()
    installed = []
    for name in _PACKAGES:
        for folder in sys.path:
            if os.path.isdir(os.path.join(folder or os.curdir, name)):  # noqa: PTH112, PTH118
                installed.append(os.path.abspath(folder))  # noqa: PTH100
                break
    if getattr(sys, "frozen", False):  # one folder holds Python's own library and everything else
        readable = [package, parent(sys.executable), getattr(sys, "_MEIPASS", parent(sys.executable)), *installed]
    else:
        readable = [package, parent(os.__file__), *installed]
    path = list(dict.fromkeys([parent(package), *installed]))
    return {"path": path, "readable": list(dict.fromkeys(readable)), "listable": [parent(package)]}


_orders: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
_starter: threading.Thread | None = None
_starter_lock = threading.Lock()


def _start_from_lasting_thread(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start a process from a thread that lasts as long as the program.

    The worker asks the kernel to be killed when its parent ends, and to the kernel that is the starting *thread*: one
    started from a pool's thread would die with that thread, in the middle of another thread's call.
    """
    global _starter  # noqa: PLW0603 - one for the process
    done: queue.SimpleQueue[subprocess.Popen[bytes] | BaseException] = queue.SimpleQueue()

    def start() -> None:
        try:
            done.put(
                subprocess.Popen(
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    cwd=os.path.abspath(os.sep),  # noqa: PTH100
                    env=environment,
                    close_fds=True,
                    start_new_session=True,
                )
            )
        except BaseException as error:  # handed to the thread that asked
            done.put(error)

    with _starter_lock:
        if _starter is None or not _starter.is_alive():

            def serve() -> None:
                while True:
                    _orders.get()()

            _starter = threading.Thread(target=serve, name="worker-starter", daemon=True)
            _starter.start()
    _orders.put(start)
    outcome = done.get()
    if isinstance(outcome, BaseException):
        raise outcome
    return outcome


class _Watch:
    """Kills a process whose call takes too long: one thread that sleeps through many calls, none started for each."""

    def __init__(self, kill: Callable[[], None]) -> None:
        self._kill = kill
        self._changed = threading.Condition()
        self._deadline: float | None = None
        self._sleeps_until: float | None = None
        self._late = self._ended = False
        threading.Thread(target=self._serve, name="worker-watch", daemon=True).start()

    def start(self, seconds: float) -> None:
        """A call begins; it may take so many seconds."""
        with self._changed:
            self._late = False
            self._deadline = time.monotonic() + seconds
            if self._sleeps_until is None or self._deadline < self._sleeps_until:
                self._changed.notify()

    def stop(self) -> bool:
        """The call is over; tell whether it was too late, and the process killed."""
        with self._changed:
            self._deadline = None
            return self._late

    def end(self) -> None:
        """No call comes any more. More than once is fine."""
        with self._changed:
            self._ended = True
            self._deadline = None
            self._changed.notify()

    def _serve(self) -> None:
        with self._changed:
            while not self._ended:
                now = time.monotonic()
                if self._deadline is not None and self._deadline <= now:
                    self._deadline = None
                    self._late = True
                    self._kill()
                self._sleeps_until = self._deadline
                self._changed.wait(None if self._deadline is None else self._deadline - now)


class Child:
    """A running worker. One call at a time; ``end`` may come from any thread."""

    def __init__(self, limits: Limits) -> None:
        """Start it and let it lock itself in. Raises ChildFailed."""
        self._limits = limits
        environment = {"SYSTEMROOT": os.environ.get("SYSTEMROOT", "")} if sys.platform == "win32" else {}
        try:
            self._process = _start_from_lasting_thread(program(), environment)
        except OSError:
            raise ChildFailed("no_start") from None
        self.pid = self._process.pid
        self._watch = _Watch(self._process.kill)
        if sys.platform == "linux":
            self._widen_pipes()
        try:
            self.status, _none = self.ask(
                {"limits": asdict(limits), "parent": os.getpid(), **places()}, (), seconds=_START_SECONDS
            )
        except ChildFailed:
            self.end()
            raise

    def _widen_pipes(self) -> None:
        import fcntl

        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):  # above the user's share of pipe memory: the usual size serves too
                fcntl.fcntl(stream.fileno(), fcntl.F_SETPIPE_SZ, _PIPE_SIZE)  # type: ignore[union-attr]

    def running(self) -> bool:
        """Say whether the process lives."""
        return self._process.poll() is None

    def ask(
        self, header: Mapping[str, Any], payloads: Sequence[bytes], seconds: float | None = None
    ) -> tuple[dict[str, Any], list[bytes]]:
        """Send a frame and return the answer. Raises ChildFailed: time, output or crashed."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        failure = "crashed"
        answer = None
        self._watch.start(self._limits.seconds if seconds is None else seconds)
        try:
            write_frame(self._process.stdin, header, payloads)
            answer = read_frame(self._process.stdout, limit=self._limits.output)
        except OversizedFrame:
            failure = "output"
        except (BrokenFrame, OSError, ValueError):
            pass  # the process is gone or speaks nonsense; which, its end will tell
        finally:
            late = self._watch.stop()
        if answer is not None and not late:
            return answer
        self.end()
        if late or self._process.returncode == -_SIGXCPU:
            failure = "time"
        raise ChildFailed(failure)

    def end(self) -> None:
        """Kill the process, wait for its end and close the pipes. More than once, and from any thread, is fine."""
        self._watch.end()
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError, ValueError):
                    stream.close()
