"""Opening a desk asks what is due today once, however many places show it."""

from PySide6.QtWidgets import QApplication

from foiadesk.desk.deadlines import Deadlines
from foiadesk_ui.window import MainWindow


def test_opening_on_today_counts_once_and_the_sidebar_knows(qtbot, session, story, monkeypatch):
    story()
    QApplication.processEvents()  # what the story changed is heard before the window is there
    asked = []
    count = Deadlines.today
    monkeypatch.setattr(Deadlines, "today", lambda self: asked.append(1) or count(self))
    window = MainWindow(session, lambda: None)
    qtbot.addWidget(window)
    window.open_page("today", {})
    window.show()
    qtbot.waitUntil(lambda: session.jobs.pending() == 0 and bool(asked))
    qtbot.waitUntil(lambda: window.sidebar.entries["today"].accessibleName() == "Today (1)")
    assert len(asked) == 1


def test_on_another_page_the_sidebar_still_counts(qtbot, session, story):
    desk = story()
    window = MainWindow(session, lambda: None)
    qtbot.addWidget(window)
    window.open_page("settings", {})
    window.show()
    qtbot.waitUntil(lambda: window.sidebar.entries["today"].accessibleName() == "Today (1)")
    session.act(session, lambda _desk: desk.requests.trash(3))
    qtbot.waitUntil(lambda: window.sidebar.entries["today"].accessibleName() == "Today")
