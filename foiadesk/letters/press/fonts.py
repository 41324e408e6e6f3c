"""The house typeface, which face shows which words, and the fonts one document embeds."""

import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfdoc

from foiadesk.letters.model import Run
from foiadesk.letters.press import fallback
from foiadesk.letters.press.faces import HOUSE, HOUSE_MORE, Face, escape, load_face
from foiadesk.letters.press.objects import add_object, stream, subset_tag
from foiadesk.letters.press.shaped_fonts import ShapedFont
from foiadesk.letters.press.shaping import ShapedFace

AnyFace = Face | ShapedFace

PACKAGE = "font_source_serif_pro"  # Source Serif Pro, SIL Open Font License, as TrueType files
FILES = {"": "SourceSerifPro-Regular.ttf", "italic": "SourceSerifPro-It.ttf", "strong": "SourceSerifPro-Semibold.ttf"}
_PLAIN = frozenset(HOUSE + HOUSE_MORE + "\u00a0\n")
_SYMBOLIC = 4
_INVISIBLE = dict.fromkeys((*range(0xFE00, 0xFE10), 0x200C, 0x200D, 0xAD))  # joiners and selectors a face lacks


@cache
def house_faces() -> dict[str, Face]:
    """Return the house's faces by style. Raises FileNotFoundError when the font package is missing."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("The letters’ typeface, Source Serif Pro, is missing: install FOIADesk again.")
    folder = Path(spec.submodule_search_locations[0]) / "files"
    return {style: load_face(str(folder / name), house=True) for style, name in FILES.items()}


def pieces(run: Run, levels: Sequence[int] = ()) -> Iterator[tuple[AnyFace, str, int]]:
    """Yield the run's words, each with a face that shows them and its level (odd: from right to left).

    levels: of each character, where some run from right to left. Raises BadInput naming what no font can show.
    """
    faces = house_faces()
    face = faces[run.style]
    if _PLAIN.issuperset(run.text) and not any(levels):
        yield face, run.text, 0
        return
    hand = fallback.hand_of(run.text)
    lacking: list[str] = []
    current: AnyFace = face
    held, level = "", 0
    for char, here in zip(run.text, levels or (0,) * len(run.text), strict=True):
        found = _face_of(char, face, current, hand)
        if found is None:
            if ord(char) not in _INVISIBLE:
                lacking.append(char)
        elif found is not current or here != level:
            if held:
                yield current, held, level
            current, held, level = found, char, here
        else:
            held += char
    if lacking:
        raise fallback.refusal(lacking)
    if held:
        yield current, held, level


def _face_of(char: str, face: Face, current: AnyFace, hand: str) -> AnyFace | None:
    """Return the face that shows a character after words of ``current``."""
    joins = ord(char) in _INVISIBLE or unicodedata.combining(char)
    if current.shaped and joins and current.shows(char):
        return current  # a mark stays with its letter
    if ord(char) in _INVISIBLE:
        return face if ord(char) in face.glyphs else None
    if char in "\n\u00a0" or face.shows(char):
        return face
    regular = house_faces()[""]
    if regular.shows(char):
        return regular
    if char.isspace():
        return face
    return fallback.face_for(char, hand, regular.space)


def lacking(runs: Sequence[Run]) -> set[str]:
    """Return the characters of some runs that no font here can show."""
    found: set[str] = set()
    for run in runs:
        if _PLAIN.issuperset(run.text):
            continue
        face = house_faces()[run.style]
        hand = fallback.hand_of(run.text)
        found.update(
            char
            for char in set(run.text) - _PLAIN
            if ord(char) not in _INVISIBLE and not char.isspace() and _face_of(char, face, face, hand) is None
        )
    return found


@lru_cache(maxsize=64)
def _to_unicode(subset: tuple[int, ...]) -> bytes:
    rows = [
        f"<{at:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for at, code in enumerate(subset) if code >= 32
    ]
    parts = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <00> <FF> endcodespacerange",
    ]
    for at in range(0, len(rows), 100):
        group = rows[at : at + 100]
        parts += [f"{len(group)} beginbfchar", *group, "endbfchar"]
    parts.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return zlib.compress("\n".join(parts).encode("ascii"), 9)


class DocumentFonts:
    """The faces of one document: what of each it uses, and the font objects it embeds at the end."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}  # face key -> number in this document
        self.faces: dict[str, Face] = {}
        self.extra: dict[str, dict[str, int]] = {}  # face key -> character -> code from 256 on
        self.shaped: dict[str, ShapedFont] = {}

    def name(self, face: AnyFace, subset: int = 0) -> str:
        """Return the resource name of a face's subset, e.g. "F1" or "F1.1"."""
        number = self.numbers.get(face.key)
        if number is None:
            number = self.numbers[face.key] = len(self.numbers) + 1
            if isinstance(face, ShapedFace):
                self.shaped[face.key] = ShapedFont(face)
            else:
                self.faces[face.key] = face
                self.extra[face.key] = {}
        return f"F{number}.{subset}" if subset else f"F{number}"

    def _code(self, face: Face, char: str) -> int:
        code = face.codes.get(char)
        if code is not None:
            return code
        extra = self.extra[face.key]
        if char not in extra:
            # Codes 0 to 31 of each further subset stay unused: 32 is its space, 33 to 255 are given out.
            at = len(extra)
            extra[char] = 256 * (1 + at // 223) + 33 + at % 223
        return extra[char]

    def show_shaped(self, face: ShapedFace, size: float, text: str, backward: bool) -> tuple[str, bool]:
        """Return the operators that show one word of a shaped face, and whether they tell its text by themselves."""
        name, word = self.name(face), face.shape(text, backward)
        font = self.shaped[face.key]
        return f"/{name} {size:g} Tf {font.show(word, size)}", not backward and font.tells(word)

    def show(self, face: Face, size: float, words: Sequence[str]) -> str:
        """Return the operators that show words of one face, one space between each."""
        name = self.name(face)
        shown = [face.word(word)[1] for word in words]
        if all(shown):
            return f"/{name} {size:g} Tf [{'( )'.join(shown)}] TJ"
        made: list[str] = []
        subset, array, before = 0, "[", ""
        for char in " ".join(words):
            code = face.codes[" "] + 256 * subset if char == " " else self._code(face, char)
            if code >> 8 != subset:
                if array != "[":
                    made.append(f"/{self.name(face, subset)} {size:g} Tf {array}] TJ")
                subset, array = code >> 8, "["
            kern = face.kern(before, char) if before and char != " " != before else 0
            if kern:
                array += f"{-kern:g}"
            array += f"({escape(code & 0xFF)})"
            before = char
        made.append(f"/{self.name(face, subset)} {size:g} Tf {array}] TJ")
        return " ".join(made)

    def addObjects(self, document: Any) -> None:
        """Write every font used; reportlab calls this when it saves, as it does for fonts of its own."""
        fonts = document.idToObject["BasicFonts"].dict
        for key, face in self.faces.items():
            subsets = [tuple(face.subset)]
            extra = list(self.extra[key])
            for at in range(0, len(extra), 223):
                subsets.append((*[0] * 32, 32, *(ord(char) for char in extra[at : at + 223])))
            for number, subset in enumerate(subsets):
                name = self.name(face, number)
                fonts[name] = pdfdoc.PDFObjectReference(_embed(document, face, subset, name))
        for key, font in self.shaped.items():
            name = f"F{self.numbers[key]}"
            fonts[name] = pdfdoc.PDFObjectReference(font.embed(document, name))


@lru_cache(maxsize=64)
def _written(face: Face, subset: tuple[int, ...], base: str) -> tuple[str, str]:
    """A subset's descriptor and font as PDF writes them, but for the numbers of the objects they name."""
    font = face.font
    box = " ".join(f"{value:g}" for value in font.bbox)
    widths = " ".join(f"{font.getCharWidth(code):g}" for code in subset)
    descriptor = (
        f"<< /Type /FontDescriptor /FontName /{base} /Flags {(font.flags & ~32) | _SYMBOLIC} /FontBBox [{box}] "
        f"/ItalicAngle {font.italicAngle:g} /Ascent {font.ascent:g} /Descent {font.descent:g} "
        f"/CapHeight {font.capHeight:g} /StemV {font.stemV:g} /MissingWidth {font.defaultWidth:g} /FontFile2"
    )
    entries = (
        f"<< /Type /Font /Subtype /TrueType /BaseFont /{base} /FirstChar 0 /LastChar {len(subset) - 1} "
        f"/Widths [{widths}]"
    )
    return descriptor, entries


def _embed(document: Any, face: Face, subset: tuple[int, ...], name: str) -> str:
    base = f"{subset_tag(name)}+{face.name}"
    packed, length = face.file(subset)
    descriptor, entries = _written(face, subset, base)
    program = add_object(document, stream(f"/Length1 {length}", packed), f"program {name}")
    cmap = add_object(document, stream("", _to_unicode(subset)), f"cmap {name}")
    described = add_object(document, f"{descriptor} {program} 0 R >>".encode("ascii"), f"descriptor {name}")
    key = f"font {name}"
    written = f"{entries} /FontDescriptor {described} 0 R /ToUnicode {cmap} 0 R >>"
    add_object(document, written.encode("ascii"), key)
    return key
