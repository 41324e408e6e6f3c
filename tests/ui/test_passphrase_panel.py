"""Another passphrase and another key in Settings, with the desk open and the window going on."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk, IncomingFile
from foiadesk.records.errors import StorageFull
from foiadesk.store import Store
from foiadesk_ui.passphrase_panel import PassphrasePanel
from foiadesk_ui.session import Session
from foiadesk_ui.settings_page import SettingsPage

from .conftest import PASSPHRASE

Story = Callable[[], Desk]


def settled(session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: session.jobs.pending() == 0 and not session.long_jobs.running, timeout=20_000)


@pytest.fixture
def panel(story: Story, session: Session, qtbot: QtBot) -> PassphrasePanel:
    story()
    page = SettingsPage(session)
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    page.open()
    settled(session, qtbot)
    return page.keys


def test_the_passphrase_is_changed_with_seven_words_and_the_window_goes_on(
    panel: PassphrasePanel, desk: Desk, session: Session, qtbot: QtBot
) -> None:
    panel.change_button.click()
    assert panel.now.isVisible()
    qtbot.waitUntil(lambda: len(panel.choose.words.text().split()) == 7)
    assert not panel.change.isEnabled()
    words = panel.choose.words.text()
    panel.now.setText(PASSPHRASE)
    panel.change.click()
    qtbot.waitUntil(panel.result.isVisible, timeout=20_000)
    assert "only the new one opens" in panel.result.text() and "recovery sheet" in panel.said.text()
    assert not panel.now.isVisible() and panel.now.text() == "" and panel.choose.words.text() == ""
    assert desk.store.opens_with(words)
    with qtbot.waitSignal(session.acted):
        session.act(panel, lambda desk: desk.requests.trash(1))
    assert panel.remove.isVisible() and panel.remove.text() == "Remove 1 old backup…"
    panel.remove.click()
    assert "Nothing brings them back" in panel.said.text() and desk.safety.outdated_backups()
    with qtbot.waitSignal(session.told):
        panel.remove.click()
    assert not panel.remove.isVisible() and desk.safety.outdated_backups() == ()


def test_a_wrong_present_passphrase_is_told_and_can_be_typed_again(
    panel: PassphrasePanel, desk: Desk, session: Session, qtbot: QtBot
) -> None:
    panel.change_button.click()
    panel.choose.use_own.setChecked(True)
    panel.choose.first.setText("my own plain words")
    panel.choose.second.setText("my own plain")
    panel.now.setText("wrong")
    assert not panel.change.isEnabled()
    panel.choose.second.setText("my own plain words")
    with qtbot.waitSignal(session.trouble) as told:
        panel.change.click()
    assert told.args[0].safe == "Nothing was changed." and panel.change.isEnabled()
    settled(session, qtbot)
    panel.now.setText(PASSPHRASE)
    panel.change.click()
    qtbot.waitUntil(panel.result.isVisible, timeout=20_000)
    assert desk.store.opens_with("my own plain words")


def test_a_full_disk_leaves_the_old_one_in_force(
    panel: PassphrasePanel, desk: Desk, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_self: Store, _name: str) -> Path:
        raise StorageFull("The disk is full.", safe="The old passphrase is in force.")

    monkeypatch.setattr(Store, "snapshot", full)
    panel.change_button.click()
    qtbot.waitUntil(lambda: bool(panel.choose.words.text()))
    panel.now.setText(PASSPHRASE)
    with qtbot.waitSignal(session.trouble) as told:
        panel.change.click()
    assert told.args[0].what == "The disk is full." and desk.store.opens_with(PASSPHRASE)
    panel.cancel.click()
    assert not panel.now.isVisible() and panel.now.text() == ""


def test_the_key_of_the_attachments_is_renewed_stopped_and_gone_on_with(
    panel: PassphrasePanel, desk: Desk, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        desk.filing.file(IncomingFile(f"{number}.bin", bytes([number]) * 1000), 1)
    renew = desk.contents.renew
    jobs = session.long_jobs

    def stopping(key: str, sha256: str) -> str:
        jobs.running[0].cancel()
        return renew(key, sha256)

    monkeypatch.setattr(desk.contents, "renew", stopping)
    panel.renew_button.click()
    assert panel.about_renewal.isVisible()
    panel.renew.click()
    qtbot.waitUntil(panel.result.isVisible)
    assert "stopped" in panel.result.text() and desk.safety.renewal_under_way()
    qtbot.waitUntil(lambda: panel.renew_button.text().startswith("Go on"))
    monkeypatch.undo()
    panel.renew_button.click()
    panel.renew.click()
    qtbot.waitUntil(lambda: "forgotten" in panel.result.text())
    settled(session, qtbot)
    assert not desk.safety.renewal_under_way() and panel.renew_button.text().startswith("Renew")
