"""The sheets a letter is drawn on: a reportlab canvas with our fonts only, marks for the structure tree, a title and
nothing else in its metadata, and the short header of later pages once their number is known."""

from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from foiadesk.letters.model import Run, Spot
from foiadesk.letters.press.flow import Flow, Flowable, Room
from foiadesk.letters.press.fonts import DocumentFonts
from foiadesk.letters.press.outline import Bookmark, write_outline
from foiadesk.letters.press.styles import HAIR, MM, RUNNING, WATERMARK, Paper, Style
from foiadesk.letters.press.tags import Element, Marks, write_tree
from foiadesk.letters.press.text import Text, line_width
from foiadesk.letters.words import page_words

rl_config.useA85 = 0  # pages are deflated bytes, not text of them: a quarter smaller and faster

_RUNNING_RIGHT = Style(RUNNING.size, RUNNING.leading, after=0.0, color=RUNNING.color, align="right")
_MARK = Style(size=120.0, leading=140.0, after=0.0, color=WATERMARK, strong=True)


class _TitleOnly(pdfdoc.PDFInfo):
    """The document's information: its title. No producer, no person, no time."""

    def format(self, document: Any) -> Any:
        return pdfdoc.PDFDictionary({"Title": pdfdoc.PDFString(self.title)}).format(document)


class Sheet(Canvas):
    """A canvas that holds finished pages back until their number is known."""

    # The canvas's own state, which its type stubs leave out.
    _doc: Any
    _code: list[str]
    _pageNumber: int
    _filename: Any
    _startPage: Callable[[], None]

    def __init__(
        self,
        filename: Any,
        *,
        paper: Paper,
        title: str,
        language: str,
        running: str,
        root: Element | None,
        numbered: bool = False,
        line_numbers: bool = False,
        bare: bool = False,
    ) -> None:
        self.bare = bare  # no header on any page
        self.bookmarks: list[Bookmark] = []
        self.spots: list[Spot] = []
        self.line_numbers = line_numbers
        self.line_count = 0  # on this page
        self.held: list[dict[str, Any]] = []
        self.fonts = DocumentFonts()
        self.marks = Marks(root) if root else None
        self.paper = paper
        self.running = running
        self.page_words = page_words(language)
        self.numbered = numbered
        super().__init__(
            filename,
            pagesize=(paper.width, paper.height),
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 7),
            lang=language,
        )
        document = self._doc
        document.info = _TitleOnly()
        document.info.title = title
        document.Catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})
        document.delayedFonts.append(self.fonts)

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"  # no font named: reportlab would name one that is not embedded

    @property
    def code(self) -> list[str]:
        """The operators of the page being drawn."""
        return self._code

    def open_mark(self, element: Element | None) -> None:
        """Begin a piece of an element; of none, a piece that says nothing to a reader, such as a rule."""
        if self.marks is not None:
            self.code.append("/Artifact BMC" if element is None else self.marks.begin(element, self._pageNumber))

    def close_mark(self, element: Element | None) -> None:
        """End the piece."""
        if self.marks is not None:
            self.code.append("EMC")

    def mark_blank(self, name: str, x: float, y: float, width: float, height: float) -> None:
        """Note where a word of a blank stands, so that a person can point at it; x and y: its lower left corner.

        The words of one blank on one line are one spot.
        """
        left, bottom = self.absolutePosition(x, y)
        top, right, page = self.paper.height - bottom - height, left + width, self._pageNumber - 1
        last = self.spots[-1] if self.spots else None
        same = last is not None and (last.name, last.page, last.top) == (name, page, top)
        if last is not None and same and abs(left - last.right) < height:
            self.spots[-1] = last._replace(right=right)
        else:
            self.spots.append(Spot(name, page, left, top, right, top + height))

    def showPage(self) -> None:
        """Put the page by and begin another."""
        self.held.append(dict(self.__dict__))
        self.line_count = 0
        self._startPage()

    def save(self) -> None:
        """Draw the headers, now that the number of pages is known, then write tags, fonts and file."""
        count = len(self.held)
        for number, state in enumerate(self.held, 1):
            self.__dict__.update(state)
            if (number > 1 or self.numbered) and not self.bare:
                self._header(number, count)
            Canvas.showPage(self)
        if self.marks is not None:
            write_tree(self._doc, self.marks)
            write_outline(self._doc, self.bookmarks)
        self._doc.SaveToFile(self._filename, self)

    def _header(self, number: int, count: int) -> None:
        paper = self.paper
        page = Text((Run(self.page_words.format(number=number, count=count)),), _RUNNING_RIGHT)
        page.fit(paper.measure)
        room = paper.measure - line_width(page.lines[0], RUNNING.size) - 24
        running = Text((Run(self.running),), RUNNING)
        running.fit(room)
        running.lines = running.lines[:1]
        top = paper.height - paper.top
        running.paint(self, paper.side, top)
        page.paint(self, paper.side, top)
        rule(self, paper.side, top - RUNNING.leading - 3, paper.measure)


def rule(sheet: Sheet, x: float, y: float, width: float, color: str = HAIR, weight: float = 0.5) -> None:
    """Draw a rule, which is no part of the reading."""
    sheet.open_mark(None)
    sheet.code.append(f"q {color} {weight} w {x:.2f} {y:.2f} m {x + width:.2f} {y:.2f} l S Q")
    sheet.close_mark(None)


class LetterDocument:
    """The letter's two page shapes: the first with letterhead and fold marks, the others under a short header.

    numbered: the first page has the header too, with its number, as an exhibit's must.
    """

    def __init__(
        self, paper: Paper, *, fold_marks: bool, draft: bool, numbered: bool = False, line_numbers: bool = False
    ) -> None:
        self.paper = paper
        self.line_numbers = line_numbers
        self.fold_marks = fold_marks
        self.draft = draft
        self.numbered = numbered

    def room(self, number: int) -> Room:
        """Return where the text of a page may stand."""
        paper = self.paper
        head = RUNNING.leading + 20 if number > 1 or self.numbered else 0.0
        return Room(paper.side, paper.bottom, paper.measure, paper.height - paper.top - head)

    def _under(self, sheet: Sheet, number: int) -> Room:
        paper = self.paper
        if self.draft:
            text = Text((Run("DRAFT"),), _MARK)
            text.fit(paper.width)
            wide = line_width(text.lines[0], _MARK.size)
            sheet.code.append(f"q 0.788 0.616 -0.616 0.788 {paper.width / 2:.2f} {paper.height / 2:.2f} cm")
            text.paint(sheet, -wide / 2, _MARK.leading / 2)
            sheet.code.append("Q")
        if self.fold_marks and number == 1:
            for fold in paper.folds:
                rule(sheet, 4 * MM, paper.height - fold, 4 * MM, "0.6 G", 0.4)
        return self.room(number)

    def make(self, story: list[Flowable], **sheet: Any) -> tuple[bytes, list[Spot]]:
        """Set the story and return the PDF, and where its blanks stand."""
        target = BytesIO()
        made = Sheet(target, paper=self.paper, numbered=self.numbered, line_numbers=self.line_numbers, **sheet)
        Flow(made, partial(self._under, made)).run(story)
        made.save()
        return target.getvalue(), made.spots
