"""Agencies and Documents: the directory with its ages and cautions, and every stored file with its hash."""

import hashlib
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk, IncomingFile
from foiadesk_ui.agencies_page import AgenciesPage
from foiadesk_ui.documents_page import DocumentsPage
from foiadesk_ui.request_office import UncutLine
from foiadesk_ui.session import Session

Story = Callable[[], Desk]


def shown(page: AgenciesPage) -> str:
    return "\n".join(label.text() for label in page.panel.findChildren(QLabel))


def test_the_whole_directory_is_there_and_can_be_searched(session: Session, qtbot: QtBot) -> None:
    page = AgenciesPage(session)
    qtbot.addWidget(page)
    page.show()
    every = session.desk.agencies.search("", 10_000)
    qtbot.waitUntil(lambda: len(page.table.records_model.records) == len(every) > 400)
    page.search.setText("citizenship immigration")
    qtbot.waitUntil(lambda: 0 < len(page.table.records_model.records) < 10)
    assert page.table.records_model.records[0].code == "DHS/USCIS"
    page.search.setText("no such office at all")
    qtbot.waitUntil(lambda: page.none.isVisible())
    page.none.button.click()
    qtbot.waitUntil(lambda: len(page.table.records_model.records) == len(every))


def test_an_office_shows_every_way_its_age_and_every_caution(session: Session, qtbot: QtBot) -> None:
    page = AgenciesPage(session)
    qtbot.addWidget(page)
    page.show()
    page.open(code="DHS/ICE")
    qtbot.waitUntil(lambda: page.panel.office is not None and page.panel.office.code == "DHS/ICE")
    office = page.panel.office
    assert office is not None and office.cautions
    said = "\n".join(label.text() for label in page.panel.findChildren(QLabel))
    for caution in office.cautions:
        assert caution.strip(" .")[1:40] in said
    assert said.count("as of") >= 3
    lines = [line.text() for line in page.panel.findChildren(UncutLine)]
    assert office.portal in lines
    with qtbot.waitSignal(session.navigate) as went:
        page.ask_button.click()
    assert went.args == ["new_request", {"office": "DHS/ICE"}]


def test_a_person_s_own_details_stand_beside_the_directory_s_and_an_office_is_added(
    session: Session, qtbot: QtBot
) -> None:
    page = AgenciesPage(session)
    session.changed.connect(page.refresh)
    qtbot.addWidget(page)
    page.resize(968, 540)
    page.show()
    page.open(code="DHS/ICE")
    qtbot.waitUntil(lambda: page._sides is not None and page._sides[0].code == "DHS/ICE")
    listed = session.desk.agencies.listed("DHS/ICE")
    page.own_button.click()
    assert page.form.isVisible() and not page.panel.isVisible()
    email = page.form.ways["email"]
    assert email.placeholderText() == listed.email
    email.setText("own@ice.example")  # type: ignore[union-attr]
    page.form.contact.setText("Ms. Rivera")
    page.form.save.click()
    qtbot.waitUntil(lambda: page.panel.isVisible() and page.panel.office is not None and bool(page.panel.office.own))
    qtbot.waitUntil(lambda: page._sides is not None and page._sides[2] is not None)
    said = "\n".join(label.text() for label in page.panel.findChildren(QLabel))
    assert "yours, 10 Feb 2026" in said and f"The directory has: {listed.email}" in said and "Ms. Rivera" in said
    assert "own@ice.example" in [line.text() for line in page.panel.findChildren(UncutLine)]
    page.add_button.click()
    page.form.code.setText("X/NEW")
    page.form.name.setText("Office of Novelties")
    qtbot.keyClick(page.form.code, Qt.Key.Key_Escape)
    assert page.panel.isVisible() and len(session.desk.agencies.own()) == 1
    page.open(add="Office of Novelties")
    page.form.code.setText("X/NEW")
    qtbot.waitUntil(lambda: page.form.law.count() > 60)
    assert page.form.name.text() == "Office of Novelties" and page.form.law.law() == ""
    with qtbot.waitSignal(session.trouble) as refused:
        page.form.save.click()  # no law is guessed
    assert "under which law" in str(refused.args[0]) and page.form.isVisible()
    page.form.law.setFocus()
    qtbot.keyClicks(page.form.law.lineEdit(), "york")
    found = page.form.law.completer()
    assert page.form.law.law() == "" and found.completionCount() == 1  # nothing is chosen by half a word
    qtbot.keyClick(found.popup(), Qt.Key.Key_Down)
    qtbot.keyClick(found.popup(), Qt.Key.Key_Return)
    assert page.form.law.law() == "us-ny"
    page.form.save.click()
    qtbot.waitUntil(lambda: page.panel.office is not None and page.panel.office.code == "X/NEW")
    found = session.desk.agencies.get("X/NEW")
    assert (found.name, found.law) == ("Office of Novelties", "us-ny")
    qtbot.waitUntil(lambda: "Freedom of Information Law" in shown(page))
    qtbot.waitUntil(lambda: page._sides is not None and page._sides[0].code == "X/NEW")
    page.own_button.click()
    assert page.form.remove.isVisible() and not page.form.code.isVisible()
    page.form.remove.click()
    qtbot.waitUntil(lambda: page.panel.office is not None and page.panel.office.code != "X/NEW")
    assert [one.code for one in session.desk.agencies.own()] == ["DHS/ICE"]
    session.undo()
    qtbot.waitUntil(lambda: page.table.select_key("X/NEW"))


def stored(session: Session, story: Story, qtbot: QtBot) -> tuple[DocumentsPage, Desk]:
    desk = story()
    desk.filing.file(IncomingFile("alpha.txt", b"alpha"), 1)
    desk.filing.file(IncomingFile("beta.txt", b"beta" * 500), None)
    page = DocumentsPage(session)
    session.changed.connect(page.refresh)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    qtbot.waitUntil(lambda: len(page.table.records_model.records) == 2)
    return page, desk


def test_every_file_is_listed_with_name_size_hash_and_place(session: Session, story: Story, qtbot: QtBot) -> None:
    page, _desk = stored(session, story, qtbot)
    page.filter.setText("alpha")
    assert len(page.table.records_model.records) == 1
    page.table.select_first()
    model = page.table.model()
    cells = [model.index(0, column).data() for column in range(model.columnCount())]
    whole = hashlib.sha256(b"alpha").hexdigest()
    assert cells[0] == "alpha.txt"
    assert "Face recognition" in cells[1]
    assert whole.startswith(cells[3].rstrip("…"))
    assert model.index(0, 3).data(Qt.ItemDataRole.ToolTipRole) == whole
    with qtbot.waitSignal(session.told):
        page.copy.click()
    assert QApplication.clipboard().text() == whole
    with qtbot.waitSignal(session.navigate) as went:
        page.go.click()
    assert went.args == ["request", {"id": 1, "tab": "documents"}]


def test_sorting_by_size_is_by_bytes(session: Session, story: Story, qtbot: QtBot) -> None:
    page, _desk = stored(session, story, qtbot)
    size = page.table.model().columnCount() - 1
    page.table.sortByColumn(size, Qt.SortOrder.AscendingOrder)
    assert [page.table.model().index(row, 0).data() for row in range(2)] == ["alpha.txt", "beta.txt"]
    page.table.sortByColumn(size, Qt.SortOrder.DescendingOrder)
    assert [page.table.model().index(row, 0).data() for row in range(2)] == ["beta.txt", "alpha.txt"]


def test_the_chosen_file_stays_chosen_when_another_arrives(session: Session, story: Story, qtbot: QtBot) -> None:
    page, desk = stored(session, story, qtbot)
    alpha = next(one for one in page.table.records_model.records if one.name == "alpha.txt")
    page.table.select_key(alpha.id)
    desk.filing.file(IncomingFile("gamma.txt", b"gamma"), 2)
    qtbot.waitUntil(lambda: len(page.table.records_model.records) == 3)
    now = page.table.current()
    assert now is not None and now.name == "alpha.txt"
    assert page.preview.attachment == now
