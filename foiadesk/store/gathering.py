"""Many contents into the vault at once, made durable together: two calls to the kernel for a batch, not two for each.

`syncfs` waits until everything written to a file system is on the disk, names included, and says when anything was not:
what `fsync` of every file and folder promises, at a tenth of the cost. Where it does not promise that much, each
content is made durable by itself.
"""

import ctypes
import os
import platform
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Self

from foiadesk.store.atomic import PART, STILL_TIME_NS
from foiadesk.store.folder import file_system
from foiadesk.store.trouble import translated

if TYPE_CHECKING:
    from foiadesk.store.vault import StoredFile, Vault

# Kernels before 5.8 kept the errors of syncfs to themselves; other file systems may not have it at all.
_SINCE = (5, 8)
_TRUSTED = frozenset(("ext4", "ext3", "ext2", "xfs", "btrfs", "f2fs", "tmpfs"))


def together(folder: Path) -> bool:
    """Say whether what lies in a folder can be made durable by one call."""
    if sys.platform != "linux" or file_system(folder) not in _TRUSTED:
        return False
    numbers = platform.release().split("-")[0].split(".")[:2]
    return all(one.isdigit() for one in numbers) and tuple(map(int, numbers)) >= _SINCE


def sync_all(descriptor: int) -> None:
    """Make everything on the file system of an open folder durable. Raises OSError when the disk refuses."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syncfs(descriptor) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


class Promise:
    """Makes all that is written below a folder within the block durable by one call; or says that it cannot."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._descriptor = -1

    def __enter__(self) -> Self:
        if together(self._folder):  # opened before anything is written: it remembers errors from here on
            self._descriptor = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        return self

    def __exit__(self, *_exc: object) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)

    @property
    def given(self) -> bool:
        """Whether `keep` does it; else each file and folder is to be made durable by itself."""
        return self._descriptor >= 0

    def keep(self) -> None:
        """Wait until everything is on the disk, names included. Raises OSError when the disk refuses."""
        sync_all(self._descriptor)


class Gathering:
    """Contents on their way into one vault. ``put`` from any thread; durable, and fit for rows, after ``settle``.

    Use it as a context: what was put and never settled is gone at its end, as if it had never been.
    """

    def __init__(self, vault: "Vault") -> None:
        self._vault = vault
        self._guard = threading.Lock()
        self._settling = threading.Lock()
        self._written: list[tuple[str, str]] = []  # text: thousands of paths as objects cost more than their renaming
        self._promise = Promise(vault.folder)

    def __enter__(self) -> "Gathering":
        self._vault.make_ready()
        with translated():
            self._promise.__enter__()
        return self

    def __exit__(self, *_exc: object) -> None:
        for temporary, _target in self._written:
            with suppress(OSError):
                os.unlink(temporary)  # noqa: PTH108
        self._promise.__exit__()

    def put(self, data: bytes | BinaryIO, sha256: str = "") -> "StoredFile":
        """Encrypt a content and write it, not durable yet. sha256, and what it raises, as of ``Vault.put``."""
        if not self._promise.given:
            return self._vault.put(data, sha256)
        temporary = f"{self._vault.folder}/.{os.urandom(8).hex()}{PART}"
        key = os.urandom(16).hex()
        with translated():
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            try:
                with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor, not a path
                    stored = self._vault.encrypt(data, file, key, sha256)
                    file.flush()
                    with suppress(OSError):
                        os.utime(file.fileno(), ns=(STILL_TIME_NS, STILL_TIME_NS))
            except BaseException:
                with suppress(OSError):
                    os.unlink(temporary)  # noqa: PTH108
                raise
        with self._guard:
            self._written.append((temporary, str(self._vault.place(key))))
        return stored

    def settle(self) -> None:
        """Make everything put so far durable under its name. Raises StorageFull; then none of it is stored."""
        with self._settling:
            with self._guard:
                written, self._written = self._written, []
            if not written:
                return
            with translated():
                try:
                    self._promise.keep()  # contents first: a name never leads to a file that is not whole
                    folders = [Path(folder) for folder in {os.path.dirname(target) for _temporary, target in written}]  # noqa: PTH120
                    for folder in folders:
                        folder.mkdir(mode=0o700, exist_ok=True)
                    for temporary, target in written:
                        os.replace(temporary, target)  # noqa: PTH105
                    for folder in folders:
                        with suppress(OSError):
                            os.utime(folder, ns=(STILL_TIME_NS, STILL_TIME_NS))
                    self._promise.keep()
                except BaseException:
                    for either in (path for pair in written for path in pair):
                        with suppress(OSError):
                            os.unlink(either)  # noqa: PTH108
                    raise
