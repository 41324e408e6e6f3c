"""The window's own page of requests: from the click in the sidebar to its painted rows, then scrolled."""

import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from bench.children.paint import FirstPaint, answer, give_up_after, pss_mb
from bench.children.scrolling import Whole, scrolled, wait_turn
from bench.moment import now_ms
from foiadesk.desk import Desk
from foiadesk_ui.app import dress, make_app
from foiadesk_ui.preferences import Preferences
from foiadesk_ui.session import Session
from foiadesk_ui.window import MainWindow

SETTLED = 1_500  # milliseconds: what an opened window does by itself is over
PATIENCE = 300  # seconds


class Story:
    """Today is shown; the person goes to Requests, to Today, back to Requests, and scrolls."""

    def __init__(self, app: QApplication, folder: str, passphrase: str) -> None:
        self.app = app
        session = Session(Desk.open(Path(folder), passphrase))
        session.index_keeper.stop()  # rows copied in bulk were never indexed, as those of a person are one by one
        self.window = MainWindow(session, lambda: None)
        self.window.open_page("today", {})
        FirstPaint(app, "TodayRowWidget", lambda _row: QTimer.singleShot(SETTLED, app, self.go))
        self.window.show()

    def go(self) -> None:
        """Open the page of requests."""
        self.before = pss_mb()
        self.began = now_ms()
        self.window.open_page("requests", {})
        self.page: Any = self.window.current()
        self.whole = Whole(self.page.list, self.painted)

    def painted(self) -> None:
        """Its rows are there: look at Today, and come back."""
        self.took = now_ms() - self.began
        self.window.open_page("today", {})
        QTimer.singleShot(SETTLED, self.app, self.again)

    def again(self) -> None:
        """Back to the list."""
        self.whole._then = self.seen
        self.whole.watch()
        self.began = now_ms()
        self.window.open_page("requests", {})

    def seen(self) -> None:
        """It shows again: scroll it once everything else is quiet."""
        self.again_took = now_ms() - self.began
        QTimer.singleShot(SETTLED, self.app, self.scroll)

    def scroll(self) -> None:
        """Scroll, weigh and tell."""
        found = scrolled(self.page.list, wait_turn(self.app))
        after = pss_mb()
        answer(
            **found,
            paint_ms=self.took,
            again_ms=self.again_took,
            count=self.page.model.count,
            ids=sum(self.page.model.ids()),
            pss_mb=after,
            added_mb=after - self.before if after is not None and self.before is not None else None,
        )


def main() -> None:
    """Open the window and let the story happen."""
    app = make_app()
    dress(app, Preferences())
    app.story = Story(app, sys.argv[2], sys.argv[3])  # type: ignore[attr-defined]
    give_up_after(PATIENCE, app)
    app.exec()


if __name__ == "__main__":
    main()
