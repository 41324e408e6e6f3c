"""Chips in text boxes: a fact shows its value, is kept by its name, and moves as one thing."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from foiadesk.desk import MergeFact, Snippet
from foiadesk_ui import insert_menu
from foiadesk_ui.insert_menu import Inserter
from foiadesk_ui.item_list import ItemList
from foiadesk_ui.merge_line import MergeLine
from foiadesk_ui.merge_text import HOLDER, Facts, MergeText


@pytest.fixture
def facts() -> Facts:
    made = Facts()
    made.show((MergeFact("office", "Office", "ICE"), MergeFact("due", "Day due", "")))
    return made


@pytest.fixture
def box(facts: Facts, qtbot: QtBot) -> MergeText:
    made = MergeText(facts=facts)
    qtbot.addWidget(made)
    made.show()
    return made


def test_names_are_shown_as_chips_and_kept_as_names(box: MergeText, facts: Facts) -> None:
    edits: list[None] = []
    box.edited.connect(lambda: edits.append(None))
    box.set_text("😀 To {office} by {due},\nor {whoever}. {{office}}")
    assert box.toPlainText() == f"😀 To {HOLDER} by {HOLDER},\nor {HOLDER}. {{{{office}}}}"
    assert box.text() == "😀 To {office} by {due},\nor {whoever}. {{office}}" and not edits
    assert box.chips() == ["office", "due", "whoever"]
    assert [facts.words(name) for name in box.chips()] == [("ICE", False), ("Day due", True), ("whoever", True)]
    assert facts.told("office") == "Office: ICE" and "blank in the letter" in facts.told("whoever")
    box.set_text("Plain")
    assert box.text() == box.toPlainText() == "Plain"


def test_a_typed_name_becomes_a_chip_and_backspace_takes_it_whole(box: MergeText, qtbot: QtBot) -> None:
    qtbot.keyClicks(box, "To {office}")
    assert box.toPlainText() == f"To {HOLDER}"
    qtbot.keyClicks(box, " now")
    assert box.text() == "To {office} now"
    for _key in range(5):
        qtbot.keyClick(box, Qt.Key.Key_Backspace)
    assert box.text() == "To "
    box.undo()
    qtbot.keyClicks(box, "{Not} {9}")
    assert HOLDER not in box.toPlainText().replace(HOLDER, "", 1)


def test_copying_and_pasting_keep_the_names(box: MergeText, facts: Facts, qtbot: QtBot) -> None:
    box.set_text("a {office} b")
    box.select(2, 10)
    copied = box.createMimeDataFromSelection()
    assert copied.text() == "{office}"
    other = MergeText(facts=facts)
    qtbot.addWidget(other)
    other.insertFromMimeData(copied)
    other.insertFromMimeData(copied)
    assert other.chips() == ["office", "office"] and other.text() == "{office}{office}"


def test_a_drawn_chip_is_as_wide_as_its_words(box: MergeText, facts: Facts) -> None:
    box.set_text("{office}")
    narrow = box.document().idealWidth()
    before = box.grab().toImage()
    facts.show((MergeFact("office", "Office", "U.S. Immigration and Customs Enforcement"),))
    assert box.document().idealWidth() > narrow + 50
    assert box.grab().toImage() != before


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.text("{}ab_ 😀\n", max_size=30), st.integers(0, 30))
def test_places_and_halves_agree_with_the_text(box: MergeText, text: str, at: int) -> None:
    text = text.replace("a", "{office}", 2)
    box.set_text(text)
    assert box.text() == text
    at = min(at, len(text))
    cursor = box.textCursor()
    cursor.setPosition(box.place_of(at))
    box.setTextCursor(cursor)
    before, after = box.halves()
    assert before + after == text and len(before) <= at
    if at == len(text):
        assert after == ""


def test_items_are_split_and_joined_with_their_chips(facts: Facts, qtbot: QtBot) -> None:
    items = ItemList(facts=facts)
    qtbot.addWidget(items)
    items.set_items(("All of {office}, and {due}",))
    box = items.editors()[0]
    box.select(len("All of {office},"), len("All of {office},"))
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert items.items() == ("All of {office},", "and {due}")
    second = items.editors()[1]
    second.moveCursor(QTextCursor.MoveOperation.Start)
    qtbot.keyClick(second, Qt.Key.Key_Backspace)
    assert items.items() == ("All of {office},and {due}",)
    assert items.editors()[0].halves()[0] == "All of {office},"


def test_the_menu_puts_in_facts_and_snippets_and_keeps_a_selection(box: MergeText, facts: Facts, qtbot: QtBot) -> None:
    kept: list[str] = []
    inserter = Inserter(facts, kept.append, lambda: None)
    inserter.own = (Snippet("", "Mine & yours", "All «things» of {office}.", 1),)
    inserter.shipped = (Snippet("Numbers", "Counts", "Counts.", 0),)
    box.set_text("Start ")
    box.moveCursor(QTextCursor.MoveOperation.End)
    menu = QMenu()
    inserter.fill(menu, box)
    named = {action.text(): action for action in menu.actions()}
    assert not named["Keep the selected text as a snippet"].isEnabled()
    named["Mine && yours"].trigger()
    assert box.text() == "Start All «things» of {office}." and insert_menu.selected(box) == "«things»"
    under = named["Fact of the request"].menu()
    assert isinstance(under, QMenu)
    assert [action.text() for action in under.actions()] == ["Office: ICE", "Day due: not known yet"]
    again = QMenu()
    inserter.fill(again, box)
    next(action for action in again.actions() if "Keep" in action.text()).trigger()
    assert kept == ["«things»"]
    under.actions()[0].trigger()
    assert box.text() == "Start All {office} of {office}."


def test_a_line_stays_one_line_whatever_is_put_into_it(facts: Facts, qtbot: QtBot) -> None:
    line = MergeLine(facts=facts)
    qtbot.addWidget(line)
    line.resize(300, line.sizeHint().height())
    line.show()
    low = line.height()
    qtbot.keyClicks(line, "To {office}")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.keyClick(line, Qt.Key.Key_Enter)
    assert line.text() == "To {office}" and line.chips() == ["office"] and line.height() == low
    pasted = QMimeData()
    pasted.setText("\r\n, soon \r\n\r\n by {due}\u2028now\n")
    line.insertFromMimeData(pasted)
    assert line.text() == "To {office}, soon by {due} now" and line.chips() == ["office", "due"]
    assert "\n" not in line.toPlainText() and "\u2029" not in line.toPlainText()
    insert_menu.put(line, " One\nline «here»")
    assert line.text().endswith(" now One line «here»") and insert_menu.selected(line) == "«here»"
    line.put("word " * 30)
    assert line.height() > low  # it grows: nothing is hidden beside its edge
    for _turn in range(3):
        line.undo()
    assert line.text().startswith("To {office}")
