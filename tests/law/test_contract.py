"""The shape of every answer, under every law and in every time zone: each key, its type, dates as dates."""

import json
import time
from datetime import date
from typing import Any

import pytest

from foiadesk.law import load_pack, worksheet
from foiadesk.law.answers import ClockState, ExhaustionState
from foiadesk.law.packs import law_files
from foiadesk.records import Stage, Turn
from tests.law.dated import HISTORIES, answered

DAY = object()  # a date as 2026-02-03
MAYBE_DAY, MAYBE_TEXT, MAYBE_INT, MAYBE_BOOL = (DAY, None), (str, None), (int, None), (bool, None)
EXPEDITION: dict[str, Any] = {"state": list(ExhaustionState), "since": MAYBE_DAY}
SHAPE: dict[str, Any] = {
    "stage": list(Stage),
    "turn": list(Turn),
    "exhaustion": {
        "state": list(ExhaustionState), "since": MAYBE_DAY, "until": MAYBE_DAY, "why": (str,), "assumed": (bool,),
        "undisputed_since": MAYBE_DAY, "expedition": EXPEDITION,
    },
    "fees": {"search_barred": MAYBE_BOOL, "duplication_barred": MAYBE_BOOL, "why": (str,)},
    "clocks": [{
        "id": (str,), "kind": (str,), "about": MAYBE_TEXT, "who": ["agency", "requester", "court"],
        "start": MAYBE_DAY, "due": MAYBE_DAY, "projected_due": MAYBE_DAY, "state": list(ClockState),
        "met_on": MAYBE_DAY, "days_late": (int,), "working_days_late": (int,), "unit": MAYBE_TEXT,
        "count": MAYBE_INT, "skipped": [{"date": (DAY,), "reason": (str,)}],
        "paused": [{"from": (DAY,), "to": MAYBE_DAY, "reason": (str,), "counted": (bool,)}], "extended_by": (int,),
        "earliest_arguable": MAYBE_DAY, "latest_arguable": MAYBE_DAY, "basis": [(str,)], "assumed": (bool,),
        "unverified": (bool,), "notes": [(str,)],
    }],
    "warnings": [(str,)],
    "next_steps": [{"kind": (str,), "why": (str,), "by": MAYBE_DAY}],
}  # fmt: skip


def _is(value: Any, kind: Any) -> bool:
    if kind is DAY:
        return isinstance(value, str) and len(value) == 10 and date.fromisoformat(value).isoformat() == value
    return value is None if kind is None else type(value) is kind


def misshapen(value: Any, shape: Any, where: str = "answer") -> list[str]:
    """Return what does not have the shape, by its place. A tuple lists types, a list of words the words allowed."""
    match shape:
        case dict():
            if not isinstance(value, dict) or list(value) != list(shape):
                return [f"{where}: {value!r} has not the keys {list(shape)}"]
            return [wrong for key, inner in shape.items() for wrong in misshapen(value[key], inner, f"{where}.{key}")]
        case tuple():
            return [] if any(_is(value, kind) for kind in shape) else [f"{where}: {value!r}"]
        case [dict() | tuple() as inner]:
            if not isinstance(value, list):
                return [f"{where}: {value!r} is no list"]
            return [wrong for number, one in enumerate(value) for wrong in misshapen(one, inner, f"{where}[{number}]")]
        case _:
            return [] if type(value) is str and value in shape else [f"{where}: {value!r} is none of {list(shape)}"]


def _as_read(found: Any) -> Any:
    return json.loads(json.dumps(found.as_json(), allow_nan=False))


def test_every_answer_to_every_history_has_every_key_of_its_type() -> None:
    for history in HISTORIES:
        assert misshapen(_as_read(answered(history)), SHAPE) == [], history["name"]


@pytest.mark.parametrize("law", sorted(law_files()))
def test_every_law_answers_in_the_same_shape(law: str) -> None:
    """A history of the federal law is a history under any other: what it does not know it says in the same shape."""
    some = [one for one in HISTORIES if one["today"] < "2027-06-01" and one["today"] >= "2024-01-01"][::12]
    assert len(some) > 10
    for history in some:
        assert misshapen(_as_read(answered({**history, "agency": None}, law)), SHAPE) == [], history["name"]


@pytest.mark.parametrize("path", ["stage", "clocks", "exhaustion.assumed", "exhaustion.expedition.since", "warnings"])
def test_a_missing_key_or_a_wrong_type_is_noticed(path: str) -> None:
    found = _as_read(answered(HISTORIES[0]))
    *above, last = path.split(".")
    inner = found
    for key in above:
        inner = inner[key]
    inner[last] = 7
    assert misshapen(found, SHAPE)
    del inner[last]
    assert misshapen(found, SHAPE)


def test_no_day_before_the_receipt_is_counted_nor_left_out() -> None:
    """The worksheets of the clocks that start with receipt begin with the day it came, which is day 0."""
    seen = 0
    for history in HISTORIES:
        arrived = [e["date"] for e in history["events"] if e["kind"] in {"request_received", "request_sent"}]
        for clock in answered(history).clocks:
            if clock.kind not in {"determination", "acknowledgment", "tracking_number"} or clock.start is None:
                continue
            law = load_pack(history.get("law", "us-foia"))
            sheet = worksheet(clock, law=law, calendar=clock.calendar, today=date.fromisoformat(history["today"]))
            assert clock.start.isoformat() >= min(arrived), history["name"]
            assert all(skip.date > clock.start for skip in clock.skipped)
            assert all(day.date >= clock.start for day in sheet.days)
            if sheet.days and not clock.first_day_counts:
                assert (sheet.days[0].date, sheet.days[0].counted) == (clock.start, False)
                seen += 1
    assert seen > 200


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/New_York", "Pacific/Pago_Pago"])
def test_the_time_zone_of_the_machine_changes_no_answer(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    here = [answered(history).as_json() for history in HISTORIES]
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert [answered(history).as_json() for history in HISTORIES] == here
    finally:
        monkeypatch.undo()
        time.tzset()
