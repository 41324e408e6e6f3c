"""Campaigns and pictures on the command line."""

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

from .conftest import Line


def test_a_campaign_is_listed_shown_and_drawn(campaign, tmp_path):
    line = campaign()
    line.run("event", "add", "ICE", "request_received", "office=proper", "--date", "2026-01-05")
    (listed,) = line.json("campaign", "list")
    assert (listed["title"], listed["requests"]) == ("Faces", 3)
    shown = line.json("campaign", "show", "face", "--today", "2026-03-05")
    assert {one["office_short"]: one["days_late"] for one in shown["offices"]} == {"ICE": 30, "CBP": 0, "PRIV": 0}
    assert shown["items"] == ["All contracts.", "All policies."]
    assert "30 days late" in line.run("campaign", "show", "1", "--today", "2026-03-05").stdout
    for command in (("life", "ICE"), ("campaign", "faces"), ("times",)):
        target = tmp_path / f"{command[0]}.svg"
        assert line.run("picture", *command, "-o", str(target)).stdout.strip() == str(target)
        assert ElementTree.parse(target).getroot().tag.endswith("svg")
    refused = line.run("campaign", "show", "nothing like it", status=1)
    assert "1 (Faces)" in refused.stderr


def test_one_letter_goes_to_every_office_of_a_campaign(campaign: Callable[[], Line], tmp_path: Path) -> None:
    line = campaign()
    folder = tmp_path / "Letters"
    words = (
        "campaign",
        "letters",
        "Faces",
        "overdue_notice",
        "--set",
        "history=To all.",
        "--set-for",
        "CBP:history=To one.",
    )
    line.run(*words, status=2)
    told = line.json(*words, "-o", str(folder))
    assert {row["office"] for row in told["letters"]} == {"ICE", "CBP", "PRIV"} and told["drafts"] == 0
    assert {Path(row["file"]).name for row in told["letters"]} == {path.name for path in folder.iterdir()}
    assert all("Tracking number" in row["blanks"] for row in told["letters"])
    done = line.run(*words, "--draft")
    assert "Kept “Overdue notice” as a draft for 3 offices" in done.stdout
    out = tmp_path / "a.txt"
    for office, said in (("CBP", "To one."), ("ICE", "To all.")):
        line.run("letter", "render", "overdue_notice", office, "--text", "-o", str(out))
        assert said in out.read_text()
    for wrong in (("--set-for", "FBI:history=x"), ("--set-for", "history=x"), ("--set", "colour=red"), ("--set", "x")):
        line.run("campaign", "letters", "Faces", "overdue_notice", "-o", str(folder), *wrong, status=1)
    strange = line.run(*words, "--set-for", "ICE:history=\U0010fffd", "-o", str(folder), status=1)
    assert "foiadesk: ICE: " in strange.stderr and "CBP" in strange.stdout
