"""The desk's settings on the command line."""

from .conftest import Line


def test_settings_are_shown_and_changed(line: Line) -> None:
    assert line.json("settings")["notify"] is False
    changed = line.json("settings", "notify=yes", "scheme=contrast", "idle_minutes=5", "channel=mail")
    assert changed == line.json("settings")
    assert (changed["notify"], changed["scheme"], changed["idle_minutes"]) == (True, "contrast", 5)
    assert "contrast" in line.run("settings").stdout
    for wrong, said in (("scheme=pink", "scheme"), ("notify=maybe", "yes nor no"), ("color=red", "no setting"),
                        ("idle_minutes=soon", "whole number"), ("channel=pigeon", "none of")):  # fmt: skip
        assert said in line.run("settings", wrong, status=1).stderr
    assert line.json("settings") == changed
