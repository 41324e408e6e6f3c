"""The Requests page on a real desk: list, grouping, filter, the request beside it, and what stays through a refresh."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk, RequestFilter, RequestPlan
from foiadesk.records import EventKind
from foiadesk_ui.requests_page import RequestsPage
from foiadesk_ui.requests_query import list_requests
from foiadesk_ui.session import Session
from foiadesk_ui.undo_bar import UndoBar

Story = Callable[[], Desk]


@pytest.fixture
def page(session: Session, story: Story, qtbot: QtBot) -> RequestsPage:
    """The page at 1280x800 with its list loaded and the first request shown."""
    story()
    made = RequestsPage(session)
    session.changed.connect(made.refresh)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    with qtbot.waitSignal(made.view.shown):
        made.show()
        made.open()
    return made


def wait_shown(qtbot: QtBot, page: RequestsPage, act: Callable[[], object]) -> None:
    with qtbot.waitSignal(page.view.shown):
        act()


def test_the_first_request_is_shown_beside_the_list(page: RequestsPage) -> None:
    assert page.model.count == 3
    assert page.list.current_request() == page.view.request
    facts = page.view.facts
    assert facts is not None and "days late" in page.view.header.standing.text()
    assert page.view.header.title.whole() == f"{facts.request.title} · {facts.request.office.short}"


def test_grouping_by_stage_puts_the_overdue_first(page: RequestsPage, qtbot: QtBot) -> None:
    page.group.set_value("stage")
    page.group.chosen.emit("stage")
    qtbot.waitUntil(lambda: len(page.model.rows_of_headings()) == 2)
    heads = [page.model.head_at(number) for number in page.model.rows_of_headings()]
    assert [(head.title, head.count) for head in heads if head] == [("Overdue", 2), ("Draft", 1)]


@pytest.mark.parametrize("group", ["campaign", "agency", "stage", "none"])
def test_every_grouping_holds_every_request_once(story: Story, group: str) -> None:
    desk = story()
    listing = list_requests(desk, RequestFilter(), group)
    assert sorted(listing.ids) == sorted(desk.requests.ids())
    if listing.sections:
        assert sum(section.count for section in listing.sections) == len(listing.ids)
        assert all(section.count for section in listing.sections)


def test_groups_stand_by_their_most_pressing_request_or_in_an_order_of_names_by_name(story: Story) -> None:
    desk = story()
    who = desk.requests.get(min(desk.requests.ids())).requesters
    for title, offices in (("Aerial surveys", ("DHS/USCIS", "DHS/ICE")), ("Zoning maps", ("DHS/CBP",))):
        desk.requests.create(RequestPlan(title=title, items=("All.",), offices=offices, requesters=who))

    def heads(group: str, order: str) -> list[str]:
        listing = list_requests(desk, RequestFilter(order=order), group)
        rows = {row.id: row for row in desk.requests.rows(listing.ids)}
        at, titles = 0, []
        for section in listing.sections:
            members = [rows[request] for request in listing.ids[at : at + section.count]]
            assert len({row.campaign if group == "campaign" else row.office_code for row in members}) == 1
            within = RequestFilter(order=order)
            assert [row.id for row in members] == [one for one in desk.requests.ids(within) if rows[one] in members]
            at += section.count
            titles.append(section.title)
        return titles

    face, aerial, alone = "Face recognition contracts", "Aerial surveys", "On their own"
    assert heads("campaign", "urgency") == [face, aerial, alone]
    assert heads("campaign", "newest") == [aerial, face, alone]
    assert heads("campaign", "title") == [aerial, face, alone]
    assert heads("agency", "title") == sorted(heads("agency", "urgency"), key=str.casefold)
    first = desk.requests.rows(desk.requests.ids(RequestFilter(order="newest")))[0]
    assert heads("agency", "newest")[0] == first.office_name


def test_folding_a_group_by_key_hides_its_requests(page: RequestsPage, qtbot: QtBot) -> None:
    page.list.setCurrentIndex(page.model.index(0, 0))
    qtbot.keyClick(page.list, Qt.Key.Key_Space)
    assert page.model.rowCount() == 1
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert page.model.rowCount() == 4


def test_filtering_finds_and_an_empty_answer_offers_to_show_all(page: RequestsPage, qtbot: QtBot) -> None:
    page.filter.setText("Customs Border")
    qtbot.waitUntil(lambda: page.model.count == 1)
    page.filter.setText("no such words anywhere")
    qtbot.waitUntil(lambda: page.lists.currentWidget() is page.no_match)
    qtbot.mouseClick(page.no_match.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.model.count == 3 and page.lists.currentWidget() is page.list)


def test_an_empty_desk_says_so_with_one_button(session: Session, qtbot: QtBot) -> None:
    made = RequestsPage(session)
    qtbot.addWidget(made)
    made.show()
    made.open()
    qtbot.waitUntil(lambda: made.lists.currentWidget() is made.no_requests)
    with qtbot.waitSignal(session.navigate) as went:
        qtbot.mouseClick(made.no_requests.button, Qt.MouseButton.LeftButton)
    assert went.args[0] == "new_request"


def test_selection_and_scroll_survive_what_others_do(page: RequestsPage, session: Session, qtbot: QtBot) -> None:
    desk = session.desk
    who = desk.people.all()[0].id
    many = RequestPlan("Many", ("All records.",), tuple(o.code for o in desk.agencies.search("", 40)), (who,))
    desk.requests.create(many)
    qtbot.waitUntil(lambda: page.model.count == 43)
    chosen = page.model.id_at(30)
    page.list.select_request(chosen)
    qtbot.waitUntil(lambda: page.view.facts is not None and page.view.facts.request.id == chosen)
    bar = page.list.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    top = page.list.indexAt(page.list.rect().topLeft()).row()
    above = page.model.id_at(top) or page.model.id_at(top + 1)
    y = page.list.rowViewportPosition(page.model.row_of(above))
    trashed = page.model.id_at(2)
    desk.requests.trash(trashed)
    qtbot.waitUntil(lambda: page.model.count == 42)
    assert page.list.current_request() == chosen
    assert page.list.selected_requests() == [chosen]
    assert page.list.rowViewportPosition(page.model.row_of(above)) == y


def test_a_held_ctrl_does_not_take_the_selection_away(page: RequestsPage, qtbot: QtBot) -> None:
    """Who comes by Ctrl+2 still holds Ctrl when the list is there."""
    shown = page.view.request
    assert page.list.selected_requests() == [shown]
    QTest.keyPress(page.windowHandle(), Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(QApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier))
    try:
        page.refresh(None)
        qtbot.waitUntil(lambda: page.session.jobs.pending() == 0)
        assert page.list.selected_requests() == [shown]
        other = next(request for request in page.session.desk.requests.ids() if request != shown)
        page.list.select_request(other)
        assert page.list.selected_requests() == [other]
    finally:
        QTest.keyRelease(page.windowHandle(), Qt.Key.Key_Control)


def test_logging_an_event_shows_at_once(page: RequestsPage, session: Session, qtbot: QtBot) -> None:
    request = page.view.request
    page.view.log_event(EventKind.CALL)
    from foiadesk_ui.event_form import EventDialog

    dialog = page.view.findChild(EventDialog)
    assert dialog is not None
    dialog.form.note.set_text("They said soon.")
    wait_shown(qtbot, page, dialog.save.click)
    assert [event.kind for event in session.desk.requests.events(request)][-1] == EventKind.CALL
    assert any(line.detail == "They said soon." for line in page.view.timeline.view.timeline_model.lines)


def test_the_form_tells_what_cannot_be_when_it_was_stored(page: RequestsPage, session: Session, qtbot: QtBot) -> None:
    from foiadesk_ui.event_form import EventDialog

    bar = UndoBar(session)
    qtbot.addWidget(bar)
    request = page.view.request
    page.view.log_event(EventKind.ACKNOWLEDGED)
    dialog = page.view.findChild(EventDialog)
    assert dialog is not None
    dialog.form.day.set_day(date(2025, 11, 3))
    wait_shown(qtbot, page, dialog.save.click)
    assert session.desk.requests.events(request)[0].kind == EventKind.ACKNOWLEDGED
    assert bar.sentence().endswith("Acknowledged of 3 Nov 2025 is dated before the request, 1 Dec 2025.")


def test_an_entry_is_corrected_and_the_old_one_can_be_shown(page: RequestsPage, session: Session, qtbot: QtBot) -> None:
    request = page.view.request
    sent = session.desk.requests.events(request)[0]
    wait_shown(
        qtbot,
        page,
        lambda: page.view.timeline.correct_event(
            sent.id, {"kind": "request_sent", "date": "2025-12-03", "channel": "email"}
        ),
    )
    assert session.desk.requests.events(request)[0].date == date(2025, 12, 3)
    lines = page.view.timeline.view.timeline_model.lines
    assert not any(line.void for line in lines)
    page.view.timeline.void.setChecked(True)
    assert [line.date for line in page.view.timeline.view.timeline_model.lines if line.void] == [date(2025, 12, 1)]


def test_an_entry_made_in_error_counts_no_more(page: RequestsPage, session: Session, qtbot: QtBot) -> None:
    request = page.view.request
    sent = session.desk.requests.events(request)[0]
    wait_shown(qtbot, page, lambda: page.view.timeline.retract_event(sent.id, "wrong request"))
    assert session.desk.requests.events(request) == ()
    assert page.view.header.standing.text().startswith("Draft")


def test_correcting_is_offered_only_where_there_is_an_event(page: RequestsPage) -> None:
    view = page.view.timeline.view
    rows = range(len(view.timeline_model.lines))
    for number in rows:
        view.setCurrentIndex(view.timeline_model.index(number, 0))
        line = view.timeline_model.lines[number]
        assert page.view.timeline.correct.isEnabled() == (line.event is not None)


def test_the_first_next_step_drafts_the_overdue_notice(page: RequestsPage, session: Session, qtbot: QtBot) -> None:
    button = page.view.header.step_buttons()[0]
    assert "overdue notice" in button.text().lower()
    with qtbot.waitSignal(session.navigate) as went:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert went.args == ["letter", {"request": page.view.request, "kind": "overdue_notice"}]


def test_an_unsent_letter_can_be_marked_as_sent_from_the_head(
    page: RequestsPage, session: Session, qtbot: QtBot
) -> None:
    draft = sorted(session.desk.requests.ids())[2]
    letter = session.desk.letters.for_request(draft)
    expected = letter[0].id if letter else session.desk.letters.start("policy_request", draft).primary
    wait_shown(qtbot, page, lambda: page.open(id=draft))
    qtbot.waitUntil(lambda: page.view.header.send.isVisible())
    with qtbot.waitSignal(session.navigate) as went:
        qtbot.mouseClick(page.view.header.send, Qt.MouseButton.LeftButton)
    assert went.args == ["letter", {"request": draft, "letter": expected, "mark_sent": True}]


def test_notes_save_themselves_and_survive_leaving(page: RequestsPage, session: Session, qtbot: QtBot) -> None:
    request = page.view.request
    page.view.tabs.setCurrentWidget(page.view.notes)
    qtbot.keyClicks(page.view.notes.text, "Ask for Ana.")
    with qtbot.waitSignal(session.changed):
        page.flush()
    assert session.desk.requests.get(request).notes == "Ask for Ana."
    qtbot.keyClicks(page.view.notes.text, " Twice")
    with qtbot.waitSignal(session.changed):  # half a second after the last key
        pass
    assert "Twice" in session.desk.requests.get(request).notes


def test_notes_typed_without_a_pause_are_saved_on_the_way_and_undone_as_one(
    page: RequestsPage, session: Session, qtbot: QtBot
) -> None:
    request, notes = page.view.request, page.view.notes
    page.view.tabs.setCurrentWidget(notes)
    before = session.desk.history.next_undo()
    typed = ""
    for _key in range(100):  # five seconds of typing at most
        if session.desk.requests.get(request).notes:
            break
        qtbot.keyClick(notes.text, "a", delay=50)
        typed += "a"
    saved = session.desk.requests.get(request).notes
    assert saved
    assert typed.startswith(saved)
    assert notes.text.toPlainText() == typed  # what was saved on the way moved nothing under the hands
    page.flush()
    qtbot.waitUntil(lambda: session.desk.requests.get(request).notes == typed)
    qtbot.waitUntil(lambda: notes.said.text() == "Saved")
    session.undo()
    qtbot.waitUntil(lambda: session.desk.requests.get(request).notes == "")
    assert session.desk.history.next_undo() == before
    qtbot.waitUntil(lambda: notes.text.toPlainText() == "")


def test_a_deadline_opens_as_a_worksheet_that_counts(page: RequestsPage, qtbot: QtBot) -> None:
    page.view.tabs.setCurrentWidget(page.view.deadlines)
    sheet = page.view.deadlines.worksheet
    qtbot.waitUntil(lambda: sheet.worksheet is not None)
    assert sheet.worksheet is not None
    counted = [day.number for day in sheet.worksheet.days if day.counted]
    assert counted[:20] == list(range(1, 21))
    sheet.copy_text()
    from PySide6.QtWidgets import QApplication

    assert QApplication.clipboard().text() == sheet.worksheet.as_text()


def test_in_a_narrow_window_the_request_opens_over_the_list(session: Session, story: Story, qtbot: QtBot) -> None:
    story()
    made = RequestsPage(session)
    qtbot.addWidget(made)
    made.resize(968, 540)
    made.show()
    made.open()
    qtbot.waitUntil(lambda: made.model.count == 3)
    assert made.side.isVisible() and not made.view.isVisible()
    made.list.select_first()
    with qtbot.waitSignal(made.view.shown):
        qtbot.keyClick(made.list, Qt.Key.Key_Return)
    assert made.view.isVisible() and not made.side.isVisible()
    assert made.view.header.back.isVisible()
    qtbot.mouseClick(made.view.header.back, Qt.MouseButton.LeftButton)
    assert made.side.isVisible() and made.list.current_request() == made.view.request


def test_delete_moves_to_the_trash_and_the_trash_gives_back(page: RequestsPage, session: Session, qtbot: QtBot) -> None:
    gone = page.view.request
    page._trash_selected()
    qtbot.waitUntil(lambda: page.model.count == 2)
    page.stage.set_value("trash")
    page.stage.chosen.emit("trash")
    qtbot.waitUntil(lambda: page.model.count == 1)
    page._restore_all([gone])
    qtbot.waitUntil(lambda: not session.desk.requests.get(gone).trashed)


def test_grouping_and_order_are_remembered_in_the_desk(page: RequestsPage, session: Session, qtbot: QtBot) -> None:
    page.group.set_value("agency")
    page.order.set_value("title")
    page._keep_layout()
    qtbot.waitUntil(lambda: "agency" in session.desk.settings.layout("requests"))
    again = RequestsPage(session)
    qtbot.addWidget(again)
    qtbot.waitUntil(lambda: again.group.value() == "agency" and again.order.value() == "title")


def test_the_office_is_shown_with_its_age_and_cautions(page: RequestsPage) -> None:
    office = page.view.office.office
    assert office is not None and office.cautions
    from PySide6.QtWidgets import QLabel

    said = " ".join(label.text() for label in page.view.office.findChildren(QLabel))
    assert "as of" in said
    assert office.address[0] in said


def test_the_same_can_be_asked_of_another_office(page: RequestsPage, session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.navigate) as went:
        page.view.header.copy_action.trigger()
    assert went.args == ["new_request", {"copy": page.view.request}]
