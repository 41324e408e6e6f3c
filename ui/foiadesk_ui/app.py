"""The desktop program: from start to unlock page, from passphrase to window, from lock to a fresh process."""

import gc
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtWidgets import QApplication

from foiadesk import paths
from foiadesk_ui import crash, i18n, icons, preferences, scratch, theme
from foiadesk_ui.bugs import Catcher
from foiadesk_ui.crash import CrashLog
from foiadesk_ui.entrance import Entrance
from foiadesk_ui.single import OneWindow

if TYPE_CHECKING:
    from foiadesk.desk import Change, DeskSettings
    from foiadesk_ui.entrance import Opened
    from foiadesk_ui.session import Session
    from foiadesk_ui.window import MainWindow


def run(desk_folder: Path | None, passphrase: str | None = None, files: Sequence[Path] = ()) -> int:
    """Show the window on a desk folder, else on the last or the first desk; return the exit status.

    passphrase: where the person gave one beforehand; else the unlock page asks. files: to file as soon as it is open.
    """
    app = make_app()
    known = preferences.load()
    dress(app, known)
    Catcher(app).install()
    shell = Shell(app, desk_folder or first_choice(known), known)
    if not shell.begin(passphrase, files):
        return 0
    shell.crashes.open()
    _heed_signals(app, shell)
    gc.freeze()  # what was made so far stays: no collection need look at it
    gc.enable()
    status = app.exec()
    shell.crashes.close()
    return status


def make_app() -> QApplication:
    """Return the application object, named for the desktop."""
    # As an argument, the style costs nothing; handed over as an object, it has the binding build QStyle's 600 enums.
    app = QApplication([sys.argv[0], "-style", "fusion"])
    app.setProperty(theme.FUSION, True)
    app.setApplicationName("foiadesk")
    app.setApplicationDisplayName("FOIADesk")
    app.setDesktopFileName("foiadesk")
    return app


def dress(app: QApplication, known: preferences.Preferences) -> None:
    """Speak and look as chosen."""
    i18n.use(known.language)
    theme.keep_still(known.still)
    theme.apply(app, known.scheme, known.text_scale)
    app.setWindowIcon(icons.program_icon())


def first_choice(known: preferences.Preferences) -> Path:
    """Return the desk to offer: the last opened one where that is remembered and still there, else the default."""
    return next((Path(path) for path in known.recent if Path(path).is_dir()), paths.default_desk())


class Shell(QObject):
    """Owns the windows and what happens between them."""

    def __init__(
        self,
        app: QApplication,
        folder: Path,
        known: preferences.Preferences,
        *,
        become: Callable[[Path], None] | None = None,
    ) -> None:
        super().__init__(app)
        self._app = app
        self._known = known
        self._become = become
        self.place = OneWindow(folder, self)
        self.entrance: Entrance | None = Entrance(folder, _report)
        self.session: Session | None = None
        self.window: MainWindow | None = None
        self._ready: tuple[Session, MainWindow] | None = None  # made while the key was derived
        self.crashes = CrashLog()
        self._waiting: list[Path] = []  # files the program was asked to open, until a desk is open

    def begin(self, passphrase: str | None = None, files: Sequence[Path] = ()) -> bool:
        """Show the entrance; return False when another window has this desk and was asked to come forward."""
        self._waiting += files
        entrance = self.entrance
        assert entrance is not None
        if not self.place.first():
            self.place.ring(files)
            return False
        self.place.heed(self.come_forward)
        entrance.opened.connect(self.open_desk)
        entrance.turned.connect(self._turn)
        entrance.deriving.connect(self._prepare)
        scratch.clear()
        entrance.begin()
        entrance.show()
        if report := crash.left_behind():
            crash.offer(report, entrance)
        if passphrase:
            entrance.enter(passphrase)
        return True

    def come_forward(self, files: Sequence[Path] = ()) -> None:
        """Bring to the front what is open; files it was asked to open are filed, once the desk is."""
        shown = self.window or self.entrance
        if shown is not None:
            shown.come_forward()
        self._waiting += files
        self._take_waiting()

    def _take_waiting(self) -> None:
        if self.window is not None and self._waiting:
            files, self._waiting = self._waiting, []
            self.window.take_files(files)

    def _turn(self, folder: Path) -> None:
        place = OneWindow(folder, self)
        if place.first():
            self.place.give_back()
            self.place = place
            place.heed(self.come_forward)
        else:
            place.ring(self._waiting)
            self._app.quit()

    def _prepare(self) -> "tuple[Session, MainWindow]":
        """Return the window for the desk that is being opened, made now unless an earlier passphrase was wrong."""
        if self._ready is None:
            from foiadesk_ui.session import Session
            from foiadesk_ui.window import MainWindow

            session = Session(None, self)
            window = MainWindow(session, self.lock)
            window.page("today")
            self._ready = session, window
        return self._ready

    def open_desk(self, opened: "Opened") -> None:
        """Show the main window on an open desk."""
        from foiadesk_ui import today_page

        desk = opened.desk
        if self.entrance is not None and desk.folder.absolute() != self.entrance.folder.absolute():
            self._turn(desk.folder)
        session, window = self._prepare()
        self._ready = None
        session.take(desk)
        with session.answering(today_page.read) if opened.page == "today" else nullcontext():
            window.begin()
            window.closed.connect(self._close)
            self.session, self.window = session, window
            session.changed.connect(self._changed)
            session.remember_asked.connect(self.remember)
            self._obey(opened.settings)
            window.restore(opened.layout)
            window.open_page(opened.page, {})
        window.show()
        if desk.opening:
            session.told.emit(" ".join(map(i18n.words_of, desk.opening)))
        known = self._known.opened(desk.folder)
        if known != self._known:
            self._known = known
            session.jobs.act(session, lambda: preferences.save(known), None, _report)
        if self.entrance is not None:
            self.entrance.hide()
            self.entrance.deleteLater()
            self.entrance = None
        self._take_waiting()

    def _changed(self, change: "Change") -> None:
        if self.session is not None and change.touches("setting"):
            self.session.ask(self, lambda desk: desk.settings.get(), self._obey)

    def _obey(self, settings: "DeskSettings") -> None:
        if self.window is not None:
            self.window.idle.set_minutes(settings.idle_minutes)
            self.window.away.wanted = settings.lock_on_sleep
            self.window.notices.want(settings.notify)
        known = self._known._replace(
            scheme=settings.scheme,
            text_scale=settings.text_scale,
            still=settings.still,
            language=settings.language,
        )
        theme.keep_still(known.still)
        if (known.scheme, known.text_scale) != (self._known.scheme, self._known.text_scale):
            theme.apply(self._app, known.scheme, known.text_scale)
        if known != self._known:
            self._known = known
            preferences.save(known)

    def remember(self, wanted: bool) -> None:
        """Keep a list of recent desks on this computer, or forget it."""
        self._known = self._known._replace(remember=wanted)
        if self.session is not None:
            self._known = self._known.opened(self.session.desk.folder)
        preferences.save(self._known)

    def lock(self) -> None:
        """Close the desk and become a fresh process with the unlock page. The window has handed over before."""
        session = self.session
        if session is None:
            return
        from foiadesk_ui.locking import clear_clipboard, replace_process

        folder = session.desk.folder
        session.close(30_000)
        scratch.clear()
        clear_clipboard()
        self.place.give_back()
        self.crashes.close()
        (self._become or replace_process)(folder)

    def _close(self) -> None:
        from foiadesk_ui.locking import clear_clipboard

        if self.session is not None:
            self.session.close(30_000)
            self.session = None
            scratch.clear()
            clear_clipboard()
            self.place.give_back()
        self._app.quit()


def _report(error: Exception) -> None:
    sys.excepthook(type(error), error, error.__traceback__)


def _heed_signals(app: QApplication, shell: Shell) -> None:
    """Close in order when the system asks the process to end. Python sees a signal only when woken: by a pipe."""
    if sys.platform == "win32":
        return
    import os

    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    notifier = QSocketNotifier(reader, QSocketNotifier.Type.Read, app)

    def woken() -> None:
        os.read(reader, 64)
        if shell.window is not None:
            shell.window.close()
        else:
            app.quit()

    notifier.activated.connect(woken)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda _number, _frame: None)
