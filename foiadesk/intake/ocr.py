"""Text of a page that is only a picture, by tesseract where it is installed: a locked-in process for each page.

Nothing is written to disk: the picture goes in and the text comes out through pipes.
"""

import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import lru_cache

from foiadesk.frozen import dataclass
from foiadesk.intake.child import program
from foiadesk.intake.ocr_cell import SECONDS
from foiadesk.intake.refused import Refused
from foiadesk.intake.results import PageImage

DOTS = 300  # an inch; what tesseract was trained on
LONGEST = 5_000  # pixels of a picture's longer side
WANTED = ("eng", "spa")
_TEXT_AT_MOST = 4 << 20  # bytes; no page holds more
_ASKED_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Ocr:
    """An installed tesseract. data: the folder of its languages; languages: those of ours it has."""

    program: str
    data: str
    languages: tuple[str, ...]
    turns: bool = False  # it can tell which way up a page lies


@lru_cache(maxsize=1)
def installed() -> Ocr | None:
    """Return the tesseract of this computer; None when there is none, or none that speaks English or Spanish."""
    found = shutil.which("tesseract")
    if found is None:
        return None
    try:
        said = subprocess.run(
            [found, "--list-langs"], capture_output=True, text=True, timeout=_ASKED_SECONDS, check=False
        ).stdout.splitlines()
    except (OSError, subprocess.SubprocessError):
        return None
    return _understood(found, said)


def _understood(found: str, said: Sequence[str]) -> Ocr | None:
    """Read the list of languages: a line that names the folder, then one language a line."""
    folder = said[0].split('"')[1] if said and said[0].count('"') == 2 else ""
    languages = tuple(name for name in WANTED if name in said[1:])
    if not folder or not languages:
        return None
    return Ocr(os.path.realpath(found), folder, languages, "osd" in said[1:])


def read(picture: PageImage, ocr: Ocr) -> str:
    """Return the text of a page's picture, "" when there is none. Raises Unreadable."""
    languages = "+".join((*ocr.languages, "osd") if ocr.turns else ocr.languages)
    command = [*program()[:-1], "--ocr", ocr.program, ocr.data, languages, str(os.getpid())]
    data = b"P6 %d %d 255\n%b" % (picture.width, picture.height, picture.rgb)
    try:
        done = subprocess.run(
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=os.path.abspath(os.sep),  # noqa: PTH100
            env={},
            timeout=SECONDS * 1.5,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Refused("time") from None
    except OSError:
        raise Refused("no_start") from None
    if done.returncode == 127:
        raise Refused("no_start")
    if done.returncode or len(done.stdout) > _TEXT_AT_MOST:
        raise Refused("output" if len(done.stdout) > _TEXT_AT_MOST else "crashed")
    return done.stdout.decode("utf-8", "replace").replace("\f", "").strip()
