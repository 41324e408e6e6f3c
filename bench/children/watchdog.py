"""The gaps between two turns of a window's event loop and, when asked, what it was busy with in the long ones."""

import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, QTimer

from bench.moment import now_ms

TICK = 2  # milliseconds: a loop that is free comes round as often
LONG = 50.0  # milliseconds: the gap that a person begins to feel
_LOOK = 0.005  # seconds between two looks of the sampler
_DEEP = 6  # calls of a stack that are told


class Watchdog(QObject):
    """Ticks while started; keeps every gap in milliseconds. traced: notes the Python stack of the loop in long gaps."""

    def __init__(self, parent: QObject | None = None, *, traced: bool = False) -> None:
        super().__init__(parent)
        self.gaps: list[float] = []
        self.places: Counter[str] = Counter()
        self._last = now_ms()
        self._running = False
        self._loop = threading.get_ident()
        self._timer = QTimer(self, interval=TICK, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        if traced:
            threading.Thread(target=self._sample, daemon=True).start()

    def start(self) -> None:
        """Begin to count."""
        self._last = now_ms()
        self._running = True
        self._timer.start()

    def stop(self) -> None:
        """Count no more."""
        self._running = False
        self._timer.stop()

    def _tick(self) -> None:
        moment = now_ms()
        self.gaps.append(moment - self._last)
        self._last = moment

    def _sample(self) -> None:
        while True:
            time.sleep(_LOOK)
            if self._running and now_ms() - self._last > LONG:
                frame = sys._current_frames().get(self._loop)
                calls = []
                while frame is not None and len(calls) < _DEEP:
                    code = frame.f_code
                    calls.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{frame.f_lineno} {code.co_name}")
                    frame = frame.f_back
                self.places[" < ".join(calls)] += 1


def beyond(gaps: Sequence[float], share: float) -> float:
    """Return the gap that this share of all gaps does not exceed."""
    ordered = sorted(gaps)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
