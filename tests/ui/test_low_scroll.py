"""What is held takes the room there is, scrolls only below its least height, and never sideways."""

from PySide6.QtWidgets import QLabel, QTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from foiadesk_ui.low_scroll import LowScroll


def held(qtbot: QtBot) -> tuple[LowScroll, QTextEdit]:
    inside = QWidget()
    column = QVBoxLayout(inside)
    words = QLabel("Words that go on for more than one line where there is little width. " * 3)
    words.setWordWrap(True)
    column.addWidget(words)
    text = QTextEdit()
    text.setMinimumSize(200, 120)
    column.addWidget(text, 1)
    area = LowScroll(inside)
    qtbot.addWidget(area)
    return area, text


def test_it_does_not_scroll_while_the_least_fits(qtbot: QtBot) -> None:
    area, text = held(qtbot)
    liked, least = area.widget().layout().totalHeightForWidth(500), area.widget().layout().minimumHeightForWidth(500)
    assert liked > least + 10  # what a scroll area by itself would insist on
    area.resize(500, least)
    area.show()
    qtbot.waitUntil(lambda: area.widget().height() == least)
    assert area.verticalScrollBar().maximum() == 0
    area.resize(500, 700)
    assert (area.widget().width(), area.widget().height()) == (500, 700)
    assert text.height() > 500


def test_below_that_it_scrolls_down_and_when_more_is_needed(qtbot: QtBot) -> None:
    area, text = held(qtbot)
    area.resize(500, 160)
    area.show()
    before = area.verticalScrollBar().maximum()
    assert before > 0
    assert area.horizontalScrollBar().maximum() == 0
    text.setMinimumHeight(300)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == before + 180)
