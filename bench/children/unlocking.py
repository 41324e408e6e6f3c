"""The program from the key that accepts the passphrase to the paint of Today, then the memory of window and worker."""

import os
import sys
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from bench.children.paint import FirstPaint, answer, children_of, give_up_after, pss_mb
from bench.moment import now_ms
from foiadesk.__main__ import main as run
from foiadesk_ui import app as shell

TYPING = 1_500  # milliseconds that a person spends on a passphrase at the very least; the program loads meanwhile


class Story:
    """What happens after the unlock page is painted."""

    def __init__(self, app: Any, passphrase: str) -> None:
        self.app = app
        self.passphrase = passphrase
        self.accepted = 0.0
        FirstPaint(app, "UnlockPage", self.type_in)
        give_up_after(60, app)

    def type_in(self, page: Any) -> None:
        """Take the time to type."""
        page.field.setText(self.passphrase)
        QTimer.singleShot(TYPING, self.app, lambda: self.accept(page))

    def accept(self, page: Any) -> None:
        """Press Return."""
        FirstPaint(self.app, "TodayRowWidget", self.painted)
        self.accepted = now_ms()
        page.field.returnPressed.emit()

    def painted(self, row: Any) -> None:
        """Today is on the screen: tell when, then start the worker and weigh both."""
        took = now_ms() - self.accepted
        window: Any = next(widget for widget in QApplication.topLevelWidgets() if type(widget).__name__ == "MainWindow")
        today = window.current()
        window.session.index_keeper.stop()  # rows copied in bulk were never indexed: that is not what opening costs
        alone = pss_mb()
        window.session.desk.worker.inspect(b"a line of text\n", "note.txt")
        workers = [pss_mb(worker) for worker in children_of(os.getpid())]
        answer(
            ms=took,
            row=row.row.title,
            needs=len(today.needs.widgets()),
            owed=len(today.owed.widgets()),
            window_mb=alone,
            window_beside_worker_mb=pss_mb(),
            worker_mb=sum(known for known in workers if known is not None) if None not in workers else None,
            workers=len(workers),
        )


def main() -> None:
    """Start the window on the desk named."""
    make = shell.make_app

    def watched_app() -> object:
        app = make()
        app.story = Story(app, sys.argv[3])  # type: ignore[attr-defined]
        return app

    shell.make_app = watched_app  # type: ignore[assignment]
    run(["open", sys.argv[2]])


if __name__ == "__main__":
    main()
