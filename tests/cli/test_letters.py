"""The letter commands: every output a file, every omission a sentence."""

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from .conftest import PASSPHRASE, Line

Campaign = Callable[[], Line]


def pages_of(path: Path) -> int:
    with pikepdf.open(path) as document:
        return len(document.pages)


def picture(path: Path) -> str:
    held = io.BytesIO()
    Image.new("RGB", (300, 90), (10, 60, 90)).save(held, "PNG")
    path.write_bytes(held.getvalue())
    return str(path)


def test_a_letter_as_pdf_word_and_text(campaign: Campaign, tmp_path: Path) -> None:
    line = campaign()
    pdf, word, text = tmp_path / "a.pdf", tmp_path / "a.docx", tmp_path / "a.txt"
    line.run("letter", "render", "policy_request", "ICE", "-o", str(pdf), "--line-numbers", "--watermark")
    line.run("letter", "render", "policy_request", "ICE", "-o", str(word), "--docx", "--page", "a4")
    said = line.run("letter", "render", "policy_request", "ICE", "-o", str(text), "--text").stderr
    assert pages_of(pdf) >= 1
    with zipfile.ZipFile(word) as file:
        assert "word/document.xml" in file.namelist()
    count = len(text.read_text()[:-1]) + text.read_text()[:-1].count("\n")
    assert f"{count:,} characters of the 10,000 that www.foia.gov takes" in said and "as of 2026-06-09" in said
    long = line.run("letter", "render", "policy_request", "ICE", "-o", str(text), "--text",
                    "--set", f"background={'word ' * 2500}").stderr  # fmt: skip
    assert "too many" in long


def test_enclosures_and_signatures_are_kept_with_the_draft(campaign: Campaign, tmp_path: Path) -> None:
    line = campaign()
    line.run("file", "ICE", picture(tmp_path / "map.png"))
    document = str(line.json("documents")[0]["id"])
    out = tmp_path / "a.pdf"
    line.run("letter", "render", "policy_request", "ICE", "-o", str(out))
    alone = pages_of(out)
    line.run("letter", "render", "policy_request", "ICE", "-o", str(out), "--enclose", document, "--dividers")
    assert pages_of(out) == alone + 2
    line.run("letter", "draft", "policy_request", "ICE", "--enclose", document,
             "--signature", f"Marisol Q={document}")  # fmt: skip
    line.run("letter", "render", "policy_request", "ICE", "-o", str(out))
    assert pages_of(out) == alone + 1
    for words, told in ((["--enclose", "999"], "999"), (["--signature", "Marisol Q=mine"], "NAME=DOCUMENT")):
        refused = line.run("letter", "render", "policy_request", "ICE", "-o", str(out), *words, status=1)
        assert told in refused.stderr


def test_every_ready_draft_goes_into_one_folder(campaign: Campaign, tmp_path: Path) -> None:
    line = campaign()
    folder = tmp_path / "Out"
    assert "No draft is ready" in line.run("letter", "render", "--all-ready", "-o", str(folder)).stderr
    for office in ("ICE", "CBP"):
        line.run("letter", "draft", "policy_request", office)
    line.run("letter", "draft", "overdue_notice", "PRIV")
    done = line.run("letter", "render", "--all-ready", "-o", str(folder))
    assert {path.name for path in folder.iterdir()} == {"ICE - Face recognition.pdf", "CBP - Face recognition.pdf"}
    assert "Left out: PRIV - Face recognition (overdue_notice), blank: " in done.stderr
    line.run("letter", "render", "policy_request", "ICE", "--all-ready", "-o", str(folder), status=2)
    line.run("letter", "render", "policy_request", "-o", str(folder), status=2)


def test_many_letters_are_marked_as_sent_at_once(campaign: Campaign, tmp_path: Path) -> None:
    line = campaign()
    proof = tmp_path / "receipt.txt"
    proof.write_text("Accepted.")
    said = line.run("letter", "send", "policy_request", "ICE", "CBP", "nowhere", "--channel", "portal",
                    "--proof", str(proof), status=1)  # fmt: skip
    assert said.stdout.count("Marked “Request for policy records”") == 2
    assert "nowhere" in said.stderr
    assert [row["stage"] for row in line.json("request", "list")].count("draft") == 1
    line.run("sent", "PRIV", "--channel", "email")
    assert "draft" not in [row["stage"] for row in line.json("request", "list")]


@pytest.mark.parametrize("size", ["no10", "c56", "dl"])
def test_envelopes(campaign: Campaign, tmp_path: Path, size: str) -> None:
    out = tmp_path / "e.pdf"
    campaign().run("letter", "envelope", "ICE", "CBP", "-o", str(out), "--size", size)
    assert pages_of(out) == 2


def test_labels_and_covers(campaign: Campaign, tmp_path: Path) -> None:
    line, out = campaign(), tmp_path / "l.pdf"
    line.run("letter", "labels", "ICE", "CBP", "PRIV", "-o", str(out), "--start", "29")
    assert pages_of(out) == 2
    line.run("letter", "labels", "ICE", "-o", str(out), "--sheet", "L7160", "--ours")
    assert "1 to 21" in line.run("letter", "labels", "ICE", "-o", str(out), "--sheet", "L7160", "--start", "22",
                                 status=1).stderr  # fmt: skip
    assert "Number of pages" in line.run("letter", "cover", "fax", "ICE", "-o", str(out)).stderr
    assert "Number of pages" not in line.run("letter", "cover", "fax", "ICE", "-o", str(out), "--pages", "4").stderr
    line.run("letter", "cover", "certified", "ICE", "-o", str(out), "--number", "9407 1", "--page", "a4")
    refused = line.run("letter", "labels", "ICE", "-o", str(tmp_path / "no" / "l.pdf"), status=1)
    assert "could not be written" in refused.stderr


def test_a_letter_is_made_without_what_it_does_not_need(campaign: Campaign, tmp_path: Path) -> None:
    line, out = campaign(), tmp_path / "a.pdf"
    unneeded = {"reportlab.platypus", "uharfbuzz", "subprocess", "pypdfium2", "pikepdf", "PySide6", "sqlite_utils.cli"}
    program = (
        "import sys\n"
        "from foiadesk.__main__ import main\n"
        f"words = ['--desk', {str(line.folder)!r}, 'letter', 'render', 'policy_request', 'ICE', '-o', {str(out)!r}]\n"
        "try:\n    main(words)\n"
        "except SystemExit as end:\n    assert not end.code\n"
        "from foiadesk.letters import catalogue\n"
        f"print(sorted({unneeded!r} & set(sys.modules)), catalogue.kinds.cache_info().misses)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "FOIADESK_PASSPHRASE": PASSPHRASE},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [str(out), "[] 0"]
    assert pages_of(out) >= 1
