"""Names in other scripts within a Latin letter: joined, in the right order, read back as they were written."""

import re
import shutil
import subprocess
from io import BytesIO

import pikepdf
import pytest

from foiadesk.letters import compose, typeset
from foiadesk.letters.model import Run
from foiadesk.letters.press import fallback
from foiadesk.letters.press.direction import all_backward, levels, mirrored, visual_order
from foiadesk.letters.press.fonts import house_faces
from foiadesk.letters.press.styles import PAPERS
from foiadesk.letters.press.text import line_width, lines_of, placed
from foiadesk.records import Requester, Signer
from tests.letters.examples import ALONE, context
from tests.letters.test_press import elements, fonts_of, nothing_sticks_out, words

NAMES = {
    "Arabic": "محمد بن سلمان",
    "Persian": "می‌خواهم",
    "Hebrew": "דוד בן־גוריון",
    "Devanagari": "प्रिया शर्मा",
    "Amharic": "ዓለም ገብረ",
    "Chinese": "王小明",
    "Japanese": "田中さくら",
    "Korean": "김철수",
    "Thai": "สมชาย",
    "Burmese": "မြန်မာ",
}


def needs(name):
    lacking = [char for char in name if ord(char) > 0x2FF and ord(char) != 0x200C and fallback.face_for(char) is None]
    if lacking:
        pytest.skip(f"no font here shows {lacking[0]!r} (Debian: fonts-noto-core, fonts-noto-cjk)")
    return name


def read_aloud(pdf):
    """The letter as its structure tells it: an element's own text where it has one, else what is drawn."""
    with pikepdf.open(BytesIO(pdf)) as document:
        drawn, spans = {}, {}
        for number, page in enumerate(document.pages):
            maps = {}
            for name, font in page.Resources.Font.items():
                wide = 2 if "/DescendantFonts" in font else 1
                pairs = re.findall(r"<(\w+)> <(\w{4,})>", font.ToUnicode.read_bytes().decode("ascii"))
                told = {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}
                maps[name] = wide, told
            mark, font = None, None
            for operands, operator in pikepdf.parse_content_stream(page):
                match str(operator):
                    case "BDC":
                        assert mark is None  # never one in another: readers differ on that
                        mark = (number, int(operands[1].MCID))
                        drawn[mark] = ""
                        if "/ActualText" in operands[1]:
                            spans[mark] = str(operands[1].ActualText)
                    case "BMC":
                        mark = "artifact"
                    case "EMC":
                        mark = None
                    case "Tf":
                        font = maps[str(operands[0])]
                    case "TJ" if mark != "artifact":
                        for part in operands[0]:
                            if isinstance(part, pikepdf.String):
                                code, (wide, told) = bytes(part), font
                                chunks = (code[at : at + wide] for at in range(0, len(code), wide))
                                drawn[mark] += "".join(told.get(int.from_bytes(chunk, "big"), "") for chunk in chunks)
        told = dict(own_texts(document.Root.StructTreeRoot))
        marks = [mark for _, _, own in elements(document) for mark in own]
    assert sorted(told.values()) == sorted(spans.values())  # the element and its mark say the same
    return "".join(spans.get(mark, drawn[mark]) for mark in sorted(marks))


def own_texts(element):
    """Yield every element that tells its own text, by its object number."""
    for kid in element.get("/K", []):
        if not isinstance(kid, int) and kid.get("/Type") != "/MCR":
            if "/ActualText" in kid:
                assert str(kid.S) == "/Span"
                yield kid.objgen, str(kid.ActualText)
            yield from own_texts(kid)


@pytest.mark.parametrize("script", NAMES)
def test_a_name_is_set_in_a_latin_line_and_read_back_as_it_was_written(script):
    name = needs(NAMES[script])
    person = Requester("Larkspur Rights Project", signers=(Signer(f"{name} Lee", "Director"),))
    letter = compose("policy_request", context(requesters=(person,)), {"title": f"Records about {name} (2024)"})
    pdf = typeset(letter)
    nothing_sticks_out(pdf)
    text = read_aloud(pdf)
    assert f"Records about {name} (2024)" in text
    assert f"{name} Lee" in text
    found = list(fonts_of(pdf))
    assert all(embedded and readable for _, embedded, readable in found)
    assert all(re.fullmatch(r"/[A-Z]{6}\+[\w-]+", base) for base, _, _ in found)
    assert any("SourceSerifPro" not in base for base, _, _ in found)
    assert typeset(letter) == pdf


@pytest.mark.skipif(not shutil.which("pdfinfo") or not shutil.which("pdftotext"), reason="poppler is not installed")
@pytest.mark.parametrize("script", ["Arabic", "Hebrew", "Amharic", "Chinese"])
def test_other_programs_read_the_name_in_order(script, tmp_path):
    name = needs(NAMES[script])
    path = tmp_path / "letter.pdf"
    path.write_bytes(typeset(compose("policy_request", ALONE, {"title": f"Records about {name} and others"})))
    told = subprocess.run(["pdfinfo", "-struct-text", path], capture_output=True, text=True, check=True).stdout
    assert words(name) in words(told.replace('"', ""))
    for checker in (["qpdf", "--check", str(path)],) if shutil.which("qpdf") else ():
        assert subprocess.run(checker, capture_output=True, check=False).returncode == 0


def test_arabic_letters_join():
    needs(NAMES["Arabic"])
    face = fallback.face_for("م", "SC", house_faces()[""].space)
    joined = face.shape("محمد", backward=True)
    alone = [face.shape(char, backward=True).glyphs[0].number for char in "محمد"]
    assert [glyph.number for glyph in joined.glyphs] != alone
    assert [glyph.text for glyph in joined.glyphs] == list("محمد")  # drawn from the first letter
    assert [glyph.x for glyph in joined.glyphs] == sorted((glyph.x for glyph in joined.glyphs), reverse=True)
    assert joined.width < sum(face.shape(char, backward=True).width for char in "محمد")


def test_words_of_a_backward_name_stand_right_to_left_in_the_line():
    name = needs(NAMES["Arabic"])
    (line,) = lines_of((Run(f"Ana {name} Lee 12"),), 400.0, 10.8)
    at = {part.text: left for part, left in placed(line, 10.8) if part is not None}
    first, second, third = name.split()
    assert at["Ana"] < at[third] < at[second] < at[first] < at["Lee"] < at["12"]
    assert max(at.values()) < line_width(line, 10.8)


def test_a_paragraph_wholly_from_the_right_hangs_from_the_right_margin():
    words_ = needs("هذا النص كله بالعربية ويجب أن يبدأ من اليمين وينتهي في اليسار ")
    pdf = typeset(compose("policy_request", ALONE, {"background": words_ * 3}))
    with pikepdf.open(BytesIO(pdf)) as document:
        placed_at = [
            float(operands[4])
            for operands, operator in pikepdf.parse_content_stream(document.pages[0])
            if str(operator) == "Tm"
        ]
    ends = [x for x in placed_at if abs(x - PAPERS["letter"].measure) < 0.1]  # each line's closing space
    assert len(ends) == 2
    nothing_sticks_out(pdf)


def test_levels_follow_the_bidirectional_algorithm():
    assert levels("abc") == (0, 0, 0)
    assert levels("a אב 12 b") == (0, 0, 1, 1, 1, 2, 2, 0, 0)
    assert levels("אב.") == (1, 1, 1)  # all of it runs backward
    assert levels("می‌خ")[2] == 1  # the joiner keeps with its letters
    assert visual_order([0, 1, 1, 2, 1, 0]) == [0, 4, 3, 2, 1, 5]
    assert visual_order([1, 2, 2, 1]) == [3, 1, 2, 0]
    assert visual_order([]) == []
    assert mirrored("(a]") == "[a)"
    assert all_backward("אב 12") and not all_backward("אב b") and not all_backward("12")


def test_ideographs_are_written_as_the_words_around_them_say():
    assert fallback.hand_of("王小明") == "SC"
    assert fallback.hand_of("田中さくら") == "JP"
    assert fallback.hand_of("김小明") == "KR"
    needs("王")
    if not any(font.family.endswith(" SC") for font in fallback.installed()):
        pytest.skip("no font with several hands is installed")
    assert "SC" in fallback.face_for("王", "SC").name.upper()
    assert "JP" in fallback.face_for("王", "JP").name.upper()


def test_a_very_long_name_from_the_right_is_cut_between_letters_and_nothing_is_lost():
    name = needs("عبدالرحمن") * 40
    letter = compose("policy_request", ALONE, {"title": name})
    pdf = typeset(letter)
    nothing_sticks_out(pdf)
    assert words(name) in words(read_aloud(pdf))
