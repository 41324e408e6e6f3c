"""Views, merging, privileged files and days of delivery on the command line."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from .conftest import Line

Campaign = Callable[[], Line]


def test_a_view_is_kept_shown_renamed_and_removed(campaign: Campaign) -> None:
    line = campaign()
    line.run("request", "list", "--office", "DHS/ICE", "--order", "title", "--save-view", "Of ICE")
    (view,) = line.json("request", "views")
    assert (view["name"], view["filter"]["office"], view["filter"]["order"]) == ("Of ICE", "DHS/ICE", "title")
    assert [row["office"] for row in line.json("request", "list", "--view", "of ice")] == ["DHS/ICE"]
    assert line.json("request", "list", "--view", "of ice", "--stage", "sent") == []
    line.run("request", "views", "--rename", "Of ICE", "ICE")
    assert "ICE" in line.run("request", "views").stdout
    line.run("request", "views", "--remove", "ICE")
    assert line.json("request", "views") == []
    assert "no view called" in line.run("request", "list", "--view", "ICE", status=1).stderr


def test_two_requests_are_merged_after_a_look(campaign: Campaign) -> None:
    line = campaign()
    line.run("event", "add", "1", "acknowledged", "--date", "2026-01-05", "tracking_number=2026-ICFO-1")
    look = line.json("request", "merge", "1", "2", "--dry-run")
    assert (look["events"], look["merged"]) == (1, False) and len(line.json("request", "list")) == 3
    assert line.json("request", "merge", "1", "2")["merged"]
    rows = {row["id"]: row for row in line.json("request", "list")}
    assert sorted(rows) == [2, 3] and rows[2]["tracking"] == ["2026-ICFO-1"]
    assert "itself" in line.run("request", "merge", "2", "2", status=1).stderr


def test_a_privileged_file_is_named_and_does_not_leave(campaign: Campaign, tmp_path: Path) -> None:
    line = campaign()
    (tmp_path / "memo.txt").write_text("to counsel")
    line.run("file", "1", str(tmp_path / "memo.txt"))
    line.run("documents", "privileged", "1")
    assert line.json("documents")[0]["privileged"] and "privileged" in line.run("documents").stdout
    said = line.run("documents", "get", "1", "-o", str(tmp_path / "out.txt"), status=1)
    assert "never leaves the desk" in said.stderr and not (tmp_path / "out.txt").exists()
    line.run("backup", "add", str(tmp_path / "Backups"))
    line.run("backup")
    assert line.json("restore", str(tmp_path / "Backups"), "--list")[0]["privileged"]
    copied = line.run("restore", str(tmp_path / "Backups"), "--file", "1", "-o", str(tmp_path / "back.txt"))
    assert "marked as privileged" in copied.stderr and (tmp_path / "back.txt").read_text() == "to counsel"
    assert line.json("documents", "privileged", "1", "--off")[0]["privileged"] is False
    line.run("documents", "get", "1", "-o", str(tmp_path / "out.txt"))


def test_a_sent_letter_gets_its_postmark_and_the_day_it_was_handed_over(campaign: Campaign) -> None:
    line = campaign()
    today = datetime.now().astimezone().date()
    sent, stamped = today - timedelta(days=6), today - timedelta(days=5)
    assert "Mark it as sent first" in line.run("letter", "delivered", "1", "--postmark", str(stamped), status=1).stderr
    line.run("sent", "1", "--channel", "mail", "--on", str(sent), "--with-blanks")
    noted = line.json("letter", "delivered", "1", "--postmark", str(stamped), "--by-hand", str(today))
    assert (noted["postmark"], noted["by_hand"]) == (str(stamped), str(today))
    shown = line.json("request", "show", "1")
    days = {event["kind"]: event["date"] for event in shown["events"]}
    assert (days["request_sent"], days["request_received"]) == (str(stamped), str(today))
