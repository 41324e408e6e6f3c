"""The Deadlines tab says of each clock who must act, where it stands, and what it rests on."""

from datetime import date

from foiadesk.law import answer, load_pack
from foiadesk.records import event_from_json
from foiadesk_ui.request_deadlines import below_clock


def test_a_clock_that_rests_on_an_unverified_rule_says_so() -> None:
    received = event_from_json({"kind": "request_received", "date": "2026-01-05", "office": "proper"})
    found = answer([received], law=load_pack("us-foia"), agency="DHS/ICE", today=date(2026, 2, 5))
    lines = {clock.kind: below_clock(clock) for clock in found.clocks}
    assert lines["determination"] == "The agency · 2 days late"
    assert lines["limitation"] == "You · Running · unverified"
