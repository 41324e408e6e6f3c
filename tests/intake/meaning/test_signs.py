"""The signs one by one: short sentences and the event each speaks for; numbers, postal numbers, dates, exemptions."""

from datetime import date
from typing import Any

import pytest

from foiadesk.intake.meaning.dates import dates_in, letter_date
from foiadesk.intake.meaning.fields import days_in, exemptions_in
from foiadesk.intake.meaning.numbers import form_of, forms, numbers_in
from foiadesk.intake.meaning.plain import own_words, sentences
from foiadesk.intake.meaning.postal import postal_numbers
from foiadesk.intake.meaning.reading import read
from foiadesk.intake.meaning.shapes import Letter
from foiadesk.intake.meaning.signs import book
from foiadesk.records import EventKind, event_from_json
from foiadesk.records.events import FIELDS

TODAY = date(2026, 6, 8)


@pytest.mark.parametrize("example", [example for form in forms() for example in form.examples])
def test_every_form_of_number_is_found_in_running_text(example: str) -> None:
    text = f"On January 5, 2026 we got your request dated 2026-01-02 (call 202-555-0143). The letter {example}, thanks."
    (found,) = numbers_in(text)
    number = example.replace("EOIR 2", "EOIR-2")
    form = form_of(number)
    assert form is not None and example in (*form.examples, example)
    assert (found.number, found.agency) == (number, form.agency)
    assert found.rank == 2 and number in found.words


def test_every_form_has_an_example_that_only_it_names_first() -> None:
    for form in forms():
        assert all(form_of(example.replace("EOIR 2", "EOIR-2")) is form for example in form.examples), form


def test_numbers_of_the_subject_and_those_introduced_come_first() -> None:
    text = "See 2025-ICFO-00001. Your tracking number is CBP-FO-2026-001234."
    assert [one.number for one in numbers_in(text)] == ["CBP-FO-2026-001234", "2025-ICFO-00001"]
    assert numbers_in(text, "RE: 2025-ICFO-00001")[0].number == "2025-ICFO-00001"
    assert [one.rank for one in numbers_in("Control number: AB12-99/4471X. Page 12-4471.")] == [1]


@pytest.mark.parametrize(
    "text",
    ["call 202-555-0143", "2026-01-05", "01-05-2026", "Washington, DC 20528-0655", "FY 2025-2026", "$1,250.00", "12/34",
     "see x@2026-ICFO-00001.example", "5 U.S.C. 552", "123-45-6789"],
)  # fmt: skip
def test_what_is_no_number(text: str) -> None:
    assert numbers_in(text) == ()


def test_numbers_broken_by_a_scan_are_mended() -> None:
    assert numbers_in("Case Number 2026 - ICFO - 01234")[0].number == "2026-ICFO-01234"
    assert numbers_in("Case Number 2026\u2013ICFO\u201301234")[0].number == "2026-ICFO-01234"


def test_postal_numbers_are_told_by_their_check_digit() -> None:
    text = "Certified 9400 1112 0108 0805 4830 16 and 7112 3456 7891 2345 6787, registered RR 123 456 785 US"
    assert list(postal_numbers(text)) == ["9400111201080805483016", "71123456789123456787", "RR123456785US"]
    for place in range(22):  # any one wrong digit is noticed
        digits = list("9400111201080805483016")
        digits[place] = str((int(digits[place]) + 1) % 10)
        assert "".join(digits) not in set(postal_numbers(f" {''.join(digits)} "))
    assert list(postal_numbers("RR123456784US 71123456789123456788 1234567890123456789012")) == []


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("January 5, 2026", "2026-01-05"), ("Jan. 5, 2026", "2026-01-05"), ("JAN 05 2026", "2026-01-05"),
        ("5 January 2026", "2026-01-05"), ("05 JAN 26", "2026-01-05"), ("01/05/2026", "2026-01-05"),
        ("1/5/26", "2026-01-05"), ("1-5-2026", "2026-01-05"), ("2026-01-05", "2026-01-05"),
        ("January 5th, 2026", "2026-01-05"), ("Sept. 30, 2025", "2025-09-30"), ("the 5th of May 2026", "2026-05-05"),
        ("25/12/2025", "2025-12-25"), ("February 29, 2024", "2024-02-29"), ("2026.01.05", "2026-01-05"),
    ],
)  # fmt: skip
def test_dates_are_read_as_they_are_written(written: str, day: str) -> None:
    assert [found.day.isoformat() for found in dates_in(f"It is {written}.")] == [day]


@pytest.mark.parametrize(
    "written", ["February 30, 2026", "13/13/2026", "January 5", "5.1.2026", "1965-01-01", "20260105"]
)
def test_what_is_no_date(written: str) -> None:
    assert list(dates_in(f"It is {written}.")) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("January 5, 2026\n\nDear Ms. Ruiz:\n", "2026-01-05"),
        ("U.S. Department\nWashington, DC 20528      January 5, 2026\n\nDear", "2026-01-05"),
        ("Date: Mon, 5 Jan 2026 10:00:11 -0500\n", "2026-01-05"),
        ("Sent: Monday, January 5, 2026 3:15 PM\nDear", "2026-01-05"),
        ("Re: your request dated January 2, 2026\nJanuary 6, 2026\n", "2026-01-06"),
        ("July 1, 2026\n\nDear", None),
        ("Dear X:\n\nJanuary 5, 2026\n", None),
        ("Your letter of January 4, 2026\nDear\n", None),
        ("Received January 4, 2026\nDear\n", None),
        ("Records from January 1, 2020 through January 5, 2026\nDear", None),
        ("OMB No. 1103-0016 Expires 05/31/2026\n", None),
    ],
)
def test_a_letter_s_date_stands_alone_in_its_head(text: str, day: str | None) -> None:
    found = letter_date(text, TODAY)
    assert (found.day.isoformat() if found else None) == day
    if found:
        assert text[found.start : found.end].split() == found.words.split()


@pytest.mark.parametrize(
    ("text", "kind", "fields"),
    [
        ("This is to acknowledge receipt of your FOIA request.", "acknowledged", {}),
        ("Your request has been assigned tracking number 2026-ICFO-00001.", "acknowledged",
         {"tracking_number": "2026-ICFO-00001"}),
        ("Due to unusual circumstances we will need additional time.", "extension_notice", {"working_days": 10}),
        ("We are invoking a 10-day extension for your request.", "extension_notice", {"working_days": 10}),
        ("After a search we did not locate any responsive records.", "determination", {"outcome": "no_records"}),
        ("We can neither confirm nor deny the existence of records.", "determination", {"outcome": "glomar"}),
        ("The pages are withheld in full under (b)(5).", "determination",
         {"outcome": "full_denial", "exemptions": ["5"]}),
        ("We are releasing 40 pages in part.", "determination",
         {"outcome": "partial_grant", "note": "Pages: 40 in part."}),
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
)  # fmt: skip
def test_words_speak_for_events(text: str, kind: str | None, fields: dict[str, object]) -> None:
    events = read(Letter(body=text), TODAY).events
    assert [one.kind for one in events] == ([kind] if kind else [])
    for said in events:
        assert said.words == text and dict(said.fields) == fields


def test_every_sign_names_an_event_that_can_be_entered() -> None:
    marks = book()
    for sign in marks.signs:
        assert sign.kind in marks.order
        needed = {name for name, spec in FIELDS.get(EventKind(sign.kind), {}).items() if spec.required}
        assert needed <= {*sign.fields, "number"} or sign.ours
        data: dict[str, Any] = {"kind": sign.kind, "date": "2026-01-05", **sign.fields}
        if sign.kind == "request_sent":
            data["channel"] = "mail"
        assert event_from_json(data).kind == sign.kind
    for kind, kinds in marks.absorbed.items():
        assert {kind, *kinds} <= set(marks.order)


def test_a_second_meaning_is_kept_and_quotations_are_left_out() -> None:
    text = "We acknowledge receipt of your request. There are unusual circumstances.\n> your fee waiver is denied\n"
    found = read(Letter(body=text, is_message=True, subject="2026-ICFO-00001"), TODAY).events
    assert [one.kind for one in found] == ["acknowledged", "extension_notice"]
    assert found[0].fields == {"tracking_number": "2026-ICFO-00001"}


def test_quotations_below_a_reply_are_not_its_own_words() -> None:
    reply = "Noted.\n\n-----Original Message-----\nFrom: Ana\nYou denied our request in full."
    assert own_words(reply).strip() == "Noted."
    assert "denied" in own_words(reply, forwarded=True)


def test_sentences_survive_abbreviations() -> None:
    text = "Dear Ms. Ruiz: This is under 5 U.S.C. § 552. The U.S. Customs, No. 5, said so.\n\nNext\n- one\n- two"
    assert list(sentences(text)) == [
        "Dear Ms. Ruiz: This is under 5 U.S.C. § 552.", "The U.S. Customs, No. 5, said so.", "Next", "- one", "- two",
    ]  # fmt: skip
    assert max(map(len, sentences("word " * 1000))) <= 700


def test_exemptions_and_days_are_read_in_every_form() -> None:
    assert exemptions_in(["under exemptions 5, 6 and 7(C)"]) == ("5", "6", "7(C)")
    assert exemptions_in(["(b)(4), (b)(7)(E), and b6"]) == ("4", "6", "7(E)")
    assert exemptions_in(["Exemption 7E and Exemption 3 of the FOIA"]) == ("3", "7(E)")
    assert exemptions_in(["no exemption here, 552(a)(6)(B)"]) == ()
    assert [found[:2] for found in days_in("within ten (10) working days, 30 days, ninety calendar days")] == [
        (10, "working"), (30, ""), (90, "calendar"),
    ]  # fmt: skip
