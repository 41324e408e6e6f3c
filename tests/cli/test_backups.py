"""Backups, restoring and verifying as a person does them on the command line."""

import json
from pathlib import Path

import pytest

from foiadesk.desk import Desk

from .conftest import PASSPHRASE, Line


@pytest.fixture
def filed(line: Line, tmp_path: Path) -> Line:
    """A desk with two files in the In-tray."""
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(name * 500)
        line.run("file", "-", str(tmp_path / name))
    return line


def test_from_no_backup_to_a_desk_on_a_new_computer(filed: Line, tmp_path: Path) -> None:
    refused = filed.run("backup", status=1)
    assert "foiadesk backup add FOLDER" in refused.stderr
    assert "no backup yet" in filed.run("verify").stderr
    stick = tmp_path / "stick"
    assert filed.run("backup", "add", str(stick), "--every", "daily").stdout == f"1  {stick}\n"
    assert filed.json("backup", "places")[0]["last_good"] is None
    said = filed.run("backup").stdout
    assert said.startswith(f"Backup 1 in {stick}: 2 files, 2 of them new, ") and "all proven" in said
    (made,) = filed.json("backup", str(stick))
    assert (made["number"], made["copied"], made["folder"]) == (2, 0, str(stick))
    assert [one["number"] for one in filed.json("backup", "list", "1")] == [1, 2]
    (place,) = filed.json("backup", "places")
    assert place["every"] == "daily" and place["number"] == 2 and place["next_due"] > place["last_good"]
    assert "backup-000002.db" in filed.run("backup", "list", str(stick)).stdout

    new = Line(tmp_path / "New")
    assert "2 files, everything verifies" in new.run("restore", str(stick), str(new.folder)).stdout
    assert [one["name"] for one in new.json("documents")] == ["two.txt", "one.txt"]
    assert "decrypted and right" in new.run("verify").stdout
    assert "already holds a desk" in new.run("restore", str(stick), str(new.folder), status=1).stderr
    assert "no backup 9" in filed.run("backup", "remove", "1", "9", status=1).stderr
    assert filed.run("backup", "remove", "1", "1", "backup-000001.db").stdout == "Removed 1 backup.\n"
    assert [one["number"] for one in filed.json("backup", "list", "1")] == [2]
    filed.run("backup", "forget", "1")
    assert filed.json("backup", "places") == []


def test_a_backup_beside_the_window(filed: Line, tmp_path: Path) -> None:
    filed.run("backup", "add", str(tmp_path / "stick"))
    with Desk.open(filed.folder, PASSPHRASE):
        assert filed.json("backup")[0]["files"] == 2
        assert "open in FOIADesk" in filed.run("backup", "add", str(tmp_path / "other"), status=1).stderr
    assert filed.json("backup", "places")[0]["last_good"] is None
    filed.run("backup", "list", "1")
    assert filed.json("backup", "places")[0]["number"] == 1


def test_documents_get_and_one_file_out_of_a_backup(filed: Line, tmp_path: Path) -> None:
    number = str(filed.json("documents")[0]["id"])
    copy = tmp_path / "copy"
    assert filed.run("documents", "get", number, "-o", str(copy)).stdout == f"{copy}\n"
    assert copy.read_text() == "two.txt" * 500
    assert "exists already" in filed.run("documents", "get", number, "-o", str(copy), status=1).stderr
    assert filed.json("documents")[0]["name"] == "two.txt"
    filed.run("backup", "add", str(tmp_path / "stick"))
    filed.run("backup")
    listed = filed.json("restore", str(tmp_path / "stick"), "--list")
    assert [one["name"] for one in listed] == ["one.txt", "two.txt"]
    out = tmp_path / "out"
    filed.run("restore", str(tmp_path / "stick"), "--file", "one.txt", "-o", str(out))
    assert out.read_text() == "one.txt" * 500
    filed.run("restore", str(tmp_path / "stick"), "--file", "one.txt", status=2)
    filed.run("restore", str(tmp_path / "stick"), status=2)
    for path in (filed.folder / "attachments").rglob("*"):
        if path.is_file():
            path.unlink()
    assert (
        "Put back: one.txt" in filed.run("restore", str(tmp_path / "stick"), "--file", "one.txt", "--put-back").stdout
    )
    assert len(json.loads(filed.run("verify", "--json", status=1).stdout)["faults"]) == 1


def test_verify_names_faults_and_repairs_them(filed: Line, tmp_path: Path) -> None:
    filed.run("backup", "add", str(tmp_path / "stick"))
    filed.run("backup")
    (tmp_path / "stick").rename(tmp_path / "moved")
    for path in (filed.folder / "attachments").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-1] + b"!")
    assert "The desk is whole" in filed.run("verify", "--quick").stdout
    said = filed.run("verify", status=1).stdout
    assert said.count("is altered") == 2 and "It is one.txt (document 1)." in said
    filed.run("verify", "--repair", status=1)
    repaired = filed.run("verify", "--repair", "--from", str(tmp_path / "moved")).stdout
    assert repaired.count("was put back") == 2 and repaired.count("Kept aside: set-aside/") == 2
    filed.run("verify", "--from", str(tmp_path / "moved"), status=2)
    assert filed.json("verify")["faults"] == []
