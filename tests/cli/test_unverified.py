"""Commands that print dates say which rest on an unverified rule; --json has a key for it."""

from tests.cli.conftest import Line

RULE = "28 CFR 16.8"


def denied(line: Line) -> Line:
    """The FBI and ICE deny; the rule on the time to appeal is unverified for Justice only."""
    line.run("requester", "add", "Lantern Street", "--signer", "Marisol Q")
    line.run("request", "new", "--title", "Watch lists", "--campaign", "Lists", "--office", "DOJ/FBI",
             "--office", "DHS/ICE", "--requester", "1", "--item", "All lists.")  # fmt: skip
    for number in ("1", "2"):
        line.run("event", "add", number, "request_received", "office=proper", "--date", "2026-01-05")
        line.run("event", "add", number, "determination", "outcome=full_denial", "--date", "2026-02-02")
    return line


def test_what_is_due_says_it(line: Line) -> None:
    denied(line)
    rows = {row["request"]: row for row in line.json("due", "--today", "2026-02-10")}
    assert (rows[1]["unverified"], rows[2]["unverified"]) == (True, False)
    assert RULE in rows[1]["unverified_rule"] and rows[2]["unverified_rule"] is None
    shown = line.run("due", "--today", "2026-02-10").stdout
    assert (
        shown.count("(unverified rule)") == 1 and shown.count("was not compared with a source") == 1 and RULE in shown
    )


def test_the_way_to_court_and_the_planner_say_it(line: Line) -> None:
    denied(line)
    rows = {row["request"]: row for row in line.json("exhaustion", "--today", "2026-02-10")}
    assert (rows[1]["unverified"], rows[2]["unverified"]) == (True, False)
    assert line.run("exhaustion", "--today", "2026-02-10").stdout.count("was not compared with a source") == 1
    planned = line.json("plan", "1", "2", "--today", "2026-02-10")["requests"]
    assert [one["unverified"] for one in planned] == [True, False]
    assert line.run("plan", "1", "2", "--today", "2026-02-10").stdout.count("was not compared with a source") == 1


def test_lists_of_requests_and_a_campaign_say_it(line: Line) -> None:
    denied(line)
    rows = {row["id"]: row["unverified"] for row in line.json("request", "list", "--today", "2026-02-10")}
    assert rows == {1: True, 2: False}
    assert line.run("request", "list", "--today", "2026-02-10").stdout.count("(unverified rule)") == 1
    assert (
        "appeal window: running, due 2026-05-03, unverified rule"
        in line.run("request", "show", "1", "--today", "2026-02-10").stdout
    )
    assert "unverified" not in line.run("request", "show", "2", "--today", "2026-02-10").stdout
    offices = line.json("campaign", "show", "Lists", "--today", "2026-02-10")["offices"]
    assert {row["request"]: row["unverified"] for row in offices} == {1: True, 2: False}
    assert line.run("campaign", "show", "Lists", "--today", "2026-02-10").stdout.count("(unverified rule)") == 1
