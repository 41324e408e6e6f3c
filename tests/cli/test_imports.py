"""A tracker on the command line: shown first, then made; what does not come in is named."""

from pathlib import Path

from .conftest import Line

ROWS = """Request;Office;When sent;Ref
Contracts;DHS/ICE;3/2/2026;2026-ICFO-1
Policies;Bureau of Nowhere;4/2/2026;
"""


def test_a_tracker_is_shown_then_brought_in(line: Line, tmp_path: Path) -> None:
    file = tmp_path / "tracker.csv"
    file.write_text(ROWS, encoding="utf-8")
    words = ("import", "csv", str(file), "--map", "sent=When sent", "--map", "tracking=4", "--channel", "portal")
    shown = line.json(*words, "--dates", "dmy", "--dry-run")
    assert shown["columns"] == {"title": ["Request"], "office": ["Office"], "sent": ["When sent"], "tracking": ["Ref"]}
    assert shown["made"] == [] and shown["unknown_offices"] == ["Bureau of Nowhere"]
    assert "two readings" in line.json(*words, "--dry-run")["rows"][0]["problems"][0]
    said = line.run(*words, "--dates", "dmy", "--dry-run")
    assert "1 of 2 rows can come in." in said.stdout
    assert "row 3" in line.run(*words, "--dates", "dmy", status=1).stderr and line.json("request", "list") == []
    done = line.run(*words, "--dates", "dmy", "--leave-out-bad")
    assert "Made 1 request from" in done.stdout and "Left out, row 3" in done.stderr
    (row,) = line.json("request", "list")
    assert (row["title"], row["sent_on"], row["tracking"]) == ("Contracts", "2026-02-03", ["2026-ICFO-1"])
    meant = line.json(*words, "--dates", "dmy", "--office", "Bureau of Nowhere=DOJ/FBI", "--dry-run")
    assert meant["rows"][1]["office_code"] == "DOJ/FBI"


def test_fields_and_columns_are_named_when_wrong(line: Line, tmp_path: Path) -> None:
    file = tmp_path / "tracker.csv"
    file.write_text(ROWS, encoding="utf-8")
    assert "no column 'Size'" in line.run("import", "csv", str(file), "--map", "notes=Size", status=1).stderr
    assert "size" in line.run("import", "csv", str(file), "--map", "size=1", "--dry-run", status=1).stderr
    assert "title" in line.run("import", "csv", str(file), "--map", "title=", "--dry-run", status=1).stderr
