"""One font face: which characters it shows, how wide a word is with its kerning, and the bytes that print it."""

import re
import zlib
from pathlib import Path
from typing import Any

from reportlab.pdfbase.ttfonts import TTFontFace

from foiadesk.letters.press.kerning import Kerning

CACHE = 20_000  # words kept per face

# The characters every letter's font carries, in one fixed order: the same word is then the same bytes in every
# letter, and the embedded subset is made and compressed once. What a letter needs beyond them is added to it alone.
HOUSE = "".join(map(chr, range(0x20, 0x7F)))
HOUSE_MORE = "“”‘’–—…•§¶†‡€™←→−×" + "".join(map(chr, range(0xA1, 0x100))).replace("\xad", "").replace("×", "")

_ESCAPES = {byte: chr(byte) if 32 <= byte < 127 and chr(byte) not in "()\\" else f"\\{byte:03o}" for byte in range(256)}


def _open(path: str, index: int) -> Any:
    """Reportlab's own reader of font files; its stubs leave half of it out."""
    return TTFontFace(path, subfontIndex=index)


class Face:
    """A font face ready to measure and print. Widths are in thousandths of the type size."""

    shaped = False

    def __init__(self, path: str, index: int = 0, *, house: bool = False) -> None:
        self.font = _open(path, index)
        self.name = re.sub(r"[^A-Za-z0-9_-]", "", self.font.name.decode("ascii", "replace")) or "Font"
        self.key = f"{Path(path).stem}-{index}"
        self.glyphs: dict[int, int] = self.font.charToGlyph
        self.scale: float = 1000 / self.font.unitsPerEm
        self.kerning = Kerning(self.font.get_table("GPOS") if house and "GPOS" in self.font.table else b"")
        # Subset 0, by code: ASCII keeps its own codes, the rest of the house's characters follow from 128 on.
        self.subset = [0] * 32 + list(range(32, 127)) + [0]
        if house:
            self.subset += [ord(char) for char in HOUSE_MORE if ord(char) in self.glyphs]
        self.codes = {chr(code): at for at, code in enumerate(self.subset) if code in self.glyphs}
        self.words: dict[str, tuple[float, str]] = {}
        self.space = self.advance(" ")
        self._pieces: dict[tuple[int, ...], tuple[bytes, int]] = {}

    def shows(self, char: str) -> bool:
        """Say whether this face has a glyph for the character."""
        return ord(char) in self.glyphs

    def advance(self, char: str) -> float:
        """Return the width of one character."""
        width: float = self.font.getCharWidth(ord(char))
        return width

    def kern(self, left: str, right: str) -> float:
        """Return the kerning between two characters."""
        glyphs = self.glyphs
        kern: float = self.kerning.between(glyphs.get(ord(left), 0), glyphs.get(ord(right), 0)) * self.scale
        return kern

    def word(self, word: str) -> tuple[float, str]:
        """Return a word's width and the operands that show it; none when it has characters beyond the house's."""
        found = self.words.get(word)
        if found is None:
            if len(self.words) >= CACHE:
                self.words.clear()
            found = self.words[word] = self._set(word)
        return found

    def _set(self, word: str) -> tuple[float, str]:
        width = 0.0
        known = True
        made = ["("]
        before = ""
        for char in word:
            if before:
                kern = self.kern(before, char)
                if kern:
                    width += kern
                    made.append(f"){-kern:g}(")
            width += self.advance(char)
            code = self.codes.get(char)
            if code is None:
                known = False
            else:
                made.append(_ESCAPES[code])
            before = char
        return width, "".join([*made, ")"]) if known else ""

    def file(self, subset: tuple[int, ...]) -> tuple[bytes, int]:
        """Return the compressed font file of a subset, and its length before compression."""
        found = self._pieces.get(subset)
        if found is None:
            if len(self._pieces) > 32:
                self._pieces.clear()
            plain = self.font.makeSubset(list(subset))
            found = self._pieces[subset] = (zlib.compress(plain, 9), len(plain))
        return found


def escape(code: int) -> str:
    """Return one byte as it stands in a PDF string."""
    return _ESCAPES[code]


def load_face(path: str, index: int = 0, *, house: bool = False) -> Face:
    """Load a TrueType face. Raises reportlab's TTFError when it cannot be embedded."""
    return Face(path, index, house=house)
