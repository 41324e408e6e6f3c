"""A window on a desk while mail is brought in, letters are set and somebody searches: the gaps of its event loop.

A last argument "traced" tells besides where the loop was in its long gaps.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from bench.children.paint import answer, give_up_after
from bench.children.watchdog import LONG, Watchdog, beyond
from foiadesk.desk import Desk
from foiadesk_ui.app import dress, make_app
from foiadesk_ui.bring_in import bring_in
from foiadesk_ui.preferences import Preferences
from foiadesk_ui.ready_letters import ReadyLetters
from foiadesk_ui.session import Session
from foiadesk_ui.window import MainWindow

KEY = 150  # milliseconds between two keys of whoever searches
TYPED = "surveillance contract policy database request records agency determination "
OPENED = 1_500  # milliseconds: what an opened desk does by itself is over
PATIENCE = 1_200  # seconds


class Story:
    """Bring in, then look at all drafts and save them; all the while somebody types into the search."""

    def __init__(self, app: QApplication, arguments: list[str]) -> None:
        desk, passphrase, mails, letters = arguments[:4]
        self.app = app
        self.mails, self.letters = Path(mails), Path(letters)
        self.session = Session(Desk.open(Path(desk), passphrase))
        self.window = MainWindow(self.session, lambda: None)
        self.watchdog = Watchdog(self.window, traced="traced" in arguments)
        self.found = self.typed = 0
        self.phases: dict[str, list[float]] = {}
        self.window.open_page("today", {})
        self.window.show()
        today: Any = self.window.current()
        self.ready: ReadyLetters = today.findChild(ReadyLetters)
        self.window.open_page("search", {})
        self.search: Any = self.window.current()
        self.keys = QTimer(self.window, interval=KEY)
        self.keys.timeout.connect(self.type)
        QTimer.singleShot(OPENED, self.window, self.begin)

    def begin(self) -> None:
        """Bring in the mails."""
        self.keys.start()
        self.watchdog.start()
        bring_in(self.session, self.window, [self.mails])
        self.when_idle(self.look)

    def look(self) -> None:
        """Compose every draft."""
        self.phase("importing")
        self.ready.look()
        self.when_idle(self.save)

    def save(self) -> None:
        """Set and write every letter."""
        self.phase("composing")
        self.ready.save_to(self.letters)
        self.when_idle(self.end)

    def end(self) -> None:
        """Tell."""
        self.phase("letters")
        self.watchdog.stop()
        self.keys.stop()
        gaps = [gap for some in self.phases.values() for gap in some]
        answer(
            p999=beyond(gaps, 0.999),
            p99=beyond(gaps, 0.99),
            most=max(gaps),
            ticks=len(gaps),
            seconds=sum(gaps) / 1000,
            long=sum(gap > LONG for gap in gaps),
            phases={name: {"p999": beyond(some, 0.999), "most": max(some)} for name, some in self.phases.items()},
            brought=len(self.session.desk.in_tray.waiting()),
            letters=len(list(self.letters.glob("*.pdf"))),
            found=self.found,
            places=self.watchdog.places.most_common(12),
        )

    def phase(self, name: str) -> None:
        """Set aside the gaps so far."""
        self.phases[name], self.watchdog.gaps = self.watchdog.gaps, []

    def when_idle(self, then: Callable[[], None]) -> None:
        """Go on when no long work is left."""
        waits = QTimer(self.window, interval=20)

        def look() -> None:
            if not self.session.long_jobs.running:
                waits.stop()
                then()

        waits.timeout.connect(look)
        waits.start()

    def type(self) -> None:
        """One key more; after a word, begin anew."""
        word = TYPED[: self.typed % len(TYPED)].rsplit(" ", 1)[-1]
        self.typed += 1
        self.search.query.setText(word)
        self.found = max(self.found, len(self.search.list.hits.hits))


def main() -> None:
    """Open the window and let the story happen."""
    app = make_app()
    dress(app, Preferences())
    app.story = Story(app, sys.argv[2:])  # type: ignore[attr-defined]
    give_up_after(PATIENCE, app)
    app.exec()


if __name__ == "__main__":
    main()
