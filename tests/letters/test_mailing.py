"""Envelopes, labels and cover sheets: every measure as published, nothing outside its place, nothing lost."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from foiadesk.letters import plain_text, typeset
from foiadesk.letters.covers import cover_sheet, receiver_lines, sender_lines
from foiadesk.letters.press.envelopes import ENVELOPES, LABELS, envelopes, labels
from foiadesk.letters.press.styles import INCH, MM
from foiadesk.records import Requester
from foiadesk.records.errors import BadInput
from tests.letters.examples import ALONE, LATE, OFFICE, PLAIN, TOGETHER, context
from tests.letters.test_press import boxes, fonts_of, text_of, words

FROM = ("Larkspur Rights Project", "1210 Harbor Street, Suite 400", "Oakland, CA 94607")
TO = ("FOIA Officer", 'Office of <b>&"Records', "500 12th Street SW, Stop 5009", "Washington, DC 20536-5009")
SIZES = {"no10": (9.5 * INCH, 4.125 * INCH), "dl": (220 * MM, 110 * MM), "c56": (229 * MM, 114 * MM)}


@pytest.mark.parametrize("kind", SIZES)
def test_an_envelope_has_its_size_and_both_addresses_in_their_places(kind):
    pdf = envelopes([(FROM, TO), ((), TO)], kind, "Envelopes")
    width, height = SIZES[kind]
    with pikepdf.open(BytesIO(pdf)) as document:
        assert [float(side) for side in document.pages[0].MediaBox] == pytest.approx([0, 0, width, height], abs=0.01)
        assert dict(document.docinfo) == {"/Title": "Envelopes"}
    first, second = text_of(pdf)
    assert words("".join((*FROM, *TO))) == words(first) and words("".join(TO)) == words(second)
    size = ENVELOPES[kind]
    for page, _char, left, bottom, right, top in boxes(pdf):
        assert right <= width - 0.25 * INCH and left >= size.edge - 1
        if page == 1:
            assert left >= size.left - 1
            assert bottom >= 0.625 * INCH - 1 and top <= 2.75 * INCH  # what a machine of the post reads
    assert all(embedded for _, embedded, _ in fonts_of(pdf))
    assert envelopes([(FROM, TO), ((), TO)], kind, "Envelopes") == pdf


def test_labels_are_where_their_maker_publishes_them():
    avery, english = LABELS["5160"], LABELS["L7160"]
    assert (avery.columns, avery.rows, avery.count) == (3, 10, 30)
    assert (avery.width, avery.height) == (2.625 * INCH, INCH)
    assert avery.corner(0) == (0.1875 * INCH, 0.5 * INCH)
    assert avery.corner(29) == pytest.approx((5.6875 * INCH, 9.5 * INCH))
    assert avery.corner(2)[0] + avery.width == pytest.approx(8.5 * INCH - 0.1875 * INCH)  # as far from either edge
    assert (english.columns, english.rows, english.count) == (3, 7, 21)
    assert (english.width, english.height) == (63.5 * MM, 38.1 * MM)
    assert english.corner(0) == pytest.approx((7.2 * MM, 15.15 * MM))
    assert english.corner(20)[0] + english.width == pytest.approx(210 * MM - 7.3 * MM)
    assert english.corner(20)[1] + english.height == pytest.approx(297 * MM - 15.15 * MM)


@pytest.mark.parametrize("kind", LABELS)
def test_every_label_holds_its_address_and_the_first_free_one_is_chosen(kind):
    form = LABELS[kind]
    addresses = [(f"Office {number} of Records", *TO[1:]) for number in range(form.count + 3)]
    pdf = labels(addresses, kind, 5, "Labels")
    pages = text_of(pdf)
    assert len(pages) == 2
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number, lines in enumerate(addresses):
            page, place = divmod(number + 4, form.count)
            sheet = document[page]
            left, top = form.corner(place)
            high = sheet.get_height()
            inside = sheet.get_textpage().get_text_bounded(
                left, high - top - form.height, left + form.width, high - top
            )
            assert words(inside) == words("".join(lines))
    finally:
        document.close()


@pytest.mark.parametrize("start", [0, 31, -1])
def test_a_label_the_sheet_does_not_have_is_refused(start):
    with pytest.raises(BadInput, match="1 to 30"):
        labels([TO], "5160", start, "Labels")


def test_a_long_address_is_set_smaller_and_one_that_cannot_be_read_then_is_refused():
    nine = tuple(f"Line {number} of an address" for number in range(9))
    assert words("".join(nine)) == words("".join(text_of(labels([nine], "5160", 1, "Labels"))))
    with pytest.raises(BadInput, match="too long"):
        labels([("x" * 3000,)], "5160", 1, "Labels")
    with pytest.raises(BadInput, match="too long"):
        envelopes([(FROM, tuple(f"Line {number}" for number in range(60)))], "no10", "Envelope")


def test_what_does_not_exist_is_refused():
    with pytest.raises(BadInput, match="c4"):
        envelopes([(FROM, TO)], "c4", "x")
    with pytest.raises(BadInput, match="5161"):
        labels([TO], "5161", 1, "x")
    with pytest.raises(BadInput, match="pigeon"):
        cover_sheet("pigeon", ALONE)


def test_addresses_come_from_the_request():
    assert sender_lines(ALONE) == FROM
    assert receiver_lines(ALONE)[-1] == "Washington, DC 20536-5009"
    assert receiver_lines(context(replace(PLAIN, office=replace(OFFICE, address=())))) == ()
    assert sender_lines(context(requesters=())) == ()


def test_a_fax_cover_says_what_is_known_and_leaves_the_rest_blank():
    request = replace(PLAIN, office=replace(OFFICE, fax="202-555-0100"))
    known = cover_sheet("fax", context(request), pages=7)
    text = plain_text(known)
    assert known.blanks == ()
    for part in ("Fax: 202-555-0100", "Pages with this one: 7", "Telephone: 510-555-0142", "January 5, 2026"):
        assert part in text
    bare = cover_sheet("fax", context(requesters=()))
    assert {blank.name for blank in bare.blanks} == {"requesters", "office_fax", "phone", "pages"}
    assert "Tracking number: 2026-ICFO-00123" in plain_text(cover_sheet("fax", LATE))


@pytest.mark.parametrize("page", ["letter", "a4"])
@pytest.mark.parametrize("kind", ["fax", "certified"])
def test_cover_sheets_are_set_whole(kind, page):
    hostile = context(
        replace(PLAIN, title='<b>&"' * 60),
        requesters=(Requester('<b>&"' * 40, ('<b>&"',), phone='<b>&"'),),
    )
    for where in (ALONE, TOGETHER, hostile):
        sheet = cover_sheet(kind, where, number="9407 1000 0000 0000 0000 00")
        printed = words("".join(text_of(typeset(sheet, page=page))))
        for line in plain_text(sheet).split("\n"):
            assert all(words(word).lower() in printed.lower() for word in line.split())
