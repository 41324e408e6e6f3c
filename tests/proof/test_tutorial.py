"""The tutorial's recipe still goes all the way through, and draws the same twice."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.proof


def drawn(folder: Path) -> dict[str, bytes]:
    command = [sys.executable, "-m", "foiadesk_ui.tutorial", str(folder)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_pictures_are_drawn_from_nothing_and_alike(tmp_path: Path) -> None:
    first = drawn(tmp_path / "first")
    shown = Path(__file__).resolve().parents[2] / "docs" / "tutorial"
    assert set(first) == {path.name for path in shown.iterdir()}
    assert drawn(tmp_path / "second") == first
