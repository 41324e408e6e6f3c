"""Tab order of fields made at different times: as they are read, whatever was made first."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def chain(widgets: Sequence[QWidget]) -> None:
    """Let Tab go through these in order; inside one made of several, its parts come as it was built, or in the order
    that its own ``tab_stops`` says.

    ``QWidget.setTabOrder`` does nothing at all when one of its two has no focus policy of its own, as has every field
    that hands its focus on to a part of itself. Such a field is moved with its parts: left behind, it would lead Tab
    from where it stands back to that part, and round in a circle for ever.
    """
    for first, second in pairwise([unit for widget in widgets for unit in _units(widget)]):
        QWidget.setTabOrder(first, second)


def _units(widget: QWidget) -> Iterator[QWidget]:
    """Yield the widget, or its parts, each of which Qt moves as a whole.

    Never asks ``nextInFocusChain``: PySide notes each neighbour it has named, and once a widget is deleted takes every
    one noted from there on for deleted too, with the actions of their menus, all through the window.
    """
    taker = widget.focusProxy()
    said: Callable[[], Sequence[QWidget]] | None = getattr(widget, "tab_stops", None)
    if taker is not None and widget.isAncestorOf(taker):
        if said is not None:
            chain(said())
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            widget.setFocusPolicy(taker.focusPolicy())
        yield widget
        return
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and taker is None:
        yield widget
    for part in widget.children() if said is None else said():
        if isinstance(part, QWidget) and not part.isWindow():
            yield from _units(part)
