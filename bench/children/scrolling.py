"""Scrolls a list of requests and times every step until it is painted with all rows that it shows."""

import random
from collections.abc import Callable
from statistics import median
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QTableView

from bench.children.paint import PAINT
from bench.measure import percentile
from bench.moment import now_ms
from foiadesk_ui.requests_model import ID_ROLE, ROW_ROLE, SECTION_ROLE

STEPS = 240
LEAPS = 20
NOTCH = 156  # pixels of one turn of a wheel: three rows


class Whole(QObject):
    """Calls ``then`` once the view was painted while every row in sight was there; again when told to watch again."""

    def __init__(self, view: QTableView, then: Callable[[], None]) -> None:
        super().__init__(view)
        self._view = view
        self._then = then
        self._watching = True
        view.viewport().installEventFilter(self)

    def watch(self) -> None:
        """Watch for the next one."""
        self._watching = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look after the paint of the whole window."""
        if self._watching and event.type() == PAINT and whole(self._view):
            self._watching = False
            QTimer.singleShot(0, self, self._then)
        return False


def whole(view: QTableView) -> bool:
    """Tell whether every row in sight is there; those that are not were asked for by the paint."""
    model, height = view.model(), view.viewport().height()
    row = view.rowAt(0)
    if row < 0:
        return False
    last = view.rowAt(height - 1)
    for place in range(row, (last if last >= 0 else model.rowCount() - 1) + 1):
        index = model.index(place, 0)
        if index.data(SECTION_ROLE) is None and index.data(ROW_ROLE) is None:
            return False
    return True


def first_request(view: QTableView) -> int:
    """Return the request at the top of the list, below its heading if it has one."""
    found = (view.model().index(row, 0).data(ID_ROLE) for row in range(2))
    return next(request for request in found if request)


def scrolled(view: QTableView, turn: Callable[[], object]) -> dict[str, Any]:
    """Scroll down a list step by step, then leap about in it. turn: lets answers arrive, waiting for the first."""
    bar, took = view.verticalScrollBar(), []
    first = first_request(view)

    def move(value: int) -> float:
        start = now_ms()
        bar.setValue(value)
        view.viewport().repaint()
        while not whole(view):
            turn()
            view.viewport().repaint()
        return now_ms() - start

    for _step in range(STEPS):
        if bar.value() == bar.maximum():
            bar.setValue(0)
        took.append(move(bar.value() + NOTCH))
    anywhere = random.Random(7)  # the same places in every run
    leaps = [move(anywhere.randint(0, bar.maximum())) for _leap in range(LEAPS)]
    return {
        "frame_ms": median(took),
        "slow_frame_ms": percentile(took, 95),
        "leap_ms": median(leaps),
        "first": first,
    }


def wait_turn(app: Any) -> Callable[[], object]:
    """Return what lets one turn of the event loop happen, sleeping until there is something to do."""
    return lambda: app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
