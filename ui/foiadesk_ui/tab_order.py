"""Tab order of fields made at different times: as they are read, whatever was made first."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def chain(widgets: Sequence[QWidget]) -> None:
    """Let Tab go through these in order; inside one made of several, its parts come as it was built, or in the order
    that its own ``tab_stops`` says.

    ``QWidget.setTabOrder`` does nothing at all when one of its two has no focus policy of its own, as has every field
    that hands its focus on to a part of itself.
    """
    found = [stop for widget in widgets for stop in _stops(widget)]
    for first, second in pairwise(found):
        QWidget.setTabOrder(first, second)


def _stops(widget: QWidget) -> Iterator[QWidget]:
    """Yield the widget and its parts that Tab stops at.

    Never asks ``nextInFocusChain``: PySide notes each neighbour it has named, and once a widget is deleted takes every
    one noted from there on for deleted too, with the actions of their menus, all through the window.
    """
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    said: Callable[[], Sequence[QWidget]] | None = getattr(widget, "tab_stops", None)
    for part in widget.children() if said is None else said():
        if isinstance(part, QWidget) and not part.isWindow():
            yield from _stops(part)
