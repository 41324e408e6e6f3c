"""The New request page: five steps from a title to letters, saved as one goes."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk, RequestFilter
from foiadesk.records import LetterState, OwnOffice, Requester, Signer
from foiadesk.records.errors import NotFound
from foiadesk_ui.new_request_draft import ASK, FEES, LAYOUT, LETTERS, OFFICES, WHO, RequestDraft
from foiadesk_ui.new_request_page import NewRequestPage
from foiadesk_ui.office_ways import as_of_words, electronic_only, hint, suggested, ways
from foiadesk_ui.session import Session
from foiadesk_ui.snippets_dialog import SnippetsDialog
from foiadesk_ui.widgets import LinkButton

Story = Callable[[], Desk]


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> Iterator[NewRequestPage]:
    made = NewRequestPage(session)
    qtbot.addWidget(made)
    made.resize(1024, 540)
    session.changed.connect(made.refresh)  # as the window does
    made.show()
    made.open()
    qtbot.waitUntil(lambda: made._loaded)
    yield made


def person(desk: Desk, name: str = "Harbor Watch") -> int:
    return desk.people.add(Requester(name, ("12 Dock St",), signers=(Signer("Ana Reyes", "Director"),))).primary


def fill_ask(page: NewRequestPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.ask.name, "Face recognition")
    qtbot.keyClicks(page.ask.items.editors()[0], "All contracts.")
    qtbot.keyClick(page.ask.items.editors()[0], Qt.Key.Key_Return)
    qtbot.keyClicks(page.ask.items.editors()[1], "All policies.")


def state_office(desk: Desk, law: str = "us-al") -> str:
    name = {"component": "Alabama Department of Corrections", "email": "records@doc.example", "law": law}
    desk.agencies.put_own(OwnOffice("AL/DOC", name, added=True))
    return "AL/DOC"


def choose(page: NewRequestPage, qtbot: QtBot, *codes: str) -> None:
    page.go(OFFICES)
    qtbot.waitUntil(lambda: page.offices.picker.model.rowCount() > 0)
    for code in codes:
        page.offices.picker.toggle(page.session.desk.agencies.get(code))


def create(page: NewRequestPage, session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.letters.preview.drawn):
        page.go(LETTERS)
    primary = page.primary()
    assert primary is not None
    with qtbot.waitSignal(session.navigate):
        primary.run()


def test_the_whole_flow_makes_requests_and_a_letter_for_each(
    page: NewRequestPage, session: Session, desk: Desk, qtbot: QtBot
) -> None:
    who = person(desk)
    fill_ask(page, qtbot)
    choose(page, qtbot, "DHS/ICE", "DHS/CBP", "DHS/PRIV")
    page.go(WHO)
    qtbot.waitUntil(lambda: page.who.chosen() == (who,))  # the only one on the desk is suggested
    page.go(FEES)
    qtbot.waitUntil(lambda: page.fees._for is not None)
    waiver = page.fees.form.entry("fee_waiver")
    reason = page.fees.form.entry("reason_operations")
    assert not reason.isVisibleTo(page.fees)
    waiver.widget.button.click()  # type: ignore[attr-defined]
    assert reason.isVisibleTo(page.fees)
    qtbot.keyClicks(reason.widget, "Contracts of a federal agency.")
    with qtbot.waitSignal(page.letters.preview.drawn):
        page.go(LETTERS)
    assert page.letters.preview.pages.page_count() >= 1
    primary = page.primary()
    assert primary is not None
    assert primary.label == "Create 3 requests"
    with qtbot.waitSignal(session.navigate) as went:
        primary.run()
    name, where = went.args
    assert name == "letter"
    requests = sorted(desk.requests.ids(RequestFilter()))
    assert len(requests) == 3
    letters = [desk.letters.for_request(request) for request in requests]
    assert [[letter.kind for letter in each] for each in letters] == [["policy_request"]] * 3
    assert letters[0][0].id == where["letter"]
    first = desk.requests.get(requests[0])
    assert first.items == ("All contracts.", "All policies.")
    assert first.office.code == "DHS/ICE"
    assert first.requesters == (who,)
    assert first.fees.waiver
    assert dict(first.fees.reasons) == {"operations": "Contracts of a federal agency."}
    assert not first.expedition.asked
    assert len({desk.requests.get(request).campaign for request in requests}) == 1
    assert page._draft.empty()
    page.session.jobs.stop()
    assert desk.settings.layout(LAYOUT) == ""


def test_the_letters_step_names_what_is_missing_and_leads_there(page: NewRequestPage, qtbot: QtBot) -> None:
    page.go(LETTERS)
    gaps = [widget for widget in page.letters.gaps.findChildren(QWidget) if hasattr(widget, "click")]
    assert len(gaps) == 4
    page.create_requests()
    assert page._draft.step == ASK
    assert page.warning.text() == "Give the request a title."
    assert list(page.session.desk.requests.ids(RequestFilter())) == []


def test_a_limit_that_is_no_amount_leads_to_its_field(page: NewRequestPage, desk: Desk, qtbot: QtBot) -> None:
    person(desk)
    fill_ask(page, qtbot)
    choose(page, qtbot, "DHS/ICE")
    page.go(WHO)
    qtbot.waitUntil(lambda: bool(page.who.chosen()))
    page.go(FEES)
    qtbot.waitUntil(lambda: page.fees._for is not None)
    limit = page.fees.form.entry("fee_limit").widget.focusProxy()
    qtbot.keyClicks(limit, "a few")
    page.go(LETTERS)
    assert "a few" in page.letters.gaps.findChildren(LinkButton)[0].text()
    assert not page.letters.preview.trouble.isHidden()  # an empty pane says why
    page.create_requests()
    assert page.stack.currentWidget() is page.fees
    assert page.focusWidget() is limit
    assert not desk.requests.ids(RequestFilter())


def test_what_is_written_is_there_after_reopening(
    page: NewRequestPage, session: Session, desk: Desk, qtbot: QtBot
) -> None:
    fill_ask(page, qtbot)
    choose(page, qtbot, "DHS/ICE")
    page.flush()
    qtbot.waitUntil(lambda: page.said.text() == "Draft saved")
    again = NewRequestPage(session)
    qtbot.addWidget(again)
    again.open()
    qtbot.waitUntil(lambda: again._loaded)
    qtbot.waitUntil(lambda: again.offices.picker.codes() == ("DHS/ICE",))
    assert again.ask.name.text() == "Face recognition"
    assert again.ask.items.items() == ("All contracts.", "All policies.")
    assert again._draft.step == OFFICES


def test_the_pause_in_typing_saves(page: NewRequestPage, desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.ask.name, "Contracts")
    qtbot.waitUntil(lambda: page.said.text() == "Draft saved")
    assert RequestDraft.from_text(desk.settings.layout(LAYOUT)).title == "Contracts"


def test_starting_over_empties_everything(page: NewRequestPage, desk: Desk, qtbot: QtBot) -> None:
    fill_ask(page, qtbot)
    choose(page, qtbot, "DHS/ICE")
    page.discard_button.click()
    qtbot.waitUntil(lambda: page.offices.picker.codes() == ())
    assert page.ask.items.items() == ()
    assert page._draft.empty()


def test_an_item_from_the_ready_made_ones_selects_its_first_gap(page: NewRequestPage) -> None:
    from foiadesk.letters.snippets import item_snippets

    page.ask.insert(item_snippets()[0])
    box = page.ask.items.editors()[0]
    assert box.textCursor().selectedText().startswith("«")
    assert any("«" in gap.sentence for gap in page._draft.gaps())


def test_snippets_of_ones_own_are_offered_above_the_ready_made_ones(
    page: NewRequestPage, desk: Desk, session: Session, qtbot: QtBot
) -> None:
    single = [action for action in page.ask.menu().actions() if not action.menu() and not action.isSeparator()]
    assert [action.text() for action in single] == ["Your snippets…"]
    for title, text in (("Logs & alerts", "\nAll logs of «system».\n"), ("Emails", "All emails about vendors.")):
        session.act(page, lambda desk, title=title, text=text: desk.snippets.add(text, title=title))
    qtbot.waitUntil(lambda: [one.title for one in desk.snippets.own()] == ["Emails", "Logs & alerts"])
    page.refresh(None)
    qtbot.waitUntil(lambda: len(page.ask.own) == 2)
    own = page.ask.menu().actions()[:2]
    assert [action.text() for action in own] == ["Emails", "Logs && alerts"]
    for action in own:
        action.trigger()
    assert page.ask.items.items() == ("All emails about vendors.", "All logs of «system».")
    assert page.ask.items.editors()[1].textCursor().selectedText() == "«system»"
    assert page._draft.items == page.ask.items.items()


def test_ones_own_snippets_are_changed_from_the_menu(page: NewRequestPage, desk: Desk, qtbot: QtBot) -> None:
    page.ask.menu().actions()[-1].trigger()
    dialog = page.findChild(SnippetsDialog)
    assert dialog is not None and dialog.isVisible()
    dialog.close()


def test_offices_are_searched_and_picked_by_keyboard(page: NewRequestPage, qtbot: QtBot) -> None:
    page.go(OFFICES)
    picker = page.offices.picker
    qtbot.waitUntil(lambda: picker.model.rowCount() > 100)
    qtbot.keyClicks(picker.search, "customs border")
    qtbot.waitUntil(lambda: 0 < picker.model.rowCount() < 10)
    assert picker.view.currentIndex().data() == "U.S. Customs & Border Protection"
    with qtbot.waitSignal(picker.changed):
        qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    assert picker.codes() == ("DHS/CBP",)
    index = picker.view.currentIndex()
    assert index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    qtbot.keyClick(picker.search, Qt.Key.Key_Down)
    with qtbot.waitSignal(picker.changed):
        qtbot.keyClick(picker.view, Qt.Key.Key_Space)
    assert picker.codes() == ()


def test_a_search_that_finds_nothing_says_so(page: NewRequestPage, qtbot: QtBot) -> None:
    page.go(OFFICES)
    qtbot.keyClicks(page.offices.picker.search, "zzzz")
    qtbot.waitUntil(lambda: page.offices.picker.found.text().startswith("No office matches"))


def test_a_chosen_office_shows_its_dates_and_cautions(page: NewRequestPage, desk: Desk, qtbot: QtBot) -> None:
    choose(page, qtbot, "DHS/ICE")
    card = page.offices.picker._cards["DHS/ICE"]
    words = " ".join(
        label.text() or label.accessibleName() for label in card.findChildren(QWidget) if hasattr(label, "text")
    )
    office = desk.agencies.get("DHS/ICE")
    for caution in office.cautions:
        assert caution in words
    assert as_of_words(office.directory_as_of) in words
    assert "portal" in words


def test_dhs_offices_are_sent_to_by_portal_only(desk: Desk) -> None:
    office = desk.agencies.get("DHS/ICE")
    assert electronic_only(office)
    assert [way.channel for way in ways(office)] == ["portal"]
    assert suggested(office) == "portal"
    assert "portal" in hint(office)


def test_every_office_of_the_directory_has_a_hint(desk: Desk) -> None:
    offices = desk.agencies.search("", limit=10_000)
    assert len(offices) > 400
    assert all(hint(office) for office in offices)
    for office in offices:
        assert suggested(office) in {way.channel for way in ways(office)} | {"mail"}


def test_as_of_dates_are_said_in_words() -> None:
    assert as_of_words("2026-01-11") == "as of 11 Jan 2026"
    assert as_of_words("2017-07") == "as of Jul 2017"
    assert as_of_words("") == "date unknown"


def test_those_who_ask_sign_in_the_chosen_order(page: NewRequestPage, desk: Desk, qtbot: QtBot) -> None:
    one, two, three = (person(desk, name) for name in ("Alder", "Birch", "Cedar"))
    page.go(WHO)
    qtbot.waitUntil(lambda: set(page.who._rows) == {one, two, three})
    for which in (three, one):
        page.who._rows[which].box.click()
    assert page.who.chosen() == (three, one)
    qtbot.keyClick(page.who._rows[one].box, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert page.who.chosen() == (one, three)
    assert page.who._rows[one].words.text().startswith("Leads the letterhead")
    page.who._rows[one].box.click()
    assert page.who.chosen() == (three,)
    assert page._draft.requesters == (three,)


def test_someone_new_is_added_in_place(page: NewRequestPage, desk: Desk, qtbot: QtBot) -> None:
    page.go(WHO)
    qtbot.waitUntil(lambda: page.who._panel.isVisible())
    page.who.save_button.click()
    assert page.who.said.text() == "Give the organization or person a name."
    qtbot.keyClicks(page.who.form.name, "Open Ledger")
    page.who.save_button.click()
    qtbot.waitUntil(lambda: len(page.who.chosen()) == 1)
    assert [requester.name for requester in desk.people.all()] == ["Open Ledger"]
    qtbot.waitUntil(lambda: bool(page.who._rows))
    assert not page.who._panel.isVisible()


def test_a_request_can_be_asked_again(page: NewRequestPage, story: Story, qtbot: QtBot) -> None:
    desk = story()
    number = int(desk.requests.ids(RequestFilter())[0])
    page.open(copy=number)
    qtbot.waitUntil(lambda: page.ask.name.text() == "Face recognition contracts")
    assert page._draft.items == ("All contracts.", "All policies.")
    assert page._draft.offices == (desk.requests.get(number).office.code,)
    assert page._draft.requesters == desk.requests.get(number).requesters


def test_an_unreadable_date_is_said_on_the_page(page: NewRequestPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.ask.since.line, "whenever")
    assert "whenever" in page.warning.text()
    assert page.warning.isVisible()


def test_one_undo_takes_requests_and_letters_back(
    page: NewRequestPage, session: Session, desk: Desk, qtbot: QtBot
) -> None:
    person(desk)
    fill_ask(page, qtbot)
    choose(page, qtbot, "DHS/ICE", "DHS/CBP")
    page.go(WHO)
    qtbot.waitUntil(lambda: len(page.who.chosen()) == 1)
    with qtbot.waitSignal(session.acted) as acted, qtbot.waitSignal(session.navigate) as went:
        page.create_requests()
    assert acted.args[0].sentence.startswith("Made 2 requests")
    letter = went.args[1]["letter"]
    assert desk.letters.get(letter).kind == "policy_request"
    assert desk.history.next_undo() == acted.args[0].sentence
    desk.history.undo()
    assert list(desk.requests.ids(RequestFilter())) == []
    with pytest.raises(NotFound):
        desk.letters.get(letter)
    desk.history.redo()
    assert len(desk.requests.ids(RequestFilter())) == 2
    assert desk.letters.get(letter).state is LetterState.DRAFT


def test_every_field_has_a_name_and_nothing_is_clipped(page: NewRequestPage, desk: Desk, qtbot: QtBot) -> None:
    person(desk)
    fill_ask(page, qtbot)
    choose(page, qtbot, "DHS/ICE", "DHS/CBP")
    for step in (ASK, OFFICES, WHO, FEES, LETTERS):
        page.go(step)
        qtbot.waitUntil(lambda: page.fees._for is not None or page._draft.step < FEES)
        for widget in page.stack.currentWidget().findChildren(QWidget):
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.focusProxy():
                named = widget.accessibleName() or getattr(widget, "text", str)()
                assert named, f"step {step}: {type(widget).__name__} has no name"
        assert page.minimumSizeHint().width() <= 968
        assert page.minimumSizeHint().height() <= 540


def test_an_office_under_a_state_s_law_is_asked_by_its_own_letter_and_only_what_that_law_has(
    page: NewRequestPage, session: Session, desk: Desk, qtbot: QtBot
) -> None:
    person(desk)
    code = state_office(desk)
    fill_ask(page, qtbot)
    choose(page, qtbot, code)
    said = "\n".join(label.text() for label in page.offices.picker.findChildren(QLabel))
    assert "Alabama Open Records Law" in said
    page.go(WHO)
    qtbot.waitUntil(lambda: len(page.who.chosen()) == 1)
    page.go(FEES)
    qtbot.waitUntil(lambda: page.fees._for == ("policy_request", False, True))
    assert not page.fees.form.has("expedition") and not page.fees.form.has("fee_category")
    page.fees.form.entry("fee_waiver").widget.button.click()  # type: ignore[attr-defined]
    qtbot.keyClicks(page.fees.form.entry("waiver_reason").widget, "All of it is published.")
    choose(page, qtbot, "DHS/ICE")
    page.go(FEES)
    qtbot.waitUntil(lambda: page.fees._for == ("policy_request", True, True))
    assert page.fees.form.has("expedition")
    assert page.fees.form.values()["waiver_reason"] == "All of it is published."
    page.fees.form.entry("expedition").widget.button.click()  # type: ignore[attr-defined]
    choose(page, qtbot, "DHS/ICE")  # taken back
    page.go(FEES)
    qtbot.waitUntil(lambda: page.fees._for == ("policy_request", False, True))
    create(page, session, qtbot)
    (request,) = desk.requests.ids(RequestFilter())
    found = desk.requests.get(request)
    assert found.law == "us-al" and found.fees.waiver and not found.expedition.asked
    (letter,) = desk.letters.for_request(request)
    assert letter.kind == "state_request" and letter.values["waiver_reason"] == "All of it is published."


def test_an_office_the_directory_lacks_is_a_click_away(page: NewRequestPage, session: Session, qtbot: QtBot) -> None:
    page.go(OFFICES)
    qtbot.keyClicks(page.offices.picker.search, "Novelties")
    qtbot.waitUntil(lambda: page.offices.picker.model.rowCount() == 0)
    with qtbot.waitSignal(session.navigate) as went:
        qtbot.mouseClick(page.offices.picker.add, Qt.MouseButton.LeftButton)
    assert went.args == ["agencies", {"add": "Novelties"}]


def test_a_draft_left_at_its_letters_shows_them_again(
    page: NewRequestPage, session: Session, desk: Desk, qtbot: QtBot
) -> None:
    person(desk)
    fill_ask(page, qtbot)
    choose(page, qtbot, "DHS/ICE")
    page.go(WHO)
    qtbot.waitUntil(lambda: bool(page.who.chosen()))
    page.go(LETTERS)
    page.flush()
    qtbot.waitUntil(lambda: "DHS/ICE" in desk.settings.layout(LAYOUT))
    again = NewRequestPage(session)
    qtbot.addWidget(again)
    again.show()
    again.open()
    qtbot.waitUntil(lambda: again.letters.list.model().rowCount() == 1)
    qtbot.waitUntil(lambda: again.letters.preview.pages.page_count() >= 1)


def test_another_kind_of_request_letter_is_chosen_where_it_fits_the_law(
    page: NewRequestPage, session: Session, desk: Desk, qtbot: QtBot
) -> None:
    person(desk)
    qtbot.waitUntil(lambda: page.ask.letter.count() > 5)
    names = [page.ask.letter.itemData(place) for place in range(page.ask.letter.count())]
    assert names[0] == "policy_request" and "state_request" not in names and "technology_request" in names
    page.ask.letter.setFocus()
    for _place in range(names.index("technology_request")):
        qtbot.keyClick(page.ask.letter, Qt.Key.Key_Down)
    assert "tool that watches" in page.ask._letter_field.help.text()
    fill_ask(page, qtbot)
    choose(page, qtbot, "DHS/ICE", state_office(desk))
    page.go(WHO)
    qtbot.waitUntil(lambda: bool(page.who.chosen()))
    create(page, session, qtbot)
    made = [desk.letters.for_request(request)[0].kind for request in sorted(desk.requests.ids(RequestFilter()))]
    assert made == ["technology_request", "state_request"]
    assert page.ask.letter.currentIndex() == 0  # the next request begins anew
