"""One letter to many offices in the window: for all or for one, each looked at, all kept or saved at once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk
from foiadesk_ui.campaigns_page import CampaignsPage
from foiadesk_ui.letter_picker import LetterPicker
from foiadesk_ui.letter_run_page import ONE, LetterRunPage
from foiadesk_ui.session import Session

Story = Callable[[], Desk]


@pytest.fixture
def page(session: Session, story: Story, qtbot: QtBot) -> LetterRunPage:
    story()
    made = LetterRunPage(session)
    qtbot.addWidget(made)
    made.resize(968, 540)
    made.show()
    with qtbot.waitSignal(made.preview.drawn):
        made.open(kind="overdue_notice", requests=(1, 2, 3))
    return made


def write(page: LetterRunPage, qtbot: QtBot, text: str) -> None:
    with qtbot.waitSignal(page.preview.drawn):
        page.form.entry("history").widget.setPlainText(text)  # type: ignore[attr-defined]


def step(page: LetterRunPage, qtbot: QtBot, office: str) -> None:
    with qtbot.waitSignal(page.preview.drawn):
        page.after.click()
    assert page.what.toolTip() == office


def test_what_is_typed_is_for_all_or_only_for_the_office_shown(page: LetterRunPage, qtbot: QtBot) -> None:
    assert page.title == "Overdue notice · 3 offices" and page.what.toolTip() == "ICE"
    assert page.place.text() == "1 of 3" and not page.before.isEnabled()
    write(page, qtbot, "Said to all.")
    step(page, qtbot, "CBP")
    assert page.form.entry("history").value() == "Said to all." and not page.differs.isVisible()
    page.scope.set_value(ONE)
    write(page, qtbot, "Said to one.")
    assert page.differs.text() == "Only for this office: What has happened since"
    step(page, qtbot, "PRIV")
    assert page.form.entry("history").value() == "Said to all." and not page.after.isEnabled()
    with qtbot.waitSignal(page.preview.drawn):
        page.before.click()
    assert page.form.entry("history").value() == "Said to one."
    with qtbot.waitSignal(page.preview.drawn):
        page.alike.click()
    assert page.form.entry("history").value() == "Said to all." and not page.differs.isVisible()


def test_all_are_kept_as_drafts_in_one_undo(page: LetterRunPage, session: Session, qtbot: QtBot) -> None:
    desk = session.desk
    write(page, qtbot, "Said to all.")
    primary = page.primary()
    assert primary is not None and primary.label == "Keep all as drafts"
    told: list[str] = []
    session.acted.connect(lambda change: told.append(change.sentence))
    with qtbot.waitSignal(session.navigate) as gone:
        primary.run()
    assert gone.args == ["letter", {"letter": desk.letters.for_request(1)[0].id}]
    assert told[0] == "Kept “Overdue notice” as a draft for 3 offices"
    assert [[one.values["history"] for one in desk.letters.for_request(number)] for number in (1, 2, 3)] == [
        ["Said to all."]
    ] * 3
    assert page.empty.isVisible() and page.primary() is None
    desk.history.undo()
    assert not any(desk.letters.for_request(number) for number in (1, 2, 3))


def test_all_are_saved_each_in_a_file_of_its_own(
    page: LetterRunPage, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "Out"
    folder.mkdir()
    with qtbot.waitSignal(session.told) as told:
        page.save_to(folder)
    assert told.args == ["Saved 3 letters in Out."]
    names = {path.name for path in folder.iterdir()}
    assert names == {f"{office} - Face recognition contracts.pdf" for office in ("ICE", "CBP", "PRIV")}
    assert not session.desk.letters.for_request(1)


def test_a_campaign_asks_for_the_letter_and_goes_there(session: Session, story: Story, qtbot: QtBot) -> None:
    desk = story()
    campaigns = CampaignsPage(session)
    qtbot.addWidget(campaigns)
    campaigns.show()
    campaigns.refresh(None)
    board = desk.campaigns.lines()[0].id
    qtbot.waitUntil(lambda: campaigns._board is not None)
    campaigns.write.click()
    qtbot.waitUntil(lambda: campaigns.findChild(LetterPicker) is not None)
    dialog = campaigns.findChild(LetterPicker)
    assert dialog is not None
    dialog.filter.setText("overdue notice")
    with qtbot.waitSignal(session.navigate) as gone:
        dialog.take()
    requests = tuple(row.request for row in desk.campaigns.board(board).offices)
    assert gone.args == ["letter_run", {"kind": "overdue_notice", "requests": requests}]


def test_without_a_run_the_page_leads_to_the_campaigns(session: Session, qtbot: QtBot) -> None:
    page = LetterRunPage(session)
    qtbot.addWidget(page)
    page.show()
    page.open()
    assert page.empty.isVisible() and page.first_focus() is page.empty.button
    with qtbot.waitSignal(session.navigate) as gone:
        page.empty.button.click()
    assert gone.args[0] == "campaigns"
