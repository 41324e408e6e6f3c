"""Campaigns: offices side by side, answers item by item, pictures with their tables, saved and printed."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog

from foiadesk_ui.campaigns_page import ANSWERS, TIMES, WAITS, CampaignsPage
from foiadesk_ui.request_view import TABS, RequestView


@pytest.fixture
def page(session, story, qtbot):
    desk = story()
    for request in (1, 2):
        desk.requests.add_event(request, {"kind": "request_received", "date": "2025-12-01", "office": "proper"})
    desk.requests.add_event(2, {"kind": "determination", "date": "2026-01-20", "outcome": "no_records"})
    found = CampaignsPage(session)
    session.changed.connect(found.refresh)
    qtbot.addWidget(found)
    found.resize(1100, 700)
    found.show()
    qtbot.waitUntil(lambda: found.offices.model().rowCount() == 3)
    return found


def test_an_empty_desk_offers_the_first_request(session, qtbot):
    page = CampaignsPage(session)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.empty.isVisible)
    with qtbot.waitSignal(session.navigate) as went:
        page.empty.button.click()
    assert went.args[0] == "new_request"


def test_the_late_office_stands_first_and_opens_its_request(session, page, qtbot):
    model = page.offices.model()
    assert [model.index(row, 0).data() for row in range(3)] == ["ICE", "PRIV", "CBP"]
    assert model.index(0, 1).data() == "42 days late"  # twenty working days after 1 December, without Christmas
    assert page.summary.text() == "3 offices · 1 answered · 1 late"
    page.offices.select_first()
    with qtbot.waitSignal(session.navigate) as went:
        qtbot.keyClick(page.offices, Qt.Key.Key_Return)
    assert went.args == ["request", {"id": 1}]


def test_answers_stand_item_by_item(page):
    page.tabs.setCurrentIndex(ANSWERS)
    model = page.matrix.model()
    heads = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(3)]
    assert heads == ["Office", "1. All contracts.", "2. All policies."]
    rows = {model.index(row, 0).data(): model.index(row, 1).data() for row in range(3)}
    assert rows == {"ICE": "No answer yet", "PRIV": "No answer yet", "CBP": "No records found"}


@pytest.mark.parametrize("tab", [WAITS, TIMES])
def test_a_picture_has_words_and_a_table_for_those_who_cannot_see_it(page, qtbot, tab):
    page.tabs.setCurrentIndex(tab)
    view = page.waits if tab == WAITS else page.times
    qtbot.waitUntil(lambda: view.canvas.scene is not None)
    assert view.canvas.accessibleName() == view.canvas.scene.title
    assert "ICE" in view.canvas.accessibleDescription()
    qtbot.mouseClick(view.as_table, Qt.MouseButton.LeftButton)
    assert view.table.isVisible()
    assert view.table.model().rowCount() == len(view.canvas.scene.rows) > 0
    qtbot.mouseClick(view.as_table, Qt.MouseButton.LeftButton)
    assert view.canvas.isVisible()


def test_a_picture_is_saved_as_svg_and_png(page, session, qtbot, tmp_path: Path, monkeypatch):
    page.tabs.setCurrentIndex(WAITS)
    qtbot.waitUntil(lambda: page.waits.canvas.scene is not None)
    for name in ("waits.svg", "waits.png"):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, name=name: (str(tmp_path / name), ""))
        with qtbot.waitSignal(session.told):
            page.waits.save_picture()
    assert ElementTree.parse(tmp_path / "waits.svg").getroot().tag.endswith("svg")
    image = QImage(str(tmp_path / "waits.png"))
    assert image.width() == round(page.waits.canvas.scene.width * 2)
    corner = image.pixelColor(0, image.height() - 1)
    assert any(
        image.pixelColor(x, y) != corner for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)
    )


def test_a_picture_follows_the_width(page, qtbot):
    page.tabs.setCurrentIndex(WAITS)
    qtbot.waitUntil(lambda: page.waits.canvas.scene is not None)
    before = page.waits.canvas.scene.width
    page.resize(900, 700)
    qtbot.waitUntil(lambda: page.waits.canvas.scene.width < before)


def test_a_change_is_seen_at_once(page, session, qtbot):
    session.act(page, lambda desk: desk.requests.add_event(1, {"kind": "determination", "date": "2026-02-09",
                                                              "outcome": "full_denial"}))  # fmt: skip
    qtbot.waitUntil(lambda: page.summary.text() == "3 offices · 2 answered · 0 late")


def test_the_life_of_a_request_is_drawn_when_its_tab_is_looked_at(session, story, qtbot):
    story()
    view = RequestView(session)
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.show()
    view.show_request(1, "life")
    qtbot.waitUntil(lambda: view.life.view.canvas.scene is not None)
    scene = view.life.view.canvas.scene
    assert scene.title == "Face recognition contracts · ICE"
    assert [row[1] for row in scene.rows][:1] == ["Request sent through the portal"]
    assert view.tabs.tabText(TABS.index("life")) == "Life"
