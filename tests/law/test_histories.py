"""Dated histories with the answers the law gives to them, kept as data: tests/law/histories/*.toml.

Each one was worked out from the rule it cites with a count of its own, apart from the program. In the data "null"
stands for null, which TOML lacks. Besides the keys of the answer a clock may list ``skips`` (days left out, with the
reason), ``counts`` (days that must be counted), ``skipped_number`` (how many are left out in all), ``basis_has`` and
``notes_have`` (pieces of text); an answer may list ``warns`` and ``quiet`` (pieces of warnings that must and must not
be there), ``absent`` (kinds of clocks that must not be there), ``steps`` (next steps with their last day).
"""

from collections import Counter
from typing import Any

import pytest

from foiadesk.law import load_pack
from foiadesk.law.schema import CLOCKS
from tests.law.dated import HISTORIES, answered

SHAPE = {"name": str, "cites": str, "today": str, "events": list, "expect": dict}
OPTIONAL = {"law": str, "agency": str, "category": str}
OWN_KEYS = {"skips", "counts", "skipped_number", "basis_has", "notes_have"}


def _same(found: dict[str, Any], wanted: dict[str, Any], where: str) -> list[str]:
    """Return where what was found differs from what is wanted, key by key."""
    wrong = []
    for key, value in wanted.items():
        if isinstance(value, dict):
            wrong += _same(found[key], value, f"{where}.{key}")
        elif found[key] != value or type(found[key]) is not type(value):
            wrong.append(f"{where}.{key}: {found[key]!r} instead of {value!r}")
    return wrong


def _clock(found: dict[str, Any], wanted: dict[str, Any], where: str) -> list[str]:
    skipped = {skip["date"]: skip["reason"] for skip in found["skipped"]}
    wrong = _same(found, {key: value for key, value in wanted.items() if key not in OWN_KEYS}, where)
    for day, reason in wanted.get("skips", {}).items():
        if skipped.get(day) != reason:
            wrong.append(f"{where}: {day} is left out as {skipped.get(day)!r} instead of {reason!r}")
    wrong += [f"{where}: {day} is not counted" for day in wanted.get("counts", ()) if day in skipped]
    if len(skipped) != wanted.get("skipped_number", len(skipped)):
        wrong.append(f"{where}: {len(skipped)} days left out instead of {wanted['skipped_number']}")
    wrong += [f"{where}: no basis {text!r}" for text in wanted.get("basis_has", ()) if text not in found["basis"]]
    said = " ".join(found["notes"])
    wrong += [f"{where}: no note {text!r} in {said!r}" for text in wanted.get("notes_have", ()) if text not in said]
    return wrong


def _differences(found: dict[str, Any], expect: dict[str, Any]) -> list[str]:
    wrong = []
    clocks = {one["id"]: one for one in found["clocks"]}
    for key, wanted in expect.items():
        match key:
            case "clocks":
                for name, one in wanted.items():
                    wrong += _clock(clocks[name], one, name) if name in clocks else [f"no clock {name}"]
            case "warns":
                wrong += [f"no warning {text!r}" for text in wanted if not any(text in w for w in found["warnings"])]
            case "quiet":
                wrong += [f"a warning {text!r}" for text in wanted if any(text in w for w in found["warnings"])]
            case "absent":
                kinds = {one["kind"] for one in found["clocks"]}
                wrong += [f"a clock {kind}" for kind in wanted if kind in kinds]
            case "steps":
                steps = [(step["kind"], step["by"]) for step in found["next_steps"]]
                wrong += [f"no step {kind} by {by}: {steps}" for kind, by in wanted.items() if (kind, by) not in steps]
            case _:
                wrong += _same(found, {key: wanted}, "answer")
    return wrong


@pytest.mark.parametrize("history", HISTORIES, ids=[f"{one['file']}: {one['name']}" for one in HISTORIES])
def test_a_history_has_the_answer_the_law_gives(history: dict[str, Any]) -> None:
    found = answered(history).as_json()
    assert _differences(found, history["expect"]) == [], history["cites"]
    assert answered({**history, "events": history["events"][::-1]}).as_json() == found


def test_a_wrong_expectation_is_noticed() -> None:
    """Each way in which a history can be wrong is told, so that none of them passes unread."""
    found = answered(next(one for one in HISTORIES if one["name"].startswith("Received on a Monday"))).as_json()
    wrong: list[dict[str, Any]] = [
        {"stage": "overdue"}, {"exhaustion": {"state": "open"}}, {"exhaustion": {"expedition": {"state": "open"}}},
        {"clocks": {"order": {}}}, {"clocks": {"determination": {"due": "2026-02-04"}}},
        {"clocks": {"determination": {"count": True}}}, {"clocks": {"determination": {"skips": {"2026-01-06": "x"}}}},
        {"clocks": {"determination": {"counts": ["2026-01-19"]}}},
        {"clocks": {"determination": {"skipped_number": 0}}}, {"clocks": {"determination": {"basis_has": ["x y"]}}},
        {"clocks": {"determination": {"notes_have": ["x y"]}}}, {"warns": ["x y"]}, {"absent": ["determination"]},
        {"steps": {"wait": None}},
    ]  # fmt: skip
    assert [one for one in wrong if not _differences(found, one)] == []


def test_there_are_histories_enough_and_each_cites_its_rule_and_expects_something() -> None:
    assert len(HISTORIES) >= 200
    assert [name for name, times in Counter(one["name"] for one in HISTORIES).items() if times > 1] == []
    for history in HISTORIES:
        assert set(history) - {"file"} - set(SHAPE) <= set(OPTIONAL), history["name"]
        assert all(isinstance(history[key], kind) for key, kind in SHAPE.items()), history["name"]
        assert any(mark in history["cites"] for mark in ("[S]", "[K]", "[J]")), history["name"]
        assert any(letter.isdigit() for letter in history["cites"]), history["name"]
        assert history["expect"], history["name"]


def test_the_histories_cover_every_clock_of_every_law() -> None:
    """Every kind the federal pack or any other can name; a remand is a determination sent back by an appeal."""
    seen = {name for history in HISTORIES for name in history["expect"].get("clocks", {})}
    kinds = {name.rpartition("-")[0] if name.rpartition("-")[2].isdigit() else name for name in seen}
    assert kinds == {*load_pack("us-foia").clocks, *CLOCKS} - {"remand"}
    remanded = [
        name
        for history in HISTORIES
        for name, one in history["expect"].get("clocks", {}).items()
        if name.startswith("determination") and one.get("about") == "remand"
    ]
    assert len(remanded) >= 3


def test_the_histories_cover_every_state_stage_and_turn() -> None:
    def all_of(*path: str) -> set[Any]:
        found = set()
        for history in HISTORIES:
            value = history["expect"]
            for key in path:
                value = value.get(key, {}) if isinstance(value, dict) else {}
            if isinstance(value, str):
                found.add(value)
        return found

    states = {one["state"] for h in HISTORIES for one in h["expect"].get("clocks", {}).values() if "state" in one}
    assert states == {"not_started", "running", "paused", "met", "missed", "closed"}
    assert all_of("exhaustion", "state") >= {
        "not_yet", "open", "closed_by_determination", "exhausted", "in_suit", "not_applicable",
    }  # fmt: skip
    assert all_of("stage") >= {
        "closed", "in_litigation", "exhausted", "appeal_overdue", "on_appeal", "appeal_window_open", "determined",
        "paused", "overdue", "in_process", "sent", "draft",
    }  # fmt: skip
    assert all_of("turn") == {"agency", "requester", "court", "none"}
