"""The real program with a person at it: obeys one line at a time from standard input, by keys and clicks only.

Locking replaces the process by this one again, where the program would start itself: a person sits before that, too.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, QPoint, QSocketNotifier, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from foiadesk.__main__ import harden
from foiadesk_ui import app as program
from foiadesk_ui import locking
from foiadesk_ui.app import Shell
from foiadesk_ui.bug_dialog import BugDialog
from foiadesk_ui.letter_page import LetterPage
from foiadesk_ui.today_page import TodayPage
from tests.ui.person import Person

FIELD = "history"  # of the overdue notice: running text


def rest(milliseconds: int) -> None:
    """Let the program go on for so long. Not QTest.qWait: it keeps the interpreter from every other thread."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop, loop.quit)
    loop.exec()


class Bot:
    """As much of pytest-qt's as a person needs, in a process without pytest."""

    def waitUntil(self, seen: Callable[[], bool], timeout: int) -> None:
        """Wait until something is so."""
        until = time.monotonic() + timeout / 1000
        while not seen():
            assert time.monotonic() < until, "it never came"
            rest(5)

    def mouseClick(self, widget: QWidget, button: Qt.MouseButton, pos: QPoint) -> None:
        """Click."""
        QTest.mouseClick(widget, button, Qt.KeyboardModifier.NoModifier, pos)


class Hands(QObject):
    """What a person is told to do, one word an order; answers say that it is done."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.shell = shell
        self.person = Person(Bot(), shell)  # type: ignore[arg-type]
        self.typed = 0
        self.notifier = QSocketNotifier(0, QSocketNotifier.Type.Read, self)
        self.notifier.activated.connect(self.obey)
        self.say("ready")

    def say(self, text: str) -> None:
        """Answer."""
        os.write(1, f"{text}\n".encode())

    def obey(self) -> None:
        """Do what the line says."""
        self.notifier.setEnabled(False)
        order, _space, rest = os.read(0, 65536).decode().rstrip("\n").partition(" ")
        try:
            self.say(getattr(self, order)(rest))
        except BaseException as error:
            self.say(f"failed {type(error).__name__} {error}")
            raise
        self.notifier.setEnabled(True)

    def look(self, _rest: str) -> str:
        """Read what lies over the unlock page, and go on."""
        dialogs = [one for one in QApplication.topLevelWidgets() if isinstance(one, BugDialog) and one.isVisible()]
        if not dialogs:
            return "nothing"
        text = dialogs[0]._text
        self.person.press("Go on", dialogs[0])
        assert self.shell.entrance is not None
        self.shell.entrance.activateWindow()  # what a window manager does; offscreen there is none
        return "offered " + text.replace("\n", " | ")

    def unlock(self, passphrase: str) -> str:
        """Type the passphrase, without looking for its field, and press Return."""
        entrance = self.shell.entrance
        assert entrance is not None
        self.person.until(entrance.unlock.field.hasFocus)
        self.person.type(passphrase)
        self.person.key(Qt.Key.Key_Return)
        self.person.until(lambda: self.shell.window is not None and self.shell.window.isVisible())
        return self.person.page("today").name

    def draft(self, _rest: str) -> str:
        """From Today to the overdue notice, begun or gone on with, by its button; the keyboard is then in its text."""
        page = self.person.go("today")
        assert isinstance(page, TodayPage)
        (row,) = page.owed.widgets()
        assert row.button.text().startswith("Draft overdue notice")
        self.person.click(row.button)
        letter = self.letter
        self.person.until(lambda: letter._last is not None)
        return letter.form.values()[FIELD].replace("\n", " ") or "empty"

    @property
    def letter(self) -> LetterPage:
        """The letter that shows."""
        page = self.person.page("letter")
        assert isinstance(page, LetterPage)
        return page

    def write(self, text: str) -> str:
        """Type at the end of the draft's text, and see it saved by itself."""
        letter = self.letter
        self.type(text)
        self.person.until(lambda: letter.bar.said.text() == "Saved")
        return "saved"

    def type(self, text: str) -> str:
        """Type at the end of the draft's text, and wait for nothing."""
        self.person.type("", self.letter.form.entry(FIELD).widget)
        self.person.key(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        self.person.type(text)
        return "typed"

    def go_on_typing(self, _rest: str) -> str:
        """Type one word after another without a pause until the end, telling what is typed and what is kept."""
        session, number = self.person.session, self.letter._wanted
        session.changed.connect(
            lambda _change: session.ask(
                self, lambda desk: desk.letters.get(number).values[FIELD], lambda text: self.say(f"kept {text}")
            )
        )
        self.type("")
        while True:
            self.typed += 1
            self.person.type(f" {self.typed}")
            self.say(f"typed {self.typed} {time.monotonic():.3f}")
            rest(15)

    def lock(self, _rest: str) -> str:
        """Press Ctrl+L; whoever is there next answers "ready"."""
        self.person.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        return "locking"


def main() -> int:
    """Run the program as its own entry point does, with hands."""
    harden()
    folder = Path(sys.argv[1])
    locking.fresh_command = lambda _folder: [sys.executable, "-m", "tests.ui.hands", str(folder)]
    heed = program._heed_signals

    def with_hands(app: QApplication, shell: Shell) -> None:
        heed(app, shell)
        Hands(shell)

    program._heed_signals = with_hands
    return program.run(folder)


if __name__ == "__main__":
    sys.exit(main())
