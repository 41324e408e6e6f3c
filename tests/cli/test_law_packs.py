"""`foiadesk law list|show|check`, packs of one's own, and every jurisdiction on the command line."""

import json
import shutil

import pytest
from click.testing import CliRunner

from foiadesk.cli import cli
from foiadesk.shelf import resource
from tests.law.asking import received
from tests.law.jurisdictions import ROWS


def run(*arguments: str, stdin: str | None = None):
    return CliRunner().invoke(cli, ["law", *arguments], input=stdin)


def test_list_names_every_law_and_how_sure_it_is() -> None:
    found = {entry["id"]: entry for entry in json.loads(run("list", "--json").stdout)}
    assert set(found) == {*(row.id for row in ROWS), "us-foia"}
    for row in ROWS:
        entry = found[row.id]
        assert (entry["confidence"], entry["verified"], entry["error"]) == (
            row.confidence,
            row.confidence == "verified",
            None,
        )
        assert entry["checked_on"] == "2026-11-23"
        assert entry["source"] == "shipped"
    text = run("list").stdout
    assert text.count("\n") == len(found) + 1
    assert "uncertain" in text


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_show_says_what_is_unverified(row) -> None:
    done = run("show", row.id)
    assert (done.exit_code, done.stderr) == (0, "")
    assert row.confidence.upper() in done.stdout
    assert ("UNVERIFIED)" in done.stdout) is (row.confidence != "verified" or row.id in {"uk", "us-ny"})
    plain = json.loads(run("show", row.id, "--json").stdout)
    assert plain["verified"] is (row.confidence == "verified")
    assert plain["calendar"]["last_year"] >= 2026
    assert list(plain["clocks"]["determination"]) == list(
        json.loads(run("show", "us-foia", "--json").stdout)["clocks"]["determination"]
    )


def test_clocks_answer_under_any_law_in_the_same_shape() -> None:
    log = json.dumps([received("2026-01-16")])
    base = ("clocks", "--events", "-", "--today", "2026-03-02", "--json")
    federal = json.loads(run(*base, stdin=log).stdout)
    for law in ("us-ca", "uk", "de", "us-fl"):
        found = json.loads(run(*base, "--law", law, stdin=log).stdout)
        assert list(found) == list(federal)
        assert list(found["clocks"][0]) == list(federal["clocks"][0])
    ours = json.loads(run(*base, "--law", "us-ca", stdin=log).stdout)
    assert (ours["clocks"][0]["due"], ours["clocks"][0]["unverified"]) == ("2026-01-26", True)
    sheet = run("clocks", "--events", "-", "--today", "2026-03-02", "--law", "us-ca", "--worksheet", "determination",
                stdin=log)  # fmt: skip
    assert "7922.535" in sheet.stdout
    assert "unverified" in sheet.stdout


def test_due_and_holidays_count_by_any_calendar() -> None:
    uk = ("due", "--calendar", "uk", "--from", "2026-05-01", "--days", "20", "--unit", "working", "--json")
    assert json.loads(run(*uk).stdout)["due"] == "2026-06-02"
    found = json.loads(run("holidays", "--calendar", "us-ca", "--year", "2026", "--json").stdout)
    assert {"date": "2026-03-31", "name": "Cesar Chavez Day", "observed": False} in found
    line = json.dumps({"calendar": "nz", "from": "2026-12-18", "days": 20, "unit": "working"})
    assert json.loads(run("due", "--batch", "-", stdin=line).stdout)["due"] == "2027-02-09"
    unknown = run("holidays", "--calendar", "uk", "--year", "2040", "--json")
    assert (unknown.exit_code, unknown.stdout) == (2, "")
    assert "unknown" in unknown.stderr
    nowhere = run("holidays", "--calendar", "us-zz", "--year", "2026")
    assert (nowhere.exit_code, nowhere.stdout) == (2, "")
    assert "us-az" in nowhere.stderr


def test_a_folder_of_one_s_own_packs_is_listed_shown_and_counted_by(tmp_path) -> None:
    text = resource("laws", "us-co.toml").read_text(encoding="utf-8").replace("days = 3", "days = 4", 1)
    (tmp_path / "us-co.toml").write_text(text, encoding="utf-8")
    (tmp_path / "bad.toml").write_text("schema = 1", encoding="utf-8")
    listed = {entry["id"]: entry for entry in json.loads(run("list", "--laws", str(tmp_path), "--json").stdout)}
    assert (listed["us-co"]["source"], listed["us-ca"]["source"]) == ("user", "shipped")
    assert "bad.toml" in listed["bad"]["error"]
    assert "cannot be used" in run("list", "--laws", str(tmp_path)).stdout
    assert json.loads(run("show", "us-co", "--laws", str(tmp_path), "--json").stdout)["source"] == "user"
    log = json.dumps([received("2026-09-04")])
    found = run("clocks", "--law", "us-co", "--laws", str(tmp_path), "--events", "-", "--today", "2026-09-08", "--json",
                stdin=log)  # fmt: skip
    assert json.loads(found.stdout)["clocks"][0]["due"] == "2026-09-11"


def test_check_passes_every_shipped_law_and_names_a_mistake_by_file_and_field(tmp_path) -> None:
    for row in ROWS:
        done = run("check", str(resource("laws", f"{row.id}.toml")), "--json")
        assert done.exit_code == 0, done.stderr
        [found] = json.loads(done.stdout)
        assert (found["id"], found["verified"]) == (row.id, row.confidence == "verified")
        assert not any("citation" in warning for warning in found["warnings"])
    assert "usable as the calendar us-federal" in run("check", str(resource("laws", "us-federal.toml"))).stdout
    path = tmp_path / "us-co.toml"
    text = resource("laws", "us-co.toml").read_text(encoding="utf-8")
    for broken, named in (
        (text.replace('unit = "working"', 'unit = "business"', 1), "clocks.determination: unit: 'business'"),
        (text.replace('calendar = "us-co"', 'calendar = "us-c"'), "calendar: There is no calendar 'us-c'"),
        (text.replace('id = "us-co"', 'id = "us-cx"'), "id: 'us-cx'"),
        ("", "schema is missing"),
        ("\x1b[2J", "cannot be read"),
    ):
        path.write_text(broken, encoding="utf-8")
        done = run("check", str(path))
        assert (done.exit_code, done.stdout) == (2, "")
        assert "us-co.toml" in done.stderr
        assert named in done.stderr
        assert "\x1b" not in done.stderr
    missing = run("check", str(tmp_path / "nowhere.toml"))
    assert (missing.exit_code, missing.stdout) == (2, "")
    shutil.copy(resource("laws", "us-federal.toml"), tmp_path / "days.toml")
    assert "days.toml: id" in run("check", str(tmp_path / "days.toml")).stderr


@pytest.mark.parametrize(
    "arguments", [("show", "us-zz"), ("show", "../us-ca"), ("show",), ("check",), ("list", "--laws", "/x")]
)
def test_misuse_exits_2_with_empty_standard_output(arguments) -> None:
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr
