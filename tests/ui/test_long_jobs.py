"""Long work counts, stops when asked at a safe place, and never holds up questions or locking."""

import threading

import pytest
from PySide6.QtCore import QObject

from foiadesk.records.errors import BadInput
from foiadesk_ui.job_bar import JobBar


def count_to(limit, gate, after=0):
    def work(_desk, progress):
        for number in range(1, limit + 1):
            progress.at(number, limit, "files")
            if number == after:
                assert gate.wait(10)
        return limit

    return work


def test_the_bar_counts_and_goes_away_with_the_work(qtbot, session):
    bar = JobBar(session.long_jobs)
    qtbot.addWidget(bar)
    gate, seen = threading.Event(), []
    assert bar.isHidden()
    session.long(bar, "Backing up", count_to(5, gate, after=3), seen.append)
    assert not bar.isHidden()
    (line,) = bar.lines.values()
    qtbot.waitUntil(lambda: line.job.done >= 1)
    assert line.words.text() == f"Backing up: {line.job.done} of 5 files"
    assert (line.bar.maximum(), line.bar.value()) == (5, line.job.done)
    answered = []
    session.ask(bar, lambda desk: desk.requests.ids(), answered.append)
    qtbot.waitUntil(lambda: bool(answered))  # while the long work still waits
    assert not seen
    gate.set()
    qtbot.waitUntil(lambda: seen == [5])
    assert bar.isHidden()


def test_stop_ends_the_work_at_its_next_piece(qtbot, session):
    bar = JobBar(session.long_jobs)
    qtbot.addWidget(bar)
    gate, seen = threading.Event(), []
    session.long(bar, "Importing", count_to(1000, gate, after=2), seen.append, cancelled=lambda: seen.append("stopped"))
    (line,) = bar.lines.values()
    line.stop.click()
    assert line.words.text() == "Importing: stopping …"
    assert not line.stop.isEnabled()
    gate.set()
    qtbot.waitUntil(lambda: seen == ["stopped"])
    assert session.long_jobs.running == []


def test_a_failure_is_told_even_when_its_owner_is_gone(qtbot, session):
    owner, told = QObject(), []
    session.trouble.connect(told.append)

    def work(_desk, _progress):
        raise BadInput("No such folder.")

    session.long(owner, "Backing up", work)
    del owner
    qtbot.waitUntil(lambda: [str(one) for one in told] == ["No such folder."])


@pytest.mark.parametrize("running", [1, 3])
def test_leaving_stops_what_runs_and_what_waits(qapp, session, running):
    gate, ended = threading.Event(), []

    def work(_desk, progress):
        try:
            while True:
                progress.at(0)
                gate.wait(0.01)
        finally:
            ended.append(1)

    owner = QObject()
    for _each in range(running):
        session.long(owner, "Counting", work)
    assert session.detach(10_000)
    assert len(ended) <= running
    session.desk.requests.ids()  # the desk itself is still there
