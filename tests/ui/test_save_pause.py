"""What is typed without a pause is saved all the same."""

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from foiadesk_ui.save_pause import SavePause


def test_steady_typing_does_not_put_saving_off(qtbot: QtBot) -> None:
    owner = QObject()
    pause = SavePause(owner)
    keys = QTimer(owner, interval=20)
    keys.timeout.connect(pause.start)  # faster than any pause
    keys.start()
    with qtbot.waitSignal(pause.timeout):
        pass
    assert keys.isActive()
    with qtbot.waitSignal(pause.timeout):  # and again, for what was typed since
        pass
    keys.stop()


def test_a_stopped_pause_saves_nothing(qtbot: QtBot) -> None:
    owner = QObject()
    pause = SavePause(owner)
    pause.start()
    assert pause.isActive()
    pause.stop()
    assert not pause.isActive()
    qtbot.assertNotEmitted(pause.timeout, wait=0)
    assert not pause._latest.isActive()
