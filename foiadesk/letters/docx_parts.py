"""The parts of a Word document that are the same in every letter: styles, lists, header, properties, relations."""

import io
from collections.abc import Sequence
from typing import NamedTuple

from foiadesk.letters.docx_words import escaped
from foiadesk.records.errors import BadInput

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org"
_W = f"{_OFFICE}/wordprocessingml/2006/main"
_R = f"{_OFFICE}/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:wp="{_OFFICE}/drawingml/2006/wordprocessingDrawing" '
    f'xmlns:a="{_OFFICE}/drawingml/2006/main" xmlns:pic="{_OFFICE}/drawingml/2006/picture"'
)
_PACKAGE = f"{_OFFICE}/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_EMU = 12700  # to a point

CONTENT_TYPES = (
    f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    '<Default Extension="jpeg" ContentType="image/jpeg"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
    + "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_MAIN}.{kind}+xml"/>'
        for name, kind in (
            ("styles", "styles"), ("numbering", "numbering"), ("settings", "settings"), ("header1", "header"),
        )
    )
    + '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)  # fmt: skip
RELATIONS = (
    f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)


class Sheet(NamedTuple):
    """A sheet of paper, in twentieths of a point."""

    width: int
    height: int
    side: int
    top: int
    bottom: int

    @property
    def measure(self) -> int:
        """The width of a line of text."""
        return self.width - 2 * self.side

    def section(self) -> str:
        """Return the document's only section: another header from the second page on."""
        return (
            '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/>'
            f'<w:pgSz w:w="{self.width}" w:h="{self.height}"/>'
            f'<w:pgMar w:top="{self.top}" w:right="{self.side}" w:bottom="{self.bottom}" w:left="{self.side}" '
            'w:header="720" w:footer="720" w:gutter="0"/><w:titlePg/></w:sectPr>'
        )


PAPERS = {"letter": Sheet(12240, 15840, 1613, 1080, 1296), "a4": Sheet(11906, 16838, 1417, 1080, 1304)}


class Media:
    """The pictures of a document, each held once."""

    def __init__(self) -> None:
        self.files: list[tuple[str, bytes]] = []
        self._count = 0

    def picture(self, data: bytes, words: str, high: float) -> str:
        """Return a run that shows a PNG or JPEG, at most ``high`` points high, with words for who cannot see it."""
        from PIL import Image

        try:
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
                width, height, kind = image.width, image.height, str(image.format).lower()
        except Exception as error:
            raise BadInput(
                "A letterhead’s logo, or a signature, cannot be read as a picture.",
                safe="The letter’s text is kept.",
                todo="Choose a PNG or JPEG file for it.",
            ) from error
        scale = min(high / max(height, 1), 150.0 / max(width, 1))
        place = next((at for at, (_name, held) in enumerate(self.files) if held == data), len(self.files))
        if place == len(self.files):
            self.files.append((f"media/image{place + 1}.{kind}", data))
        self._count += 1
        across, up = round(width * scale * _EMU), round(height * scale * _EMU)
        named = f'id="{self._count}" name="Picture {self._count}" descr="{escaped(words)}"'
        return (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{across}" cy="{up}"/>'
            f'<wp:docPr {named}/><a:graphic><a:graphicData uri="{_OFFICE}/drawingml/2006/picture"><pic:pic>'
            f"<pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr>"
            f'<pic:blipFill><a:blip r:embed="rIdImage{place + 1}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{up}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing></w:r>"
        )


def document_relations(media: Media) -> str:
    """Return what the document's text refers to."""
    parts = (("rId1", "styles"), ("rId2", "numbering"), ("rId3", "settings"), ("rId4", "header1"))
    listed = "".join(
        f'<Relationship Id="{key}" Type="{_R}/{name.rstrip("1")}" Target="{name}.xml"/>' for key, name in parts
    )
    listed += "".join(
        f'<Relationship Id="rIdImage{at}" Type="{_R}/image" Target="{name}"/>'
        for at, (name, _data) in enumerate(media.files, 1)
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def core(title: str, language: str) -> str:
    """Return the properties: title and language, no person and no time."""
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escaped(title)}</dc:title><dc:language>{escaped(language)}</dc:language></cp:coreProperties>"
    )


def settings(language: str) -> str:
    """Return the document's settings."""
    return (
        f'{HEAD}<w:settings {NAMESPACES}><w:removePersonalInformation/><w:defaultTabStop w:val="720"/>'
        f'<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        f'w:val="15"/></w:compat><w:themeFontLang w:val="{escaped(language)}"/></w:settings>'
    )


def header(running: str, measure: int, words: str) -> str:
    """Return the header of later pages: a few words, and the page's number of how many, in these words."""
    before, between, after = (
        f'<w:r><w:t xml:space="preserve">{escaped(part)}</w:t></w:r>' if part else "" for part in _around(words)
    )

    def field(name: str) -> str:
        return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'

    return (
        f'{HEAD}<w:hdr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Header"/>'
        f'<w:tabs><w:tab w:val="right" w:pos="{measure}"/></w:tabs></w:pPr>{running}<w:r><w:tab/></w:r>'
        f"{before}{field('PAGE')}{between}{field('NUMPAGES')}{after}</w:p></w:hdr>"
    )


def _around(words: str) -> tuple[str, str, str]:
    before, _, rest = words.partition("{number}")
    between, _, after = rest.partition("{count}")
    return before, between, after


def numbering(lists: Sequence[tuple[bool, int]]) -> str:
    """Return the lists, each counted by itself: whether numbered, and from where."""
    kinds, made = [], []
    for at, (numbered, start) in enumerate(lists, 1):
        kinds.append(
            f'<w:abstractNum w:abstractNumId="{at}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
            f'<w:start w:val="{start}"/><w:numFmt w:val="{"decimal" if numbered else "bullet"}"/>'
            f'<w:lvlText w:val="{"%1." if numbered else "•"}"/><w:lvlJc w:val="left"/>'
            '<w:pPr><w:ind w:left="560" w:hanging="400"/></w:pPr></w:lvl></w:abstractNum>'
        )
        made.append(f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>')
    return f"{HEAD}<w:numbering {NAMESPACES}>{''.join(kinds)}{''.join(made)}</w:numbering>"


def _style(
    key: str,
    name: str,
    size: float,
    *,
    after: float = 0,
    before: float = 0,
    more: str = "",
    look: str = "",
    level: int | None = None,
) -> str:
    """Return a paragraph style; of a heading with its level, from 0. Word minds the order of what stands in it."""
    based = "" if key == "Normal" else '<w:basedOn w:val="Normal"/>'
    default = ' w:default="1"' if key == "Normal" else ""
    half = round(2 * size)
    spacing = f'<w:spacing w:before="{round(20 * before)}" w:after="{round(20 * after)}"/>'
    kept = "" if level is None else "<w:keepNext/><w:keepLines/>"
    outline = "" if level is None else f'<w:outlineLvl w:val="{level}"/>'
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{key}"><w:name w:val="{name}"/>{based}<w:qFormat/>'
        f"<w:pPr>{kept}{more}{spacing}{outline}</w:pPr>"
        f'<w:rPr>{look}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr></w:style>'
    )


_BOLD, _ITALIC, _QUIET = "<w:b/><w:bCs/>", "<w:i/><w:iCs/>", '<w:color w:val="545454"/>'
_INK = '<w:color w:val="1C3D54"/>'


def styles(language: str) -> str:
    """Return the styles of a letter, its language among them."""
    kept = (
        _style("Normal", "Normal", 11),
        _style("BodyText", "Body Text", 11, after=8),
        _style("ListParagraph", "List Paragraph", 11, after=5),
        _style("Title", "Title", 11, look=_BOLD),
        _style("Subject", "Subject", 11, level=0, look=_BOLD),
        _style("Heading1", "heading 1", 12, before=9, after=4, level=1, look=_BOLD + _INK),
        _style("Heading2", "heading 2", 11, before=4, after=3, level=2, look=_BOLD),
        _style("Letterhead", "Letterhead", 17, look=_BOLD + _INK),
        _style("Organization", "Organization", 10.5, after=2, look=_BOLD + _INK),
        _style("Details", "Details", 8, look=_QUIET),
        _style("Date", "Date", 11, before=12),
        _style("Delivery", "Delivery", 9.5, look=_ITALIC + _QUIET),
        _style("Address", "Envelope Address", 11, before=24, after=20),
        _style("Cell", "Cell", 10.5),
        _style("Gap", "Gap", 8, after=4),
        _style("Closing", "Closing", 11, before=6, more="<w:keepNext/>"),
        _style("Signing", "Signing", 11, before=18,
               more='<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="8C8C8C"/></w:pBdr>'),
        _style("Signer", "Signature", 10.5, look=_BOLD),
        _style("SignerMore", "Signer More", 9.5, look=_QUIET),
        _style("Note", "Note", 9.5),
        _style("Header", "header", 8.5, after=12, look=_QUIET),
    )  # fmt: skip
    line = '<w:{side} w:val="single" w:sz="4" w:space="0" w:color="C8C8C8"/>'
    rows = "".join(line.format(side=side) for side in ("bottom", "insideH"))
    tables = (
        '<w:style w:type="table" w:default="1" w:styleId="Plain"><w:name w:val="Plain Table"/><w:tblPr>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="200" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        "</w:style>"
        '<w:style w:type="table" w:styleId="Rows"><w:name w:val="Rows"/><w:basedOn w:val="Plain"/><w:tblPr>'
        f"<w:tblBorders>{rows}</w:tblBorders></w:tblPr></w:style>"
    )
    fonts = '<w:rFonts w:ascii="Georgia" w:hAnsi="Georgia" w:cs="Times New Roman"/>'
    tongue = f'<w:lang w:val="{escaped(language)}" w:bidi="ar-SA"/>'
    return (
        f"{HEAD}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}{tongue}</w:rPr></w:rPrDefault>"
        "<w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>"
        f"{''.join(kept)}{tables}</w:styles>"
    )
