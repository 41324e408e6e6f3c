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
