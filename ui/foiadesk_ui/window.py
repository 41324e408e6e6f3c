"""The main window: sidebar, header, one page at a time, the undo bar; it carries navigation, changes and lock."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from foiadesk_ui import pages, remembered, return_key, theme
from foiadesk_ui.away import Away
from foiadesk_ui.backup_schedule import BackupSchedule
from foiadesk_ui.bring_in import choose_files, choose_folder
from foiadesk_ui.drops import accept_drops
from foiadesk_ui.finder import Command, Finder
from foiadesk_ui.header import Header
from foiadesk_ui.i18n import _, said
from foiadesk_ui.job_bar import JobBar
from foiadesk_ui.least import PageStack
from foiadesk_ui.locking import IdleWatch
from foiadesk_ui.low_scroll import LowScroll
from foiadesk_ui.notices import Notices
from foiadesk_ui.page import Page
from foiadesk_ui.repolish import before_showing
from foiadesk_ui.screen_fit import first_size, keep_inside
from foiadesk_ui.session import Session
from foiadesk_ui.shortcuts import Shortcut
from foiadesk_ui.sidebar import Sidebar
from foiadesk_ui.trouble import TroublePanel
from foiadesk_ui.undo_bar import UndoBar

if TYPE_CHECKING:
    from foiadesk.desk import Change
    from foiadesk.desk import TodayPage as TodayAnswer
    from foiadesk_ui.counting_notice import CountingNotice
    from foiadesk_ui.drops import Source
    from foiadesk_ui.long_jobs import LongJob
    from foiadesk_ui.request_window import RequestWindow

NARROW = 1100  # px: below, the sidebar shrinks to icons
_HISTORY = 50
_PATIENCE = 10_000  # milliseconds
_SETTLED = 500  # milliseconds after the first paint before the message buses are asked
_FRAMED = 200  # milliseconds after the window shows, when the desktop has put its frame round it
_LOOK = 30_000  # milliseconds between looks at the calendar: timers alone do not survive a laptop's sleep


class MainWindow(QMainWindow):
    """One open desk. ``lock`` is called after the window has handed over everything that was typed.

    Made over a session that has no desk yet, it shows nothing and is told by ``begin`` when there is one.
    """

    closed = Signal()

    def __init__(self, session: Session, lock: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._lock = lock
        self._pages: dict[str, Page] = {}
        self._stale: set[str] = set()
        self._here: tuple[str, dict[str, Any]] = ("", {})
        self._back: list[tuple[str, dict[str, Any]]] = []
        self._beside: list[RequestWindow] = []
        self._places: dict[str, Any] = {}  # what was moved on each page on another day
        self._locking = False
        self._listening = False
        self._remembered = False  # the window has the place it had
        self._catching_up: LongJob | None = None
        self.counting: CountingNotice | None = None
        self.setWindowTitle(_("FOIADesk"))
        self.setMinimumSize(720, 480)
        self.resize(first_size(self.screen().availableGeometry().size(), 1280, 800))
        self.middle = QWidget(self)
        self.sidebar = Sidebar(self)
        self.header = Header(self)
        self.trouble = TroublePanel(self)
        self.stack = PageStack(self)
        self.job_bar = JobBar(session.long_jobs, self)
        self.undo_bar = UndoBar(session, self)
        self._lay_out()
        self.finder = Finder(self.header.search, session, self._commands, self.middle)
        self._midnight = QTimer(self)
        self._midnight.setInterval(_LOOK)
        self._midnight.timeout.connect(self._new_day)
        self.idle = IdleWatch(lambda: self.lock(by_hand=False), self.lock_now, self)
        self.backups = BackupSchedule(session, self)
        self.notices = Notices(session, self)
        self.away = Away(lambda: self.lock(by_hand=False), self)
        self._connect()
        theme.watch().sized.connect(self._fit_sidebar)
        self._shortcuts()
        if session.has_desk:
            self.begin()

    def begin(self) -> None:
        """The session has its desk: keep to its day."""
        self.session.desk.deadlines.count_beside()
        self._day = self.session.desk.clock()
        self._midnight.start()

    # -- build ------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        right = self._right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        for part in (self.header, self.trouble):
            right.addWidget(part)
        right.addWidget(LowScroll(self.stack, self, sideways=True), 1)
        right.addWidget(self.job_bar)
        right.addWidget(self.undo_bar)
        row = QHBoxLayout(self.middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addLayout(right, 1)
        self.setCentralWidget(self.middle)
        accept_drops(self.middle, self.take_files, lambda: _("Drop to file"))

    def _connect(self) -> None:
        session = self.session
        session.changed.connect(self._changed)
        session.navigate.connect(self.open_page)
        session.trouble.connect(self.trouble.show_error)
        session.lock_asked.connect(self.lock_now)
        session.window_asked.connect(self.open_beside)
        self.sidebar.chosen.connect(lambda name: self.open_page(name, {}))
        self.sidebar.lock.connect(self.lock_now)
        self.sidebar.undo.connect(self.undo)
        self.header.back.connect(self.go_back)
        self.header.help.connect(self.help)
        self.header.search.leave.connect(self._focus_page)

    def _shortcuts(self) -> None:
        actions: dict[Shortcut, Callable[[], None]] = {
            Shortcut.FIND: self.finder.start,
            Shortcut.NEW_REQUEST: lambda: self.open_page("new_request", {}),
            Shortcut.UNDO: self.undo,
            Shortcut.REDO: self.redo,
            Shortcut.LOCK: self.lock_now,
            Shortcut.BACK: self.go_back,
            Shortcut.HELP: self.help,
            Shortcut.QUIT: self._quit,
            Shortcut.FILE: self.choose_files,
        }
        actions[Shortcut.SEARCH] = self._goer("search")
        for page in pages.sidebar():
            actions[Shortcut[page.name.upper()]] = self._goer(page.name)
        for shortcut, action in actions.items():
            QShortcut(shortcut.keys, self, action)

    def _goer(self, name: str) -> Callable[[], None]:
        return lambda: self.open_page(name, {})

    def _commands(self) -> tuple[Command, ...]:
        places = [
            Command(_("Go to {page}").format(page=_(page.label)), page.icon, self._goer(page.name))
            for page in pages.sidebar()
        ]
        deeds = [
            Command(_("Search everything"), "search", self._goer("search"), Shortcut.SEARCH.text),
            Command(_("New request"), "plus", self._goer("new_request"), Shortcut.NEW_REQUEST.text),
            Command(_("Bring in files…"), "upload", lambda: choose_files(self.session, self)),
            Command(_("Bring in a spreadsheet…"), "upload", self._goer("tracker")),
            Command(_("Bring in a folder…"), "upload", lambda: choose_folder(self.session, self)),
            Command(_("Back up now"), "save", lambda: self.open_page("backups", {"run": True})),
            Command(_("Backups"), "restore", self._goer("backups")),
            Command(_("Letter templates"), "letter", self._goer("templates")),
            Command(_("Verify the desk"), "tick", lambda: self.open_page("backups", {"verify": True})),
            Command(_("Undo"), "undo", self.undo, Shortcut.UNDO.text),
            Command(_("Redo"), "redo", self.redo, Shortcut.REDO.text),
            Command(_("Lock the desk"), "lock", self.lock_now, Shortcut.LOCK.text),
            Command(_("Help"), "help", self.help, Shortcut.HELP.text),
            Command(_("Keyboard shortcuts"), "help", lambda: self.open_page("help", {"topic": "keyboard"})),
        ]
        return (*deeds, *places)

    # -- pages ------------------------------------------------------------------------------------------------------

    @Slot(str, object)
    def open_page(self, name: str, where: dict[str, Any]) -> None:
        """Show a page, made when first asked for; remember where one came from."""
        if any(one.isActiveWindow() for one in self._beside):
            self.come_forward()
        before = self.current()
        if before is not None:
            before.flush()
            if self._here[0] and self._here != (name, where):  # the first page is made before it is opened
                self._back = [*self._back, self._here][-_HISTORY:]
        self._show(name, where)

    def _show(self, name: str, where: dict[str, Any]) -> None:
        page = self.page(name)
        home = pages.home_of(name)
        self._here = (name, where)
        before_showing(page)
        self.stack.setCurrentWidget(page)
        self.sidebar.light(pages.spec(name).entry)
        page.open(**where)
        if home in self._stale:
            self._stale.discard(home)
            page.refresh(None)
        self.header.show_page(page, can_go_back=bool(self._back))
        self._focus_page()

    def page(self, name: str) -> Page:
        """Return the page's widget, made now if need be."""
        home = pages.home_of(name)
        if home not in self._pages:
            made = pages.page_class(home)(self.session, self.stack)
            self._pages[home] = made
            remembered.put_back(made, self._places.get(home))
            self.stack.addWidget(made)
            answered = getattr(made, "answered", None)  # Today's
            if answered is not None:
                answered.connect(self._show_waiting)
        return self._pages[home]

    def open_beside(self, request: int) -> "RequestWindow":
        """Show a request in a window of its own; what is opened from there opens here."""
        from foiadesk_ui.request_window import RequestWindow

        made = RequestWindow(self.session, request)
        self._beside.append(made)
        made.closed.connect(lambda: self._beside.remove(made))
        made.show()
        return made

    def current(self) -> Page | None:
        """Return the page that shows."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    def go_back(self) -> None:
        """Show the page before this one."""
        if self._back:
            before = self.current()
            if before is not None:
                before.flush()
            name, where = self._back.pop()
            self._show(name, where)

    def help(self) -> None:
        """Show the help on the page that shows; from the help itself, go back to that page."""
        name = self._here[0]
        if name == "help":
            self.go_back()
        else:
            self.open_page("help", {"topic": pages.TOPIC_OF[name]} if name else {})

    def _focus_page(self) -> None:
        page = self.current()
        wanted = page.first_focus() if page is not None else None
        if wanted is not None:
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.header.search.hasFocus():
            self.sidebar.setFocus()

    # -- changes ----------------------------------------------------------------------------------------------------

    @Slot(object)
    def _changed(self, change: "Change") -> None:
        shown = self.current()
        self._stale.update(home for home, page in self._pages.items() if page is not shown)
        # A closure may move every date; the page of settings counts by itself, and shows what moved.
        every = change.touches("closure") and self._here[0] != "settings"
        if shown is not None:
            shown.refresh(None if every else change)
        self.count()

    def _renew(self) -> None:
        """Show again everything that rests on dates."""
        shown = self.current()
        self._stale.update(home for home, page in self._pages.items() if page is not shown)
        if shown is not None:
            shown.refresh(None)
        self.count()

    def _new_day(self) -> None:
        today = self.session.desk.clock()
        if today != self._day:
            self._day = today
            self.notices.look()
            self._renew()

    def count(self) -> None:
        """Ask how much waits on each page, and by what name the last action can be undone."""
        if self._here[0] != "today":  # that page asks the same and tells: nothing is counted twice at once
            self.session.ask(self, lambda desk: desk.deadlines.today(), self._show_waiting, key="waiting")
        self.session.ask(self, lambda desk: desk.history.next_undo(), self._name_undo, key="undo")

    def _show_waiting(self, today: "TodayAnswer") -> None:
        self.sidebar.show_count("today", len(today.needs_you))
        self.sidebar.show_count("in_tray", today.in_tray)
        if today.waiting and self.counting is None:
            self.catch_up()
        elif not today.waiting and self.counting is not None and self._catching_up is None:
            self.counting.deleteLater()
            self.counting = None

    def catch_up(self) -> None:
        """Count again, beside everything else, the due dates that very many requests are waiting for."""
        if self._catching_up is not None:
            return
        if self.counting is None:
            from foiadesk_ui.counting_notice import CountingNotice

            self.counting = CountingNotice(self)
            self.counting.wanted.connect(self.catch_up)
            self._right.insertWidget(self._right.indexOf(self.trouble) + 1, self.counting)

        def failed(error: Exception) -> None:
            self._stopped_counting()
            self.session.report(error)

        self._catching_up = self.session.long(
            self,
            _("Counting due dates again"),
            lambda desk, progress: desk.deadlines.catch_up(progress),
            lambda _moved: self._caught_up(),
            failed=failed,
            cancelled=self._stopped_counting,
        )
        self.counting.show_state(running=True)

    def _caught_up(self) -> None:
        self._catching_up = None
        if self.counting is not None:
            self.counting.deleteLater()
            self.counting = None
        self.notices.look()
        self._renew()

    def _stopped_counting(self) -> None:
        self._catching_up = None
        if self.counting is not None:
            self.counting.show_state(running=False)
        self._renew()

    def _name_undo(self, undo: str) -> None:
        label = _("Undo: {what}").format(what=said(undo)) if undo else _("Undo")
        self.sidebar.undo_button.set_label(f"{label} ({Shortcut.UNDO.text})")
        self.sidebar.undo_button.setEnabled(bool(undo))
        self.undo_bar.show_next_undo(undo)

    def undo(self) -> None:
        """Take back the last action, or in a text field the last typing."""
        field = QApplication.focusWidget()
        if isinstance(field, QLineEdit | QPlainTextEdit | QTextEdit) and not field.isReadOnly():
            field.undo()
        else:
            self.session.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        field = QApplication.focusWidget()
        if isinstance(field, QLineEdit | QPlainTextEdit | QTextEdit) and not field.isReadOnly():
            field.redo()
        else:
            self.session.redo()

    # -- lock, close, remember --------------------------------------------------------------------------------------

    def lock(self, *, by_hand: bool = True) -> None:
        """Leave the screen at once, have everything typed saved, then lock.

        Locked by hand, a save that fails brings the window back with the reason; left alone, the desk locks all the
        same after ten seconds: who walked away wanted it closed.
        """
        if self._locking or not self.session.has_desk:
            return
        self._locking = True
        for shown in QApplication.topLevelWidgets():
            shown.hide()
        failed = self.session.trouble.connect(self._stay) if by_hand else None
        self.hand_over()

        def saved(_nothing: object) -> None:
            if failed is not None:
                self.session.trouble.disconnect(failed)
            if self._locking:
                self._lock()

        self.session.jobs.act(self, lambda: None, saved, _ignore)
        if not by_hand:
            QTimer.singleShot(_PATIENCE, self, self._lock)

    def lock_now(self) -> None:
        """Lock because somebody asked for it."""
        self.lock()

    def choose_files(self) -> None:
        """Choose files to file: on what the page shows, else wherever they are understood to belong."""
        from foiadesk_ui.filing_dialog import choose_and_file

        own = getattr(self.current(), "choose_files", None)
        if callable(own):
            own()
        else:
            choose_and_file(self.session, self)

    def take_files(self, sources: "Sequence[Source]") -> None:
        """File what was dropped where no page takes it."""
        from foiadesk_ui.filing_dialog import file_sources

        file_sources(self.session, self, sources)

    def _quit(self) -> None:
        self.close()

    def _stay(self, _error: object) -> None:
        self._locking = False
        for window in (*self._beside, self):
            window.show()

    def hand_over(self) -> None:
        """Have every page save what was typed, and keep the window's layout inside the desk."""
        for page in self._pages.values():
            page.flush()
        for window in self._beside:
            window.view.flush()
        places = {**self._places, **{name: remembered.kept(page) for name, page in self._pages.items()}}
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        text = json.dumps({"geometry": geometry, "page": self._here[0], "places": places})
        if not self.session.desk.read_only:
            self.session.jobs.act(self, lambda: self.session.desk.settings.put_layout("window", text), None, _ignore)

    def restore(self, layout: str) -> None:
        """Take the size and place the window had, and on each page what was moved there."""
        try:
            found = json.loads(layout) if layout else {}
        except ValueError:
            found = {}
        found = found if isinstance(found, dict) else {}
        places, geometry = found.get("places"), found.get("geometry")
        if isinstance(places, dict):
            self._places = places
        if isinstance(geometry, str):
            self._remembered = self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))

    def come_forward(self) -> None:
        """Show over other windows: another start asked for this desk."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def folder(self) -> Path:
        """Return the open desk's folder."""
        return self.session.desk.folder

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shrink the sidebar in a narrow window."""
        super().resizeEvent(event)
        self._fit_sidebar()
        if self.finder.isVisible():
            self.finder.place()

    def _fit_sidebar(self) -> None:
        compact = self.width() < theme.grown(NARROW)
        if compact != self.sidebar.compact():
            self.sidebar.show_compact(compact)

    def showEvent(self, event: QShowEvent) -> None:
        """Watch for idleness once there is a native window; count after the first paint."""
        super().showEvent(event)
        self.idle.watch(self.windowHandle())
        QTimer.singleShot(0, self, self.count)
        if not self._listening:
            self._listening = True
            QTimer.singleShot(_SETTLED, self, self.away.listen)
            self.backups.start()
            self.session.index_keeper.start()
            if not self._remembered:
                QTimer.singleShot(_FRAMED, self, lambda: keep_inside(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses the button that has the keyboard."""
        if not return_key.press(self, event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hand over before going."""
        self.hand_over()
        for window in tuple(self._beside):
            window.close()
        super().closeEvent(event)
        self.closed.emit()


def _ignore(_error: Exception) -> None:
    """A layout that could not be kept costs only the layout."""
