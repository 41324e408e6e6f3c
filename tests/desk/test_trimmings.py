"""What a letter carries beside its form: kept with the draft, in its pages, and in the bytes that are filed as sent."""

import io
from datetime import date

import pikepdf
import pytest
from PIL import Image

from foiadesk.desk import Desk, IncomingFile
from foiadesk.desk.trimmings import BoundPdf, Trimmings, form_values, read
from foiadesk.records import Channel, Direction
from foiadesk.records.errors import BadInput, NotFound, Unreadable

from .conftest import START, Ask
from .test_letters import full


def picture(color: tuple[int, int, int] = (10, 60, 90)) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (300, 90), color).save(held, "PNG")
    return held.getvalue()


def stored(desk: Desk, request: int, name: str, data: bytes) -> int:
    filed = desk.filing.file(IncomingFile(name, data), request, direction=Direction.IN, date=START)
    return desk.filing.get(filed.primary).attachments[0].id


def pages_of(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def test_trimmings_are_kept_as_values_and_read_back() -> None:
    chosen = Trimmings((3, 1), True, False, (("Ana Ruiz", 7),))
    assert read(chosen.values()) == chosen
    assert read({}) == Trimmings()
    assert form_values({**chosen.values(), "title": "x"}) == {"title": "x"}
    with pytest.raises(BadInput, match="seven"):
        read({"+enclose": "seven"})


def test_enclosures_stand_behind_the_letter_and_in_its_list(desk: Desk) -> None:
    request = full(desk)
    first = stored(desk, request, "map.png", picture())
    second = stored(desk, request, "plan.png", picture((90, 9, 9)))
    plain, alone = desk.letters.render("policy_request", request)
    composed, whole = desk.letters.render("policy_request", request, enclose=(first, second))
    assert type(alone) is bytes and isinstance(whole, BoundPdf)
    listing = pages_of(desk.letters.typeset(composed))  # the list may take a page more than the letter alone
    assert listing in (pages_of(alone), pages_of(alone) + 1) and pages_of(whole) == listing + 2
    assert "Enclosures:\nmap.png\nplan.png" in desk.letters.text("policy_request", request, {"+enclose": "1 2"}) or any(
        getattr(block, "lines", ()) == ("map.png", "plan.png") for block in composed.blocks
    )
    assert plain.title == composed.title
    assert desk.letters.render("policy_request", request, enclose=(first, second))[1] == whole
    divided = desk.letters.render(
        "policy_request", request, {"+enclose": f"{first} {second}", "+dividers": "yes"}
    )[1]  # fmt: skip
    assert pages_of(divided) == listing + 4


def test_a_list_of_enclosures_the_person_wrote_stays(desk: Desk) -> None:
    request = full(desk)
    key = stored(desk, request, "map.png", picture())
    text = desk.letters.text("policy_request", request, {"enclosures": "A map", "+enclose": str(key)})
    assert "Enclosure:\nA map" in text and "map.png" not in text


def test_what_cannot_be_enclosed_is_refused(desk: Desk) -> None:
    request = full(desk)
    words = stored(desk, request, "notes.txt", b"Only words.")
    with pytest.raises(Unreadable, match="Enclosure 1 is neither a PDF nor a picture"):
        desk.letters.render("policy_request", request, enclose=(words,))
    with pytest.raises(NotFound):
        desk.letters.render("policy_request", request, enclose=(999,))
    logo = desk.people.set_logo(1, picture(), "logo.png").primary
    with pytest.raises(BadInput, match="letterhead"):
        desk.letters.render("policy_request", request, enclose=(logo,))


def test_a_signature_chosen_for_a_signer_is_over_that_line_alone(desk: Desk) -> None:
    request = full(desk)
    key = stored(desk, request, "signature.png", picture())
    values = {"+signature Ana Ruiz": str(key), "+signature Nobody": str(key)}
    with pikepdf.open(io.BytesIO(desk.letters.render("policy_request", request, values)[1])) as document:
        figures = [
            str(kid.Alt) for kid in document.Root.StructTreeRoot.K[0].K if str(kid.S) == "/Figure"
        ]  # fmt: skip
        assert figures == ["Signature of Ana Ruiz"]
    warned = desk.letters.compose("policy_request", request, values).warnings
    assert "Nobody who signs this letter is called Nobody: that signature was left out." in warned
    assert len(desk.letters.preview("policy_request", request, values, scale=0.2).pages) >= 1


def test_what_is_sent_is_filed_with_its_enclosures_and_drawn_by_the_worker(desk: Desk) -> None:
    request = full(desk)
    key = stored(desk, request, "map.png", picture())
    letter = desk.letters.start("policy_request", request).primary
    desk.letters.save(letter, {"+enclose": str(key), "+lines": "yes"})
    with pytest.raises(BadInput, match="colour"):
        desk.letters.save(letter, {"+colour": "red"})
    before = desk.letters.pdf(letter)
    assert isinstance(before, BoundPdf)
    desk.letters.mark_sent(letter, channel=Channel.MAIL, on=START)
    assert desk.letters.pdf(letter) == before
    assert len(desk.letters.sent_pages(letter, 0.2).pages) == pages_of(before)


def test_word_and_limit_of_the_portal(desk: Desk, ask: Ask) -> None:
    request = ask()
    _letter, data = desk.letters.word("policy_request", request)
    assert data.startswith(b"PK")
    known = desk.letters.portal_limit(request)
    assert known is not None and (known.host, known.limit) == ("www.foia.gov", 10_000)
    assert date.fromisoformat(known.as_of) <= date(2026, 12, 31)


def test_drafts_are_ready_when_nothing_is_blank(desk: Desk, ask: Ask) -> None:
    whole, lacking = full(desk), ask("Another")
    ready = desk.letters.start("policy_request", whole).primary
    again = desk.letters.start("policy_request", whole).primary
    waiting = desk.letters.start("overdue_notice", lacking).primary
    found = {one.letter: one for one in desk.letters.ready()}
    assert found[ready].ready and found[again].ready and not found[waiting].ready and found[waiting].blanks
    made = list(desk.letters.ready_pdfs((found[ready], found[again])))
    assert [name for _one, name, _pdf in made] == ["ICE - Face recognition.pdf", "ICE - Face recognition (2).pdf"]
    assert all(pdf.startswith(b"%PDF") for _one, _name, pdf in made)


def test_envelopes_and_labels_leave_out_and_name_offices_without_an_address(desk: Desk, ask: Ask) -> None:
    ice, without = ask(), ask("Other", office="ACHP/ACHP")
    made = desk.mail.envelopes([ice, without])
    assert made.lacking == ("Advisory Council on Historic Preservation",) and pages_of(made.pdf) == 1
    assert pages_of(desk.mail.labels([ice] * 31).pdf) == 2
    assert desk.mail.labels([ice], "L7160", ours=True).lacking == ()
    for nothing in (desk.mail.envelopes, desk.mail.labels):
        with pytest.raises(BadInput, match="no postal address"):
            nothing([without])
    assert desk.mail.cover(ice, "fax", pages=3).blanks == desk.mail.cover(ice, "fax", pages=3, page="a4").blanks
