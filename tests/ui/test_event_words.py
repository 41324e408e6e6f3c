"""What the form says an event does to the clocks agrees with what the law's own counting does."""

from datetime import date
from typing import Any

import pytest

from foiadesk.law import answer, load_pack
from foiadesk.records import Event, EventKind
from foiadesk.records.events import FIELDS, event_from_json
from foiadesk_ui.event_words import event_effect, event_words

ASKED: list[dict[str, Any]] = [
    {"kind": "request_sent", "date": "2026-01-05", "channel": "portal"},
    {"kind": "request_received", "date": "2026-01-06", "office": "proper"},
]
DENIED = [*ASKED, {"kind": "determination", "date": "2026-02-03", "outcome": "full_denial"}]
APPEALED = [
    *DENIED,
    {"kind": "appeal_sent", "date": "2026-02-10", "channel": "portal"},
    {"kind": "appeal_received", "date": "2026-02-11"},
]
EXPEDITED = [*ASKED, {"kind": "expedition_requested", "date": "2026-01-05"}]
SIDE = {"tracking_number"}  # the agency's duty to give a number; no clock on the request


def clocks(history: list[Event]) -> dict[str, tuple[object, ...]]:
    found = answer(history, law=load_pack("us-foia"), agency="DHS/ICE", today=date(2026, 6, 1))
    return {one.id: (one.start, one.due, one.state, one.met_on) for one in found.clocks if one.id not in SIDE}


def plainest(kind: EventKind) -> dict[str, Any]:
    """An event of a kind with no more than it must say."""
    said: dict[str, Any] = {"kind": kind.value, "date": "2026-03-02"}
    for name, field in FIELDS.get(kind, {}).items():
        if field.required:
            plain = {"date": "2026-03-02", "int": 1, "bool": True}.get(field.type, "some words")
            said[name] = field.choices[0] if field.choices else plain
    return said


@pytest.mark.parametrize("kind", [kind for kind in EventKind if kind is not EventKind.RETRACTED])
def test_what_moves_a_clock_is_never_called_a_mere_record(kind: EventKind) -> None:
    added = event_from_json(plainest(kind))
    moved = False
    for told in (ASKED, DENIED, APPEALED, EXPEDITED):
        history = [event_from_json(one) for one in told]
        moved = moved or clocks(history) != clocks([*history, added])
    if moved:
        assert not event_effect(kind).startswith("Kept for the record"), kind


@pytest.mark.parametrize("kind", EventKind)
def test_an_event_is_called_by_a_name_and_its_effect_told_in_a_sentence(kind: EventKind) -> None:
    name, effect = event_words(kind), event_effect(kind)
    assert len(name) <= 40 and not name.endswith(".")
    assert effect.endswith(".")


def test_no_two_kinds_of_event_are_called_the_same() -> None:
    assert len({event_words(kind) for kind in EventKind}) == len(EventKind)
