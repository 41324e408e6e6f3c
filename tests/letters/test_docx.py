"""A letter as a Word document: real structure, no names in its properties, the same bytes each time."""

import io
import re
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from PIL import Image

from foiadesk.letters import compose, kinds, plain_text, word_file
from foiadesk.letters.model import Grid, Heading, Items, Run, Signatures, SignerBlock
from foiadesk.letters.press.styles import PAPERS
from foiadesk.records import Requester, Signer
from foiadesk.records.errors import BadInput
from tests.letters.examples import ALONE, COALITION, LATE, PLAIN, TOGETHER, context
from tests.letters.test_press import EXTREMES, words

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMES = [kind.name for kind in kinds()]


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def document_of(data):
    return ElementTree.fromstring(parts_of(data)["word/document.xml"])


def text_of(element):
    pieces = []
    for one in element.iter():
        if one.tag == f"{W}t":
            pieces.append(one.text or "")
        elif one.tag in (f"{W}br", f"{W}p"):
            pieces.append("\n")
    return "".join(pieces)


def styles_of(document):
    return [one.get(f"{W}val") for one in document.iter(f"{W}pStyle")]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("where", [ALONE, TOGETHER, LATE])
def test_every_word_of_every_kind_is_there_under_real_headings(name, where):
    letter = compose(name, where, {"enclosures": 'A <b>&"'})
    data = word_file(letter)
    document = document_of(data)
    found = words(text_of(document)).lower()
    for line in plain_text(letter).split("\n"):
        text = re.sub(r"^(?:\d+\.|-) ", "", line)  # Word counts lists itself
        assert words(text).lower() in found, line
    used = styles_of(document)
    sections = [block for block in letter.blocks if isinstance(block, Heading) and block.level == 1]
    signers = [one for block in letter.blocks if isinstance(block, Signatures) for one in block.signers]
    assert used.count("Heading1") == len(sections) and used.count("Subject") == 1
    assert used.count("Signer") == len(signers)
    listed = sum(len(block.items) for block in letter.blocks if isinstance(block, Items))
    assert len(list(document.iter(f"{W}numPr"))) == listed
    assert word_file(letter) == data


def test_every_style_list_and_picture_that_is_named_exists():
    letter = compose("policy_request", TOGETHER, {})
    parts = parts_of(word_file(letter))
    known = set(re.findall(r'w:styleId="(\w+)"', parts["word/styles.xml"].decode()))
    assert set(styles_of(ElementTree.fromstring(parts["word/document.xml"]))) <= known
    for name, data in parts.items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(data)
    lists = set(re.findall(r'<w:num w:numId="(\d+)"', parts["word/numbering.xml"].decode()))
    assert set(re.findall(r'<w:numId w:val="(\d+)"', parts["word/document.xml"].decode())) == lists
    assert parts["word/header1.xml"].count(b"w:fldSimple w:instr") == 2  # page x of y
    assert b"<w:titlePg/>" in parts["word/document.xml"]


def test_properties_tell_title_and_language_and_nobody():
    letter = replace(compose("policy_request", ALONE, {}), language="es")
    parts = parts_of(word_file(letter))
    core = ElementTree.fromstring(parts["docProps/core.xml"])
    assert {one.tag.split("}")[1]: one.text for one in core} == {"title": letter.title, "language": "es"}
    assert b'w:lang w:val="es"' in parts["word/styles.xml"]
    with zipfile.ZipFile(io.BytesIO(word_file(letter))) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("page", ["letter", "a4"])
def test_the_paper_is_the_letters(page):
    size = next(document_of(word_file(compose("fee_waiver", ALONE, {}), page=page)).iter(f"{W}pgSz"))
    assert int(size.get(f"{W}w")) / 20 == pytest.approx(PAPERS[page].width, abs=0.5)
    assert int(size.get(f"{W}h")) / 20 == pytest.approx(PAPERS[page].height, abs=0.5)


@pytest.mark.parametrize("case", EXTREMES)
def test_nothing_is_lost_or_read_as_markup(case):
    letter = compose("policy_request", EXTREMES[case], {"enclosures": '<b>&"', "copies": "x\x0b\ufffe"})
    found = words(text_of(document_of(word_file(letter)))).lower()
    for line in plain_text(letter).split("\n"):
        for word in re.sub(r"^(?:\d+\.|-) ", "", line).split():
            assert words(word).replace("\ufffe", "").lower() in found


def test_names_from_the_right_are_marked_so_and_blanks_are_seen():
    person = Requester("Us", signers=(Signer("محمد Lee"),))
    document = document_of(word_file(compose("overdue_notice", context(requesters=(person,)), {})))
    backward = [text_of(run) for run in document.iter(f"{W}r") if run.find(f"{W}rPr/{W}rtl") is not None]
    assert "محمد " in backward and not any("Lee" in text for text in backward)
    marked = [text_of(run) for run in document.iter(f"{W}r") if run.find(f"{W}rPr/{W}highlight") is not None]
    assert marked and set(marked) == {"[…]"}


def test_tables_say_which_row_stands_again_on_the_next_page():
    letter = compose("policy_request", ALONE, {})
    grid = Grid(("Day", "Count"), (((Run("Monday"),), (Run("1"),)),), (80.0,))
    document = document_of(word_file(replace(letter, blocks=(*letter.blocks, grid))))
    assert len(list(document.iter(f"{W}tblHeader"))) == 1
    body = document.find(f"{W}body")
    assert body is not None and [one.tag for one in body][-2] == f"{W}p"  # a document never ends with a table


def test_logos_and_signatures_are_pictures_with_words_and_bytes_that_are_none_are_refused():
    held = io.BytesIO()
    Image.new("RGB", (60, 30), (10, 60, 90)).save(held, "PNG")
    where = context(requesters=(replace(COALITION[0], logo=7),), logos={7: held.getvalue()})
    letter = compose("policy_request", where, {})
    signed = tuple(
        replace(block, signers=(SignerBlock((Run("Ana"),), signature=held.getvalue()),))
        if isinstance(block, Signatures) else block
        for block in letter.blocks
    )  # fmt: skip
    parts = parts_of(word_file(replace(letter, blocks=signed)))
    assert [name for name in parts if "media" in name] == ["word/media/image1.png"]  # held once
    told = re.findall(r'docPr [^>]*descr="([^"]*)"', parts["word/document.xml"].decode())
    assert told == ["Logo of Larkspur Rights Project", "Signature of Ana"]
    broken = compose("policy_request", context(PLAIN, requesters=where.requesters, logos={7: b"none"}), {})
    with pytest.raises(BadInput, match="logo"):
        word_file(broken)
