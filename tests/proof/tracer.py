"""Watch every disk call of a forked child through ptrace: kill it at one, fail one, or cut the power at one."""

import ctypes
import os
import platform
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from survivors import Survivors

PATIENCE_SECONDS = 180  # after which a run counts as hung

_TRACEME, _CONT, _POKEUSER, _SETOPTIONS, _SYSCALL, _SYSCALL_INFO = 0, 7, 6, 0x4200, 24, 0x420E
_SYSGOOD, _TRACECLONE, _EXITKILL = 0x1, 0x8, 0x100000
_WALL = 0x40000000
_ENTRY, _EXIT = 1, 2
_ORIG_RAX, _RAX, _RDX = 15 * 8, 10 * 8, 12 * 8
_NO_SYSCALL = ctypes.c_long(-1).value

# x86-64 numbers of the calls that change a disk, by how they name what they touch: a descriptor or a path.
BY_DESCRIPTOR = {
    1: "write",
    18: "pwrite64",
    20: "writev",
    74: "fsync",
    75: "fdatasync",
    77: "ftruncate",
    285: "fallocate",
}
BY_DESCRIPTOR |= {280: "utimensat", 91: "fchmod", 306: "syncfs"}
BY_PATH = {2: "open", 257: "openat", 82: "rename", 264: "renameat", 316: "renameat2", 83: "mkdir", 258: "mkdirat"}
BY_PATH |= {87: "unlink", 263: "unlinkat", 76: "truncate", 84: "rmdir"}
_PATH_ARGUMENT = {"open": 0, "rename": 0, "mkdir": 0, "unlink": 0, "truncate": 0, "rmdir": 0}  # else the second
READS = {0: "read", 17: "pread64"}
_WRITES = {"write", "pwrite64"}
_SYNCS = {"fsync", "fdatasync"}
_OPENS_TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class _Info(ctypes.Structure):
    _fields_ = (
        ("op", ctypes.c_uint8),
        ("pad", ctypes.c_uint8 * 3),
        ("arch", ctypes.c_uint32),
        ("ip", ctypes.c_uint64),
        ("sp", ctypes.c_uint64),
        ("nr", ctypes.c_int64),  # the result, at exit
        ("args", ctypes.c_uint64 * 6),
    )


@dataclass(frozen=True)
class Call:
    """One disk call on the watched folder. number: its place among them, from 1."""

    number: int
    name: str
    path: str


@dataclass
class Plan:
    """What to do at the call with this number. action: "kill" before it, "tear" a write in half and kill, "fail"."""

    at: int = 0
    action: str = "kill"
    error: int = 0


@dataclass
class Outcome:
    """What happened. said: the child's lines. calls: the disk calls seen. struck: the call the plan met."""

    said: list[str]
    calls: list[Call]
    struck: Call | None
    status: int
    survivors: Survivors

    @property
    def hung(self) -> bool:
        """Whether the child had to be ended because it did not come to its end."""
        return os.WIFSIGNALED(self.status) and os.WTERMSIG(self.status) == signal.SIGALRM


def refusal() -> str:
    """Say why nothing can be watched on this computer; empty when it can."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        return "watching disk calls needs Linux on x86-64"
    child = os.fork()
    if child == 0:
        os._exit(1 if _libc().ptrace(_TRACEME, 0, None, None) else 0)
    return "this system forbids ptrace" if os.waitpid(child, 0)[1] else ""


def run(
    work: Callable[[Callable[[str], None]], None],
    folder: Path,
    plan: Plan | None = None,
    *,
    survivors: bool = False,
    reads: bool = False,
) -> Outcome:
    """Fork, run ``work(say)`` in the child watched on ``folder``, carry out the plan, and return what happened.

    survivors: also keep what a power cut would leave. reads: count reading calls and opening to read as well.
    """
    hear, speak = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(hear)
        _be_watched(work, speak)
    os.close(speak)
    watch = _Watch(child, folder, plan or Plan(), survivors, reads)
    status = watch.until_the_end()
    with os.fdopen(hear, "rb") as pipe:
        lines = pipe.read().decode().split("\n")
    # The last piece is a line only if its end was written.
    return Outcome(lines[:-1], watch.calls, watch.struck, status, watch.survivors)


def _be_watched(work: Callable[[Callable[[str], None]], None], speak: int) -> None:
    code = 1
    try:
        _libc().ptrace(_TRACEME, 0, None, None)
        signal.alarm(PATIENCE_SECONDS)
        os.kill(os.getpid(), signal.SIGSTOP)
        work(lambda line: os.write(speak, f"{line}\n".encode()) and None)
        code = 0
    except BaseException:
        import traceback

        os.write(speak, b"bug " + repr(traceback.format_exc()).encode() + b"\n")
    finally:
        os._exit(code)


class _Watch:
    def __init__(self, child: int, folder: Path, plan: Plan, survivors: bool, reads: bool) -> None:
        self._libc = _libc()
        self._child = child
        self._folder = str(folder)
        self._plan = plan
        self._inside: dict[int, tuple[Call, bool] | None] = {}
        self._keep = survivors
        self._reads = reads
        self._by_descriptor = BY_DESCRIPTOR | READS if reads else BY_DESCRIPTOR
        self.calls: list[Call] = []
        self.struck: Call | None = None
        self.survivors = Survivors()
        if survivors:
            self.survivors.begin(folder)

    def until_the_end(self) -> int:
        os.waitpid(self._child, 0)
        self._ptrace(_SETOPTIONS, self._child, 0, _SYSGOOD | _TRACECLONE | _EXITKILL)
        self._go_on(self._child, 0)
        while True:
            thread, status = os.waitpid(-1, _WALL)
            if os.WIFEXITED(status) or os.WIFSIGNALED(status):
                if thread == self._child:
                    return status
                continue
            stopped = os.WSTOPSIG(status)
            deliver = 0
            if stopped == signal.SIGTRAP | 0x80:
                if self._at_syscall(thread):
                    os.kill(self._child, signal.SIGKILL)
                    continue
            elif stopped not in (signal.SIGTRAP, signal.SIGSTOP):
                deliver = stopped
            self._go_on(thread, deliver)

    def _go_on(self, thread: int, deliver: int) -> None:
        self._libc.ptrace(_SYSCALL, thread, None, ctypes.c_void_p(deliver))  # a killed thread may be gone already

    def _ptrace(self, request: int, thread: int, address: int, data: int) -> None:
        if self._libc.ptrace(request, thread, ctypes.c_void_p(address), ctypes.c_void_p(data)) == -1:
            raise OSError(ctypes.get_errno(), f"ptrace {request:#x}")

    def _at_syscall(self, thread: int) -> bool:
        """Look at one entry or exit; return whether the child is to die now."""
        info = _Info()
        if self._libc.ptrace(_SYSCALL_INFO, thread, ctypes.c_void_p(ctypes.sizeof(info)), ctypes.byref(info)) == -1:
            return False
        if info.op == _ENTRY:
            return self._at_entry(thread, info)
        if info.op == _EXIT:
            return self._at_exit(thread, info)
        return False

    def _at_entry(self, thread: int, info: _Info) -> bool:
        self._inside[thread] = None
        found = self._disk_call(thread, info)
        if found is None:
            return False
        call = Call(len(self.calls) + 1, *found)
        self.calls.append(call)
        planned = call.number == self._plan.at
        self._inside[thread] = (call, planned)
        if not planned:
            return False
        self.struck = call
        if self._plan.action == "kill" or (self._plan.action == "tear" and call.name not in _WRITES):
            return True
        if self._plan.action == "tear":
            self._ptrace(_POKEUSER, thread, _RDX, info.args[2] // 2)
        else:
            self._ptrace(_POKEUSER, thread, _ORIG_RAX, _NO_SYSCALL)
        return False

    def _at_exit(self, thread: int, info: _Info) -> bool:
        entered = self._inside.pop(thread, None)
        if entered is None:
            return False
        call, planned = entered
        if planned and self._plan.action == "fail":
            self._ptrace(_POKEUSER, thread, _RAX, -self._plan.error)
            return False
        if planned and self._plan.action == "tear":
            return True
        if self._keep and call.name in _SYNCS and info.nr == 0:
            self.survivors.synced(call.path)
        if self._keep and call.name == "syncfs" and info.nr == 0:
            self.survivors.begin(Path(self._folder))
        return False

    def _disk_call(self, thread: int, info: _Info) -> tuple[str, str] | None:
        number = info.nr
        if number in self._by_descriptor:
            try:
                path = str(Path(f"/proc/{thread}/fd/{ctypes.c_int(info.args[0]).value}").readlink())
            except OSError:
                return None
            name = self._by_descriptor[number]
        elif number in BY_PATH:
            name = BY_PATH[number]
            if name == "openat" and not self._reads and not info.args[2] & _OPENS_TO_WRITE:
                return None
            path = self._text(info.args[_PATH_ARGUMENT.get(name, 1)])
        else:
            return None
        return (name, path.removesuffix(" (deleted)")) if path.startswith(self._folder) else None

    def _text(self, address: int) -> str:
        with Path(f"/proc/{self._child}/mem").open("rb", buffering=0) as memory:
            memory.seek(address)
            try:
                return memory.read(512).split(b"\0")[0].decode("utf-8", "replace")
            except OSError:
                return ""


def _libc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
    libc.ptrace.restype = ctypes.c_long
    return libc
