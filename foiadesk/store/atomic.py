"""Put a whole file on disk or nothing: temporary file, mode 0600, write, fsync, rename, fsync of the folder."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, TypeVar

T = TypeVar("T")

PART = ".part"
# One moment for every file, so that times on disk tell nobody when something was filed: 2000-01-01 UTC.
STILL_TIME_NS = 946_684_800 * 1_000_000_000


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where folders can be. Raises OSError when the disk refuses."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Make one private folder (mode 0700) durably; its parent must exist. An existing folder is left as it is."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        if not folder.is_dir():
            raise
    else:
        sync_folder(folder.parent)


def write_whole(
    target: Path,
    fill: Callable[[BinaryIO], T],
    *,
    scratch: Path | None = None,
    still: bool = False,
    lasting: bool = True,
    synced: bool = True,
) -> T:
    """Write a file that is complete and durable under its name, or not there; return what ``fill`` returned.

    fill: writes the content to the binary file it is given. scratch: folder of the temporary file, on the same file
    system (default: the target's own); what a crash leaves there ends in ``.part`` and was never acknowledged.
    still: give file and folder one fixed time instead of now. lasting: make the name durable too; whoever writes many
    files says no and calls `sync_folder` once, before anything relies on them. synced: make the content durable; no is
    only for one who does that for many before any is relied on. An existing target is replaced.
    Raises OSError from the disk and whatever ``fill`` raises; both leave the old state.
    """
    temporary = (scratch or target.parent) / f".{os.urandom(8).hex()}{PART}"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0), 0o600)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor, not a path
            result = fill(file)
            file.flush()
            if still and os.utime in os.supports_fd:
                with suppress(OSError):  # a courtesy, never a reason to refuse
                    os.utime(file.fileno(), ns=(STILL_TIME_NS, STILL_TIME_NS))
            if synced:
                os.fsync(file.fileno())
            elif hasattr(os, "posix_fadvise"):  # the system begins to write it out now, not all of them at the end
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    if still:
        with suppress(OSError):  # likewise
            os.utime(target.parent, ns=(STILL_TIME_NS, STILL_TIME_NS))
    if lasting:
        sync_folder(target.parent)
    return result


def sweep_parts(folder: Path) -> int:
    """Remove what interrupted writes left in a folder; return how many. Only for the one writing process."""
    swept = 0
    for leftover in folder.glob(f".*{PART}*"):
        with suppress(OSError):
            leftover.unlink()
            swept += 1
    return swept
