"""The trash: everything in it is out of sight, nothing of it is lost, and it is never emptied by itself."""

from email.message import EmailMessage

import pytest

from foiadesk.desk import Desk, IncomingFile, RequestFilter
from foiadesk.records import Channel, Requester
from foiadesk.records.errors import BadInput, Conflict, NotFound

from .conftest import START, Ask, Maker, Today, sent
from .test_people import picture


def message(name: str = "reply", part: bytes = b"the part") -> IncomingFile:
    made = EmailMessage()
    made["From"], made["Subject"], made["Message-ID"] = "foia@ice.example", name, f"<{name}@ice.example>"
    made.set_content("body")
    made.add_attachment(part, maintype="application", subtype="octet-stream", filename="part.bin")
    return IncomingFile(f"{name}.eml", made.as_bytes())


def test_correspondence_goes_with_its_files_and_comes_back_with_them(desk: Desk, ask: Ask) -> None:
    number = ask()
    letter = desk.filing.file(message(), number).primary
    before = desk.filing.correspondence(number), desk.filing.documents(), desk.filing.documents(number)
    change = desk.trash.put("correspondence", letter)
    assert change.undoable and change.touches("attachment") and change.touches("request", number)
    assert desk.filing.correspondence(number) == () and desk.filing.documents() == ()
    assert desk.filing.documents(number) == ()
    (item,) = desk.trash.list()
    assert (item.kind, item.id, item.name, item.below) == ("correspondence", letter, "reply", False)
    assert item.where == "Face recognition · ICE" and item.size > 0 and item.trashed_at is not None
    assert desk.filing.get(letter).trashed
    desk.trash.restore("correspondence", letter)
    found = desk.filing.correspondence(number), desk.filing.documents(), desk.filing.documents(number)
    assert [each.attachments for each in found[0]] == [each.attachments for each in before[0]]
    assert found[1:] == before[1:] and desk.trash.list() == ()


def test_undo_and_redo_go_through_the_trash(desk: Desk, ask: Ask) -> None:
    number = ask()
    letter = desk.filing.file(message(), number).primary
    part = next(file for file in desk.filing.documents(number) if file.name == "part.bin")
    desk.trash.put("attachment", part.id)
    assert part.id not in {file.id for file in desk.filing.documents(number)}
    assert part.id not in {file.id for file in desk.filing.get(letter).attachments}
    desk.history.undo()
    assert part in desk.filing.documents(number) and desk.trash.count() == 0
    desk.history.redo()
    assert [item.id for item in desk.trash.list()] == [part.id]


def test_a_file_that_is_all_its_correspondence_came_as_takes_it_along(desk: Desk, ask: Ask) -> None:
    number = ask()
    letter = desk.filing.file(IncomingFile("scan.pdf", b"%PDF-1.4 scan"), number).primary
    (file,) = desk.filing.documents(number)
    desk.trash.put("attachment", file.id)
    assert [(item.kind, item.id, item.name) for item in desk.trash.list()] == [("correspondence", letter, "scan.pdf")]


def test_a_trashed_request_hides_all_that_is_below_it(desk: Desk, ask: Ask, today: Today) -> None:
    number, other = ask(), ask(office="DHS/CBP")
    for each in (number, other):
        sent(desk, each, START)
    desk.letters.start("overdue_notice", number)
    desk.filing.file(IncomingFile("a.txt", b"a"), number)
    kept = desk.filing.file(IncomingFile("b.txt", b"b"), other)
    today.pass_days(60)
    desk.requests.trash(number)
    page = desk.deadlines.today()
    assert number not in {row.request for row in (*page.needs_you, *page.agencies_owe)}
    assert {file.correspondence for file in desk.filing.documents()} == {kept.primary}
    assert list(desk.requests.ids()) == [other] and list(desk.requests.ids(RequestFilter(trashed=True))) == [number]
    assert number not in {row.request for row in desk.deadlines.due()}
    assert number not in {row.request for row in desk.deadlines.exhaustion()}
    when = desk.trash.list()[0].trashed_at
    desk.requests.trash(number)  # once more changes nothing
    assert desk.trash.list()[0].trashed_at == when
    desk.trash.restore("request", number)
    assert number in {row.request for row in desk.deadlines.today().agencies_owe}


def test_an_event_keeps_its_force_and_says_that_its_letter_is_in_the_trash(desk: Desk, ask: Ask) -> None:
    number = ask()
    sent(desk, number, START)
    letter = desk.filing.file(message(), number).primary
    desk.filing.attach_event(letter, {"kind": "acknowledged", "date": "2026-01-05", "tracking_number": "2026-X-00012"})
    answer = desk.requests.answer(number)
    desk.trash.put("correspondence", letter)
    assert desk.requests.answer(number) == answer and desk.requests.find("2026-X-00012") == number
    said = [entry.detail for entry in desk.requests.timeline(number) if entry.event and "ack" in entry.event.kind]
    assert said == ["The letter it rests on is in the trash."]
    desk.trash.restore("correspondence", letter)
    desk.filing.attach_event(letter, {"kind": "determination", "date": "2026-01-05", "outcome": "full_denial"})
    desk.trash.put("correspondence", letter)
    assert [one.sentence.endswith("(its letter is in the trash)") for one in desk.deadlines.evidence(number)][-1]
    desk.trash.restore("correspondence", letter)
    assert not any("trash" in entry.detail for entry in desk.requests.timeline(number))


def test_the_in_tray_and_its_count_forget_what_is_in_the_trash(desk: Desk) -> None:
    letter = desk.filing.file(message(), None).primary
    desk.trash.put("correspondence", letter)
    assert desk.filing.correspondence(None) == () and desk.deadlines.today().in_tray == 0
    again = desk.filing.file(message(), None).primary
    assert again != letter, "what lies in the trash is no place to find a file again"


def test_drafts_go_to_the_trash_and_are_not_written_on_there(desk: Desk, ask: Ask) -> None:
    number = ask()
    draft = desk.letters.start("policy_request", number).primary
    desk.trash.put("letter", draft)
    assert desk.letters.for_request(number) == () and desk.deadlines.today().needs_you[0].action_kind != "mark_sent"
    with pytest.raises(NotFound):
        desk.letters.save(draft, {})
    desk.trash.restore("letter", draft)
    assert [letter.id for letter in desk.letters.for_request(number)] == [draft]


def test_a_sent_letter_hides_with_what_was_filed_of_it(desk: Desk, ask: Ask) -> None:
    number = ask()
    draft = desk.letters.start("policy_request", number).primary
    filed = desk.letters.mark_sent(draft, channel=Channel.PORTAL, on=START, with_blanks=True).primary
    (file,) = desk.filing.documents(number)
    with pytest.raises(Conflict, match="sent"):
        desk.trash.put("letter", draft)
    desk.trash.put("attachment", file.id)
    assert [item.kind for item in desk.trash.list()] == ["correspondence"] and desk.letters.for_request(number) == ()
    desk.trash.restore("correspondence", filed)
    assert len(desk.letters.for_request(number)) == 1


def test_what_is_not_there_or_in_use_is_refused(desk: Desk, ask: Ask) -> None:
    with pytest.raises(BadInput, match="kind"):
        desk.trash.put("event", 1)
    for kind in ("request", "correspondence", "letter", "attachment"):
        with pytest.raises(NotFound):
            desk.trash.put(kind, 99)
        with pytest.raises(NotFound):
            desk.trash.restore(kind, 99)
    asker = desk.people.add(Requester("Ours")).primary
    logo = desk.people.set_logo(asker, picture(), "logo.png").primary
    with pytest.raises(Conflict, match="letterhead of Ours"):
        desk.trash.put("attachment", logo)
    number = ask()
    with pytest.raises(NotFound):
        desk.trash.restore("request", number)


def test_it_stays_over_years_and_openings(desk: Desk, ask: Ask, maker: Maker, today: Today) -> None:
    letter = desk.filing.file(message(), ask()).primary
    desk.trash.put("correspondence", letter)
    desk.close()
    today.pass_days(4000)
    again = maker.open()
    assert [item.id for item in again.trash.list()] == [letter]
    again.trash.restore("correspondence", letter)
    assert again.filing.correspondence(1)[0].attachments and again.safety.check() == []
