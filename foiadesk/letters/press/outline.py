"""The list of headings a PDF viewer shows beside the pages, each leading to its place."""

from typing import Any, NamedTuple

from reportlab.pdfbase import pdfdoc

from foiadesk.letters.press.objects import add_object
from foiadesk.letters.press.tags import hexed

HEADINGS = {"H1": 0, "H2": 1, "H3": 2}


class Bookmark(NamedTuple):
    """A heading: how deep it lies (from 0), its words, its page (from 1) and how far up, in points."""

    depth: int
    words: str
    page: int
    top: float


class _Written:
    """Stands where reportlab keeps an outline of its own, so that it does not take ours for none."""

    ready = 1

    def prepare(self, document: Any, canvas: Any) -> None:
        """Nothing is left to do."""


class _Entry:
    def __init__(self, bookmark: Bookmark | None, number: int) -> None:
        self.bookmark = bookmark
        self.number = number
        self.kids: list[_Entry] = []

    def count(self) -> int:
        return sum(1 + kid.count() for kid in self.kids)


def write_outline(document: Any, bookmarks: list[Bookmark]) -> None:
    """Write the list into a reportlab document whose pages are all finished."""
    if not bookmarks:
        return
    root = _Entry(None, add_object(document, b"", "outline"))
    open_: list[tuple[int, _Entry]] = [(-1, root)]
    for place, bookmark in enumerate(bookmarks):
        while open_[-1][0] >= bookmark.depth:
            open_.pop()
        entry = _Entry(bookmark, add_object(document, b"", f"outline {place}"))
        open_[-1][1].kids.append(entry)
        open_.append((bookmark.depth, entry))
    texts: dict[int, str] = {}
    _write(document, root, texts)
    for place in range(-1, len(bookmarks)):
        name = "outline" if place < 0 else f"outline {place}"
        number = document.idToObjectNumberAndVersion[name][0]
        document.idToObject[name].text = texts[number].encode("ascii")
    document.Outlines = _Written()
    document.Catalog.Outlines = pdfdoc.PDFObjectReference("outline")


def _write(document: Any, entry: _Entry, texts: dict[int, str]) -> None:
    kids = entry.kids
    inside = f" /First {kids[0].number} 0 R /Last {kids[-1].number} 0 R /Count {entry.count()}" if kids else ""
    if entry.bookmark is None:
        texts[entry.number] = f"<< /Type /Outlines{inside} >>"
    else:
        texts[entry.number] += inside + " >>"
    for place, kid in enumerate(kids):
        mark = kid.bookmark
        assert mark is not None
        page = document.idToObjectNumberAndVersion[f"Page{mark.page}"][0]
        before = f" /Prev {kids[place - 1].number} 0 R" if place else ""
        after = f" /Next {kids[place + 1].number} 0 R" if place + 1 < len(kids) else ""
        texts[kid.number] = (
            f"<< /Title {hexed(mark.words)} /Parent {entry.number} 0 R{before}{after} "
            f"/Dest [{page} 0 R /XYZ null {mark.top:.2f} null]"
        )
        _write(document, kid, texts)
