"""A window over very many requests that must be counted again: it shows at once, says so, and counts beside."""

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk, freshness, standing
from foiadesk_ui.session import Session
from foiadesk_ui.window import MainWindow

Story = Callable[[], Desk]
OLD = "2026-01-02"


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Semaphore]:
    """Each request that is counted again needs a permit."""
    permits = threading.Semaphore(0)
    put = standing.put

    def wait(*given: object) -> None:
        assert permits.acquire(timeout=20)
        put(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(standing, "put", wait)
    yield permits
    permits.release(1_000)


@pytest.fixture
def aged(story: Story, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk whose stored answers are of an earlier form, and too many to be counted while somebody waits."""
    desk = story()
    desk.deadlines.today()
    desk.store.write(lambda db: db.execute("UPDATE standing SET due = ? WHERE due IS NOT NULL", (OLD,)))
    monkeypatch.setattr(freshness, "CHUNK", 0)
    monkeypatch.setattr(freshness, "BESIDE", 1)
    monkeypatch.setattr(standing, "_FORM", "of another form")
    desk.freshness._day = None
    return desk


@pytest.fixture
def window(aged: Desk, gate: threading.Semaphore, session: Session, qtbot: QtBot) -> MainWindow:
    made = MainWindow(session, lambda: None)
    qtbot.addWidget(made)
    made.show()
    made.open_page("today", {})
    qtbot.waitUntil(lambda: made.counting is not None and bool(session.long_jobs.running))
    return made


def stored_due(desk: Desk) -> set[str]:
    with desk.read() as db:
        return {day for (day,) in db.execute("SELECT due FROM standing WHERE due IS NOT NULL").fetchall()}


def test_today_shows_while_dates_are_counted_and_says_so(
    window: MainWindow, aged: Desk, session: Session, gate: threading.Semaphore, qtbot: QtBot
) -> None:
    assert window.counting.isVisible()
    assert "are being counted again" in window.counting.words.text()
    assert not window.counting.go_on.isVisible()
    assert [job.title for job in session.long_jobs.running] == ["Counting due dates again"]
    assert stored_due(aged) == {OLD}
    today = window.current()
    rows = [widget.row for widget in (*today.needs.widgets(), *today.owed.widgets())]
    assert rows and OLD not in {str(row.due) for row in rows}
    gate.release(1_000)
    qtbot.waitUntil(lambda: window.counting is None and not session.long_jobs.running)
    qtbot.waitUntil(lambda: session.jobs.pending() == 0)
    assert OLD not in stored_due(aged)
    assert aged.safety.check() == []


def test_a_count_that_is_stopped_is_still_told_and_can_go_on(
    window: MainWindow, aged: Desk, session: Session, gate: threading.Semaphore, qtbot: QtBot
) -> None:
    (job,) = session.long_jobs.running
    job.cancel()
    gate.release()
    qtbot.waitUntil(lambda: not session.long_jobs.running and window.counting.go_on.isVisible())
    qtbot.waitUntil(lambda: session.jobs.pending() == 0)
    assert "Not all due dates" in window.counting.words.text()
    assert not session.long_jobs.running  # asking again is the person's
    assert aged.deadlines.today().waiting > 0
    gate.release(1_000)
    qtbot.mouseClick(window.counting.go_on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.counting is None)
    assert aged.deadlines.today().waiting == 0


def test_the_desktop_is_told_of_no_deadlines_until_they_are_counted(
    window: MainWindow, aged: Desk, gate: threading.Semaphore, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("foiadesk_ui.notices.tell", lambda words: bool(told.append(words)))
    monkeypatch.setattr("foiadesk_ui.notices.count", lambda _desk, _day: 3)
    window.notices.want(True)
    qtbot.waitUntil(lambda: window.session.jobs.pending() == 0)
    assert told == []
    gate.release(1_000)
    qtbot.waitUntil(lambda: window.counting is None and told == ["3 deadlines this week"])
