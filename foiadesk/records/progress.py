"""How long work says how far it is, and is asked to stop."""

import threading
from collections.abc import Callable


class Cancelled(Exception):
    """The person asked the work to stop; it stopped at a place where nothing was half done."""


class Progress:
    """Handed to long work, which calls ``at`` between pieces that are whole by themselves."""

    def __init__(self, heard: Callable[[int, int, str], None] | None = None) -> None:
        """heard: called with (done, total, what) on the working thread; total 0 when it is not known."""
        self._heard = heard
        self._stop = threading.Event()

    def at(self, done: int, total: int = 0, what: str = "") -> None:
        """Say how far the work is, in whole pieces; raises Cancelled when it was asked to stop.

        what: the kind of piece or the present step, for the person, without content of the desk.
        """
        if self._heard is not None:
            self._heard(done, total, what)
        if self._stop.is_set():
            raise Cancelled

    def cancel(self) -> None:
        """Ask the work to stop at its next piece. From any thread, more than once is fine."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether the work was asked to stop."""
        return self._stop.is_set()
