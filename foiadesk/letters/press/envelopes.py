"""Envelopes and sheets of labels: addresses set where paper and post expect them, smaller where they are long.

Envelopes: No. 10 (4 1/8 by 9 1/2 inches), DL (110 by 220 mm) and C5/6 (114 by 229 mm). Labels: Avery 5160 (US Letter,
three by ten of 2 5/8 by 1 inch) and Avery L7160 (A4, three by seven of 63.5 by 38.1 mm), as their maker publishes them.
"""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

from foiadesk.frozen import dataclass
from foiadesk.letters.model import Run
from foiadesk.letters.press.fallback import refusal
from foiadesk.letters.press.fonts import lacking
from foiadesk.letters.press.sheet import Sheet
from foiadesk.letters.press.styles import INCH, MM, PAPERS, Paper, Style
from foiadesk.letters.press.tags import Element
from foiadesk.letters.press.text import Text
from foiadesk.records.errors import BadInput
from foiadesk.records.speech import either, say

Lines = tuple[str, ...]
_LARGEST, _SMALLEST = 11.5, 5.0  # points
_LEADING = 1.18


@dataclass(frozen=True, slots=True)
class Envelope:
    """An envelope, lying with its flap up. Lengths in points, from the top left corner.

    A machine of the US post reads an address whose last line ends 5/8 to 2 3/4 inches from the lower edge.
    """

    width: float
    height: float
    left: float  # where the receiver's lines begin
    top: float
    floor: float  # the receiver's lines end above this
    edge: float  # of the sender's lines, from both edges


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """A sheet of labels: how many, how large, and where the first one begins. Lengths in points."""

    page: str
    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    across: float  # from one label's left edge to the next one's
    down: float
    air: float  # kept free within each label

    @property
    def count(self) -> int:
        """How many labels a sheet has."""
        return self.columns * self.rows

    def corner(self, place: int) -> tuple[float, float]:
        """Return a label's left and upper edge (place from 0, along the rows), from the sheet's upper left corner."""
        row, column = divmod(place, self.columns)
        return self.left + column * self.across, self.top + row * self.down


ENVELOPES = {
    "no10": Envelope(9.5 * INCH, 4.125 * INCH, 4.0 * INCH, 1.9 * INCH, 4.125 * INCH - 0.625 * INCH, 0.4 * INCH),
    "dl": Envelope(220 * MM, 110 * MM, 100 * MM, 50 * MM, 110 * MM - 16 * MM, 10 * MM),
    "c56": Envelope(229 * MM, 114 * MM, 105 * MM, 52 * MM, 114 * MM - 16 * MM, 10 * MM),
}
LABELS = {
    "5160": LabelSheet("letter", 3, 10, 2.625 * INCH, INCH, 0.1875 * INCH, 0.5 * INCH, 2.75 * INCH, INCH, INCH / 16),
    "L7160": LabelSheet(
        "a4", 3, 7, 63.5 * MM, 38.1 * MM, 7.2 * MM, 15.15 * MM, 66.0 * MM, 38.1 * MM, 3 * MM
    ),
}  # fmt: skip


def _bare(width: float, height: float) -> Paper:
    return Paper(width, height, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, ())


def _sheet(target: BytesIO, paper: Paper, title: str, root: Element) -> Sheet:
    return Sheet(target, paper=paper, title=title, language="en-US", running="", root=root, bare=True)


def _check(addresses: Sequence[Lines]) -> None:
    found = lacking([Run(line) for lines in addresses for line in lines])
    if found:
        raise refusal(found)


def _put(sheet: Sheet, lines: Lines, root: Element, box: tuple[float, float, float, float], size: float) -> None:
    """Set lines within (left, top, width, height), top from the lower edge, as large as they fit but no larger."""
    left, top, width, height = box
    element = root.add("P")
    while True:
        style = Style(size=size, leading=size * _LEADING, after=0.0)
        texts = [Text((Run(line),), style, element) for line in lines]
        if sum(text.fit(width) for text in texts) <= height:
            break
        size -= 0.25
        if size < _SMALLEST:
            raise BadInput(
                say("The address of {what} is too long to be set there legibly.", what=lines[0][:60]),
                safe="Nothing was printed.",
                todo="Shorten the address, or use a larger envelope or label.",
            )
    for text in texts:
        text.paint(sheet, left, top)
        top -= len(text.lines) * style.leading


def envelopes(pairs: Sequence[tuple[Lines, Lines]], kind: str, title: str) -> bytes:
    """Return a PDF with an envelope a page, of (sender's lines, receiver's lines). Raises BadInput."""
    if kind not in ENVELOPES:
        raise BadInput(
            say("There is no envelope named {kind}.", kind=repr(kind)),
            todo=say("Use {what}.", what=", ".join(ENVELOPES)),
        )
    size = ENVELOPES[kind]
    _check([lines for pair in pairs for lines in pair])
    root = Element("Document")
    target = BytesIO()
    sheet = _sheet(target, _bare(size.width, size.height), title, root)
    for sender, receiver in pairs:
        if sender:
            box = (size.edge, size.height - size.edge, size.left - 2 * size.edge, size.top - size.edge)
            _put(sheet, sender, root, box, 8.6)
        box = (size.left, size.height - size.top, size.width - size.left - size.edge, size.floor - size.top)
        _put(sheet, receiver, root, box, _LARGEST)
        sheet.showPage()
    sheet.save()
    return target.getvalue()


def labels(addresses: Sequence[Lines], kind: str, start: int, title: str) -> bytes:
    """Return a PDF with an address a label, the first on label ``start`` (from 1, along the rows). Raises BadInput."""
    if kind not in LABELS:
        raise BadInput(
            say("There is no sheet of labels named {kind}.", kind=repr(kind)),
            todo=say("Use {what}.", what=either(tuple(LABELS))),
        )
    form = LABELS[kind]
    if not 1 <= start <= form.count:
        raise BadInput(
            say(
                "A sheet of {kind} labels has places 1 to {count}, and no {start}.",
                kind=kind,
                count=form.count,
                start=start,
            )
        )
    _check(addresses)
    paper = PAPERS[form.page]
    root = Element("Document")
    target = BytesIO()
    sheet = _sheet(target, replace(_bare(paper.width, paper.height)), title, root)
    place = start - 1
    for lines in addresses:
        if place == form.count:
            sheet.showPage()
            place = 0
        left, top = form.corner(place)
        box = (left + form.air, paper.height - top - form.air, form.width - 2 * form.air, form.height - 2 * form.air)
        _put(sheet, lines, root, box, 10.4)
        place += 1
    sheet.showPage()
    sheet.save()
    return target.getvalue()
