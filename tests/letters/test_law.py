"""The overdue notice with the law room's own count: what the clock answers is what the letter says."""

from dataclasses import replace
from datetime import date

import pytest

from foiadesk.law import answer, load_pack
from foiadesk.letters import compose, kind, plain_text
from foiadesk.records import event_from_json
from tests.letters.examples import CHOSEN, context

SENT = {"kind": "request_sent", "date": "2026-01-05", "channel": "portal"}
RECEIVED = {"kind": "request_received", "date": "2026-01-05", "office": "proper"}
EXTENDED = {"kind": "extension_notice", "date": "2026-01-20", "working_days": 10}
ASKED = {"kind": "clarification_asked", "date": "2026-01-12", "about": "information"}
ANSWERED = {"kind": "clarification_answered", "date": "2026-01-15", "about": "information"}
ROUTED = {"kind": "request_received", "date": "2026-01-06", "office": "designated"}


def letter(*events, today=date(2026, 3, 10)):
    log = tuple(event_from_json(event) for event in events)
    counted = answer(log, law=load_pack("us-foia"), agency="DHS/ICE", today=today)
    return compose(
        "overdue_notice", context(CHOSEN, events=log, answer=counted, today=today), {"tracking": "T-1"}
    ), counted


def clock_of(counted):
    return next(clock for clock in counted.clocks if clock.kind == "determination")


@pytest.mark.parametrize(
    "events",
    [
        (SENT, RECEIVED),
        (SENT,),
        (SENT, RECEIVED, EXTENDED),
        (SENT, RECEIVED, ASKED, ANSWERED),
        (SENT, ROUTED),
    ],
)
def test_the_letter_says_what_the_law_counts(events):
    made, counted = letter(*events)
    clock = clock_of(counted)
    said = plain_text(made)
    assert made.blanks == ()
    assert made.warnings == ()
    due = f"{clock.due:%B} {clock.due.day}, {clock.due.year}"
    assert f"ran out on {due}" in said
    assert f"Determination due: {due}" in said
    assert f"{clock.days_late} calendar days ({clock.working_days_late} working days)" in said
    since = counted.exhaustion.since
    assert f"since {since:%B} {since.day}, {since.year}" in said
    assert ("We have no notice of receipt" in said) == clock.assumed
    assert ("Extension counted: 10 working days" in said) == (EXTENDED in events)
    assert ("Not counted: the days after January 12, 2026 through January 15, 2026" in said) == (ASKED in events)


def test_the_known_case_is_thirty_five_days_late():
    made, _ = letter(SENT, RECEIVED)
    assert "35 calendar days (24 working days)" in plain_text(made)


@pytest.mark.parametrize(
    ("events", "today"),
    [
        ((SENT, RECEIVED), date(2026, 1, 20)),
        (
            (SENT, RECEIVED, {"kind": "determination", "date": "2026-02-20", "outcome": "full_denial"}),
            date(2026, 3, 10),
        ),
        ((SENT, RECEIVED, ASKED), date(2026, 3, 10)),
        ((), date(2026, 3, 10)),
    ],
)
def test_a_request_that_is_not_overdue_never_claims_exhaustion(events, today):
    made, counted = letter(*events, today=today)
    assert counted.stage not in kind("overdue_notice").stages
    assert kind("overdue_notice").unfit in made.warnings
    said = plain_text(made)
    assert "exhausted" not in said
    assert ("has had no determination" in said) == (clock_of(counted).met_on is None)


def test_a_letter_dated_otherwise_says_as_of_when_it_counts():
    _made, counted = letter(SENT, RECEIVED)
    again = compose(
        "overdue_notice",
        replace(context(CHOSEN, answer=counted, today=date(2026, 3, 10))),
        {"date": "2026-03-12"},
    )
    assert any("counted as of March 10, 2026" in " ".join(warning.split()) for warning in again.warnings)
