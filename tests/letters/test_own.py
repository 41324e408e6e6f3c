"""Templates of a desk's own: what they may say, what stops them, what an error names, and files that carry them."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foiadesk.letters import compose, kind, plain_text, typeset
from foiadesk.letters.bounded import MOST, PRINTED, ROUNDS, STEPS, render_own
from foiadesk.letters.catalogue import shipped_names
from foiadesk.letters.example import example, filled
from foiadesk.letters.own import (
    OwnTemplate,
    catalogue,
    check,
    kind_of,
    print_of,
    read_in,
    shipped_name,
    shipped_source,
    write_out,
)
from foiadesk.letters.own_form import read_form, renamed
from foiadesk.letters.template import BLANK
from foiadesk.letters.trouble import TemplateTrouble
from foiadesk.records import Stage
from foiadesk.records.errors import BadInput, KnownError

TODAY = date(2026, 3, 2)
FEW = {"names": ["Ana", "Bo"], "office": "ICE", "n": 3}


def own(name: str, *, form: str | None = None, text: str | None = None) -> OwnTemplate:
    shipped = shipped_source(name)
    return OwnTemplate(
        name, name, shipped[0] if form is None else form, shipped[1] if text is None else text, "2026-02-03",
        print_of(name),
    )  # fmt: skip


def rendered(text: str, **data: object) -> str:
    said, slots = render_own("mine", text, {**FEW, **data})
    for number, run in enumerate(slots.runs):
        said = said.replace(f"\ufdd0{number}\ufdd1", run.text)
    return said


@pytest.mark.parametrize("name", shipped_names())
def test_every_shipped_letter_can_be_taken_over_as_it_is_and_says_the_same(name: str) -> None:
    made = check(own(name), TODAY)
    where = example(made, TODAY)
    for values in ({}, filled(made)):
        assert compose(made, where, values) == compose(name, where, values)


ESCAPES = (
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ office.__class__ }}",
    "{{ office['__class__'] }}",
    "{{ office|attr('__class__') }}",
    "{{ names|map(attribute='__class__')|list }}",
    "{{ names|selectattr('__class__')|list }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ joiner() }}",
    "{{ namespace(a=1) }}",
    "{{ ''.format() }}",
    "{{ '{0.__class__}'.format(office) }}",
    "{{ office.format }}",
    "{{ '%c' % 65 }}",
    "{{ _slots }}",
    "{{ _rounds }}",
    "{{ loop }}",
    "{{ names.append('x') }}",
    "{% set names = [] %}",
    "{% import '_oath.j2' as oath %}",
    "{% from '_oath.j2' import x %}",
    "{% extends '_oath.j2' %}",
    "{% include '/etc/passwd' %}",
    "{% include '../../pyproject.toml' %}",
    "{% include 'policy_request.j2' %}",
    "{% include office %}",
    "{% include ['_oath.j2'] %}",
    "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    "{% call office() %}{% endcall %}",
    "{% block a %}{% endblock %}",
    "{% filter upper %}a{% endfilter %}",
    "{% with a = 1 %}{% endwith %}",
    "{% for a in names recursive %}{{ loop(names) }}{% endfor %}",
    "{% for a in names %}{{ loop.cycle }}{% endfor %}",
    "{% debug %}",
    "{% do names.append(1) %}",
    "{{ names }}",
    "{{ none }}",
)


@pytest.mark.parametrize("escape", ESCAPES)
def test_a_template_reaches_nothing_but_its_fields(escape: str) -> None:
    with pytest.raises(TemplateTrouble, match=r"mine, text, line 1 "):
        rendered(escape)


DEEP = "{% for a in many %}" * 4 + "x" + "{% endfor %}" * 4
TWICE = "{{% for a in many %}}{{% for b in many %}}{}{{% endfor %}}{{% endfor %}}"
GREEDY = (
    ("{% for a in range(1000000000) %}{% endfor %}", "a call"),
    (DEEP, f"{ROUNDS:,} rounds"),
    ("{% for a in many %}{% for b in many %}{{ long }}{% endfor %}{% endfor %}", f"{PRINTED:,} characters"),
    ("{% for a in many %}" + "word " * 2000 + "{% endfor %}", f"{PRINTED:,} characters"),
    ("{% for a in many %}{{ long|upper }}{% endfor %}" * 3, f"{PRINTED:,} characters"),
    ("{{ 'a' * 10 ** 9 }}", "“mul”"),
    ("{{ 9 ** 9 ** 9 }}", "“pow”"),
    ("{{ office ~ office }}", "“~”"),
    ("{{ '%999999999d' % 1 }}", "“mod”"),
    ("{{ office.ljust(999999999) }}", "a call"),
    ("{{ office|center(999999999) }}", "no filter"),
    ("{{ office|replace('', office) }}", "no filter"),
    ("{{ [many, many] }}", "a list"),
    ("{{ " + "(" * 5000 + "office" + ")" * 5000 + " }}", "too far"),
    ("{{ " + "not " * 5000 + "office }}", "too far"),
    ("{{ 1" + "0" * 6000 + " }}", "too far"),
    ("{% if office %}" * 50 + "{% endif %}" * 50, "nests more than"),
    ("{{ office" + "|upper" * 60 + " }}", "nests more than"),
    ("# a\n" * 7000, "6,000 lines"),
    ("word " * 30_000, "100,000 characters"),
    ("{% if office %}{% endif %}" * 1600, f"more than {MOST:,} times"),
    (TWICE.format("{% if office|upper %}{% endif %}" * 400), f"{STEPS:,} steps"),
    (TWICE.format("{% for c in many if office|upper == office|lower and not office %}{% endfor %}"), "10,000 rounds"),
    (TWICE.format("{% if long|upper|lower == long|lower %}{% endif %}" * 3), f"{STEPS:,} steps"),
    (TWICE.format("{% if many == many|list or office in many %}{% endif %}" * 4), f"{STEPS:,} steps"),
    (TWICE.format("{% if many|selectattr('upper')|list %}{% endif %}"), f"{STEPS:,} steps"),
    (TWICE.format('{% include "_joint.j2" %}' * 50), f"{STEPS:,} steps"),
)


@pytest.mark.parametrize(("text", "why"), GREEDY)
def test_a_template_cannot_run_long_or_grow_large(text: str, why: str) -> None:
    with pytest.raises(TemplateTrouble, match=why.replace("*", r"\*")):
        rendered(text, many=["1"] * 300, long="z" * 4000, joint=False, background="")


@given(
    st.text(st.sampled_from("{}%#-| \n'\"()[]._abnifx0~*+,=:") | st.sampled_from("{% for a in names %} {{ office }}"))
)
def test_any_text_is_a_letter_or_a_sentence(text: str) -> None:
    try:
        rendered(text)
    except TemplateTrouble as error:
        assert "mine, text" in error.what


@pytest.mark.parametrize(
    ("text", "line", "field"),
    [
        ("Dear all:\n\n{{ trakcing }}\n\n@sign Sincerely,", 3, "trakcing"),
        ("Dear all:\n\n{% if hidden %}{{ never }}{% endif %}", 3, "hidden"),
        ("Dear all:\n{% if trakcing\n", 2, ""),
        ("Dear all:\n\n\n{% include '_ground.j2' %}", 4, "ground"),
        ("Dear all:\n\n{{ clock.nothing }}", 3, ""),
        ("Dear all:\n\n{% for one in course %}\n| {{ one.when }} | {{ one.what }}\n{% endfor %}", 4, ""),
    ],
)
def test_an_error_in_the_text_names_line_and_field(text: str, line: int, field: str) -> None:
    with pytest.raises(TemplateTrouble) as caught:
        check(own("overdue_notice", text=text), TODAY)
    assert (caught.value.part, caught.value.line) == ("text", line)
    assert not field or field in (caught.value.field, *caught.value.what.split("“"), *caught.value.what.split("”"))
    assert f"line {line}" in caught.value.what


def test_a_misspelt_field_is_told_its_likely_name() -> None:
    with pytest.raises(TemplateTrouble, match="did you mean “tracking”"):
        check(own("overdue_notice", text="Dear all: {{ trackin }}"), TODAY)


WRONG_FORMS = (
    ('type = "line"\nsource = "tracking"', 'type = "lines"\nsource = "tracking"', "type", "tracking"),
    ('source = "tracking"', 'source = "os.environ"', "source", "tracking"),
    ('source = "tracking"', 'source = "last:overdue.date"', "source", "tracking"),
    ('source = "tracking"', 'secret = "tracking"', "secret", "tracking"),
    ('name = "history"', 'name = "answer_by"', "twice", "answer_by"),
    ('name = "history"', 'name = "date"', "twice", "date"),
    ('name = "history"', 'name = "__class__"', "small letters", "__class__"),
    ('label = "What has happened since"', 'label = " "', "label", "history"),
    ('kind = "completion_date_asked"', 'kind = "exploded"', "no kind of event", "exploded"),
    ('kind = "completion_date_asked"', 'kind = "appeal_sent"\nwhen = "gone"', "does not exist", "gone"),
    ('kind = "completion_date_asked"', 'kind = "appeal_sent"\nset = { colour = "red" }', "does not have", "colour"),
    ('stages = ["overdue"]', 'stages = ["late"]', "none of", "late"),
    ('group = "waiting"', 'group = "wating"', "none of", "group"),
    ('group = "waiting"', 'group = "waiting"\nto = "named"', "to_office", "to"),
    ('subject = "', 'run = "rm -rf"\nsubject = "', "no “run”", "run"),
    ('title = "Overdue notice"', "title = 3", "no text", "title"),
    ('title = "Overdue notice"\n', "", "missing", "title"),
    ('name = "overdue_notice"', 'name = "other"', "must be", "name"),
    ('stages = ["overdue"]', "stages = [", "", ""),
    ('enclosures = ["Copy of the request", "Proof of delivery"]', 'enclosures = "all"', "list", "enclosures"),
)


@pytest.mark.parametrize(("old", "new", "why", "field"), WRONG_FORMS)
def test_an_error_in_the_form_names_line_and_field(old: str, new: str, why: str, field: str) -> None:
    form = shipped_source("overdue_notice")[0]
    assert old in form
    changed = form.replace(old, new, 1)
    with pytest.raises(TemplateTrouble) as caught:
        check(own("overdue_notice", form=changed), TODAY)
    assert caught.value.part == "form" and why in caught.value.what
    assert caught.value.field == field
    if why != "missing":
        lines = changed.split("\n")
        assert 1 <= caught.value.line <= len(lines) and f"line {caught.value.line}" in caught.value.what
        assert field in lines[caught.value.line - 1]


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda data: data.decode("latin-1")))
def test_any_form_is_read_or_refused_in_a_sentence(form: str) -> None:
    with pytest.raises(TemplateTrouble):
        read_form("mine", form, "fee_waiver")


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_other_file_is_no_template(data: bytes) -> None:
    with pytest.raises(BadInput, match="no letter template"):
        read_in(data)


def test_a_file_made_to_exhaust_its_reader_is_no_template() -> None:
    for data in (
        b"a = " + b"[" * 100_000,
        b"a." * 500_000 + b"b = 1",
        b"#" * (2 << 20),
        b"\n".join(b"a%d" % number + b".a" * 500 + b" = 1" for number in range(900)),
    ):
        with pytest.raises(BadInput):
            read_in(data)


@given(st.text(), st.text())
def test_a_template_comes_back_from_its_file_exactly(form: str, text: str) -> None:
    before = OwnTemplate("mine", "fee_waiver", form.replace("\r", ""), text.replace("\r", ""))
    assert read_in(write_out(before)) == before


@pytest.mark.parametrize("text", ["# a\n" * 1500, "1. a\n" * 1500, "| a | b\n" * 1500, "*a" * 20_000, "x" * 20_000])
def test_the_most_that_a_template_may_say_is_typeset(text: str) -> None:
    made = kind_of(own("overdue_notice", text=text))
    assert typeset(compose(made, example(made, TODAY), {}), tagged=False).startswith(b"%PDF")


def test_a_missing_fact_stays_a_listed_blank_whatever_is_done_with_its_words() -> None:
    text = "Dear all: {{ tracking|upper|trim }}\n\n@sign Sincerely,"
    where = replace(example(kind("overdue_notice"), TODAY), events=())
    made = compose(kind_of(own("overdue_notice", text=text)), where, {})
    assert BLANK in plain_text(made) and "tracking" in {blank.name for blank in made.blanks}


def test_a_value_is_never_read_as_template_or_markup() -> None:
    made = kind_of(own("overdue_notice", text="Dear all:\n\n{{ history }}\n\n@sign Sincerely,"))
    nasty = '{{ 7 * 7 }} {% raw %} # no heading\n<b>&" | 1. no item'
    said = plain_text(compose(made, example(made, TODAY), {"history": nasty}))
    for line in nasty.split("\n"):
        assert line.replace('"', "") in said.replace("“", "").replace("”", "").replace('"', "")


def test_the_desks_own_stand_over_the_shipped_and_beside_them() -> None:
    mine = own("overdue_notice", text="Dear all: mine.\n\n@sign Sincerely,")
    form = renamed(mine.form, "stern_notice", 'A "stern" notice')
    added = OwnTemplate("stern_notice", "overdue_notice", form, mine.text, "2026-02-04")
    found, wrong = catalogue((mine, added))
    by_name = {one.name: one for one in found}
    assert not wrong and len(found) == len(catalogue(())[0]) + 1
    assert by_name["overdue_notice"].changed_on == "2026-02-03" and not by_name["overdue_notice"].added
    assert by_name["stern_notice"].added and by_name["stern_notice"].title == 'A "stern" notice'
    assert by_name["stern_notice"].fits(Stage.OVERDUE, "us-foia")
    assert not by_name["fee_waiver"].changed_on


def test_a_form_this_program_cannot_use_leaves_the_shipped_letter() -> None:
    found, wrong = catalogue((own("overdue_notice", form="nothing = 1"),))
    assert "overdue_notice" in wrong
    assert next(one for one in found if one.name == "overdue_notice") == kind("overdue_notice")


def test_a_shipped_letter_that_moved_is_told() -> None:
    assert not kind_of(own("overdue_notice")).moved
    assert kind_of(replace(own("overdue_notice"), shipped="another")).moved


def test_changing_the_appeal_by_exemption_changes_each_of_them() -> None:
    text = "Dear all: mine.\n\n@sign Sincerely,"
    found, _wrong = catalogue((own("appeal_exemptions", text=text),))
    assert all(one.text == text for one in found if one.name.startswith("appeal_exemption"))
    with pytest.raises(KnownError, match="appeal_exemptions"):
        shipped_name("appeal_exemption_5")
