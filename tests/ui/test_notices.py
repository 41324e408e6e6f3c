"""Notifications: a number only, once a day, only when wanted; where there is no service, that is said."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk
from foiadesk_ui import notices
from foiadesk_ui.notices import LAYOUT, Notices, count, words
from foiadesk_ui.session import Session
from foiadesk_ui.settings_page import SettingsPage

Story = Callable[[], Desk]
SERVER = """
import sys
from PySide6.QtCore import ClassInfo, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication
from PySide6.QtDBus import QDBusConnection
app = QApplication([])

@ClassInfo({"D-Bus Interface": "org.freedesktop.Notifications"})
class Service(QObject):
    @Slot(str, "uint", str, str, str, "QStringList", "QVariantMap", int, result="uint")
    def Notify(self, *said):
        print(repr(said), flush=True)
        app.quit()
        return 1

service = Service()
bus = QDBusConnection.sessionBus()
assert bus.registerObject("/org/freedesktop/Notifications", service, QDBusConnection.RegisterOption.ExportAllSlots)
assert bus.registerService("org.freedesktop.Notifications")
print("ready", flush=True)
QTimer.singleShot(30000, app.quit)
app.exec()
"""
CLIENT = """
import subprocess, sys
from PySide6.QtWidgets import QApplication
from foiadesk_ui import notices
app = QApplication([])
assert not notices.available() and not notices.tell("nobody hears this")
server = subprocess.Popen([sys.executable, "-c", sys.argv[1]], stdout=subprocess.PIPE, text=True)
assert server.stdout.readline() == "ready\\n"
assert notices.available() and notices.tell(notices.words(3))
print(server.stdout.readline(), end="")
server.wait()
"""


@pytest.mark.skipif(not shutil.which("dbus-run-session"), reason="a message bus of its own is needed")
def test_the_desktop_is_told_a_number_over_its_message_bus() -> None:
    done = subprocess.run(
        ["dbus-run-session", "--", sys.executable, "-c", CLIENT.replace("\\\\n", "\\n"), SERVER],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stdout == "('FOIADesk', 0, 'foiadesk', '3 deadlines this week', '', [], {}, -1)\n", done.stderr


def test_it_is_told_once_a_day_and_only_when_wanted(
    session: Session, story: Story, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(notices, "tell", lambda sentence: bool(told.append(sentence) or 1))
    desk = story()
    desk.requests.add_event(3, {"kind": "reminder", "date": "2026-02-01", "due": "2026-02-14", "what": "secret"})
    assert count(desk, desk.clock()) == 1 and count(desk, date(2026, 2, 15)) == 0
    one = Notices(session)
    one.look()
    one.want(True)
    qtbot.waitUntil(lambda: bool(told) and desk.settings.layout(LAYOUT) == desk.clock().isoformat())
    one.look()
    with qtbot.waitCallback() as asked:
        session.ask(session, lambda _desk: None, lambda _nothing: asked())
    assert told == ["1 deadline this week"]
    monkeypatch.setattr(desk, "clock", lambda: date(2026, 2, 10) + timedelta(days=1))
    one.look()
    qtbot.waitUntil(lambda: len(told) == 2)
    one.want(False)
    monkeypatch.setattr(desk, "clock", lambda: date(2026, 2, 10) + timedelta(days=2))
    one.look()
    with qtbot.waitCallback() as again:
        session.ask(session, lambda _desk: None, lambda _nothing: again())
    assert len(told) == 2 and words(2) == "2 deadlines this week"


def test_settings_say_where_there_is_no_such_service(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "available", lambda: False)
    page = SettingsPage(session)
    session.changed.connect(page.refresh)
    qtbot.addWidget(page)
    page.show()
    page.open()
    qtbot.waitUntil(lambda: "takes no notifications" in page.notify_said.text())
    assert not page.notify.isEnabled()
    page._show_notices(True)
    assert page.notify.isEnabled() and "a number and nothing else" in page.notify_said.text()
    page.notify.click()
    qtbot.waitUntil(lambda: session.desk.settings.get().notify)
    page.still.click()
    qtbot.waitUntil(lambda: session.desk.settings.get().still)
    page._put(scheme="contrast")
    qtbot.waitUntil(lambda: session.desk.settings.get().scheme == "contrast")
