"""The main job from nothing to overdue notices, in the real window, by keys, clicks and drops only."""

import hashlib
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from foiadesk.desk import Desk
from foiadesk_ui.filing_dialog import FilingDialog
from tests.shared_data import shared
from tests.ui.chapters import (
    LATER,
    OFFICES,
    PASSPHRASE,
    PDF,
    acknowledge,
    acknowledgment,
    ask_three_offices,
    draft_overdue_notice,
    first_run,
    leave,
    lock,
    mark_all_sent,
    read_each_letter,
    save_as_pdf,
    today,
    undo_the_filing,
    unlock,
    who_asks,
    worksheet_of,
)
from tests.ui.desk_day import Calendar
from tests.ui.person import PATIENCE, Person


def test_from_an_empty_computer_to_overdue_notices(
    start: Callable[[], Person], calendar: Calendar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = start()
    first_run(person)
    who_asks(person)
    letters = ask_three_offices(person)
    read_each_letter(person, letters)
    saved = tmp_path / "ICE.pdf"
    save_as_pdf(person, letters, saved, monkeypatch)
    mark_all_sent(person, letters, saved)

    # Counted by hand: twenty working days after 5 January, without 19 January (the birthday of Dr. King).
    page = today(person)
    assert not page.needs.widgets()
    owed = page.owed.widgets()
    assert {(one.row.office_short, one.row.sentence, one.row.due) for one in owed} == {
        (office, "due in 29 days", date(2026, 2, 3)) for office in OFFICES
    }

    calendar.today = date(2026, 1, 12)
    person.click(next(one for one in owed if one.row.office_short == "ICE").subject)
    attachment = b"exact bytes \x00\xff of an attachment"
    mail = acknowledgment(tmp_path / "reply.eml", attachment)
    note = tmp_path / "fee letter.pdf"
    note.write_bytes(PDF)
    acknowledge(person, mail, note)
    stored = {one.sha256 for one in person.session.desk.filing.documents(1)}
    assert {hashlib.sha256(data).hexdigest() for data in (mail.read_bytes(), attachment, PDF)} <= stored

    undo_the_filing(person)

    counted = worksheet_of(person, 1)
    assert [counted[0].date, counted[-1].date, len(counted)] == [date(2026, 1, 6), date(2026, 2, 3), 20]
    leave(person)

    # Five months later, another start.
    calendar.today = LATER
    person = start()
    unlock(person)
    page = today(person)
    late = {one.row.office_short: one for one in page.owed.widgets()}
    assert {(name, one.row.sentence) for name, one in late.items()} == {(name, "122 days late") for name in OFFICES}
    draft_overdue_notice(person, late["ICE"].button)
    lock(person, tmp_path / "Desk")


def test_other_peoples_mail_dropped_on_the_window_is_kept_whole(
    start: Callable[[], Person], calendar: Calendar, tmp_path: Path
) -> None:
    mail = shared("mail/mail-ruby/emails/mime_emails/raw_email_with_nested_attachment.eml")
    truth = {row["path"]: row for row in json.loads(shared("mail/truth.json").read_text(encoding="utf-8"))}
    known = truth["mail/mail-ruby/emails/mime_emails/raw_email_with_nested_attachment.eml"]
    Desk.create(tmp_path / "Desk", PASSPHRASE).close()
    person = start()
    unlock(person)
    person.drop([mail], person.window.middle)
    person.until(lambda: person.window.findChildren(FilingDialog))
    (dialog,) = person.window.findChildren(FilingDialog)
    person.until(lambda: dialog.panels[0].understood is not None)
    assert dialog.panels[0].name.text() == known["subject"]
    with person.bot.waitSignal(person.session.acted, timeout=PATIENCE):
        person.click(dialog.file)
    desk = person.session.desk
    (letter,) = desk.filing.correspondence(None)
    kept = {one.sha256: desk.filing.read(one.id) for one in desk.filing.documents()}
    assert {hashlib.sha256(mail.read_bytes()).hexdigest(), *known["attachment_sha256"]} <= set(kept)
    assert all(hashlib.sha256(data).hexdigest() == digest for digest, data in kept.items())
    assert letter.subject == known["subject"]
    person.go("in_tray")


def test_return_goes_on_in_the_first_run_whatever_has_the_keyboard(start: Callable[[], Person]) -> None:
    person = start()
    entrance = person.shell.entrance
    assert entrance is not None
    run = entrance.first_run
    assert run is not None
    person.until(run.where.path.hasFocus)
    person.key(Qt.Key.Key_Return)
    person.until(lambda: run.step() == 1 and run.next.isEnabled())
    assert run.choose.use_words.hasFocus()
    person.key(Qt.Key.Key_Return)
    person.until(lambda: run.step() == 2)
    assert run.lost.save_button.hasFocus()
    person.tick(run.lost.kept)
    person.key(Qt.Key.Key_Return)
    person.until(lambda: run.step() == 3)
    person.type("Harbor Watch")
    assert run.who.organization.text() == "Harbor Watch"
    person.click(run.next)
    person.until(lambda: person.shell.window is not None)
    assert [one.name for one in person.session.desk.people.all()] == ["Harbor Watch"]
