"""After a change of scheme: what is seen is drawn anew at once, what is hidden a little at a time or when it shows.

A style sheet's colors are worked out for each widget once, when it is polished. Polishing every widget of every page
ever opened in one go would hold the window up for a second and more.
"""

from collections import deque
from collections.abc import Callable, Sequence
from typing import ClassVar
from weakref import WeakKeyDictionary

from PySide6.QtCore import QElapsedTimer, QObject, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

SLICE = 8  # milliseconds of work between two looks at what the person does


Work = Callable[[QWidget], None]


class _Later(QObject):
    """What is still to be done for hidden widgets, in the order in which it was put off."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: deque[QWidget] = deque()
        self._due: dict[QWidget, list[Work]] = {}
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._some)

    def begin_anew(self, widgets: Sequence[QWidget]) -> None:
        """Polish these soon, and forget all that was put off before: the colors changed again."""
        self._waiting = deque(widgets)
        self._due = {widget: [_polish] for widget in widgets}
        self._timer.start()

    def put_off(self, widget: QWidget, work: Work) -> None:
        """Do something for a widget soon; what was put off before for it comes first."""
        if widget not in self._due:
            self._due[widget] = []
            self._waiting.append(widget)
        self._due[widget].append(work)
        self._timer.start()

    def pending(self) -> int:
        """Return how many widgets wait."""
        return len(self._due)

    def do_now(self, top: QWidget) -> None:
        """Do what was put off for a widget and all that lies in it."""
        if self._due:
            for widget in (top, *top.findChildren(QWidget)):
                self._do(widget)

    def _do(self, widget: QWidget) -> None:
        for work in self._due.pop(widget, ()):
            if isValid(widget):
                work(widget)

    def _some(self) -> None:
        clock = QElapsedTimer()
        clock.start()
        while self._waiting and clock.elapsed() < SLICE:
            self._do(self._waiting.popleft())
        if not self._waiting:
            self._timer.stop()


class _State:
    later: _Later | None = None
    own: ClassVar[WeakKeyDictionary[QWidget, QPalette]] = WeakKeyDictionary()


def _later(app: QObject) -> _Later:
    if _State.later is None or not isValid(_State.later):
        _State.later = _Later(app)
    return _State.later


def everything(app: QApplication) -> None:
    """Have every widget take the colors of the palette in force: those that are seen now, the others soon, and last
    those of windows that are closed."""
    hidden: list[QWidget] = []
    closed: list[QWidget] = []
    for window in app.topLevelWidgets():
        there = window.isVisible()
        for widget in (window, *window.findChildren(QWidget)):
            if widget.isVisible():
                _polish(widget)
            elif there:
                hidden.append(widget)
            else:
                closed.append(widget)
    _later(app).begin_anew(hidden + closed)


def when_seen(widget: QWidget, work: Work) -> None:
    """Do something for a widget at once where it is seen, else with the rest of what waits for hidden ones."""
    app = QApplication.instance()
    if app is None or widget.isVisible():
        work(widget)
    else:
        _later(app).put_off(widget, work)


def before_showing(widget: QWidget | None) -> None:
    """Do now what was put off for a page that is about to be seen."""
    if widget is not None and _State.later is not None and isValid(_State.later):
        _State.later.do_now(widget)


def pending() -> int:
    """Return for how many hidden widgets something is still to be done."""
    return _State.later.pending() if _State.later is not None and isValid(_State.later) else 0


def ink(widget: QWidget, palette: QPalette) -> None:
    """Give a widget a palette of its own that stays through every polish: Qt would put back the one it had before."""
    _State.own[widget] = palette
    widget.setPalette(palette)


def _polish(widget: QWidget) -> None:
    widget.style().polish(widget)
    own = _State.own.get(widget)
    if own is not None:
        widget.setPalette(own)
    widget.update()
