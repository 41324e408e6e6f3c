"""Foreign names become names that are safe to show and save under."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from foiadesk.intake import safe_name
from foiadesk.intake.names import MAX_BYTES, without_controls
from tests.shared_data import shared


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Final Response.pdf", "Final Response.pdf"),
        ("../../etc/passwd", "passwd"),
        ("/etc/shadow", "shadow"),
        ("C:\\Users\\jane\\Desktop\\Response.pdf", "Response.pdf"),
        ("\\\\server\\share\\scan.tif", "scan.tif"),
        ("AC/DC request.eml", "AC_DC request.eml"),
        ("a\\b.txt", "a_b.txt"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("\u2066left\u2069.pdf", "left.pdf"),
        ("zero\u200bwidth.pdf", "zerowidth.pdf"),
        ("line\r\nbreak\x00\x1b[31m.pdf", "line break[31m.pdf"),
        (".bashrc", "bashrc"),
        ("...", "unnamed"),
        ("", "unnamed"),
        ("   ", "unnamed"),
        ("name. . .", "name"),
        ("con", "_con"),
        ("CON.txt", "_CON.txt"),
        ("com1.tar.gz", "_com1.tar.gz"),
        ("Lpt³.pdf", "_Lpt³.pdf"),
        ("console.txt", "console.txt"),
        ("-rf", "_-rf"),
        ("~root", "_~root"),
        ('what? "now" <a|b>*.pdf', "what_ _now_ _a_b__.pdf"),
        ("full\uff0fwidth\uff3cslash\u2215s", "full_width_slash_s"),
        ("Cafe\u0301.pdf", "Café.pdf"),
        ("report.pdf                              .exe", "report.pdf.exe"),
        ("\ud800broken", "broken"),
        ("antwort auf anfrage nr. 5 vom mai", "antwort auf anfrage nr. 5 vom mai"),
    ],
)
def test_examples(text: str, safe: str) -> None:
    assert safe_name(text) == safe


@pytest.mark.parametrize("letter", ["a", "é", "字", "😀", "e\u0323\u0301"])
def test_over_long_names_keep_their_extension(letter: str) -> None:
    name = safe_name(letter * 5000 + ".pdf")
    assert name.endswith(".pdf")
    assert MAX_BYTES - 20 < len(name.encode()) <= MAX_BYTES
    stem = unicodedata.normalize("NFC", letter)
    assert name.removesuffix(".pdf").replace(stem, "") == ""


@given(st.text(max_size=400))
@example("a." + "b" * 17)
@example("\u0301")
@example("x" * 196 + " .pdf")
@example("con .txt")
@example("~/")
@example("..\\..")
@example("C:\\")
def test_every_text_becomes_a_safe_name(text: str) -> None:
    name = safe_name(text)
    assert name
    assert not set(name) & set('/\\:*?"<>|\x00')
    assert name not in (".", "..")
    assert not name.startswith((".", "-", "~", " "))
    assert not name.endswith((".", " "))
    assert len(name.encode()) <= MAX_BYTES
    assert all(unicodedata.category(char)[0] != "C" for char in name)
    assert unicodedata.is_normalized("NFC", name)
    assert safe_name(name) == name
    assert Path("folder") / name == Path("folder", name)
    assert Path(name).name == name


def test_naughty_strings_make_files_that_can_be_made(tmp_path: Path) -> None:
    for text in json.loads(shared("hostile/blns.json").read_text("utf-8")):
        made = tmp_path / safe_name(text)
        made.write_bytes(b"")
        assert made.parent == tmp_path
        assert made.name in [one.name for one in tmp_path.iterdir()]


@given(st.text())
def test_without_controls_leaves_one_clean_line(text: str) -> None:
    line = without_controls(text)
    assert line == line.strip()
    assert "  " not in line
    assert all(unicodedata.category(char)[0] != "C" for char in line)
