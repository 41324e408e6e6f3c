"""Every kind of letter: golden texts, its data, the stages and laws it fits, what it files, what it must never say."""

import re
from datetime import date
from io import BytesIO
from pathlib import Path

import jinja2.meta
import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foiadesk.letters import assertions, compose, defaults, events_when_sent, kind, kinds, plain_text, typeset
from foiadesk.letters.catalogue import GROUPS, _table
from foiadesk.letters.exemptions import exemption_keys, exemptions
from foiadesk.letters.model import BLANK, Address, Facts, Heading, Items, Reference, Signatures
from foiadesk.letters.template import environment
from foiadesk.records import Channel, EventKind, Stage, event_from_json
from foiadesk.shelf import resource
from tests.letters.examples import ALONE, TOGETHER
from tests.letters.filled import filled, where
from tests.letters.test_press import elements

GOLDEN = Path(__file__).parent / "golden"
KINDS = {found.name: found for found in kinds()}
NAMES = list(KINDS)
WANTED = {
    "requests": 10,
    "supports": 7,
    "waiting": 14,
    "appeals": 13 + 15,
    "after": 4,
}


def composed(name, **more):
    return compose(name, where(name), {**filled(KINDS[name]), **more})


def said(letter):
    return " ".join(plain_text(letter).lower().split())


@pytest.mark.parametrize("name", NAMES)
def test_a_letter_filled_in_is_the_golden_one(name):
    assert plain_text(composed(name)) == (GOLDEN / f"{name}-filled.txt").read_text(encoding="utf-8")


def test_every_golden_text_belongs_to_a_kind():
    stray = {path.stem.rpartition("-")[0] for path in GOLDEN.glob("*.txt")} - set(NAMES)
    assert stray == set()


def test_the_whole_set_is_there_group_by_group():
    counted = {group: sum(found.group == group for found in kinds()) for group in GROUPS}
    assert counted == WANTED
    assert [found.group for found in kinds()] == sorted((found.group for found in kinds()), key=GROUPS.index)
    ordered = [name for group in _table("_order.toml").values() for name in group]
    assert sorted(ordered) == sorted(found.template for found in kinds() if found.template == found.name)


@pytest.mark.parametrize("name", NAMES)
def test_a_kind_says_what_it_is_for_and_rests_on(name):
    found = KINDS[name]
    for sentence in (found.applies, found.unfit):
        assert sentence[0].isupper() and sentence.endswith("."), sentence
    assert found.title and found.subject and found.legal_basis and found.stages
    names = [field.name for field in found.fields]
    assert len(names) == len(set(names))
    assert set(names) >= ({"date"} if found.to == "form" else {"date", "channel", "contact", "enclosures", "copies"})
    for field in found.fields:
        assert field.label and field.section
        assert bool(field.choices) == (field.type == "choice")
        dependent = field.when.partition("=")[0]
        assert not dependent or dependent in names, field.when
    usual = [field.suggests for field in found.fields if field.name == "enclosures"]
    assert usual == ([] if found.to == "form" else [found.enclosures])
    for filing in found.filings:
        assert filing.when.partition("=")[0] in ("", *names)
        assert {*filing.takes.values(), *filing.checks.values(), *([filing.on] if filing.on else [])} <= set(names)


@pytest.mark.parametrize("name", NAMES)
def test_title_tracking_number_and_date_are_always_said(name):
    letter = composed(name)
    text = plain_text(letter)
    assert "Face recognition contracts" in text
    assert re.search(r"(?:January 5|March 10), 2026|10 de marzo de 2026", text)
    if KINDS[name].group not in ("requests",) and name not in ("acknowledgement_missing", "state_overdue"):
        assert "2026-ICFO-00123" in text


@pytest.mark.parametrize("name", NAMES)
def test_filled_in_nothing_is_blank_and_empty_what_is_needed_is(name):
    assert [blank.name for blank in composed(name).blanks if blank.name != "tracking"] == []
    found = KINDS[name]
    empty = compose(name, where(name), {field.name: "" for field in found.fields})
    text = plain_text(empty)
    assert {blank.name for blank in empty.blanks} >= {field.name for field in found.fields if shown(field)}
    assert (BLANK in text) == bool(empty.blanks)
    assert all(blank.label for blank in empty.blanks)


def shown(field):
    """A field that its letter cannot do without, whatever else is chosen."""
    return field.required and not field.when and field.name not in ("title", "items")


@pytest.mark.parametrize("name", NAMES)
def test_every_check_and_choice_makes_a_letter(name):
    """Each branch of a template is rendered: with everything on, and with each choice in turn."""
    found = KINDS[name]
    everything = {field.name: "yes" for field in found.fields if field.type == "check"}
    letter = composed(name, **everything)
    assert letter.blocks
    for field in found.fields:
        for value, _label in field.choices:
            assert composed(name, **everything, **{field.name: value}).blocks


@pytest.mark.parametrize("name", NAMES)
def test_a_template_names_only_fields_and_facts_that_exist(name):
    """Even a name behind a condition that no test reaches: what is undeclared stops a letter."""
    source, _, _ = environment().loader.get_source(environment(), f"{KINDS[name].template}.j2")
    tree = environment().parse(source)
    context = compose_data(name)
    included = [one for one in jinja2.meta.find_referenced_templates(tree) if one]
    for part in included:
        text, _, _ = environment().loader.get_source(environment(), part)
        assert jinja2.meta.find_undeclared_variables(environment().parse(text)) <= context | {"factor"}
    assert jinja2.meta.find_undeclared_variables(tree) <= context


def compose_data(name):
    from foiadesk.letters.sources import starting_values
    from foiadesk.letters.writing import _data, _Form

    found = KINDS[name]
    values = {**starting_values(found, where(name)), **filled(found)}
    return set(_data(found, where(name), _Form(found, values, where(name))))


@pytest.mark.parametrize("path", sorted(resource("letters").glob("*.j2")), ids=lambda path: path.stem)
def test_a_tag_at_the_end_of_a_line_of_words_never_joins_it_to_the_next_paragraph(path):
    lines = path.read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines[:-2]):
        words = re.sub(r"{%.*?%}", "", line).strip()
        if words and line.rstrip().endswith("%}"):
            assert not lines[number + 1].strip(), f"{path.name}:{number + 1}"
            assert not lines[number + 2].strip() or lines[number + 2].lstrip()[0] in "{|-1#@", (
                f"{path.name}:{number + 1}"
            )


# What fits -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", Stage)
def test_at_every_stage_but_the_end_something_fits(stage):
    fitting = [found for found in kinds() if found.fits(stage, "us-foia")]
    assert bool(fitting) == (stage is not Stage.CLOSED)


@pytest.mark.parametrize("name", NAMES)
def test_the_letter_filled_in_fits_and_a_closed_request_fits_nothing(name):
    there = where(name)
    found = KINDS[name]
    assert found.why_not(there.answer.stage, there.request.law, there.events) == ""
    assert found.unfit not in composed(name).warnings
    assert found.why_not(Stage.CLOSED, there.request.law, there.events) == found.unfit


def test_an_answer_to_a_question_nobody_asked_does_not_fit():
    quiet = where("overdue_notice")
    for name in ("answer_clarification", "answer_still_interested", "fee_dispute", "referral_followup"):
        assert kind(name).fits(Stage.OVERDUE, "us-foia")  # as far as the stage alone tells
        assert kind(name).why_not(Stage.OVERDUE, "us-foia", quiet.events) == kind(name).unfit
        assert kind(name).unfit in compose(name, quiet, {}).warnings
    assert kind("acknowledgement_missing").unfit in compose("acknowledgement_missing", quiet, {}).warnings


def test_silence_is_said_to_need_no_appeal():
    assert "needs no appeal" in kind("appeal_no_response").applies
    assert kind("appeal_no_response").stages == (Stage.OVERDUE,)


def test_a_letter_that_cites_another_law_warns_and_still_renders():
    ours = compose("state_request", ALONE, {})
    assert kind("state_request").unfit_law in ours.warnings
    theirs = compose("overdue_notice", where("state_request"), {})
    assert kind("overdue_notice").unfit_law in theirs.warnings
    assert kind("state_request").wrong_law("us-ny") == ""
    assert kind("overdue_notice").wrong_law("us-foia") == ""
    assert kind("thanks_and_close").wrong_law("us-ny") == ""
    assert ours.blocks and theirs.blocks


# Exemptions ----------------------------------------------------------------------------------------------------------


def test_every_exemption_has_a_kind_a_test_and_a_citation():
    assert [one.number for one in exemptions()] == [
        "1", "2", "3", "4", "5", "6", "7", "7(A)", "7(B)", "7(C)", "7(D)", "7(E)", "7(F)", "8", "9",
    ]  # fmt: skip
    for one in exemptions():
        number, letter = one.key[0], one.key[1:].upper()
        assert one.citation == f"5 U.S.C. § 552(b)({number}){f'({letter})' if letter else ''}"
        assert len(one.test) >= 2 and one.argue and one.ask
        assert f"appeal_exemption_{one.key}" in KINDS


@pytest.mark.parametrize("one", exemptions(), ids=lambda one: one.key)
def test_an_appeal_argues_the_test_harm_and_segregability(one):
    text = said(composed(f"appeal_exemption_{one.key}"))
    for part in one.test:
        assert " ".join(part.lower().split()) in text
    assert "segregable portion" in text
    assert one.citation.lower() in text
    assert ("reasonably foresees" in text) == (one.key != "3")
    others = [other for other in exemptions() if other.key != one.key]
    assert [other.number for other in others if f"exemption {other.number}: {other.name}" in text] == []


def test_the_exemptions_that_the_answer_names_are_chosen_and_argued_together():
    found = defaults("appeal_exemptions", where("appeal_exemptions"))
    assert [name for name, value in found.items() if re.fullmatch(r"b\d[a-f]?", name) and value] == ["b5", "b7e"]
    letter = compose("appeal_exemptions", where("appeal_exemptions"), {})
    headings = ["".join(run.text for run in block.runs) for block in letter.blocks if isinstance(block, Heading)]
    assert [words.split(":")[0] for words in headings[:2]] == ["Exemption 5", "Exemption 7(E)"]
    assert {"b5_facts", "b7e_facts"} <= {blank.name for blank in letter.blanks}


def test_an_appeal_of_no_exemption_shows_a_blank():
    letter = composed("appeal_exemptions", b5="", b7e="")
    assert "b1" in {blank.name for blank in letter.blanks}


@pytest.mark.parametrize(
    ("written", "read"),
    [("(b)(5)", {"5"}), ("b7C", {"7c"}), ("7(E)", {"7e"}), ("6", {"6"}), ("(b)(7)", {"7"}),
     ("5, 6, 7(C)", {"5", "6", "7c"}), ("none", set()), ("(b)(10)", set()), ("", set())],
)  # fmt: skip
def test_exemptions_are_read_as_people_write_them(written, read):
    assert exemption_keys(written) == read


def test_leading_decisions_are_cited_only_if_chosen_and_never_unwarned():
    plain, chosen = composed("appeal_exemption_7c"), composed("appeal_exemption_7c", cite_cases="yes")
    assert "489 U.S. 749" not in plain_text(plain)
    assert "489 U.S. 749" in plain_text(chosen)
    assert any("decisions cited" in warning for warning in chosen.warnings)


# Appeals -------------------------------------------------------------------------------------------------------------


def address(letter):
    block = next(block for block in letter.blocks if isinstance(block, Address))
    return ["".join(run.text for run in line) for line in block.lines]


def at_office(code, **more):
    from dataclasses import replace

    from foiadesk.law import answer, load_pack
    from tests.letters.examples import OFFICE

    found = where("appeal_full_denial")
    office = replace(OFFICE, code=code, department="Department of Justice", component="Drug Enforcement Administration")
    counted = answer(found.events, law=load_pack("us-foia"), agency=code, today=more.get("today", found.today))
    return replace(found, request=replace(found.request, office=office), answer=counted, **more)


def test_the_addressee_and_the_last_day_come_from_the_agencys_rule():
    letter = compose("appeal_full_denial", at_office("DOJ/DEA"), {"given": "x", "facts": "y"})
    assert address(letter) == [
        "Director, Office of Information Policy",
        "Drug Enforcement Administration",
        "Department of Justice",
        "6th Floor, 441 G Street NW",
        "Washington, DC 20530-0001",
    ]
    assert letter.blanks == ()
    assert "Last day to appeal: May 18, 2026 (90 calendar days)" in plain_text(letter)
    assert any("28 CFR 16.8" in warning for warning in letter.warnings)
    assert "By portal" in plain_text(letter)


def test_an_unknown_address_is_a_blank_with_a_caution():
    ice = compose("appeal_full_denial", where("appeal_full_denial"), {"given": "x", "facts": "y"})
    assert [blank.name for blank in ice.blanks] == ["to_address"]
    assert any("6 CFR 5.8(a)" in warning and "answer’s letter" in warning for warning in ice.warnings)
    unheard = compose("appeal_full_denial", at_office("ABC/XYZ"), {"given": "x", "facts": "y"})
    assert [blank.name for blank in unheard.blanks] == ["to_office", "to_address"]
    assert any("No address for appeals is known" in warning for warning in unheard.warnings)
    moved = compose("appeal_full_denial", at_office("NSF"), {"given": "x", "facts": "y"})
    assert "to_address" in {blank.name for blank in moved.blanks}
    assert any("has moved" in warning for warning in moved.warnings)


def test_the_department_counts_working_days_and_says_so():
    text = plain_text(composed("appeal_full_denial"))
    window = next(clock for clock in where("appeal_full_denial").answer.clocks if clock.kind == "appeal_window")
    assert f"Last day to appeal: {window.due:%B} {window.due.day}, 2026 (90 working days)" in text


def test_an_appeal_after_its_time_warns_and_never_says_that_it_is_in_time():
    late = at_office("DOJ/DEA", today=date(2026, 6, 1))
    letter = compose("appeal_full_denial", late, {"given": "x", "facts": "y"})
    assert any("The time to appeal ended on May 18, 2026" in warning for warning in letter.warnings)
    assert "Last day to appeal" not in plain_text(letter)


def test_an_appeal_that_must_be_received_warns_against_mail():
    letter = compose("appeal_full_denial", at_office("CIA"), {"given": "x", "facts": "y", "channel": "mail"})
    assert any("must be in the agency’s hands by" in warning for warning in letter.warnings)
    sent = compose("appeal_full_denial", at_office("DOJ/DEA"), {"given": "x", "facts": "y", "channel": "mail"})
    assert not any("must be in the agency’s hands" in warning for warning in sent.warnings)


@pytest.mark.parametrize(
    ("name", "about"),
    [("appeal_fee_waiver", "fee_waiver"), ("appeal_expedition", "expedition"), ("appeal_full_denial", "request"),
     ("appeal_exemption_5", "request")],
)  # fmt: skip
def test_an_appeal_files_what_it_is_about(name, about):
    assert events_when_sent(name, {})[0] == {"kind": "appeal_sent", "about": about}


def test_an_appeal_of_silence_files_no_appeal():
    assert "appeal_sent" not in {event["kind"] for event in events_when_sent("appeal_no_response", {})}


# What is filed -------------------------------------------------------------------------------------------------------


def as_sent(event, channel):
    """An event with what marking a letter as sent adds to it."""
    sent = {"channel": channel.value} if event["kind"] in ("request_sent", "appeal_sent") else {}
    return {"date": "2026-03-10", **event, **sent}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("channel", [Channel.PORTAL, Channel.MAIL])
def test_what_a_letter_files_is_an_event_that_can_be_stored(name, channel):
    found = KINDS[name]
    everything = {field.name: "yes" for field in found.fields if field.type == "check"}
    values = {**defaults(name, where(name)), **filled(found), **everything}
    for event in events_when_sent(name, values, channel):
        stored = event_from_json(as_sent(event, channel))
        assert stored.kind in {filing.kind for filing in found.filings}


def test_an_answer_counts_as_received_the_same_day_but_never_by_mail():
    sent = events_when_sent("answer_clarification", {"narrow": "yes"}, Channel.PORTAL)
    assert sent == (
        {"kind": "clarification_answered", "about": "information", "assumed": True},
        {"kind": "narrowed"},
    )
    assert events_when_sent("answer_clarification", {"narrow": "yes"}, Channel.MAIL) == ({"kind": "narrowed"},)


def test_an_agreement_by_telephone_is_dated_the_day_of_the_call():
    values = {"call_on": "2026-03-06", "agreed_time": "yes", "agreed_until": "2026-04-30"}
    assert events_when_sent("telephone_record", values)[1:] == (
        {"kind": "time_frame_agreed", "until": "2026-04-30", "date": "2026-03-06"},
    )
    broken = events_when_sent("telephone_record", {**values, "call_on": "soon", "agreed_until": "later"})
    assert broken[1:] == ({"kind": "time_frame_agreed"},)


def test_closing_is_filed_only_when_chosen():
    assert events_when_sent("thanks_and_close", {}) == ()
    assert events_when_sent("thanks_and_close", {"close": "yes"}) == ({"kind": "closed", "by": "requester"},)


def test_proof_of_identity_and_consent_is_filed_where_it_is_enclosed():
    filed = events_when_sent("client_records_request", {"consent_enclosed": "yes", "identity_enclosed": "yes"})
    assert [event["kind"] for event in filed] == ["request_sent", "consent_sent", "identity_sent"]


# What a letter may say -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_no_status_is_asserted_in_any_letter_that_did_not_choose_it(name):
    """Everything that is no choice is filled in: words of ours around a person's own must assert nothing."""
    found = KINDS[name]
    plain = {field.name: "" for field in found.fields if field.type in ("check", "choice", "money")}
    own = {field.name for field in found.fields if field.source.startswith("reason:")} | {"thanks", "hearing_on"}
    values = {name: text for name, text in filled(found).items() if name not in own and name not in plain}
    kept = {f"b{one.key}": "yes" for one in exemptions() if name == f"appeal_exemption_{one.key}"}
    text = said(compose(name, where(name), {**values, **plain, **kept}))
    found_words = {status: [words for words in phrases if words in text] for status, phrases in assertions().items()}
    assert {status: words for status, words in found_words.items() if words} == {}


@pytest.mark.parametrize(
    ("status", "name", "values"),
    [
        ("representation", "representation_cover", {"capacity": "accredited"}),
        ("representation", "client_records_request", {"role": "attorney"}),
        ("citizenship", "privacy_act_request", {"standing": "citizen"}),
        ("citizenship", "identity_certification_es", {"standing": "resident"}),
        ("certification", "identity_certification", {"oath": "yes"}),
        ("certification", "third_party_consent_es", {"oath": "yes"}),
        ("enclosed_consent", "a_file_request", {"consent_enclosed": "yes"}),
        ("enclosed_identity", "a_file_request", {"identity_enclosed": "yes"}),
        ("consent", "ogis_request", {"consent": "yes"}),
        ("hearing", "a_file_request", {"hearing_on": "2026-05-04"}),
        ("litigation", "preservation_notice", {"litigation": "yes"}),
        ("litigation", "presuit_demand", {"will_sue": "yes"}),
        ("agreement", "telephone_record", {"agreed_time": "yes"}),
        ("narrowed", "answer_clarification", {"narrow": "yes"}),
        ("closing", "thanks_and_close", {"close": "yes"}),
        ("willing_to_pay", "answer_fees", {"fee_limit": "25"}),
        ("willing_to_pay", "state_request", {"fee_limit_words": "$25"}),
        ("urgency", "appeal_expedition", {"ground": "safety"}),
    ],
)
def test_what_is_chosen_is_said_in_words_the_data_knows(status, name, values):
    assert any(words in said(composed(name, **values)) for words in assertions()[status])


def test_the_oath_is_in_the_words_of_the_statute():
    here = said(composed("identity_certification"))
    assert "i declare under penalty of perjury that the foregoing is true and correct." in here
    assert "executed on (date): ____" in here
    abroad = said(composed("identity_certification", abroad="yes", executed_on="2026-03-09"))
    assert "under penalty of perjury under the laws of the united states of america that the foregoing" in abroad
    assert "executed on march 9, 2026." in abroad
    one = said(composed("expedition_statement"))
    assert "executed on march 10, 2026. 28 u.s.c. § 1746" in one


def test_who_signs_a_form_is_the_person_it_is_about():
    letter = composed("third_party_consent")
    signed = [block for block in letter.blocks if isinstance(block, Signatures)]
    assert ["".join(run.text for run in signer.name) for signer in signed[0].signers] == ["Marisol Quiñones Tejada"]
    assert not any(isinstance(block, Address) for block in letter.blocks)


def test_spanish_forms_are_spanish_throughout():
    for name in ("identity_certification_es", "third_party_consent_es"):
        letter = composed(name)
        assert letter.language == "es-US"
        text = plain_text(letter)
        assert "10 de marzo de 2026" in text
        assert "17 de abril de 1991" in text
        for word in ("Subject", "Office:", "Re:", "Date:", "March", "the person"):
            assert word not in text, word
        assert next(block for block in letter.blocks if isinstance(block, Reference)).label == "Asunto:"


# State law -----------------------------------------------------------------------------------------------------------


def test_a_state_request_takes_law_limit_and_reviewer_from_the_pack():
    text = plain_text(composed("state_request"))
    assert "Under the New York Freedom of Information Law, Pub. Off. Law 89(3)(a), (4)(a), we request" in text
    assert "an acknowledgment or an answer within 5 business days, Pub. Off. Law 89(3)(a)" in text
    assert "how to seek review by the agency's appeals officer" in text.replace("’", "'")


def test_an_unverified_limit_is_a_warning_and_never_a_claim():
    from dataclasses import replace

    ohio = replace(where("state_request"), request=replace(where("state_request").request, law="us-ca"))
    values = {name: text for name, text in filled(KINDS["state_request"]).items() if name != "name_limit"}
    letter = compose("state_request", ohio, values)
    text = plain_text(letter)
    assert "within the time that the law sets" in text
    assert "10 days" not in text
    assert "unverified" not in text.lower()
    assert sum("unverified" in warning for warning in letter.warnings) == 2
    named = plain_text(compose("state_request", ohio, {**values, "name_limit": "yes"}))
    assert "an answer within 10 days, Cal. Gov. Code 7922.535(a)" in named


@pytest.mark.parametrize("law", sorted(path.stem for path in resource("laws").glob("us-*.toml")))
def test_a_request_can_be_written_under_every_law_of_a_state(law):
    from dataclasses import replace

    if law in ("us-federal", "us-agencies"):
        return
    there = replace(where("state_request"), request=replace(where("state_request").request, law=law), answer=None)
    letter = compose("state_request", there, {})
    assert letter.blanks == ()
    assert "Under the " in plain_text(letter)


# Whatever is typed ---------------------------------------------------------------------------------------------------

NAUGHTY = (
    "# Heading\n\n1. one\n@sign Gone\n@declare | x | y\n| a | b\n"
    '**strong** {{ 7 * 7 }} {% if %} <b>&" \ufdd00\ufdd1 محمد 🙂'
)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_typed_is_read_as_markup(name):
    found = KINDS[name]
    plain = composed(name)
    values = {field.name: NAUGHTY for field in found.fields if field.type in ("line", "text", "items")}
    letter = composed(name, **values)
    text = plain_text(letter)
    if values.keys() - {"tracking", "contact", "enclosures", "copies"}:
        for piece in ("# Heading", "@sign Gone", "@declare | x | y", "**strong** {{ 7 * 7 }} {% if %}", '<b>&"'):
            assert piece in text
    assert len([block for block in letter.blocks if isinstance(block, Signatures)]) == 1
    headings = [run.text for block in letter.blocks if isinstance(block, Heading) for run in block.runs]
    assert not any("Heading" in words for words in headings)
    assert len(plain.blocks) <= len(letter.blocks) + 12


_VALUE = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    st.sampled_from(["", "yes", "no", "2026-02-30", "2026-03-01", "$12", "-5", "\n", "  x", NAUGHTY]),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.data_too_large])
@given(st.data(), st.sampled_from(NAMES))
def test_any_values_make_a_letter_and_its_events(data, name):
    found = KINDS[name]
    given_values = data.draw(
        st.dictionaries(st.sampled_from([field.name for field in found.fields]), _VALUE, max_size=8)
    )
    letter = compose(name, where(name), given_values)
    assert plain_text(letter).endswith("\n")
    assert (BLANK in plain_text(letter)) or not letter.blanks
    for event in events_when_sent(name, {**defaults(name, where(name)), **given_values}):
        event_from_json(as_sent(event, Channel.PORTAL))


@pytest.mark.parametrize("name", NAMES)
def test_the_same_letter_twice_is_the_same_page(name):
    letter = composed(name)
    assert typeset(letter) == typeset(composed(name))
    assert letter == composed(name)


@pytest.mark.parametrize("name", NAMES)
def test_the_page_says_aloud_what_it_is_made_of(name):
    """Title, headings, lists and tables are tagged as such, as many as the letter has."""
    letter = composed(name)
    with pikepdf.open(BytesIO(typeset(letter))) as document:
        roles = [role for _, role, _ in elements(document)]
        assert str(document.Root.Lang) == letter.language
    of = [type(block) for block in letter.blocks]
    items = [block for block in letter.blocks if isinstance(block, Items)]
    assert roles[0] == "Document"
    assert (roles.count("H1"), roles.count("H2"), roles.count("L")) == (1, of.count(Heading), len(items))
    assert roles.count("LI") == sum(len(block.items) for block in items)
    assert roles.count("TR") == sum(len(block.rows) for block in letter.blocks if isinstance(block, Facts))


def test_every_event_that_a_letter_can_file_is_one_a_person_can_see():
    filed = {filing.kind for found in kinds() for filing in found.filings}
    assert EventKind.APPEAL_SENT in filed
    assert EventKind.OGIS_OPENED in filed
    assert EventKind.DEMAND_SENT in filed


@pytest.mark.parametrize("case", [ALONE, TOGETHER], ids=["alone", "together"])
@pytest.mark.parametrize("name", NAMES)
def test_every_kind_is_written_for_one_and_for_many(name, case):
    assert compose(name, case, {}).blocks
