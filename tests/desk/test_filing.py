"""Filing: bytes first, rows then, reading last; nothing twice, nothing lost."""

import json
import os
import stat
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from foiadesk.desk import Change, Desk, IncomingFile, parsing
from foiadesk.records import AttachmentRole, Channel, Direction
from foiadesk.records.errors import BadInput, NotFound, StorageFull, Unreadable
from tests.shared_data import shared

from .conftest import START, Ask, Maker, Today, sent
from .messages import PDF, acknowledgement

MAIL = IncomingFile("reply.eml", acknowledgement())
ACK = {"kind": "acknowledged", "date": "2026-01-05", "tracking_number": "2026-ICFO-01234"}


def vault_files(desk: Desk) -> list[str]:
    return sorted(desk.store.vault.keys())


def test_a_message_is_filed_with_its_parts_and_its_event(desk: Desk, ask: Ask) -> None:
    number = ask()
    change = desk.filing.file(MAIL, number, event=ACK)
    assert change.sentence == "Filed “reply.eml” on Face recognition · ICE as Acknowledged (2026-ICFO-01234)"
    assert change.touches("correspondence", change.primary) and change.touches("request", number)
    letter = desk.filing.get(change.primary)
    assert (letter.subject, letter.sender) == ("FOIA request 2026-ICFO-01234", "ICE FOIA <ice-foia@ice.dhs.gov>")
    assert (letter.date, letter.channel, letter.direction) == (START, Channel.EMAIL, Direction.IN)
    assert letter.message_id == "<2026-ICFO-01234@ice.example>" and "acknowledges receipt" in letter.body
    assert letter.damaged == "" and letter.request == number
    original, part = letter.attachments
    assert (original.role, original.name, original.origin) == (AttachmentRole.ORIGINAL, "reply.eml", "dropped file")
    assert (part.role, part.name) == (AttachmentRole.PART, "acknowledgement.pdf")
    assert part.origin.endswith("of reply.eml") and part.media_type == "application/pdf"
    assert desk.filing.read(original.id) == MAIL.data and desk.filing.read(part.id) == PDF
    assert part.sha256 == sha256(PDF).hexdigest() and part.size == len(PDF)
    assert {original.id, part.id} <= change.ids["attachment"]
    (event,) = desk.requests.events(number)
    assert letter.events == (event.id,) and event.evidence == (f"correspondence:{letter.id}",)
    (entry, *_) = desk.requests.timeline(number)
    assert entry.event == event and entry.correspondence == letter and entry.attachments == letter.attachments


def test_the_filing_is_acknowledged_before_it_is_read(desk: Desk, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    number, heard = ask(), list[Change]()
    desk.listen(heard.append)
    seen: list[tuple[int, list[str]]] = []
    parse = parsing.parse

    def late(desk: Desk, correspondence: int, entry: str = "") -> Change | None:
        (original,) = desk.filing.get(correspondence).attachments
        assert desk.filing.read(original.id) == MAIL.data
        seen.append((correspondence, [change.sentence for change in heard]))
        return parse(desk, correspondence, entry)

    monkeypatch.setattr(parsing, "parse", late)
    change = desk.filing.file(MAIL, number)
    assert seen == [(change.primary, ["Filed “reply.eml” on Face recognition · ICE"])]
    assert [change.sentence for change in heard][1:] == ["Read “reply.eml”"] and not heard[1].undoable


def test_one_undo_takes_back_the_whole_filing_and_keeps_the_bytes(desk: Desk, ask: Ask) -> None:
    number = ask()
    first = desk.filing.file(MAIL, number, event=ACK).primary
    before, stored = desk.filing.correspondence(number), vault_files(desk)
    desk.history.undo()
    assert desk.filing.correspondence(number) == () and desk.filing.documents() == ()
    assert desk.requests.events(number) == () and vault_files(desk) == stored
    assert desk.requests.rows([number])[0].tracking == ()
    desk.history.redo()
    assert desk.filing.correspondence(number) == before and before[0].id == first
    assert desk.requests.rows([number])[0].tracking == ("2026-ICFO-01234",)
    desk.history.undo()
    desk.filing.file(MAIL, number)
    assert vault_files(desk) == stored and len(desk.filing.documents(number)) == 2


def test_the_same_bytes_on_the_same_request_are_not_filed_twice(desk: Desk, ask: Ask) -> None:
    number, other = ask(), ask("Other")
    first = desk.filing.file(MAIL, number)
    stored = vault_files(desk)
    again = desk.filing.file(IncomingFile("copy of reply.eml", MAIL.data), number)
    assert again.primary == first.primary and not again.undoable and "already filed" in again.sentence
    assert len(desk.filing.correspondence(number)) == 1 and vault_files(desk) == stored
    late = desk.filing.file(MAIL, number, event=ACK)
    assert late.primary == first.primary and desk.filing.get(first.primary).events == (
        desk.requests.events(number)[0].id,
    )
    elsewhere = desk.filing.file(MAIL, other)
    assert elsewhere.primary != first.primary and vault_files(desk) == stored


def test_what_waits_in_the_in_tray_is_moved_by_filing_it(desk: Desk, ask: Ask) -> None:
    number = ask()
    waiting = desk.filing.file(MAIL, None)
    assert waiting.sentence == "Filed “reply.eml” in the In-tray"
    assert desk.filing.file(MAIL, None).primary == waiting.primary
    assert [letter.id for letter in desk.filing.correspondence(None)] == [waiting.primary]
    assert desk.deadlines.today().in_tray == 1
    assert desk.filing.file(MAIL, number).primary == waiting.primary
    assert desk.filing.correspondence(None) == () and desk.filing.get(waiting.primary).request == number
    desk.history.undo()
    assert desk.filing.get(waiting.primary).request is None


def test_moving_a_letter_takes_its_events_along(desk: Desk, ask: Ask) -> None:
    wrong, right = ask("Wrong"), ask("Right")
    letter = desk.filing.file(MAIL, wrong, event=ACK).primary
    change = desk.filing.move(letter, right)
    assert change.sentence == "Moved “FOIA request 2026-ICFO-01234” to Right · ICE"
    assert {wrong, right} <= change.ids["request"]
    assert desk.requests.events(wrong) == () and desk.requests.rows([wrong])[0].tracking == ()
    (event,) = desk.requests.events(right)
    assert desk.filing.get(letter).events == (event.id,) and event.get("tracking_number") == "2026-ICFO-01234"
    assert desk.requests.rows([right])[0].tracking == ("2026-ICFO-01234",)
    desk.history.undo()
    assert desk.requests.events(right) == () and len(desk.requests.events(wrong)) == 1
    desk.filing.move(letter, None)
    assert desk.requests.events(wrong) == () and desk.filing.get(letter).request is None
    with pytest.raises(BadInput, match="In-tray"):
        desk.filing.attach_event(letter, ACK)
    with pytest.raises(NotFound, match="99"):
        desk.filing.move(letter, 99)


def test_an_event_can_be_attached_later(desk: Desk, ask: Ask) -> None:
    number = ask()
    letter = desk.filing.file(MAIL, number).primary
    desk.filing.attach_event(letter, ACK)
    (event,) = desk.requests.events(number)
    assert desk.filing.get(letter).events == (event.id,)
    desk.requests.correct_event(event.id, {**ACK, "tracking_number": "2026-ICFO-09999"})
    (event,) = desk.requests.events(number)
    assert desk.filing.get(letter).events == (event.id,)  # the evidence goes with the correction
    desk.requests.retract_event(event.id)
    assert desk.filing.get(letter).events == ()


def test_paths_are_filed_and_the_person_s_facts_win(desk: Desk, ask: Ask, tmp_path: Path, today: Today) -> None:
    number = ask()
    today.pass_days(10)
    file = tmp_path / "scan of letter.pdf"
    file.write_bytes(PDF)
    change = desk.filing.file(file, number, date=date(2026, 1, 9), channel=Channel.MAIL)
    letter = desk.filing.get(change.primary)
    assert (letter.date, letter.channel, letter.subject) == (date(2026, 1, 9), Channel.MAIL, "")
    assert letter.attachments[0].origin == "file" and letter.attachments[0].name == "scan of letter.pdf"
    mail = desk.filing.get(desk.filing.file(MAIL, number, date=date(2026, 1, 8)).primary)
    assert mail.date == date(2026, 1, 8)


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\evil\\a.eml", "a\u202egnp.exe", "", "x" * 400 + ".pdf"])
def test_names_are_made_safe(desk: Desk, ask: Ask, name: str) -> None:
    letter = desk.filing.get(desk.filing.file(IncomingFile(name, b"bytes"), ask()).primary)
    shown = letter.attachments[0].name
    assert shown and "/" not in shown and "\\" not in shown and "\u202e" not in shown and len(shown) <= 255


def test_what_cannot_be_filed_is_refused_and_stores_nothing(desk: Desk, ask: Ask, tmp_path: Path, today: Today) -> None:
    number = ask()
    fifo = tmp_path / "pipe"
    os.mkfifo(fifo)
    for source, kind in ((tmp_path, BadInput), (fifo, BadInput), (tmp_path / "gone.pdf", NotFound)):
        with pytest.raises(kind):
            desk.filing.file(source, number)
    with pytest.raises(BadInput, match="after today"):
        desk.filing.file(MAIL, number, date=date(2026, 1, 6))
    with pytest.raises(BadInput, match="request"):
        desk.filing.file(MAIL, None, event=ACK)
    with pytest.raises(NotFound, match="88"):
        desk.filing.file(MAIL, 88)
    with pytest.raises(BadInput, match="zebra"):
        desk.filing.file(MAIL, number, event={"kind": "zebra", "date": "2026-01-05"})
    assert vault_files(desk) == [] and desk.filing.correspondence(number) == ()


def test_an_empty_file_is_a_file(desk: Desk, ask: Ask) -> None:
    letter = desk.filing.get(desk.filing.file(IncomingFile("empty.txt", b""), ask()).primary)
    assert letter.attachments[0].size == 0 and desk.filing.read(letter.attachments[0].id) == b""


def test_a_damaged_message_stays_and_says_so(desk: Desk, ask: Ask) -> None:
    broken = acknowledgement().split(b"--==")[0].replace(b"multipart/mixed", b"multipart/mixed") + b"--==="
    letter = desk.filing.get(desk.filing.file(IncomingFile("broken.eml", broken), ask()).primary)
    assert letter.damaged and letter.subject.startswith("FOIA request")
    assert desk.filing.read(letter.attachments[0].id) == broken


def test_a_message_no_reader_can_read_stays_and_says_so(desk: Desk, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(data: bytes) -> None:
        raise Unreadable("This file made the reader stop.")

    monkeypatch.setattr(desk.worker, "message", crash)
    letter = desk.filing.get(desk.filing.file(MAIL, ask()).primary)
    assert letter.damaged == "This file made the reader stop." and letter.subject == ""
    assert desk.filing.read(letter.attachments[0].id) == MAIL.data


def test_an_outlook_file_is_kept_and_read(desk: Desk, ask: Ask) -> None:
    path = shared("mail/outlook/fake-email-attachment.msg")
    letter = desk.filing.get(desk.filing.file(path, ask()).primary)
    original, part = letter.attachments
    assert letter.subject == "Fake email with attachment" and letter.damaged == ""
    assert desk.filing.read(original.id) == path.read_bytes()
    assert (part.name, part.origin) == ("fake-attachment.txt", "part 1 of fake-email-attachment.msg")


def test_a_full_disk_while_reading_leaves_the_filing_acknowledged(
    maker: Maker, desk: Desk, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = ask()
    put = desk.store.vault.put
    monkeypatch.setattr(desk.contents, "keep", _second_fails(desk.contents.keep))
    change = desk.filing.file(MAIL, number)
    (alert,) = change.alerts
    assert "filed" in alert and "full" in alert
    assert desk.filing.get(change.primary).attachments[0].name == "reply.eml"
    desk.close()
    del put
    again = maker.open()
    assert [file.name for file in again.filing.get(change.primary).attachments] == ["reply.eml", "acknowledgement.pdf"]


def _second_fails(keep):  # type: ignore[no-untyped-def]
    calls: list[int] = []

    def limited(source):  # type: ignore[no-untyped-def]
        calls.append(1)
        if len(calls) > 1:
            raise StorageFull("The disk with the desk is full.")
        return keep(source)

    return limited


class Killed(BaseException):
    """Stands for the end of the process at this very point."""


def _dies(*_: object, **__: object) -> None:
    raise Killed


def test_a_crash_between_the_two_transactions_is_finished_at_the_next_opening(
    maker: Maker, desk: Desk, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = ask()
    monkeypatch.setattr(parsing, "parse", _dies)
    with pytest.raises(Killed):
        desk.filing.file(MAIL, number, event=ACK)
    (letter,) = desk.filing.correspondence(number)
    assert letter.subject == "" and len(letter.attachments) == 1 and len(desk.requests.events(number)) == 1
    desk.store.close()
    monkeypatch.undo()
    again = maker.open()
    (letter,) = again.filing.correspondence(number)
    assert letter.subject == "FOIA request 2026-ICFO-01234" and len(letter.attachments) == 2
    assert again.opening == ()


def test_a_message_that_ends_the_program_each_time_is_given_up_on(
    maker: Maker, desk: Desk, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = ask()
    monkeypatch.setattr(parsing, "parse", _dies)
    with pytest.raises(Killed):
        desk.filing.file(MAIL, number)
    desk.store.close()
    for _ in range(parsing.TRIES):
        with pytest.raises(Killed):
            maker.open()
    monkeypatch.undo()
    again = maker.open()
    (letter,) = again.filing.correspondence(number)
    assert "several times" in letter.damaged and again.filing.read(letter.attachments[0].id) == MAIL.data


def test_stored_files_without_a_row_are_recovered_into_the_in_tray(
    maker: Maker, desk: Desk, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = ask()
    desk.filing.file(IncomingFile("known.txt", b"known"), number)
    monkeypatch.setattr(desk.store, "write", _dies)
    for data in (MAIL.data, PDF):
        with pytest.raises(Killed):
            desk.filing.file(IncomingFile("lost", data), number)
    monkeypatch.undo()
    desk.store.vault.put(b"known")  # a second copy, as two processes or a crash could leave
    assert len(vault_files(desk)) == 4
    desk.store.close()  # not desk.close(): the program died
    again = maker.open()
    assert again.opening == ("After an interruption 2 stored files were recovered into the In-tray.",)
    found = again.filing.correspondence(None)
    assert {again.filing.read(letter.attachments[0].id) for letter in found} == {MAIL.data, PDF}
    assert {letter.subject for letter in found} == {"FOIA request 2026-ICFO-01234", ""}
    assert {letter.attachments[0].origin for letter in found} == {"recovered after an interruption"}
    assert len(vault_files(again)) == 4 and again.safety.check() == []
    again.close()
    assert maker.open().opening == ()


def test_real_messages_give_back_every_attachment(desk: Desk, ask: Ask) -> None:
    number = ask()
    truth = [row for row in json.loads(shared("mail/truth.json").read_text()) if row["attachment_sha256"]][:12]
    for row in truth:
        path = shared(row["path"])
        letter = desk.filing.get(desk.filing.file(path, number).primary)
        data = path.read_bytes()
        assert desk.filing.read(letter.attachments[0].id) == data
        if "outlook" not in row["path"]:
            found = {file.sha256 for file in letter.attachments}
            assert set(row["attachment_sha256"]) <= found, row["path"]
        for file in letter.attachments:
            assert sha256(desk.filing.read(file.id)).hexdigest() == file.sha256
    assert {file.request for file in desk.filing.documents()} == {number}


def test_a_saved_copy_is_whole_and_private(desk: Desk, ask: Ask, tmp_path: Path) -> None:
    letter = desk.filing.get(desk.filing.file(MAIL, ask()).primary)
    target = tmp_path / "copy.eml"
    desk.filing.save_copy(letter.attachments[0].id, target)
    assert target.read_bytes() == MAIL.data and stat.S_IMODE(target.stat().st_mode) == 0o600
    with pytest.raises(StorageFull, match="could not be written"):
        desk.filing.save_copy(letter.attachments[0].id, tmp_path / "no" / "folder" / "x")
    with pytest.raises(NotFound, match="4444"):
        desk.filing.save_copy(4444, tmp_path / "y")
    assert not (tmp_path / "y").exists()


def test_stored_files_are_looked_into_by_the_worker(desk: Desk, ask: Ask) -> None:
    letter = desk.filing.get(desk.filing.file(MAIL, ask()).primary)
    original, part = letter.attachments
    assert desk.filing.inspect(original.id).kind == "message"
    info = desk.filing.inspect(part.id)
    assert (info.kind, info.pages) == ("pdf", 1)
    page = desk.filing.page(part.id, 0, 1.0)
    assert (page.width, page.height) == (200, 200) and len(page.rgb) == 200 * 200 * 3
    assert desk.filing.message(original.id).subject == letter.subject
    with pytest.raises(Unreadable):
        desk.filing.page(part.id, 7, 1.0)


def test_evidence_of_a_sent_request_can_be_filed_as_outgoing(desk: Desk, ask: Ask) -> None:
    number = ask()
    sent(desk, number, START)
    change = desk.filing.file(IncomingFile("receipt.txt", b"ok"), number, direction=Direction.OUT)
    assert desk.filing.get(change.primary).direction is Direction.OUT
