"""What the first page will ask is answered while that page is made, once."""

import threading

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk
from foiadesk_ui.session import Once, Session


def test_a_question_asked_within_is_answered_once_and_one_asked_later_anew(session: Session, qtbot: QtBot) -> None:
    asked: list[Desk] = []
    answers: list[int] = []
    owner = QObject(session)

    def question(desk: Desk) -> int:
        asked.append(desk)
        return len(asked)

    with session.answering(question):
        session.ask(owner, question, answers.append, key="first")
    qtbot.waitUntil(lambda: answers == [1])
    assert asked == [session.desk]
    session.ask(owner, question, answers.append, key="again")
    qtbot.waitUntil(lambda: answers == [1, 2])


def test_a_question_nobody_asked_within_is_not_kept(session: Session, qtbot: QtBot) -> None:
    asked: list[int] = []
    answers: list[int] = []

    def question(_desk: Desk) -> int:
        asked.append(1)
        return len(asked)

    with session.answering(question):
        pass
    qtbot.waitUntil(lambda: session.jobs.pending() == 0)
    session.ask(QObject(session), question, answers.append)
    qtbot.waitUntil(lambda: answers == [2])


def test_an_early_question_that_fails_is_reported_to_who_asks(session: Session, qtbot: QtBot) -> None:
    failures: list[Exception] = []

    def question(_desk: Desk) -> int:
        raise ValueError("no answer")

    with session.answering(question):
        session.ask(QObject(session), question, lambda _answer: None, failed=failures.append)
    qtbot.waitUntil(lambda: len(failures) == 1)
    assert str(failures[0]) == "no answer"


def test_who_comes_second_waits_for_the_first() -> None:
    going, goes_on = threading.Event(), threading.Event()
    begun: list[int] = []

    def work() -> str:
        begun.append(1)
        going.set()
        assert goes_on.wait(30)
        return "answer"

    once = Once(work)
    answers: list[str] = []
    threads = [threading.Thread(target=lambda: answers.append(once())) for _number in range(2)]
    threads[0].start()
    assert going.wait(30)
    threads[1].start()
    goes_on.set()
    for thread in threads:
        thread.join(30)
    assert answers == ["answer", "answer"]
    assert len(begun) == 1


def test_work_that_failed_is_tried_again_by_who_comes_next() -> None:
    tries: list[int] = []

    def work() -> int:
        tries.append(1)
        if len(tries) == 1:
            raise OSError("not now")
        return 7

    once = Once(work)
    with pytest.raises(OSError, match="not now"):
        once()
    assert once() == 7
