"""The template's plain writing read as blocks.

``# `` heading, ``## `` lesser heading, ``1. `` numbered item, ``- `` bullet, ``| label | words`` a row of facts,
``@sign`` closing words; ``@declare`` closing words ``|`` who signs instead ``|`` what stands below the name; an empty
line ends a paragraph; ``*italic*`` and ``**strong**`` in the template's own words.
"""

import re
from collections.abc import Callable, Iterator

from foiadesk.letters.model import Block, Facts, Heading, Items, Paragraph, Run, Runs, Signatures, SignerBlock
from foiadesk.letters.template import Slots, parted
from foiadesk.letters.words import CLOSE, OPEN, tie

_SLOT = re.compile(f"{OPEN}(\\d+){CLOSE}")
_ONLY_SLOT = re.compile(f"{OPEN}(\\d+){CLOSE}")
_PIECE = re.compile(f"(\\*\\*|\\*|{OPEN}\\d+{CLOSE})")
_ITEM = re.compile(r"(?:\d+\.|-) +")
_PARTS = re.compile(r"\n[ \t]*\n\s*")

SignaturesMaker = Callable[[str], Signatures]


def _runs(text: str, slots: Slots) -> Runs:
    text = tie(text)
    made: list[Run] = []
    strong = italic = False
    for piece in _PIECE.split(text):
        if not piece:
            continue
        style = "strong" if strong else "italic" if italic else ""
        if piece == "**":
            strong = not strong
        elif piece == "*":
            italic = not italic
        elif piece[0] == OPEN:
            value = slots.runs[int(piece[1:-1])]
            words = " ".join(value.text.split(None)) if "\n" in value.text else value.text
            made += parted(Run(words, style, value.blank))
        else:
            made.append(Run(piece, style))
    return tuple(run for run in made if run.text)


def _paragraphs(text: str, slots: Slots) -> list[Runs]:
    """A value that is a whole paragraph by itself keeps its own paragraphs and line breaks."""
    alone = _ONLY_SLOT.fullmatch(text)
    if not alone:
        return [runs] if (runs := _runs(text, slots)) else []
    value = slots.runs[int(alone[1])]
    if value.blank:
        return [(value,)]
    parts = _PARTS.split(value.text.strip())
    return [parted(Run("\n".join(line.strip() for line in part.split("\n")))) for part in parts if part.strip()]


def _chunks(text: str) -> Iterator[str]:
    """Yield each heading, item, row, directive or paragraph of the template as one line of text."""
    held: list[str] = []
    for raw in text.split("\n"):
        line = raw.strip()
        if not line or line[0] in "#|@" or _ITEM.match(line):
            if held:
                yield " ".join(held)
            held = []
            if not line:
                yield ""
            elif line[0] in "#|@":
                yield line
            else:
                held = [line]
        else:
            held.append(line)
    if held:
        yield " ".join(held)


class _Reader:
    def __init__(self, slots: Slots, signatures: SignaturesMaker) -> None:
        self.slots = slots
        self.signatures = signatures
        self.blocks: list[Block] = []
        self.items: list[tuple[Runs, ...]] = []
        self.numbered = False
        self.rows: list[tuple[Runs, Runs]] = []

    def flush(self) -> None:
        if self.items:
            self.blocks.append(Items(tuple(self.items), self.numbered))
            self.items = []
        if self.rows:
            self.blocks.append(Facts(tuple(self.rows)))
            self.rows = []

    def item(self, chunk: str) -> None:
        numbered = chunk[0] != "-"
        if self.rows or (self.items and numbered != self.numbered):
            self.flush()
        self.numbered = numbered
        body = chunk[1:] if not numbered else chunk[chunk.index(".") + 1 :]
        paragraphs = _paragraphs(body.strip(), self.slots)
        if paragraphs:
            self.items.append(tuple(paragraphs))

    def row(self, chunk: str) -> None:
        if self.items:
            self.flush()
        label, _, words = chunk[1:].partition("|")
        self.rows.append((_runs(label.strip(), self.slots), _runs(words.strip(" |"), self.slots)))

    def read(self, text: str) -> list[Block]:
        for chunk in _chunks(text):
            if not chunk:
                continue
            if chunk[0] == "|":
                self.row(chunk)
            elif _ITEM.match(chunk):
                self.item(chunk)
            else:
                self.flush()
                self.block(chunk)
        self.flush()
        return self.blocks

    def block(self, chunk: str) -> None:
        if chunk[0] == "#":
            words = chunk.lstrip("#")
            self.blocks.append(Heading(_runs(words.strip(), self.slots), len(chunk) - len(words)))
        elif chunk.startswith("@sign"):
            closing = "".join(run.text for run in _runs(chunk.removeprefix("@sign").strip(), self.slots))
            self.blocks.append(self.signatures(closing))
        elif chunk.startswith("@declare"):
            closing, name, below = (*chunk.removeprefix("@declare").split("|"), "", "")[:3]
            words = "".join(run.text for run in _runs(below.strip(), self.slots))
            shown = "".join(run.text for run in _runs(closing.strip(), self.slots))
            self.blocks.append(Signatures(shown, (SignerBlock(_runs(name.strip(), self.slots), words),)))
        else:
            self.blocks += [Paragraph(runs) for runs in _paragraphs(chunk, self.slots)]


def read_blocks(text: str, slots: Slots, signatures: SignaturesMaker) -> list[Block]:
    """Return the blocks of a rendered template; ``signatures`` makes the block where the template says ``@sign``."""
    return _Reader(slots, signatures).read(text)
