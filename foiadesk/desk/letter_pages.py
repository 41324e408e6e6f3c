"""Pages of letters that FOIADesk typeset itself, as pictures drawn in this process. Never for foreign bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foiadesk.intake import PageImage


def page_count(pdf: bytes) -> int:
    """Return how many pages one of our letters has."""
    from foiadesk.intake import pages

    return pages.page_count(pdf)


def page(pdf: bytes, number: int, scale: float) -> PageImage:
    """Draw a page (from 0) of one of our letters. scale 1.0 is 72 dots an inch."""
    from foiadesk.intake import pages

    return pages.render_page(pdf, number, scale)
