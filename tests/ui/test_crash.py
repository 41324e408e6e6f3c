"""A crash leaves a report without anybody's words, offered once at the next start; an orderly end leaves nothing."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from foiadesk import paths
from foiadesk_ui import crash
from foiadesk_ui.bug_dialog import BugDialog

CODE = """
import os, signal, sys
from foiadesk_ui.crash import CrashLog
log = CrashLog()
log.open()
def about_a_secret(words):
    if sys.argv[1] == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
about_a_secret("Face recognition contracts")
log.close()
"""


def _run(how: str, folder: Path) -> int:
    script = folder / "private name" / "script.py"
    script.parent.mkdir(exist_ok=True)
    script.write_text(CODE)
    return subprocess.run(
        [sys.executable, str(script), how],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stderr=subprocess.DEVNULL,
        check=False,
    ).returncode


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another thing there")
def test_a_crash_is_offered_once_with_names_of_places_only(tmp_path: Path, qtbot: QtBot) -> None:
    assert crash.left_behind() == ""
    assert _run("crash", tmp_path) == -signal.SIGSEGV
    report = crash.left_behind()
    assert "Segmentation fault" in report and 'File "script.py", line 8 in about_a_secret' in report
    assert "private name" not in report and "Face" not in report
    assert crash.left_behind() == "" and list(paths.log_folder().glob("crash-*")) == []
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    crash.offer(report, parent)
    (dialog,) = parent.findChildren(BugDialog)
    dialog.save(tmp_path / "report.txt")
    assert (tmp_path / "report.txt").read_text() == report + "\n" and "Saved" in dialog.said.text()
    dialog.save(tmp_path / "missing" / "report.txt")
    assert "could not be saved" in dialog.said.text()
    dialog.close()


def test_an_orderly_end_leaves_nothing(tmp_path: Path) -> None:
    assert _run("end", tmp_path) == 0
    assert list(paths.log_folder().glob("crash-*")) == [] and crash.left_behind() == ""


def test_a_program_that_runs_is_left_alone() -> None:
    folder = paths.log_folder()
    folder.mkdir(parents=True, exist_ok=True)
    other = folder / f"crash-{os.getppid()}.txt"
    other.write_text("Fatal Python error: Aborted\n")
    assert crash.left_behind() == "" and other.exists()
    other.unlink()
