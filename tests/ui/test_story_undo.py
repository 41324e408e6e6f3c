"""A day's work on many pages, by keys and clicks, all of it taken back from another page and done again."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from foiadesk.desk import Desk, RequestPlan, freshness
from foiadesk.records import EventKind, Requester, Signer
from foiadesk_ui.agencies_page import AgenciesPage
from foiadesk_ui.event_form import EventDialog
from foiadesk_ui.filing_dialog import FilingDialog
from foiadesk_ui.letter_page import LetterPage
from foiadesk_ui.new_request_page import NewRequestPage
from foiadesk_ui.requesters_page import RequestersPage
from foiadesk_ui.requests_page import RequestsPage
from foiadesk_ui.settings_page import SettingsPage
from tests.desk.rows import differing, state
from tests.ui.chapters import PASSPHRASE, PDF, choose_office, today, unlock
from tests.ui.desk_day import Calendar
from tests.ui.person import PATIENCE, Person

DAY = date(2026, 3, 23)
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def asked(folder: Path) -> None:
    """ICE was asked in January."""
    with Desk.create(folder, PASSPHRASE) as desk:
        who = desk.people.add(Requester("Harbor Watch", ("12 Dock St",), signers=(Signer("Ana Reyes", ""),))).primary
        request = desk.requests.create(RequestPlan("Face recognition", ("All.",), ("DHS/ICE",), (who,))).primary
        desk.requests.add_event(request, {"kind": "request_sent", "date": "2026-01-05", "channel": "portal"})


def ice(person: Person) -> RequestsPage:
    """Go to the request to ICE."""
    page = person.go("requests")
    assert isinstance(page, RequestsPage)
    person.until(lambda: page.model.row_of(1) >= 0)
    rect = page.list.visualRect(page.model.index(page.model.row_of(1), 0))
    person.click(page.list.viewport(), rect.center())
    person.key(Qt.Key.Key_Return)
    person.until(lambda: page.view.facts is not None and page.view.facts.request.id == 1)
    person.quiet()
    return page


def tab(person: Person, page: RequestsPage, name: str) -> None:
    bar = page.view.tabs.tabBar()
    person.click(bar, bar.tabRect(page.view.tabs.indexOf(getattr(page.view, name))).center())


def make_a_request(person: Person) -> None:
    person.key(Qt.Key.Key_N, CTRL)
    page = person.page("new_request")
    assert isinstance(page, NewRequestPage)
    person.type("Deaths in custody", page.ask.name)
    person.type("All reviews.", page.ask.items.editors()[0])
    person.primary("Next: Offices")
    choose_office(person, page.offices.picker, "DHS/CRCL")
    person.primary("Next: Who asks")
    person.primary("Next: Fees, expedition")
    person.primary("Next: Letters")
    person.primary("Create 1 request")
    person.page("letter")


def write_a_letter(person: Person) -> None:
    page = person.page("letter")
    assert isinstance(page, LetterPage)
    person.until(lambda: page._last is not None)
    person.type("People died.", page.form.entry("background").widget)
    person.until(lambda: page.bar.said.text() == "Saved")


def mark_it_sent(person: Person) -> None:
    page = person.page("letter")
    assert isinstance(page, LetterPage)
    person.primary("Mark as sent")
    person.until(page.panel.isVisible)
    person.click(page.panel.confirm)
    person.until(lambda: page._subject is not None and page._subject.sent)


def log_a_call(person: Person) -> None:
    page = ice(person)
    person.key(Qt.Key.Key_E, CTRL)
    person.until(lambda: page.view.findChildren(EventDialog))
    (dialog,) = page.view.findChildren(EventDialog)
    person.until(dialog.form.kind_box.hasFocus)
    person.type("Tele")
    assert dialog.form.kind() is EventKind.CALL
    person.type("They said: soon.", dialog.form.note)
    person.click(dialog.save)


def correct_it(person: Person) -> None:
    page = person.page("requests")
    assert isinstance(page, RequestsPage)
    view = page.view.timeline.view
    lines = view.timeline_model.lines
    row = next(row for row, line in enumerate(lines) if line.event and line.event.kind is EventKind.CALL)
    person.click(view.viewport(), view.visualRect(view.model().index(row, 0)).center())
    person.click(page.view.timeline.correct)
    person.until(lambda: page.view.timeline.findChildren(EventDialog))
    (dialog,) = page.view.timeline.findChildren(EventDialog)
    person.type(" Or later.", dialog.form.note)
    person.click(dialog.save)


def write_a_note(person: Person) -> None:
    page = person.page("requests")
    assert isinstance(page, RequestsPage)
    tab(person, page, "notes")
    person.type("Ask again in May.", page.view.notes.text)
    person.until(lambda: page.view.notes.said.text() == "Saved")


def file_a_paper(person: Person, paper: Path) -> None:
    page = person.page("requests")
    assert isinstance(page, RequestsPage)
    person.drop([paper], page.view)
    person.until(lambda: page.view.findChildren(FilingDialog))
    (dialog,) = page.view.findChildren(FilingDialog)
    person.until(lambda: dialog.panels[0].understood is not None)
    with person.bot.waitSignal(person.session.acted, timeout=PATIENCE):
        person.click(dialog.file)


def throw_it_away(person: Person) -> None:
    page = person.page("requests")
    assert isinstance(page, RequestsPage)
    tab(person, page, "documents")
    table = page.view.documents.table
    person.until(lambda: table.model().rowCount() == 1)
    person.click(table.viewport(), table.visualRect(table.model().index(0, 0)).center())
    person.key(Qt.Key.Key_Delete)


def throw_a_request_away(person: Person) -> None:
    page = person.page("requests")
    assert isinstance(page, RequestsPage)
    person.press("All requests")
    person.until(page.list.hasFocus)
    person.key(Qt.Key.Key_Delete)


def rename_who_asks(person: Person) -> None:
    page = person.go("requesters")
    assert isinstance(page, RequestersPage)
    person.until(lambda: page.form.name.text() == "Harbor Watch")
    person.type("", page.form.name)
    person.key(Qt.Key.Key_A, CTRL)
    person.type("Harbor Watchers")
    person.primary("Save")
    person.until(lambda: not page.form.dirty())


def write_down_an_office(person: Person) -> None:
    page = person.go("agencies")
    assert isinstance(page, AgenciesPage)
    person.type("DHS/ICE", page.search)
    person.until(lambda: not page._pause.isActive())
    person.quiet()
    assert page.table.model().index(0, 1).data() == "ICE"
    first = page.table.model().index(0, 0)
    person.click(page.table.viewport(), page.table.visualRect(first).center())
    person.click(page.own_button)
    person.until(page.form.contact.hasFocus)
    person.type("Mr. Roe")
    person.click(page.form.save)


def choose_the_paper(person: Person) -> None:
    page = person.go("settings")
    assert isinstance(page, SettingsPage)
    person.key(Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    person.until(page.paper.hasFocus)
    person.key(Qt.Key.Key_Down)


def enter_a_storm(person: Person) -> None:
    page = person.page("settings")
    assert isinstance(page, SettingsPage)
    person.type("2026-01-26", page.closures.day.line)
    person.type("Snow", page.closures.note)
    person.key(Qt.Key.Key_Return)
    person.until(lambda: page.closures.moved.isVisible())


def test_a_day_is_taken_back_and_done_again(
    start: Callable[[], Person], calendar: Calendar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freshness, "CHUNK", 1)  # as on a desk with thousands: their dates are counted beside all else
    calendar.today = DAY
    asked(tmp_path / "Desk")
    paper = tmp_path / "fee letter.pdf"
    paper.write_bytes(PDF)
    person = start()
    unlock(person)
    desk = person.session.desk
    states, told = [state(desk)], [""]
    steps: tuple[Callable[[Person], None], ...] = (
        make_a_request, write_a_letter, mark_it_sent, log_a_call, correct_it, write_a_note,
        lambda one: file_a_paper(one, paper), throw_it_away, throw_a_request_away, rename_who_asks,
        write_down_an_office, choose_the_paper, enter_a_storm,
    )  # fmt: skip
    for step in steps:
        step(person)
        person.until(lambda: desk.history.next_undo() != told[-1])
        person.quiet()
        told.append(desk.history.next_undo())
        states.append(state(desk))

    today(person)
    for before, what in zip(reversed(states[:-1]), reversed(told[1:]), strict=True):
        person.until(lambda what=what: what in person.window.sidebar.undo_button.toolTip())
        person.key(Qt.Key.Key_Z, CTRL)
        person.until(lambda what=what: desk.history.next_redo() == what)
        person.quiet()
        assert differing(before, state(desk)) == {}, what
        assert what in person.window.undo_bar.sentence()
    assert desk.history.next_undo() == ""
    for after, what in zip(states[1:], told[1:], strict=True):
        person.key(Qt.Key.Key_Z, CTRL, SHIFT)
        person.until(lambda what=what: desk.history.next_undo() == what)
        person.quiet()
        assert differing(after, state(desk)) == {}, what
