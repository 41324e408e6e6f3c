"""A crash of the whole process: where the program was is written down, and the next start offers it as a report."""

import contextlib
import faulthandler
import os
import re
import sys
from pathlib import Path
from typing import TextIO

from PySide6.QtWidgets import QWidget

from foiadesk import __version__, paths
from foiadesk_ui.i18n import _
from foiadesk_ui.scratch import runs

_PREFIX = "crash-"
_AT_MOST = 200_000  # bytes of a report
_LINES = 120


class CrashLog:
    """Open while the program runs. A signal that ends the process writes names of functions and files, no values."""

    def __init__(self) -> None:
        self._file: TextIO | None = None

    def open(self) -> None:
        """Be ready to write; a folder that cannot be written costs only the report."""
        with contextlib.suppress(OSError):
            folder = paths.log_folder()
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(_path(folder, os.getpid()), os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
            self._file = os.fdopen(handle, "w", encoding="utf-8")
            faulthandler.enable(self._file)

    def close(self) -> None:
        """The program ends in order, or becomes another process: there is nothing to tell."""
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            self._file = None
            _path(paths.log_folder(), os.getpid()).unlink(missing_ok=True)


def left_behind() -> str:
    """Return the report of the last crash, "" when there was none, and forget it: it is offered once."""
    report = ""
    with contextlib.suppress(OSError):
        found = [path for path in paths.log_folder().iterdir() if path.name.startswith(_PREFIX)]
        for path in sorted(found, key=lambda one: one.stat().st_mtime):
            number = path.stem.removeprefix(_PREFIX)
            if not number.isdecimal() or (int(number) != os.getpid() and runs(int(number))):
                continue
            with path.open(encoding="utf-8", errors="replace") as file:
                text = file.read(_AT_MOST)
            path.unlink()
            report = readable(text) or report
    return report


def readable(text: str) -> str:
    """Return a report for a person: what ended the program, and where it was, files by their names alone."""
    lines = [
        re.sub(r'File "([^"]*)"', lambda found: f'File "{Path(found[1]).name}"', line) for line in text.split("\n")
    ]
    kept = [line.rstrip() for line in lines if line.strip() and not line.startswith("Extension modules:")]
    if not kept:
        return ""
    head = f"FOIADesk {__version__}, Python {sys.version.split()[0]}, {sys.platform}"
    return "\n".join((head, *kept[:_LINES]))


def offer(text: str, parent: QWidget) -> None:
    """Show the report of the last crash over the unlock page."""
    from foiadesk_ui.bug_dialog import BugDialog

    words = _(
        "What was saved before is safe: every action is stored whole or not at all, and drafts save themselves as "
        "you type. The report below names places in the program and nothing from your desk. You may save it and give "
        "it to whoever helps you; the program sends it nowhere."
    )
    BugDialog(text, parent, head=_("FOIADesk ended unexpectedly the last time."), words=words).open()


def _path(folder: Path, number: int) -> Path:
    return folder / f"{_PREFIX}{number}.txt"
