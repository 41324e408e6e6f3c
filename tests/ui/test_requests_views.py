"""Views of the list of requests: kept by name, shown again, and what rows tell; remembered inside the desk."""

import json
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk, RequestFilter, SavedView
from foiadesk.records import Stage
from foiadesk_ui.requests_delegate import row_lines
from foiadesk_ui.requests_page import LAYOUT, RequestsPage
from foiadesk_ui.session import Session

Story = Callable[[], Desk]


@pytest.fixture
def page(session: Session, story: Story, qtbot: QtBot) -> RequestsPage:
    """The page with its list loaded."""
    story()
    made = RequestsPage(session)
    session.changed.connect(made.refresh)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    made.open()
    qtbot.waitUntil(lambda: made.model.count == 3)
    return made


def _action(page: RequestsPage, text: str) -> None:
    next(one for one in page.views.menu().actions() if one.text() == text).trigger()


def test_what_the_list_shows_is_kept_by_name_and_shown_again(
    page: RequestsPage, session: Session, qtbot: QtBot
) -> None:
    page.filter.setText("ICE")
    page.group.set_value("none")
    page.views.set_shown(("due", "number"))
    _action(page, "Save this view…")
    assert page.views.line.isVisible()
    qtbot.keyClicks(page.views.line.name, "Of ICE")
    with qtbot.waitSignal(session.acted):
        qtbot.keyClick(page.views.line.name, Qt.Key.Key_Return)
    (kept,) = session.desk.views.all()
    assert (kept.name, kept.filter.text, kept.group, kept.show) == ("Of ICE", "ICE", "none", ("number", "due"))
    qtbot.waitUntil(lambda: [one.name for one in page.views.saved] == ["Of ICE"])
    page.filter.clear()
    page.group.set_value("campaign")
    page.views.set_shown(())
    qtbot.waitUntil(lambda: page.model.count == 3)
    _action(page, "Of ICE")
    qtbot.waitUntil(lambda: page.list.delegate.group == "none" and page.list.delegate.show == ("number", "due"))
    assert page.filter.text() == "ICE"
    session.act(page, lambda desk: desk.views.remove(kept.id))
    qtbot.waitUntil(lambda: page.views.saved == ())


def test_a_view_of_several_stages_and_one_office_is_shown_until_something_else_is_chosen(
    page: RequestsPage, qtbot: QtBot
) -> None:
    wanted = RequestFilter(stages=(Stage.OVERDUE, Stage.SENT), office="DHS/CBP")
    page.show_view(SavedView("x", wanted))
    qtbot.waitUntil(lambda: page.model.count == 1)
    assert page.wanted_filter() == wanted
    page.stage.chosen.emit("")
    qtbot.waitUntil(lambda: page.model.count == 3)
    page.show_view(SavedView("x", wanted))
    page._clear_filter()
    qtbot.waitUntil(lambda: page.model.count == 3)


def test_rows_tell_what_was_chosen(session: Session, story: Story) -> None:
    desk = story()
    row = desk.requests.rows([1])[0]
    assert row_lines(row, "none", ("sent", "campaign"))[2] == "ICE · Face recognition contracts · sent 1 Dec"
    assert row_lines(row, "campaign", ("turn", "stage"))[2] == "Overdue · the agency’s turn"
    assert row_lines(row, "none", ("due",))[2].startswith("ICE · due ")


def test_filter_and_rows_are_remembered_inside_the_desk(page: RequestsPage, session: Session, qtbot: QtBot) -> None:
    page.filter.setText("CBP")
    page.views._tell("turn")
    page._keep_layout()
    qtbot.waitUntil(lambda: "CBP" in session.desk.settings.layout(LAYOUT))
    assert json.loads(session.desk.settings.layout(LAYOUT))["show"] == ["turn"]
    again = RequestsPage(session)
    qtbot.addWidget(again)
    qtbot.waitUntil(lambda: again.filter.text() == "CBP" and again.views.shown() == ("turn",))
