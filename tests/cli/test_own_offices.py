"""A person's own details of offices on the command line."""

from .conftest import Line


def test_an_office_is_corrected_shown_and_forgotten(line: Line) -> None:
    made = line.json(
        "agency", "correct", "ice", "email=own@ice.example", "address=1 Own St|Washington, DC", "contact=Ms. Rivera"
    )
    assert made["fields"] == {"email": "own@ice.example", "address": "1 Own St\nWashington, DC"}
    shown = line.json("agency", "own", "DHS/ICE")
    assert shown["office"]["email"] == "own@ice.example" and shown["own"]["contact"] == "Ms. Rivera"
    assert "Yours, " in line.run("agency", "own", "ICE").stdout and "email" in line.run("agency", "own").stdout
    assert line.json("agency", "correct", "ICE", "address=")["fields"] == {"email": "own@ice.example"}
    line.run("agency", "correct", "X/NEW", "component=New Office", "law=us-foia", "--add")
    assert [one["code"] for one in line.json("agency", "own")] == ["DHS/ICE", "X/NEW"]
    line.run("request", "new", "--title", "One", "--office", "X/NEW")
    line.run("agency", "forget", "DHS/ICE")
    assert [one["code"] for one in line.json("agency", "own")] == ["X/NEW"]
    assert "nothing of your own" in line.run("agency", "forget", "DHS/ICE", status=1).stderr
