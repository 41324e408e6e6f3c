"""Characters the house font lacks: an installed font that shows them, or an error that names them. Never boxes."""

import shutil
import subprocess
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from foiadesk.letters.press.faces import Face, load_face
from foiadesk.records.errors import BadInput

SHOWN = 8  # characters named in one error
_PREFERRED = ("Noto Serif", "Noto Sans", "DejaVu Serif", "DejaVu Sans", "Liberation Serif", "FreeSerif")
_FORMAT = "%{family[0]}\t%{weight}\t%{slant}\t%{index}\t%{file}\t%{charset}\n"

# Scripts whose letters join, reorder or stack: set letter by letter they would be wrong, which is worse than refused.
_SHAPED = ((0x0900, 0x109F), (0x1780, 0x18AF), (0x1A20, 0x1AAF), (0x1B00, 0x1C4F), (0xA800, 0xA8FF), (0xA980, 0xAADF))


class _Installed(NamedTuple):
    rank: tuple[int, int, int, str, int]
    path: str
    number: int
    ranges: tuple[tuple[int, int], ...]

    def shows(self, code: int) -> bool:
        return any(first <= code <= last for first, last in self.ranges)


def _ranges(text: str) -> tuple[tuple[int, int], ...]:
    pairs = (part.partition("-")[::2] for part in text.split())
    return tuple((int(first, 16), int(last or first, 16)) for first, last in pairs)


@cache
def installed() -> tuple[_Installed, ...]:
    """Return the TrueType fonts fontconfig knows, best first. Asked once, for all characters: none is named to it."""
    program = shutil.which("fc-list")
    if not program:
        return ()
    try:
        done = subprocess.run(
            [program, "-f", _FORMAT, ":fontformat=TrueType:scalable=true"],
            capture_output=True,
            timeout=20,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    found = []
    for line in done.stdout.decode("utf-8", "replace").splitlines():
        parts = line.split("\t")
        try:
            family, weight, slant, index, path, charset = parts
            place = next((at for at, name in enumerate(_PREFERRED) if family.startswith(name)), len(_PREFERRED))
            # Weight 80 is regular; a variable font gives a range and cannot be embedded as one weight.
            rank = (place, abs(int(weight) - 80), int(slant), path, int(index))
            found.append(_Installed(rank, path, int(index), _ranges(charset)))
        except ValueError:
            continue
    return tuple(sorted(found, key=lambda font: font.rank))


@cache
def _loaded(path: str, index: int) -> Face | None:
    try:
        return load_face(path, index)
    except Exception:
        return None  # a font reportlab cannot embed is no font for us; the next one is tried


def needs_shaping(char: str) -> bool:
    """Say whether a character belongs to a script that must be shaped or runs from right to left."""
    code = ord(char)
    if unicodedata.bidirectional(char) in ("R", "AL"):
        return True
    return any(first <= code <= last for first, last in _SHAPED)


@cache
def face_for(char: str) -> Face | None:
    """Return an installed face that shows the character, else None."""
    code = ord(char)
    if needs_shaping(char):
        return None
    for font in installed():
        if font.shows(code):
            face = _loaded(font.path, font.number)
            if face is not None and face.shows(char):
                return face
    return None


def name_of(char: str) -> str:
    """Return "GRINNING FACE (U+1F600)", or the number alone where Unicode has no name."""
    name = unicodedata.name(char, "")
    return f"{name} (U+{ord(char):04X})" if name else f"U+{ord(char):04X}"


def refusal(chars: Iterable[str]) -> BadInput:
    """Return the error that names the characters no font here can show."""
    found = sorted(set(chars))
    named = ", ".join(name_of(char) for char in found[:SHOWN])
    more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    return BadInput(
        f"No font on this computer can set these characters of the letter: {named}{more}.",
        safe="The letter’s text is kept.",
        todo="Write them another way, or install a font that has them.",
    )
