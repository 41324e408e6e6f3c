"""Trash and purge on the command line."""

from collections.abc import Callable
from pathlib import Path

from .conftest import Line


def test_things_go_to_the_trash_come_back_and_are_purged(campaign: Callable[[], Line], tmp_path: Path) -> None:
    line = campaign()
    letter = tmp_path / "letter.txt"
    letter.write_text("an answer")
    line.run("file", "1", str(letter))
    assert line.run("trash").stdout == "The trash is empty.\n"
    assert "Moved “letter.txt” to the trash" in line.run("trash", "put", "attachment", "1").stdout
    (one,) = line.json("trash", "list")
    assert (one["kind"], one["id"], one["name"]) == ("correspondence", 1, "letter.txt")
    assert one["where"].startswith("Face recognition")
    assert line.json("trash") == [one] and line.json("documents") == []
    line.run("trash", "restore", "correspondence", "1")
    assert [file["name"] for file in line.json("documents")] == ["letter.txt"]
    line.run("trash", "put", "request", "1", "2")
    assert {row["id"] for row in line.json("request", "list")} == {3}
    done = line.json("purge", "request", "1", "--yes")
    assert done["things"] == 1 and done["files"] == 1 and done["later"] == "" and done["held_by"] == []
    assert [one["id"] for one in line.json("trash")] == [2]
    assert "Purged" in line.run("purge", "all", "--yes").stdout
    assert line.json("purge", "all", "--yes")["things"] == 0
    assert list((line.folder / "attachments").rglob("*/*")) == []


def test_nothing_is_purged_unasked(campaign: Callable[[], Line]) -> None:
    line = campaign()
    line.run("trash", "put", "request", "1")
    refused = line.run("purge", "request", "1", status=1)
    assert "--yes" in refused.stderr
    assert "in the trash" in line.run("purge", "request", "2", "--yes", status=1).stderr
    line.run("purge", "request", status=2)
    line.run("purge", "all", "1", status=2)
    assert line.run("trash", "restore", "letter", "5", status=1).stderr.startswith("foiadesk: There is no letter 5")
    assert len(line.json("trash")) == 1
