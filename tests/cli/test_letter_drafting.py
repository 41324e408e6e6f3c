"""The commands that help while a letter is written."""

from collections.abc import Callable

from .conftest import Line

Campaign = Callable[[], Line]


def test_versions_of_a_draft(campaign: Campaign) -> None:
    line = campaign()
    line.run("letter", "draft", "policy_request", "ICE", "--set", "background=We ask for contracts.")
    assert line.run("letter", "versions", "1").stdout == "No version is kept yet.\n"
    assert "(version 1)" in line.run("letter", "keep", "1", "--name", "First").stdout
    line.run("letter", "draft", "policy_request", "ICE", "--set", "background=We ask for all deals.")
    assert "[-contracts-]{+all deals+}" in line.run("letter", "compare", "1", "1").stdout
    (change,) = line.json("letter", "compare", "1", "1")
    assert change["name"] == "background" and {piece["how"] for piece in change["pieces"]} == {"same", "gone", "new"}
    assert "Restored an earlier version" in line.run("letter", "restore", "1", "1").stdout
    assert line.run("letter", "compare", "1", "1").stdout == "Nothing differs.\n"
    latest, first = line.json("letter", "versions", "1")
    assert (latest["why"], first["why"], first["name"]) == ("restored", "kept", "First")
    assert latest["values"]["background"] == "We ask for all deals."
    assert "kept by hand" in line.run("letter", "versions", "1").stdout
    assert "no version 9" in line.run("letter", "restore", "1", "9", status=1).stderr


def test_another_letters_words_and_replacing(campaign: Campaign) -> None:
    line = campaign()
    line.run("letter", "draft", "policy_request", "ICE", "--set", "background=Contracts. More contracts.")
    assert "from an earlier letter (draft 2)" in line.run("letter", "duplicate", "1", "CBP").stdout
    assert "background" in line.run("letter", "replace", "2", "contracts").stdout
    found = line.json("letter", "replace", "2", "contracts")
    assert {"name": "background", "label": "Background", "count": 2} in found["found"] and not found["replaced"]
    assert "Replaced in" in line.run("letter", "replace", "2", "contracts", "deals").stdout
    assert line.run("letter", "replace", "2", "contracts").stdout == "It stands nowhere.\n"
    assert "background" in line.run("letter", "replace", "1", "contracts").stdout


def test_facts_and_snippets(campaign: Campaign) -> None:
    line = campaign()
    facts = {one["name"]: one for one in line.json("letter", "facts", "ICE")}
    assert facts["title"]["value"] == "Face recognition" and facts["tracking"]["value"] == ""
    assert "not known: a blank" in line.run("letter", "facts", "ICE").stdout
    line.run("letter", "draft", "policy_request", "ICE", "--set", "background=See {tracking}.")
    said = line.run("letter", "draft", "policy_request", "ICE").stdout
    assert "Blank: Tracking number (Background) (background:tracking)" in said
    assert "Kept the snippet “Emails”" in line.run("snippet", "add", "All emails.", "--title", "Emails").stdout
    line.run("snippet", "edit", "emails", "--text", "All email.")
    (own,) = line.json("snippet", "list", "--own")
    assert (own["title"], own["text"]) == ("Emails", "All email.")
    assert len(line.json("snippet", "list")) > 5 and "your own" in line.run("snippet", "list").stdout
    line.run("snippet", "remove", str(own["id"]))
    assert line.run("snippet", "list", "--own").stdout == "No snippet is kept yet.\n"
    assert "no snippet" in line.run("snippet", "remove", "emails", status=1).stderr


def test_spelling(campaign: Campaign) -> None:
    line = campaign()
    line.run("letter", "draft", "policy_request", "ICE", "--set", "background=The recrods of Zubrowska.")
    assert line.json("letter", "spell", "1")["background"] == ["Zubrowska", "recrods"]
    assert "rightly spelled" in line.run("letter", "spell", "--learn", "Zubrowska").stderr
    assert "recrods" in line.run("letter", "spell", "1").stdout
    assert line.json("letter", "spell") == ["Zubrowska"]
