"""Every place outside a desk folder that FOIADesk touches, in one module."""

import os
import stat
import sys
from pathlib import Path

import appdirs

APP = "foiadesk"


def config_folder() -> Path:
    """Return the folder of what is known before unlocking: language, scheme, text size, opt-in recent desks."""
    return Path(appdirs.user_config_dir(APP, appauthor=False))


def log_folder() -> Path:
    """Return the folder of the log, which carries ids and never content."""
    return Path(appdirs.user_log_dir(APP, appauthor=False))


def default_desk() -> Path:
    """Return where a first desk is suggested to live."""
    return Path(appdirs.user_data_dir(APP, appauthor=False)) / "Desk"


def runtime_folder() -> Path:
    """Return this user's private runtime folder (mode 0700, in memory where the system offers that).

    Raises PermissionError when the folder exists and belongs to somebody else or is open to others.
    """
    base = os.environ.get("XDG_RUNTIME_DIR")
    if base and Path(base).is_dir():
        folder = Path(base) / APP
    elif sys.platform == "win32":
        folder = Path(appdirs.user_cache_dir(APP, appauthor=False)) / "runtime"
    else:
        import tempfile

        shared_memory = Path("/dev/shm")  # noqa: S108 - memory, never disk; the folder below is 0700 and checked
        parent = shared_memory if os.access(shared_memory, os.W_OK) else Path(tempfile.gettempdir())
        folder = parent / f"{APP}-{os.getuid()}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if sys.platform != "win32":
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) & 0o077:
            raise PermissionError(f"{folder} is not a private folder of this user.")
    return folder
