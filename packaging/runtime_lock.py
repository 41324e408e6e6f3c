"""Prints the part of the lock that the program itself needs: what tests and tools need is left out."""

import re
import sys
from importlib import metadata
from pathlib import Path

LOCK = Path(__file__).resolve().parent.parent / "requirements" / "lock.txt"


def canonical(name: str) -> str:
    """Return a package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(root: str = "foiadesk") -> set[str]:
    """Return every package the installed ``root`` needs to run, by canonical name."""
    from packaging.requirements import Requirement

    found: set[str] = set()
    waiting = [(root, frozenset[str]())]
    while waiting:
        name, extras = waiting.pop()
        for text in metadata.requires(name) or ():
            wanted = Requirement(text)
            asked = any(wanted.marker is None or wanted.marker.evaluate({"extra": extra}) for extra in (extras or {""}))
            key = canonical(wanted.name)
            if asked and key not in found:
                found.add(key)
                waiting.append((wanted.name, frozenset(wanted.extras)))
    return found


def runtime_lines(lock: str, names: set[str]) -> str:
    """Return the lock's entries, with their hashes, of these packages."""
    entries = re.split(r"(?m)^(?=[A-Za-z0-9])", lock)
    return "".join(entry for entry in entries if canonical(re.split(r"[=\[ ]", entry, maxsplit=1)[0]) in names)


if __name__ == "__main__":
    sys.stdout.write(runtime_lines(LOCK.read_text(encoding="utf-8"), needed()))
