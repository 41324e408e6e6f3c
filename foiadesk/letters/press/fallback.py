"""Characters the house font lacks: an installed font that shows them, or an error that names them. Never boxes."""

import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from foiadesk.records.errors import BadInput
from foiadesk.records.speech import say

if TYPE_CHECKING:
    from foiadesk.letters.press.shaping import ShapedFace

SHOWN = 8  # characters named in one error
_PREFERRED = (
    "Noto Serif", "Noto Naskh Arabic", "Noto Sans", "Abyssinica SIL", "DejaVu Serif", "DejaVu Sans", "Liberation Serif",
    "FreeSerif",
)  # fmt: skip
_OUTLINES = ("TrueType", "CFF")
_FORMAT = "%{family[0]}\t%{weight}\t%{slant}\t%{index}\t%{fontformat}\t%{file}\t%{charset}\n"

# Chinese, Japanese and Korean write some ideographs differently: which way, the words around one tell.
_HANDS = (("JP", 0x3040, 0x30FF), ("KR", 0x1100, 0x11FF), ("KR", 0xAC00, 0xD7AF))


class _Installed(NamedTuple):
    rank: tuple[int, int, int, str, int]  # no text weight, family, distance from regular, and an order for good
    family: str
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
    """Return the outline fonts fontconfig knows, best first. Asked once, for all characters: none is named to it."""
    import shutil
    import subprocess

    program = shutil.which("fc-list")
    if not program:
        return ()
    try:
        done = subprocess.run(
            [program, "-f", _FORMAT, ":scalable=true:color=false"],
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
            family, weight, slant, index, outlines, path, charset = parts
            place = next((at for at, name in enumerate(_PREFERRED) if family.startswith(name)), len(_PREFERRED))
            # Weight 80 is regular; a variable font gives a range and cannot be embedded as one weight.
            odd = abs(int(weight) - 80) + 100 * ("Bold" in path)  # some bold files call themselves regular
            rank = (int(odd > 25 or int(slant) > 0), place, odd, path, int(index))
            if outlines in _OUTLINES:
                found.append(_Installed(rank, family, path, int(index), _ranges(charset)))
        except ValueError:
            continue
    return tuple(sorted(found, key=lambda font: font.rank))


@cache
def _loaded(path: str, index: int, space: float) -> "ShapedFace | None":
    from foiadesk.letters.press.shaping import ShapedFace

    try:
        return ShapedFace(path, index, space)
    except Exception:
        return None  # a font that cannot be embedded is no font for us; the next one is tried


def hand_of(text: str) -> str:
    """Return how the ideographs of some words are written: as in China ("SC"), Japan ("JP") or Korea ("KR")."""
    for char in text:
        for hand, first, last in _HANDS:
            if first <= ord(char) <= last:
                return hand
    return "SC"


@cache
def face_for(char: str, hand: str = "SC", space: float = 250.0) -> "ShapedFace | None":
    """Return an installed face that shows the character, else None. space: how wide its spaces are to be."""
    code = ord(char)
    able = [font for font in installed() if font.shows(code)]
    for font in sorted(able, key=lambda one: "CJK" in one.family and not one.family.endswith(hand)):
        face = _loaded(font.path, font.number, space)
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
        say("No font on this computer can set these characters of the letter: {named}{more}.", named=named, more=more),
        safe="The letter’s text is kept.",
        todo="Write them another way, or install a font that has them.",
    )
