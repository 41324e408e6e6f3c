"""The real program with hands: types the passphrase it is told, makes content, and presses Ctrl+L when told."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QSocketNotifier, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from foiadesk.__main__ import harden
from foiadesk_ui import app as program


class Hands(QObject):
    """Obeys one line at a time from standard input and answers on standard output."""

    def __init__(self, shell):
        super().__init__(shell)
        self.shell = shell
        self.notifier = QSocketNotifier(0, QSocketNotifier.Type.Read, self)
        self.notifier.activated.connect(self.obey)
        self.say("ready")

    def say(self, text):
        """Answer."""
        os.write(1, f"{text}\n".encode())

    def obey(self):
        """Do what the line says."""
        order, _, rest = os.read(0, 65536).decode().rstrip("\n").partition(" ")
        getattr(self, order)(rest)

    def unlock(self, passphrase):
        """Type the passphrase and press Return."""
        entrance = self.shell.entrance
        entrance.opened.connect(lambda _opened: self.say("open"))
        QTest.keyClicks(entrance.unlock.field, passphrase)
        QTest.keyClick(entrance.unlock.field, Qt.Key.Key_Return)

    def make(self, canary):
        """Have the canary in a title, a note, a letter, a file and the clipboard, and look at the pages of it."""
        from foiadesk.desk import IncomingFile, RequestPlan
        from foiadesk.records import Requester, Signer

        session, window = self.shell.session, self.shell.window

        def work(desk):
            who = desk.people.add(Requester(f"{canary} Watch", ("1 St",), signers=(Signer("A", ""),))).primary
            plan = RequestPlan(f"{canary} contracts", (f"All {canary}.",), ("DHS/ICE",), (who,), notes=canary)
            request = desk.requests.create(plan).primary
            desk.filing.file(IncomingFile(f"{canary}.txt", f"the {canary} file".encode() * 50), request)
            letter = desk.letters.start("policy_request", request).primary
            desk.letters.pdf(letter)
            return desk.requests.add_event(request, {"kind": "note", "date": "2026-01-05", "note": canary})

        def made(_change):
            QApplication.clipboard().setText(f"{canary} on the clipboard")
            window.open_page("today", {})
            window.open_page("request", {"id": 1})
            QTest.qWait(300)
            window.grab()
            self.say("made")

        session.act(window, work, made)

    def lock(self, _rest):
        """Press Ctrl+L."""
        QTest.keyClick(self.shell.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def main():
    """Run the program as its own entry point does, with hands."""
    harden()
    heed = program._heed_signals

    def with_hands(app, shell):
        heed(app, shell)
        Hands(shell)

    program._heed_signals = with_hands
    return program.run(Path(sys.argv[1]))


if __name__ == "__main__":
    sys.exit(main())
