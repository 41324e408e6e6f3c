"""What a letter seems to say: plain rules, with the words they rest on; the person decides."""

from datetime import date

import pytest

from foiadesk.desk import Desk, IncomingFile
from foiadesk.desk.understanding import numbers_in, signs, suggest_event
from foiadesk.records import Channel, event_from_json

from .conftest import START, Ask, sent
from .messages import PDF, acknowledgement


@pytest.mark.parametrize(
    "number",
    [
        "2026-ICFO-01234",
        "CBP-FO-2026-001234",
        "2026-HQFO-00123",
        "2026-ICFO-12345",
        "2026-USCG-00777",
        "DOJ-2026-000123",
        "26-00123-F",
        "2026-00077",
    ],
)
def test_tracking_numbers_are_found_in_running_text(number: str) -> None:
    text = f"On January 5, 2026 we got your request dated 2026-01-02 (call 202-555-0143). Case number {number}, thanks."
    assert numbers_in(text) == [number]


def test_a_number_introduced_as_one_comes_first() -> None:
    assert numbers_in("See 2025-ICFO-00001. Your tracking number is CBP-FO-2026-001234.")[0] == "CBP-FO-2026-001234"


@pytest.mark.parametrize(
    ("text", "kind", "fields"),
    [
        ("This is to acknowledge receipt of your FOIA request.", "acknowledged", {}),
        ("Your request has been assigned tracking number 2026-ICFO-00001.", "acknowledged", {}),
        ("Due to unusual circumstances we will need additional time.", "extension_notice", {"working_days": 10}),
        ("We are invoking a 10-day extension for your request.", "extension_notice", {"working_days": 10}),
        ("After a search we did not locate any responsive records.", "determination", {"outcome": "no_records"}),
        ("We can neither confirm nor deny the existence of records.", "determination", {"outcome": "glomar"}),
        ("The pages are withheld in full under (b)(5).", "determination", {"outcome": "full_denial"}),
        ("We are releasing 40 pages in part.", "determination", {"outcome": "partial_grant"}),
        ("We have granted your request in full.", "determination", {"outcome": "full_grant"}),
        ("This is an interim response to your request.", "interim_release", {}),
        ("Please let us know whether you are still interested.", "still_interested_asked", {}),
        ("Your request is too broad.", "clarification_asked", {"about": "information"}),
        ("Your request for a fee waiver is denied.", "fee_waiver_decided", {"outcome": "denied"}),
        ("Your request for expedited processing has been granted.", "expedition_decided", {"granted": True}),
        ("Your request for expedited processing is denied.", "expedition_decided", {"granted": False}),
        ("The estimated cost is $1,250.00 for search.", "fee_estimate", {"amount": "1250.00"}),
        ("We have administratively closed your request.", "closed", {"by": "agency"}),
        ("We affirmed the component's action on your appeal.", "appeal_decided", {"outcome": "affirmed"}),
        ("Good morning, the weather is fine.", None, {}),
    ],
)
def test_words_speak_for_events(text: str, kind: str | None, fields: dict[str, object]) -> None:
    event, why = suggest_event(text)
    if kind is None:
        assert (event, why) == (None, ())
        return
    assert event == {"kind": kind, **fields}
    words = why[0].removeprefix("It says “").removesuffix("”.")
    assert words in text


def test_every_sign_names_an_event_that_can_be_entered() -> None:
    for sign in signs():
        assert event_from_json({"kind": sign.kind.value, "date": "2026-01-05", **sign.fields}).kind is sign.kind


def test_a_second_meaning_is_named_too_and_quotations_are_left_out() -> None:
    text = "We acknowledge receipt of your request. There are unusual circumstances.\n> your fee waiver is denied\n"
    event, why = suggest_event(text, ["2026-ICFO-00001"])
    assert event == {"kind": "acknowledged", "tracking_number": "2026-ICFO-00001"}
    assert len(why) == 2 and "unusual circumstances" in why[1] and "extension notice" in why[1]


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
    assert seen.suggested_request is None and seen.parts == ("acknowledgement.pdf",)
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
