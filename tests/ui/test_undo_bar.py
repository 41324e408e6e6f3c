"""The bar at the foot: what was done, and what it closes, marked and kept until it is read."""

from pytestqt.qtbot import QtBot

from foiadesk.desk import Change
from foiadesk_ui.session import Session
from foiadesk_ui.undo_bar import UndoBar


def test_an_alert_is_a_sentence_of_its_own_with_a_mark_and_stays(session: Session, qtbot: QtBot) -> None:
    bar = UndoBar(session)
    qtbot.addWidget(bar)
    session.acted.emit(Change("Logged a determination", alerts=("This closes the way to court.",)))
    assert bar.sentence() == "Logged a determination. This closes the way to court."
    assert bar._mark.isVisibleTo(bar)
    assert not bar._timer.isActive()
    session.acted.emit(Change("Logged a call"))
    assert bar.sentence() == "Logged a call"
    assert not bar._mark.isVisibleTo(bar)
    assert bar._timer.isActive()


def test_what_cannot_be_is_said_with_its_event_in_words_and_stays(session: Session, qtbot: QtBot) -> None:
    bar = UndoBar(session)
    qtbot.addWidget(bar)
    impossible = "request_received of 1 Dec 2025 is dated before the request was sent on 5 Jan 2026."
    session.acted.emit(Change("Agency received the request", warnings=(impossible,)))
    assert bar.sentence() == (
        "Agency received the request. Agency received the request of 1 Dec 2025 is dated before the request was sent "
        "on 5 Jan 2026."
    )
    assert bar._mark.isVisibleTo(bar)
    assert not bar._timer.isActive()


def test_undo_is_offered_only_while_it_takes_back_what_the_bar_tells_of(session: Session, qtbot: QtBot) -> None:
    bar = UndoBar(session)
    qtbot.addWidget(bar)
    session.acted.emit(Change("Filed a denial", alerts=("This closes the way to court.",)))
    bar.show_next_undo("Filed a denial")
    assert bar._undo.isVisibleTo(bar)
    bar.show_next_undo("Began an appeal")  # said by nothing: a draft begins by itself
    assert bar.sentence()
    assert not bar._undo.isVisibleTo(bar)
    session.acted.emit(Change("Logged a call"))
    bar.show_next_undo("Logged a call")
    assert bar._undo.isVisibleTo(bar)
