"""Finding and reading on the command line."""

import json
from collections.abc import Callable
from pathlib import Path

from foiadesk.desk import Desk

from .conftest import PASSPHRASE, Line


def test_words_are_found_and_searches_kept(campaign: Callable[[], Line], tmp_path: Path) -> None:
    line = campaign()
    (tmp_path / "notes.txt").write_text("the lynx\x0con page two an ocelot \x1b[31m", "utf-8")
    line.run("file", "ICE", str(tmp_path / "notes.txt"))
    found = line.json("search", "ocelot")
    assert (found["total"], found["hits"][0]["kind"], found["hits"][0]["page"]) == (1, "file", 2)
    hit = found["hits"][0]
    assert [hit["snippet"][start:end] for start, end in hit["marks"]] == ["ocelot"]
    told = line.run("search", "ocelot")
    assert "page 2" in told.stdout
    assert "\x1b" not in told.stdout
    assert "1 found" in told.stderr
    assert "3 found" in line.run("search", "kind:request", "recognition").stderr
    assert "no filter" in line.run("search", "bar:x recognition").stderr
    assert "Nothing was found" in line.run("search", "--", "-(").stderr
    assert len(line.json("search", "recognition", "--limit", "2", "--newest")["hits"]) == 2
    assert "“Cats”" in line.run("search", "lynx", "OR", "ocelot", "--save", "Cats").stdout
    assert line.json("search", "--saved") == [{"name": "Cats", "query": "lynx OR ocelot"}]
    assert line.json("search", "--saved", "cats")["total"] == 1
    assert "lynx" in line.run("search", "--saved").stdout
    line.run("search", "--remove", "CATS")
    assert line.json("search", "--saved") == []
    assert "no saved search" in line.run("search", "--remove", "cats", status=1).stderr
    assert "Nothing was given" in line.run("search", status=1).stderr


def test_text_is_printed_page_by_page(campaign: Callable[[], Line], tmp_path: Path) -> None:
    line = campaign()
    (tmp_path / "notes.txt").write_text("the lynx\x0can ocelot", "utf-8")
    line.run("file", "ICE", str(tmp_path / "notes.txt"))
    (document,) = line.json("documents")
    number = str(document["id"])
    assert line.run("text", number).stdout == "the lynx\x0can ocelot\n"
    assert line.run("text", number, "--page", "2").stdout == "an ocelot\n"
    assert [page["text"] for page in line.json("text", number)] == ["the lynx", "an ocelot"]
    assert "no page 3" in line.run("text", number, "--page", "3", status=1).stderr
    assert line.json("text", "--all") == {"read_by_ocr": 0, "without_text": 0}
    line.run("text", status=2)
    line.run("text", number, "--all", status=2)
    line.run("text", "99", status=1)


def test_beside_an_open_window_what_is_there_is_searched(campaign: Callable[[], Line]) -> None:
    line = campaign()
    line.run("search", "recognition")
    with Desk.open(line.folder, PASSPHRASE) as desk:
        request = desk.requests.get(1)
        desk.requests.add_event(request.id, {"kind": "note", "date": "2026-01-05", "note": "a lynx"})
        told = line.run("search", "lynx")
        assert "not findable yet" in told.stderr
        assert json.loads(line.run("search", "recognition", "--json").stdout)["total"] >= 3


def test_without_tesseract_one_line_says_so(line: Line, monkeypatch) -> None:
    monkeypatch.setattr("foiadesk.intake.ocr.installed", lambda: None)
    assert "tesseract is not installed" in line.run("text", "--all", "--ocr", status=1).stderr
