"""The text of office documents: paragraphs, slides, cells by sheet. Runs in the worker only.

Read as what they are, XML in a zip, by ``zipped`` and ``markup`` within hard bounds. Libraries that know the formats in
full (python-docx, openpyxl, odfpy) build whole trees through lxml or ElementTree, expand entities or trust the sizes
a file claims, and know far more than reading text needs.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from foiadesk.intake.markup import Attributes, Reader, local, number
from foiadesk.intake.refusals import Refusal
from foiadesk.intake.results import MEBIBYTE
from foiadesk.intake.zipped import open_zip, read_named

_LIMIT = 256 * MEBIBYTE  # of one XML file, inflated
_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."


def office_pages(data: bytes, media: str) -> list[str]:
    """Return a document's text: one piece for a text document, one for each sheet or slide. Raises Refusal."""
    if media == "application/rtf":
        from foiadesk.intake.rtf import rtf_text

        return [rtf_text(data)]
    archive = open_zip(data)
    reader = _READERS.get(media)
    if reader is None:
        raise Refusal("damaged_office")
    return [_tidy(text) for text in reader(archive)]


def _tidy(text: str) -> str:
    from foiadesk.intake.charsets import readable

    lines = (line.rstrip() for line in readable(text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def must(archive: Any, name: str) -> bytes:
    """Return a member that a document cannot do without. Raises Refusal ("damaged_office")."""
    found = read_named(archive, name, _LIMIT)
    if found is None:
        raise Refusal("damaged_office")
    return found


def may(archive: Any, name: str) -> bytes:
    """Return a member a document may do without, b"" when it is missing."""
    return read_named(archive, name, _LIMIT) or b""


def numbered(archive: Any, pattern: str) -> list[str]:
    """Return the names of members like ``ppt/slides/slide(\\d+).xml``, by their number."""
    found = [(int(match[1] or 0), match[0]) for name in archive.namelist() if (match := re.fullmatch(pattern, name))]
    return [name for _place, name in sorted(found)]


class _Paragraphs(Reader):
    """WordprocessingML and DrawingML: <t> is text, <p> a paragraph, <tc> a cell, <tr> a row."""

    _SILENT = frozenset(("Fallback", "del", "delText", "instrText", "fldData", "binData", "pPrChange", "rPrChange"))

    def __init__(self) -> None:
        super().__init__()
        self.silent = 0
        self.cells = 0

    def start(self, name: str, given: Attributes) -> None:
        if self.silent or name in self._SILENT:  # deleted text and the twin of every text box
            self.silent += 1
            self.hearing = False
        elif name == "t":
            self.hearing = True
        elif name in ("tab", "ptab"):
            if "w:pos" not in given and "pos" not in given:  # a tab stop is no tab
                self.put("\t")
        elif name in ("br", "cr"):
            self.put("\n")
        elif name == "noBreakHyphen":
            self.put("\u2011")
        elif name == "tc":
            self.cells += 1

    def end(self, name: str) -> None:
        if self.silent:
            self.silent -= 1
            return
        if name == "t":
            self.hearing = False
        elif name == "p":
            self.put(" " if self.cells else "\n")
        elif name == "tc":
            self.cells = max(0, self.cells - 1)
            self.put("\t")
        elif name == "tr":
            self.put("\n")


def _docx(archive: Any) -> list[str]:
    reader = _Paragraphs()
    reader.feed(must(archive, "word/document.xml"))
    more = numbered(archive, r"word/(?:header|footer|footnotes|endnotes|comments)(\d*)\.xml")
    for name in more:
        reader.put("\n")
        reader.feed(may(archive, name))
    return [reader.text()]


def _pptx(archive: Any) -> list[str]:
    texts = []
    names = numbered(archive, r"ppt/slides/slide(\d+)\.xml")
    if not names:
        raise Refusal("damaged_office")
    for name in names:
        reader = _Paragraphs()
        reader.feed(must(archive, name))
        notes = may(archive, name.replace("slides/slide", "notesSlides/notesSlide"))
        if notes:
            reader.put("\n")
            reader.feed(notes)
        texts.append(reader.text())
    return texts


class _OpenText(Reader):
    """OpenDocument text and presentations: everything in a paragraph is text; ``pages`` ends with each slide."""

    _SILENT = frozenset(
        ("tracked-changes", "deletion", "scripts", "event-listeners", "automatic-styles", "binary-data")
    )

    def __init__(self) -> None:
        super().__init__()
        self.silent = self.paragraphs = 0
        self.pages: list[str] = []

    def start(self, name: str, given: Attributes) -> None:
        if self.silent or name in self._SILENT:
            self.silent += 1
            self.hearing = False
        elif name in ("p", "h"):
            self.paragraphs += 1
            self.hearing = True
        elif name == "s" and self.hearing:
            self.put(" " * min(number(local(given, "c", "1"), 1), 1000))
        elif name == "tab" and self.hearing:
            self.put("\t")
        elif name == "line-break" and self.hearing:
            self.put("\n")

    def end(self, name: str) -> None:
        if self.silent:
            self.silent -= 1
            self.hearing = not self.silent and self.paragraphs > 0
            return
        if name in ("p", "h"):
            self.paragraphs = max(0, self.paragraphs - 1)
            self.hearing = self.paragraphs > 0
            self.put("\n")
        elif name == "table-cell":
            if self.out and self.out[-1] == "\n":
                self.out.pop()
            self.put("\t")
        elif name == "table-row":
            self.put("\n")
        elif name == "page":
            self.pages.append(self.text())
            self.out.clear()


def _open_text(archive: Any) -> list[str]:
    _unlocked(archive)
    reader = _OpenText()
    reader.feed(must(archive, "content.xml"))
    if reader.pages:
        return reader.pages
    styles = may(archive, "styles.xml")  # headers and footers
    if styles:
        reader.put("\n")
        reader.feed(styles)
    return [reader.text()]


def _unlocked(archive: Any) -> None:
    if b"encryption-data" in may(archive, "META-INF/manifest.xml"):
        raise Refusal("locked_office")


def _xlsx(archive: Any) -> list[str]:
    from foiadesk.intake.sheets import xlsx_sheets

    return xlsx_sheets(archive)


def _ods(archive: Any) -> list[str]:
    from foiadesk.intake.sheets import ods_sheets

    _unlocked(archive)
    return ods_sheets(archive)


_READERS: Mapping[str, Callable[[Any], list[str]]] = {
    _OOXML + "wordprocessingml.document": _docx,
    _OOXML + "spreadsheetml.sheet": _xlsx,
    _OOXML + "presentationml.presentation": _pptx,
    _ODF + "text": _open_text,
    _ODF + "presentation": _open_text,
    _ODF + "spreadsheet": _ods,
}
