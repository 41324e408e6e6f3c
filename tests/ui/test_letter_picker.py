"""Choosing a kind of letter: what fits first, why others do not, by word; and the menu of a request's letters."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk
from foiadesk.letters import kinds
from foiadesk.records import Stage
from foiadesk_ui.letter_picker import LetterPicker
from foiadesk_ui.letter_subject import find_or_start
from foiadesk_ui.next_steps import step_deed
from foiadesk_ui.requests_page import RequestsPage
from foiadesk_ui.session import Session


@pytest.fixture
def picker(qtbot: QtBot) -> LetterPicker:
    made = LetterPicker(kinds(), Stage.OVERDUE, "us-foia", first=("overdue_notice",))
    qtbot.addWidget(made)
    made.show()
    return made


def lines(picker: LetterPicker) -> list[str]:
    return [picker.list.item(row).text() for row in range(picker.list.count())]


def test_the_next_steps_letter_comes_first_then_what_fits_then_the_rest(picker: LetterPicker) -> None:
    assert picker.list.count() == len(kinds())
    assert lines(picker)[0] == "Overdue notice"
    below = [picker.list.item(row).toolTip().split("\n")[1].split(" · ")[0] for row in range(picker.list.count())]
    assert below == sorted(below, key=["Fits now", "Does not fit now"].index)
    assert set(below) == {"Fits now", "Does not fit now"}


def test_a_kind_that_does_not_fit_says_why_and_can_be_picked(picker: LetterPicker, qtbot: QtBot) -> None:
    picker.filter.setText("glomar")
    assert lines(picker) == ["Appeal of a Glomar answer"]
    kind = picker.current()
    assert kind is not None
    assert picker.reason.text() == kind.unfit and picker.reason.isVisible()
    assert "552" in picker.basis.text()
    with qtbot.waitSignal(picker.picked) as picked:
        qtbot.keyClick(picker.filter, Qt.Key.Key_Return)
    assert picked.args == ["appeal_glomar"]


def test_words_are_looked_for_in_what_a_letter_is_for_and_rests_on(picker: LetterPicker) -> None:
    picker.filter.setText("confidential sources")
    assert "Appeal: exemption 7(D)" in lines(picker)
    picker.filter.setText("no such word anywhere")
    assert lines(picker) == []
    assert not picker.choose.isEnabled() and not picker.title.isVisible()


def test_the_arrows_move_in_the_list_from_the_filter(picker: LetterPicker, qtbot: QtBot) -> None:
    qtbot.keyClick(picker.filter, Qt.Key.Key_Down)
    assert picker.list.currentRow() == 1


def test_the_menu_offers_the_next_letter_then_groups_of_what_fits(
    session: Session, story: Callable[[], Desk], qtbot: QtBot
) -> None:
    story()
    page = RequestsPage(session)
    qtbot.addWidget(page)
    page.resize(1280, 800)
    with qtbot.waitSignal(page.view.shown):
        page.show()
        page.open()
    tab = page.view.letters
    actions = [action for action in tab.menu.actions() if not action.isSeparator()]
    assert actions[0].text() == "Overdue notice"
    assert [action.text() for action in actions[-2:]] == ["All kinds of letter…", "Letter templates…"]
    groups = {action.text(): action.menu() for action in actions if action.menu() is not None}
    assert list(groups) == ["Beside a request", "While waiting", "Appeals", "After"]
    offered = [action for menu in groups.values() if isinstance(menu, QMenu) for action in menu.actions()]
    assert len(actions) < 12 and all(action.toolTip() for action in offered)
    assert "Overdue notice" in [action.text() for action in offered]
    with qtbot.waitSignal(tab.letter_wanted) as wanted:
        next(action for action in offered if action.text() == "Demand before suit").trigger()
    assert wanted.args == ["presuit_demand"]
    dialog = tab.pick()
    assert dialog is not None and lines(dialog)[0] == "Overdue notice"
    with qtbot.waitSignal(tab.letter_wanted) as wanted:
        dialog.choose.click()
    assert wanted.args == ["overdue_notice"]


def test_an_appeal_step_begins_the_appeal_of_what_was_answered(story: Callable[[], Desk]) -> None:
    desk = story()
    request = sorted(desk.requests.ids())[0]
    items = [{"item": 1, "outcome": "full_denial", "exemptions": ["7(E)"]}]
    today = desk.clock().isoformat()
    desk.requests.add_event(request, {"kind": "determination", "date": today, "outcome": "full_denial", "items": items})
    letter = find_or_start(desk, "appeal", request)
    found = desk.letters.get(letter)
    assert (found.kind, found.values["b7e"], found.values["decided_on"]) == ("appeal_exemptions", "yes", today)
    assert find_or_start(desk, "appeal", request) == letter


@pytest.mark.parametrize(
    "step", ["appeal", "appeal_fee_waiver", "answer_fees", "completion_date_request", "demand_sent"]
)
def test_a_step_that_a_letter_answers_goes_to_the_letter(step: str) -> None:
    deed = step_deed(step, "Some title")
    assert deed.page == "letter" and deed.event is None and deed.label.endswith("…")
