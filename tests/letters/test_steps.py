"""Which letter a next step leads to: every step that a letter answers, and the appeal of each kind of answer."""

import pytest

from foiadesk.letters import kind, letter_for, letter_steps
from foiadesk.records import event_from_json
from foiadesk.records.events import OUTCOMES


def log(*events):
    return tuple(event_from_json(event) for event in events)


@pytest.mark.parametrize("law", ["us-foia", "us-privacy-act", "us-ny"])
def test_every_step_leads_to_a_kind_there_is_and_that_fits_the_law(law):
    for step in sorted(letter_steps()):
        name = letter_for(step, law, ())
        if name and name != step:
            assert kind(name).wrong_law(law) == ""
    assert letter_for("wait", law, ()) == ""
    assert letter_for("consider_suit", law, ()) == ""


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_answer_has_an_appeal(outcome):
    name = letter_for("appeal", "us-foia", log({"kind": "determination", "date": "2026-02-03", "outcome": outcome}))
    assert kind(name).group == "appeals"


@pytest.mark.parametrize(
    ("outcome", "name"),
    [
        ("partial_grant", "appeal_exemptions"),
        ("full_denial", "appeal_full_denial"),
        ("no_records", "appeal_no_records"),
        ("full_grant", "appeal_no_records"),
        ("glomar", "appeal_glomar"),
        ("fee_related", "appeal_fee_category"),
        ("improper", "appeal_full_denial"),
    ],
)
def test_the_appeal_fits_the_answer(outcome, name):
    answered = {"kind": "determination", "date": "2026-02-03", "outcome": outcome}
    assert letter_for("appeal", "us-foia", log(answered)) == name


def test_a_denial_that_names_exemptions_is_appealed_by_them_and_a_closing_as_such():
    items = [{"item": 1, "exemptions": ["(b)(5)"]}]
    denied = {"kind": "determination", "date": "2026-02-03", "outcome": "full_denial", "items": items}
    assert letter_for("appeal", "us-foia", log(denied)) == "appeal_exemptions"
    as_a_whole = {"kind": "determination", "date": "2026-02-03", "outcome": "full_denial", "exemptions": ["5", "7(E)"]}
    assert letter_for("appeal", "us-foia", log(as_a_whole)) == "appeal_exemptions"
    closed = {"kind": "closed", "date": "2026-02-04", "by": "agency"}
    assert letter_for("appeal", "us-foia", log(denied, closed)) == "appeal_closed"


def test_a_state_law_has_letters_of_its_own():
    assert letter_for("appeal", "us-ny", ()) == "state_appeal"
    assert letter_for("demand_sent", "us-ny", ()) == "state_overdue"
    assert letter_for("policy_request", "us-ny", ()) == "state_request"
    assert letter_for("ask_tracking_number", "us-ny", ()) == ""
