"""The small window before a desk is open: unlock one, or make the first."""

import threading
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from foiadesk import paths
from foiadesk_ui.help_key import offer_help
from foiadesk_ui.i18n import _
from foiadesk_ui.least import PageStack
from foiadesk_ui.unlock_page import UnlockPage

if TYPE_CHECKING:
    from foiadesk.desk import Desk, DeskSettings
    from foiadesk_ui.first_run import FirstRun
    from foiadesk_ui.jobs import Jobs
    from foiadesk_ui.restore_page import RestorePage


_loading = threading.Lock()
STEP = 15  # milliseconds between the steps of the rehearsal, for the keys that are being typed


class Opened(NamedTuple):
    """An open desk with what the main window needs before its first paint. page: where to begin."""

    desk: "Desk"
    settings: "DeskSettings"
    layout: str
    page: str = "today"


class Entrance(QWidget):
    """Shows the unlock page of a desk, or the first run when there is none. Its title says nothing of the desk."""

    opened = Signal(object)  # Opened
    turned = Signal(object)  # Path: another desk was chosen here
    deriving = Signal()  # the key is being derived, which leaves the interpreter free for a tenth of a second

    def __init__(self, folder: Path, report: Callable[[Exception], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self._report = report
        self._given = False
        self.setWindowTitle(_("FOIADesk"))
        self.unlock = UnlockPage(self)
        self.unlock.unlock.connect(self._unlock)
        self.unlock.other.connect(self._choose)
        self.unlock.new.connect(self._start_anew)
        self.unlock.restore.connect(self._restore)
        self.first_run: FirstRun | None = None
        self.restoring: RestorePage | None = None
        self.unlock.help.connect(self._help)
        offer_help(self, self._topic)
        self.stack = PageStack(self)
        self.stack.addWidget(self.unlock)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.stack)
        self.setMinimumSize(420, 400)
        line = self.fontMetrics().height()
        room = self.screen().availableGeometry()
        self.resize(min(max(620, 40 * line), room.width()), min(max(560, 34 * line), room.height() - 40))

    @cached_property
    def jobs(self) -> "Jobs":
        """What runs off the window's thread; nothing does before the page is on the screen."""
        from foiadesk_ui.jobs import Jobs

        return Jobs(self)

    def begin(self) -> None:
        """Show the page that fits: unlock when the folder holds a desk or anything else, else the first run."""
        if (self.folder / "desk.db").exists() or (self.folder.exists() and any(self.folder.iterdir())):
            self.unlock.show_desk(self.folder)
        else:
            self.start_first_run(self.folder)

    def _topic(self) -> str:
        """The topic of the help that fits what shows."""
        shown = self.stack.currentWidget()
        if shown is not None and shown is self.restoring:
            return "backups"
        if self.first_run is not None and shown is self.first_run:
            return self.first_run.topic()
        return "protection"

    def _help(self) -> None:
        from foiadesk_ui.help_dialog import show_help

        show_help(self, self._topic())

    def _start_anew(self) -> None:
        self.start_first_run()

    def start_first_run(self, suggested: Path | None = None) -> None:
        """Show the four pages of a first run."""
        from foiadesk_ui.first_run import FirstRun

        if self.first_run is not None:
            self.first_run.abandon()
            self.first_run.deleteLater()
        self.first_run = FirstRun(self.jobs, suggested or _free(paths.default_desk()), self._report, self)
        self.first_run.opened.connect(self._made)
        self.first_run.left.connect(self._back)
        self.stack.addWidget(self.first_run)
        self.stack.setCurrentWidget(self.first_run)
        if suggested is not None and not (suggested / "desk.db").exists():
            self.first_run.back.setToolTip(_("Open a desk you already have"))

    def _restore(self) -> None:
        from foiadesk_ui.restore_page import RestorePage

        if self.restoring is None:
            self.restoring = RestorePage(self._report, self)
            self.restoring.left.connect(self._back)
            self.restoring.restored.connect(self._turn)
            self.stack.addWidget(self.restoring)
        self.stack.setCurrentWidget(self.restoring)
        self.restoring.start()

    def _turn(self, folder: Path) -> None:
        self.folder = folder
        self.turned.emit(folder)
        self._back()

    def _back(self) -> None:
        self.stack.setCurrentWidget(self.unlock)
        self.unlock.show_desk(self.folder)

    def enter(self, passphrase: str) -> None:
        """Open the desk with a passphrase given beforehand."""
        self._unlock(passphrase)

    def _made(self, desk: "Desk") -> None:
        table = self.first_run is not None and self.first_run.who.start_table.isChecked()
        page = "tracker" if table else "today"
        self.jobs.act(self, lambda: _look(desk, page), self._hand_over, self._report)

    def _unlock(self, passphrase: str) -> None:
        folder = self.folder
        self.unlock.set_busy(True)
        self.jobs.act(self, lambda: _opened(folder, passphrase, self.deriving.emit), self._hand_over, self._failed)

    def _failed(self, error: Exception) -> None:
        from foiadesk.records.errors import KnownError

        if isinstance(error, KnownError):
            self.unlock.show_error(error)
        else:
            self.unlock.set_busy(False)
            self._report(error)

    def _hand_over(self, opened: Opened) -> None:
        self._given = True
        self.opened.emit(opened)

    def _choose(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        found = QFileDialog.getExistingDirectory(self, _("Folder of a desk"), str(self.folder.parent))
        if found:
            self._turn(Path(found))

    def come_forward(self) -> None:
        """Show over other windows."""
        self.show()
        self.raise_()
        self.activateWindow()

    def showEvent(self, event: QShowEvent) -> None:
        """Load the desk's code once the page is on the screen and the event loop is idle."""
        super().showEvent(event)
        QTimer.singleShot(30, self, self._warm)

    def _warm(self) -> None:
        import foiadesk.records  # noqa: F401 - whole, before two threads at once import it and parts of it

        self.jobs.ask(self, _load, lambda _nothing: self._rehearse(), lambda _error: None, "warm")

    def _rehearse(self) -> None:
        from foiadesk_ui.rehearsal import steps

        waiting = list(steps())

        def next_step() -> None:
            if waiting and not self._given:
                waiting.pop(0)()
                QTimer.singleShot(STEP, self, next_step)

        next_step()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses the button that has the keyboard."""
        from foiadesk_ui import return_key

        if not return_key.press(self, event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let go of a desk made half way."""
        if self.first_run is not None and not self._given:
            self.first_run.abandon()
        if self.restoring is not None:
            self.restoring.stop()
        self.jobs.stop()
        super().closeEvent(event)


def _free(folder: Path) -> Path:
    number, found = 2, folder
    while found.exists() and any(found.iterdir()):
        found = folder.with_name(f"{folder.name} {number}")
        number += 1
    return found


def _opened(folder: Path, passphrase: str, deriving: Callable[[], None]) -> Opened:
    _load()
    from foiadesk.desk import Desk

    return _look(Desk.open(folder, passphrase, meanwhile=deriving))


def _look(desk: "Desk", page: str = "today") -> Opened:
    return Opened(desk, desk.settings.get(), desk.settings.layout("window"), page)


def _load() -> None:
    """Load what opening a desk and the first page need, one thread at a time: a package and its parts imported by two
    at once may come to neither whole."""
    with _loading:
        import foiadesk_ui.today_page
        import foiadesk_ui.window  # noqa: F401 - both are on the screen right after unlocking
        from foiadesk.desk.warm import warm

        warm()
