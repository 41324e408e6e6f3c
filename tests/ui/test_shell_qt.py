"""The Qt binding itself: it must not spend references it never took, or Python aborts after some thousand calls."""

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton


class _Teller(QObject):
    told = Signal(bool)


def test_calls_into_qt_keep_the_references_of_none_true_and_false(qtbot):
    button, teller = QPushButton(), _Teller()
    qtbot.addWidget(button)
    heard = []
    teller.told.connect(lambda value: heard.append(None))
    before = [sys.getrefcount(one) for one in (None, True, False)]
    for _ in range(500):
        button.setCheckable(True)
        button.property("none")
        teller.told.emit(True)
        teller.told.emit(False)
    heard.clear()
    after = [sys.getrefcount(one) for one in (None, True, False)]
    for was, now in zip(before, after, strict=True):
        assert now > was - 100, (before, after)
