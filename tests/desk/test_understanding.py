"""What a letter seems to say: plain rules, with the words they rest on; the person decides."""

from datetime import date

import pytest

from foiadesk.desk import Desk, IncomingFile
from foiadesk.records import Channel

from .conftest import START, Ask, sent
from .messages import PDF, acknowledgement


def test_an_acknowledgement_is_understood_before_anything_is_stored(desk: Desk, ask: Ask) -> None:
    number = ask()
    sent(desk, number, START)
    mail = IncomingFile("reply.eml", acknowledgement(sender="ICE FOIA <someone@agency.example>"))
    seen = desk.filing.understand(mail)
    assert (seen.subject, seen.date, seen.channel) == ("FOIA request 2026-ICFO-01234", START, Channel.EMAIL)
    assert seen.suggested_event == {
        "kind": "acknowledged",
        "tracking_number": "2026-ICFO-01234",
        "date": "2026-01-05",
    }
    assert seen.suggested_request == number and not seen.certain and seen.parts == ("acknowledgement.pdf",)
    (candidate,) = seen.candidates
    assert candidate.why == "Its head names ICE; the number 2026-ICFO-01234 has the form that ICE gives."
    assert desk.filing.documents() == () and list(desk.store.vault.keys()) == []
    assert seen.suggested_event is not None
    desk.filing.file(mail, number, event=seen.suggested_event)
    later = desk.filing.understand(IncomingFile("second.eml", acknowledgement(Message_Id="<2@x>")))
    assert later.suggested_request == number
    assert any("2026-ICFO-01234" in why and "Face recognition · ICE" in why for why in later.why)


def test_an_answer_belongs_where_the_message_it_answers_lies(desk: Desk, ask: Ask) -> None:
    number = ask()
    desk.filing.file(IncomingFile("a.eml", acknowledgement()), number)
    reply = acknowledgement("2027-XXXX-99999", In_Reply_To="<2026-ICFO-01234@ice.example>")
    assert desk.filing.understand(IncomingFile("b.eml", reply)).suggested_request == number


def test_the_office_s_own_address_suggests_its_only_open_request(desk: Desk, ask: Ask) -> None:
    number = ask()
    email = desk.requests.get(number).office.email
    assert email
    sent(desk, number, START)
    mail = IncomingFile("x.eml", acknowledgement("2030-ZZZZ-11111", sender=f"FOIA <{email.upper()}>"))
    seen = desk.filing.understand(mail)
    assert seen.suggested_request == number and any(email.lower() in why for why in seen.why)
    sent(desk, ask("Second"), START)
    assert desk.filing.understand(mail).suggested_request is None


def test_a_pdf_s_own_words_and_date_are_read(desk: Desk, ask: Ask) -> None:
    number = ask()
    letter = desk.letters.start("policy_request", number).primary
    pdf = desk.letters.pdf(letter)
    seen = desk.filing.understand(IncomingFile("letter.pdf", pdf))
    assert seen.date == date(2026, 1, 5) and seen.damaged == ""


@pytest.mark.parametrize("data", [b"", b"\x00\x01", PDF[:60], b"From: x\n\n" + b"\xff" * 50, b"%PDF-1.7 nothing"])
def test_unreadable_files_are_said_to_be_so_and_never_raise(desk: Desk, data: bytes) -> None:
    for name in ("x.pdf", "x.eml", "x.bin"):
        assert desk.filing.understand(IncomingFile(name, data)).suggested_request is None
