"""May I sue: the board of all requests, why, and the planner that supposes without storing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk, ExhaustionRow
from foiadesk.records import EventKind, Stage
from foiadesk_ui.exhaustion_list import MANY, BoardList
from foiadesk_ui.exhaustion_model import grouped
from foiadesk_ui.exhaustion_page import WHAT_IF, ExhaustionPage
from foiadesk_ui.exhaustion_words import state_words
from foiadesk_ui.planner_panel import MOST
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import TextLabel

Story = Callable[[], Desk]


def received(story: Story) -> Desk:
    """Three requests of one campaign; the first two received long ago and unanswered, the third still a draft."""
    desk = story()
    for request in (1, 2):
        desk.requests.add_event(request, {"kind": "request_received", "date": "2025-12-01", "office": "proper"})
    return desk


def shown(session: Session, qtbot: QtBot) -> ExhaustionPage:
    page = ExhaustionPage(session)
    session.changed.connect(page.refresh)
    qtbot.addWidget(page)
    page.resize(1080, 740)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(lambda: page.split.isVisible() or page.empty.isVisible())
    return page


def planned(page: ExhaustionPage, qtbot: QtBot, *requests: int) -> None:
    """Open the planner on these requests and wait for its answer."""
    with qtbot.waitSignal(page.planner.counted):
        page.list.choose(requests)
        page.tabs.setCurrentIndex(WHAT_IF)


def test_an_empty_desk_says_so_and_offers_the_first_step(session: Session, qtbot: QtBot) -> None:
    page = shown(session, qtbot)
    assert page.empty.isVisible()
    assert page.first_focus() is page.empty.button
    with qtbot.waitSignal(session.navigate) as went:
        page.empty.button.click()
    assert went.args[0] == "new_request"


def test_the_board_shows_what_the_desk_answers_under_its_campaign(session: Session, story: Story, qtbot: QtBot) -> None:
    desk = received(story)
    page = shown(session, qtbot)
    rows = {row.request: row for row in desk.deadlines.exhaustion(evidence=False)}
    (group,) = page.list.board.groups
    assert group.title == "Face recognition contracts"
    assert {row.request: row for row in group.rows} == rows
    assert rows[1].state == "open"
    assert rows[3].state == "not_yet"
    top = page.list.board.index(0, 0)
    said = [
        str(page.list.board.index(line, 0, top).data(Qt.ItemDataRole.AccessibleTextRole))
        for line in range(page.list.board.rowCount(top))
    ]
    assert any("ICE" in words and state_words("open") in words and "since" in words for words in said)
    assert page.summary.text() == "2 open · 1 not yet"


def test_why_names_the_dates_and_what_the_record_holds(session: Session, story: Story, qtbot: QtBot) -> None:
    desk = received(story)
    page = shown(session, qtbot)
    page.list.choose([1])
    row = next(row for row in desk.deadlines.exhaustion() if row.request == 1)
    assert page.detail.row == replace(row, evidence=())
    assert page.detail.why.text() == row.why
    assert page.detail.since.isVisible()
    assert not page.detail.until.isVisible()
    assert row.evidence
    qtbot.waitUntil(lambda: page.detail.evidence.count() == len(row.evidence))
    page.list.choose([2])
    assert page.detail.evidence.count() == 0
    other = next(row for row in desk.deadlines.exhaustion() if row.request == 2)

    def lines() -> list[str]:
        labels = page.detail.findChildren(TextLabel)
        said = [one.sentence for one in (*row.evidence, *other.evidence)]
        return [label.text() for label in labels if label.isVisible() and any(one in label.text() for one in said)]

    qtbot.waitUntil(lambda: len(lines()) == len(other.evidence))


def test_enter_goes_to_the_requests_deadlines(session: Session, story: Story, qtbot: QtBot) -> None:
    received(story)
    page = shown(session, qtbot)
    page.list.choose([2])
    with qtbot.waitSignal(session.navigate) as went:
        qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert went.args == ["request", {"id": 2, "tab": "deadlines"}]
    with qtbot.waitSignal(session.navigate) as went:
        page.detail.count.click()
    assert went.args[0] == "deadlines"
    assert went.args[1]["request"] == 2
    assert went.args[1]["clock"]


def test_a_late_answer_closes_the_way_and_keeps_the_choice(session: Session, story: Story, qtbot: QtBot) -> None:
    desk = received(story)
    page = shown(session, qtbot)
    page.list.choose([1])
    change = desk.requests.add_event(1, {"kind": "determination", "date": "2026-02-09", "outcome": "full_denial"})
    assert change.alerts
    qtbot.waitUntil(lambda: page.detail.row is not None and page.detail.row.state == "closed_by_determination")
    assert [row.request for row in page.list.chosen_rows()] == [1]
    assert page.detail.until.isVisible()


def test_a_campaign_folds_by_key_and_stays_folded(session: Session, story: Story, qtbot: QtBot) -> None:
    desk = received(story)
    page = shown(session, qtbot)
    top = page.list.board.index(0, 0)
    page.list.setCurrentIndex(top)
    qtbot.keyClick(page.list, Qt.Key.Key_Space)
    assert not page.list.isExpanded(top)
    before = page.list.board.groups
    desk.requests.trash(3)
    qtbot.waitUntil(lambda: page.list.board.groups != before)
    assert not page.list.isExpanded(page.list.board.index(0, 0))
    assert page.list.board.rowCount(QModelIndex()) == 1


def test_the_planner_supposes_and_stores_nothing(session: Session, story: Story, qtbot: QtBot) -> None:
    desk = received(story)
    page = shown(session, qtbot)
    log = [desk.requests.log(request) for request in (1, 2, 3)]
    planned(page, qtbot, 1)
    assert page.planner.imagined is not None
    assert page.planner.imagined.then[1] == desk.requests.answer(1).exhaustion
    assert page.planner.answer.text().startswith("Ripe since")
    with qtbot.waitSignal(page.planner.counted):
        page.planner.form.suppose(EventKind.DETERMINATION, date(2026, 2, 20), "full_denial")
    then = page.planner.imagined.then[1]
    assert then.state == "closed_by_determination"
    assert (
        then.until
        == desk.deadlines.plan(
            {1: [{"kind": "determination", "date": "2026-02-20", "outcome": "full_denial"}]}, date(2026, 2, 20)
        )[1].exhaustion.until
    )
    (pair,) = page.planner.table.records_model.records
    assert pair.now.state == "open"
    assert "19 Feb 2026" in page.planner.undisputed.text()
    assert "stored" in page.planner.promise.text()
    assert [desk.requests.log(request) for request in (1, 2, 3)] == log


def test_the_earliest_day_all_are_ripe(session: Session, story: Story, qtbot: QtBot) -> None:
    desk = received(story)
    desk.requests.add_event(3, {"kind": "request_sent", "date": "2026-02-02", "channel": "portal"})
    desk.requests.add_event(3, {"kind": "request_received", "date": "2026-02-02", "office": "proper"})
    page = shown(session, qtbot)
    planned(page, qtbot, 1)
    assert page.planner.campaign.isVisible()
    with qtbot.waitSignal(page.planner.counted):
        page.planner.campaign.click()
    assert [row.request for row in page.planner.chosen()] == [row.request for row in page.list.chosen_rows()]
    together = desk.deadlines.ripe_together([1, 2, 3])
    assert together.on == date(2026, 3, 4)  # twenty working days after 2 February, Washington's Birthday among them
    assert page.planner.answer.text() == "Earliest day all are ripe: Wed 4 Mar 2026"
    assert not page.planner.campaign.isVisible()


def test_a_request_that_never_ripens_is_named(session: Session, story: Story, qtbot: QtBot) -> None:
    received(story)
    page = shown(session, qtbot)
    planned(page, qtbot, 1, 3)
    assert page.planner.answer.text() == "No common day is known"
    assert "PRIV" in page.planner.undisputed.text()


def test_a_day_that_cannot_be_read_is_said_beside_it(session: Session, story: Story, qtbot: QtBot) -> None:
    received(story)
    page = shown(session, qtbot)
    planned(page, qtbot, 1)
    page.planner.form.suppose(EventKind.DETERMINATION)
    page.planner.form.day.line.setFocus()
    page.planner.form.day.line.selectAll()
    qtbot.keyClicks(page.planner.form.day.line, "31 Feb 2026")
    assert "date" in page.planner.form.wrong.text()
    assert not page.planner.form.ready()


def test_without_a_choice_the_planner_asks_for_one(session: Session, story: Story, qtbot: QtBot) -> None:
    received(story)
    page = shown(session, qtbot)
    page.tabs.setCurrentIndex(WHAT_IF)
    page.list.clearSelection()
    QApplication.processEvents()
    assert page.planner.empty.isVisible()
    assert not page.planner.scroller.isVisible()


def test_a_large_board_starts_folded_and_unfolds_one_campaign_at_a_time(qtbot: QtBot) -> None:
    rows = [
        ExhaustionRow(
            number, f"Request {number}", "ICE", number % 3, f"Campaign {number % 3}", Stage.OVERDUE, "open",
            date(2026, 1, 5), None, "A determination was due on 2 Jan 2026.", False, None, "not_yet", None,
        )
        for number in range(1, MANY + 2)
    ]  # fmt: skip
    view = BoardList()
    qtbot.addWidget(view)
    view.show_board(grouped(rows))
    heads = [view.board.index(at, 0) for at in range(3)]
    assert [view.isExpanded(head) for head in heads] == [True, False, False]
    view.setExpanded(heads[1], True)
    view.show_board(grouped(rows[1:]))
    titles = {group.title: view.isExpanded(view.board.index(at, 0)) for at, group in enumerate(view.board.groups)}
    assert titles == {"Campaign 2": True, "Campaign 0": False, "Campaign 1": True}


def test_too_many_chosen_are_not_planned(session: Session, story: Story, qtbot: QtBot) -> None:
    desk = received(story)
    page = shown(session, qtbot)
    planned(page, qtbot, 1)
    (row,) = (row for row in desk.deadlines.exhaustion() if row.request == 1)
    page.planner.show_chosen([replace(row, request=number) for number in range(MOST + 1)])
    assert "at most" in page.planner.answer.text()
    assert page.planner.imagined is None
    assert not page.planner._timer.isActive()
