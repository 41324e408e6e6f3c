"""The Letter page while writing: find and replace, versions side by side, another letter with the same words."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk, RequestFilter
from foiadesk.letters.press import fallback
from foiadesk_ui.growing_text import GrowingText
from foiadesk_ui.letter_page import LetterPage
from foiadesk_ui.merge_text import MergeText
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
def letter(story: Story, page: LetterPage, desk: Desk, qtbot: QtBot) -> int:
    """A draft for ICE, on the page."""
    if fallback.face_for("😀") is None:
        pytest.skip("no font here shows '😀' (Debian: fonts-noto-core)")
    request = sorted(story().requests.ids(RequestFilter()))[0]
    made = desk.letters.start("policy_request", request).primary
    desk.letters.save(made, {"background": "😀 Contracts, contracts.", "items": "All contracts.\nAll policies."})
    with qtbot.waitSignal(page.preview.drawn):
        page.open(letter=made)
    return made


def selected(box: QLineEdit | GrowingText) -> str:
    return box.selectedText() if isinstance(box, QLineEdit) else box.textCursor().selectedText()


def test_what_is_selected_is_looked_for_and_escape_goes_to_it(page: LetterPage, letter: int, qtbot: QtBot) -> None:
    page.form.go_to("background")
    box = page.form.entry("background").widget
    assert isinstance(box, GrowingText)
    cursor = box.textCursor()
    cursor.setPosition(3)
    cursor.setPosition(12, cursor.MoveMode.KeepAnchor)
    box.setTextCursor(cursor)
    page._find(replace=False)
    assert page.finding.text.text() == "Contracts"
    while (match := page.finding._current()) is not None and match.box is not box:
        page.finding.after.click()
    qtbot.keyClick(page.finding.text, Qt.Key.Key_Escape)
    assert page.focusWidget() is box and selected(box) == "Contracts"


def test_finding_steps_through_every_field(page: LetterPage, letter: int, qtbot: QtBot) -> None:
    page._find(replace=False)
    assert page.finding.isVisibleTo(page) and not page.finding.replacing.isVisibleTo(page)
    qtbot.keyClicks(page.finding.text, "contracts")
    boxes = page.form.texts()
    at = [place for place, box in enumerate(boxes) if "contracts" in box.text().lower()]
    count = sum(box.text().lower().count("contracts") for box in boxes)
    assert page.finding.count.text() == f"1 of {count}"
    seen = []
    for _step in range(count):
        match = page.finding._current()
        assert match is not None and selected(match.box).lower() == "contracts"
        seen.append(boxes.index(match.box))
        qtbot.keyClick(page.finding.text, Qt.Key.Key_Return)
    assert seen == sorted(seen) and sorted(set(seen)) == at
    assert page.finding.count.text() == f"1 of {count}"
    page.finding.case.setChecked(True)
    assert page.finding.count.text() != f"1 of {count}"
    page.finding.text.setText("zebra")
    assert page.finding.count.text() == "Stands nowhere" and not page.finding.all.isEnabled()
    qtbot.keyClick(page.finding.text, Qt.Key.Key_Escape)
    assert not page.finding.isVisibleTo(page)


def test_replacing_all_is_one_undo(page: LetterPage, letter: int, desk: Desk, session: Session, qtbot: QtBot) -> None:
    before = dict(desk.letters.get(letter).values)
    page._find(replace=True)
    page.finding.text.setText("contracts")
    page.finding.by.setText("deals")
    with qtbot.waitSignal(session.acted) as acted:
        page.finding.all.click()
    assert acted.args is not None and acted.args[0].sentence.startswith("Replaced in ")
    qtbot.waitUntil(lambda: page.form.values()["background"] == "😀 deals, deals.")
    assert desk.letters.get(letter).values["items"] == "All deals.\nAll policies."
    assert page.finding.count.text() == "Stands nowhere"
    with qtbot.waitSignal(session.changed):
        desk.history.undo()
    qtbot.waitUntil(lambda: page.form.values()["background"] == before["background"])
    assert dict(desk.letters.get(letter).values) == before


def test_replacing_one_goes_on_to_the_next(page: LetterPage, letter: int, desk: Desk, qtbot: QtBot) -> None:
    page._find(replace=True)
    page.finding.text.setText("contracts")
    page.finding.by.setText("contracts and deals")
    match = page.finding._current()
    assert match is not None
    first = match.box.text()
    page.finding.one.click()
    assert match.box.text() != first
    again = page.finding._current()
    assert again is not None and (again.box is not match.box or again.start > match.start)
    assert page.saving.dirty  # saved as anything typed
    page.flush()
    qtbot.waitUntil(lambda: "contracts and deals" in str(dict(desk.letters.get(letter).values)))


def test_versions_side_by_side_and_one_restored(
    page: LetterPage, letter: int, desk: Desk, session: Session, qtbot: QtBot
) -> None:
    page._show_versions()
    assert page.primary() is None
    qtbot.waitUntil(lambda: page.versions.none.isVisibleTo(page))
    with qtbot.waitSignal(session.acted):
        page.versions.none.button.click()
    qtbot.waitUntil(lambda: page.versions.list.count() == 1)
    page.versions.back.click()
    assert page.splitter.isVisibleTo(page)
    page.form.go_to("background")
    page.form.entry("background").widget.set_text("")  # type: ignore[attr-defined]
    qtbot.keyClicks(page.form.entry("background").widget, "<b>Deals</b>")
    page._show_versions()
    qtbot.waitUntil(lambda: page.versions.legend.text().startswith("1 field differs."))
    text = page.versions.shown.toPlainText()
    assert "Background" in text and "Contracts, contracts." in text and "<b>Deals</b>" in text
    with qtbot.waitSignal(session.acted):
        page.versions.restore.click()
    qtbot.waitUntil(lambda: page.form.values()["background"] == "😀 Contracts, contracts.")
    assert page.splitter.isVisibleTo(page) and not page.versions.isVisibleTo(page)
    assert [one.why for one in desk.drafting.versions(letter)] == ["restored", "kept"]


def test_what_differs_is_marked_by_more_than_colour(page: LetterPage, letter: int, desk: Desk, qtbot: QtBot) -> None:
    desk.drafting.keep(letter)
    desk.letters.save(letter, {"background": "😀 Contracts, deals."})
    with qtbot.waitSignal(page.preview.drawn):
        page.refresh(None)
    page._show_versions()
    qtbot.waitUntil(lambda: "deals" in page.versions.shown.toPlainText())
    marks = {}
    block = page.versions.shown.document().begin()
    while block.isValid():
        each = block.begin()
        while not each.atEnd():
            piece = each.fragment()
            marks[piece.text()] = (piece.charFormat().fontStrikeOut(), piece.charFormat().fontUnderline())
            each += 1
        block = block.next()
    assert marks["contracts"] == (True, False) and marks["deals"] == (False, True)


def test_saving_keeps_a_version_and_a_copy_goes_to_another_request(
    page: LetterPage, letter: int, desk: Desk, qtbot: QtBot, tmp_path: object
) -> None:
    with qtbot.waitSignal(page.exits.done):
        page.exits.save_pdf_to(tmp_path / "a.pdf")  # type: ignore[operator]
    qtbot.waitUntil(lambda: [one.why for one in desk.drafting.versions(letter)] == ["saved"])
    other = sorted(desk.requests.ids(RequestFilter()))[2]
    with qtbot.waitSignal(page.preview.drawn):
        page.tools.duplicate_for(other)
        qtbot.waitUntil(lambda: page.title == "Letter to PRIV")
    assert page.form.values()["background"] == "😀 Contracts, contracts."


def test_a_sent_letter_offers_only_another_like_it(page: LetterPage, letter: int, desk: Desk, qtbot: QtBot) -> None:
    from foiadesk.records import Channel

    desk.letters.mark_sent(letter, channel=Channel.PORTAL, on=desk.clock(), with_blanks=True)
    with qtbot.waitSignal(page.preview.drawn):
        page.open(letter=letter)
        qtbot.waitUntil(lambda: page._subject is not None and page._subject.sent)
    page._find(replace=True)
    page._show_versions()
    assert not page.finding.isVisibleTo(page) and not page.versions.isVisibleTo(page)
    assert not any(action.isVisible() for action in page.bar.more.writing)


def test_a_fact_in_a_text_is_a_chip_and_its_blank_leads_to_the_field(
    page: LetterPage, letter: int, desk: Desk, qtbot: QtBot
) -> None:
    background = page.form.entry("background")
    with qtbot.waitSignal(page.preview.drawn, check_params_cb=lambda preview: bool(preview.blanks)):
        page.form.go_to("background")
        qtbot.keyClicks(background.widget, "See {tracking} of {office}. ")
    box = background.texts()[0]
    assert isinstance(box, MergeText) and box.chips() == ["tracking", "office"]
    assert background.mark.isVisibleTo(page)
    assert "Tracking number: not known" in box.accessibleDescription()
    page.form.go_to("title")
    page.notes.wanted.emit("background:tracking")
    assert page.focusWidget() is box
    request = desk.letters.get(letter).request
    qtbot.waitUntil(lambda: "{tracking}" in desk.letters.get(letter).values["background"])
    with qtbot.waitSignal(page.preview.drawn, check_params_cb=lambda preview: not preview.blanks):
        desk.requests.add_event(
            request, {"kind": "acknowledged", "date": "2025-12-03", "tracking_number": "2026-ICFO-1"}
        )
    assert page.form.facts.words("tracking") == ("2026-ICFO-1", False)
    assert not background.mark.isVisibleTo(page)


def test_snippets_are_kept_from_a_selection_and_changed_in_their_list(
    page: LetterPage, letter: int, desk: Desk, session: Session, qtbot: QtBot
) -> None:
    menu = page.form.entry("background").insert_menu()
    assert menu is not None
    menu.close()
    with qtbot.waitSignal(session.acted):
        page.tools.keep_snippet("All emails about {title}.")
    qtbot.waitUntil(lambda: [one.text for one in page.inserter.own] == ["All emails about {title}."])
    dialog = page.tools.show_snippets()
    qtbot.waitUntil(lambda: dialog.list.count() == 1)
    assert dialog.name.text() == "All emails about {title}."
    dialog.name.setText("Emails")
    with qtbot.waitSignal(session.acted):
        dialog.save.click()
    qtbot.waitUntil(lambda: [one.title for one in page.inserter.own] == ["Emails"])
    dialog.new.click()
    assert not dialog.save.isEnabled() and not dialog.remove.isVisibleTo(dialog)
    dialog.text.set_text("Another.")
    with qtbot.waitSignal(session.acted):
        dialog.save.click()
    qtbot.waitUntil(lambda: dialog.list.count() == 2 and dialog.name.text() == "Another.")
    with qtbot.waitSignal(session.acted):
        dialog.remove.click()
    qtbot.waitUntil(lambda: dialog.list.count() == 1)
    assert [one.title for one in desk.snippets.own()] == ["Emails"]
    dialog.reject()


def test_a_misspelled_word_is_waved_and_put_right_from_its_menu(
    page: LetterPage, letter: int, desk: Desk, session: Session, qtbot: QtBot
) -> None:
    box = page.form.entry("background").texts()[0]
    assert isinstance(box, MergeText)
    page.form.go_to("background")
    with qtbot.waitSignal(page.spelling.marked, check_params_cb=lambda: "recrods" in page.spelling.unknown):
        qtbot.keyClicks(box, "The recrods. ")
    (waved,) = box.extraSelections()
    assert waved.cursor.selectedText() == "recrods"  # type: ignore[attr-defined]
    text = box.text()
    box.asked = waved.cursor  # type: ignore[attr-defined]
    menu = QMenu(page)
    page.writing.fill_menu(box, menu)
    qtbot.waitUntil(lambda: "records" in [action.text() for action in menu.actions()], timeout=20_000)
    next(action for action in menu.actions() if action.text() == "records").trigger()
    assert box.text() == text.replace("recrods", "records")
    with qtbot.waitSignal(session.acted):
        page.spelling._learn("recrods")
    assert desk.spelling.words() == ("recrods",)
    assert not page.spelling.isVisibleTo(page)


def test_a_line_of_the_form_has_chips_and_spelling_but_takes_names_for_right(
    page: LetterPage, letter: int, desk: Desk, session: Session, qtbot: QtBot
) -> None:
    qtbot.waitUntil(page.form.entry("formats").made)
    (box,) = page.form.entry("formats").texts()
    page.form.go_to("formats")
    assert box.hasFocus()
    with qtbot.waitSignal(page.spelling.marked, check_params_cb=lambda: "natve" in page.spelling.unknown):
        qtbot.keyClicks(box, "natve for Xochitl of {office_short}")
    assert "Xochitl" in page.spelling.unknown
    assert [one.cursor.selectedText() for one in box.extraSelections()] == ["natve"]  # type: ignore[attr-defined]
    assert box.chips() == ["office_short"]
    menu = QMenu(page)
    page.writing.fill_menu(box, menu)
    assert "Fact of the request" in [action.text() for action in menu.actions()]
    page.flush()
    written = "natve for Xochitl of {office_short}"
    qtbot.waitUntil(lambda: desk.letters.get(letter).values["formats"] == written)
    values = desk.letters.get(letter).values
    composed = desk.letters.text("policy_request", desk.letters.get(letter).request, values)
    assert "natve for Xochitl of ICE" in composed
    page.finding.begin(replace=True)
    page.finding.text.setText("natve")
    page.finding.by.setText("native")
    page.finding.one.click()
    assert box.text() == "native for Xochitl of {office_short}" and box.chips() == ["office_short"]
