"""A denial comes as mail, and its appeal goes out: by drops, clicks and keys only, each date counted by hand."""

from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from foiadesk.desk import Desk, RequestPlan
from foiadesk.records import AttachmentRole, Channel, EventKind, LetterState, Requester, Signer, Stage
from foiadesk_ui.filing_dialog import FilingDialog
from foiadesk_ui.letter_page import LetterPage
from foiadesk_ui.requests_page import RequestsPage
from tests.ui.chapters import PASSPHRASE, TRACKING, today, unlock
from tests.ui.desk_day import Calendar
from tests.ui.person import PATIENCE, Person

DENIED, APPEALED = date(2026, 3, 2), date(2026, 3, 23)
DENIAL = f"""March 2, 2026

RE: ICE FOIA Case Number {TRACKING}

Dear Ms. Reyes:

This letter is the final response to your Freedom of Information Act request to U.S. Immigration and Customs \
Enforcement, dated January 5, 2026, for contracts for face recognition.

A search located 48 pages of responsive records. ICE has determined that all 48 pages are withheld in full under \
FOIA Exemptions (b)(5) and (b)(7)(E).

You have the right to appeal this determination. Should you wish to do so, your appeal must be postmarked or \
electronically transmitted within 90 working days of the date of this letter.
"""
ANSWERS = {
    "Address for appeals": "500 12th Street SW\nWashington, DC 20536",
    "Exemption 5: the facts": "The contracts were signed in 2024: nothing in them comes before a decision.",
    "Exemption 7(E): the facts": "The maker shows the technique on its website.",
}


def denial(path: Path) -> Path:
    """The office's mail, as a mail program saves it: sent some days after the date of the letter in it."""
    message = EmailMessage()
    message["From"] = "ICE FOIA <ice-foia@ice.dhs.gov>"
    message["To"] = "records@harborwatch.example"
    message["Subject"] = f"ICE FOIA {TRACKING} - final response"
    message["Date"] = "Wed, 04 Mar 2026 16:20:00 -0500"
    message["Message-ID"] = "<final@ice.dhs.gov>"
    message.set_content(DENIAL)
    path.write_bytes(message.as_bytes())
    return path


def asked(folder: Path) -> int:
    """Two offices were asked on 5 January, and ICE gave a number; returns ICE's request."""
    with Desk.create(folder, PASSPHRASE) as desk:
        who = desk.people.add(
            Requester(
                "Harbor Watch", ("12 Dock St", "Portland, OR 97201"), "records@harborwatch.example",
                signers=(Signer("Ana Reyes", "Director"),),
            )
        ).primary  # fmt: skip
        items = ("All contracts for face recognition.", "All audits of their accuracy.")
        made = desk.requests.create(RequestPlan("Face recognition", items, ("DHS/ICE", "DHS/CBP"), (who,)))
        for request in made.ids["request"]:
            desk.requests.add_event(request, {"kind": "request_sent", "date": "2026-01-05", "channel": "portal"})
        ice = next(row.id for row in desk.requests.rows(sorted(made.ids["request"])) if row.office_short == "ICE")
        known = {"kind": "acknowledged", "date": "2026-01-09", "tracking_number": TRACKING}
        desk.requests.add_event(ice, known)
        return ice


def drop_and_file(person: Person, mail: Path) -> None:
    """Let the mail fall on the window; say yes to all that was understood of it."""
    person.drop([mail], person.window.middle)
    person.until(lambda: person.window.findChildren(FilingDialog))
    (dialog,) = person.window.findChildren(FilingDialog)
    panel = dialog.panels[0]
    person.until(lambda: panel.understood is not None)
    assert panel.request.value() is not None  # found by the number in it: nobody chose one
    assert "It carries its tracking number".lower() in panel.why.text().lower()
    assert panel.day.day() == date(2026, 3, 4)  # of the mail
    assert panel.channel.value() == Channel.EMAIL
    form = panel.event_form
    assert form.kind() is EventKind.DETERMINATION
    assert form.day.day() == DENIED  # of the letter in it, from which an appeal is counted
    assert form.editor("outcome").value() == "full_denial"
    assert form.editor("exemptions").value() == ["5", "7(E)"]
    assert (form.editor("appeal_days").value(), form.editor("appeal_unit").value()) == (90, "working")
    with person.bot.waitSignal(person.session.acted, timeout=PATIENCE):
        person.click(dialog.file)
    person.quiet()


def open_appeal(person: Person) -> LetterPage:
    """From Today to the request, and by its next step to the letter."""
    page = today(person)
    (row,) = page.needs.widgets()
    # Counted by hand: ninety working days after 2 March, without Memorial Day, Juneteenth and 3 July (for the 4th).
    assert (row.row.office_short, row.row.sentence, row.row.due) == ("ICE", "Appeal by 9 Jul", date(2026, 7, 9))
    person.click(row.subject)
    requests = person.page("requests")
    assert isinstance(requests, RequestsPage)
    view = requests.view
    person.until(lambda: view.facts is not None)
    (step,) = view.header.step_buttons()
    assert step.text() == "Draft appeal…"
    person.click(step)
    letter = person.page("letter")
    assert isinstance(letter, LetterPage)
    person.until(lambda: letter._last is not None)
    return letter


def fill_blanks(person: Person, page: LetterPage) -> None:
    """What the letter still asks for stands above its form; each leads to its field."""
    filled = page.form.values()
    assert (filled["decided_on"], filled["requested_on"], filled["tracking"]) == ("2026-03-02", "2026-01-05", TRACKING)
    assert [name for name, value in filled.items() if value == "yes"] == ["b5", "b7e"]
    for label, text in ANSWERS.items():
        person.press(label, page.notes.links)
        person.until(lambda label=label: person.focus().accessibleName() == label)  # type: ignore[misc]
        person.type(text)
        person.until(lambda: page.bar.said.text() == "Saved")
    person.until(lambda: page._last is not None and not page._last.blanks)


def test_a_denial_that_comes_as_mail_is_appealed(
    start: Callable[[], Person], calendar: Calendar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calendar.today = APPEALED
    request = asked(tmp_path / "Desk")
    person = start()
    unlock(person)
    mail = denial(tmp_path / "final response.eml")
    drop_and_file(person, mail)
    desk = person.session.desk
    decided = desk.requests.events(request)[-1]
    assert (decided.kind, decided.date) == (EventKind.DETERMINATION, DENIED)
    told = next(one.detail for one in desk.requests.timeline(request) if one.event == decided)
    assert told == "Pages: 48 withheld. Exemptions: 5, 7(E)."
    (received,) = desk.filing.correspondence(request)
    assert received.events == (decided.id,)
    assert desk.filing.read(received.attachments[0].id) == mail.read_bytes()
    assert person.window.undo_bar._undo.isVisible()

    page = open_appeal(person)
    assert page._subject is not None
    assert page._subject.kind.name == "appeal_exemptions"
    # It would take back the draft, not the filing it tells of.
    person.until(lambda: not person.window.undo_bar._undo.isVisible())
    fill_blanks(person, page)
    saved = tmp_path / "appeal.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(saved), ""))
    person.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    person.until(lambda: page.bar.said.text() == "Saved as appeal.pdf")

    person.primary("Mark as sent")
    person.until(page.panel.isVisible)
    assert (page.panel.channel.currentData(), page.panel.day.day()) == (Channel.PORTAL, APPEALED)
    person.until(page.panel.channel.hasFocus)
    person.click(page.panel.confirm)
    person.until(lambda: page._subject is not None and page._subject.sent)
    person.quiet()
    (letter,) = [one for one in desk.letters.for_request(request) if one.kind == "appeal_exemptions"]
    assert letter.state is LetterState.SENT
    sent = desk.filing.get(letter.correspondence or 0)
    kept = next(one for one in sent.attachments if one.role is AttachmentRole.LETTER)
    assert desk.filing.read(kept.id) == saved.read_bytes()
    appealed = desk.requests.events(request)[-1]
    assert (appealed.kind, appealed.date, appealed.get("about")) == (EventKind.APPEAL_SENT, APPEALED, "request")

    person.primary("Open the request")
    requests = person.page("requests")
    assert isinstance(requests, RequestsPage)
    person.until(lambda: requests.view.facts is not None and requests.view.facts.answer.stage == Stage.ON_APPEAL)
    # Counted by hand: twenty working days after Monday 23 March, and no holiday among them.
    ruling = requests.view.facts.answer.ruling  # type: ignore[union-attr]
    assert (ruling.kind, ruling.start, ruling.due) == (  # type: ignore[union-attr]
        "appeal_determination", APPEALED, date(2026, 4, 20),
    )  # fmt: skip
    assert "appeal before suing, until Mon 20 Apr 2026" in requests.view.header.standing.text()
