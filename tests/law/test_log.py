"""Replaying the log: corrections, retractions, refusals by name, and an order that entry never changes."""

import pytest

from foiadesk.law import replay
from foiadesk.records import EventKind
from foiadesk.records.errors import BadInput
from tests.law.asking import ask, clock, d, denied, e, events, received


def kept(*entries, today="2026-06-01"):
    return [event.id or event.kind for event in replay(events(*entries), d(today)).events]


def test_a_correction_takes_the_place_of_what_it_corrects() -> None:
    found = ask(received("2026-01-05", id="a"), received("2026-01-12", id="b", supersedes="a"), today="2026-01-20")
    assert clock(found).start == d("2026-01-12")


def test_a_chain_of_corrections_leaves_the_last() -> None:
    chain = [received("2026-01-05", id="a"), received("2026-01-06", id="b", supersedes="a")]
    chain.append(received("2026-01-07", id="c", supersedes="b"))
    assert kept(*chain) == ["c"]
    assert kept(*reversed(chain)) == ["c"]


def test_what_was_retracted_is_gone_and_so_is_a_retracted_correction() -> None:
    assert kept(received(id="a"), e("retracted", "2026-01-09", supersedes="a")) == []
    entries = [received(id="a"), received("2026-01-06", id="b", supersedes="a")]
    assert kept(*entries, e("retracted", "2026-01-09", supersedes="b")) == []


def test_a_retraction_made_in_error_is_itself_retracted() -> None:
    entries = [received(id="a"), e("retracted", "2026-01-09", id="r", supersedes="a")]
    entries.append(e("retracted", "2026-01-10", id="s", supersedes="r"))
    assert kept(*entries) == ["a"]
    assert kept(*entries, e("retracted", "2026-01-11", id="t", supersedes="s")) == []


def test_two_corrections_of_one_event_both_count_with_a_warning() -> None:
    found = replay(
        events(
            received(id="a"),
            received("2026-01-06", id="b", supersedes="a"),
            received("2026-01-07", id="c", supersedes="a"),
        ),
        d("2026-06-01"),
    )
    assert len(found.events) == 2
    assert any("corrected more than once" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    ("entries", "named"),
    [
        ([received(id="a"), received(id="a")], "'a' is given to more than one"),
        ([received(id="a", supersedes="z")], "no event 'z'"),
        ([e("retracted", "2026-01-09", supersedes="z")], "no event 'z'"),
        ([received(id="a", supersedes="a")], "circle"),
        ([received(id="a", supersedes="b"), received(id="b", supersedes="a")], "circle"),
        (
            [received(id="a", supersedes="c"), received(id="b", supersedes="a"), received(id="c", supersedes="b")],
            "circle",
        ),
    ],
)
def test_a_log_that_cannot_be_replayed_is_refused(entries, named) -> None:
    with pytest.raises(BadInput, match=named):
        ask(*entries, today="2026-06-01")


def test_events_after_today_are_left_out_with_a_warning() -> None:
    found = ask(received(), denied("2026-02-01"), today="2026-01-20")
    assert clock(found).met_on is None
    assert any("determination of 2026-02-01" in warning and "left out" in warning for warning in found.warnings)
    assert found.next_change_on is not None
    assert found.next_change_on <= d("2026-02-01")


def test_a_correction_that_moves_an_event_past_today_leaves_neither() -> None:
    found = ask(received("2026-01-05", id="a"), received("2026-03-05", id="b", supersedes="a"), today="2026-02-01")
    assert clock(found).start is None


def test_the_order_of_one_day_is_the_law_s() -> None:
    day = "2026-03-02"
    entries = [
        e("suit_filed", day),
        e("appeal_decided", day, outcome="affirmed"),
        e("appeal_sent", day, channel="portal"),
        denied(day),
        e("interim_release", day),
        e("extension_notice", day),
        e("clarification_answered", day),
        e("clarification_asked", day, about="information"),
        received(day),
    ]
    order = [event.kind for event in replay(events(*entries), d(day)).events]
    assert order == [
        EventKind.REQUEST_RECEIVED,
        EventKind.CLARIFICATION_ASKED,
        EventKind.CLARIFICATION_ANSWERED,
        EventKind.EXTENSION_NOTICE,
        EventKind.INTERIM_RELEASE,
        EventKind.DETERMINATION,
        EventKind.APPEAL_SENT,
        EventKind.APPEAL_DECIDED,
        EventKind.SUIT_FILED,
    ]
