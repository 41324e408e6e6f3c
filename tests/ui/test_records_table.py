"""Where a table has too little width, columns of least worth make way; what a person asked for stays."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from foiadesk.desk import IncomingFile
from foiadesk_ui import theme
from foiadesk_ui.documents_page import DocumentsPage
from foiadesk_ui.records_table import Column, RecordsTable

PLENTY, LESS, LITTLE = 700, 385, 260


@pytest.fixture
def table(qtbot):
    made = RecordsTable(
        (
            Column("File", str),
            Column("Where from", str, 130, spare=1),
            Column("SHA-256", str, 120, spare=2),
            Column("Size", str, 80, number=True),
        ),
        lambda row: row,
        name="Files",
    )
    made.set_records(("one", "two"))
    made.resize(PLENTY, 200)
    qtbot.addWidget(made)
    made.show()
    return made


def shown(table):
    return [column.title for at, column in enumerate(table.records_model.columns) if not table.isColumnHidden(at)]


def choose(table, title):
    """Take a column's entry in the menu of columns."""
    table.choose_columns(table.mapToGlobal(QPoint(8, 8)))
    menu = table.findChildren(QMenu)[-1]
    next(one for one in menu.actions() if one.text() == title).trigger()
    menu.close()


def test_the_columns_of_least_worth_make_way_in_their_order_and_come_back(table):
    assert shown(table) == ["File", "Where from", "SHA-256", "Size"]
    table.resize(LESS, 200)
    assert shown(table) == ["File", "Where from", "Size"] and table.horizontalScrollBar().maximum() == 0
    table.resize(LITTLE, 200)
    assert shown(table) == ["File", "Size"] and table.horizontalScrollBar().maximum() == 0
    table.resize(PLENTY, 200)
    assert shown(table) == ["File", "Where from", "SHA-256", "Size"]
    assert table.columnWidth(2) >= 100


def test_what_made_way_is_nothing_a_person_arranged(table):
    table.resize(LITTLE, 200)
    assert table.arranged() == {}
    choose(table, "Size")
    assert table.arranged()["hidden"] == [3]
    table.resize(PLENTY, 200)
    assert shown(table) == ["File", "Where from", "SHA-256"]


def test_a_column_a_person_asked_for_stays_and_is_remembered(table, qtbot):
    table.resize(LITTLE, 200)
    choose(table, "SHA-256")
    assert shown(table) == ["File", "SHA-256", "Size"]
    table.resize(LITTLE - 1, 200)
    assert shown(table) == ["File", "SHA-256", "Size"]
    again = RecordsTable(table.records_model.columns, lambda row: row, name="Files")
    qtbot.addWidget(again)
    again.resize(LITTLE, 200)
    again.arrange(table.arranged())
    again.show()
    assert shown(again) == ["File", "SHA-256", "Size"]


def test_with_large_text_in_a_small_window_no_column_of_the_documents_is_cut(story, session, qapp, qtbot):
    desk = story()
    desk.filing.file(IncomingFile("alpha.txt", b"alpha"), 1)
    theme.apply(qapp, "light", 150)
    try:
        page = DocumentsPage(session)
        qtbot.addWidget(page)
        page.resize(958, 540)  # beside the icons and below the header of a window of 1024 by 600
        page.show()
        page.open()
        table = page.table
        qtbot.waitUntil(lambda: table.model().rowCount() > 0)
        assert table.horizontalScrollBar().maximum() == 0
        assert table.isColumnHidden(3) and not table.isColumnHidden(0) and not table.isColumnHidden(5)
    finally:
        theme.apply(qapp, "light", 100)
