"""Pages of letters that FOIADesk typeset itself, as pictures drawn in this process; with enclosures, by the worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foiadesk.desk.trimmings import BoundPdf

if TYPE_CHECKING:
    from foiadesk.desk.desk import Desk
    from foiadesk.intake import PageImage


def page_count(pdf: bytes, desk: Desk | None = None) -> int:
    """Return how many pages one of our letters has. desk: whose worker looks at one with enclosures."""
    from foiadesk.intake import pages

    if isinstance(pdf, BoundPdf):
        assert desk is not None, "enclosures are drawn by the worker alone"
        return desk.worker.inspect(pdf, "letter.pdf").pages
    return pages.page_count(pdf)


def page(pdf: bytes, number: int, scale: float, desk: Desk | None = None) -> PageImage:
    """Draw a page (from 0) of one of our letters. scale 1.0 is 72 dots an inch."""
    from foiadesk.intake import pages

    if isinstance(pdf, BoundPdf):
        assert desk is not None, "enclosures are drawn by the worker alone"
        return desk.worker.page(pdf, number, scale)
    return pages.render_page(pdf, number, scale)
