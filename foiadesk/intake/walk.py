"""A folder looked through to its leaves: which files are somebody's, which the system's, which are none at all.

Only names and kinds are looked at. Links are never followed, so that nothing outside the folder is ever reached.
"""

import os
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_SYSTEM = frozenset((".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", ".directory", "icon\r", ".localized"))
_SYSTEM_FOLDERS = frozenset(
    ("__macosx", ".spotlight-v100", ".trashes", ".fseventsd", ".temporaryitems", "$recycle.bin",
     "system volume information", ".thumbnails")
)  # fmt: skip
_OF_THUNDERBIRD = frozenset(("msgfilterrules.dat", "filterlog.html", "popstate.dat", "virtualfolders.dat"))
SYSTEM, INDEX, UNDELIVERED, PROFILE = "system files", "mail indexes", "unfinished deliveries", "profile settings"
_MAX_DEPTH = 200


@dataclass(slots=True)
class Seen:
    """What a walk left out. odd: what is no file, or could not be looked at, each with why; passed: counts by kind."""

    odd: list[tuple[str, str]] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)


def passed_over(name: str) -> str:
    """Return of which kind a file is that nobody means to bring in, "" for every other."""
    lower = name.lower()
    if lower in _SYSTEM or name.startswith("._"):
        return SYSTEM
    if lower.endswith(".msf") or lower in _OF_THUNDERBIRD:
        return INDEX
    return ""


def of_system(folder: str) -> bool:
    """Say whether a folder of this name is the system's own."""
    return folder.lower() in _SYSTEM_FOLDERS


def files_in(folder: Path, seen: Seen) -> Iterator[Path]:
    """Yield the files in a folder and below, by name, and note in ``seen`` everything that is left out."""
    yield from _files(folder, seen, 0)


def _files(folder: Path, seen: Seen, depth: int) -> Iterator[Path]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        seen.odd.append((folder.name, error.strerror or "the folder cannot be opened"))
        return
    names = {entry.name for entry in entries}
    profile = "prefs.js" in names and bool(names & {"Mail", "ImapMail"})
    maildir = {"cur", "new", "tmp"} <= names
    for entry in entries:
        why = _kind(entry)
        if why:
            seen.odd.append((entry.name, why))
        elif entry.is_dir(follow_symlinks=False):
            if maildir and entry.name == "tmp":
                seen.passed[UNDELIVERED] += sum(1 for _each in _files(Path(entry.path), Seen(), depth + 1))
            elif of_system(entry.name):
                seen.passed[SYSTEM] += 1
            elif profile and entry.name not in ("Mail", "ImapMail"):
                seen.passed[PROFILE] += 1
            elif depth >= _MAX_DEPTH:
                seen.odd.append((entry.name, "it lies in too many folders"))
            else:
                yield from _files(Path(entry.path), seen, depth + 1)
        elif kind := passed_over(entry.name) or (PROFILE if profile else ""):
            seen.passed[kind] += 1
        else:
            yield Path(entry.path)


def _kind(entry: os.DirEntry[str]) -> str:
    """Return why an entry is neither a file nor a folder of this one, "" when it is."""
    try:
        mode = entry.stat(follow_symlinks=False).st_mode
    except OSError as error:
        return error.strerror or "it cannot be looked at"
    if stat.S_ISLNK(mode):
        return "it is a link, and links are not followed"
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        return "it is no ordinary file"
    return ""
