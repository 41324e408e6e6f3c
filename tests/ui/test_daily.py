"""Merging two requests and noting days of delivery, in the window."""

from collections.abc import Callable
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk
from foiadesk.records import Channel
from foiadesk_ui.request_view import RequestView
from foiadesk_ui.session import Session

Story = Callable[[], Desk]


@pytest.fixture
def view(session: Session, story: Story, qtbot: QtBot) -> RequestView:
    """The first request, shown."""
    story()
    made = RequestView(session)
    session.changed.connect(made.refresh)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    with qtbot.waitSignal(made.shown):
        made.show_request(1)
    return made


def test_merging_says_what_it_does_then_does_it(view: RequestView, session: Session, qtbot: QtBot) -> None:
    view.merge.ask(1, 2)
    qtbot.waitUntil(view.merge.isVisible)
    assert "Merge Face recognition contracts · ICE into Face recognition contracts · CBP?" in view.merge.head.text()
    assert "1 event is on both" in view.merge.about.text() and "different offices" in view.merge.notes.text()
    with qtbot.waitSignal(session.navigate) as gone:
        view.merge.go.click()
    assert gone.args == ["request", {"id": 2}] and session.desk.requests.get(1).trashed
    assert not view.merge.isVisible()
    assert session.desk.requests.events(1) == () and len(session.desk.requests.events(2)) == 1


def test_another_request_takes_the_question_away(view: RequestView, qtbot: QtBot) -> None:
    view.merge.ask(1, 2)
    qtbot.waitUntil(view.merge.isVisible)
    view.show_request(3)
    assert not view.merge.isVisible()


def test_a_sent_letter_gets_a_postmark(view: RequestView, session: Session, qtbot: QtBot) -> None:
    desk = session.desk
    draft = desk.letters.start("policy_request", 1).primary
    with qtbot.waitSignal(view.shown):
        session.act(
            view,
            lambda one: one.letters.mark_sent(draft, channel=Channel.MAIL, on=date(2026, 2, 2), with_blanks=True),
        )
    letters = view.letters
    qtbot.waitUntil(lambda: any("Sent" in letters._state(one) for one in letters.table.records_model.records))
    letters.table.select_first()
    assert letters.days.isEnabled()
    letters.days.click()
    panel = letters.delivery
    panel.postmark.set_day(date(2026, 2, 1))
    panel.postmark.edited.emit()
    assert "dated" in panel.warning.text() and not panel.confirm.isEnabled()
    panel.postmark.set_day(date(2026, 2, 4))
    panel.by_hand.set_day(date(2026, 2, 12))
    panel.by_hand.edited.emit()
    assert "after today" in panel.warning.text()
    panel.by_hand.set_day(None)
    panel.by_hand.edited.emit()
    with qtbot.waitSignal(session.acted):
        panel.confirm.click()
    qtbot.waitUntil(lambda: any("Postmarked" in letters._state(one) for one in letters.table.records_model.records))
