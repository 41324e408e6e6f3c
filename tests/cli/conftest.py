"""The command line driven as a person would, each command a run of its own on one desk."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from foiadesk.cli import cli

PASSPHRASE = "seven plain words for one test desk"


class Line:
    """Runs commands on one desk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *words: str, status: int = 0, passphrase: str = PASSPHRASE, stdin: str = "") -> Result:
        """Run one command and check its exit status."""
        done = CliRunner().invoke(
            cli, ["--desk", str(self.folder), *words], env={"FOIADESK_PASSPHRASE": passphrase}, input=stdin
        )
        assert done.exit_code == status, (done.stdout, done.stderr, done.exception)
        return done

    def json(self, *words: str) -> Any:
        """Run one command with --json and read what it printed."""
        return json.loads(self.run(*words, "--json").stdout)


@pytest.fixture
def line(tmp_path: Path) -> Line:
    """A command line on a new desk."""
    found = Line(tmp_path / "Desk")
    found.run("init")
    return found


@pytest.fixture
def campaign(line: Line) -> Callable[[], Line]:
    """A desk on which two organizations ask three offices."""

    def make() -> Line:
        line.run("requester", "add", "Lantern Street", "--address", "1 Example St", "--signer", "Marisol Q, Director")
        line.run("requester", "add", "Harbor Light", "--signer", "Nguyễn Thị Hạnh, Attorney", "--email", "a@b.example")
        line.run(
            "request", "new", "--title", "Face recognition", "--campaign", "Faces", "--office", "DHS/ICE",
            "--office", "DHS/CBP", "--office", "DHS/PRIV", "--requester", "lantern", "--requester", "2",
            "--item", "All contracts.", "--item", "All policies.", "--expedite", "urgency",
            "--statement", "Hearings are announced.", "--certify",
        )  # fmt: skip
        return line

    return make
