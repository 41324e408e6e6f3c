"""The structure tree of a tagged PDF: which words are headings, paragraphs, lists and tables, in reading order.

Written in the same pass as the pages. A paragraph that runs over two pages is one element with two marks.
"""

from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase import pdfdoc

from foiadesk.letters.press.objects import add_object


@dataclass(slots=True, eq=False)
class Element:
    """One element: its role (P, H1, L, …), what it holds in reading order, and its own attributes as PDF text."""

    role: str
    kids: "list[Element | tuple[int, int]]" = field(default_factory=list)  # a mark is (page from 1, number on the page)
    attributes: str = ""
    says: str = ""  # the text it stands for, where what is drawn does not tell
    alt: str = ""  # what a picture shows

    def add(self, role: str, attributes: str = "", *, says: str = "", alt: str = "") -> "Element":
        """Append a child element and return it."""
        child = Element(role, attributes=attributes, says=says, alt=alt)
        self.kids.append(child)
        return child

    @property
    def empty(self) -> bool:
        """True when nothing of it was drawn."""
        return all(isinstance(kid, Element) and kid.empty for kid in self.kids)


def hexed(text: str) -> str:
    """Return some text as PDF writes it."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


class Marks:
    """The marks made on each page while it is drawn."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.pages: dict[int, list[Element]] = {}

    def begin(self, element: Element, page: int) -> str:
        """Return the operator that begins a piece of an element on a page."""
        marks = self.pages.setdefault(page, [])
        number = len(marks)
        marks.append(element)
        element.kids.append((page, number))
        says = f" /ActualText {hexed(element.says)}" if element.says else ""
        return f"/{element.role} <</MCID {number}{says}>> BDC"


class _Writer:
    def __init__(self, document: Any, marks: Marks) -> None:
        self.document = document
        self.marks = marks
        self.numbers: dict[int, int] = {}
        self.count = 0
        self.page_numbers = {
            page: document.idToObjectNumberAndVersion[f"Page{page}"][0] for page in range(1, document.pageCounter)
        }

    def reserve(self, element: Element) -> int:
        """Give the element an object number; its text follows once its kids have theirs."""
        self.count += 1
        self.numbers[id(element)] = add_object(self.document, b"", f"tag {self.count}")
        return self.count

    def write(self, element: Element, parent: int) -> int:
        name = f"tag {self.reserve(element)}"
        number = self.numbers[id(element)]
        kids, page = [], 0
        for kid in element.kids:
            if isinstance(kid, Element):
                if not kid.empty:
                    kids.append(f"{self.write(kid, number)} 0 R")
                continue
            page = page or kid[0]
            if kid[0] == page:
                kids.append(str(kid[1]))
            else:
                kids.append(f"<< /Type /MCR /Pg {self.page_numbers[kid[0]]} 0 R /MCID {kid[1]} >>")
        where = f" /Pg {self.page_numbers[page]} 0 R" if page else ""
        inside = f" /A {element.attributes}" if element.attributes else ""
        inside += f" /ActualText {hexed(element.says)}" if element.says else ""
        inside += f" /Alt {hexed(element.alt)}" if element.alt else ""
        self.document.idToObject[name].text = (
            f"<< /Type /StructElem /S /{element.role} /P {parent} 0 R{where}{inside} /K [{' '.join(kids)}] >>"
        ).encode("ascii")
        return number


def write_tree(document: Any, marks: Marks) -> None:
    """Write the structure tree and its parent tree into a reportlab document whose pages are all finished."""
    writer = _Writer(document, marks)
    root = add_object(document, b"", "tag root")
    top = writer.write(marks.root, root)
    rows = []
    for page in sorted(writer.page_numbers):
        held = marks.pages.get(page, [])
        owners = " ".join(f"{writer.numbers[id(element)]} 0 R" for element in held)
        rows.append(f"{page - 1} [{owners}]")
        sheet = document.idToObject[f"Page{page}"]
        sheet.__NoDefault__ = [*sheet.__NoDefault__, "StructParents", "Tabs"]
        sheet.StructParents = page - 1
        sheet.Tabs = pdfdoc.PDFName("S")
    parents = add_object(document, f"<< /Nums [{' '.join(rows)}] >>".encode("ascii"), "tag parents")
    document.idToObject["tag root"].text = (
        f"<< /Type /StructTreeRoot /K [{top} 0 R] /ParentTree {parents} 0 R /ParentTreeNextKey {len(rows)} >>"
    ).encode("ascii")
    catalog = document.Catalog
    catalog.StructTreeRoot = pdfdoc.PDFObjectReference("tag root")
    catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
