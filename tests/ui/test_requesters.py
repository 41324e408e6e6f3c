"""Who asks: adding, editing, signers, letterheads, removing; nothing typed is lost by moving on."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk
from foiadesk.records import Requester, Signer
from foiadesk.records.errors import BadInput, Conflict, KnownError
from foiadesk_ui.requester_saving import LARGEST_LOGO, read_logo
from foiadesk_ui.requesters_page import RequestersPage
from foiadesk_ui.session import Session

Story = Callable[[], Desk]


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> Iterator[RequestersPage]:
    made = RequestersPage(session)
    qtbot.addWidget(made)
    made.resize(1024, 540)
    session.changed.connect(made.refresh)  # as the window does
    made.show()
    yield made


def opened(page: RequestersPage, qtbot: QtBot) -> None:
    page.open()
    qtbot.waitUntil(lambda: page._loaded)


def two(desk: Desk) -> tuple[int, int]:
    alder = Requester("Alder", ("1 A St", "Oakhaven, NY"), "a@example.org", signers=(Signer("Ann", "Director"),))
    return desk.people.add(alder).primary, desk.people.add(Requester("Birch")).primary


def test_an_empty_desk_says_what_to_do(page: RequestersPage, qtbot: QtBot) -> None:
    opened(page, qtbot)
    assert page.empty.isVisible()
    assert page.first_focus() is page.empty.button
    page.empty.button.click()
    assert page.form.isVisible()
    primary = page.primary()
    assert primary is not None
    assert primary.label == "Save"


def test_someone_is_written_down_with_signers(page: RequestersPage, desk: Desk, qtbot: QtBot) -> None:
    opened(page, qtbot)
    page.start()
    form = page.form
    qtbot.keyClicks(form.name, "Harbor Watch")
    qtbot.keyClicks(form.address, "12 Dock St")
    qtbot.keyClick(form.address, Qt.Key.Key_Return)
    qtbot.keyClicks(form.address, "Portland, OR 97201")
    qtbot.keyClicks(form.email, "foia@example.org")
    rows = form.signers._rows
    qtbot.keyClicks(rows[0].name, "Ana Reyes")
    qtbot.keyClicks(rows[0].role, "Director")
    form.signers.add_button.click()
    qtbot.keyClicks(form.signers._rows[1].name, "Bo Lindqvist")
    page.save()
    qtbot.waitUntil(lambda: page.list.current_id() not in {None, 0})
    (kept,) = desk.people.all()
    assert kept.name == "Harbor Watch"
    assert kept.address == ("12 Dock St", "Portland, OR 97201")
    assert kept.signers == (Signer("Ana Reyes", "Director"), Signer("Bo Lindqvist"))
    qtbot.waitUntil(lambda: not page.form.dirty())
    assert page.heading.text() == "Harbor Watch"


def test_a_name_is_asked_for(page: RequestersPage, desk: Desk, qtbot: QtBot) -> None:
    opened(page, qtbot)
    page.start()
    qtbot.keyClicks(page.form.email, "x@example.org")
    page.save()
    assert page.warning.text() == "Give the organization or person a name."
    assert desk.people.all() == ()


def test_choosing_another_saves_what_was_typed(page: RequestersPage, desk: Desk, qtbot: QtBot) -> None:
    alder, birch = two(desk)
    opened(page, qtbot)
    qtbot.keyClicks(page.form.website, "alder.example.org")
    assert page.form.dirty()
    page.list.setCurrentRow(1)
    qtbot.waitUntil(lambda: desk.people.get(alder).website == "alder.example.org")
    assert desk.people.get(birch).website == ""
    assert page.heading.text() == "Birch"
    assert page.form.value().id == birch


def test_an_edit_can_be_left(page: RequestersPage, desk: Desk, qtbot: QtBot) -> None:
    alder, _birch = two(desk)
    opened(page, qtbot)
    qtbot.keyClicks(page.form.name, "!")
    page.revert.click()
    assert page.form.name.text() == "Alder"
    assert not page.form.dirty()
    assert desk.people.get(alder).name == "Alder"


def test_undo_is_shown(page: RequestersPage, session: Session, desk: Desk, qtbot: QtBot) -> None:
    alder, _birch = two(desk)
    opened(page, qtbot)
    page.form.signers._rows[0].remove.click()
    page.form.signers._rows[0].name.setText("Amy")
    page.form.signers.edited.emit()
    page.save()
    qtbot.waitUntil(lambda: desk.people.get(alder).signers == (Signer("Amy"),))
    qtbot.waitUntil(lambda: not page.form.dirty())
    session.undo()
    qtbot.waitUntil(lambda: page.form.signers.signers() == (Signer("Ann", "Director"),))


def test_a_letterhead_is_stored_shown_and_taken_off(
    page: RequestersPage, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    alder, _birch = two(desk)
    picture = tmp_path / "logo.png"
    held = io.BytesIO()
    Image.new("RGB", (300, 90), "navy").save(held, "PNG")
    picture.write_bytes(held.getvalue())
    opened(page, qtbot)
    page.form.logo.take(picture)
    assert page.form.dirty()
    page.save()
    qtbot.waitUntil(lambda: not page.form.logo.picture.pixmap().isNull())
    stored = desk.people.get(alder).logo
    assert stored is not None
    assert desk.people.logo(stored) == held.getvalue()
    assert page.form.logo.picture.pixmap().height() <= 72 * page.devicePixelRatioF()
    page.form.logo.drop.click()
    page.save()
    qtbot.waitUntil(lambda: desk.people.get(alder).logo is None)


def test_a_file_that_is_no_picture_is_refused_and_the_rest_kept(
    page: RequestersPage, session: Session, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    alder, _birch = two(desk)
    wrong = tmp_path / "logo.png"
    wrong.write_bytes(b"not a picture")
    opened(page, qtbot)
    qtbot.keyClicks(page.form.phone, "555")
    page.form.logo.take(wrong)
    with qtbot.waitSignal(session.trouble) as trouble:
        page.save()
    assert isinstance(trouble.args[0], KnownError)
    assert desk.people.get(alder).phone == "555"
    assert desk.people.get(alder).logo is None
    assert not page._saving


def test_a_picture_far_too_large_is_not_read(tmp_path: Path) -> None:
    large = tmp_path / "large.png"
    with large.open("wb") as file:
        file.truncate(LARGEST_LOGO + 1)
    with pytest.raises(BadInput, match="8 MB"):
        read_logo(large)
    with pytest.raises(BadInput, match="cannot be read"):
        read_logo(tmp_path / "missing.png")


def test_one_who_signs_requests_stays(page: RequestersPage, session: Session, story: Story, qtbot: QtBot) -> None:
    desk = story()
    opened(page, qtbot)
    with qtbot.waitSignal(session.trouble) as trouble:
        page.remove.click()
    assert isinstance(trouble.args[0], Conflict)
    assert len(desk.people.all()) == 1


def test_one_nobody_needs_is_removed(page: RequestersPage, desk: Desk, qtbot: QtBot) -> None:
    _alder, birch = two(desk)
    opened(page, qtbot)
    page.list.setCurrentRow(1)
    page.remove.click()
    qtbot.waitUntil(lambda: page.list.count() == 1)
    assert birch not in {requester.id for requester in desk.people.all()}
    assert page.heading.text() == "Alder"


def test_everything_has_a_name_and_fits(page: RequestersPage, desk: Desk, qtbot: QtBot) -> None:
    two(desk)
    opened(page, qtbot)
    assert page.minimumSizeHint().width() <= 968
    assert page.minimumSizeHint().height() <= 540
    for widget in page.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.focusProxy():
            assert widget.accessibleName() or getattr(widget, "text", str)(), type(widget).__name__
