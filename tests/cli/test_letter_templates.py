"""The template commands: what is changed is said, what is wrong is refused by line, nothing is replaced unasked."""

from collections.abc import Callable
from pathlib import Path

from .conftest import Line

Campaign = Callable[[], Line]
MINE = "Dear FOIA Officer:\n\nOur own words.\n\n@sign Sincerely,\n"


def state(line: Line, name: str) -> str:
    return str(next(row["state"] for row in line.json("letter", "templates", "list") if row["name"] == name))


def test_a_template_is_changed_listed_and_reset(campaign: Campaign, tmp_path: Path) -> None:
    line = campaign()
    assert state(line, "overdue_notice") == "shipped"
    text = tmp_path / "mine.txt"
    text.write_text(MINE)
    line.run("letter", "templates", "edit", "overdue_notice", "--file", str(text))
    assert state(line, "overdue_notice") == "changed"
    assert "changed by you, 20" in line.run("letter", "templates", "list").stdout
    assert line.run("letter", "templates", "show", "overdue_notice", "--text").stdout == MINE
    assert line.json("letter", "templates", "show", "overdue_notice")["text"] == MINE
    fits = line.json("letter", "kinds", "--for", "ICE")
    assert [row["name"] for row in fits if row["changed_on"]] == ["overdue_notice"]
    assert "(changed by you, 20" in line.run("letter", "kinds", "--for", "ICE").stdout
    out = tmp_path / "a.txt"
    said = line.run("letter", "render", "overdue_notice", "ICE", "--text", "-o", str(out)).stderr
    assert "Our own words." in out.read_text() and "Note: the template is changed by you, 20" in said
    text.write_text(MINE + "{{ nothing }}\n")
    refused = line.run("letter", "templates", "edit", "overdue_notice", "--file", str(text), status=1).stderr
    assert "text, line 6" in refused and "“nothing”" in refused
    line.run("letter", "templates", "reset", "overdue_notice")
    assert state(line, "overdue_notice") == "shipped"
    text.write_bytes(b"\xff\xfe")
    for file in (text, tmp_path / "none"):
        line.run("letter", "templates", "edit", "overdue_notice", "--file", str(file), status=1)


def test_a_form_is_shown_changed_and_refused_by_field(campaign: Campaign, tmp_path: Path) -> None:
    line = campaign()
    form = line.run("letter", "templates", "show", "overdue_notice", "--form").stdout
    file = tmp_path / "form.toml"
    file.write_text(form.replace('label = "Ask for an answer by"', 'label = "Answer wanted by"'))
    line.run("letter", "templates", "edit", "overdue_notice", "--form", str(file))
    (kind,) = [row for row in line.json("letter", "kinds", "--for", "ICE") if row["name"] == "overdue_notice"]
    assert "Answer wanted by" in [field["label"] for field in kind["fields"]]
    file.write_text(form.replace('name = "answer_by"', 'name = "Answer By"'))
    assert (
        "small letters"
        in line.run("letter", "templates", "edit", "overdue_notice", "--form", str(file), status=1).stderr
    )


def test_an_added_template_goes_to_another_desk(campaign: Campaign, tmp_path: Path) -> None:
    line = campaign()
    line.run("letter", "templates", "add", "stern_notice", "--from", "overdue_notice", "--title", "Stern notice")
    assert "Stern notice (your own, 20" in line.run("letter", "draft", "stern_notice", "ICE").stdout
    file = tmp_path / "stern.toml"
    line.run("letter", "templates", "export", "stern_notice", "-o", str(file))
    assert "without its form" in line.run("letter", "templates", "reset", "stern_notice", status=1).stderr
    other = Line(tmp_path / "Other")
    other.run("init")
    other.run("letter", "templates", "import", str(file))
    assert state(other, "stern_notice") == "added"
    assert "already a letter" in other.run("letter", "templates", "import", str(file), status=1).stderr
    other.run("letter", "templates", "import", str(file), "--as", "sterner")
    other.run("letter", "templates", "import", str(file), "--replace")
    assert {state(other, "sterner"), state(other, "stern_notice")} == {"added"}
    other.run("letter", "templates", "reset", "sterner")
    (tmp_path / "no.toml").write_text("hello = 1")
    assert (
        "no letter template" in other.run("letter", "templates", "import", str(tmp_path / "no.toml"), status=1).stderr
    )
