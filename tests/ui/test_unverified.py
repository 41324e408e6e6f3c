"""Every page that shows a date resting on an unverified rule says so in words, and nothing beside verified dates."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk, RequestPlan
from foiadesk.records import Requester, Signer
from foiadesk_ui.campaigns_page import CampaignsPage
from foiadesk_ui.deadlines_page import DeadlinesPage
from foiadesk_ui.exhaustion_page import WHAT_IF, ExhaustionPage
from foiadesk_ui.records_table import BELOW_ROLE
from foiadesk_ui.request_facts import read_facts
from foiadesk_ui.request_header import RequestHeader
from foiadesk_ui.requests_delegate import row_lines
from foiadesk_ui.requests_model import RequestsModel, row_sentence
from foiadesk_ui.session import Session
from foiadesk_ui.today_page import TodayPage

WORDS = "unverified rule"
RULE = "28 CFR 16.8"
NO_SOURCE = "its text was not compared with a source"
TIP = Qt.ItemDataRole.ToolTipRole


@pytest.fixture
def denials(desk: Desk) -> tuple[int, int]:
    """The FBI and ICE denied on 1 December 2025: Justice's time to appeal is by an unverified rule, DHS's is not."""
    who = desk.people.add(Requester("Harbor Watch", signers=(Signer("Ana Reyes"),))).primary
    made = desk.requests.create(RequestPlan("Watch lists", ("All lists.",), ("DOJ/FBI", "DHS/ICE"), (who,)))
    first, second = sorted(made.ids["request"])
    for request in (first, second):
        desk.requests.add_event(request, {"kind": "request_received", "date": "2025-11-17", "office": "proper"})
        desk.requests.add_event(request, {"kind": "determination", "date": "2025-12-01", "outcome": "full_denial"})
    return first, second


def test_deadlines_say_it_in_the_list_and_in_the_month(
    session: Session, desk: Desk, denials: tuple[int, int], qtbot: QtBot
) -> None:
    page = DeadlinesPage(session)
    qtbot.addWidget(page)
    model = page.table.records_model
    qtbot.waitUntil(lambda: bool(model.records))
    said = {}
    for place, row in enumerate(model.records):
        index = model.index(place, 0)
        said[row.request] = WORDS in index.data(BELOW_ROLE)
        tip = index.data(TIP)
        assert (RULE in tip and NO_SOURCE in tip) is said[row.request]
        assert row.due is not None
        assert (WORDS in page.grid.words(row.due)) is said[row.request]
    assert said == {denials[0]: True, denials[1]: False}


def test_today_says_it_in_the_row_and_in_the_strip(
    session: Session, desk: Desk, denials: tuple[int, int], qtbot: QtBot
) -> None:
    page = TodayPage(session)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.open()
    page.show()
    qtbot.waitUntil(lambda: len(page.needs.widgets()) == 2)
    for widget in page.needs.widgets():
        subject, unsure = widget.subject, widget.row.request == denials[0]
        assert (WORDS in subject.accessibleDescription()) is unsure
        assert (RULE in subject.toolTip() and NO_SOURCE in subject.toolTip()) is unsure
    strip = [page.strip.words(number) for number in range(42)]
    (justice,) = [said for said in strip if "FBI" in said]
    assert WORDS in justice and sum(WORDS in said for said in strip) == 1


def test_the_request_and_its_line_in_the_list_say_it(
    session: Session, desk: Desk, denials: tuple[int, int], qtbot: QtBot
) -> None:
    header = RequestHeader()
    qtbot.addWidget(header)
    model = RequestsModel(lambda ids, answer: answer(desk.requests.rows(ids)))
    model.set_list(desk.requests.ids())
    model.data(model.index(0, 0))
    qtbot.waitUntil(lambda: model.request_row(0) is not None)
    for request in denials:
        unsure = request == denials[0]
        header.show_facts(read_facts(desk, request))
        assert (WORDS in header.bar.words()[0]) is unsure
        assert (WORDS in header.bar.accessibleName()) is unsure
        assert (RULE in header.bar.toolTip() and NO_SOURCE in header.bar.toolTip()) is unsure
        assert (NO_SOURCE in header.standing.toolTip()) is unsure  # appeal before suing: by the same rule
        place = model.row_of(request)
        row = model.request_row(place)
        assert row is not None
        assert (WORDS in row_lines(row, "campaign")[3]) is unsure
        assert (WORDS in row_sentence(row)) is unsure
        assert (RULE in model.data(model.index(place, 0), TIP)) is unsure


def test_the_board_and_the_planner_say_it(session: Session, desk: Desk, denials: tuple[int, int], qtbot: QtBot) -> None:
    page = ExhaustionPage(session)
    qtbot.addWidget(page)
    page.resize(1080, 740)
    page.show()
    qtbot.waitUntil(page.split.isVisible)
    board = page.list.board
    for request in denials:
        unsure, index = request == denials[0], board.index_of(request)
        assert (WORDS in index.data(BELOW_ROLE)) is unsure
        assert (NO_SOURCE in index.data(TIP)) is unsure
        assert (WORDS in index.data(Qt.ItemDataRole.AccessibleTextRole)) is unsure
        page.list.choose([request])
        assert page.detail.unverified.isVisibleTo(page.detail) is unsure
        assert (NO_SOURCE in page.detail.unverified.text()) is unsure
    with qtbot.waitSignal(page.planner.counted):
        page.list.choose(denials)
        page.tabs.setCurrentIndex(WHAT_IF)
    model = page.planner.table.records_model
    said = {
        pair.now.request: WORDS in model.index(place, 0).data(BELOW_ROLE)
        and NO_SOURCE in model.index(place, 2).data(TIP)
        for place, pair in enumerate(model.records)
    }
    assert said == {denials[0]: True, denials[1]: False}


def test_a_campaign_says_it_of_its_offices(
    session: Session, desk: Desk, denials: tuple[int, int], qtbot: QtBot
) -> None:
    page = CampaignsPage(session)
    qtbot.addWidget(page)
    page.show()
    model = page.offices.records_model
    qtbot.waitUntil(lambda: len(model.records) == 2)
    said = {
        row.request: WORDS in model.index(place, 1).data(BELOW_ROLE) and RULE in model.index(place, 1).data(TIP)
        for place, row in enumerate(model.records)
    }
    assert said == {denials[0]: True, denials[1]: False}
