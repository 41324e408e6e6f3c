"""Pages of PDFs as pictures and text, by pdfium.

The worker uses it on foreign PDFs. Only PDFs that FOIADesk itself typeset may be drawn in the window's process, by
``render_page`` and ``page_count``: one lock, because pdfium must never be entered by two threads.
"""

import math
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from foiadesk.intake.refusals import Refusal
from foiadesk.intake.results import MAX_PIXELS, PageImage

_LOCK = threading.Lock()
_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD
_WORDS_MARKED, _PLACES_MARKED = 20, 500  # on one page
_MAX_SIDE = 32_000  # pixels; picture formats and toolkits break beyond


def open_pdf(data: bytes) -> Any:
    """Open a PDF for the functions below; the caller closes it. Raises Refusal ("password", "damaged_pdf")."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = "password" if error.err_code == _PASSWORD_ERROR else "damaged_pdf"
        raise Refusal(code) from None
    try:
        document.init_forms()
    except pypdfium2.PdfiumError:
        document.close()  # a broken form must not hide the pages: open again and draw without it
        document = pypdfium2.PdfDocument(data)
    return document


def _open_page(document: Any, number: int) -> Any:
    import pypdfium2

    pages = len(document)
    if not 0 <= number < pages:
        raise Refusal("no_page", number=max(0, number + 1), pages=pages)
    try:
        return document[number]
    except pypdfium2.PdfiumError:
        raise Refusal("damaged_page", number=number + 1) from None


def fitting_scale(width: float, height: float, scale: float, pixels: int) -> float:
    """Return ``scale``, or the largest smaller one at which width times height stays within ``pixels``."""
    if not (math.isfinite(scale) and scale > 0):
        scale = 1.0
    side = max(width, height, 1.0)
    scale = min(scale, _MAX_SIDE / side)
    area = max(width * scale, 1.0) * max(height * scale, 1.0)
    return scale * min(1.0, math.sqrt(pixels / area))


def draw_page(document: Any, number: int, scale: float, pixels: int = MAX_PIXELS) -> PageImage:
    """Draw page ``number`` (from 0) at ``scale`` pixels a point, smaller when it would exceed ``pixels``."""
    page = _open_page(document, number)
    try:
        width, height = page.get_size()
        if not (0 < width < math.inf and 0 < height < math.inf):
            raise Refusal("damaged_page", number=number + 1)
        scale = fitting_scale(width, height, scale, pixels)
        bitmap = page.render(scale=scale, rev_byteorder=True, draw_annots=True)
        try:
            row = bitmap.width * 3
            raw = bytes(bitmap.buffer)
            if bitmap.stride != row:
                raw = b"".join(raw[at : at + row] for at in range(0, bitmap.stride * bitmap.height, bitmap.stride))
            return PageImage(bitmap.width, bitmap.height, raw)
        finally:
            bitmap.close()
    finally:
        page.close()


def page_text(document: Any, number: int) -> str:
    """Return the text of page ``number`` (from 0), lines separated by "\\n"; "" when the page has none."""
    import pypdfium2

    page = _open_page(document, number)
    try:
        text_page = page.get_textpage()
        try:
            found: str = text_page.get_text_range()
        finally:
            text_page.close()
    except pypdfium2.PdfiumError:
        raise Refusal("damaged_page", number=number + 1) from None
    finally:
        page.close()
    return found.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def word_places(document: Any, number: int, words: Sequence[str]) -> list[tuple[float, float, float, float]]:
    """Return where words stand on page ``number`` (from 0), as drawn: left, top, right, bottom in points.

    A page that is turned or cut in an unusual way has none: a wrong mark is worse than no mark.
    """
    page = _open_page(document, number)
    found: list[tuple[float, float, float, float]] = []
    try:
        if page.get_rotation():
            return []
        left, bottom, _right, top = page.get_cropbox()
        text = page.get_textpage()
        try:
            for word in words[:_WORDS_MARKED]:
                _mark(text, word, found)
        finally:
            text.close()
    finally:
        page.close()
    return [(one[0] - left, top - one[3], one[2] - left, top - one[1]) for one in found if one[3] > bottom]


def _mark(text: Any, word: str, found: list[tuple[float, float, float, float]]) -> None:
    if not word.strip():
        return
    search = text.search(word)
    try:
        while len(found) < _PLACES_MARKED and (place := search.get_next()) is not None:
            for at in range(text.count_rects(*place)):
                found.append(text.get_rect(at))
    finally:
        search.close()


def all_text(document: Any) -> str:
    """Return the text of all pages, joined by form feeds; a damaged page has none and hides no other."""
    texts: list[str] = []
    for number in range(len(document)):
        try:
            texts.append(page_text(document, number))
        except Refusal:
            texts.append("")
    return "\f".join(texts)


def title_of(document: Any) -> str:
    """Return the title a PDF gives itself, "" when it has none."""
    found: str = document.get_metadata_value("Title")
    return found


@contextmanager
def _ours(pdf: bytes) -> Iterator[Any]:
    from foiadesk.intake.refused import Refused

    with _LOCK:
        try:
            document = open_pdf(pdf)
            try:
                yield document
            finally:
                document.close()
        except Refusal as refusal:
            raise Refused(refusal.code, **refusal.numbers) from None


def render_page(pdf: bytes, number: int, scale: float) -> PageImage:
    """Draw a page (from 0) of a PDF that FOIADesk typeset, in this process. Never for foreign bytes.

    Raises Unreadable.
    """
    with _ours(pdf) as document:
        return draw_page(document, number, scale)


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF that FOIADesk typeset has, in this process. Never for foreign bytes."""
    with _ours(pdf) as document:
        return len(document)
