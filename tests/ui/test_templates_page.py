"""The Templates page: what is typed is drawn, marked where wrong, kept as a draft, and in force when asked."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk
from foiadesk_ui.letter_page import LetterPage
from foiadesk_ui.letter_picker import LetterPicker
from foiadesk_ui.requests_page import RequestsPage
from foiadesk_ui.session import Session
from foiadesk_ui.template_editor import TemplateEditor
from foiadesk_ui.template_panel import name_for
from foiadesk_ui.templates_page import FORM, TEXT, TemplatesPage

Story = Callable[[], Desk]
MINE = "Dear Officer:\n\nOur own words.\n\n@sign Sincerely,\n"


@pytest.fixture
def page(session: Session, story: Story, qtbot: QtBot) -> TemplatesPage:
    story()
    made = TemplatesPage(session)
    qtbot.addWidget(made)
    session.changed.connect(made.refresh)
    made.resize(968, 540)
    made.show()
    opened(made, qtbot, "overdue_notice")
    return made


def opened(page: TemplatesPage, qtbot: QtBot, kind: str) -> None:
    with qtbot.waitSignal(page.preview.drawn):
        page.open(kind=kind)


def typed(page: TemplatesPage, qtbot: QtBot, text: str) -> None:
    page.text.selectAll()
    with qtbot.waitSignal(page.text.edited):
        page.text.insertPlainText(text)


def test_what_is_typed_is_drawn_kept_as_a_draft_and_put_in_force(
    page: TemplatesPage, session: Session, qtbot: QtBot
) -> None:
    desk = session.desk
    assert page.head.text() == "Overdue notice" and page.primary() is None and not page.reset.isVisible()
    with qtbot.waitSignal(page.preview.drawn):
        typed(page, qtbot, MINE)
    qtbot.waitUntil(lambda: desk.templates.source("overdue_notice").draft is not None)
    qtbot.waitUntil(lambda: page.said.text() == "Draft, not in force")
    assert desk.templates.source("overdue_notice").line.state == "shipped"
    primary = page.primary()
    assert primary is not None
    with qtbot.waitSignal(session.acted) as acted:
        primary.run()
    assert acted.args[0].sentence == "Changed the letter template “Overdue notice”"
    qtbot.waitUntil(lambda: page.state.text() == "Changed by you, 10 Feb 2026")
    assert page.primary() is None and page.reset.isVisible() and not page.drop.isVisible()
    assert desk.templates.source("overdue_notice").text == MINE
    page.reset.click()
    qtbot.waitUntil(lambda: page.state.text() == "As shipped")
    assert page.text.text().startswith("Dear FOIA Officer")
    session.undo()
    qtbot.waitUntil(lambda: page.text.text() == MINE)


def test_what_is_wrong_is_marked_at_its_line_and_never_in_force(
    page: TemplatesPage, session: Session, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.preview.refused):
        typed(page, qtbot, "Dear Officer:\n\n{{ trackin }}\n")
    assert page.text.wrong_line() == 3 and page.form.wrong_line() == 0
    assert page.wrong.isVisible() and page.wrong.words.text().startswith("Line 3: there is no field “trackin”")
    assert page.preview.pages.isVisible() and not page.preview.trouble.isVisible()
    page.tabs.setCurrentIndex(FORM)
    primary = page.primary()
    assert primary is not None
    primary.run()
    qtbot.waitUntil(lambda: page.tabs.currentIndex() == TEXT and page.text.textCursor().blockNumber() == 2)
    assert session.desk.templates.source("overdue_notice").line.state == "shipped"
    page.drop.click()
    qtbot.waitUntil(lambda: page.text.wrong_line() == 0 and not page.wrong.isVisible())
    qtbot.waitUntil(lambda: session.desk.templates.source("overdue_notice").draft is None)
    page.tabs.setCurrentIndex(FORM)
    with qtbot.waitSignal(page.preview.refused):
        page.form.setPlainText(page.form.text().replace('group = "waiting"', 'group = "later"'))
    assert page.form.wrong_line() == 5 and page.tabs.tabText(FORM) == "Form ▲"


def test_a_draft_waits_in_the_list_and_comes_back(page: TemplatesPage, session: Session, qtbot: QtBot) -> None:
    typed(page, qtbot, "Dear half a")
    page.list.setCurrentRow(0)  # leaving keeps it
    qtbot.waitUntil(lambda: page.head.text() == "Request for policy records")
    qtbot.waitUntil(lambda: session.desk.templates.source("overdue_notice").draft is not None)
    page.open(kind="overdue_notice")
    qtbot.waitUntil(lambda: page.text.text() == "Dear half a")
    assert "draft" in page.list.currentItem().toolTip()


def test_a_letter_is_added_filtered_exported_and_brought_in(
    page: TemplatesPage, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    page.new.click()
    assert page.panel.isVisible() and page.panel.title.text() == "Overdue notice (mine)"
    page.panel.title.setText("Stern notice")
    qtbot.keyClick(page.panel.title, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.head.text() == "Stern notice")
    assert page.state.text() == "Your own, 10 Feb 2026" and page.reset.text() == "Remove this letter"
    page.filter.setText("stern your own")
    assert [page.list.item(row).text() for row in range(page.list.count())] == ["Stern notice"]
    page.filter.clear()
    file = tmp_path / "stern.toml"
    with qtbot.waitSignal(session.told):
        page.deeds.export_to(file)
    page.deeds.bring_in(file)
    qtbot.waitUntil(page.panel.isVisible)
    assert "“Stern notice” already" in page.panel.words.text() and page.panel.replace.isVisible()
    qtbot.keyClick(page.panel.title, Qt.Key.Key_Escape)
    assert not page.panel.isVisible()
    page.deeds.bring_in(file)
    qtbot.waitUntil(page.panel.isVisible)
    page.panel.title.setText("Sterner")
    page.panel.add.click()
    qtbot.waitUntil(lambda: page.head.text() == "Sterner")
    page.reset.click()
    qtbot.waitUntil(lambda: "sterner" not in {line.name for line in session.desk.templates.all()})
    qtbot.waitUntil(lambda: page.head.text() != "Sterner")
    page.deeds.bring_in(file)
    qtbot.waitUntil(page.panel.isVisible)
    with qtbot.waitSignal(session.acted):
        page.panel.replace.click()
    file.write_text("nothing = 1")
    with qtbot.waitSignal(session.trouble) as trouble:
        page.deeds.bring_in(file)
    assert "no letter template" in str(trouble.args[0])


def test_the_page_is_of_an_example_or_of_a_request(page: TemplatesPage, qtbot: QtBot) -> None:
    assert page.about.text() == "An example" and not page.example.isVisible()
    with qtbot.waitSignal(page.preview.drawn):
        page.open(kind="overdue_notice", request=1)
    qtbot.waitUntil(lambda: page.about.text() == "ICE")
    with qtbot.waitSignal(page.preview.drawn):
        page.example.click()
    assert page.about.text() == "An example"


def test_the_editor_numbers_lines_and_pastes_plain_text(qtbot: QtBot) -> None:
    editor = TemplateEditor("Text")
    qtbot.addWidget(editor)
    editor.show()
    narrow = editor.gutter_width()
    editor.set_text("\n".join("abc" for _line in range(1000)))
    assert editor.gutter_width() > narrow and editor.viewport().x() >= editor.gutter_width()
    editor.mark_wrong(900)
    editor.go_to_line(900)
    assert editor.textCursor().blockNumber() == 899 and len(editor.extraSelections()) == 1
    editor.mark_wrong(5000)
    assert editor.extraSelections() == []


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Stern notice", "stern_notice_2"),
        ("Ärger & Co.", "rger_co"),
        ("552", "letter_552"),
        ("¿?", "letter"),
        ("x" * 90, "x" * 50),
    ],
)
def test_a_title_becomes_a_name_nobody_has(title: str, name: str) -> None:
    assert name_for(title, frozenset({"stern_notice"})) == name


def test_whoever_is_offered_a_changed_letter_is_told_and_can_reset_it(
    session: Session, story: Story, qtbot: QtBot
) -> None:
    desk = story()
    desk.templates.change("overdue_notice", text=MINE)
    shown = RequestsPage(session)
    qtbot.addWidget(shown)
    session.changed.connect(shown.refresh)
    shown.show()
    shown.open(id=1)
    tab = shown.view.letters
    qtbot.waitUntil(lambda: any("Changed by you, 10 Feb 2026" in text for text in texts(tab.menu)))
    dialog = tab.pick()
    assert isinstance(dialog, LetterPicker)
    dialog.filter.setText("overdue notice")
    assert dialog.whose.text() == "Changed by you, 10 Feb 2026" and dialog.reset.isVisible()
    with qtbot.waitSignal(session.navigate) as gone:
        dialog.edit.click()
    assert gone.args == ["templates", {"kind": "overdue_notice", "request": 1}]
    dialog = tab.pick()
    assert dialog is not None
    dialog.filter.setText("overdue notice")
    with qtbot.waitSignal(session.acted):
        dialog.reset.click()
    assert desk.letters.kind("overdue_notice").changed_on == ""
    qtbot.waitUntil(lambda: not any("Changed by you" in text for text in texts(tab.menu)))


def texts(menu: QMenu) -> list[str]:
    found = []
    for action in menu.actions():
        found.append(action.text())
        inner = action.menu()
        if isinstance(inner, QMenu):
            found += texts(inner)
    return found


def test_a_letter_page_says_whose_words_it_has_and_follows_its_form(
    session: Session, story: Story, qtbot: QtBot
) -> None:
    desk = story()
    draft = desk.letters.start("overdue_notice", 1).primary
    page = LetterPage(session)
    qtbot.addWidget(page)
    session.changed.connect(page.refresh)
    page.show()
    with qtbot.waitSignal(page.preview.drawn):
        page.open(letter=draft)
    assert "Changed" not in page.bar.what.toolTip() and not page.bar.more.to_shipped.isVisible()
    form = desk.templates.source("overdue_notice").form + '\n[[fields]]\nname = "motto"\nlabel = "Motto"\n'
    desk.templates.change("overdue_notice", form=form, text=MINE)
    qtbot.waitUntil(lambda: "Changed by you, 10 Feb 2026" in page.bar.what.toolTip())
    assert page.form.has("motto") and page.bar.more.to_shipped.isVisible()
    page.bar.more.to_shipped.trigger()
    qtbot.waitUntil(lambda: not page.form.has("motto"))
    with qtbot.waitSignal(session.navigate) as gone:
        page._to_template()
    assert gone.args == ["templates", {"kind": "overdue_notice", "request": 1}]
