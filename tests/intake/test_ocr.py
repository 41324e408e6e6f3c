"""OCR reads real scans well, is shut in, leaves nothing on the disk, and its absence is one plain line."""

import os
import subprocess
import sys
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from foiadesk.intake import Worker, ocr
from foiadesk.intake.refused import Refused
from foiadesk.intake.results import PageImage

from ..shared_data import shared


@pytest.fixture
def tesseract() -> ocr.Ocr:
    found = ocr.installed()
    if found is None:
        pytest.skip("tesseract is not installed: on Debian, apt-get install tesseract-ocr tesseract-ocr-spa")
    return found


def _errors(found: str, truth: str) -> float:
    """Return the share of characters that differ, white space aside."""
    one, other = " ".join(found.split()), " ".join(truth.split())
    same = sum(block.size for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks())
    return 1 - same / max(len(one), len(other))


@pytest.mark.parametrize(
    ("scan", "truth", "bound"),
    [
        ("phototest.tif", "phototest.txt", 0.01),
        ("phototest-rotated-R.png", "phototest.txt", 0.01),
        ("linn.pdf", "linn.txt", 0.03),
        ("8087_054.3B.tif", "8087_054.3B.txt", 0.05),
    ],
)
def test_scans_are_read(scan: str, truth: str, bound: float, tesseract: ocr.Ocr) -> None:
    path, wanted = shared(f"scans/{scan}"), shared(f"scans/{truth}")
    if "rotated" in scan and not tesseract.turns:
        pytest.skip("this tesseract cannot tell which way up a page lies: tesseract-ocr-osd is not installed")
    data = path.read_bytes()
    with Worker() as worker:
        pdf = worker.inspect(data, scan).kind == "pdf"
        picture = worker.page(data, 0, ocr.DOTS / 72) if pdf else worker.image(data, ocr.LONGEST)
    assert _errors(ocr.read(picture, tesseract), wanted.read_text("utf-8")) <= bound


def test_an_empty_page_has_no_text(tesseract: ocr.Ocr) -> None:
    assert ocr.read(PageImage(400, 300, b"\xff" * 400 * 300 * 3), tesseract) == ""


def test_nothing_is_written_to_the_disk(tesseract: ocr.Ocr, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    before = set(Path("/tmp").iterdir())
    ocr.read(PageImage(400, 300, b"\xff" * 400 * 300 * 3), tesseract)
    assert list(tmp_path.iterdir()) == []
    assert not [path for path in set(Path("/tmp").iterdir()) - before if "tess" in path.name or "lept" in path.name]


def test_a_program_that_fails_or_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    page = PageImage(1, 1, b"\xff" * 3)
    with pytest.raises(Refused) as refused:
        ocr.read(page, ocr.Ocr("/nowhere/tesseract", "/nowhere", ("eng",)))
    assert refused.value.code == "no_start"
    with pytest.raises(Refused) as refused:
        ocr.read(page, ocr.Ocr(os.path.realpath("/bin/false"), "/nowhere", ("eng",)))
    assert refused.value.code == "crashed"


def test_what_an_installation_says_of_its_languages() -> None:
    said = ['List of available languages in "/usr/share/tessdata/" (3):', "eng", "osd", "spa"]
    assert ocr._understood("/bin/sh", said) == ocr.Ocr(
        os.path.realpath("/bin/sh"), "/usr/share/tessdata/", ("eng", "spa"), turns=True
    )
    assert ocr._understood("/bin/sh", [said[0], "fra"]) is None
    assert ocr._understood("/bin/sh", []) is None


@pytest.mark.skipif(sys.platform != "linux", reason="these walls exist on Linux only")
def test_the_program_it_becomes_reads_writes_and_starts_nothing_else(tmp_path: Path) -> None:
    with Worker() as worker:
        status = worker.status()
    if not (status.files_confined and status.calls_filtered):
        pytest.skip("this system refuses the walls")
    (tmp_path / "secret").write_text("secret")
    script = f"""
    echo alive
    (read line < {tmp_path}/secret) 2>/dev/null && echo read a file
    (: > {tmp_path}/made) 2>/dev/null && echo wrote a file
    /bin/ls / 2>/dev/null && echo started a program
    """
    # A subshell is a new process, which the filter refuses as well: so each try stands alone.
    for line in script.strip().splitlines()[1:]:
        tried = _shut_in(line.strip().replace("(", "").replace(")", ""))
        assert tried.stdout == "", tried
    assert _shut_in("echo alive").stdout == "alive\n"
    assert not (tmp_path / "made").exists()


def _shut_in(script: str) -> "subprocess.CompletedProcess[str]":
    shell = os.path.realpath("/bin/sh")
    program = (
        "import os, sys; from foiadesk.intake import cell; cell.grant_cpu(5);"
        f"cell.become({shell!r}, ['-c', sys.argv[1]], 1 << 30, os.getppid(), [])"
    )
    return subprocess.run([sys.executable, "-c", program, script], capture_output=True, text=True, check=False)
