"""What must hold of every history: order of entry, sums, shape, and an independent day-by-day life of the count."""

import json
from datetime import date, timedelta
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from foiadesk.law import ClockState, answer, load_calendar, load_pack, worksheet
from foiadesk.records import EventKind, FeeCategory, event_as_json, event_from_json
from foiadesk.records.errors import KnownError
from foiadesk.records.events import FIELDS
from tests.law.asking import ask, clock, e, lived_through, received

LAW = load_pack("us-foia")
FEDERAL = load_calendar("us-federal")
FIRST = date(2023, 11, 1)

KEYS = ["stage", "turn", "exhaustion", "fees", "clocks", "warnings", "next_steps"]
CLOCK_TYPES: dict[str, tuple[type, ...]] = {
    "id": (str,), "kind": (str,), "about": (str, type(None)), "who": (str,), "start": (str, type(None)),
    "due": (str, type(None)), "projected_due": (str, type(None)), "state": (str,), "met_on": (str, type(None)),
    "days_late": (int,), "working_days_late": (int,), "unit": (str, type(None)), "count": (int, type(None)),
    "skipped": (list,), "paused": (list,), "extended_by": (int,), "earliest_arguable": (str, type(None)),
    "latest_arguable": (str, type(None)), "basis": (list,), "assumed": (bool,), "unverified": (bool,), "notes": (list,),
}  # fmt: skip


@st.composite
def histories(draw: st.DrawFn, most: int = 9) -> list[dict[str, Any]]:
    """Any kinds at all, with any fields they may carry, in any order."""
    entries = []
    for _ in range(draw(st.integers(0, most))):
        kind = draw(st.sampled_from([kind for kind in EventKind if kind is not EventKind.RETRACTED]))
        day = FIRST + timedelta(days=draw(st.integers(0, 400)))
        entry: dict[str, Any] = {"kind": kind.value, "date": day.isoformat()}
        if draw(st.booleans()) and draw(st.booleans()):
            entry["assumed"] = True
        for name, spec in FIELDS.get(kind, {}).items():
            if not spec.required and draw(st.booleans()):
                continue
            if spec.choices:
                entry[name] = draw(st.sampled_from(spec.choices))
            elif spec.type == "date":
                entry[name] = (day + timedelta(days=draw(st.integers(-20, 90)))).isoformat()
            elif spec.type == "bool":
                entry[name] = draw(st.booleans())
            elif spec.type == "int":
                entry[name] = draw(st.integers(0, min(spec.most, 130)))
            elif spec.type == "time":
                entry[name] = draw(st.sampled_from(["00:00", "16:59", "17:00", "23:59"]))
            elif spec.type == "money":
                entry[name] = draw(st.integers(0, 500))
            elif spec.type == "items":
                entry[name] = [{"item": 1, "outcome": "no_records"}]
            elif spec.type == "list":
                entry[name] = ["6"]
            else:
                entry[name] = "x"
        entries.append(entry)
    ids = draw(st.integers(0, len(entries)))
    for number in range(ids):
        entries[number]["id"] = f"e{number}"
        if number and draw(st.integers(0, 4)) == 0:
            entries[number]["supersedes"] = f"e{draw(st.integers(0, number - 1))}"
    if ids and draw(st.integers(0, 4)) == 0:
        entries.append({"kind": "retracted", "date": "2024-06-01", "supersedes": f"e{draw(st.integers(0, ids - 1))}"})
    return entries


agencies = st.sampled_from([None, "DHS/ICE", "DOJ", "DOI/NPS", "CFA", "EPA"])
todays = st.dates(FIRST, FIRST + timedelta(days=700))


@settings(max_examples=120, deadline=None)
@given(histories(), todays, agencies, st.randoms(use_true_random=False))
def test_the_order_of_entry_never_matters(
    entries: list[dict[str, Any]], today: date, agency: Any, shuffler: Any
) -> None:
    def asked(given_entries: list[dict[str, Any]]) -> str:
        found = answer([event_from_json(x) for x in given_entries], law=LAW, agency=agency, today=today)
        return json.dumps(
            [found.as_json(), str(found.next_change_on), found.ruling and found.ruling.id], sort_keys=True
        )

    mixed = list(entries)
    shuffler.shuffle(mixed)
    assert asked(entries) == asked(mixed) == asked(entries[::-1])


@settings(max_examples=120, deadline=None)
@given(histories(), todays, agencies, st.sampled_from([None, *FeeCategory]))
def test_every_answer_has_every_key_of_its_type_and_adds_up(
    entries: list[dict[str, Any]], today: date, agency: Any, category: Any
) -> None:
    parsed = [event_from_json(entry) for entry in entries]
    found = answer(parsed, law=LAW, agency=agency, today=today, fee_category=category)
    plain = json.loads(json.dumps(found.as_json(), allow_nan=False))
    assert list(plain) == KEYS
    assert list(plain["exhaustion"]) == [
        "state", "since", "until", "why", "assumed", "undisputed_since", "expedition",
    ]  # fmt: skip
    assert list(plain["exhaustion"]["expedition"]) == ["state", "since"]
    assert list(plain["fees"]) == ["search_barred", "duplication_barred", "why"]
    assert plain["clocks"][0]["kind"] == "determination"
    assert len({one["id"] for one in plain["clocks"]}) == len(plain["clocks"])
    for step in plain["next_steps"]:
        assert list(step) == ["kind", "why", "by"]
    for one in plain["clocks"]:
        assert list(one) == list(CLOCK_TYPES)
        for key, types in CLOCK_TYPES.items():
            assert type(one[key]) in types, (one["kind"], key, one[key])
        if one["state"] in {"not_started", "paused"}:
            assert one["due"] is None
            assert one["projected_due"] is not None
        else:
            assert one["projected_due"] is None
        assert (one["days_late"] > 0) == (one["due"] is not None and one["state"] in {"missed", "closed"}
                                          and one["days_late"] > 0)  # fmt: skip
        assert one["state"] != "missed" or one["days_late"] > 0
        for pause in one["paused"]:
            assert list(pause) == ["from", "to", "reason", "counted"]
    if plain["exhaustion"]["since"] and plain["exhaustion"]["undisputed_since"]:
        assert plain["exhaustion"]["undisputed_since"] >= plain["exhaustion"]["since"]
    if found.next_change_on is not None:
        assert found.next_change_on > today


@settings(max_examples=120, deadline=None)
@given(histories(), todays, agencies)
def test_counted_and_skipped_days_add_up_in_clock_and_worksheet(
    entries: list[dict[str, Any]], today: date, agency: Any
) -> None:
    found = answer([event_from_json(entry) for entry in entries], law=LAW, agency=agency, today=today)
    for one in found.clocks:
        sheet = worksheet(one, law=LAW, calendar=FEDERAL, today=today)
        assert sheet.as_text().startswith(sheet.title)
        last = one.due or one.projected_due
        if one.start is None or last is None or one.unit not in {"working", "calendar"} or one.count is None:
            continue
        span = (last - one.start).days
        counted = span - len(one.skipped) + one.first_day_counts
        assert counted == one.count + one.extended_by, one
        assert sum(day.counted for day in sheet.days) == counted
        count = [day for day in sheet.days if day.date >= one.start]
        assert [day.date for day in count if not day.counted][1 - one.first_day_counts :] == [
            skip.date for skip in one.skipped
        ]
        before = [day for day in sheet.days if day.date < one.start]
        assert not any(day.counted for day in before) and (not before or before[0].date == one.late_from)
        assert all(one.start < skip.date <= last for skip in one.skipped)
        assert all(skip.reason for skip in one.skipped)


@settings(max_examples=120, deadline=None)
@given(histories(), todays)
def test_until_its_next_change_an_answer_stands_still(entries: list[dict[str, Any]], today: date) -> None:
    parsed = [event_from_json(entry) for entry in entries]

    def standing(day: date) -> Any:
        found = answer(parsed, law=LAW, agency=None, today=day)
        states = [(one.id, one.state, one.due) for one in found.clocks]
        return found.stage, found.turn, found.exhaustion.state, found.exhaustion.since, states, found.next_change_on

    first = standing(today)
    change = first[-1]
    for ahead in (1, 7, 40):
        later = today + timedelta(days=ahead)
        if change is None or later < change:
            assert standing(later) == first
    if change is not None:
        assert standing(change) != first


count_days = st.integers(0, 60)


@settings(max_examples=120, deadline=None)
@given(
    st.dates(date(2021, 1, 4), date(2026, 6, 1)),
    st.lists(st.tuples(count_days, st.integers(0, 25), st.booleans()), max_size=3),
    st.lists(st.tuples(count_days, st.integers(0, 15)), max_size=2),
    st.integers(0, 120),
)
def test_the_last_day_is_the_one_somebody_living_through_it_would_reach(
    start: date, fee_tolls: list[tuple[int, int, bool]], notices: list[tuple[int, int]], ahead: int
) -> None:
    today = start + timedelta(days=ahead)
    # One toll at a time, so that each answer surely belongs to the question before it.
    tolls: list[tuple[date, date | None]] = []
    entries = [received(start)]
    free = 0
    for after, lasts, still_open in sorted(fee_tolls):
        begins = start + timedelta(days=max(after, free))
        if begins > today:
            break
        ends = begins + timedelta(days=lasts)
        entries.append(e("clarification_asked", begins, about="fees"))
        if still_open or ends > today:
            tolls.append((begins, None))
            break
        entries.append(e("clarification_answered", ends, about="fees"))
        tolls.append((begins, ends))
        free = (ends - start).days + 1
    dated = sorted((start + timedelta(days=after), named) for after, named in notices)
    assume(len({day for day, _ in dated}) == len(dated))
    dated = [(day, named) for day, named in dated if day <= today]
    entries += [e("extension_notice", day, working_days=named) for day, named in dated]
    expected, _ = lived_through(start, tolls, dated, today)
    own = clock(ask(*entries, today=today))
    if expected is None:
        assert own.state is ClockState.PAUSED
        assert own.due is None
    else:
        assert own.due == expected
        assert own.state is (ClockState.MISSED if today > expected else ClockState.RUNNING)
        assert own.days_late == max(0, (today - expected).days)


@settings(max_examples=120, deadline=None)
@given(histories())
def test_events_survive_json(entries: list[dict[str, Any]]) -> None:
    for entry in entries:
        event = event_from_json(entry)
        assert event_from_json(json.loads(json.dumps(event_as_json(event)))) == event


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=120, deadline=None)
@given(histories(4), st.data())
def test_whatever_is_wrong_is_refused_by_name_and_nothing_else_happens(
    entries: list[dict[str, Any]], data: st.DataObject
) -> None:
    assume(entries)
    spoiled = data.draw(st.sampled_from(entries))
    field = data.draw(st.sampled_from([*spoiled, "id", "supersedes", "date", "kind", "evidence", "nonsense"]))
    spoiled[field] = data.draw(json_values)
    try:
        parsed = [event_from_json(entry) for entry in entries]
        answer(parsed, law=LAW, agency=None, today=date(2024, 12, 1))
    except KnownError as error:
        assert str(error)
        assert "\n" not in str(error)
