"""Pages of letters as small pictures: drawn, kept as PNG beside the golden texts, compared tile by tile.

``python -m tests.letters.page_pictures [KIND...]`` draws the golden ones anew, after the typesetting was changed on
purpose; ``git diff`` and a look at them then say whether it was for the better.
"""

import sys
from itertools import pairwise
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops

from foiadesk.letters import compose, kind, kinds, typeset
from tests.letters.filled import filled, where

FOLDER = Path(__file__).parent / "golden" / "pages"
DPI = 48
LEVELS = 8  # of grey: enough to tell a letter's shape, a third of the bytes
GAP = 6  # pixels between two pages
TILE = 16  # pixels
FAR = 75  # of 255: a pixel so far off is another one; what two versions of pdfium smooth differently is not
MOST = 0.04  # of a tile's pixels may be others


def picture(pdf: bytes) -> Image.Image:
    """Return a PDF's pages side by side in a few greys."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [
            document[number].render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
            for number in range(len(document))
        ]
    finally:
        document.close()
    size = sum(page.width for page in pages) + GAP * (len(pages) - 1), max(page.height for page in pages)
    sheet = Image.new("L", size, 128)
    left = 0
    for page in pages:
        sheet.paste(page, (left, 0))
        left += page.width + GAP
    return sheet


def kept(sheet: Image.Image) -> Image.Image:
    """Return a picture as it is kept: LEVELS greys in a palette."""
    made = Image.new("P", sheet.size)
    made.frombytes(sheet.point([min(LEVELS - 1, grey * LEVELS // 256) for grey in range(256)]).tobytes())
    made.putpalette([part for level in range(LEVELS) for part in [level * 255 // (LEVELS - 1)] * 3])
    return made


def differing(expected: Image.Image, actual: Image.Image) -> list[tuple[int, int, int, int]]:
    """Return the tiles (left, top, right, bottom) in which two pictures differ by more than smoothing does."""
    if expected.size != actual.size:
        return [(0, 0, *actual.size)]
    far = ImageChops.difference(expected, actual).point([255 * (off > FAR) for off in range(256)])
    found = []
    for top, bottom in pairwise([*range(0, far.height, TILE), far.height]):
        for left, right in pairwise([*range(0, far.width, TILE), far.width]):
            box = (left, top, right, bottom)
            if far.crop(box).histogram()[255] > MOST * TILE * TILE:
                found.append(box)
    return found


def side_by_side(expected: Image.Image, actual: Image.Image, tiles: list[tuple[int, int, int, int]]) -> Image.Image:
    """Return the expected picture, the actual one and, in red, what differs, one under the other."""
    wide, high = max(expected.width, actual.width), max(expected.height, actual.height)
    made = Image.new("RGB", (wide, 3 * high + 2 * GAP), "white")
    made.paste(expected, (0, 0))
    made.paste(actual, (0, high + GAP))
    faint = actual.point([200 + grey * 55 // 255 for grey in range(256)]).convert("RGB")
    for box in tiles:
        place = actual.crop(box)
        faint.paste(Image.merge("RGB", (Image.new("L", place.size, 255), place, place)), box[:2])
    made.paste(faint, (0, 2 * (high + GAP)))
    return made


def draw_kind(name: str) -> Image.Image:
    """Return the picture of a kind's letter, filled in."""
    return picture(typeset(compose(name, where(name), filled(kind(name)))))


def main(names: list[str]) -> None:
    """Draw golden pictures anew, all or some, and leave those that still match."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in names or [found.name for found in kinds()]:
        path = FOLDER / f"{name}.png"
        drawn = draw_kind(name)
        if not path.exists() or differing(Image.open(path).convert("L"), drawn):
            kept(drawn).save(path, optimize=True, bits=4)
            print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
