"""What letters say, and what they must not say: golden texts, blanks, statuses nobody chose, dates and days late."""

import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foiadesk.letters import (
    assertions,
    compose,
    defaults,
    events_when_sent,
    join_items,
    kind,
    kinds,
    plain_text,
    split_items,
    waiver_factors,
)
from foiadesk.letters.model import Heading, Items, Paragraph
from foiadesk.letters.template import environment, render
from foiadesk.records import ExpeditionChoices, FeeCategory, FeeChoices, Stage
from foiadesk.records.errors import BadInput, NotFound
from tests.letters.examples import ALONE, CHOSEN, COALITION, EVENTS, LATE, OFFICE, PLAIN, TOGETHER, answer, context

GOLDEN = Path(__file__).parent / "golden"
NAMES = [found.name for found in kinds()]
FIRST = ("policy_request", "fee_waiver", "expedition_statement", "overdue_notice")
CASES = {"alone": ALONE, "together": TOGETHER, "late": LATE}


def text(name, where, values=None):
    return plain_text(compose(name, where, values or {}))


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", FIRST)
def test_the_text_is_the_golden_one(name, case):
    assert text(name, CASES[case]) == (GOLDEN / f"{name}-{case}.txt").read_text(encoding="utf-8")


def test_an_unknown_kind_is_named_with_near_matches():
    with pytest.raises(NotFound, match="fee_waiver"):
        kind("fee_wavier")


@pytest.mark.parametrize("status", assertions())
@pytest.mark.parametrize("name", NAMES)
def test_no_status_is_asserted_unless_chosen(name, status):
    for where in (ALONE, replace(LATE, request=PLAIN)):
        said = " ".join(text(name, where).lower().split())
        assert [phrase for phrase in assertions()[status] if phrase in said] == []


@pytest.mark.parametrize(
    ("status", "values"),
    [
        ("news_media", {"fee_category": "news_media"}),
        ("educational", {"fee_category": "educational"}),
        ("scientific", {"fee_category": "scientific"}),
        ("noncommercial", {"fee_category": "news_media"}),
        ("commercial", {"fee_category": "commercial"}),
        ("willing_to_pay", {"fee_limit": "25"}),
        ("urgency", {"expedition": "yes", "ground": "urgency"}),
        ("urgency", {"expedition": "yes", "ground": "safety"}),
        ("certification", {"expedition": "yes", "certified": "yes"}),
    ],
)
def test_a_chosen_status_is_asserted_in_words_the_data_knows(status, values):
    said = " ".join(text("policy_request", ALONE, values).lower().split())
    assert any(phrase in said for phrase in assertions()[status])


def test_fee_waiver_and_expedition_are_in_a_request_only_if_chosen():
    plain = text("policy_request", ALONE)
    assert "waiver" not in plain
    assert "expedit" not in plain.lower()
    chosen = text("policy_request", TOGETHER)
    assert "We request a waiver of all fees." in chosen
    assert "We request expedited processing" in chosen
    assert all(factor.label in chosen for factor in waiver_factors())


def test_a_chosen_waiver_without_reasons_shows_a_blank_for_each():
    letter = compose("policy_request", ALONE, {"fee_waiver": "yes"})
    assert [blank.name for blank in letter.blanks] == [factor.field for factor in waiver_factors()]
    assert plain_text(letter).count("[…]") == len(waiver_factors())


def test_expedition_without_ground_and_statement_shows_blanks_and_says_it_is_not_certified():
    letter = compose("policy_request", ALONE, {"expedition": "yes"})
    assert {blank.name for blank in letter.blanks} == {"ground", "statement"}
    assert any("not certified" in warning for warning in letter.warnings)


def test_the_certification_is_in_the_words_of_the_act():
    values = {"ground": "safety", "statement": "A person in custody is ill.", "certified": "yes"}
    one = text("expedition_statement", ALONE, values)
    assert "is true and correct to the best of my knowledge and belief" in one
    several = text("expedition_statement", TOGETHER)
    assert "Each person who signs below certifies" in several
    assert "552(a)(6)(E)(vi)" in several


def test_an_uncertified_statement_keeps_a_blank_where_the_certification_belongs():
    letter = compose("expedition_statement", ALONE, {"ground": "safety", "statement": "Facts."})
    assert [blank.name for blank in letter.blanks] == ["certified"]


def test_the_overdue_notice_computes_nothing_itself_and_states_what_the_law_answers():
    said = text("overdue_notice", LATE)
    assert "Determination due: February 3, 2026" in said
    assert "Late as of March 10, 2026: 35 calendar days (24 working days)" in said
    assert "Tracking number: 2026-ICFO-00123" in said
    assert "Received: January 5, 2026" in said
    assert "552(a)(6)(C)(i). That has been so for this request since February 4, 2026." in said
    assert "§ 552(a)(7)(B)(i)–(ii)" in said
    assert "bars search fees" in said
    assert "[…]" not in said


def test_one_day_late_is_one_day():
    said = text("overdue_notice", replace(LATE, answer=answer(days_late=1, working_days_late=1)))
    assert "1 calendar day (1 working day)" in said


def test_extension_and_pause_are_shown_in_the_dates():
    pause = SimpleNamespace(since=date(2026, 1, 8), to=date(2026, 1, 12), reason="information", counted=True)
    spent = SimpleNamespace(since=date(2026, 1, 13), to=date(2026, 1, 14), reason="information", counted=False)
    said = text("overdue_notice", replace(LATE, answer=answer(extended_by=10, paused=(pause, spent))))
    assert "Extension counted: 10 working days by your notice" in said
    assert "Not counted: the days after January 8, 2026 through January 12, 2026, while your question was open" in said
    assert "January 14" not in said


@pytest.mark.parametrize("state", ["not_yet", "closed_by_determination", "not_applicable", "in_suit", "exhausted"])
def test_constructive_exhaustion_is_stated_only_while_it_is_open(state):
    closed = answer(exhaustion=SimpleNamespace(state=state, since=date(2026, 2, 4)))
    assert "EXHAUSTION" not in text("overdue_notice", replace(LATE, answer=closed))


def test_a_notice_before_the_due_date_claims_no_day_late_and_says_why_it_does_not_fit():
    early = answer(
        days_late=0,
        working_days_late=0,
        stage=Stage.IN_PROCESS,
        exhaustion=SimpleNamespace(state="not_yet", since=None),
        fees=SimpleNamespace(search_barred=False, duplication_barred=False),
    )
    letter = compose("overdue_notice", replace(LATE, answer=early), {})
    assert {"missed", "late", "late_calendar"} <= {blank.name for blank in letter.blanks}
    assert kind("overdue_notice").unfit in letter.warnings
    assert "bars" not in plain_text(letter)


def test_an_assumed_receipt_is_said_to_be_assumed():
    assumed = replace(LATE, events=EVENTS[:1], answer=answer(assumed=True))
    said = text("overdue_notice", assumed)
    assert "We have no notice of receipt from you and count from the day the request was sent by portal." in said
    assert "Received:" not in said


def test_without_an_answer_every_fact_is_a_blank():
    letter = compose("overdue_notice", ALONE, {})
    expected = {"tracking", "missed", "late_calendar", "sent", "received", "allowed", "due", "late"}
    assert {blank.name for blank in letter.blanks} == expected
    assert all(blank.label for blank in letter.blanks)


def test_a_missing_tracking_number_can_be_said_and_asked_for():
    said = text("overdue_notice", replace(LATE, events=EVENTS[:2]), {"no_tracking": "yes"})
    assert "Tracking number: none given" in said
    assert "with the tracking number assigned to it, § 552(a)(7)(A)" in said


def test_a_kind_that_does_not_fit_the_stage_warns_and_still_renders():
    letter = compose("policy_request", LATE, {})
    assert letter.warnings[0].startswith("This request has already been sent")
    assert letter.blocks


def test_a_value_that_cannot_be_read_is_a_blank_and_a_warning():
    values = {"date": "2026-02-30", "fee_limit": "lots", "channel": "pigeon"}
    letter = compose("policy_request", ALONE, values)
    assert [blank.name for blank in letter.blanks] == ["date"]
    assert [warning.split(":")[0] for warning in letter.warnings] == [
        "Date of the letter",
        "How it is sent",
        "Willing to pay up to (US dollars)",
    ]


def test_a_field_the_kind_does_not_have_is_named():
    assert "'tonne'" in " ".join(compose("policy_request", ALONE, {"tonne": "x"}).warnings)


def test_an_emptied_field_stays_empty():
    letter = compose("policy_request", ALONE, {"title": "", "items": ""})
    assert {"title", "items"} == {blank.name for blank in letter.blanks}


def test_a_person_says_i_and_an_organization_we():
    person = replace(COALITION[0], name="Amara Okonkwo-Ruiz")
    assert "I request" in " ".join(text("policy_request", context(requesters=(person,))).split()).replace(
        ", I ", ", I "
    )
    assert "we request" in text("policy_request", ALONE)


def test_without_requesters_the_letter_shows_who_is_missing():
    letter = compose("policy_request", context(requesters=()), {})
    assert {"requesters", "signer"} == {blank.name for blank in letter.blanks}


def test_the_address_names_nothing_twice():
    headquarters = replace(OFFICE, component="", address=("Department of Homeland Security", "Washington, DC 20528"))
    said = text("policy_request", context(replace(PLAIN, office=headquarters)))
    assert said.count("Department of Homeland Security\n") == 2  # the address and the “Re:” block


@pytest.mark.parametrize(("channel", "blank"), [("email", "office_email"), ("fax", "office_fax")])
def test_a_channel_the_office_gives_no_number_for_is_a_blank(channel, blank):
    bare = context(replace(PLAIN, office=replace(OFFICE, email="", fax="")))
    assert blank in {found.name for found in compose("policy_request", bare, {"channel": channel}).blanks}


def test_mail_without_an_address_is_a_blank():
    bare = context(replace(PLAIN, office=replace(OFFICE, address=())))
    assert [found.name for found in compose("policy_request", bare, {"channel": "mail"}).blanks] == ["office_address"]


MARKUP = '# Heading\n\n1. one\n@sign Gone\n| a | b\n**strong** *slanted* {{ 7 * 7 }} {% if %} <b>&" \ufdd00\ufdd1'


@pytest.mark.parametrize("name", FIRST)
def test_nothing_typed_is_read_as_markup(name):
    before = compose(name, TOGETHER, {})
    values = {field.name: MARKUP for field in kind(name).fields if field.type in ("line", "text")}
    letter = compose(name, TOGETHER, values)
    said = plain_text(letter)
    for piece in ("# Heading", "1. one", "@sign Gone", "| a | b", "**strong** *slanted* {{ 7 * 7 }} {% if %}", '<b>&"'):
        assert piece in said
    assert "49" not in said.replace("94607", "")
    headings = [block for block in letter.blocks if isinstance(block, Heading)]
    assert len(headings) >= len([block for block in before.blocks if isinstance(block, Heading)])
    assert all("Heading" not in run.text for block in headings for run in block.runs)


def test_a_text_of_several_paragraphs_keeps_them():
    letter = compose("policy_request", ALONE, {"background": "First.\nSame paragraph.\n\nSecond."})
    texts = [block.runs[0].text for block in letter.blocks if isinstance(block, Paragraph)]
    assert "First.\nSame paragraph." in texts
    assert "Second." in texts


def test_typographic_quotes_are_set_and_a_lone_quote_is_left():
    letter = compose("policy_request", ALONE, {"items": 'Records that say "face match" or don\'t\n12" gun'})
    items = next(block for block in letter.blocks if isinstance(block, Items))
    assert [item[0][0].text for item in items.items] == ["Records that say “face match” or don’t", '12" gun']


def test_the_default_values_come_from_the_request():
    found = defaults("policy_request", TOGETHER)
    assert found["items"] == "\n".join(CHOSEN.items)
    assert (found["fee_waiver"], found["expedition"], found["certified"]) == ("yes", "yes", "yes")
    assert (found["date"], found["channel"], found["ground"]) == ("2026-01-05", "portal", "urgency")
    assert found["reason_public"] == CHOSEN.fees.reasons["public"]
    assert set(found) == {field.name for field in kind("policy_request").fields}
    assert defaults("overdue_notice", LATE)["tracking"] == "2026-ICFO-00123"
    assert defaults("policy_request", ALONE)["fee_limit"] == ""


def test_what_a_letter_files_when_sent_follows_what_it_asks():
    assert events_when_sent("policy_request", {}) == ({"kind": "request_sent"},)
    asked = events_when_sent("policy_request", defaults("policy_request", TOGETHER))
    assert asked == (
        {"kind": "request_sent"},
        {"kind": "fee_waiver_requested"},
        {"kind": "expedition_requested", "certified": True},
    )
    assert events_when_sent("overdue_notice", {}) == ({"kind": "completion_date_asked"},)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_items_come_back_from_their_field_as_they_went_in(items):
    kept = split_items(join_items(items))
    assert split_items(join_items(kept)) == kept
    assert len(kept) <= len(items)


@pytest.mark.parametrize("category", list(FeeCategory))
def test_every_fee_category_is_said_with_its_citation(category):
    chosen = replace(PLAIN, fees=FeeChoices(category, limit=Decimal("25.50")), expedition=ExpeditionChoices())
    said = text("policy_request", context(chosen))
    assert "§ 552(a)(4)(A)(ii)(I" in said
    assert "$25.50" in said


def _template(monkeypatch, source):
    monkeypatch.setattr(environment(), "loader", __import__("jinja2").DictLoader({"own.j2": source}))
    environment().cache.clear()


@pytest.fixture
def own_template(monkeypatch):
    yield lambda source: _template(monkeypatch, source)
    environment().cache.clear()


def test_a_template_that_asks_for_no_such_field_is_refused_by_line(own_template):
    own_template("Dear all,\n\n{{ trakcing }}\n")
    with pytest.raises(BadInput, match=r"own\.j2, line 3.*trakcing"):
        render("own", {})


def test_a_template_with_a_syntax_error_is_refused_by_line(own_template):
    own_template("Dear all,\n{% if %}\n")
    with pytest.raises(BadInput, match=r"own\.j2, line 2"):
        render("own", {})


@pytest.mark.parametrize("escape", ["{{ ''.__class__.__mro__ }}", "{{ [].__class__.__base__.__subclasses__() }}"])
def test_a_template_cannot_leave_its_sandbox(own_template, escape):
    own_template(escape)
    with pytest.raises(BadInput):
        render("own", {})


@pytest.mark.parametrize("name", ["../../pyproject.toml", "/etc/passwd", "policy_request.toml/../policy_request.j2"])
def test_a_template_reads_only_the_letters_own_files(own_template, name):
    own_template(f"{{% include '{name}' %}}")
    with pytest.raises(BadInput):
        render("own", {})


def test_importing_letters_loads_nothing_heavy():
    code = (
        "import sys, foiadesk.letters as l; l.kinds(); print([m for m in ('jinja2','reportlab') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
