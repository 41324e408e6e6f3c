"""When to save what is being typed: half a second after the last key, and never a whole second after an unsaved one."""

from PySide6.QtCore import QObject, QTimer, Signal

PAUSE_MS = 500  # after the last key
LATEST_MS = 900  # after the first key that is not saved: who types without a pause loses no more in a crash


class SavePause(QObject):
    """Used like a single-shot timer that is started anew with every key, with an end to how long it can be put off."""

    timeout = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._latest = QTimer(self, singleShot=True, interval=LATEST_MS)
        for timer in (self._pause, self._latest):
            timer.timeout.connect(self._due)

    def start(self) -> None:
        """Something was typed."""
        self._pause.start()
        if not self._latest.isActive():
            self._latest.start()

    def stop(self) -> None:
        """It is saved."""
        self._pause.stop()
        self._latest.stop()

    def isActive(self) -> bool:
        """Tell whether something waits to be saved."""
        return self._pause.isActive()

    def _due(self) -> None:
        self.stop()
        self.timeout.emit()
