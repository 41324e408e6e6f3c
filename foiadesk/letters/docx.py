"""A letter as a Word document: real headings, lists, tables and headers, its language and title, and nobody's name.

Written by hand: the few parts a letter needs, always the same bytes, and no library's own author or date among them.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence

from foiadesk.letters.docx_parts import (
    CONTENT_TYPES,
    HEAD,
    NAMESPACES,
    PAPERS,
    RELATIONS,
    Media,
    core,
    document_relations,
    header,
    numbering,
    settings,
    styles,
)
from foiadesk.letters.docx_words import paragraph, run, runs, words_of
from foiadesk.letters.model import (
    Address,
    Block,
    ComposedLetter,
    Dateline,
    Facts,
    Grid,
    Heading,
    Items,
    Letterhead,
    Notes,
    Organization,
    Paragraph,
    Reference,
    Runs,
    Signatures,
    SignerBlock,
)
from foiadesk.letters.words import page_words

_NO_LINES = (
    '<w:tblPr><w:tblStyle w:val="Plain"/><w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="fixed"/></w:tblPr>'
)
_ROW_LINES = (
    '<w:tblPr><w:tblStyle w:val="Rows"/><w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="fixed"/>'
    '<w:tblLook w:firstRow="{head}" w:firstColumn="{column}" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
)
_SIDE_BY_SIDE = 3
_TWENTIETHS = 20  # Word measures in twentieths of a point
_LABELS, _FACTS = 96 * _TWENTIETHS, 150 * _TWENTIETHS


def _cell(content: str, width: int) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'


def _row(cells: Sequence[str], *, head: bool = False) -> str:
    again = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{again}</w:trPr>{''.join(cells)}</w:tr>"


def _table(rows: Sequence[str], widths: Sequence[int], look: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl>{look}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


class _Writer:
    def __init__(self, letter: ComposedLetter, page: str) -> None:
        self.letter = letter
        self.paper = PAPERS[page]
        self.media = Media()
        self.lists: list[tuple[bool, int]] = []  # numbered, start

    def body(self) -> str:
        made = []
        for place, block in enumerate(self.letter.blocks):
            for part in self.block(block):
                made.append(part)
                if part.startswith("<w:tbl>") and not isinstance(block, Reference | Letterhead):
                    made.append(paragraph("", "Gap"))
                elif part.startswith("<w:tbl>") and place + 1 == len(self.letter.blocks):
                    made.append(paragraph("", "Gap"))  # a document never ends with a table
        return "".join(made) + self.paper.section()

    def block(self, block: Block) -> Iterator[str]:  # noqa: PLR0912 - one branch a kind of block
        match block:
            case Letterhead(organizations):
                yield from self.letterhead(organizations)
            case Dateline(date, delivery):
                yield paragraph(runs(date), "Date")
                if delivery:
                    yield paragraph(runs(delivery), "Delivery")
            case Address(lines):
                yield paragraph("<w:r><w:br/></w:r>".join(runs(line) for line in lines), "Address")
            case Reference(subject, rows, label):
                yield self.reference(label, subject, rows)
                yield paragraph("", "Gap")
            case Heading(words, level):
                yield paragraph(runs(words), f"Heading{min(level, 2)}")
            case Paragraph(words):
                yield paragraph(runs(words), "BodyText")
            case Items():
                yield from self.items(block)
            case Facts(fact_rows):
                widths = (_FACTS, self.paper.measure - _FACTS)
                yield _table(
                    [_row([_cell(paragraph(runs(one), "Cell"), width) for one, width in zip(row, widths, strict=True)])
                     for row in fact_rows],
                    widths, _ROW_LINES.format(head=0, column=1),
                )  # fmt: skip
            case Grid():
                yield self.grid(block)
            case Signatures(closing, signers):
                if closing.strip():
                    yield paragraph(run(closing), "Closing")
                yield from self.signatures(signers)
            case Notes(label, note_lines):
                yield paragraph(run(f"{label}:", italic=True), "Note", keep=True)
                for line in note_lines:
                    yield paragraph(run(line), "Note")

    def letterhead(self, organizations: tuple[Organization, ...]) -> Iterator[str]:
        if len(organizations) == 1:
            found = organizations[0]
            if found.logo:
                yield paragraph(self.media.picture(found.logo, f"Logo of {words_of(found.name)}", 40.0), "Details")
            yield paragraph(runs(found.name), "Letterhead")
            yield paragraph(run("  ·  ".join((*found.address, *found.contact))), "Details", ruled=True)
            return
        count = min(len(organizations), 4)
        width = self.paper.measure // count
        rows = []
        for at in range(0, len(organizations), count):
            cells = []
            for found in organizations[at : at + count]:
                logo = self.media.picture(found.logo, f"Logo of {words_of(found.name)}", 26.0) if found.logo else ""
                lines = [paragraph(logo, "Details")] if logo else []
                lines += [paragraph(runs(found.name), "Organization")]
                lines += [paragraph(run(line), "Details") for line in (*found.address, *found.contact)]
                cells.append(_cell("".join(lines), width))
            cells += [_cell(paragraph("", "Details"), width)] * (count - len(cells))
            rows.append(_row(cells))
        yield _table(rows, [width] * count, _NO_LINES)
        yield paragraph("", "Details", ruled=True)

    def reference(self, first: str, subject: Runs, rows: tuple[tuple[str, Runs], ...]) -> str:
        widths = (_LABELS, self.paper.measure - _LABELS)
        made = [(first, paragraph(runs(subject, strong=True), "Subject"))]
        made += [(f"{label}:", paragraph(runs(words), "Cell")) for label, words in rows]
        return _table(
            [_row([_cell(paragraph(run(label, italic=True), "Cell"), widths[0]), _cell(words, widths[1])])
             for label, words in made],
            widths, _NO_LINES,
        )  # fmt: skip

    def items(self, block: Items) -> Iterator[str]:
        self.lists.append((block.numbered, block.start))
        for item in block.items:
            for place, words in enumerate(item):
                yield paragraph(
                    runs(words), "ListParagraph", number=0 if place else len(self.lists), deeper=bool(place)
                )

    def grid(self, block: Grid) -> str:
        measured = [round(width * _TWENTIETHS) for width in block.columns]
        widths = [*measured, max(600, self.paper.measure - sum(measured))]
        rows = [_row([_cell(paragraph(run(words, italic=True), "Cell", keep=True), width)
                      for words, width in zip(block.headings, widths, strict=True)], head=True)]  # fmt: skip
        rows += [
            _row([_cell(paragraph(runs(words), "Cell"), width) for words, width in zip(row, widths, strict=True)])
            for row in block.rows
        ]
        return _table(rows, widths, _ROW_LINES.format(head=1, column=0))

    def signatures(self, signers: tuple[SignerBlock, ...]) -> Iterator[str]:
        count = _SIDE_BY_SIDE if len(signers) == _SIDE_BY_SIDE or len(signers) > 4 else 2
        width = self.paper.measure // count
        rows = []
        for at in range(0, len(signers), count):
            cells = [_cell(self.signer(signer), width) for signer in signers[at : at + count]]
            cells += [_cell(paragraph("", "Cell"), width)] * (count - len(cells))
            rows.append(_row(cells))
        yield _table(rows, [width] * count, _NO_LINES)

    def signer(self, signer: SignerBlock) -> str:
        name = words_of(signer.name)
        image = self.media.picture(signer.signature, f"Signature of {name}", 36.0) if signer.signature else ""
        lines = [paragraph(image, "Signing", keep=True), paragraph(runs(signer.name, strong=True), "Signer", keep=True)]
        lines += [paragraph(run(line), "SignerMore") for line in (signer.title, signer.organization) if line]
        return "".join(lines)


def as_docx(letter: ComposedLetter, page: str) -> bytes:
    """Return the letter as a .docx on "letter" or "a4" paper."""
    writer = _Writer(letter, page)
    body = writer.body()
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": RELATIONS,
        "docProps/core.xml": core(letter.title, letter.language),
        "word/document.xml": _document(body),
        "word/styles.xml": styles(letter.language),
        "word/numbering.xml": numbering(writer.lists),
        "word/settings.xml": settings(letter.language),
        "word/header1.xml": header(run(letter.running), writer.paper.measure, page_words(letter.language)),
        "word/_rels/document.xml.rels": document_relations(writer.media),
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        for name, text in parts.items():
            _put(file, name, text.encode("utf-8"))
        for name, data in writer.media.files:
            _put(file, f"word/{name}", data)
    return held.getvalue()


def _put(file: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))  # the earliest a zip can say: nobody's clock
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 0
    file.writestr(entry, data)


def _document(body: str) -> str:
    return f"{HEAD}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
