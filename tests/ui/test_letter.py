"""The Letter page: form and live pages, autosave, copies out, marking as sent, letters of a campaign in turn."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk, RequestFilter
from foiadesk.letters import kinds
from foiadesk.records import AttachmentRole, Channel, EventKind, LetterState
from foiadesk.records.errors import BadInput, StorageFull
from foiadesk_ui.letter_files import file_name, write_private
from foiadesk_ui.letter_form import LetterForm
from foiadesk_ui.letter_page import LetterPage
from foiadesk_ui.session import Session

Story = Callable[[], Desk]


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> Iterator[LetterPage]:
    made = LetterPage(session)
    qtbot.addWidget(made)
    made.resize(1024, 540)
    session.changed.connect(made.refresh)  # as the window does
    session.navigate.connect(lambda name, where: made.open(**where) if name == "letter" else None)
    made.show()
    yield made


@pytest.fixture
def letters(story: Story) -> list[int]:
    """A draft of the request letter for each of three offices."""
    desk = story()
    requests = sorted(desk.requests.ids(RequestFilter()))
    return [desk.letters.start("policy_request", request).primary for request in requests]


def shown(page: LetterPage, letter: int, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.preview.drawn):
        page.open(letter=letter)
    assert page._subject is not None
    assert page._subject.letter.id == letter


def write(page: LetterPage, name: str, text: str, qtbot: QtBot) -> None:
    page.form.go_to(name)
    qtbot.keyClicks(page.form.entry(name).widget, text)


def test_a_letter_opens_with_its_form_and_its_pages(
    page: LetterPage, letters: list[int], desk: Desk, qtbot: QtBot
) -> None:
    shown(page, letters[2], qtbot)
    assert page.preview.pages.page_count() >= 1
    assert page.preview.where.text() == f"Page 1 of {page.preview.pages.page_count()}"
    assert page.title == "Letter to PRIV"
    assert page.form.values() == dict(desk.letters.get(letters[2]).values)
    assert page.bar.place.text() == "3 of 3"
    assert page.bar.before.accessibleName() == "Letter to CBP"
    assert not page.bar.after.isEnabled()


def test_what_is_typed_is_drawn_and_saved_by_itself(
    page: LetterPage, letters: list[int], desk: Desk, qtbot: QtBot
) -> None:
    shown(page, letters[0], qtbot)
    before = page.preview.pages._pages[0].copy()
    with qtbot.waitSignal(page.preview.drawn):
        write(page, "background", "Because the public asks.", qtbot)
    qtbot.waitUntil(lambda: page.preview.pages._pages[0] != before)
    qtbot.waitUntil(lambda: page.bar.said.text() == "Saved")
    assert desk.letters.get(letters[0]).values["background"] == "Because the public asks."
    assert page.form.values()["background"] == "Because the public asks."  # our own saving put nothing back


def test_leaving_saves_at_once(
    page: LetterPage, letters: list[int], session: Session, desk: Desk, qtbot: QtBot
) -> None:
    shown(page, letters[0], qtbot)
    write(page, "background", "Half a sentence", qtbot)
    page.flush()
    session.jobs.stop()
    assert desk.letters.get(letters[0]).values["background"] == "Half a sentence"


def test_going_to_the_next_letter_loses_nothing(page: LetterPage, letters: list[int], desk: Desk, qtbot: QtBot) -> None:
    shown(page, letters[0], qtbot)
    write(page, "background", "For ICE only.", qtbot)
    with qtbot.waitSignal(page.preview.drawn):
        page.bar.after.click()
        qtbot.waitUntil(lambda: page.title == "Letter to CBP")
    qtbot.waitUntil(lambda: desk.letters.get(letters[0]).values["background"] == "For ICE only.")
    assert page.form.values()["background"] == ""
    assert desk.letters.get(letters[1]).values["background"] == ""
    with qtbot.waitSignal(page.preview.drawn):
        page.bar.before.click()
        qtbot.waitUntil(lambda: page.title == "Letter to ICE")
    assert page.form.values()["background"] == "For ICE only."


def test_blanks_stand_in_both_and_lead_to_their_field(page: LetterPage, letters: list[int], qtbot: QtBot) -> None:
    shown(page, letters[2], qtbot)
    subject = page.form.entry("title")
    page.form.go_to("title")
    with qtbot.waitSignal(page.preview.drawn, check_params_cb=lambda preview: bool(preview.blanks)):
        subject.widget.selectAll()  # type: ignore[attr-defined]
        qtbot.keyClick(subject.widget, Qt.Key.Key_Delete)
    assert subject.mark.isVisibleTo(page)
    assert "blank" in subject.widget.accessibleDescription().lower()
    assert page.notes.head.text() == "1 blank to fill in"
    page.form.go_to("contact")
    page.notes.wanted.emit("title")
    assert page.focusWidget() is subject.widget
    with qtbot.waitSignal(page.preview.drawn, check_params_cb=lambda preview: not preview.blanks):
        qtbot.keyClicks(subject.widget, "Contracts")
    assert not subject.mark.isVisibleTo(page)
    assert not page.notes.isVisibleTo(page)


def test_a_letter_that_does_not_fit_says_why_and_still_shows(page: LetterPage, story: Story, qtbot: QtBot) -> None:
    desk = story()
    request = sorted(desk.requests.ids(RequestFilter()))[2]  # never sent
    letter = desk.letters.start("overdue_notice", request).primary
    shown(page, letter, qtbot)
    assert page.preview.pages.page_count() >= 1
    assert page.notes.isVisibleTo(page)
    assert not page.notes.cautions.isHidden()


def test_asking_for_a_kind_begins_it_once(page: LetterPage, story: Story, qtbot: QtBot) -> None:
    desk = story()
    request = sorted(desk.requests.ids(RequestFilter()))[0]
    with qtbot.waitSignal(page.preview.drawn):
        page.open(request=request, kind="overdue_notice")
    first = page._subject
    assert first is not None
    with qtbot.waitSignal(page.preview.drawn):
        page.open(request=request, kind="overdue_notice")
    assert [letter.id for letter in desk.letters.for_request(request)] == [first.letter.id]


def test_an_answer_about_another_letter_is_dropped(page: LetterPage, letters: list[int], qtbot: QtBot) -> None:
    for letter in letters:
        page.open(letter=letter)
    qtbot.waitUntil(lambda: page.title == "Letter to PRIV")
    with qtbot.waitSignal(page.preview.drawn):
        page.preview.touch()
    assert page._subject is not None
    assert page._subject.letter.id == letters[2]


def test_typing_never_makes_a_queue_of_drawings(page: LetterPage, letters: list[int], qtbot: QtBot) -> None:
    shown(page, letters[0], qtbot)
    running = 0
    most = 0
    drawn: list[object] = []
    inner = page.preview._draw
    assert inner is not None

    def counted(desk: Desk, scale: float) -> object:
        nonlocal running, most
        running += 1
        most = max(most, running)
        try:
            return inner(desk, scale)
        finally:
            running -= 1

    page.preview._draw = counted  # type: ignore[assignment]
    page.preview.drawn.connect(drawn.append)
    for _turn in range(12):
        write(page, "background", "abc ", qtbot)
        page.preview._ask()
    qtbot.waitUntil(lambda: not page.preview._busy and not page.preview._pause.isActive())
    assert most == 1
    assert len(drawn) <= 12
    assert page.form.values()["background"] == "abc " * 12


def test_a_character_no_font_can_show_is_named_and_the_old_page_stays(
    page: LetterPage, letters: list[int], qtbot: QtBot
) -> None:
    shown(page, letters[0], qtbot)
    count = page.preview.pages.page_count()
    page.form.entry("background").set_value("\U0001f9ff\U00012000")
    page._edited()
    qtbot.waitUntil(page.preview.trouble.isVisible)
    assert page.preview.trouble.text()
    assert page.preview.pages.page_count() == count
    page.form.entry("background").set_value("plain")
    with qtbot.waitSignal(page.preview.drawn):
        page._edited()
    assert not page.preview.trouble.isVisible()


def test_marking_as_sent_files_the_pages_and_starts_the_clock(
    page: LetterPage, letters: list[int], desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    shown(page, letters[2], qtbot)
    page._mark()
    panel = page.panel
    assert panel.isVisible()
    assert page.primary() is None  # the panel has the one primary button now
    assert Channel(panel.channel.currentData()) is Channel.PORTAL  # what DHS takes
    assert panel.day.day() == date(2026, 2, 10)
    proof = tmp_path / "receipt.txt"
    proof.write_bytes(b"Submitted, confirmation 4711")
    panel.take_proof(proof)
    with qtbot.waitSignal(panel.sent):
        panel.confirm.click()
    qtbot.waitUntil(lambda: page._subject is not None and page._subject.sent)
    subject = page._subject
    assert subject is not None
    assert subject.file is not None
    pdf = desk.letters.pdf(letters[2])
    assert hashlib.sha256(pdf).hexdigest() == subject.file.sha256
    assert subject.file.role is AttachmentRole.LETTER
    events = desk.requests.events(subject.request.id)
    assert [event.kind for event in events] == [EventKind.REQUEST_SENT]
    assert events[0].date == date(2026, 2, 10)
    assert events[0].get("channel") == "portal"
    assert "receipt.txt" in {one.name for one in desk.filing.documents(subject.request.id)}
    assert page.facts.isVisible()
    assert page.facts.head.text() == "Sent Tue 10 Feb 2026"
    with qtbot.waitSignal(page.preview.drawn):
        page.preview.touch()
    assert page.preview.pages.page_count() >= 1
    primary = page.primary()
    assert primary is not None
    assert primary.label == "Next letter: ICE"


def test_blanks_need_a_second_click(page: LetterPage, letters: list[int], desk: Desk, qtbot: QtBot) -> None:
    page.form.build(desk.letters.kind("policy_request").fields)
    values = {**desk.letters.get(letters[2]).values, "title": ""}
    desk.letters.save(letters[2], values)
    shown(page, letters[2], qtbot)
    page._mark()
    panel = page.panel
    with qtbot.assertNotEmitted(panel.sent, wait=50):
        panel.confirm.click()
    assert "Subject" in panel.warning.words.text()
    assert desk.letters.get(letters[2]).state is LetterState.DRAFT
    assert panel.confirm.text() == "Mark as sent with blanks"
    with qtbot.waitSignal(panel.sent):
        panel.confirm.click()
    assert desk.letters.get(letters[2]).state is LetterState.SENT


def test_a_day_after_today_cannot_be_marked(page: LetterPage, letters: list[int], qtbot: QtBot) -> None:
    shown(page, letters[2], qtbot)
    page._mark()
    page.panel.day.set_day(date(2026, 2, 11))
    page.panel.day.edited.emit()
    assert not page.panel.confirm.isEnabled()
    assert page.panel.warning.words.text() == "The date is after today."
    page.panel.channel.setCurrentIndex(page.panel.channel.findData(Channel.MAIL))
    page.panel.day.set_day(date(2026, 2, 9))
    page.panel.day.edited.emit()
    assert page.panel.confirm.isEnabled()
    assert "refused" in page.panel.warning.words.text()


def test_undoing_the_sending_makes_it_a_draft_again(
    page: LetterPage, letters: list[int], session: Session, desk: Desk, qtbot: QtBot
) -> None:
    shown(page, letters[2], qtbot)
    page._mark()
    with qtbot.waitSignal(page.panel.sent):
        page.panel.send()
    qtbot.waitUntil(lambda: page._subject is not None and page._subject.sent)
    session.undo()
    qtbot.waitUntil(lambda: page._subject is not None and not page._subject.sent)
    assert desk.requests.events(page._subject.request.id) == ()  # type: ignore[union-attr]
    assert page.left.currentIndex() == 0


def test_undoing_an_edit_shows_the_old_words(
    page: LetterPage, letters: list[int], session: Session, desk: Desk, qtbot: QtBot
) -> None:
    shown(page, letters[0], qtbot)
    write(page, "background", "A mistake.", qtbot)
    qtbot.waitUntil(lambda: page.bar.said.text() == "Saved")
    session.undo()
    qtbot.waitUntil(lambda: page.form.values()["background"] == "")
    assert desk.letters.get(letters[0]).values["background"] == ""


def test_a_letter_that_is_gone_says_so(page: LetterPage, letters: list[int], session: Session, qtbot: QtBot) -> None:
    shown(page, letters[0], qtbot)
    session.act(page, lambda desk: desk.letters.discard(letters[0]))
    qtbot.waitUntil(page.gone.isVisible)
    assert not page.whole.isVisible()
    assert page.preview.pages.page_count() == 0


def test_the_text_for_a_portal_is_copied(page: LetterPage, letters: list[int], qtbot: QtBot) -> None:
    shown(page, letters[0], qtbot)
    write(page, "background", "Typed just now.", qtbot)
    page.bar.copy_button.click()
    qtbot.waitUntil(lambda: page.bar.said.text().startswith("Copied"))
    text = QGuiApplication.clipboard().text()
    assert "Typed just now." in text
    assert "All contracts." in text
    QGuiApplication.clipboard().clear()


def test_the_pdf_is_saved_privately(page: LetterPage, letters: list[int], tmp_path: Path, qtbot: QtBot) -> None:
    shown(page, letters[0], qtbot)
    target = tmp_path / "out" / "letter.pdf"
    target.parent.mkdir()
    page.exits.save_pdf_to(target)
    qtbot.waitUntil(lambda: page.bar.said.text() == "Saved as letter.pdf")
    assert target.read_bytes().startswith(b"%PDF-")
    assert target.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in target.parent.iterdir()] == ["letter.pdf"]


def test_a_folder_that_refuses_is_said_and_the_letter_kept(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be written"):
        write_private(tmp_path / "missing" / "letter.pdf", b"x")


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "letter.pdf"
    target.write_bytes(b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("foiadesk_ui.letter_files.os.fsync", full)
    with pytest.raises(StorageFull):
        write_private(target, b"new")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["letter.pdf"]


@pytest.mark.parametrize(
    ("office", "title", "name"),
    [
        ("ICE", "Face recognition", "ICE - Face recognition.pdf"),
        ("ICE", "../../etc/passwd", "ICE - .. .. etc passwd.pdf"),
        ("", 'a:b*c?"d"', "a b c d.pdf"),
        ("", "...", "letter.pdf"),
    ],
)
def test_a_suggested_name_is_a_name_and_never_a_path(office: str, title: str, name: str) -> None:
    assert file_name(office, title) == name
    assert "/" not in file_name(office, title)


@pytest.mark.parametrize("kind", [kind.name for kind in kinds()])
def test_every_kinds_form_gives_back_what_it_is_given(kind: str, story: Story, qtbot: QtBot) -> None:
    desk = story()
    request = sorted(desk.requests.ids(RequestFilter()))[0]
    found = desk.letters.kind(kind)
    form = LetterForm()
    qtbot.addWidget(form)
    form.resize(420, 600)
    form.show()
    form.build(found.fields)
    values = desk.letters.defaults(kind, request)
    for field in found.fields:
        if field.type in {"text", "line"} and not values[field.name]:
            values[field.name] = f"Words for {field.name}"
    form.load(values)
    assert form.values() == values
    qtbot.waitUntil(lambda: not form._waiting)
    assert form.values() == values
    assert form.inner.minimumSizeHint().width() <= 340, "the form must fit half of a small window"
    for field in found.fields:
        entry = form.entry(field.name)
        if not entry.isVisibleTo(form):
            continue
        target = entry.widget.focusProxy() or entry.widget
        assert target.accessibleName(), field.name


def test_a_field_appears_when_what_it_depends_on_is_chosen(desk: Desk, qtbot: QtBot) -> None:
    form = LetterForm()
    qtbot.addWidget(form)
    form.show()
    form.build(desk.letters.kind("policy_request").fields)
    form.load({})
    statement = form.entry("statement")
    assert not statement.isVisible()
    with qtbot.waitSignal(form.edited):
        form.entry("expedition").widget.button.click()  # type: ignore[attr-defined]
    qtbot.waitUntil(statement.isVisible)
    form.entry("expedition").widget.button.click()  # type: ignore[attr-defined]
    assert not statement.isVisible()


def test_the_page_fits_a_small_screen(page: LetterPage, letters: list[int], qtbot: QtBot) -> None:
    shown(page, letters[0], qtbot)
    page._mark()
    assert page.minimumSizeHint().width() <= 968
    assert page.minimumSizeHint().height() <= 540
    for widget in page.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.focusProxy():
            assert widget.accessibleName() or getattr(widget, "text", str)(), type(widget).__name__


def test_the_title_is_cut_only_where_its_line_is_full(page: LetterPage, letters: list[int], qtbot: QtBot) -> None:
    shown(page, letters[0], qtbot)
    bar = page.bar
    bar._title = "Face recognition, contracts"
    lines: set[int] = set()
    for wide in range(700, 1400, 10):
        page.resize(wide, 540)
        QGuiApplication.processEvents()
        two = bar.copy_button.y() > bar.where.geometry().bottom()
        lines.add(2 if two else 1)
        if two:
            assert bar.where.text() == bar._title, wide
    assert lines == {1, 2}
