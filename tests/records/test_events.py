"""Reading events: typed, closed, refused by name; written so that they read back equal."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from foiadesk.records import EventKind, event_as_json, event_from_json
from foiadesk.records.errors import BadInput
from foiadesk.records.events import FIELDS, OUTCOMES, require_past


def read(**data):
    return event_from_json(data)


def test_defaults_are_read_but_not_stored() -> None:
    event = read(kind="extension_notice", date="2026-01-05")
    assert event.get("working_days") == 10
    assert event.fields == {}
    assert read(kind="appeal_sent", date="2026-01-05").get("about") == "request"
    assert read(kind="served", date="2026-01-05").get("on") == "us_attorney"


def test_null_counts_as_not_given() -> None:
    event = read(kind="determination", date="2026-01-05", outcome="glomar", appeal_days=None, id=None, evidence=None)
    assert event.fields == {"outcome": "glomar"}
    assert (event.id, event.evidence) == ("", ())


def test_every_kind_and_outcome_of_the_field_is_known() -> None:
    assert len(EventKind) == 56
    assert len(OUTCOMES) == 13
    for kind in EventKind:
        assert set(FIELDS.get(kind, {})).isdisjoint({"id", "kind", "date", "supersedes", "note", "evidence"})


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ({"kind": "fee_estimate", "date": "2026-01-05", "amount": "lots"}, "fee_estimate.amount"),
        ({"kind": "fee_estimate", "date": "2026-01-05", "amount": -1}, "fee_estimate.amount"),
        ({"kind": "fee_estimate", "date": "2026-01-05", "amount": True}, "fee_estimate.amount"),
        ({"kind": "fee_estimate", "date": "2026-01-05", "amount": "NaN"}, "fee_estimate.amount"),
        ({"kind": "fee_estimate", "date": "2026-01-05", "amount": "1e999999"}, "fee_estimate.amount"),
        ({"kind": "fee_estimate", "date": "2026-01-05", "stops_work": 1}, "stops_work"),
        ({"kind": "production", "date": "2026-01-05", "pages": 1.5}, "production.pages"),
        ({"kind": "production", "date": "2026-01-05", "pages": 10**400}, "production.pages"),
        ({"kind": "order", "date": "2026-01-05", "due": "tomorrow"}, "order.due"),
        ({"kind": "order", "date": "2026-01-05", "what": 7}, "order.what"),
        ({"kind": "note", "date": "2026-01-05", "assumed": "yes"}, "assumed"),
        ({"kind": "note", "date": "2026-01-05", "id": 7}, "id"),
        ({"kind": "note", "date": "2026-01-05", "evidence": "letter"}, "evidence"),
        ({"kind": "note", "date": "2026-01-05", "evidence": [None]}, "evidence"),
        ({"kind": "note", "date": 20260105}, "note.date"),
        ({"kind": "note", "date": "2026-01-05T10:00"}, "note.date"),
        ({"kind": "note", "date": "２０２６-01-05"}, "note.date"),
        ({"kind": "note", "date": "1965-12-31"}, "1965"),
        ({"kind": ["note"], "date": "2026-01-05"}, "kind"),
        ({"kind": "NOTE", "date": "2026-01-05"}, "NOTE"),
        ({"kind": "interim_release", "date": "2026-01-05", "exemptions": "6"}, "exemptions"),
        ({"kind": "determination", "date": "2026-01-05", "outcome": "other", "items": [{"outcome": "other"}]}, "item"),
        ({"kind": "determination", "date": "2026-01-05", "outcome": "other", "items": [{"item": 1, "x": 1}]}, "'x'"),
        ({"kind": "determination", "date": "2026-01-05", "outcome": "other", "items": "1"}, "items"),
    ],
)
def test_what_cannot_be_used_is_named_in_one_short_sentence(data, named) -> None:
    with pytest.raises(BadInput) as caught:
        event_from_json(data)
    assert named in str(caught.value)
    assert len(str(caught.value)) < 400
    assert "\n" not in str(caught.value)


def test_a_date_may_be_a_date_but_not_a_moment() -> None:
    assert read(kind="note", date=date(2026, 1, 5)).date == date(2026, 1, 5)
    with pytest.raises(BadInput):
        read(kind="note", date=datetime(2026, 1, 5, 10, 0))  # noqa: DTZ001 - the point is that it is refused


def test_an_event_reads_back_equal() -> None:
    event = read(
        kind="determination", date="2026-01-05", outcome="partial_grant", received="2026-01-08", appeal_notice=False,
        items=[{"item": 1, "outcome": "full_denial", "exemptions": [5, "7(E)"]}], id="x", note="n", evidence=["a"],
        entered_at="2026-01-06T10:00:00Z", assumed=True,
    )  # fmt: skip
    assert event_from_json(event_as_json(event)) == event
    assert event.get("items")[0]["exemptions"] == ["5", "7(E)"]
    estimate = read(kind="fee_estimate", date="2026-01-05", amount="250.10")
    assert estimate.get("amount") == Decimal("250.10")
    assert event_from_json(event_as_json(estimate)) == estimate


def test_what_has_not_happened_yet_is_refused_but_may_be_named() -> None:
    today = date(2026, 1, 5)
    require_past(read(kind="order", date="2026-01-05", due="2026-06-01"), today)
    with pytest.raises(BadInput, match=r"note\.date"):
        require_past(read(kind="note", date="2026-01-06"), today)
    with pytest.raises(BadInput, match=r"determination\.received"):
        require_past(read(kind="determination", date="2026-01-05", outcome="other", received="2026-01-09"), today)
