"""`foiadesk intake` and `foiadesk file` on whole folders, mailboxes and archives."""

from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Line
from tests.intake.made import message, zipped

MAIL = message(("a.txt", "text/plain", b"one"))


def test_intake_brings_a_folder_into_the_in_tray_and_says_what_came_of_it(line: Line, tmp_path: Path) -> None:
    folder = tmp_path / "From ICE"
    folder.mkdir()
    (folder / "a.eml").write_bytes(MAIL)
    (folder / "b.zip").write_bytes(zipped({"c.eml": MAIL.replace(b"See attached", b"Again"), "d.txt": "text"}))
    (folder / ".DS_Store").write_bytes(b"x")
    said = line.json("intake", str(folder))
    assert said["sentence"] == "Brought 2 messages and 2 files into the In-tray"
    assert (said["messages"], said["files"], said["there"], said["unread"]) == (2, 2, 0, [])
    assert said["passed"] == {"system files": 1} and len(said["versions"]) == 1 and len(said["correspondence"]) == 4
    again = line.run("intake", str(folder))
    assert again.stdout.startswith("Nothing new was brought into the In-tray; 4 were there already.")
    assert len(line.json("in-tray")) == 4


def test_what_could_not_be_read_or_kept_is_named_and_the_rest_is_kept(line: Line, tmp_path: Path) -> None:
    (tmp_path / "cut.zip").write_bytes(zipped({"a.txt": "text"})[:60])
    (tmp_path / "a.eml").write_bytes(MAIL)
    done = line.run("intake", *(str(tmp_path / name) for name in ("cut.zip", "none.eml", "a.eml")), status=1)
    assert "Brought 1 message and 1 file" in done.stdout
    assert "cut.zip: kept, could not be read: This zip archive is damaged" in done.stderr
    assert "none.eml: not kept: There is no file none.eml." in done.stderr


def test_file_takes_folders_and_mailboxes_onto_a_request(campaign: Callable[[], Line], tmp_path: Path) -> None:
    line = campaign()
    box = tmp_path / "Inbox"
    box.write_bytes(b"".join(b"From - Mon Jan 05 10:00:00 2026\n" + MAIL + text + b"\n\n" for text in (b"1", b"2")))
    (tmp_path / "single.txt").write_bytes(b"text")
    filed = line.json("file", "ICE", str(box), str(tmp_path / "single.txt"))
    assert [one["subject"] for one in filed] == ["Records", "Records", ""]
    assert len(line.json("documents", "ICE")) == 5
    done = line.run("file", "ICE", str(box), "--date", "2026-01-05", status=1)
    assert "--date and --channel are for single ones" in done.stderr
