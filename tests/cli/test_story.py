"""The main job from nothing to overdue notices, on the command line."""

import hashlib
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

from tests.cli.conftest import Line


def _reply(path: Path, attachment: bytes) -> None:
    message = EmailMessage()
    message["From"] = "ICE FOIA <ice-foia@ice.dhs.gov>"
    message["Subject"] = "Acknowledgement 2026-ICFO-00123"
    message["Date"] = "Fri, 06 Feb 2026 10:00:00 -0500"
    message.set_content("Your request was assigned 2026-ICFO-00123.")
    message.add_attachment(attachment, maintype="application", subtype="octet-stream", filename="letter.bin")
    path.write_bytes(message.as_bytes())


def test_from_a_question_to_overdue_notices(campaign: Callable[[], Line], tmp_path: Path) -> None:
    line = campaign()
    rows = line.json("request", "list")
    assert {row["office"] for row in rows} == {"DHS/ICE", "DHS/CBP", "DHS/PRIV"}
    assert {row["stage"] for row in rows} == {"draft"}

    for row in rows:
        letter = tmp_path / f"{row['id']}.pdf"
        line.run("letter", "render", "policy_request", str(row["id"]), "-o", str(letter))
        assert letter.read_bytes().startswith(b"%PDF-")
        line.run("sent", str(row["id"]), "--channel", "portal", "--on", "2026-02-03")

    payload = b"exact bytes \x00\xff of an attachment"
    _reply(tmp_path / "reply.eml", payload)
    line.run(
        "file", "ICE", str(tmp_path / "reply.eml"), "--event", "acknowledged",
        "--field", "tracking_number=2026-ICFO-00123",
    )  # fmt: skip
    stored = {document["sha256"]: document for document in line.json("documents", "2026-ICFO-00123")}
    assert hashlib.sha256(payload).hexdigest() in stored
    original = hashlib.sha256((tmp_path / "reply.eml").read_bytes()).hexdigest()
    assert original in stored
    copy = tmp_path / "copy.eml"
    line.run("documents", "get", str(stored[original]["id"]), "-o", str(copy))
    assert copy.read_bytes() == (tmp_path / "reply.eml").read_bytes()

    # Received by portal on Tuesday, February 3; Washington's Birthday is skipped: due Wednesday, March 4.
    shown = line.json("request", "show", "2026-ICFO-00123", "--today", "2026-07-03")
    (clock,) = [one for one in shown["answer"]["clocks"] if one["kind"] == "determination"]
    assert (clock["due"], clock["state"], clock["days_late"]) == ("2026-03-04", "missed", 121)
    assert shown["answer"]["exhaustion"]["state"] == "open"
    due = line.json("due", "--today", "2026-07-03")
    assert {row["days_late"] for row in due if row["clock"] == "determination"} == {121}
    sheet = line.run("worksheet", "ICE", "determination", "--today", "2026-07-03").stdout
    assert "Washington" in sheet

    notice = tmp_path / "notice.txt"
    line.run("letter", "render", "overdue_notice", "ICE", "--text", "-o", str(notice), "--today", "2026-07-03")
    text = notice.read_text(encoding="utf-8")
    assert "121" in text
    assert "2026-ICFO-00123" in text
    line.run("verify")


def test_a_correction_moves_the_date_and_the_log_keeps_both(campaign: Callable[[], Line]) -> None:
    line = campaign()
    line.run("sent", "ICE", "--channel", "portal", "--on", "2026-02-03")
    line.run("event", "add", "ICE", "request_received", "office=proper", "--date", "2026-02-10")
    (received,) = [one for one in line.json("event", "list", "ICE") if one["kind"] == "request_received"]
    line.run("event", "correct", received["id"], "request_received", "office=proper", "--date", "2026-02-05")
    log = [one for one in line.json("event", "list", "ICE") if one["kind"] == "request_received"]
    assert [(one["date"], one["in_force"]) for one in log] == [("2026-02-10", False), ("2026-02-05", True)]
    line.run("event", "retract", log[1]["id"], "--note", "typed on the wrong request")
    log = [one for one in line.json("event", "list", "ICE") if one["kind"] == "request_received"]
    assert not any(one["in_force"] for one in log)


def test_refusals_are_sentences_and_change_nothing(campaign: Callable[[], Line], tmp_path: Path) -> None:
    line = campaign()
    before = line.json("event", "list", "ICE")
    for words in (
        ("event", "add", "ICE", "nonsense", "--date", "2026-02-03"),
        ("event", "add", "ICE", "request_received", "--date", "2026-02-03"),
        ("event", "add", "ICE", "request_received", "office=proper", "--date", "2199-02-03"),
        ("request", "show", "no such request"),
        ("file", "ICE", str(tmp_path / "absent.eml")),
        ("letter", "render", "no_such_kind", "ICE", "-o", str(tmp_path / "x.pdf")),
        ("agency", "show", "DHS/ICEE"),
        ("request", "new", "--title", "x", "--office", "NO/SUCH", "--item", "y"),
    ):
        status = 2 if "2199-02-03" in words else 1
        refused = line.run(*words, status=status)
        assert refused.stderr.strip()
        assert "Traceback" not in refused.stderr
    assert line.json("event", "list", "ICE") == before
    wrong = line.run("request", "list", status=1, passphrase="wrong words")
    assert "passphrase" in wrong.stderr.lower()


def test_nothing_is_a_desk_until_it_is_made(tmp_path: Path) -> None:
    line = Line(tmp_path / "nowhere")
    refused = line.run("request", "list", status=1)
    assert "foiadesk:" in refused.stderr
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "diary.txt").write_text("mine")
    Line(tmp_path / "full").run("init", status=1)
    assert (tmp_path / "full" / "diary.txt").read_text() == "mine"


def test_the_in_tray_keeps_what_fits_nowhere(line: Line, tmp_path: Path) -> None:
    stray = tmp_path / "stray.txt"
    stray.write_text("to whom it may concern")
    line.run("file", "-", str(stray))
    assert len(line.json("in-tray")) == 1


def test_a_letter_with_blanks_needs_a_second_word(line: Line) -> None:
    line.run("requester", "add", "Lantern Street", "--signer", "Marisol Q, Director")
    line.run(
        "request", "new", "--title", "Contracts", "--office", "DHS/ICE", "--requester", "1", "--item", "All contracts.",
        "--fee-waiver",
    )  # fmt: skip
    refused = line.run("sent", "1", "--channel", "portal", "--on", "2026-02-03", status=1)
    assert "blanks" in refused.stderr
    assert line.json("documents") == []
    line.run("sent", "1", "--channel", "portal", "--on", "2026-02-03", "--with-blanks")
    assert len(line.json("documents")) == 1


def test_no_terminal_and_no_desk_are_said_before_a_passphrase_is_asked(line: Line, tmp_path: Path) -> None:
    refused = line.run("due", status=1, passphrase="")
    assert "--passphrase-file" in refused.stderr
    for words in (("init",), ("sample", str(line.folder))):
        assert "passphrase" not in line.run(*words, status=1, passphrase="").stderr
    assert "desk.db" in Line(tmp_path / "elsewhere").run("due", status=1, passphrase="").stderr
