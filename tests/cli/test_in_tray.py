"""The In-tray on the command line: what is suggested, filing as suggested or as said, understanding without storing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Line

LETTER = "Office\n\n{day}\n\nRe: 2026-ICFO-01234\n\nDear Ms. Q:\n\n{words}\n"
ACK = LETTER.format(day="February 3, 2026", words="We acknowledge receipt of your request.")


@pytest.fixture
def desk(campaign: Callable[[], Line]) -> Line:
    """Three requests; the first, at ICE, was sent on 2 January 2026 and has a number."""
    line = campaign()
    line.run("event", "add", "1", "request_sent", "channel=mail", "--date", "2026-01-02")
    line.run("event", "add", "1", "tracking_number", "number=2026-ICFO-01234", "--date", "2026-01-05")
    return line


def keep(line: Line, folder: Path, name: str, text: str) -> int:
    path = folder / name
    path.write_text(text)
    line.run("file", "-", str(path))
    return max(int(one["id"]) for one in line.json("in-tray"))


def test_what_waits_is_listed_with_what_is_suggested(desk: Line, tmp_path: Path) -> None:
    number = keep(desk, tmp_path, "scan.txt", ACK)
    stray = keep(desk, tmp_path, "stray.txt", "hello")
    first, second = desk.json("in-tray")
    assert (first["id"], second["id"]) == (number, stray)
    seen = first["suggested"]
    assert (seen["request"], seen["event"], seen["certain"], seen["date"]) == (1, "acknowledged", True, "2026-02-03")
    assert seen["fields"] == {"tracking_number": "2026-ICFO-01234"}
    assert seen["candidates"][0]["why"].startswith("It carries its tracking number 2026-ICFO-01234")
    assert second["suggested"]["request"] is None and second["suggested"]["event"] is None
    said = desk.run("in-tray").stdout
    assert "Face recognition · ICE: Acknowledged (2026-ICFO-01234)" in said and "which request?: only keep it ?" in said
    shown = desk.run("in-tray", "show", str(number)).stdout
    assert "“We acknowledge receipt of your request”" in shown and "It is dated “February 3, 2026”" in shown


def test_filing_as_suggested_and_as_said(desk: Line, tmp_path: Path) -> None:
    number = keep(desk, tmp_path, "scan.txt", ACK)
    (done,) = desk.json("in-tray", "file", str(number))
    assert done["id"] == number and done["filed"].endswith(
        "on Face recognition · ICE as Acknowledged (2026-ICFO-01234)"
    )
    stray = keep(desk, tmp_path, "stray.txt", "hello")
    assert "which request" in desk.run("in-tray", "file", str(stray), status=1).stderr
    words = ("--request", "2", "--event", "fee_estimate", "--field", "amount=12.50")
    assert "no date" in desk.run("in-tray", "file", str(stray), *words, status=1).stderr
    desk.run("in-tray", "file", str(stray), *words, "--date", "2026-02-04")
    (event,) = desk.json("event", "list", "2")
    assert (event["kind"], event["amount"]) == ("fee_estimate", "12.50")
    again = keep(desk, tmp_path, "again.txt", ACK + "!")
    desk.run("in-tray", "file", str(again), "--event", "none")
    assert desk.json("in-tray") == []
    desk.run("in-tray", "file", status=2)
    desk.run("in-tray", "file", "--all-certain", "--request", "1", status=2)
    desk.run("in-tray", "file", "1", "--field", "a=b", status=2)


def test_everything_certain_is_filed_and_alerts_are_told(desk: Line, tmp_path: Path) -> None:
    keep(desk, tmp_path, "scan.txt", ACK)
    desk.run("event", "add", "1", "request_received", "office=proper", "--date", "2026-01-05")
    late = LETTER.format(day="March 30, 2026", words="We did not locate any responsive records.")
    keep(desk, tmp_path, "late.txt", late)
    stray = keep(desk, tmp_path, "stray.txt", "hello")
    said = desk.run("in-tray", "file", "--all-certain").stdout
    assert "Determination: no records found" in said and "Note: This closes the way to court" in said
    assert [one["id"] for one in desk.json("in-tray")] == [stray]
    assert desk.json("in-tray", "file", "--all-certain") == []


def test_files_are_understood_without_being_stored(desk: Line, tmp_path: Path) -> None:
    path = tmp_path / "scan.txt"
    path.write_text(ACK)
    (seen,) = desk.json("understand", str(path))
    assert (seen["request"], seen["event"]) == (1, "acknowledged")
    assert "Suggested: Face recognition · ICE" in desk.run("understand", str(path)).stdout
    assert "There is no file" in desk.run("understand", str(tmp_path / "gone.txt"), status=1).stderr
    assert desk.json("documents") == []


def test_a_receipt_is_noted_as_evidence(desk: Line, tmp_path: Path) -> None:
    number = keep(desk, tmp_path, "receipt.txt", "A receipt.")
    event = next(one for one in desk.json("event", "list", "1") if one["kind"] == "request_sent")
    assert "is evidence of “Request sent by mail”, 2026-01-02" in desk.run("evidence", str(number), event["id"]).stdout
    assert desk.json("in-tray") == []
    assert "no event" in desk.run("evidence", str(number), "nothing", status=1).stderr
