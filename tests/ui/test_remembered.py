"""Lines between parts, columns left out and the order of rows are there again, remembered inside the desk."""

import json
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk, IncomingFile
from foiadesk_ui.session import Session
from foiadesk_ui.window import MainWindow

Story = Callable[[], Desk]


@pytest.fixture
def desk_with_files(story: Story) -> Desk:
    """Two stored files."""
    desk = story()
    for name in ("alpha.txt", "beta.txt"):
        desk.filing.file(IncomingFile(name, name.encode()), 1)
    return desk


def opened(session: Session, qtbot: QtBot) -> MainWindow:
    window = MainWindow(session, lambda: None)
    qtbot.addWidget(window)
    window.restore(session.desk.settings.layout("window"))
    window.resize(1280, 800)
    window.show()
    window.open_page("documents", {})
    qtbot.waitUntil(lambda: window.page("documents").table.model().rowCount() == 2)  # type: ignore[attr-defined]
    return window


def test_what_was_arranged_is_there_again(session: Session, desk_with_files: Desk, qtbot: QtBot) -> None:
    first = opened(session, qtbot)
    page = first.page("documents")
    table, split = page.table, page.split  # type: ignore[attr-defined]
    table.setFocus()
    table.choose_columns(table.mapToGlobal(QPoint(8, 8)))
    (menu,) = table.findChildren(QMenu)
    next(one for one in menu.actions() if one.text() == "SHA-256").trigger()
    menu.close()
    assert table.isColumnHidden(3)
    table.horizontalHeader().sectionClicked.emit(0)
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    split.setSizes([150, split.height() - 150])
    split.splitterMoved.emit(150, 1)
    share = split.sizes()[0] / sum(split.sizes())
    first.hand_over()
    qtbot.waitUntil(lambda: "places" in session.desk.settings.layout("window"))
    again = opened(session, qtbot)
    page = again.page("documents")
    table, split = page.table, page.split  # type: ignore[attr-defined]
    assert table.isColumnHidden(3) and not table.isColumnHidden(2)
    assert table.horizontalHeader().sortIndicatorSection() == 0 and table.model().index(0, 0).data() == "alpha.txt"
    assert abs(split.sizes()[0] / sum(split.sizes()) - share) < 0.05
    again.open_page("today", {})
    again.hand_over()
    qtbot.waitUntil(lambda: '"today"' in session.desk.settings.layout("window").replace('"page": "today"', ""))
    kept = json.loads(session.desk.settings.layout("window"))["places"]
    assert kept["documents"]["tables"][0]["hidden"] == [3] and kept["today"] == {}


@pytest.mark.parametrize(
    "places",
    [
        '{"places": {"documents": {"lines": 3, "tables": [{"columns": 2, "hidden": [1]}]}}}',
        '{"places": {"documents": {"lines": [["a", "b"]], '
        '"tables": [{"columns": 6, "hidden": [0, 99, "x"], "order": [77, 0]}]}}}',
        '{"places": []}',
        "[]",
        "no json",
    ],
)
def test_an_odd_memory_changes_nothing(session: Session, desk_with_files: Desk, qtbot: QtBot, places: str) -> None:
    session.desk.settings.put_layout("window", places)
    table = opened(session, qtbot).page("documents").table  # type: ignore[attr-defined]
    assert not any(table.isColumnHidden(number) for number in range(6))
    assert table.horizontalHeader().sortIndicatorSection() == 4
