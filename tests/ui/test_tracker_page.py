"""A spreadsheet brought in through the window: columns named, rows seen, offices meant, one undo."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk
from foiadesk_ui.session import Session
from foiadesk_ui.tracker_page import SAMPLE, TrackerPage

Story = Callable[[], Desk]


@pytest.fixture
def page(session: Session, story: Story, qtbot: QtBot, tmp_path: Path) -> TrackerPage:
    """The page with a table of three rows, one of them to an office nobody knows."""
    story()
    made = TrackerPage(session)
    session.changed.connect(made.refresh)
    qtbot.addWidget(made)
    made.resize(968, 540)
    made.show()
    assert made.empty.isVisible() and made.primary() is None
    file = tmp_path / "tracker.csv"
    file.write_text(SAMPLE.replace("2026-03-02", "2026-02-09"), encoding="utf-8")
    made.take(file)
    qtbot.waitUntil(lambda: made._plan is not None)
    return made


def test_rows_are_seen_and_a_bad_one_is_left_out_only_when_said(
    page: TrackerPage, session: Session, qtbot: QtBot
) -> None:
    assert [page.table.model().index(at, 2).data() for at in range(3)] == ["DHS/CBP", "DOJ/BOP", "Office of Lists"]
    assert "Owner" in page.left_columns.text() and page.leave_out.isVisible() and page.primary() is None
    page.leave_out.click()
    primary = page.primary()
    assert primary is not None and primary.label == "Bring in 2 requests"
    with qtbot.waitSignal(session.navigate) as gone:
        primary.run()
    assert gone.args[0] == "requests" and len(session.desk.requests.ids()) == 5
    assert page.empty.isVisible() and page.primary() is None
    session.undo()
    qtbot.waitUntil(lambda: len(session.desk.requests.ids()) == 3)


def test_an_unknown_office_is_meant_and_columns_are_changed(page: TrackerPage, qtbot: QtBot) -> None:
    (name,) = page.fields.offices
    assert name == "Office of Lists"
    box = page.fields.offices[name]
    assert box.count() > 1
    box.setCurrentIndex(1)
    box.activated.emit(1)
    qtbot.waitUntil(lambda: bool(page._plan and len(page._plan.good) == 3))
    assert page.ready() == 3 and not page.leave_out.isVisible()
    assert page.fields.offices[name].currentData() == page.fields.mapping().offices[name]
    page.fields.rest.click()
    qtbot.waitUntil(lambda: page.left_columns.isHidden())
    title = page.fields.columns["title"]
    title.setCurrentIndex(0)
    title.activated.emit(0)
    qtbot.waitUntil(page.trouble.isVisible)
    assert "title" in page.trouble.text() and page.ready() == 0


def test_a_file_that_is_no_table_is_said(page: TrackerPage, session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("\n")
    with qtbot.waitSignal(session.trouble) as said:
        page.take(tmp_path / "empty.csv")
    assert "no table" in str(said.args[0])
