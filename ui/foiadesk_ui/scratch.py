"""Copies given to other programs: in memory, for this user alone, gone at lock, close and the next start."""

import os
import shutil
import stat
import sys
from pathlib import Path

from foiadesk import paths

_PREFIX = "out-"


def place(name: str) -> Path:
    """Return a new path for a copy of this name, in a folder of its own (mode 0700). Raises OSError."""
    import tempfile

    ours = _ours()
    ours.mkdir(mode=0o700, exist_ok=True)
    return Path(tempfile.mkdtemp(dir=ours)) / name


def shut(path: Path) -> None:
    """Make a copy read-only: what another program would save there would be lost."""
    path.chmod(stat.S_IRUSR)


def clear() -> None:
    """Remove what this process gave away, and what was left by processes that are no more."""
    try:
        found = [one for one in paths.runtime_folder().iterdir() if one.name.startswith(_PREFIX)]
    except OSError:
        return
    for folder in found:
        number = folder.name.removeprefix(_PREFIX)
        if not number.isdecimal() or int(number) == os.getpid() or not runs(int(number)):
            shutil.rmtree(folder, ignore_errors=True)


def _ours() -> Path:
    return paths.runtime_folder() / f"{_PREFIX}{os.getpid()}"


def runs(number: int) -> bool:
    """Tell whether a process of this number is there."""
    if sys.platform == "win32":
        return True  # asking would end it there; what is left goes when its own number comes round
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
