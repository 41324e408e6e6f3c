"""What a person knows of offices: beside the directory, dated, in new requests, and taken back."""

from collections.abc import Mapping
from datetime import date

import pytest

from foiadesk.desk import Desk
from foiadesk.records import OwnOffice
from foiadesk.records.errors import BadInput, Conflict, NotFound

from .conftest import START, Ask, Today

ICE = "DHS/ICE"


def test_a_correction_is_in_new_requests_and_old_ones_keep_what_they_had(desk: Desk, ask: Ask, today: Today) -> None:
    listed = desk.agencies.get(ICE)
    old = ask()
    today.pass_days(3)
    fields = {"email": " own@ice.example ", "address": "1 Own St\n\n Washington,  DC 20001"}
    change = desk.agencies.put_own(OwnOffice(ICE, fields, contact="Ms. Rivera", notes="Answers by phone."))
    assert change.touches("office", change.primary)
    office = desk.agencies.get("ice")
    assert (office.email, office.address) == ("own@ice.example", ("1 Own St", "Washington, DC 20001"))
    assert office.own == ("address", "email") and office.own_as_of == "2026-01-08"
    assert (office.portal, office.cautions, office.phone) == (listed.portal, listed.cautions, listed.phone)
    assert desk.agencies.listed(ICE) == listed and office in desk.agencies.search("customs enforcement")
    assert desk.requests.get(old).office == listed
    assert desk.requests.get(ask("New one")).office == office
    kept = desk.agencies.own_of(ICE)
    assert kept is not None and (kept.contact, kept.notes, kept.as_of) == (
        "Ms. Rivera",
        "Answers by phone.",
        date(2026, 1, 8),
    )
    desk.history.undo(), desk.history.undo()
    assert desk.agencies.get(ICE) == listed
    desk.history.redo()
    assert desk.agencies.get(ICE) == office


def test_the_date_moves_only_with_what_is_known(desk: Desk, today: Today) -> None:
    desk.agencies.put_own(OwnOffice(ICE, {"fax": "1"}))
    today.pass_days(10)
    (kept,) = desk.agencies.own()
    desk.agencies.put_own(kept)
    assert desk.agencies.own()[0].as_of == START
    desk.agencies.put_own(OwnOffice(ICE, {"fax": "2"}))
    assert desk.agencies.own()[0].as_of == today()
    with pytest.raises(Conflict):
        desk.agencies.put_own(OwnOffice(ICE, {"fax": "3"}, version=kept.version))
    desk.agencies.put_own(OwnOffice(ICE, {"fax": " "}))
    assert desk.agencies.own() == () and desk.agencies.get(ICE).fax == desk.agencies.listed(ICE).fax


def test_an_office_the_directory_lacks_is_added_found_asked_and_removed(desk: Desk, ask: Ask) -> None:
    own = OwnOffice(
        "DHS/NEW", {"component": "Office of Novelties", "email": "foia@new.example", "law": "us-foia"}, added=True
    )
    desk.agencies.put_own(own)
    office = desk.agencies.get("dhs/new")
    assert (office.name, office.short, office.department_abbr) == ("Office of Novelties", "NEW", "DHS")
    assert desk.agencies.search("novelties")[0] == office and office in desk.agencies.search("", 10_000)
    number = ask(office="DHS/NEW")
    desk.requests.add_event(number, {"kind": "request_sent", "date": START.isoformat(), "channel": "email"})
    assert desk.requests.answer(number).clocks[0].kind == "determination"
    assert desk.agencies.remove_own("DHS/NEW").sentence == "Removed the office DHS/NEW"
    with pytest.raises(NotFound):
        desk.agencies.get("DHS/NEW")
    assert desk.requests.get(number).office == office and desk.safety.check() == []


@pytest.mark.parametrize(
    ("code", "fields", "added", "said"),
    [
        ("DHS/NOPE", {"email": "a@b.example"}, False, "DHS/NOPE"),
        (ICE, {"component": "Other"}, False, "component"),
        (ICE, {"component": "Other"}, True, "directory has"),
        ("no code", {"component": "Other"}, True, "code"),
        ("X/Y", {"email": "a@b.example"}, True, "name"),
        ("X/Y", {"component": "Other"}, True, "law: say"),
        ("X/Y", {"component": "Other", "law": "us-zz"}, True, "law: There is no law 'us-zz'"),
        (ICE, {"law": "us-ny"}, False, "law"),
        (ICE, {"email": "x" * 5000}, False, "too long"),
    ],
)
def test_what_cannot_be_used_is_refused(
    desk: Desk, code: str, fields: Mapping[str, str], added: bool, said: str
) -> None:
    with pytest.raises((BadInput, NotFound), match=said):
        desk.agencies.put_own(OwnOffice(code, fields, added=added))
    with pytest.raises(NotFound):
        desk.agencies.remove_own(code)
    assert desk.agencies.own() == ()
