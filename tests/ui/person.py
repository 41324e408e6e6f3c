"""A person at the window, for tests: clicks, types and drops as hands do, and waits for what eyes would see."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from foiadesk_ui.app import Shell
from foiadesk_ui.page import Page
from foiadesk_ui.session import Session
from foiadesk_ui.window import MainWindow

NONE = Qt.KeyboardModifier.NoModifier
PATIENCE = 20_000  # milliseconds, for a slow machine under a tracer


class Person:
    """Holds the mouse and the keyboard of one shell. Nothing here calls what a button calls: only events are sent."""

    def __init__(self, bot: QtBot, shell: Shell, became: Sequence[Path] = ()) -> None:
        self.bot = bot
        self.shell = shell
        self.became = became  # what the shell would have become on locking

    @property
    def window(self) -> MainWindow:
        """The main window; there must be one."""
        assert self.shell.window is not None
        return self.shell.window

    @property
    def session(self) -> Session:
        """The session of the open desk."""
        assert self.shell.session is not None
        return self.shell.session

    def until(self, seen: Callable[[], object]) -> None:
        """Wait until something is so."""
        self.bot.waitUntil(lambda: bool(seen()), timeout=PATIENCE)

    def quiet(self) -> None:
        """Wait until the desk has answered everything, and nothing is left to be counted again."""
        self.until(lambda: self.session.jobs.pending() == 0 and self.window.counting is None)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click in the middle of what shows of a widget, after scrolling to it as one would."""
        self.until(lambda: widget.isVisible() and self._in_view(widget, at))
        assert widget.isEnabled(), widget.accessibleName()
        place = widget.visibleRegion().boundingRect().center() if at is None else at
        assert QApplication.widgetAt(widget.mapToGlobal(place)) in (widget, *widget.findChildren(QWidget)), (
            f"{widget.accessibleName()} lies under something"
        )
        if not widget.isActiveWindow():  # what a window manager does on a click; offscreen there is none
            widget.activateWindow()
            self.until(widget.isActiveWindow)
        self.bot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)

    def tick(self, box: QAbstractButton) -> None:
        """Click on the little square or circle of a tick or radio button."""
        self.click(box, QPoint(10, box.height() // 2))

    @staticmethod
    def _in_view(widget: QWidget, at: QPoint | None) -> bool:
        above = widget.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(widget)
            above = above.parentWidget()
        shown = widget.visibleRegion()
        return not shown.isEmpty() if at is None else shown.contains(at)

    def press(self, text: str, inside: QWidget | None = None) -> None:
        """Click the one button that says this."""
        self.click(self.button(text, inside))

    def button(self, text: str, inside: QWidget | None = None) -> QAbstractButton:
        """Return the one visible button that says this (its text or accessible name, without the ellipsis)."""
        root = inside if inside is not None else self.window

        def found() -> list[QAbstractButton]:
            every = root.findChildren(QAbstractButton)
            return [one for one in every if one.isVisible() and text in (_plain(one.text()), one.accessibleName())]

        self.until(found)
        (button,) = found()
        return button

    def type(self, text: str, into: QWidget | None = None) -> None:
        """Type, key by key, into what has the keyboard, after clicking on ``into`` when it is given."""
        if into is not None:
            target = into.focusProxy() or into
            self.click(target)
            self.until(target.hasFocus)
        for at, line in enumerate(text.split("\n")):
            if at:
                self.key(Qt.Key.Key_Return)
            for character in line:  # asked anew each time: Return may move on to another field
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):  # QTest's own keys know ASCII only
                    key = Qt.Key(ord(character.upper())) if character.isascii() else Qt.Key.Key_unknown
                    QApplication.sendEvent(self.focus(), QKeyEvent(kind, key, NONE, character))

    def focus(self) -> QWidget:
        """Return what has the keyboard."""
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def key(self, key: Qt.Key, *held: Qt.KeyboardModifier) -> None:
        """Press one key where the keyboard is."""
        together = NONE
        for modifier in held:
            together |= modifier
        QTest.keyClick(self.focus(), key, together)

    def go(self, name: str) -> Page:
        """Click a page's entry in the sidebar and wait for the page."""
        self.click(self.window.sidebar.entries[name])
        return self.page(name)

    def page(self, name: str) -> Page:
        """Wait for a page and return it."""
        self.until(lambda: (page := self.window.current()) is not None and page.name == name)
        self.quiet()
        page = self.window.current()
        assert page is not None
        return page

    def primary(self, says: str) -> None:
        """Click the header's primary button once it says this."""
        button = self.window.header.primary
        self.until(lambda: button.isVisible() and button.text() == says)
        self.click(button)

    def drop(self, paths: Sequence[Path], on: QWidget) -> None:
        """Drag files over a widget and let them fall in its middle, as a file manager does."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        point, left = on.rect().center(), Qt.MouseButton.LeftButton
        entered = QDragEnterEvent(point, Qt.DropAction.CopyAction, mime, left, NONE)
        QApplication.sendEvent(on, entered)
        assert entered.isAccepted()
        fallen = QDropEvent(QPointF(point), Qt.DropAction.CopyAction, mime, left, NONE)
        QApplication.sendEvent(on, fallen)
        assert fallen.isAccepted()


def _plain(text: str) -> str:
    return text.replace("&", "").rstrip("…")
