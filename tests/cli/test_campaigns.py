"""Campaigns and pictures on the command line."""

from xml.etree import ElementTree


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
