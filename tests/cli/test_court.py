"""The way to court, closures, exhibits and calendar files on the command line."""

import json
from collections.abc import Callable
from pathlib import Path

from icalendar import Calendar

from tests.cli.conftest import Line


def sent(campaign: Callable[[], Line]) -> Line:
    line = campaign()
    for number, day in ((1, "2026-01-05"), (2, "2026-01-12")):
        line.run("event", "add", str(number), "request_received", "office=proper", "--date", day)
    return line


def test_exhaustion_says_since_when_and_why(campaign: Callable[[], Line]) -> None:
    line = sent(campaign)
    rows = line.json("exhaustion", "--today", "2026-02-05")
    assert [row["state"] for row in rows] == ["open", "not_yet", "not_yet"]
    assert (rows[0]["since"], rows[0]["undisputed_since"], rows[0]["clock"]) == (
        "2026-02-04",
        "2026-02-04",
        "determination",
    )
    assert rows[0]["evidence"][0]["sentence"] == "Request received by the agency"
    assert rows[0]["expedition"] == {"state": "not_applicable", "since": None}
    assert set(rows[0]) == {
        "request", "title", "office", "campaign", "stage", "state", "since", "until", "why", "assumed",
        "unverified", "unverified_rule", "undisputed_since", "expedition", "clock", "evidence",
    }  # fmt: skip
    shown = line.run("exhaustion", "--open", "--today", "2026-02-05").stdout
    assert "2026-02-04" in shown and "check with counsel" in shown and shown.count("Face recognition") == 1
    assert "no such request" in line.run("exhaustion", "--open", "--today", "2026-01-20").stdout


def test_a_late_answer_is_told_as_an_alert(campaign: Callable[[], Line]) -> None:
    line = sent(campaign)
    made = line.json("event", "add", "1", "determination", "outcome=full_denial", "--date", "2026-03-02")
    (alert,) = made["alerts"]
    assert "closes the way to court" in alert and ("appealed by 9 Jul 2026" in alert or "time to appeal ran" in alert)
    assert line.json("event", "add", "2", "note", "--date", "2026-03-02")["alerts"] == []


def test_what_cannot_be_is_said_when_it_is_entered_and_stored_all_the_same(campaign: Callable[[], Line]) -> None:
    line = sent(campaign)
    words = ("event", "add", "1", "acknowledged", "--date")
    made = line.json(*words, "2025-12-01")
    assert made["warnings"] == ["acknowledged of 1 Dec 2025 is dated before the request, 5 Jan 2026."]
    assert made["alerts"] == [] and len(made["event"]) == 1
    assert line.json(*words, "2026-01-12")["warnings"] == []
    shown = line.run(*words, "2025-12-02").stdout.splitlines()
    assert shown[1:] == ["Note: acknowledged of 2 Dec 2025 is dated before the request, 5 Jan 2026."]
    assert sum(one["kind"] == "acknowledged" for one in line.json("event", "list", "1")) == 3


def test_a_late_answer_that_is_filed_is_told_as_an_alert_too(campaign: Callable[[], Line], tmp_path: Path) -> None:
    line = sent(campaign)
    letter = tmp_path / "answer.txt"
    letter.write_text("Your request is denied.", "utf-8")
    words = ["file", "1", str(letter), "--date", "2026-03-02", "--event"]
    (filed,) = line.json(*words, "determination", "--field", "outcome=full_denial")
    (alert,) = filed["alerts"]
    assert "closes the way to court" in alert
    (more,) = line.json(*words, "note")
    assert more["alerts"] == []
    refused = line.run("file", "-", str(letter), "--event", "note", status=2)
    assert "exactly one file and a request" in refused.stderr and refused.stdout == ""


def test_a_date_that_cannot_be_names_its_option(campaign: Callable[[], Line]) -> None:
    refused = campaign().run("event", "add", "1", "note", "--date", "2026-02-31", status=2)
    assert "'--date': date: 2026-02-31 is not a day of the calendar." in refused.stderr


def test_plan_finds_the_day_all_are_ripe_and_stores_nothing(campaign: Callable[[], Line]) -> None:
    line = sent(campaign)
    log = line.json("event", "list", "1")
    found = line.json("plan", "1", "2", "--today", "2026-01-20")
    assert (found["ripe_together"], found["undisputed"], found["missing"]) == ("2026-02-11", "2026-02-11", [])
    assert [one["ripe_on"] for one in found["requests"]] == ["2026-02-04", "2026-02-11"]
    what_if = line.json(
        "plan", "1", "2", "--today", "2026-01-20", "--event", "1: determination 2026-02-06 outcome=glomar"
    )
    assert what_if["ripe_together"] is None and what_if["as_of"] == "2026-02-06"
    assert [one["answer"]["exhaustion"]["state"] for one in what_if["requests"]] == [
        "closed_by_determination",
        "not_yet",
    ]
    assert what_if["requests"][0]["ripe_until"] == "2026-02-05"
    both = line.json("plan", "1", "2", "--today", "2026-01-20", "--answered", "2026-01-30")
    assert {one["state"] for one in both["requests"]} == {"closed_by_determination"}
    assert "All are ripe from 2026-02-11." in line.run("plan", "1", "2", "--today", "2026-01-20").stdout
    assert "see 3" in line.run("plan", "1", "3", "--today", "2026-01-20").stdout
    assert line.json("event", "list", "1") == log


def test_plan_refuses_what_it_cannot_read(campaign: Callable[[], Line]) -> None:
    line = sent(campaign)
    for text, said in (
        ("determination", "KIND DATE"),
        ("determination 2026-13-01", "2026-13-01"),
        ("determination 2026-02-01", "outcome is missing"),
        ("nothing 2026-02-01", "no kind of event"),
        ("note 2026-02-01 'a", "quotation mark"),
        ("2: note 2026-02-01", "request 2 is not among"),
    ):
        refused = line.run("plan", "1", "--event", text, status=1)
        assert said in refused.stderr and refused.stdout == ""


def test_closures_move_dates_and_back(campaign: Callable[[], Line]) -> None:
    line = sent(campaign)
    assert line.run("calendar", "list").stdout == "No closure is entered.\n"
    added = line.json("calendar", "add-closure", "2026-01-28", "--note", "Snow")
    owed = [move for move in added["moved"] if move["clock"] == "determination"]
    assert {(move["request"], move["was"], move["now"]) for move in owed} == {
        (1, "2026-02-03", "2026-02-04"), (2, "2026-02-10", "2026-02-11"),
    }  # fmt: skip
    assert line.json("calendar", "list")[0]["note"] == "Snow"
    assert "Snow" in line.run("worksheet", "1", "determination").stdout
    assert line.run("verify").stdout.startswith("The desk is whole")
    assert "Saturday" in line.run("calendar", "add-closure", "2026-01-31", status=1).stderr
    assert "us-federal" in line.run("calendar", "list", "--calendar", "us-federl", status=1).stderr
    removed = line.json("calendar", "remove-closure", "2026-01-28")
    assert {(move["request"], move["now"]) for move in removed["moved"] if move["clock"] == "determination"} == {
        (1, "2026-02-03"),
        (2, "2026-02-10"),
    }
    assert "no closure on 2026-01-28" in line.run("calendar", "remove-closure", "2026-01-28", status=1).stderr


def test_clocks_and_exhibits(campaign: Callable[[], Line], tmp_path: Path) -> None:
    line = sent(campaign)
    answer = line.json("clocks", "1", "--today", "2026-02-05")
    assert (answer["clocks"][0]["id"], answer["clocks"][0]["due"]) == ("determination", "2026-02-03")
    assert answer["exhaustion"]["state"] == "open"
    shown = line.run("clocks", "1", "--today", "2026-02-05").stdout
    rows = {row.split()[0]: row for row in shown.splitlines() if row}
    assert "unverified" in rows["limitation"] and "unverified" not in rows["determination"]
    assert "2 days late" in shown and "552(a)(6)(A)(i)" in shown
    target = tmp_path / "exhibit.pdf"
    line.run("worksheet", "1", "determination", "--pdf", str(target), "--today", "2026-02-05")
    first = target.read_bytes()
    line.run("worksheet", "1", "--pdf", str(target), "--today", "2026-02-05")
    assert first.startswith(b"%PDF-") and target.read_bytes() == first
    assert [path.name for path in tmp_path.glob(".*")] == []
    missing = line.run("worksheet", "1", "--pdf", str(tmp_path / "no" / "x.pdf"), status=1)
    assert "could not be written" in missing.stderr


def test_a_calendar_file_is_neutral_unless_asked(campaign: Callable[[], Line], tmp_path: Path) -> None:
    line = sent(campaign)
    target = tmp_path / "due.ics"
    line.run("export", "ics", "-o", str(target), "--today", "2026-01-20")
    plain = target.read_bytes()
    assert b"Face" not in plain and b"ICE" not in plain
    due = {row["due"] for row in json.loads(line.run("due", "--json", "--today", "2026-01-20").stdout)}
    assert {str(event["dtstart"].dt) for event in Calendar.from_ical(plain).walk("VEVENT")} == due
    line.run("export", "ics", "-o", str(target), "--titles", "--today", "2026-01-20")
    titled = Calendar.from_ical(target.read_bytes())
    assert any("Face recognition" in str(event["summary"]) for event in titled.walk("VEVENT"))
    uids = [
        {str(event["uid"]) for event in Calendar.from_ical(data).walk("VEVENT")}
        for data in (plain, target.read_bytes())
    ]
    assert uids[0] == uids[1]
