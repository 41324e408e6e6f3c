"""A shaped face within one document: the glyphs used, what they say, and the font objects written at the end."""

import zlib
from typing import Any

from foiadesk.letters.press.objects import add_object, stream, subset_tag
from foiadesk.letters.press.shaping import Shaped, ShapedFace

_SYMBOLIC = 4


class ShapedFont:
    """A composite font whose codes are the face's own glyph numbers, two bytes each."""

    def __init__(self, face: ShapedFace) -> None:
        self.face = face
        self.said: dict[int, str] = {}  # glyph -> the text it first stood for
        self.widths: dict[int, float] = {}

    def show(self, word: Shaped, size: float) -> str:
        """Return the operators that show a word in reading order; the font and size are set already.

        Words that run from right to left are drawn from their first letter, so that what reads the page in the order
        it was drawn reads them right.
        """
        made = ["["]
        high = cursor = 0.0
        for glyph in word.glyphs:
            self.said[glyph.number] = self.said.get(glyph.number) or glyph.text
            self.widths[glyph.number] = glyph.width
            if glyph.up != high:
                made.append(f"] TJ {glyph.up * size / 1000:.3f} Ts [")
                high = glyph.up
            back = round(cursor - glyph.x, 3)
            made.append((f"{back:g} " if back else "") + f"<{glyph.number:04X}>")
            cursor = glyph.x + glyph.width
        made.append("] TJ 0 Ts" if high else "] TJ")
        return "".join(made)

    def tells(self, word: Shaped) -> bool:
        """Say whether the glyphs alone tell the word's text: one letter each, of which none stands for another too."""
        return all(len(glyph.text) == 1 and self.said.get(glyph.number) == glyph.text for glyph in word.glyphs)

    def embed(self, document: Any, name: str) -> str:
        """Write the font's objects; return the key of the one that pages name."""
        face = self.face
        base = f"{subset_tag(name)}+{face.name}"
        glyphs = tuple(sorted({0, *self.widths}))
        packed, length = face.file(glyphs)
        compact = face.outlines == "CFF "
        entries = "/Subtype /CIDFontType0C" if compact else f"/Length1 {length}"
        program = add_object(document, stream(entries, packed), f"program {name}")
        box, ascent, descent = face.measures
        described = add_object(
            document,
            (
                f"<< /Type /FontDescriptor /FontName /{base} /Flags {_SYMBOLIC} "
                f"/FontBBox [{' '.join(f'{side:g}' for side in box)}] /ItalicAngle 0 /Ascent {ascent:g} "
                f"/Descent {descent:g} /CapHeight {ascent:g} /StemV 80 /FontFile{3 if compact else 2} {program} 0 R >>"
            ).encode("ascii"),
            f"descriptor {name}",
        )
        mapped = "" if compact else " /CIDToGIDMap /Identity"
        widths = " ".join(f"{glyph} [{self.widths[glyph]:g}]" for glyph in glyphs if glyph in self.widths)
        descendant = add_object(
            document,
            (
                f"<< /Type /Font /Subtype /CIDFontType{0 if compact else 2} /BaseFont /{base} "
                "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
                f"/FontDescriptor {described} 0 R /DW 1000 /W [{widths}]{mapped} >>"
            ).encode("ascii"),
            f"descendant {name}",
        )
        cmap = add_object(document, stream("", self._to_unicode()), f"cmap {name}")
        key = f"font {name}"
        written = (
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{base} /Encoding /Identity-H "
            f"/DescendantFonts [{descendant} 0 R] /ToUnicode {cmap} 0 R >>"
        )
        add_object(document, written.encode("ascii"), key)
        return key

    def _to_unicode(self) -> bytes:
        rows = [
            f"<{glyph:04X}> <{text.encode('utf-16-be').hex().upper()}>"
            for glyph, text in sorted(self.said.items())
            if text
        ]
        parts = [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <FFFF> endcodespacerange",
        ]
        for at in range(0, len(rows), 100):
            group = rows[at : at + 100]
            parts += [f"{len(group)} beginbfchar", *group, "endbfchar"]
        parts.append("endcmap CMapName currentdict /CMap defineresource pop end end")
        return zlib.compress("\n".join(parts).encode("ascii"), 9)
