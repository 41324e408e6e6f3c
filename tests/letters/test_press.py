"""The page: fonts, bytes, tags, places, and texts no letter should ever have to hold."""

import platform
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from foiadesk.letters import compose, kind, plain_text, typeset
from foiadesk.letters.model import Heading, Paragraph, Run, Signatures
from foiadesk.letters.press import fallback, fonts, text
from foiadesk.letters.press.fonts import house_faces
from foiadesk.letters.press.styles import PAPERS
from foiadesk.letters.words import page_words
from foiadesk.records import Requester, Signer
from foiadesk.records.errors import BadInput
from tests.letters.examples import ALONE, COALITION, LATE, OFFICE, PLAIN, TOGETHER, context

# One of each shape: text, factors, dates, lists of several kinds, forms to sign, other addressees. test_kinds.py sets
# every kind there is.
NAMES = [
    "policy_request", "fee_waiver", "expedition_statement", "overdue_notice", "communications_request",
    "appeal_exemptions", "third_party_consent_es", "representation_cover", "liaison_note", "ogis_request",
]  # fmt: skip
WHERE = {"alone": ALONE, "together": TOGETHER, "late": LATE}


def forget():
    """Forget every font and line, as a new process would."""
    for remembered in (house_faces, text.lines_of, text._whole):
        remembered.cache_clear()


def words(text):
    """The text without spaces and colons: a table's labels carry none on the page."""
    return re.sub(r"[\s:\ufffe]+", "", text)


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [document[number].get_textpage().get_text_range() for number in range(len(document))]
    finally:
        document.close()


def boxes(pdf):
    """Every printed character with its page and box: (page, character, left, bottom, right, top)."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(len(document)):
            page = document[number].get_textpage()
            for index in range(page.count_chars()):
                char = chr(pdfium.FPDFText_GetUnicode(page.raw, index))
                if not char.isspace():
                    yield number, char, *page.get_charbox(index)
    finally:
        document.close()


def nothing_sticks_out(pdf, page="letter"):
    paper = PAPERS[page].drawn_together(1)
    for _, char, left, bottom, right, top in boxes(pdf):
        assert left >= paper.side - 3, char
        assert right <= paper.width - paper.side + 3, char
        assert bottom >= paper.bottom - 6, char
        assert top <= paper.height - paper.top + 3, char


def body_in_order(letter, pdf):
    """Every word of the letter stands in the PDF, in the same order (page headers taken out)."""
    pages = text_of(pdf)
    running = words(letter.running)
    printed = words(pages[0])
    for number, page in enumerate(pages[1:], 2):
        head = words(page_words(letter.language).format(number=number, count=len(pages)))
        rest = words(page)
        assert head in rest
        printed += rest.replace(running + head, "", 1).replace(head, "", 1)
    return printed


def fonts_of(pdf):
    with pikepdf.open(BytesIO(pdf)) as document:
        for page in document.pages:
            for font in page.Resources.Font.values():
                told = font.DescendantFonts[0].FontDescriptor if "/DescendantFonts" in font else font.FontDescriptor
                yield str(font.BaseFont), "/FontFile2" in told or "/FontFile3" in told, "/ToUnicode" in font


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("page", ["letter", "a4"])
@pytest.mark.parametrize("name", NAMES)
def test_every_kind_is_set_whole_within_its_margins(name, page, where):
    letter = compose(name, WHERE[where], {})
    pdf = typeset(letter, page=page)
    nothing_sticks_out(pdf, page)
    printed = body_in_order(letter, pdf)
    for line in plain_text(letter).split("\n"):
        plain = words(line.removeprefix("- "))
        assert plain.lower() in printed.lower(), line


def of_so_many_lines(count):
    """A letter with a paragraph of a line, so many times over, above its signature."""
    letter = compose("thanks_and_close", ALONE, {})
    at = next(number for number, block in enumerate(letter.blocks) if isinstance(block, Paragraph))
    more = (Paragraph((Run("One line of the letter’s own words, no more."),)),) * count
    return replace(letter, blocks=(*letter.blocks[:at], *more, *letter.blocks[at:]))


def size_of_the_words(pdf):
    """The size in which a letter's paragraphs are set."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0].get_textpage()
        at = page.get_text_range().index("One line")
        return pdfium.FPDFText_GetFontSize(page.raw, at)
    finally:
        document.close()


@pytest.mark.parametrize("page", ["letter", "a4"])
def test_a_last_page_of_a_few_lines_is_spared_and_no_more_is_drawn_together_than_it_takes(page):
    sizes: list[tuple[int, float]] = []
    for count in range(8, 34):
        pdf = typeset(of_so_many_lines(count), page=page)
        nothing_sticks_out(pdf, page)
        sizes.append((len(text_of(pdf)), round(size_of_the_words(pdf), 2)))
    loose, closest = 10.8, 10.8 * (1 - 0.045)
    kinds = list(dict.fromkeys(sizes))
    assert kinds[0] == (1, loose) and kinds[-1] == (2, loose)
    assert [size for pages, size in kinds if pages == 1] == pytest.approx([10.8, 10.64, 10.48, closest], abs=0.01)
    assert len(kinds) == 5, "once a page is not to be spared, the letter is as it was"


@pytest.mark.parametrize("name", NAMES)
def test_every_font_is_embedded_and_subset_and_none_is_named_that_is_not(name):
    pdf = typeset(compose(name, TOGETHER, {}))
    found = list(fonts_of(pdf))
    assert found
    for base, embedded, readable in found:
        assert re.fullmatch(r"/[A-Z]{6}\+SourceSerifPro-\w+", base)
        assert embedded and readable
    assert b"Helvetica" not in pdf


@pytest.mark.parametrize("tagged", [True, False])
@pytest.mark.parametrize("name", NAMES)
def test_the_same_letter_is_the_same_bytes(name, tagged):
    first = typeset(compose(name, LATE, {}), tagged=tagged)
    typeset(compose("policy_request", TOGETHER, {}))
    forget()
    assert typeset(compose(name, LATE, {}), tagged=tagged) == first


def test_another_process_sets_the_same_bytes():
    code = (
        "import hashlib; from tests.letters.examples import TOGETHER; from foiadesk.letters import compose, typeset;"
        "print(hashlib.sha256(typeset(compose('policy_request', TOGETHER, {}))).hexdigest())"
    )
    root = Path(__file__).resolve().parents[2]
    runs = {
        subprocess.run(
            [shutil.which("env"), f"PYTHONHASHSEED={seed}", sys.executable, "-c", code],
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in (1, 2)
    }
    assert len(runs) == 1


def test_title_and_language_are_set_and_nothing_else_is_told():
    letter = compose("policy_request", ALONE, {})
    pdf = typeset(letter)
    with pikepdf.open(BytesIO(pdf)) as document:
        assert dict(document.docinfo) == {"/Title": letter.title}
        assert "Face recognition contracts" in letter.title
        assert document.Root.Lang == "en-US"
        assert document.Root.ViewerPreferences.DisplayDocTitle is True
        assert "/Metadata" not in document.Root
    for secret in (str(Path.cwd()), platform.node(), str(fonts.__file__)):
        assert len(secret) < 3 or secret.encode() not in pdf


def elements(document):
    """Every structure element in reading order as (depth, role, [(page number, mark)])."""
    pages = {page.objgen: number for number, page in enumerate(document.pages)}

    def walk(element, depth):
        own = element.get("/Pg")
        marks, kids = [], []
        for kid in element.get("/K", []):
            if isinstance(kid, int):
                marks.append((pages[own.objgen], kid))
            elif kid.get("/Type") == "/MCR":
                marks.append((pages[kid.Pg.objgen], int(kid.MCID)))
            else:
                kids.append(kid)
        yield depth, str(element.S)[1:], marks
        for kid in kids:
            assert kid.P.objgen == element.objgen
            yield from walk(kid, depth + 1)

    for top in document.Root.StructTreeRoot.K:
        yield from walk(top, 0)


def marked_content(document):
    """What each mark of each page shows, as decoded by the fonts' own ToUnicode maps; artifacts are checked too."""
    found = {}
    for number, page in enumerate(document.pages):
        maps = {}
        for name, font in page.Resources.Font.items():
            cmap = font.ToUnicode.read_bytes().decode("ascii")
            pairs = re.findall(r"<(\w\w)> <(\w{4,})>", cmap)
            maps[name] = {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}
        mark, font, outside = None, None, []
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "BDC":
                    mark = (number, int(operands[1].MCID))
                    found[mark] = ""
                case "BMC":
                    mark = "artifact"
                case "EMC":
                    mark = None
                case "Tf":
                    font = maps[str(operands[0])]
                case "TJ":
                    shown = "".join(
                        font[code] for part in operands[0] if isinstance(part, pikepdf.String) for code in bytes(part)
                    )
                    if mark is None:
                        outside.append(shown)
                    elif mark != "artifact":
                        found[mark] += shown
        assert outside == []
    return found


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("name", NAMES)
def test_the_tags_read_the_letter_aloud_in_order(name, where):
    letter = compose(name, WHERE[where], {})
    with pikepdf.open(BytesIO(typeset(letter))) as document:
        assert document.Root.MarkInfo.Marked is True
        shown = marked_content(document)
        found = list(elements(document))
        marks = [mark for _, _, own in found for mark in own]
        assert sorted(marks) == sorted(shown)
        parents = document.Root.StructTreeRoot.ParentTree.Nums
        for number, page in enumerate(document.pages):
            assert page.StructParents == number
            assert len(parents[2 * number + 1]) == sum(1 for mark in shown if mark[0] == number)
        said = " ".join("".join(shown[mark] for mark in marks).split())
    heard = words(said.replace("•", "")).lower()
    if kind(name).to == "form" or len(letter.blocks[0].organizations) > 1:
        assert heard == words(plain_text(letter).replace("\n- ", "\n")).lower()
    else:  # the letterhead's details run in one line, with dots between
        body = plain_text(letter)[plain_text(letter).index("January" if where == "alone" else "March") :]
        assert heard.endswith(words(body.replace("\n- ", "\n")).lower())
    roles = [role for _, role, _ in found]
    assert roles[0] == "Document"
    assert roles.count("H1") == 1
    assert "P" in roles
    assert ("H2" in roles) == any(isinstance(block, Heading) for block in letter.blocks)
    if name == "policy_request":
        assert roles.count("LI") >= 3 and roles.count("Lbl") == roles.count("LBody") == roles.count("LI")
    if name == "overdue_notice":
        assert roles.count("TR") == roles.count("TH") == roles.count("TD") >= 5


def test_wrapped_lines_keep_a_space_between_their_words():
    letter = compose("policy_request", TOGETHER, {})
    with pikepdf.open(BytesIO(typeset(letter))) as document:
        shown = marked_content(document)
    paragraph = next(text for text in shown.values() if text.startswith("“Records” includes"))
    assert " ".join(paragraph.split()) in plain_text(letter)


def test_a_paragraph_over_two_pages_is_one_element_with_two_marks():
    items = "\n".join(
        f"All records of matter {number}, " + "with every attachment and draft, " * 26 for number in range(60)
    )
    with pikepdf.open(BytesIO(typeset(compose("policy_request", ALONE, {"items": items})))) as document:
        split = [own for _, role, own in elements(document) if role == "P" and len({page for page, _ in own}) == 2]
        shown = marked_content(document)
        assert split
        for own in split:
            assert [page for page, _ in own] == sorted(page for page, _ in own)
            assert all(shown[mark].strip() for mark in own)


def test_a_preview_may_leave_the_tags_out_and_shows_the_same_page():
    letter = compose("policy_request", TOGETHER, {})
    tagged, plain = typeset(letter), typeset(letter, tagged=False)
    assert text_of(tagged) == text_of(plain)
    with pikepdf.open(BytesIO(plain)) as document:
        assert "/StructTreeRoot" not in document.Root


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
@pytest.mark.parametrize("name", NAMES)
def test_qpdf_finds_nothing_wrong(name, tmp_path):
    path = tmp_path / "letter.pdf"
    path.write_bytes(typeset(compose(name, TOGETHER, {}), fold_marks=True, draft=True))
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("page", "top", "bottom"), [("letter", 2.04 * 72, 3.17 * 72), ("a4", 127.6, 255.2)])
def test_the_address_stands_in_the_window_of_an_envelope(page, top, bottom):
    for where in (ALONE, TOGETHER):
        pdf = typeset(compose("policy_request", where, {}), page=page)
        document = pypdfium2.PdfDocument(pdf)
        textpage = document[0].get_textpage()
        high = document[0].get_height()
        first = textpage.search("FOIA Officer").get_next()
        last = textpage.search("20536-5009").get_next()
        assert first and last
        assert high - textpage.get_charbox(first[0])[3] >= top - 1
        assert high - textpage.get_charbox(last[0])[1] <= bottom + (45 if where is TOGETHER else 0)
        document.close()


def test_later_pages_have_a_short_header_and_the_first_has_none():
    letter = compose("policy_request", TOGETHER, {})
    pages = text_of(typeset(letter))
    assert len(pages) > 2
    assert "Page 1 of" not in pages[0]
    for number, page in enumerate(pages[1:], 2):
        assert f"Page {number} of {len(pages)}" in page
        assert letter.running.split(" · ")[0] in page


def test_fold_marks_and_watermark_are_drawn_when_asked():
    letter = compose("fee_waiver", ALONE, {})
    plain, folded, draft = typeset(letter), typeset(letter, fold_marks=True), typeset(letter, draft=True)
    assert len({plain, folded, draft}) == 3
    assert all("DRAFT" in "".join(page.split()) for page in text_of(draft))
    assert "DRAFT" not in "".join(text_of(plain))


def test_blanks_are_visible_on_the_page():
    pdf = typeset(compose("overdue_notice", ALONE, {}))
    with pikepdf.open(BytesIO(pdf)) as document:
        filled = sum(
            str(operator) == "re" for page in document.pages for _, operator in pikepdf.parse_content_stream(page)
        )
    assert "".join(text_of(pdf)).count("[…]") == filled == plain_text(compose("overdue_notice", ALONE, {})).count("[…]")


def no_line_alone(pdf):
    """Check that no paragraph leaves one line at either side of a page break; return how many are split."""
    with pikepdf.open(BytesIO(pdf)) as document:
        shown, found = marked_content(document), 0
        for _, role, own in elements(document):
            if role == "P" and len({page for page, _ in own}) > 1:
                found += 1
                assert all(len(shown[mark]) > 60 for mark in own), [shown[mark] for mark in own]
    return found


def test_numbered_items_split_well_over_pages():
    items = "\n".join(
        f"Item {number}: " + "all records and communications of the office " * (number % 13 + 1) for number in range(60)
    )
    letter = compose("policy_request", ALONE, {"items": items})
    pdf = typeset(letter)
    nothing_sticks_out(pdf)
    assert no_line_alone(pdf) > 1
    printed = body_in_order(letter, pdf)
    for number in range(60):
        assert f"{number + 1}.Item{number}all" in printed


def test_signatures_never_stand_on_a_page_without_words():
    for length in range(0, 60, 3):
        letter = compose("policy_request", TOGETHER, {"background": "Words of some length follow here. " * length})
        last = text_of(typeset(letter, tagged=False))[-1]
        before = last[: last.index("Respectfully submitted,")]
        assert len(words(before)) > 100


LONG = "Wolfeschlegelsteinhausenbergerdorff" * 9
HOSTILE = '<b>&"'
EXTREMES = {
    "surname": context(requesters=(replace(COALITION[0], signers=(Signer(f"Ana {LONG}", LONG),)),)),
    "organization": context(requesters=(replace(COALITION[0], name=LONG * 3), *COALITION[1:])),
    "nine lines": context(
        replace(PLAIN, office=replace(OFFICE, address=tuple(f"Line {n} of the address" for n in range(9))))
    ),
    "twelve signers": context(
        requesters=tuple(Requester(f"Organization {n}", signers=(Signer(f"Signer {n}"),)) for n in range(12))
    ),
    "forty signers": context(
        requesters=(Requester("Many", signers=tuple(Signer(f"Signer {n}", "Member") for n in range(40))),)
    ),
    "markup": context(
        replace(
            PLAIN,
            title=HOSTILE,
            items=(HOSTILE, HOSTILE),
            office=replace(OFFICE, component=HOSTILE, address=(HOSTILE,)),
        ),
        requesters=(Requester(HOSTILE, (HOSTILE,), HOSTILE, HOSTILE, HOSTILE, (Signer(HOSTILE, HOSTILE),)),),
    ),
    "one paragraph of a book": context(replace(PLAIN, background="A sentence among very many. " * 900)),
    "one word of a book": context(replace(PLAIN, title="x" * 20_000)),
    "nothing": context(
        replace(PLAIN, title="", items=(), office=replace(OFFICE, component="", department="", address=()))
    ),
}


@pytest.mark.parametrize("page", ["letter", "a4"])
@pytest.mark.parametrize("case", EXTREMES)
@pytest.mark.parametrize("name", ["policy_request", "overdue_notice"])
def test_nothing_is_clipped_or_lost(name, case, page):
    letter = compose(name, EXTREMES[case], {"enclosures": HOSTILE, "copies": f"Ana {LONG}"})
    pdf = typeset(letter, page=page)
    nothing_sticks_out(pdf, page)
    printed = body_in_order(letter, pdf).lower()
    for line in plain_text(letter).split("\n"):
        if case != "twelve signers" or not line.startswith("Organization"):
            for word in line.removeprefix("- ").split():
                assert words(word).lower() in printed, word


def test_a_logo_is_drawn_and_bytes_that_are_no_picture_are_refused():
    held = BytesIO()
    Image.new("RGBA", (60, 30), (10, 60, 90, 128)).save(held, "PNG")
    one = (replace(COALITION[0], logo=7),)
    for requesters in (one, (*one, *COALITION[1:])):
        letter = compose("policy_request", context(requesters=requesters, logos={7: held.getvalue()}), {})
        pdf = typeset(letter)
        assert typeset(letter) == pdf
        with pikepdf.open(BytesIO(pdf)) as document:
            assert "/XObject" in document.pages[0].Resources
    broken = compose("policy_request", context(requesters=one, logos={7: b"not a picture"}), {})
    with pytest.raises(BadInput, match="logo"):
        typeset(broken)


@pytest.fixture
def no_other_fonts(monkeypatch):
    monkeypatch.setattr(fallback, "installed", tuple)
    fallback.face_for.cache_clear()
    yield
    fallback.face_for.cache_clear()


def test_characters_no_font_shows_are_named_never_boxed(no_other_fonts):
    letter = compose("policy_request", ALONE, {"title": "Records 😀 of 中 kind"})
    with pytest.raises(BadInput) as raised:
        typeset(letter)
    assert "GRINNING FACE (U+1F600)" in raised.value.what
    assert "U+4E2D" in raised.value.what


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("محمد", "ARABIC LETTER MEEM"),
        ("דוד", "HEBREW LETTER DALET"),
        ("नमस्ते", "DEVANAGARI LETTER NA"),
        ("ዓለም", "ETHIOPIC"),
    ],
)
def test_a_script_without_a_font_is_named_letter_by_letter(name, named, no_other_fonts):
    with pytest.raises(BadInput, match="No font on this computer") as raised:
        typeset(compose("policy_request", ALONE, {"title": name}))
    assert named in raised.value.what


def test_an_unassigned_character_is_named_by_number(no_other_fonts):
    with pytest.raises(BadInput, match=r"U\+E123"):
        typeset(compose("policy_request", ALONE, {"title": "\ue123"}))


def test_another_installed_font_shows_what_the_house_font_lacks():
    found = [char for char in "☃♞中語Ж" if not house_faces()[""].shows(char) and fallback.face_for(char)]
    if not found:
        pytest.skip("no other TrueType font is installed here")
    letter = compose("policy_request", ALONE, {"title": f"Records {''.join(found)} kept"})
    pdf = typeset(letter)
    assert f"Records{''.join(found)}kept" in words("".join(text_of(pdf)))
    assert all(embedded for _, embedded, _ in fonts_of(pdf))


def test_names_in_many_latin_hands_are_set():
    names = "Đặng Thị Ngọc Ánh, Łukasz Żółć, Çağrı Gökşin, Ștefan, Þóra, Béla Őry, Åse, Ñandú, Ḥasan Ṭāhā"
    letter = compose("policy_request", context(requesters=(Requester("Us", signers=(Signer(names),)),)), {})
    assert words(names) in words("".join(text_of(typeset(letter))))


def test_an_unknown_paper_is_refused():
    with pytest.raises(BadInput, match="foolscap"):
        typeset(compose("fee_waiver", ALONE, {}), page="foolscap")


def test_kerning_is_read_from_the_font():
    face = house_faces()[""]
    assert face.kern("T", "o") < 0
    assert face.kern("A", "V") < 0
    assert face.kern("n", "n") == 0


ANY_TEXT = st.text(max_size=200)
HARD_TEXT = st.sampled_from(
    ['<b>&"', "</para>", "&#x41;", "{{ x }}", "\n\n\n", "a\u0301\u0302", "\u202eabc", "x" * 400, "#", "1. ", "| a |"]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), name=st.sampled_from(NAMES))
def test_no_text_crashes_the_press_or_is_read_as_markup(data, name):
    fields = [field.name for field in kind(name).fields]
    values = data.draw(st.dictionaries(st.sampled_from(fields), ANY_TEXT | HARD_TEXT, max_size=5))
    person = data.draw(ANY_TEXT | HARD_TEXT)
    where = context(requesters=(Requester(person, (person,), person, person, person, (Signer(person, person),)),))
    letter = compose(name, where, values)
    plain_text(letter)
    try:
        pdf = typeset(letter)
    except BadInput as error:
        assert "No font on this computer" in error.what
        return
    assert pdf.startswith(b"%PDF-1.7")
    nothing_sticks_out(pdf)


def outline_of(document):
    def walk(entry):
        while entry is not None:
            kids = entry.get("/First")
            yield str(entry.Title), int(entry.get("/Count", 0)), entry.Dest
            yield from walk(kids)
            entry = entry.get("/Next")

    return list(walk(document.Root.Outlines.First))


@pytest.mark.parametrize("where", WHERE)
def test_headings_are_bookmarks_that_lead_to_their_place(where):
    letter = compose("policy_request", WHERE[where], {})
    with pikepdf.open(BytesIO(typeset(letter))) as document:
        shown = marked_content(document)
        said = [
            " ".join("".join(shown[mark] for mark in own).split())
            for _, role, own in elements(document)
            if role in ("H2", "H3")
        ]
        found = outline_of(document)
        assert [title for title, _, _ in found] == said
        pages = [page.objgen for page in document.pages]
        places = [(pages.index(dest[0].objgen), -float(dest[3])) for _, _, dest in found]
        assert places == sorted(places)
        assert document.Root.Outlines.Count == len(found)


def test_an_address_keeps_within_the_window_from_edge_to_edge():
    wide = replace(OFFICE, component="Office of the Assistant Secretary for Everything and More Besides " * 2)
    for page, left, right, bottom in (("letter", 0.875 * 72, 4.375 * 72, 3.17 * 72), ("a4", 56.7, 297.6, 255.2)):
        pdf = typeset(compose("policy_request", context(replace(PLAIN, office=wide)), {}), page=page)
        high = PAPERS[page].height
        ours = [box for box in boxes(pdf) if box[0] == 0 and PAPERS[page].window <= high - box[5] <= bottom - 12]
        assert ours
        for _, char, x0, y0, x1, _y1 in ours:
            assert x0 >= left and x1 <= right, char
            assert high - y0 <= bottom + 1
    assert PAPERS["a4"].window >= 127.6 and PAPERS["letter"].window >= 2.04 * 72


@pytest.mark.parametrize(("page", "lines"), [("a4", 9), ("letter", 7)])
def test_a_long_address_is_set_closer_to_stay_in_the_window(page, lines):
    office = replace(OFFICE, department="", component="Component", address=tuple(f"Line {n}" for n in range(lines - 2)))
    pdf = typeset(compose("policy_request", context(replace(PLAIN, office=office)), {}), page=page)
    document = pypdfium2.PdfDocument(pdf)
    try:
        textpage = document[0].get_textpage()
        last = textpage.search(f"Line {lines - 3}").get_next()
        assert document[0].get_height() - textpage.get_charbox(last[0])[1] <= PAPERS[page].window_end + 3
    finally:
        document.close()


def test_line_numbers_stand_in_the_margin_and_are_no_part_of_the_reading():
    letter = compose("policy_request", TOGETHER, {})
    plain, numbered = typeset(letter), typeset(letter, line_numbers=True)
    with pikepdf.open(BytesIO(plain)) as one, pikepdf.open(BytesIO(numbered)) as other:
        assert marked_content(one) == marked_content(other)
    margin = [(page, char) for page, char, _l, _b, right, _t in boxes(numbered) if right < PAPERS["letter"].side - 4]
    digits = "".join(char for page, char in margin if page == 0)
    assert digits.startswith("123456789101112")
    assert "".join(char for page, char in margin if page == 1).startswith("123456789")  # each page counts anew
    for _, _, left, _, _, _ in boxes(numbered):
        assert left > 18


def test_a_logo_and_a_signature_say_what_they_show():
    held = BytesIO()
    Image.new("RGB", (60, 30), (10, 60, 90)).save(held, "PNG")
    where = context(requesters=(replace(COALITION[0], logo=7), *COALITION[1:]), logos={7: held.getvalue()})
    letter = compose("policy_request", where, {})
    signed = tuple(
        replace(block, signers=tuple(replace(one, signature=held.getvalue()) for one in block.signers))
        if isinstance(block, Signatures)
        else block
        for block in letter.blocks
    )
    pdf = typeset(replace(letter, blocks=signed))
    nothing_sticks_out(pdf)
    with pikepdf.open(BytesIO(pdf)) as document:
        figures = [kid for kid in document.Root.StructTreeRoot.K[0].K if str(kid.S) == "/Figure"]
        told = [str(figure.Alt) for figure in figures]
        assert told[0] == "Logo of Larkspur Rights Project"
        assert told[1:] == [f"Signature of {one.signers[0].name}" for one in COALITION]
        for figure in figures:
            left, low, right, high = (float(side) for side in figure.A.BBox)
            assert 0 < left < right < 612 and 0 < low < high < 792


@pytest.mark.skipif(not shutil.which("pdfinfo"), reason="poppler is not installed")
@pytest.mark.parametrize("name", NAMES)
def test_another_program_reads_headings_paragraphs_and_lists_in_order(name, tmp_path):
    letter = compose(name, TOGETHER, {})
    path = tmp_path / "letter.pdf"
    path.write_bytes(typeset(letter))
    told = subprocess.run(["pdfinfo", "-struct-text", path], capture_output=True, text=True, check=True).stdout
    assert told.startswith("Document")
    sections = any(isinstance(block, Heading) for block in letter.blocks)
    assert re.search(r"^\s*H1 \(block\)", told, re.MULTILINE)
    assert bool(re.search(r"^\s*H2 \(block\)", told, re.MULTILINE)) == sections
    said = words("".join(re.findall(r'^\s*"(.*)"$', told, re.MULTILINE)).replace("•", ""))
    assert said.lower() == words(plain_text(letter).replace("\n- ", "\n")).lower()


@pytest.mark.parametrize("page", ["letter", "a4"])
@pytest.mark.parametrize("name", NAMES)
def test_every_blank_is_found_where_it_is_printed(name, page):
    values = {field.name: "" for field in kind(name).fields if field.type in ("line", "text", "items", "date")}
    letter = compose(name, LATE, {**values, "closing_words": "Since {received}, {nothing_known}."})
    spots = []
    printed = boxes(typeset(letter, page=page, spots=spots))
    assert {spot.name for spot in spots} <= {blank.name for blank in letter.blanks}
    high = PAPERS[page].height
    marks = [(number, left, high - bottom) for number, char, left, bottom, _r, _t in printed if char == "["]
    assert len(marks) == len(spots) > 0
    for number, left, bottom in marks:
        over = [
            one
            for one in spots
            if one.page == number and one.left - 1 <= left <= one.right and one.top <= bottom <= one.bottom + 3
        ]
        assert len(over) == 1
