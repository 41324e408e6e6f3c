"""Makes each kind of widget of the first page once, unseen, while the unlock page waits for its passphrase.

The binding builds a Qt class, with all its enums, when it is first touched: a tenth of a second in all, which would
otherwise lie between the passphrase and the first page.
"""

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QGraphicsOpacityEffect, QMainWindow, QScrollArea, QWidget

from foiadesk_ui.finder import SearchBox
from foiadesk_ui.header import Header
from foiadesk_ui.moved_notice import MovedNotice
from foiadesk_ui.sidebar import Sidebar
from foiadesk_ui.six_weeks import SixWeeks
from foiadesk_ui.trouble import TroublePanel
from foiadesk_ui.widgets import EmptyState


def steps() -> Iterator[Callable[[], None]]:
    """Yield one short step after the other, each a few milliseconds."""
    yield lambda: _once(QMainWindow)
    yield lambda: _once(_scrolling)
    for kind in (SearchBox, Sidebar, Header, SixWeeks, TroublePanel, MovedNotice):
        yield lambda kind=kind: _once(kind)  # type: ignore[misc]
    yield lambda: _once(lambda: EmptyState("", icon="today"))
    yield lambda: QGraphicsOpacityEffect().deleteLater()


def _scrolling() -> QWidget:
    area = QScrollArea()
    area.viewport().setAutoFillBackground(False)
    return area


def _once(make: Callable[[], QWidget]) -> None:
    made = make()
    made.ensurePolished()
    made.sizeHint()
    made.deleteLater()
