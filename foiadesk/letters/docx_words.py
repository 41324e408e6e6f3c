"""Words as Word has them: runs with their style and direction, in paragraphs of a named style."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby
from xml.sax.saxutils import escape

from foiadesk.letters.model import Runs

_REFUSED = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML cannot hold


def escaped(text: str) -> str:
    """Return some text as XML holds it, also within quotes."""
    return escape(_REFUSED.sub("", text), {'"': "&quot;"})


def words_of(words: Runs) -> str:
    """Return the text of some runs."""
    return "".join(one.text for one in words)


def _pieces(text: str) -> Iterator[tuple[bool, str]]:
    """Yield the text in pieces that run one way; what has no way of its own goes with what stands before it."""
    backward = False
    marked: list[tuple[bool, str]] = []
    for char in text:
        way = unicodedata.bidirectional(char)
        backward = True if way in ("R", "AL") else False if way in ("L", "EN") else backward
        marked.append((backward, char))
    for way_, group in groupby(marked, key=lambda one: one[0]):
        yield way_, "".join(char for _way, char in group)


def run(text: str, *, strong: bool = False, italic: bool = False, blank: bool = False) -> str:
    """Return some text as runs. blank: a fact still missing, marked."""
    look = ("<w:b/><w:bCs/>" if strong else "") + ("<w:i/><w:iCs/>" if italic else "")
    look += '<w:highlight w:val="yellow"/>' if blank else ""
    made = []
    for backward, piece in _pieces(text) if not text.isascii() else ((False, text),):
        kept = look + ("<w:rtl/>" if backward else "")
        lines = [f'<w:t xml:space="preserve">{escaped(line)}</w:t>' for line in piece.split("\n")]
        made.append(f"<w:r>{f'<w:rPr>{kept}</w:rPr>' if kept else ''}{'<w:br/>'.join(lines)}</w:r>")
    return "".join(made)


def runs(words: Runs, *, strong: bool = False) -> str:
    """Return a letter's runs. strong: all of them, unless they say otherwise."""
    return "".join(
        run(one.text, strong=one.style == "strong" or (strong and not one.style), italic=one.style == "italic",
            blank=bool(one.blank))
        for one in words
    )  # fmt: skip


def paragraph(
    inside: str, style: str, *, number: int = 0, deeper: bool = False, keep: bool = False, ruled: bool = False
) -> str:
    """Return a paragraph. number: of the list it is an item of. deeper: it goes on within the item above."""
    look = f'<w:pStyle w:val="{style}"/>'
    look += "<w:keepNext/>" if keep else ""
    if number:
        look += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
    if ruled:
        look += '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="4" w:color="1C3D54"/></w:pBdr>'
    if deeper:
        look += '<w:ind w:left="560"/>'
    return f"<w:p><w:pPr>{look}</w:pPr>{inside}</w:p>"
