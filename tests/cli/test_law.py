"""`foiadesk law`: exact shapes, exit statuses, clean standard output."""

import json

import pytest
from click.testing import CliRunner

from foiadesk.cli import cli
from tests.law.asking import counted, d, denied, e, received


def run(*arguments: str, stdin: str | bytes | None = None):
    return CliRunner().invoke(cli, ["law", *arguments], input=stdin)


@pytest.fixture
def log(tmp_path):
    def write(entries) -> str:
        path = tmp_path / "events.json"
        path.write_text(entries if isinstance(entries, str) else json.dumps(entries), encoding="utf-8")
        return str(path)

    return write


def clocks(path: str, *more: str, today: str = "2026-03-02"):
    return run("clocks", "--law", "us-foia", "--events", path, "--today", today, "--json", *more)


def test_clocks_prints_one_object_with_every_key(log) -> None:
    done = clocks(log([received()]), "--agency", "DHS/ICE")
    assert done.exit_code == 0
    assert done.stderr == ""
    found = json.loads(done.stdout)
    assert list(found) == ["stage", "turn", "exhaustion", "fees", "clocks", "warnings", "next_steps"]
    own = found["clocks"][0]
    assert (own["kind"], own["due"], own["days_late"], own["state"]) == ("determination", "2026-02-03", 27, "missed")
    assert {"date": "2026-01-19", "reason": "Birthday of Martin Luther King, Jr."} in own["skipped"]


def test_events_come_from_standard_input_too() -> None:
    done = run("clocks", "--events", "-", "--today", "2026-03-02", "--json", stdin=json.dumps([received()]))
    assert (done.exit_code, json.loads(done.stdout)["stage"]) == (0, "overdue")


def test_an_empty_list_is_a_draft(log) -> None:
    found = json.loads(clocks(log([])).stdout)
    assert (found["stage"], found["clocks"][0]["state"], found["clocks"][0]["due"]) == ("draft", "not_started", None)


def test_a_department_alone_uses_its_rules(log) -> None:
    path = log([received(), denied("2026-02-02")])
    for agency in ("DHS", "DHS/ICE", "dhs/ice"):
        found = json.loads(clocks(path, "--agency", agency).stdout)
        window = next(one for one in found["clocks"] if one["kind"] == "appeal_window")
        assert window["due"] == counted(d("2026-02-02"), 90).isoformat()


def test_an_unknown_agency_is_misuse_and_names_near_matches(log) -> None:
    done = clocks(log([received()]), "--agency", "DHS/ICF")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "DHS/ICE" in done.stderr


@pytest.mark.parametrize(
    ("entries", "named"),
    [
        ([e("receeved", "2026-01-05")], "receeved"),
        ([{"date": "2026-01-05"}], "kind is missing"),
        ([{"kind": "note"}], "date is missing"),
        ([e("note", "2026-02-30")], "2026-02-30"),
        ([e("note", "0201-02-03")], "year 201"),
        ([e("note", "2101-02-03")], "2101"),
        ([e("note", "2026-1-5")], "note.date"),
        ([e("note", "2026-01-05", colour="red")], "colour"),
        ([e("request_received", "2026-01-05")], "office is missing"),
        ([received(office="best")], "request_received.office"),
        ([e("determination", "2026-01-05", outcome="maybe")], "determination.outcome"),
        ([e("determination", "2026-01-05", outcome="other", appeal_days=-1)], "appeal_days"),
        ([e("determination", "2026-01-05", outcome="other", appeal_days=True)], "appeal_days"),
        ([e("determination", "2026-01-05", outcome="other", appeal_days=10**9)], "appeal_days"),
        ([e("determination", "2026-01-05", outcome="other", appeal_notice="no")], "appeal_notice"),
        ([e("determination", "2026-01-05", outcome="other", items=[{"item": 1, "outcome": "x"}])], "items[1]"),
        ([e("expedition_decided", "2026-01-05", granted="yes")], "granted"),
        ([e("retracted", "2026-01-05")], "supersedes is missing"),
        ([received(id="a"), received(id="a")], "'a'"),
        ([received(supersedes="b")], "'b'"),
        (["x"], "Event 1"),
        ({"kind": "note"}, "not a JSON list"),
        ("[{", "not JSON"),
        ('[{"kind": "note", "kind": "call", "date": "2026-01-05"}]', "given twice"),
        ("[NaN]", "NaN"),
        ("[" * 100_000, "JSON"),
    ],
)
def test_bad_events_are_misuse_named_on_standard_error(log, entries, named) -> None:
    done = clocks(log(entries))
    assert (done.exit_code, done.stdout) == (2, "")
    assert named in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("clocks", "--events", "/nonexistent/x.json", "--json"),
        ("clocks", "--json"),
        ("clocks", "--law", "us-foya", "--events", "-"),
        ("clocks", "--events", "-", "--today", "soon"),
        ("clocks", "--events", "-", "--today", "1965-01-01"),
        ("clocks", "--events", "-", "--calendar", "nowhere"),
        ("due", "--json"),
        ("due", "--from", "2026-01-05", "--days", "x", "--unit", "working"),
        ("due", "--from", "2026-01-05", "--days", "-3", "--unit", "working"),
        ("due", "--from", "2026-01-05", "--days", "3", "--unit", "lunar"),
        ("due", "--from", "2026-02-30", "--days", "3", "--unit", "working"),
        ("due", "--calendar", "us-state", "--from", "2026-01-05", "--days", "3", "--unit", "working"),
        ("holidays", "--calendar", "us-federal", "--year", "1965"),
        ("holidays", "--calendar", "us-federal", "--year", "2101"),
        ("holidays", "--calendar", "us-federal"),
    ],
)
def test_misuse_exits_2_with_empty_standard_output(arguments) -> None:
    done = run(*arguments, stdin="[]")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr


def test_events_after_today_are_left_out_with_a_warning(log) -> None:
    found = json.loads(clocks(log([received(), denied("2026-02-01")]), today="2026-01-20").stdout)
    assert found["clocks"][0]["met_on"] is None
    assert any("2026-02-01" in warning for warning in found["warnings"])


def test_due_prints_the_day_and_what_was_skipped() -> None:
    done = run("due", "--calendar", "us-federal", "--from", "2027-12-30", "--days", "1", "--unit", "working", "--json")
    assert json.loads(done.stdout) == {
        "due": "2028-01-03",
        "skipped": [
            {"date": "2027-12-31", "reason": "New Year's Day"},
            {"date": "2028-01-01", "reason": "weekend"},
            {"date": "2028-01-02", "reason": "weekend"},
        ],
    }


def test_due_rolls_forward_when_told() -> None:
    base = ("due", "--from", "2026-03-05", "--days", "30", "--unit", "calendar", "--json")
    assert json.loads(run(*base).stdout) == {"due": "2026-04-04", "skipped": []}
    rolled = json.loads(run(*base, "--roll", "forward").stdout)
    assert rolled["due"] == "2026-04-06"
    assert [skip["date"] for skip in rolled["skipped"]] == ["2026-04-04", "2026-04-05"]


def test_a_file_of_dates_is_the_complete_calendar(tmp_path) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("2026-01-06\n\n2026-01-07\r\n")
    base = ("due", "--calendar", str(path), "--from", "2026-01-05", "--days", "1", "--unit", "working", "--json")
    found = json.loads(run(*base).stdout)
    assert found["due"] == "2026-01-08"
    assert [skip["reason"] for skip in found["skipped"]] == ["holiday", "holiday"]
    path.write_text("2026-01-06\nnonsense\n")
    bad = run(*base)
    assert (bad.exit_code, bad.stdout) == (2, "")
    assert "line 2" in bad.stderr


def test_batch_answers_every_line_with_one_line(tmp_path) -> None:
    lines = [
        '{"calendar": "us-federal", "from": "2026-01-05", "days": 20, "unit": "working", "roll": "none"}',
        '{"calendar": ["2026-01-06"], "from": "2026-01-05", "days": 1, "unit": "working"}',
        "",
        "not json",
        "[1]",
        '{"calendar": "us-federal", "from": "2026-01-05", "days": "20", "unit": "working"}',
        '{"calendar": "us-federal", "from": "2026-01-05", "days": true, "unit": "working"}',
        '{"calendar": "us-federal", "from": "2026-02-30", "days": 1, "unit": "working"}',
        '{"calendar": "us-mars", "from": "2026-01-05", "days": 1, "unit": "working"}',
        '{"calendar": "us-federal", "from": "2026-01-05", "days": 1, "unit": ["working"]}',
        '{"calendar": "us-federal", "from": "2026-01-05", "days": 1, "unit": "working", "x": 1}',
        '{"calendar": 7, "from": "2026-01-05", "days": 1, "unit": "working"}',
        '{"from": "2026-01-05", "days": 1, "unit": "working", "calendar": "us\u2028federal"}',
        '{"calendar": "us-federal", "from": "2026-03-05", "days": 30, "unit": "calendar", "roll": "forward"}',
    ]
    path = tmp_path / "lines.jsonl"
    path.write_bytes("\n".join(lines).encode() + b'\n\xff{"days": 1}\n')
    done = run("due", "--batch", str(path), "--json")
    out = done.stdout.split("\n")
    assert out.pop() == ""
    found = [json.loads(line) for line in out]
    assert len(found) == len(lines) + 1
    assert done.exit_code == 1
    good = {0: "2026-02-03", 1: "2026-01-07", 13: "2026-04-06"}
    for number, answer in enumerate(found):
        if number in good:
            assert answer["due"] == good[number]
        else:
            assert list(answer) == ["error"]
            assert answer["error"]


def test_a_good_batch_exits_0_from_standard_input() -> None:
    line = '{"calendar": "us-federal", "from": "2026-01-05", "days": 20, "unit": "working"}'
    done = run("due", "--batch", "-", "--json", stdin=f"{line}\n{line}")
    assert done.exit_code == 0
    assert [json.loads(out)["due"] for out in done.stdout.splitlines()] == ["2026-02-03"] * 2
    assert run("due", "--batch", "-", "--json", stdin="").stdout == ""


def test_holidays_of_2027_hold_the_new_year_s_day_of_2028() -> None:
    found = json.loads(run("holidays", "--calendar", "us-federal", "--year", "2027", "--json").stdout)
    assert len(found) == 12
    assert found[0] == {"date": "2027-01-01", "name": "New Year's Day", "observed": False}
    assert found[-1] == {"date": "2027-12-31", "name": "New Year's Day", "observed": True}


def test_people_get_tables_and_worksheets(log) -> None:
    path = log([received(), e("note", "2026-01-06", note="\x1b[2Jhello")])
    text = run("clocks", "--events", path, "--today", "2026-03-02")
    assert text.exit_code == 0
    assert "May sue? open" in text.stdout
    sheet = run("clocks", "--events", path, "--today", "2026-03-02", "--worksheet", "determination")
    assert "holiday: Birthday of Martin Luther King, Jr." in sheet.stdout
    plain = run("clocks", "--events", path, "--today", "2026-03-02", "--worksheet", "determination", "--json")
    assert sum(day["counted"] for day in json.loads(plain.stdout)["days"]) == 20
    none = run("clocks", "--events", path, "--today", "2026-03-02", "--worksheet", "appeal_window")
    assert (none.exit_code, none.stdout) == (2, "")
    assert "Due 2026-02-03" in run("due", "--from", "2026-01-05", "--days", "20", "--unit", "working").stdout
    assert "Juneteenth" in run("holidays", "--year", "2026").stdout


def test_control_characters_in_a_reminder_never_reach_the_terminal(log) -> None:
    path = log([received(), e("reminder", "2026-01-06", due="2026-04-01", what="\x1b[2Jboo")])
    assert "\x1b" not in run("clocks", "--events", path, "--today", "2026-03-02").stdout


def test_another_calendar_and_a_fee_category_may_be_given(log, tmp_path) -> None:
    path = tmp_path / "none.txt"
    path.write_text("")
    found = json.loads(clocks(log([received()]), "--calendar", str(path), "--fee-category", "news_media").stdout)
    assert found["clocks"][0]["due"] == "2026-02-02"
    assert found["fees"]["duplication_barred"] is True


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/New_York", "Pacific/Pago_Pago"])
def test_the_time_zone_of_the_machine_changes_nothing(log, monkeypatch, zone) -> None:
    import time

    path = log([received()])
    expected = clocks(path).stdout
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert clocks(path).stdout == expected
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_batch_is_answered_line_by_line_whatever_its_size(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("foiadesk.cli.law.MOST_BYTES", 100)
    monkeypatch.setattr("foiadesk.cli.law.MOST_BYTES_A_LINE", 200)
    good = {"calendar": ["2026-03-09"], "from": "2026-03-06", "days": 1, "unit": "working"}
    path = tmp_path / "lines.jsonl"
    lines = [json.dumps(good), json.dumps({**good, "calendar": ["2026-03-09"] * 40}), json.dumps(good)]
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    done = run("due", "--batch", str(path), "--json")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one.get("due") for one in found] == ["2026-03-10", None, "2026-03-10"]
    assert "longer than" in found[1]["error"]
    assert done.exit_code == 1


@pytest.mark.parametrize("name", ["/nonexistent/lines", "/"])
def test_a_batch_that_cannot_be_read_is_misuse(name) -> None:
    done = run("due", "--batch", name, "--json")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "could not be read" in done.stderr


def test_an_unknown_component_of_a_known_department_names_some_it_has(log) -> None:
    done = clocks(log([]), "--agency", "DHS/XYZ")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "DHS/" in done.stderr.partition("Near it")[2]
