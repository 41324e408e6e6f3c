"""The passphrase and the key of the attachments on the command line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from foiadesk.cli import passphrases

from .conftest import PASSPHRASE, Line

NEW = "it's seven other plain words"


def test_another_passphrase(campaign: Callable[[], Line], tmp_path: Path) -> None:
    line = campaign()
    file = tmp_path / "new.txt"
    file.write_text(f"{NEW}\n")
    done = line.json("passphrase", "--new-passphrase-file", str(file))
    assert done["old_backups"] == ["before-new-passphrase.db"] and done["alert"] == ""
    assert "does not open" in line.run("request", "list", status=1).stderr
    assert "Face recognition" in line.run("request", "list", passphrase=NEW).stdout
    assert "The new passphrase is the old one" in line.run(
        "passphrase", "--new-passphrase-file", str(file), status=1, passphrase=NEW
    ).stderr  # fmt: skip
    file.write_text(f"{PASSPHRASE}\n")
    said = line.run("passphrase", "--new-passphrase-file", str(file), "--remove-old-backups", passphrase=NEW)
    assert "recovery sheet" in said.stdout and "still opens" not in said.stdout
    assert line.run("verify").exit_code == 0


def test_it_asks_only_on_a_terminal(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no terminal" in line.run("passphrase", status=1).stderr
    line.run("passphrase", "--generate", "--new-passphrase-file", "x", status=2)
    monkeypatch.setattr(passphrases, "_chosen", lambda generate: NEW if generate else "")
    line.run("passphrase", "--generate")
    line.run("documents", passphrase=NEW)


def test_the_attachments_get_another_key(campaign: Callable[[], Line], tmp_path: Path) -> None:
    line = campaign()
    (tmp_path / "a.bin").write_bytes(b"some bytes")
    line.run("file", "1", str(tmp_path / "a.bin"))
    done = line.json("renew-attachments")
    assert done["files"] == 1 and done["complete"] and done["failed"] == []
    line.run("documents", "get", "1", "-o", str(tmp_path / "back.bin"))
    assert (tmp_path / "back.bin").read_bytes() == b"some bytes"
    (stored,) = (line.folder / "attachments").rglob("*/*")
    stored.write_bytes(stored.read_bytes()[:-1])
    assert "kept" in line.run("renew-attachments", status=1).stdout
