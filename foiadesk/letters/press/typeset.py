"""A composed letter set as PDF: its blocks become flowables on the letter's sheets."""

import threading
from collections.abc import Callable, Sequence
from typing import Literal

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
    Run,
    Runs,
    Signatures,
    Spot,
)
from foiadesk.letters.press import styles
from foiadesk.letters.press.fallback import refusal
from foiadesk.letters.press.flow import Flow, Flowable, KeepTogether, Spacer
from foiadesk.letters.press.fonts import lacking
from foiadesk.letters.press.furniture import SIGNING_ROOM, Pair, Until, letterhead, signatures
from foiadesk.letters.press.grid import Rows
from foiadesk.letters.press.sheet import LetterDocument
from foiadesk.letters.press.styles import PAPERS, Paper, Style
from foiadesk.letters.press.tags import Element
from foiadesk.letters.press.text import KEEP, Text
from foiadesk.records.errors import BadInput
from foiadesk.records.speech import say

_LOCK = threading.Lock()  # reportlab keeps state in its modules
Made = tuple[Block, list[Flowable]]
_HEADINGS = {1: (styles.HEADING, "H2"), 2: (styles.SUBHEADING, "H3")}
_SHORT = 6  # a last paragraph of so many lines stays with the signatures whole
_FEW = 0.4  # a last page that is filled no more than this is spared where it can be
_SPARED = 6  # of more pages than that, the last one is no matter
_LEAST = 3  # lines of a letter's words on the page of its signatures, so that nobody signs an empty page
_OVER = (styles.HEADING, styles.SUBHEADING)
_UNDER_TABLE, _AIR = 10.0, 2.6
_REFERENCE_COLUMN, _FACT_COLUMN = 96.0, 150.0


def _ended(flowables: list[Flowable], after: float) -> list[Flowable]:
    """Leave room under a list or table; a heading's own room above it is no more on top of that."""
    if flowables:
        flowables[-1].space_after = after
    return flowables


class _Story:
    """The flowables of one letter, and its structure tree in reading order."""

    def __init__(self, paper: Paper, root: Element | None, tight: float = 0.0) -> None:
        self.paper = paper
        self.root = root
        self.tight = tight
        self.story: list[Flowable] = []

    def close(self, style: Style) -> Style:
        """Return a style of the running text as this story sets it."""
        return styles.drawn_together(style, self.tight) if self.tight else style

    def space(self, height: float) -> float:
        """Return some room between the pieces as this story leaves it."""
        return height * (1 - styles.CLOSER_SPACE * self.tight)

    def tag(self, role: str, parent: Element | None = None, attributes: str = "") -> Element | None:
        place = parent or self.root
        return place.add(role, attributes) if place else None

    def text(self, runs: Runs, style: Style, role: str = "P", parent: Element | None = None) -> Text:
        return Text(runs, style, self.tag(role, parent))

    def add(self, blocks: Sequence[Block]) -> None:
        """Make every block's flowables in reading order, then say of each how much of the next must stay with it."""
        made = [(block, self.make(block)) for block in blocks]
        for number, (block, flowables) in enumerate(made):
            if isinstance(block, Signatures):
                self.sign(flowables)
                continue
            if flowables and self.leads(made, number):
                last = flowables[-1]
                if isinstance(last, Text):
                    last.below = last.style.after + self.start(made, number + 1)
            self.story += flowables

    @staticmethod
    def leads(made: Sequence[Made], number: int) -> bool:
        """Say whether a block must not stand alone at a page's foot: a heading, or the words before a list."""
        block = made[number][0]
        follows = made[number + 1][0] if number + 1 < len(made) else None
        return isinstance(block, Heading) or (
            isinstance(block, Paragraph) and isinstance(follows, Items | Facts | Grid)
        )

    def start(self, made: Sequence[Made], number: int, above: float = 0.0) -> float:
        """Return the room that the least beginning of a block takes. above: that of the headings over it."""
        most = self.paper.height / 3
        if above >= most:  # it is as high as it can count, however many headings follow
            return 0.0
        if number >= len(made) or not made[number][1] or isinstance(made[number][0], Signatures):
            return 0.0
        first = made[number][1][0]
        high = float(first.wrap(self.paper.measure, self.paper.height)[1]) + first.space_before
        if isinstance(first, Text) and len(first.lines) >= 2 * KEEP:
            return KEEP * first.style.leading
        if isinstance(first, Rows):
            return sum(first.heights[:4])
        if isinstance(first, Text) and self.leads(made, number):
            high += first.style.after
            return min(high + self.start(made, number + 1, above + high), most)
        return high

    def make(self, block: Block) -> list[Flowable]:  # noqa: PLR0911 - one return a kind of block
        """Return a block's flowables."""
        match block:
            case Letterhead(organizations):
                return letterhead(organizations, self.root, self.paper)
            case Dateline(date, delivery):
                made: list[Flowable] = [Spacer(self.space(12)), self.text(date, styles.DATE)]
                return [*made, self.text(delivery, styles.DELIVERY)] if delivery else made
            case Address(lines):
                element = self.tag("P")
                texts = self.address(lines, element)
                return [Until(self.paper, self.paper.window, 14), *texts, Spacer(self.space(20))]
            case Reference(subject, rows, re):
                made = self.pair((Run(re),), subject, styles.SUBJECT, "H1")
                for label, runs in rows:
                    made += self.pair((Run(f"{label}:"),), runs, styles.REFERENCE, "P")
                return [*made, Spacer(self.space(16))]
            case Heading(runs, level):
                style, role = _HEADINGS[min(level, 2)]
                return [self.text(runs, self.close(style), role)]
            case Paragraph(runs):
                return [self.text(runs, self.close(styles.BODY))]
            case Items():
                return self.items(block)
            case Facts(rows):
                return self.facts(rows)
            case Grid():
                return self.grid(block)
            case Signatures(closing, signers):
                words: list[Flowable] = (
                    [self.text((Run(closing),), self.close(styles.CLOSING))] if closing.strip() else []
                )
                room = SIGNING_ROOM * (1 - styles.CLOSER_SIGNING * self.tight)
                return [*words, *signatures(signers, self.root, self.paper, room)]
            case Notes(label, lines):
                return self.notes(label, lines)

    def address(self, lines: Sequence[Runs], element: Element | None) -> list[Text]:
        """The address within the window of an envelope: lines broken at its edge, closer where they are many."""
        widest = self.paper.window_right - self.paper.side
        texts = [Text(line, styles.ADDRESS, element, widest=widest) for line in lines]
        for text in texts:
            text.fit(self.paper.measure)
        style = self.paper.address(sum(len(text.lines) for text in texts))
        return [Text(line, style, element, widest=widest) for line in lines]

    def pair(self, label: Runs, words: Runs, style: Style, role: str) -> list[Flowable]:
        element = self.tag(role)
        texts = Text(label, self.close(styles.LABEL), element), Text(words, self.close(style), element)
        pair = Pair(*texts, _REFERENCE_COLUMN)
        return self.whole(pair)

    def whole(self, pair: Pair) -> list[Flowable]:
        """A pair too high to be kept whole goes one under the other, and so over pages."""
        if pair.wrap(self.paper.measure, self.paper.height)[1] < 0.4 * self.paper.height:
            return [pair]
        return [Text(text.runs, text.style, text.element) for text in (pair.label, pair.words)]

    def items(self, block: Items) -> list[Flowable]:
        made: list[Flowable] = []
        listed = self.tag("L", attributes=f"<< /O /List /ListNumbering /{'Decimal' if block.numbered else 'Disc'} >>")
        digits = len(str(block.start + len(block.items) - 1))
        deep = max(18.0, 7.0 + 5.5 * digits) if block.numbered else 10.0
        style = self.close(Style(indent=deep + 10, after=styles.ITEM.after))
        label = self.close(Style(after=0.0))
        for number, item in enumerate(block.items, block.start):
            entry = self.tag("LI", listed)
            mark = Text((Run(f"{number}." if block.numbered else "•"),), label, self.tag("Lbl", entry))
            mark.fit(deep)
            body = self.tag("LBody", entry)
            for place, runs in enumerate(item):
                element = body.add("P") if body else None
                made.append(Text(runs, style, element, label=None if place else mark, hang=deep))
        return _ended(made, self.close(styles.BODY).after)

    def facts(self, rows: tuple[tuple[Runs, Runs], ...]) -> list[Flowable]:
        made: list[Flowable] = []
        table = self.tag("Table")
        label_style, words_style = self.close(styles.FACT_LABEL), self.close(styles.FACT)
        for label, words in rows:
            row = self.tag("TR", table)
            head = self.tag("TH", row, "<< /O /Table /Scope /Row >>")
            texts = Text(label, label_style, head), Text(words, words_style, self.tag("TD", row))
            made += self.whole(Pair(*texts, _FACT_COLUMN, line=True, air=self.space(_AIR)))
        return _ended(made, self.space(_UNDER_TABLE))

    def grid(self, block: Grid) -> list[Flowable]:
        table = self.tag("Table")
        row = self.tag("TR", table)
        column = "<< /O /Table /Scope /Column >>"
        head = [Text((Run(words),), styles.CELL_HEAD, self.tag("TH", row, column)) for words in block.headings]
        rows = []
        for number, cells in enumerate(block.rows):
            row = self.tag("TR", table)
            style = styles.CELL_QUIET if number in block.quiet else styles.CELL
            rows.append([Text(runs, style, self.tag("TD", row)) for runs in cells])
        return _ended([Rows(head, rows, block.columns)], self.space(_UNDER_TABLE))

    def sign(self, flowables: list[Flowable]) -> None:
        """The closing and the first row of signatures stay together, with the last short paragraphs if there are."""
        held, lines = self.last_words()
        whole = sum(float(one.wrap(self.paper.measure, self.paper.height)[1]) + one.space_after for one in held)
        kept = 0
        for flowable in flowables:
            whole += float(flowable.wrap(self.paper.measure, self.paper.height)[1]) + 6
            if whole > 0.6 * self.paper.height:
                break
            kept += 1
        before = next((flowable for flowable in reversed(self.story) if not isinstance(flowable, Spacer)), None)
        if lines < _LEAST and isinstance(before, Text):
            before.below = whole  # its last lines go along, so that signatures never stand on a page alone
        self.story.append(KeepTogether([*held, *flowables[:kept]]))
        self.story += flowables[kept:]

    def last_words(self) -> tuple[list[Flowable], int]:
        """Take the last short paragraphs from the story, with the heading over them, and count their lines."""
        held: list[Flowable] = []
        lines = 0
        headings = [self.close(style) for style in _OVER]
        while lines < _LEAST and self.story:
            last = self.story[-1]
            if not isinstance(last, Text) or last.fit(self.paper.measure) > _SHORT * styles.BODY.leading:
                break
            held.insert(0, self.story.pop())
            lines += len(last.lines)
        while held and self.story and isinstance(over := self.story[-1], Text) and over.style in headings:
            over.below = 0.0  # all that follows stays with it
            held.insert(0, self.story.pop())
        return held, lines

    def notes(self, label: str, lines: tuple[str, ...]) -> list[Flowable]:
        first = self.text((Run(f"{label}:"),), styles.NOTE_LABEL)
        rest: list[Flowable] = [self.text((Run(line),), styles.NOTE) for line in lines]
        return [Spacer(self.space(8)), KeepTogether([first, *rest[:1]]), *rest[1:]]


def _all_runs(blocks: Sequence[Block]) -> list[Run]:
    """Every run of a letter, so that one error names every character no font shows."""
    found: list[Run] = []

    def gather(value: object) -> None:
        if isinstance(value, Run):
            found.append(value)
        elif isinstance(value, str):
            found.append(Run(value))
        elif isinstance(value, tuple):
            for part in value:
                gather(part)
        elif isinstance(value, Organization):
            gather((value.name, value.address, value.contact))
        elif hasattr(value, "__slots__"):
            for name in value.__slots__:
                gather(getattr(value, name))

    gather(tuple(blocks))
    return found


def typeset_letter(
    letter: ComposedLetter,
    *,
    page: Literal["letter", "a4"],
    fold_marks: bool,
    draft: bool,
    tagged: bool,
    numbered: bool = False,
    line_numbers: bool = False,
) -> tuple[bytes, list[Spot]]:
    """Return the letter as PDF, and where its blanks stand.

    Raises BadInput for an unknown paper and for characters no font here can show.
    """
    paper = PAPERS.get(page)
    if paper is None:
        raise BadInput(say("There is no paper named {page}.", page=repr(page)), todo="Use letter or a4.")
    with _LOCK:
        chars = lacking([*_all_runs(letter.blocks), Run(letter.running)])
        if chars:
            raise refusal(chars)

        def made(tight: float) -> _Laid:
            sheets = LetterDocument(
                paper.drawn_together(tight) if tight else paper,
                fold_marks=fold_marks,
                draft=draft,
                numbered=numbered,
                line_numbers=line_numbers,
            )
            story = _Story(sheets.paper, Element("Document") if tagged else None, tight)
            story.add(letter.blocks)
            return _Laid(sheets, story)

        laid = _fitted(made)
        return laid.sheets.make(
            laid.story.story,
            title=letter.title,
            language=letter.language,
            running=letter.running,
            root=laid.story.root,
        )


class _Laid:
    """A letter laid out: its sheets, its story, how many pages it takes and how full the last one is."""

    def __init__(self, sheets: LetterDocument, story: _Story) -> None:
        self.sheets, self.story = sheets, story
        flow = Flow(None, sheets.room)
        flow.run(story.story)
        self.pages, self.filled = flow.number, flow.filled


def _fitted(made: Callable[[float], _Laid]) -> _Laid:
    """Draw a letter together, no more than it takes, where that spares it a last page of a few lines."""
    loose = made(0.0)
    if not 1 < loose.pages <= _SPARED or loose.filled > _FEW:
        return loose
    closest = made(1.0)
    if closest.pages == loose.pages:
        return loose
    between = (made(part) for part in (1 / 3, 2 / 3))
    return next((laid for laid in between if laid.pages < loose.pages), closest)
