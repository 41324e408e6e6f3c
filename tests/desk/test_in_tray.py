"""The In-tray: what is suggested for what waits, filing it as suggested, evidence; nothing leaves by itself."""

import threading
from datetime import date
from email.message import EmailMessage

import pytest

from foiadesk.desk import Desk, IncomingFile, PageText
from foiadesk.records import Channel, Direction, EventKind, Requester
from foiadesk.records.errors import BadInput, Conflict, NotFound
from foiadesk.records.progress import Cancelled, Progress

from .conftest import START, Ask, Today, sent
from .messages import PDF, acknowledgement

ICE, CBP = "2026-ICFO-01234", "CBP-FO-2026-001234"


def number(desk: Desk, request: int, tracking: str) -> None:
    desk.requests.add_event(request, {"kind": "tracking_number", "date": START.isoformat(), "number": tracking})


def kept(desk: Desk, name: str, text: str | bytes) -> int:
    data = text.encode() if isinstance(text, str) else text
    return desk.filing.file(IncomingFile(name, data), None).primary


def letter(body: str, *, day: str = "January 5, 2026", re: str = "") -> str:
    return f"Office of Information\n\n{day}\n\nRe: {re}\n\nDear Ms. Ruiz:\n\n{body}\n"


def mail(body: str, subject: str = "", sender: str = "FOIA <foia@agency.example>", **headers: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "records@lantern.example", subject
    message["Date"] = "Mon, 05 Jan 2026 09:30:00 -0500"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return bytes(message)


@pytest.fixture
def two(desk: Desk, ask: Ask, today: Today) -> tuple[int, int]:
    """Two requests, at ICE and at CBP, sent on 2 January, each with its number; today is the fifth."""
    first, second = ask("Face recognition", "DHS/ICE"), ask("License plates", "DHS/CBP")
    for request, tracking in ((first, ICE), (second, CBP)):
        sent(desk, request, date(2026, 1, 2))
        number(desk, request, tracking)
    return first, second


def test_what_waits_is_suggested_for_its_request_and_filed_as_suggested(desk: Desk, two: tuple[int, int]) -> None:
    waiting = kept(
        desk, "scan.txt", letter("We acknowledge receipt of your request. Unusual circumstances apply.", re=ICE)
    )
    (one,) = desk.in_tray.suggestions([waiting])
    seen = one.understood
    assert seen.certain and seen.suggested_request == two[0] and seen.date == START
    assert [event.data["kind"] for event in seen.events] == ["acknowledged", "extension_notice"]
    assert f"it carries its tracking number {ICE}" in seen.candidates[0].why.lower().replace(ICE.lower(), ICE)
    assert any("acknowledge receipt" in why for why in seen.why) and any("unusual" in why.lower() for why in seen.why)
    assert desk.filing.get(waiting).request is None  # nothing happened yet
    change = desk.in_tray.file(waiting)
    assert change.sentence == (
        f"Filed “scan.txt” on Face recognition · ICE as Acknowledged ({ICE}) and Extension notice (10 working days)"
    )
    filed = desk.filing.get(waiting)
    assert (filed.request, filed.date, filed.direction, len(filed.events)) == (two[0], START, Direction.IN, 2)
    assert desk.in_tray.waiting() == ()
    desk.history.undo()
    assert desk.filing.get(waiting).request is None and desk.filing.get(waiting).date is None
    assert not [event for event in desk.requests.events(two[0]) if event.kind is EventKind.EXTENSION_NOTICE]


def test_the_person_decides_otherwise(desk: Desk, two: tuple[int, int]) -> None:
    waiting = kept(desk, "scan.txt", letter("We acknowledge receipt of your request.", re=ICE))
    with pytest.raises(BadInput, match="after today"):
        desk.in_tray.file(waiting, events=[{"kind": "note", "date": "2026-01-06"}])
    with pytest.raises(NotFound):
        desk.in_tray.file(waiting, 99)
    assert desk.filing.get(waiting).request is None
    desk.in_tray.file(waiting, two[1], events=[])
    assert desk.filing.get(waiting).request == two[1] and desk.filing.get(waiting).events == ()
    with pytest.raises(BadInput, match="does not wait"):
        desk.in_tray.file(waiting)


def test_nothing_clear_is_left_to_the_person(desk: Desk, two: tuple[int, int]) -> None:
    stray = kept(desk, "stray.txt", "To whom it may concern.")
    (one,) = desk.in_tray.suggestions([stray])
    assert one.understood.suggested_request is None and one.understood.events == () and not one.understood.certain
    with pytest.raises(BadInput, match="which request"):
        desk.in_tray.file(stray)
    undated = kept(desk, "undated.txt", f"Your request number is {ICE}. We acknowledge receipt of your request.")
    (one,) = desk.in_tray.suggestions([undated])
    assert one.understood.suggested_request == two[0] and not one.understood.certain  # its day is not known
    with pytest.raises(BadInput, match="no date"):
        desk.in_tray.file(undated)


def test_a_letter_with_two_numbers_is_not_certain(desk: Desk, two: tuple[int, int]) -> None:
    both = kept(desk, "both.txt", letter(f"We acknowledge receipt of your request {ICE} and your request {CBP}."))
    (one,) = desk.in_tray.suggestions([both])
    assert {candidate.request for candidate in one.understood.candidates} == set(two)
    assert not one.understood.clear and not one.understood.certain


def test_a_number_shared_by_two_requests_is_not_certain(desk: Desk, ask: Ask, two: tuple[int, int]) -> None:
    third = ask("Face recognition, again", "DHS/ICE")
    number(desk, third, ICE)
    (one,) = desk.in_tray.suggestions([kept(desk, "x.txt", letter("We acknowledge receipt of your request.", re=ICE))])
    assert {candidate.request for candidate in one.understood.candidates[:2]} == {two[0], third}
    assert not one.understood.certain


def test_another_number_takes_a_weak_suggestion_back(desk: Desk, two: tuple[int, int]) -> None:
    text = letter("We acknowledge receipt of your ICE request.", re="ICE FOIA Case Number 2026-ICFO-09999")
    (one,) = desk.in_tray.suggestions([kept(desk, "x.txt", text)])
    assert one.understood.suggested_request is None


def test_suggestions_follow_the_requests(desk: Desk, two: tuple[int, int]) -> None:
    waiting = kept(desk, "x.txt", letter("We acknowledge receipt of your request.", re="2026-ICFO-07777"))
    assert desk.in_tray.understand(waiting).suggested_request is None
    number(desk, two[1], "2026-ICFO-07777")
    assert desk.in_tray.understand(waiting).suggested_request == two[1]


def test_a_file_is_read_once(desk: Desk, two: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = kept(desk, "x.txt", letter("We acknowledge receipt of your request.", re=ICE))
    calls: list[int] = []
    read = desk.worker.text
    monkeypatch.setattr(desk.worker, "text", lambda data: (calls.append(1), read(data))[1])
    for _ in range(3):
        assert desk.in_tray.understand(waiting).suggested_request == two[0]
        number(desk, two[1], f"2026-XXXX-0000{len(desk.requests.events(two[1]))}")
    assert calls == [1]


def test_everything_certain_is_filed_in_one_go_and_one_undo(desk: Desk, two: tuple[int, int]) -> None:
    sure = [
        kept(desk, f"{tracking}.txt", letter("We acknowledge receipt of your request.", re=tracking))
        for tracking in (ICE, CBP)
    ]
    unsure = kept(desk, "unsure.txt", "Nothing.")
    heard: list[tuple[int, int]] = []
    done = desk.in_tray.file_suggested([*sure, unsure], Progress(lambda now, all_, _what: heard.append((now, all_))))
    assert [change.primary for change in done] == sure and heard[-1] == (3, 3)
    assert [one.id for one in desk.in_tray.waiting()] == [unsure]
    desk.history.undo()
    assert [one.id for one in desk.in_tray.waiting()] == [*sure, unsure]


def test_filing_many_stops_between_two(desk: Desk, two: tuple[int, int]) -> None:
    ids = [kept(desk, f"{n}.txt", letter(f"We acknowledge receipt of your request {n}.", re=ICE)) for n in range(3)]
    progress = Progress(lambda now, _all, _what: progress.cancel() if now == 1 else None)
    with pytest.raises(Cancelled):
        desk.in_tray.file_suggested(ids, progress)
    assert [one.id for one in desk.in_tray.waiting()] == ids[1:]


def test_a_late_determination_filed_from_the_in_tray_says_that_it_closes_the_way_to_court(
    desk: Desk, two: tuple[int, int], today: Today
) -> None:
    today.day = date(2026, 3, 2)
    text = letter("We did not locate any responsive records.", day="February 27, 2026", re=ICE)
    waiting = kept(desk, "late.txt", text)
    change = desk.in_tray.file(waiting)
    assert any("closes the way to court" in alert for alert in change.alerts)
    desk.history.undo()
    (change,) = desk.in_tray.file_suggested([waiting], Progress())
    assert any("closes the way to court" in alert for alert in change.alerts)


def test_a_reply_belongs_where_the_message_it_answers_lies_and_its_thread(desk: Desk, two: tuple[int, int]) -> None:
    desk.filing.file(IncomingFile("a.eml", mail("Thanks.", "Plates, question", Message_ID="<a@x.example>")), two[1])
    answer = kept(desk, "b.eml", mail("Hello again.", "other", In_Reply_To="<a@x.example>"))
    thread = kept(
        desk, "c.eml", mail("Hello.", "RE: Fwd: [EXTERNAL] Plates, question", sender="X <x@elsewhere.example>")
    )
    for waiting, words in ((answer, "answers a message"), (thread, "“Plates, question”")):
        seen = desk.in_tray.understand(waiting)
        assert seen.suggested_request == two[1] and words in seen.candidates[0].why and not seen.certain


def test_titles_and_offices_speak_for_requests(desk: Desk, two: tuple[int, int]) -> None:
    seen = desk.in_tray.understand(kept(desk, "x.txt", letter("About your request for license plates, we need time.")))
    assert seen.suggested_request == two[1] and "“License plates”" in seen.candidates[0].why
    text = "U.S. Customs and Border Protection\n\nJanuary 5, 2026\n\nDear X:\n\nHello.\n"
    seen = desk.in_tray.understand(kept(desk, "y.txt", text))
    assert seen.suggested_request == two[1] and "names CBP" in seen.candidates[0].why


def test_mail_of_ours_is_told_as_such(desk: Desk, two: tuple[int, int]) -> None:
    body = f"This is an appeal of the denial of {ICE}. You denied our request in full and I hereby appeal."
    waiting = kept(desk, "ours.eml", mail(body, f"Appeal {ICE}", sender="Ana Ruiz <records@lantern.example>"))
    seen = desk.in_tray.understand(waiting)
    assert seen.direction is Direction.OUT and not seen.certain and seen.suggested_request == two[0]
    assert [event.data for event in seen.events] == [{"kind": "appeal_sent", "channel": "email", "date": "2026-01-05"}]
    desk.in_tray.file(waiting)
    assert desk.filing.get(waiting).direction is Direction.OUT
    desk.people.add(Requester("Other", email="x@y.example"))
    passed = mail(f"---------- Forwarded message ---------\nFrom: f@cbp.example\n\n{CBP}: we received your request",
                  f"Fwd: {CBP}", sender="Ana Ruiz <records@lantern.example>")  # fmt: skip
    assert desk.in_tray.understand(kept(desk, "fwd.eml", passed)).direction is Direction.IN


# Delivery -----------------------------------------------------------------------------------------------------------

POSTAL = "9400111201080805483016"


def bounce(message_id: str, action: str = "failed", address: str = "foia@cbp.example") -> bytes:
    """Return a delivery status notification as mail servers write it."""
    return (
        "From: Mail Delivery Subsystem <mailer-daemon@mail.example>\nTo: records@lantern.example\n"
        "Subject: Delivery Status Notification\nDate: Mon, 05 Jan 2026 09:31:00 -0500\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nAbout your message.\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mail.example\n\n"
        f"Final-Recipient: rfc822; {address}\nAction: {action}\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 550 5.1.1 user unknown\n"
        f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {message_id}\nSubject: FOIA request\n--b--\n"
    ).encode()


def test_a_returned_message_tells_of_the_failed_delivery(desk: Desk, ask: Ask) -> None:
    request = ask("Plates", "DHS/CBP")
    desk.requests.add_event(request, {"kind": "request_sent", "date": "2026-01-05", "channel": "email"})
    out = mail("Our request.", "FOIA request", sender="records@lantern.example", Message_ID="<ours@lantern.example>")
    desk.filing.file(IncomingFile("out.eml", out), request, direction=Direction.OUT)
    waiting = kept(desk, "bounce.eml", bounce("<ours@lantern.example>"))
    seen = desk.in_tray.understand(waiting)
    assert seen.suggested_request == request and seen.suggested_event == {
        "kind": "delivery_failed",
        "date": "2026-01-05",
    }
    assert any("user unknown" in why for why in seen.why)
    desk.in_tray.file(waiting)
    (failed,) = [event for event in desk.requests.events(request) if event.kind is EventKind.DELIVERY_FAILED]
    assert desk.filing.get(waiting).events == (failed.id,)
    again = desk.in_tray.understand(kept(desk, "again.eml", bounce("<ours@lantern.example>", address="b@cbp.example")))
    assert again.events == () and [one.event for one in again.proven] == [failed.id]


def test_a_delay_is_no_failure_and_a_delivery_is_proof(desk: Desk, ask: Ask) -> None:
    request = ask("Plates", "DHS/CBP")
    desk.requests.add_event(request, {"kind": "request_sent", "date": "2026-01-05", "channel": "email"})
    out = mail("Our request.", "FOIA request", sender="records@lantern.example", Message_ID="<ours@lantern.example>")
    desk.filing.file(IncomingFile("out.eml", out), request, direction=Direction.OUT)
    assert desk.in_tray.understand(kept(desk, "delay.eml", bounce("<ours@lantern.example>", "delayed"))).events == ()
    seen = desk.in_tray.understand(kept(desk, "ok.eml", bounce("<ours@lantern.example>", "delivered")))
    assert seen.suggested_event == {
        "kind": "request_received", "office": "proper", "delivery_proof": "mail system", "date": "2026-01-05",
    }  # fmt: skip


def test_a_postal_receipt_is_evidence_of_the_sending_and_a_confirmation_of_the_receipt(
    desk: Desk, ask: Ask, today: Today
) -> None:
    request = ask("Plates", "DHS/CBP")
    data = {
        "kind": "request_sent",
        "date": "2026-01-05",
        "channel": "mail",
        "proof": "Certified 9400 1112 0108 0805 4830 16",
    }
    desk.requests.add_event(request, data)
    today.day = date(2026, 1, 12)
    receipt = kept(
        desk, "receipt.txt", "Certified Mail Receipt\nPostmark Here\n9400 1112 0108 0805 4830 16\n01/05/2026\n"
    )
    seen = desk.in_tray.understand(receipt)
    (sending,) = desk.requests.events(request)
    assert seen.suggested_request == request and seen.events == () and seen.channel is Channel.MAIL
    assert [one.event for one in seen.proven] == [sending.id] and POSTAL in seen.candidates[0].why
    change = desk.in_tray.file(receipt)
    assert "proof of “Request sent by mail”, 2026-01-05" in change.sentence
    assert desk.filing.get(receipt).events == (sending.id,)
    text = f"Tracking Number: {POSTAL}\nYour item was delivered to the front desk at 10:14 am on January 8, 2026.\n"
    delivered = kept(desk, "delivered.txt", text)
    seen = desk.in_tray.understand(delivered)
    assert seen.suggested_event == {
        "kind": "request_received", "office": "proper", "delivery_proof": f"postal service {POSTAL}",
        "date": "2026-01-08",
    }  # fmt: skip
    desk.in_tray.file(delivered)
    green = kept(
        desk,
        "green.txt",
        f"PS Form 3811 Domestic Return Receipt\nReceived by (Printed Name)\nDate of Delivery 1/8/26\n{POSTAL}\n",
    )
    (proof,) = desk.in_tray.understand(green).proven
    assert proof.event == desk.filing.get(delivered).events[0]


def test_a_portal_s_receipt_and_a_fax_report(desk: Desk, two: tuple[int, int], ask: Ask) -> None:
    third = ask("Detention deaths", "DHS/CRCL")
    desk.requests.add_event(third, {"kind": "request_sent", "date": "2026-01-05", "channel": "portal"})
    body = "Your FOIA request has been submitted: Detention deaths. Your confirmation number is 1234567."
    seen = desk.in_tray.understand(kept(desk, "portal.eml", mail(body, "Submission received: Detention deaths")))
    assert seen.suggested_request == third
    assert seen.suggested_event == {
        "kind": "request_received", "office": "proper", "delivery_proof": "portal receipt 1234567",
        "date": "2026-01-05",
    }  # fmt: skip
    desk.requests.add_event(two[0], {"kind": "determination", "date": "2026-01-05", "outcome": "full_denial"})
    desk.requests.add_event(two[0], {"kind": "appeal_sent", "date": "2026-01-05", "channel": "fax"})
    report = f"FAX TRANSMISSION REPORT\nAppeal of {ICE}\nDate 01/05/2026 14:03\nPages 4\nResult: OK\n"
    seen = desk.in_tray.understand(kept(desk, "fax.txt", report))
    assert (seen.suggested_request, seen.suggested_event) == (two[0], {"kind": "appeal_received", "date": "2026-01-05"})
    failed = report.replace("Result: OK", "Result: NO ANSWER")
    seen = desk.in_tray.understand(kept(desk, "fax2.txt", failed))
    assert seen.suggested_event == {"kind": "delivery_failed", "date": "2026-01-05"}


# Evidence -----------------------------------------------------------------------------------------------------------


def test_evidence_is_attached_to_the_very_event_and_undone(desk: Desk, two: tuple[int, int]) -> None:
    event = desk.requests.events(two[0])[0]
    receipt = kept(desk, "receipt.txt", "A receipt.")
    change = desk.filing.attach_evidence(receipt, event.id)
    assert change.sentence.startswith("“receipt.txt” is evidence of") and change.touches("request", two[0])
    assert desk.filing.get(receipt).request == two[0] and desk.filing.get(receipt).events == (event.id,)
    desk.filing.attach_evidence(receipt, event.id)  # twice is once
    assert desk.filing.get(receipt).events == (event.id,)
    desk.history.undo()
    assert desk.filing.get(receipt).request is None and desk.filing.get(receipt).events == ()
    desk.history.redo()
    assert desk.filing.get(receipt).events == (event.id,)
    with pytest.raises(NotFound):
        desk.filing.attach_evidence(receipt, "nothing")
    with pytest.raises(BadInput, match="License plates"):
        desk.filing.attach_evidence(receipt, desk.requests.events(two[1])[0].id)
    desk.requests.retract_event(event.id)
    with pytest.raises(Conflict):
        desk.filing.attach_evidence(receipt, event.id)


def test_a_receipt_that_moves_leaves_the_event_it_proved(desk: Desk, two: tuple[int, int]) -> None:
    event = desk.requests.events(two[0])[0]
    receipt = kept(desk, "receipt.txt", "A receipt.")
    desk.filing.attach_evidence(receipt, event.id)
    desk.filing.move(receipt, two[1])
    assert event in desk.requests.events(two[0]) and desk.filing.get(receipt).events == ()
    desk.history.undo()
    assert desk.filing.get(receipt).events == (event.id,)


def test_new_files_are_filed_with_a_second_event_and_as_proof(desk: Desk, two: tuple[int, int]) -> None:
    event = desk.requests.events(two[0])[0]
    day = START.isoformat()
    change = desk.filing.file(
        IncomingFile("x.txt", b"x"),
        two[0],
        event={"kind": "acknowledged", "date": day},
        also=[{"kind": "extension_notice", "date": day}],
        proves=[event.id],
    )
    assert len(desk.filing.get(change.primary).events) == 3
    desk.history.undo()
    assert desk.filing.correspondence(two[0]) == ()
    with pytest.raises(BadInput, match="request"):
        desk.filing.file(IncomingFile("x.txt", b"x"), None, proves=[event.id])


def test_suggesting_and_acting_at_once_never_keeps_an_old_answer(desk: Desk, two: tuple[int, int]) -> None:
    waiting = kept(desk, "x.txt", letter("We acknowledge receipt of your request.", re="2026-ICFO-07777"))
    stop = threading.Event()

    def ask_on() -> None:
        while not stop.is_set():
            desk.in_tray.understand(waiting)

    asking = threading.Thread(target=ask_on)
    asking.start()
    try:
        for n in range(5):
            number(desk, two[0], f"2026-ZZZZ-0000{n}")
        number(desk, two[1], "2026-ICFO-07777")
    finally:
        stop.set()
        asking.join()
    assert desk.in_tray.understand(waiting).suggested_request == two[1]


def test_an_acknowledgement_by_mail_is_certain(desk: Desk, two: tuple[int, int]) -> None:
    waiting = kept(desk, "a.eml", acknowledgement(ICE))
    assert desk.in_tray.understand(waiting).certain
    desk.in_tray.file(waiting)
    assert desk.filing.get(waiting).channel is Channel.EMAIL


def test_what_is_entered_already_is_proved_once_more_and_not_entered_twice(desk: Desk, two: tuple[int, int]) -> None:
    first = kept(desk, "a.txt", letter("We acknowledge receipt of your request.", re=ICE))
    desk.in_tray.file(first)
    again = kept(desk, "b.txt", letter("We acknowledge receipt of your request. Unusual circumstances apply.", re=ICE))
    seen = desk.in_tray.understand(again)
    assert [event.data["kind"] for event in seen.events] == ["extension_notice"]
    assert [one.event for one in seen.proven] == list(desk.filing.get(first).events)
    assert any("entered there already" in why for why in seen.why)
    desk.in_tray.file(again)
    kinds = [event.kind for event in desk.requests.events(two[0])]
    assert kinds.count(EventKind.ACKNOWLEDGED) == 1 and len(desk.filing.get(again).events) == 2


def test_a_scan_is_understood_once_its_words_are_recognized(
    desk: Desk, two: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = kept(desk, "scan.pdf", PDF)
    assert desk.in_tray.understand(waiting).suggested_request is None
    pages = (PageText(1, "ocr", letter("We acknowledge receipt of your request.", re=ICE)),)
    monkeypatch.setattr(desk.search, "text", lambda _attachment: pages)
    number(desk, two[1], "2026-XXXX-00001")  # any change: it is looked at again
    seen = desk.in_tray.understand(waiting)
    assert seen.suggested_request == two[0] and seen.certain
