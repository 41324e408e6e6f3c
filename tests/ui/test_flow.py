"""Rows that wrap, parts that say what they need, tables that scroll sideways before their columns vanish."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.beside import Beside
from foiadesk_ui.flow import Flow
from foiadesk_ui.least import PageStack, Tight, least_height
from foiadesk_ui.low_scroll import LowScroll
from foiadesk_ui.records_table import Column, RecordsTable
from foiadesk_ui.wrapped_button import WrappedButton

WORDS = "Words that go on for more than one line where there is little width. " * 3


def bar(qtbot, *texts: str, stretch: int = -1) -> tuple[QWidget, list[QPushButton]]:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = Flow(holder, gap=8)
    buttons = []
    for at, text in enumerate(texts):
        if at == stretch:
            flow.addStretch()
        buttons.append(QPushButton(text, holder))
        flow.addWidget(buttons[-1])
    holder.show()
    return holder, buttons


def across(buttons: list[QPushButton], gap: int = 8) -> int:
    return sum(one.sizeHint().width() for one in buttons) + gap * (len(buttons) - 1)


def laid_out(holder: QWidget, width: int) -> None:
    holder.resize(width, holder.heightForWidth(width))
    QApplication.processEvents()


def test_what_comes_after_the_stretch_stands_at_the_far_end_and_then_on_a_row_of_its_own(qtbot):
    holder, (first, second, third) = bar(qtbot, "One", "Two", "Three", stretch=1)
    wide = across([first, second, third]) + 100
    laid_out(holder, wide)
    assert first.y() == second.y() == third.y()
    assert first.x() == 0 and third.geometry().right() == wide - 1
    narrow = across([second, third]) + 4
    laid_out(holder, narrow)
    assert first.x() == 0 and second.y() == third.y() > first.geometry().bottom()
    assert third.geometry().right() == narrow - 1


def test_it_is_mirrored_from_right_to_left(qtbot):
    holder, (first, second) = bar(qtbot, "One", "Two", stretch=1)
    holder.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    wide = across([first, second]) + 100
    laid_out(holder, wide)
    assert first.geometry().right() == wide - 1 and second.x() == 0


def test_between_two_stretches_everything_stands_in_the_middle(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    flow, button = Flow(holder), QPushButton("One", holder)
    flow.addStretch()
    flow.addWidget(button)
    flow.addStretch()
    holder.show()
    laid_out(holder, 400)
    assert abs(button.geometry().center().x() - 200) <= 1


def test_one_that_grows_takes_the_rest_but_no_more_than_it_may(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    flow, line, button = Flow(holder, gap=8), QLineEdit(holder), QPushButton("Go", holder)
    flow.addWidget(line, 1)
    flow.addWidget(button)
    holder.show()
    laid_out(holder, 600)
    assert line.width() == 600 - 8 - button.width()
    line.setMaximumWidth(300)
    laid_out(holder, 601)
    assert line.width() == 300 and button.x() == 308


def test_one_widget_takes_the_place_of_another(qtbot):
    holder, (first, second) = bar(qtbot, "One", "Two")
    other = QPushButton("Another", holder)
    flow = holder.layout()
    assert isinstance(flow, Flow)
    flow.replace(first, other)
    first.hide()
    other.show()
    laid_out(holder, 600)
    assert other.x() == 0 and second.x() == other.width() + 8


def test_a_part_is_as_high_as_its_text_at_that_width(qtbot):
    part = Tight()
    qtbot.addWidget(part)
    column = QVBoxLayout(part)
    label = QLabel(WORDS, part)
    label.setWordWrap(True)
    column.addWidget(label)
    part.resize(600, 400)
    part.show()
    wide = part.minimumSizeHint().height()
    part.resize(200, 400)
    assert part.minimumSizeHint().height() > wide
    assert least_height(part, 600) == wide
    assert Tight().minimumSizeHint().height() >= 0  # empty: it asks nobody


def test_of_a_stack_only_the_page_that_shows_counts(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    stack = PageStack(holder)
    for high in (50, 400):
        page = QWidget(stack)
        page.setMinimumSize(100, high)
        stack.addWidget(page)
    stack.resize(300, 500)
    holder.show()
    assert stack.minimumSizeHint().height() == 50
    stack.setCurrentIndex(1)
    assert stack.minimumSizeHint().height() == 400


def test_parts_beside_one_another_keep_what_they_need(qtbot):
    left, right = QWidget(), QLabel(WORDS)
    right.setWordWrap(True)
    QVBoxLayout(left).addWidget(QPushButton("A button with a good many words on it", left))
    both = Beside(left, right, narrow=300, shares=(1, 9))
    area = LowScroll(both, sideways=True)
    qtbot.addWidget(area)
    area.resize(900, 300)
    area.show()
    assert left.width() >= left.minimumSizeHint().width()
    area.resize(left.width() + 20, 300)
    qtbot.waitUntil(lambda: both.orientation() is Qt.Orientation.Vertical)
    qtbot.waitUntil(lambda: right.height() >= right.heightForWidth(right.width()))
    assert area.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("scale", [100, 200])
def test_a_column_that_shares_the_rest_never_vanishes(qapp, qtbot, scale):
    theme.apply(qapp, "light", scale)
    table = RecordsTable(
        (Column("What it is about", str), Column("Due", str, 120), Column("Sent", str, 120)),
        lambda one: one,
        name="Things",
    )
    qtbot.addWidget(table)
    table.set_records(("one", "two"))
    table.show_rows(2)
    table.resize(1400, table.height())
    table.show()
    head = table.horizontalHeader()
    assert table.horizontalScrollBar().maximum() == 0
    rows = table.height()
    table.resize(260, rows)
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() > 0)
    assert head.sectionSize(0) >= head.sectionSizeHint(0)
    assert table.height() > rows  # the bar below hides no row
    theme.apply(qapp, "light", 100)


def test_a_ticks_words_wrap_and_are_as_faint_as_it(qtbot):
    tick = QCheckBox()
    line = WrappedButton(tick, WORDS)
    qtbot.addWidget(line)
    line.resize(200, line.heightForWidth(200))
    line.show()
    assert line.words.height() > 2 * line.fontMetrics().height()
    tick.setEnabled(False)
    assert not line.words.isEnabled()
    tick.setEnabled(True)
    assert line.words.isEnabled()
