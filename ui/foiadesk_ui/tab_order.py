"""Tab order of fields made at different times: as they are read, whatever was made first."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def chain(widgets: Sequence[QWidget]) -> None:
    """Let Tab go through these in order; inside one made of several, its parts keep theirs.

    ``QWidget.setTabOrder`` does nothing at all when one of its two has no focus policy of its own, as has every field
    that hands its focus on to a part of itself.
    """
    if not widgets:
        return
    places = {widget: place for place, widget in enumerate(widgets)}
    stops: list[tuple[int, QWidget]] = []
    start = widgets[0]
    widget: QWidget | None = start
    while widget is not None:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
            owner: QWidget | None = widget
            while owner is not None and owner not in places:
                owner = owner.parentWidget()
            if owner is not None:
                stops.append((places[owner], widget))
        widget = widget.nextInFocusChain()
        if widget is start:
            break
    stops.sort(key=lambda stop: stop[0])
    for (_before, first), (_after, second) in pairwise(stops):
        QWidget.setTabOrder(first, second)
