"""The chapters of the main job, each done by a person at the window and checked on the desk."""

from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog

from foiadesk.desk import Desk
from foiadesk.records import AttachmentRole, Channel, EventKind, LetterState
from foiadesk_ui.filing_dialog import FilingDialog
from foiadesk_ui.letter_page import LetterPage
from foiadesk_ui.new_request_page import NewRequestPage
from foiadesk_ui.office_picker import OfficePicker
from foiadesk_ui.requesters_page import RequestersPage
from foiadesk_ui.requests_page import RequestsPage
from foiadesk_ui.today_page import TodayPage
from tests.ui.person import PATIENCE, Person

PASSPHRASE = "four herons wait beside slow water"
SENT, LATER = date(2026, 1, 5), date(2026, 6, 5)
TRACKING = "2026-ICFO-00123"
OFFICES = ("ICE", "CBP", "PRIV")
WHO = (
    ("Harbor Watch", "12 Dock St\nPortland, OR 97201", "records@harborwatch.example", "Ana Reyes", "Director"),
    ("Lantern Street Press", "4 Lantern St\nBoston, MA 02110", "desk@lantern.example", "Sam Okafor", "Editor"),
    ("Valley Rights Clinic", "9 Main St\nFresno, CA 93721", "clinic@valley.example", "Mei Tanaka", "Counsel"),
    ("Open Ledger Fund", "88 K St NW\nWashington, DC 20001", "open@ledger.example", "Zoë Müller", "Analyst"),
)
ITEMS = ("All contracts for face recognition since 2020.", "All audits of their accuracy.")
REASONS = {
    "reason_operations": "Contracts of two agencies.",
    "reason_contribution": "None of the audits is public.",
    "reason_public": "All four publish, in print and online.",
    "reason_significance": "Nobody can judge the accuracy today.",
    "reason_interest": "None of us has one.",
}
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def leave(person: Person) -> None:
    """Close the window as the title bar's cross does; harmless when it is gone."""
    shell = person.shell
    if shell.session is not None and shell.window is not None:
        shell.window.close()
        shell.window.deleteLater()
        shell.window = None
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def first_run(person: Person) -> None:
    entrance = person.shell.entrance
    assert entrance is not None
    run = entrance.first_run
    assert run is not None
    person.click(run.next)
    person.until(lambda: run.step() == 1)
    person.tick(run.choose.use_own)
    person.type(PASSPHRASE, run.choose.first)
    person.key(Qt.Key.Key_Return)
    person.type(PASSPHRASE)
    person.until(run.next.isEnabled)
    person.key(Qt.Key.Key_Return)
    person.until(lambda: run.step() == 2)
    person.tick(run.lost.kept)
    person.click(run.next)
    person.until(lambda: run.step() == 3)
    name, address, email, signer, title = WHO[0]
    person.type(name, run.who.organization)
    person.type(address, run.who.address)
    person.type(email, run.who.email)
    person.type(signer, run.who.signer)
    person.type(title, run.who.signer_title)
    person.click(run.next)
    person.until(lambda: person.shell.window is not None and person.window.isVisible())
    person.page("today")


def unlock(person: Person) -> None:
    entrance = person.shell.entrance
    assert entrance is not None
    person.type("wrong words", entrance.unlock.field)
    person.key(Qt.Key.Key_Return)
    person.until(lambda: "passphrase" in entrance.unlock.message.text())
    person.type(PASSPHRASE)
    person.key(Qt.Key.Key_Return)
    person.until(lambda: person.shell.window is not None and person.window.isVisible())
    person.page("today")


def who_asks(person: Person) -> None:
    page = person.go("requesters")
    assert isinstance(page, RequestersPage)
    for name, address, email, signer, title in WHO[1:]:
        person.primary("Add who asks")
        person.type(name)
        person.type(address, page.form.address)
        person.type(email, page.form.email)
        person.type(signer, page.form.signers)
        person.key(Qt.Key.Key_Tab)
        person.type(title)
        person.primary("Save")
        person.until(lambda: not page.form.dirty())
        person.quiet()
    kept = {one.name: one for one in person.session.desk.people.all()}
    assert {
        name: (*one.address, one.email, one.signers[0].name, one.signers[0].title) for name, one in kept.items()
    } == {name: (*address.split("\n"), *rest) for name, address, *rest in WHO}


def choose_office(person: Person, picker: OfficePicker, code: str) -> None:
    """Type over what was searched before; Return ticks the first office found."""
    person.until(picker.search.hasFocus)
    person.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    person.type(code)
    person.until(lambda: picker.model.rowCount() and picker.model.office(picker.model.index(0)).code == code)
    person.key(Qt.Key.Key_Return)


def ask_three_offices(person: Person) -> LetterPage:
    person.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    page = person.page("new_request")
    assert isinstance(page, NewRequestPage)
    person.type("Face recognition", page.ask.name)
    person.type("\n".join(ITEMS), page.ask.items.editors()[0])
    person.primary("Next: Offices")
    for code in ("DHS/ICE", "DHS/CBP", "DHS/PRIV"):
        choose_office(person, page.offices.picker, code)
    assert page.offices.picker.codes() == ("DHS/ICE", "DHS/CBP", "DHS/PRIV")
    person.primary("Next: Who asks")
    for number in range(1, 5):
        box = next(row.box for row in page.who._rows.values() if row.requester.name == WHO[number - 1][0])
        if not box.isChecked():
            person.tick(box)
    assert len(page.who.chosen()) == 4
    person.primary("Next: Fees, expedition")
    form = page.fees.form
    person.until(lambda: form.has("certified"))
    person.tick(form.entry("fee_waiver").widget.focusProxy())
    for name, text in REASONS.items():
        person.until(form.entry(name).isVisible)
        person.type(text, form.entry(name).widget)
    person.tick(form.entry("expedition").widget.focusProxy())
    person.until(form.entry("certified").isVisible)
    person.tick(form.entry("ground").widget.group.button(2))
    assert form.values()["ground"] == "urgency"
    person.type("A vote on renewal is set for March 2026.", form.entry("statement").widget)
    person.tick(form.entry("certified").widget.focusProxy())
    person.primary("Next: Letters")
    person.until(lambda: page.letters.preview.pages.page_count() >= 1)
    assert page.letters.list.count() == 3
    person.primary("Create 3 requests")
    letter = person.page("letter")
    assert isinstance(letter, LetterPage)
    return letter


def drawn(person: Person, page: LetterPage, office: str) -> None:
    """Wait for an office's letter with its pages."""
    person.until(lambda: page.title == f"Letter to {office}" and page._last is not None)


def read_each_letter(person: Person, page: LetterPage) -> None:
    """Forward through all three and back again; each has pages of its own."""
    seen = []
    for place, office in enumerate(OFFICES, start=1):
        drawn(person, page, office)
        assert page.preview.pages.page_count() >= 2
        assert page.bar.place.text() == f"{place} of 3"
        assert page._last is not None
        assert not page._last.blanks
        seen.append(page.preview.pages._pages[0].copy())
        if place < 3:
            person.click(page.bar.after)
    assert seen[0] != seen[1] != seen[2]
    for office in ("CBP", "ICE"):
        person.click(page.bar.before)
        drawn(person, page, office)


def save_as_pdf(person: Person, page: LetterPage, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target), ""))
    person.click(page.bar.save_button)
    person.until(lambda: page.bar.said.text() == f"Saved as {target.name}")
    assert target.read_bytes().startswith(b"%PDF-")
    assert target.stat().st_mode & 0o077 == 0


def mark_all_sent(person: Person, page: LetterPage, saved: Path) -> None:
    for place, office in enumerate(OFFICES):
        drawn(person, page, office)
        person.primary("Mark as sent")
        person.until(page.panel.isVisible)
        assert page.panel.channel.currentData() == Channel.PORTAL  # suggested: these offices take nothing else
        assert page.panel.day.day() == SENT
        person.click(page.panel.confirm)
        person.until(lambda: page._subject is not None and page._subject.sent)
        person.quiet()
        if place < 2:
            person.primary(f"Next letter: {OFFICES[place + 1]}")
    desk = person.session.desk
    for request in desk.requests.ids():
        events = desk.requests.events(request)
        assert {event.kind for event in events} == {
            EventKind.REQUEST_SENT, EventKind.FEE_WAIVER_REQUESTED, EventKind.EXPEDITION_REQUESTED,
        }  # fmt: skip
        assert {event.date for event in events} == {SENT}
        (letter,) = desk.letters.for_request(request)
        assert letter.state is LetterState.SENT
    first = next(one for one in desk.filing.documents(1) if one.role is AttachmentRole.LETTER)
    assert desk.filing.read(first.id) == saved.read_bytes()  # what was read and saved is what was filed


def acknowledgment(path: Path, attachment: bytes) -> Path:
    message = EmailMessage()
    message["From"] = "ICE FOIA <ice-foia@ice.dhs.gov>"
    message["To"] = WHO[0][2]
    message["Subject"] = f"ICE FOIA Request {TRACKING} - acknowledgment"
    message["Date"] = "Fri, 09 Jan 2026 10:11:12 -0500"
    message["Message-ID"] = "<one@ice.dhs.gov>"
    message.set_content(
        "This acknowledges receipt of your request on January 5, 2026. Your request has been assigned tracking "
        f"number {TRACKING}."
    )
    message.add_attachment(attachment, maintype="application", subtype="octet-stream", filename="fee schedule.bin")
    path.write_bytes(message.as_bytes())
    return path


def drop_and_file(person: Person, paths: list[Path]) -> FilingDialog:
    page = person.page("requests")
    assert isinstance(page, RequestsPage)
    person.drop(paths, page.view)
    person.until(lambda: page.view.findChildren(FilingDialog))
    (dialog,) = page.view.findChildren(FilingDialog)
    person.until(lambda: all(panel.understood is not None for panel in dialog.panels))
    return dialog


def acknowledge(person: Person, mail: Path, note: Path) -> None:
    """Drop the agency's mail and a PDF on the request; say yes to what was understood of them."""
    dialog = drop_and_file(person, [mail, note])
    first, second = dialog.panels
    assert first.event_form.kind() is EventKind.ACKNOWLEDGED
    assert first.event_form.editor("tracking_number").value() == TRACKING
    assert first.understood is not None
    assert first.understood.parts == ("fee schedule.bin",)
    assert second.event_form.kind() is None
    with person.bot.waitSignal(person.session.acted, timeout=PATIENCE):  # once, when all are filed
        person.click(dialog.file)
    person.quiet()
    (event,) = [one for one in person.session.desk.requests.events(1) if one.kind is EventKind.ACKNOWLEDGED]
    assert event.get("tracking_number") == TRACKING
    letters = person.session.desk.filing.correspondence(1)
    assert [one.events for one in letters if one.subject.startswith("ICE FOIA Request")] == [(event.id,)]


def undo_the_filing(person: Person) -> None:
    """Ctrl+Z takes the PDF's filing back, Ctrl+Shift+Z files it again."""
    page = person.page("requests")
    assert isinstance(page, RequestsPage)
    held = Qt.KeyboardModifier.ControlModifier

    def names() -> set[str]:
        return {one.name for one in person.session.desk.filing.documents(1)}

    person.click(page.view.timeline.view)
    person.key(Qt.Key.Key_Z, held)
    person.until(lambda: "fee letter.pdf" not in names())
    assert "reply.eml" in names()
    person.key(Qt.Key.Key_Z, held, Qt.KeyboardModifier.ShiftModifier)
    person.until(lambda: "fee letter.pdf" in names())
    person.quiet()


def worksheet_of(person: Person, request: int) -> list[Any]:
    page = person.page("requests")
    assert isinstance(page, RequestsPage)
    view = page.view
    person.until(lambda: view.facts is not None and view.facts.request.id == request)
    bar = view.tabs.tabBar()
    person.click(bar, bar.tabRect(view.tabs.indexOf(view.deadlines)).center())
    person.until(lambda: view.deadlines.worksheet.worksheet is not None)
    sheet = view.deadlines.worksheet.worksheet
    assert sheet is not None
    return [day for day in sheet.days if day.counted]


def draft_overdue_notice(person: Person, button: QAbstractButton) -> None:
    """Today's one action begins the notice; what is typed in it is kept without being asked."""
    assert button.text().startswith("Draft overdue notice")
    person.click(button)
    page = person.page("letter")
    assert isinstance(page, LetterPage)
    person.until(lambda: page._last is not None)
    subject = page._subject
    assert subject is not None
    assert page.form.values()["tracking"] == TRACKING
    person.type("We called on 2 June and were told to wait.", page.form.entry("history").widget)
    person.until(lambda: page.bar.said.text() == "Saved")
    desk = person.session.desk
    (letter,) = [one for one in desk.letters.for_request(1) if one.kind == "overdue_notice"]
    text = desk.letters.text(letter.kind, 1, letter.values)
    assert "122" in text
    assert TRACKING in text
    assert "told to wait" in text


def lock(person: Person, folder: Path) -> None:
    """Ctrl+L: the window is gone, the process would be another, and the desk opens again with the passphrase."""
    person.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert not person.window.isVisible()
    person.until(lambda: person.became == [folder])
    opened = Desk.open(folder, PASSPHRASE)
    assert len(opened.requests.ids()) == 3
    opened.close()


def today(person: Person) -> TodayPage:
    page = person.go("today")
    assert isinstance(page, TodayPage)
    return page
