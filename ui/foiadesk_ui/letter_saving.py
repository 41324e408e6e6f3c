"""A draft is saved as it is typed: after a pause, before anything leaves, and again where saving failed."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from foiadesk.desk import Change
from foiadesk_ui.save_pause import SavePause
from foiadesk_ui.session import Session


class DraftSaving(QObject):
    """What of one draft is saved, and what is typed. typed: reads everything a person can change of it."""

    waits = Signal()  # something was typed
    saved = Signal()
    failed = Signal()

    def __init__(self, session: Session, typed: Callable[[], dict[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._typed = typed
        self._letter: int | None = None  # None: nothing that can be saved
        self._dirty = False
        self._saved: dict[str, str] = {}
        self._now: dict[str, str] = {}
        self._pause = SavePause(self)
        self._pause.timeout.connect(self.flush)

    @property
    def dirty(self) -> bool:
        """Whether something is typed that is not saved."""
        return self._dirty

    def begin(self, letter: int | None, saved: Mapping[str, str]) -> None:
        """Another letter is shown; None for none, or for one that was sent."""
        self._letter, self._dirty = letter, False
        self._saved = dict(saved)

    def edited(self) -> None:
        """Something was typed."""
        self._dirty = True
        self.read()
        self.waits.emit()
        self._pause.start()

    def read(self) -> None:
        """Read what is typed, for whoever draws it off the window's thread, which must not touch widgets."""
        self._now = self._typed()

    def values_of(self, letter: int) -> dict[str, str]:
        """Return what a letter says as last read; of another than the one shown, what was saved last."""
        return self._now if letter == self._letter else self._saved

    def moved(self, saved: Mapping[str, str]) -> bool:
        """Say whether the desk has other values than were saved here: an undo changed them, and nothing is typed."""
        if self._dirty or dict(saved) == self._saved:
            return False
        self._saved = dict(saved)
        return True

    def flush(self) -> None:
        """Save what was typed now."""
        self._pause.stop()
        if not self._dirty or self._letter is None:
            return
        letter, values = self._letter, self._typed()
        self._dirty, self._saved = False, values
        self._session.act(
            self, lambda desk: desk.letters.save(letter, values), self._done, failed=self._not_saved, quiet=True
        )

    def _done(self, _change: Change) -> None:
        if not self._dirty:
            self.saved.emit()

    def _not_saved(self, error: Exception) -> None:
        self._dirty = True
        self.failed.emit()
        self._session.report(error)
