"""Words broken into lines: a piece of a letter that never reads markup, splits well, and tells a screen reader all."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from foiadesk.letters.model import Run, Runs
from foiadesk.letters.press.direction import all_backward, levels, mirrored, runs_backward, visual_order
from foiadesk.letters.press.faces import CACHE, Face
from foiadesk.letters.press.flow import Flowable
from foiadesk.letters.press.fonts import AnyFace, house_faces, pieces
from foiadesk.letters.press.outline import HEADINGS, Bookmark
from foiadesk.letters.press.shaping import ShapedFace, clusters
from foiadesk.letters.press.styles import BLANK_FILL, LINE_NUMBER, Style

if TYPE_CHECKING:
    from foiadesk.letters.press.sheet import Sheet
    from foiadesk.letters.press.tags import Element

PARAGRAPHS = 1000  # remembered as broken into lines
KEEP = 2  # lines that stay together at either side of a page break
_SPACE = re.compile(r"([ \t\n\r\x0b\x0c\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]+)")
_AFTER = re.compile(r"(?<=[A-Za-z]-)(?=[A-Za-z])|(?<=[—–/])(?=\w)|(?<=\w)(?=—)")
_MARKS = re.compile("[-—–/]")


class Part(NamedTuple):
    """Some characters of one face and one direction within a word."""

    face: AnyFace
    text: str  # in reading order
    blank: str  # the name of the fact that is missing here
    width: float  # thousandths of the size
    level: int = 0  # odd: from right to left


class Word(NamedTuple):
    """What stands between two places where a line may end. ``space``: one comes before it. ``ends``: the line does."""

    parts: tuple[Part, ...]
    width: float
    space: bool
    ends: bool = False
    level: int = 0  # of the space


_FIRST_IDEOGRAPH = "\u2e80"


@cache
def _ideograph() -> re.Pattern[str]:
    """Compiled when a letter first has one: so large a class takes a tenth of the time that a page does."""
    return re.compile("([\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff])")


def _breakable(text: str) -> Iterator[str]:
    for part in _AFTER.split(text) if _MARKS.search(text) else (text,):
        if part.isascii() or max(part) < _FIRST_IDEOGRAPH:
            yield part
        else:
            yield from (piece for piece in _ideograph().split(part) if piece)


def _part(face: AnyFace, text: str, blank: str, level: int = 0) -> Part:
    text = text.replace("\u00a0", " ")
    return Part(face, text, blank, _width(face, text, level), level)


def _width(face: AnyFace, text: str, level: int) -> float:
    if isinstance(face, ShapedFace):
        return face.shape(text, bool(level % 2)).width
    return face.word(mirrored(text) if level % 2 else text)[0]


@lru_cache(maxsize=CACHE)
def _whole(face: AnyFace, chunk: str, space: bool, blank: str) -> tuple[Word, ...]:
    """The words of a chunk between two spaces, all in one face: the common case, remembered from letter to letter."""
    parts = [_part(face, piece, blank) for piece in _breakable(chunk)]
    return tuple(Word((part,), part.width, space and not number) for number, part in enumerate(parts))


class _Words:
    """Words being gathered from runs: a word may hold parts of several faces; a newline ends a line."""

    def __init__(self) -> None:
        self.words: list[Word] = []
        self.open: list[Part] = []
        self.space = False
        self.level = 0  # of the space

    def close(self, ends: bool = False) -> None:
        if self.open or ends:
            width = sum(part.width for part in self.open)
            self.words.append(Word(tuple(self.open), width, self.space, ends, self.level))
            self.open, self.space = [], False

    def add(self, face: AnyFace, text: str, blank: str, level: int) -> None:
        chunks = _SPACE.split(text)
        last = len(chunks) - 1
        for number, chunk in enumerate(chunks):
            if not chunk:
                continue
            if number % 2:
                self.close(ends="\n" in chunk)
                self.space, self.level = True, level
            elif number == last or self.open or level:
                self._join(face, chunk, blank, level)
            else:
                self.words += _whole(face, chunk, self.space, blank)
                self.space = False

    def _join(self, face: AnyFace, chunk: str, blank: str, level: int) -> None:
        for index, piece in enumerate(_breakable(chunk)):
            if index:
                self.close()
            self.open.append(_part(face, piece, blank, level))


def words_of(runs: Sequence[Run]) -> list[Word]:
    """Return the words of some runs."""
    gathered = _Words()
    found: tuple[int, ...] = ()
    if any(runs_backward(run.text) for run in runs):
        found = levels("".join(run.text for run in runs))
    at = 0
    for run in runs:
        for face, text, level in pieces(run, found[at : at + len(run.text)]):
            gathered.add(face, text, run.blank, level)
        at += len(run.text)
    gathered.close()
    return gathered.words


@lru_cache(maxsize=PARAGRAPHS)
def lines_of(runs: Runs, width: float, size: float) -> "list[Line]":
    """The lines of a paragraph, remembered: most of a letter is the same at the next key, and at the next office."""
    return break_lines(words_of(runs), width, size)


def _cut(word: Word, room: float) -> list[Word]:
    """A word wider than the line, cut where it must be: after a mark of an address if it can, else anywhere."""
    made: list[Word] = []
    held: list[Part] = []
    width = 0.0
    for part in word.parts:
        text = ""
        for char in clusters(part.face, part.text) if isinstance(part.face, ShapedFace) else part.text:
            wide = _grown(part, text, char)
            if width + wide > room and (text or held):
                at = max((text.rfind(mark) for mark in "/?&=-_.@:"), default=-1) + 1
                at = at if at > len(text) // 2 else len(text)
                if text[:at]:
                    held.append(_part(part.face, text[:at], part.blank, part.level))
                made.append(Word(tuple(held), sum(p.width for p in held), word.space and not made, False, word.level))
                held, width, text = [], 0.0, text[at:]
            text += char
        if text:
            held.append(_part(part.face, text, part.blank, part.level))
            width += held[-1].width
    made.append(Word(tuple(held), width, False, word.ends))
    return made


def _grown(part: Part, text: str, char: str) -> float:
    """Return how wide a text is with a character more."""
    if len(text) < 64 or isinstance(part.face, ShapedFace):
        return _width(part.face, text + char, part.level)
    return part.face.word(text)[0] + part.face.advance(char)


Line = list[Word]


def break_lines(words: Sequence[Word], width: float, size: float) -> list[Line]:
    """Break words into lines of at most ``width`` points. Nothing is hyphenated; nothing sticks out."""
    room = width * 1000 / size
    lines: list[Line] = []
    line: Line = []
    used = 0.0
    for given in words:
        for word in _cut(given, room) if given.width > room else (given,):
            gap = word.parts[0].face.space if line and word.space and word.parts else 0.0
            if line and used + gap + word.width > room:
                lines.append(line)
                line, used, gap = [], 0.0, 0.0
            line.append(word)
            used += gap + word.width
            if word.ends:
                lines.append(line)
                line, used = [], 0.0
    if line:
        lines.append(line)
    return lines


def line_width(line: Line, size: float) -> float:
    """Return how wide a line is, in points."""
    gaps = sum(word.parts[0].face.space for word in line[1:] if word.space and word.parts)
    return (sum(word.width for word in line) + gaps) * size / 1000


class Text(Flowable):
    """Some runs in one style: the letter's paragraph.

    label: a number or bullet hung to the left of the first line, at ``hang`` points from it.
    """

    def __init__(
        self,
        runs: Runs,
        style: Style,
        element: "Element | None" = None,
        *,
        label: "Text | None" = None,
        hang: float = 0.0,
        lines: list[Line] | None = None,
        measure: float = 0.0,
        widest: float = 0.0,
    ) -> None:
        self.style = style
        self.element = element
        self.label = label
        self.hang = hang
        self.lines = lines if lines is not None else []
        self.measure = measure
        self.widest = widest  # no line is longer, if this is not 0
        self.below = 0.0  # room that must be left beneath the last line, or the last lines move to the next page
        self.runs = self._styled(runs)
        self.backward = any(not run.text.isascii() for run in runs) and all_backward("".join(run.text for run in runs))
        self.space_before = style.before
        self.space_after = style.after

    def _styled(self, runs: Runs) -> Runs:
        default = "strong" if self.style.strong else "italic" if self.style.italic else ""
        if not default:
            return runs
        return tuple(Run(run.text, run.style or default, run.blank) for run in runs)

    def fit(self, width: float) -> float:
        """Break for this width and return the height."""
        room = min(width, self.widest or width) - self.style.indent
        if self.measure != room:
            if self.runs:
                self.lines = lines_of(self.runs, room, self.style.size)
            self.measure = room
        return len(self.lines) * self.style.leading

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Say how much room the text takes."""
        self.width, self.height = width, self.fit(width)
        if self.height <= height < self.height + self.below:
            return width, height + 1  # more than there is: two pieces are asked for then
        return width, self.height

    def split(self, width: float, height: float) -> Sequence[Flowable]:
        """Return two pieces, the first at most ``height`` high; neither leaves a line alone."""
        self.fit(width)
        count, fits = len(self.lines), int((height + 0.01) / self.style.leading)
        fits = min(fits, count - KEEP) if count >= 2 * KEEP else 0
        if fits < KEEP:
            return []
        return self.cut(fits)

    def cut(self, at: int) -> list[Flowable]:
        """Return the text in two pieces after so many lines, both of one element."""
        made: list[Text] = []
        for lines, label in ((self.lines[:at], self.label), (self.lines[at:], None)):
            piece = Text((), self.style, self.element, label=label, hang=self.hang, lines=lines, measure=self.measure)
            piece.backward = self.backward
            made.append(piece)
        made[0].space_after = made[1].space_before = 0.0
        made[1].below, made[1].space_after = self.below, self.space_after
        return list(made)

    def draw(self, sheet: Any) -> None:
        """The origin is at the text's lower left corner."""
        if self.label:
            self.label.paint(sheet, self.style.indent - self.hang, self.height)
        if self.element is not None and self.element.role in HEADINGS:
            self.bookmark(sheet)
        if sheet.line_numbers:
            self.number(sheet)
        self.paint(sheet, self.style.indent, self.height)

    def bookmark(self, sheet: "Sheet") -> None:
        """Let a PDF viewer's list of headings lead here."""
        words = " ".join("".join(run.text for run in self.runs).split())
        top = sheet.absolutePosition(0, self.height)[1]
        if words and self.element is not None:
            sheet.bookmarks.append(Bookmark(HEADINGS[self.element.role], words, sheet.getPageNumber(), top))

    def number(self, sheet: "Sheet") -> None:
        """Number the lines in the margin, from 1 on each page; no part of the reading."""
        style = self.style
        y = self.height - style.baseline
        for _line in self.lines:
            sheet.line_count += 1
            words = Text((Run(str(sheet.line_count)),), LINE_NUMBER)
            words.fit(18.0)
            words.paint(sheet, -30.0, y + LINE_NUMBER.baseline)
            y -= style.leading

    def paint(self, sheet: "Sheet", x: float, top: float) -> None:
        """Draw the lines from ``top`` downward, within one mark of the text's element."""
        style = self.style
        align = "right" if self.backward and len(self.lines) > 1 else style.align
        code = sheet.code
        sheet.open_mark(self.element)
        y = top - style.baseline
        for line in self.lines:
            left = x
            if align != "left":
                left += (self.measure - line_width(line, style.size)) / (1 if align == "right" else 2)
            if any(part.blank for word in line for part in word.parts):
                self._highlight(sheet, line, left, y)
            if any(part.face.shaped or part.level for word in line for part in word.parts):
                self._paint_placed(sheet, line, left, y)
            else:
                code.append(f"BT {style.color} 1 0 0 1 {left:.2f} {y:.2f} Tm {_show(sheet, line, style.size)} ET")
            y -= style.leading
        sheet.close_mark(self.element)

    def _paint_placed(self, sheet: "Sheet", line: Line, x: float, y: float) -> None:
        """Draw a line that is not all house type, in reading order, whichever way its words run.

        Words whose glyphs do not tell their text are an element of their own that does.
        """
        size, color = self.style.size, self.style.color
        silent: list[tuple[str, str]] = []  # text and operators that wait for a common element

        def tell() -> None:
            if not silent:
                return
            span = self.element.add("Span", says="".join(text for text, _shown in silent)) if self.element else None
            if span is not None:
                sheet.close_mark(self.element)
                sheet.open_mark(span)
            sheet.code.extend(shown for _text, shown in silent)
            if span is not None:
                sheet.close_mark(span)
                sheet.open_mark(self.element)
            silent.clear()

        parts = [*placed(line, size), (None, line_width(line, size))]
        for number, (part, at) in enumerate(parts):
            shown, told = _show_part(sheet, part, size)
            shown = f"BT {color} 1 0 0 1 {x + at:.2f} {y:.2f} Tm {shown} ET"
            if part is None and silent and number + 1 < len(parts):
                silent.append((" ", shown))  # a space between two such words
            elif told:
                if silent and silent[-1][0] == " ":
                    space = silent.pop()[1]
                    tell()
                    sheet.code.append(space)
                tell()
                sheet.code.append(shown)
            else:
                silent.append((part.text if part else " ", shown))
        tell()

    def _highlight(self, sheet: "Sheet", line: Line, x: float, y: float) -> None:
        size, code = self.style.size, sheet.code
        for part, at in placed(line, size):
            if part is not None and part.blank:
                box = f"{x + at - 1:.2f} {y - 0.25 * size:.2f} {part.width * size / 1000 + 2:.2f} {1.1 * size:.2f}"
                code.append(f"q {BLANK_FILL} {box} re f Q")
                sheet.mark_blank(part.blank, x + at - 1, y - 0.25 * size, part.width * size / 1000 + 2, 1.1 * size)


def placed(line: Line, size: float) -> list[tuple[Part | None, float]]:
    """Return a line's parts and spaces (None) in reading order, each with its distance from the line's left end."""
    found: list[tuple[Part | None, int, float]] = []
    for number, word in enumerate(line):
        if number and word.space and word.parts:
            found.append((None, word.level, word.parts[0].face.space))
        found += [(part, part.level, part.width) for part in word.parts]
    at, x = [0.0] * len(found), 0.0
    for place in visual_order([level for _part, level, _width in found]):
        at[place] = x
        x += found[place][2] * size / 1000
    return [(part, left) for (part, _level, _width), left in zip(found, at, strict=True)]


def _show_part(sheet: "Sheet", part: Part | None, size: float) -> tuple[str, bool]:
    """Return the operators that show a part, or a space, and whether they tell its text by themselves."""
    if part is None:
        return sheet.fonts.show(house_faces()[""], size, [" "]), True
    backward = bool(part.level % 2)
    if isinstance(part.face, ShapedFace):
        return sheet.fonts.show_shaped(part.face, size, part.text, backward)
    return sheet.fonts.show(part.face, size, [mirrored(part.text) if backward else part.text]), not backward


def _show(sheet: "Sheet", line: Line, size: float) -> str:
    """The operators of one line. It ends with a space, so that a screen reader keeps its last word from the next."""
    made: list[str] = []
    held: list[str] = []
    face: Face | None = None
    for word in line:
        space = word.space
        for part in word.parts:
            if part.face is face:
                if space:
                    held.append(part.text)
                else:
                    held[-1] += part.text
            else:
                if face is not None:
                    made.append(sheet.fonts.show(face, size, [*held, ""] if space else held))
                assert isinstance(part.face, Face)
                face, held = part.face, [part.text]
            space = False
    if face is not None:
        made.append(sheet.fonts.show(face, size, [*held, ""]))
    return " ".join(made)
