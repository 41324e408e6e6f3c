"""Everything pages are made of, in one place to import from."""

from foiadesk_ui.clock_bar import ClockBar
from foiadesk_ui.page_view import PageView
from foiadesk_ui.parts import (
    Columns,
    EmptyState,
    Hairline,
    IconButton,
    LinkButton,
    MeaningLabel,
    PrimaryButton,
    SecondaryLabel,
    SectionLabel,
    TextLabel,
    TitleLabel,
    column,
    level_labels,
    plain_button,
)

__all__ = [
    "ClockBar", "Columns", "EmptyState", "Hairline", "IconButton", "LinkButton", "MeaningLabel", "PageView",
    "PrimaryButton", "SecondaryLabel", "SectionLabel", "TextLabel", "TitleLabel", "column", "level_labels",
    "plain_button",
]  # fmt: skip
