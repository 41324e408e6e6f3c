"""Faces for scripts the house font lacks: HarfBuzz joins, reorders and stacks their letters, and cuts the subset."""

import re
import zlib
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

DROPPED = (
    "GSUB",
    "GPOS",
    "GDEF",
    "BASE",
    "JSTF",
    "name",
    "post",
    "OS/2",
    "cmap",
    "STAT",
    "DSIG",
    "vhea",
    "vmtx",
    "VORG",
)
SHAPES = 20_000  # words kept, all faces together
_SUBSETS = 32  # embedded font files kept per face


class Glyph(NamedTuple):
    """One glyph of a word. Lengths in thousandths of the type size, ``x`` from the word's left end."""

    number: int
    x: float
    up: float
    width: float  # what the font itself says, which is how far a PDF viewer moves on
    text: str  # what it stands for; "" when a glyph before it says so


class Shaped(NamedTuple):
    """A word's glyphs in reading order, and how wide they are together."""

    width: float
    glyphs: tuple[Glyph, ...]


class ShapedFace:
    """An installed face, used only through HarfBuzz. Raises ValueError when it cannot be embedded."""

    shaped = True

    def __init__(self, path: str, index: int, space: float) -> None:
        import uharfbuzz

        self._blob = uharfbuzz.Blob.from_file_path(path)
        self.face: Any = uharfbuzz.Face(self._blob, index)
        tables = set(self.face.table_tags)
        if not tables & {"glyf", "CFF "} or "fvar" in tables or self.face.has_color_paint or self.face.has_color_png:
            raise ValueError(path)
        self.outlines = "CFF " if "CFF " in tables else "glyf"
        self.font: Any = uharfbuzz.Font(self.face)
        self.scale = 1000 / self.face.upem
        self.key = f"{Path(path).stem}-{index}"
        self.name = re.sub(r"[^A-Za-z0-9_-]", "", self.face.get_name(6) or "") or "Font"
        self.space = space  # the house's: a line keeps one rhythm
        self._files: dict[tuple[int, ...], tuple[bytes, int]] = {}

    def shows(self, char: str) -> bool:
        """Say whether this face has a glyph for the character."""
        return bool(self.font.get_nominal_glyph(ord(char)))

    def shape(self, text: str, backward: bool) -> Shaped:
        """Return the glyphs of a word. backward: it runs from right to left."""
        return _shape(self, text, backward)

    @cached_property
    def measures(self) -> tuple[list[float], float, float]:
        """The box around all glyphs, the ascent and the descent, in thousandths."""
        head = bytes(self.face.reference_table("head").data)
        box = [int.from_bytes(head[at : at + 2], "big", signed=True) * self.scale for at in (36, 38, 40, 42)]
        extents = self.font.get_font_extents("ltr")
        return box, extents.ascender * self.scale, extents.descender * self.scale

    def file(self, glyphs: tuple[int, ...]) -> tuple[bytes, int]:
        """Return the compressed font program of some glyphs, and its length before compression."""
        found = self._files.get(glyphs)
        if found is None:
            if len(self._files) >= _SUBSETS:
                self._files.clear()
            plain = self._subset(glyphs)
            found = self._files[glyphs] = (zlib.compress(plain, 9), len(plain))
        return found

    def _subset(self, glyphs: tuple[int, ...]) -> bytes:
        """Glyphs keep their numbers, which the pages were written with before the last of them was known."""
        import uharfbuzz

        flags = uharfbuzz.SubsetFlags
        wanted = uharfbuzz.SubsetInput()
        wanted.glyph_set.set(set(glyphs))
        wanted.drop_table_tag_set.update(int.from_bytes(tag.ljust(4).encode("ascii"), "big") for tag in DROPPED)
        wanted.flags = (
            flags.RETAIN_GIDS | flags.NO_HINTING | flags.NOTDEF_OUTLINE | flags.NO_LAYOUT_CLOSURE
            | flags.CFF_IDENTITY_CHARSET
        )  # fmt: skip
        made = uharfbuzz.subset(self.face, wanted)
        if self.outlines == "CFF ":
            return bytes(made.reference_table("CFF ").data)
        return bytes(made.blob.data)


@lru_cache(maxsize=SHAPES)
def _shape(face: ShapedFace, text: str, backward: bool) -> Shaped:
    import uharfbuzz

    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if backward else "ltr"
    uharfbuzz.shape(face.font, buffer)
    starts = sorted({info.cluster for info in buffer.glyph_infos})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    glyphs, width, said = [], 0.0, set()
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        number, words = info.codepoint, ""
        if info.cluster not in said:
            said.add(info.cluster)
            words = text[info.cluster : ends[info.cluster]]
        x, up = width + place.x_offset * face.scale, place.y_offset * face.scale
        glyphs.append(Glyph(number, x, up, face.font.get_glyph_h_advance(number) * face.scale, words))
        width += place.x_advance * face.scale
    return Shaped(width, tuple(reversed(glyphs) if backward else glyphs))


def clusters(face: ShapedFace, text: str) -> list[str]:
    """Return the pieces of a word that must not be parted: a letter with its marks, or a ligature."""
    import uharfbuzz

    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(face.font, buffer)
    starts = sorted({info.cluster for info in buffer.glyph_infos} | {0})
    return [text[first:last] for first, last in zip(starts, [*starts[1:], len(text)], strict=True)]
