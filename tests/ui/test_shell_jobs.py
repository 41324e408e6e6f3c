"""Answers arrive on the GUI thread, stale ones never, actions in their order."""

import threading
from functools import partial

import pytest
from PySide6.QtCore import QObject, QThread

from foiadesk_ui.jobs import Jobs, key_of


@pytest.fixture
def jobs(qapp):
    made = Jobs()
    yield made
    assert made.stop()
    made.deleteLater()
    qapp.processEvents()


@pytest.fixture
def owner(qapp):
    return QObject()


def fail(error):
    raise AssertionError(error)


def test_the_question_runs_elsewhere_and_the_answer_arrives_here(qtbot, jobs, owner):
    seen = []
    main = QThread.currentThread()

    def answered(where):
        seen.append((where, QThread.currentThread()))

    jobs.ask(owner, threading.get_ident, answered, fail)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0] != threading.get_ident()
    assert seen[0][1] == main


def test_an_answer_asked_again_meanwhile_is_dropped(qtbot, jobs, owner):
    gate, seen = threading.Event(), []

    def slow():
        assert gate.wait(10)
        return "stale"

    jobs.ask(owner, slow, seen.append, fail, "same")
    jobs.ask(owner, lambda: "fresh", seen.append, fail, "same")
    qtbot.waitUntil(lambda: bool(seen))
    gate.set()
    assert jobs.stop()
    QThread.currentThread().eventDispatcher()
    qtbot.waitUntil(lambda: seen == ["fresh"])


def test_a_stale_failure_is_dropped_too(qtbot, jobs, owner):
    gate, seen = threading.Event(), []

    def slow():
        assert gate.wait(10)
        raise ValueError("stale")

    jobs.ask(owner, slow, seen.append, fail, "same")
    jobs.ask(owner, lambda: "fresh", seen.append, fail, "same")
    gate.set()
    qtbot.waitUntil(lambda: seen == ["fresh"])


def test_different_handlers_do_not_drop_one_another(qtbot, jobs, owner):
    seen = set()

    def first(answer):
        seen.add(answer)

    def second(answer):
        seen.add(answer)

    jobs.ask(owner, lambda: 1, first, fail)
    jobs.ask(owner, lambda: 2, second, fail)
    qtbot.waitUntil(lambda: seen == {1, 2})


def test_a_handler_is_known_by_its_place_in_the_code():
    def handler(answer, extra=0):
        return answer

    assert key_of(handler) == key_of(partial(handler, extra=1))
    assert key_of(handler) != key_of(lambda answer: answer)


def test_the_answer_of_a_vanished_owner_is_dropped(qtbot, jobs):
    gate, seen = threading.Event(), []
    owner = QObject()
    jobs.ask(owner, lambda: gate.wait(10), seen.append, fail)
    owner.deleteLater()
    del owner
    other = QObject()
    gate.set()
    done = []
    qtbot.wait_signal(jobs.busy, timeout=1, raising=False)
    jobs.act(other, lambda: "end", done.append, fail)
    qtbot.waitUntil(lambda: done == ["end"])
    assert seen == []


def test_actions_keep_their_order_and_all_answer(qtbot, jobs, owner):
    ran, answered = [], []
    for number in range(50):
        jobs.act(owner, lambda number=number: ran.append(number), lambda _none, n=number: answered.append(n), fail)
    qtbot.waitUntil(lambda: len(answered) == 50)
    assert ran == answered == list(range(50))


def test_waiting_actions_are_done_before_stop_returns(jobs, owner):
    ran = []
    for number in range(20):
        jobs.act(owner, lambda number=number: ran.append(number), None, fail)
    assert jobs.stop()
    assert ran == list(range(20))
    assert jobs.ask(owner, lambda: 1, ran.append, fail) is None


def test_failures_reach_the_one_who_asked(qtbot, jobs, owner):
    seen = []

    def broken():
        raise ValueError("no")

    jobs.ask(owner, broken, fail, seen.append)
    jobs.act(owner, broken, fail, seen.append)
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert all(isinstance(error, ValueError) for error in seen)


def test_busy_rises_and_falls_with_actions(qtbot, jobs, owner):
    seen = []
    jobs.busy.connect(seen.append)
    jobs.act(owner, lambda: None, None, fail)
    jobs.act(owner, lambda: None, None, fail)
    qtbot.waitUntil(lambda: seen == [True, False])
