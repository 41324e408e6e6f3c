"""The cell a worker locks itself into before it reads foreign bytes: limits, no network, no files, few system calls.

Each wall stands alone; a system that refuses one still gets the others, and ``Walls`` says which stand. Linux only:
elsewhere the limits that exist are set and the rest is named as missing.
"""

import ctypes
import os
import platform
import signal
import struct
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38
_SECCOMP_MODE_FILTER = 2
_CLONE_NEWIPC, _CLONE_NEWUSER, _CLONE_NEWNET = 0x08000000, 0x10000000, 0x40000000
_CAPABILITY_VERSION = 0x20080522
_LANDLOCK_CREATE, _LANDLOCK_ADD_RULE, _LANDLOCK_RESTRICT = 444, 445, 446
_EXECUTE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 2, 1 << 3
# Highest file-system right known to each Landlock version, as a count of bits.
_LANDLOCK_FILE_BITS = (0, 13, 14, 15, 15, 16)
_NET_BIND_CONNECT, _SCOPE_SOCKETS_SIGNALS = 0b11, 0b11

_EPERM = 1
_FIRST_SPARE_FD = 3
_OPEN_FILES = 64
# Fonts for PDFs that do not bring their own, and what the dynamic loader reads.
_SYSTEM_FOLDERS = (
    "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache", "/usr/share/fonts",
    "/usr/local/share/fonts", "/dev/null", "/dev/urandom",
)  # fmt: skip

# What starts every other program; the kernel asks for it as for the program itself.
_LOADERS = (
    "/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1", "/lib/ld-musl-x86_64.so.1",
    "/lib/ld-musl-aarch64.so.1",
)  # fmt: skip
_STARTING = {"x86_64": (59, 322), "aarch64": (221, 281)}  # execve, execveat

# Calls the reader never needs and hostile code would: sockets, processes, tracing, signals, mounts, keys. By machine:
# (audit architecture, numbers, number of prlimit64).
_MACHINES: dict[str, tuple[int, tuple[int, ...], int]] = {
    "x86_64": (
        0xC000003E,
        (41, 42, 49, 50, 53, 56, 57, 58, 59, 62, 101, 129, 165, 200, 234, 248, 249, 250, 272, 297, 298, 303, 304, 308,
         310, 311, 321, 322, 323, 424, 425, 434, 435, 438, 440, 442, 448),
        302,
    ),
    "aarch64": (
        0xC00000B7,
        (40, 97, 117, 129, 130, 131, 138, 198, 199, 200, 201, 203, 217, 218, 219, 220, 221, 240, 241, 264, 265, 268,
         270, 271, 280, 281, 282, 424, 425, 434, 435, 438, 440, 442, 448),
        261,
    ),
}  # fmt: skip


@dataclass(slots=True)
class Walls:
    """Which walls stand. notes: one plain clause for each that the system refused."""

    network: bool = False
    calls: bool = False
    files: bool = False
    notes: list[str] = field(default_factory=list)


def _libc() -> Any:
    return ctypes.CDLL(None, use_errno=True)


def set_limits(memory: int) -> None:
    """Bound this process: address space in bytes, no files written, few open, no core dump. POSIX only."""
    import resource

    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    bound = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = _OPEN_FILES if hard == resource.RLIM_INFINITY else min(_OPEN_FILES, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))


def grant_cpu(seconds: int) -> None:
    """Let this process use so many more seconds of processor time, then die of SIGXCPU. POSIX only."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    wanted = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def die_with(parent: int) -> None:
    """Be killed when the thread that started this process ends; exit at once when it already has."""
    _libc().prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if parent and os.getppid() != parent:
        os._exit(0)


def _leave_network(walls: Walls) -> None:
    if _libc().unshare(_CLONE_NEWUSER | _CLONE_NEWNET | _CLONE_NEWIPC) == 0:
        walls.network = True
    else:
        walls.notes.append(f"no network namespace: {os.strerror(ctypes.get_errno())}")


def _drop_capabilities() -> None:
    header = struct.pack("Ii", _CAPABILITY_VERSION, 0)
    _libc().capset(header, bytes(24))


def _confine_files(
    readable: Sequence[str], listable: Sequence[str], walls: Walls, runnable: Sequence[str] = ()
) -> None:
    """Let the kernel refuse every file but those beneath ``readable``; ``listable`` folders may only be listed.

    runnable: files that may also be started as programs.
    """
    libc = _libc()
    version = libc.syscall(_LANDLOCK_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint(1))
    if version < 1:
        walls.notes.append(f"no Landlock: {os.strerror(ctypes.get_errno())}")
        return
    bits = _LANDLOCK_FILE_BITS[min(version, len(_LANDLOCK_FILE_BITS) - 1)]
    network = _NET_BIND_CONNECT if version >= 4 else 0
    scoped = _SCOPE_SOCKETS_SIGNALS if version >= 6 else 0
    attributes = struct.pack("QQQ", (1 << bits) - 1, network, scoped)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    ruleset = libc.syscall(_LANDLOCK_CREATE, attributes, ctypes.c_size_t(size), ctypes.c_uint(0))
    if ruleset < 0:
        walls.notes.append(f"no Landlock: {os.strerror(ctypes.get_errno())}")
        return
    try:
        kinds = ((readable, _READ_FILE | _READ_DIR), (listable, _READ_DIR), (runnable, _EXECUTE | _READ_FILE))
        for paths, rights in kinds:
            for path in paths:
                _allow(libc, ruleset, path, rights)
        if libc.syscall(_LANDLOCK_RESTRICT, ctypes.c_int(ruleset), ctypes.c_uint(0)) == 0:
            walls.files = True
        else:
            walls.notes.append(f"no Landlock: {os.strerror(ctypes.get_errno())}")
    finally:
        os.close(ruleset)


def _allow(libc: Any, ruleset: int, path: str, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # what is not there needs no rule
    try:
        if not os.path.isdir(path):  # noqa: PTH112 - pathlib is not loaded yet in a fresh worker
            rights &= ~_READ_DIR
        rule = struct.pack("=Qi", rights, descriptor)
        libc.syscall(_LANDLOCK_ADD_RULE, ctypes.c_int(ruleset), ctypes.c_int(1), rule, ctypes.c_uint(0))
    finally:
        os.close(descriptor)


def _instruction(code: int, true: int, false: int, value: int) -> bytes:
    return struct.pack("HBBI", code, true, false, value)


def call_filter(machine: str, spared: Sequence[int] = ()) -> bytes | None:
    """Return the kernel's filter program that refuses (EPERM) the calls of ``_MACHINES``; None for other machines."""
    if machine not in _MACHINES:
        return None
    architecture, refused, prlimit = _MACHINES[machine]
    refused = tuple(number for number in refused if number not in spared)
    load, equal, at_least, give = 0x20, 0x15, 0x35, 0x06
    allow, refuse, kill = 0x7FFF0000, 0x00050000 | _EPERM, 0x80000000
    program = [
        _instruction(load, 0, 0, 4),  # seccomp_data.arch
        _instruction(equal, 1, 0, architecture),
        _instruction(give, 0, 0, kill),
        _instruction(load, 0, 0, 0),  # seccomp_data.nr
        _instruction(at_least, 0, 1, 0x40000000),  # the x32 twins of all calls
        _instruction(give, 0, 0, refuse),
    ]
    for number in refused:
        program += [_instruction(equal, 0, 1, number), _instruction(give, 0, 0, refuse)]
    program += [
        _instruction(equal, 0, 3, prlimit),  # its own limits only
        _instruction(load, 0, 0, 16),  # the low half of the first argument, a process id
        _instruction(equal, 1, 0, 0),
        _instruction(give, 0, 0, refuse),
        _instruction(give, 0, 0, allow),
    ]
    return b"".join(program)


def _filter_calls(walls: Walls, spared: Sequence[int] = ()) -> None:
    program = call_filter(platform.machine(), spared)
    if program is None or sys.maxsize < 2**32:
        walls.notes.append("no filter of system calls: not written for this machine")
        return
    buffer = ctypes.create_string_buffer(program, len(program))
    # struct sock_fprog: a count of eight-byte instructions, padding, their address.
    described = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", len(program) // 8, ctypes.addressof(buffer)), 16)
    if _libc().prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, described, 0, 0) == 0:
        walls.calls = True
    else:
        walls.notes.append(f"no filter of system calls: {os.strerror(ctypes.get_errno())}")


def enter(memory: int, parent: int, readable: Sequence[str], listable: Sequence[str]) -> Walls:
    """Lock this process in for good. Call once, with one thread, before the first foreign byte.

    memory: bytes of address space. parent: the process id to die with, 0 for none. readable: files and folders that
    may still be read; listable: folders that may only be listed.
    """
    walls = Walls()
    if sys.platform == "win32":
        walls.notes.append("limits are kept by the window alone on this system")
        return walls
    set_limits(memory)
    if sys.platform != "linux":
        walls.notes.append("only limits of memory and time exist on this system")
        return walls
    libc = _libc()
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _leave_network(walls)
    die_with(parent)  # after the namespace: a change of credentials would clear it
    _confine_files([*readable, *_SYSTEM_FOLDERS], listable, walls)
    _drop_capabilities()
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    _filter_calls(walls)
    return walls


def become(program: str, arguments: Sequence[str], memory: int, parent: int, readable: Sequence[str]) -> None:
    """Lock this process in as ``enter`` does and turn it into another program, the only one it may start.

    Processor time is granted before, by ``grant_cpu``. Raises OSError when the program cannot be started.
    """
    environment = {"OMP_THREAD_LIMIT": "1", "LC_ALL": "C"}  # a second thread is a new process to the filter
    if sys.platform != "win32":
        set_limits(memory)
    if sys.platform == "linux":
        walls = Walls()
        _libc().prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        _leave_network(walls)
        die_with(parent)
        _confine_files([*readable, *_SYSTEM_FOLDERS], (), walls, (program, *_LOADERS))
        _drop_capabilities()
        _filter_calls(walls, _STARTING.get(platform.machine(), ()))
    os.execve(program, [program, *arguments], environment)  # noqa: S606 - no shell is wanted
