"""Office text: paragraphs, slides, cells by sheet; hostile documents end as a refusal, never as a burst."""

import pytest

from foiadesk.intake.media import has_text, kind_of, media_type
from foiadesk.intake.office import office_pages
from foiadesk.intake.refusals import Refusal
from foiadesk.intake.rtf import rtf_text, unpacked

from .made import docx, opened, paragraph, pptx, xlsx, zipped

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def pages(data: bytes) -> list[str]:
    return office_pages(data, media_type(data, ""))


def test_a_word_document_reads_as_a_person_would() -> None:
    table = "<w:tbl><w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in ("A", "B")) + "</w:tr></w:tbl>"
    deleted = "<w:p><w:del><w:r><w:delText>secret</w:delText></w:r></w:del><w:r><w:t>kept</w:t></w:r></w:p>"
    stops = '<w:pPr><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs></w:pPr>'
    stops = f"<w:p>{stops}<w:r><w:t>x</w:t><w:tab/><w:t>y</w:t></w:r></w:p>"
    data = docx(paragraph("Dear Ms. Ruiz &amp; others") + table + deleted + stops, header1=paragraph("Office of FOIA"))
    assert pages(data) == ["Dear Ms. Ruiz & others\nA \tB\nkept\nx\ty\n\nOffice of FOIA"]


def test_the_twin_of_a_text_box_is_not_read_twice() -> None:
    twins = "".join(f"<mc:{name}>{paragraph('once')}</mc:{name}>" for name in ("Choice", "Fallback"))
    box = f"<w:p><mc:AlternateContent xmlns:mc='m'>{twins}</mc:AlternateContent></w:p>"
    assert pages(docx(box))[0].count("once") == 1


def test_a_workbook_reads_cell_by_cell_with_dates_as_dates() -> None:
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="165"/></cellXfs>'
    styles = '<numFmts><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd hh:mm"/></numFmts>' + styles
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>Received</t></is></c></row>'
        '<row r="2"><c r="A2"><v>12</v></c><c r="B2" t="b"><v>1</v></c><c r="C2" s="1"><v>46027</v></c>'
        '<c r="D2" s="2"><v>46027.5</v></c></row>'
    )
    data = xlsx(rows, "<si><r><t>Request </t></r><r><t>number</t></r><rPh><t>no</t></rPh></si>", styles)
    assert pages(data) == ["Log\nRequest number\t\tReceived\n12\tTRUE\t2026-01-05\t2026-01-05 12:00"]


def test_slides_are_pieces_in_their_order() -> None:
    assert pages(pptx(*(f"slide {number}" for number in range(1, 12)))) == [f"slide {n}" for n in range(1, 12)]


def test_open_document_text_and_sheets() -> None:
    text = "<office:text><text:h>Head</text:h><text:p>One<text:s text:c='3'/>two<text:tab/>three</text:p>"
    text += "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes></office:text>"
    assert pages(opened("text", text)) == ["Head\nOne   two\tthree"]
    cell = "<table:table-cell{more}><text:p>{text}</text:p></table:table-cell>".format
    row = "<table:table-row>" + cell(more="", text="A") + "<table:table-cell table:number-columns-repeated='2'/>"
    row += cell(more="", text="D") + "<table:table-cell table:number-columns-repeated='16380'/></table:table-row>"
    assert pages(opened("spreadsheet", f"<table:table table:name='Log'>{row}</table:table>")) == ["Log\nA\t\t\tD"]


@pytest.mark.parametrize("deep", [1, 40])
def test_an_xml_bomb_is_refused_before_it_bursts(deep: int) -> None:
    layers = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(deep))
    bomb = f"<!DOCTYPE x [{layers}]><w:document xmlns:w='w'><w:p><w:t>&l{deep - 1};</w:t></w:p></w:document>"
    with pytest.raises(Refusal) as refused:
        office_pages(zipped({"word/document.xml": bomb}), DOCX)
    assert refused.value.code == "entities"


def test_an_outside_entity_is_never_looked_for() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><d>&e;</d>'
    with pytest.raises(Refusal):
        office_pages(zipped({"word/document.xml": bomb}), DOCX)


def test_a_member_that_inflates_without_end_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        office_pages(zipped({"word/document.xml": b" " * (300 << 20)}), DOCX)
    assert refused.value.code == "inflates"


def test_a_locked_or_damaged_document_says_so() -> None:
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    locked = zipped(
        {"mimetype": "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": manifest}, stored=True
    )
    whole = docx(paragraph("text"))
    for data, code in (
        (locked, "locked_office"),
        (whole[:-30], "damaged_zip"),
        (zipped({"word/document.xml": "<a>"}), "damaged_office"),
    ):
        with pytest.raises(Refusal) as refused:
            office_pages(data, media_type(locked, "") if code == "locked_office" else DOCX)
        assert refused.value.code == code


def test_office_files_are_known_by_their_bytes() -> None:
    far = zipped({"docProps/thumbnail.png": bytes(range(256)) * 80, "word/document.xml": "<a/>"}, stored=True)
    for data in (far, docx(""), xlsx(""), pptx("a"), opened("text", "")):
        assert kind_of(media_type(data, "anything")) == "office"
    assert has_text(DOCX) and has_text("message/rfc822") and not has_text("image/png")
    for stored in (False, True):
        assert media_type(zipped({"letter.docx": docx("")}, stored=stored), "a.zip") == "application/zip"


@pytest.mark.parametrize(
    ("rtf", "text"),
    [
        (rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}Hello\par World\tab!}", "Hello\nWorld\t!"),
        (rb"{\rtf1\ansi\ansicpg1252 caf\'e9 \u8364?5 \{x\} a\~b}", "café €5 {x} a b"),
        (rb"{\rtf1{\fonttbl{\f0 A;}{\f1\fcharset204 B;}}\f1 \'cf\'f0\f0  ok}", "Пр ok"),
        (rb"{\rtf1 one{\*\unknown two}{\pict 0000}{\field{\*\fldinst x}{\fldrslt three}}}", "onethree"),
        (rb"{\rtf1\uc2\u-10179??\u-8704??!}", "😀!"),
        (rb"{\rtf1 a\bin4 {}{}\b}", "a"),
        (
            rb"{\rtf1\ansi\fromhtml1 {\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Hi &{\*\htmltag84 &lt;}there"
            rb"\htmlrtf\par}\htmlrtf0{\*\htmltag72 </p>}}",
            "Hi &<there",
        ),
    ],
)  # fmt: skip
def test_rich_text_reads_as_plain(rtf: bytes, text: str) -> None:
    assert rtf_text(rtf).strip("\n") == text


def test_the_packed_rich_text_of_the_published_example() -> None:
    example = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert unpacked(example) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert unpacked(b"short") == b"" and unpacked(b"\0" * 20) == b""
