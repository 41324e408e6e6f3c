"""Any text is a query; operators mean what they say; what an operator lacks makes it a word."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from foiadesk.desk.search_match import beginning, findable, inside, match, sets
from foiadesk.desk.search_query import Both, Either, Filter, Without, Word, parse, period

A, B, C = Word("a"), Word("b"), Word("c")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", None),
        ("a", A),
        ("a b", Both((A, B))),
        ("a AND b", Both((A, B))),
        ("a OR b c", Either((A, Both((B, C))))),
        ("(a OR b) c", Both((Either((A, B)), C))),
        ("a -b", Both((A, Without(B)))),
        ("a NOT b", Both((A, Without(B)))),
        ("a -(b c)", Both((A, Without(Both((B, C)))))),
        ("NOT NOT a", A),
        ('"a b"', Word("a b", phrase=True)),
        ('"a b"*', Word("a b", begins=True, phrase=True)),
        ("surveil*", Word("surveil", begins=True)),
        ("OR", Word("OR")),
        ("a OR", Both((A, Word("OR")))),
        ("AND a", Both((Word("AND"), A))),
        ("a OR OR b", Either((Both((A, Word("OR"))), B))),
        ("or", Word("or")),
        ("a) b", Both((A, B))),
        ("((a", A),
        ("()", None),
        ('"a', Both((Word('"'), A))),
        ("a-b", Word("a-b")),
        ("10:30", Word("10:30")),
    ],
)
def test_words(text, words) -> None:
    assert parse(text).words == words


def test_what_is_still_typed_may_be_unfinished() -> None:
    assert parse("face rec", typing=True).words == Both((Word("face"), Word("rec", begins=True)))
    assert parse("face rec ", typing=True).words == Both((Word("face"), Word("rec")))
    assert parse("face kind:letter", typing=True).filters == (Filter("kind", "letter"),)


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("agency:ICE", [Filter("agency", "ICE")]),
        ("office:ICE", [Filter("agency", "ICE")]),
        ('campaign:"Face recognition"', [Filter("campaign", "Face recognition")]),
        ("from:2026-01-01 to:2026-02", [Filter("from", "2026-01-01"), Filter("to", "2026-02")]),
        ("has:attachment has:ocr", [Filter("has", "attachment"), Filter("has", "ocr")]),
        ("stage:Overdue", [Filter("stage", "overdue")]),
        ('stage:"in litigation"', [Filter("stage", "in_litigation")]),
        ("kind:determination", [Filter("kind", "determination")]),
        ("kind:documents", [Filter("kind", "file")]),
        ("-kind:letter", [Filter("kind", "letter", without=True)]),
        ("NOT kind:letter", [Filter("kind", "letter", without=True)]),
        ("in:2026-ICFO-00123", [Filter("in", "2026-ICFO-00123")]),
    ],
)
def test_filters(text, filters) -> None:
    found = parse(text)
    assert list(found.filters) == filters
    assert found.words is None
    assert found.notes == ()


@pytest.mark.parametrize("text", ["foo:bar", "stage:nowhere", "from:yesterday", "kind:nothing", "has:fun", "type:x"])
def test_a_filter_nobody_knows_is_looked_for_as_it_stands(text) -> None:
    found = parse(text)
    assert found.words == Word(text)
    assert found.filters == ()
    assert len(found.notes) == 1


def test_an_address_is_no_filter_and_needs_no_note() -> None:
    assert parse("https://www.ice.gov/foia").notes == ()


def test_periods() -> None:
    assert period("2026") == (date(2026, 1, 1), date(2026, 12, 31))
    assert period("2024-2") == (date(2024, 2, 1), date(2024, 2, 29))
    assert period("2026-12") == (date(2026, 12, 1), date(2026, 12, 31))
    assert period("2026-02-03") == (date(2026, 2, 3), date(2026, 2, 3))
    assert period("2026-02-30") is None
    assert period("0000") is None
    assert period("9999-12") == (date(9999, 12, 1), date(9999, 12, 31))


@pytest.fixture(scope="module")
def index():
    """A real index of a few texts, unencrypted."""
    db = dbapi2.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE words USING fts5 (t, tokenize='unicode61 remove_diacritics 2', prefix='3 4')")
    db.execute("CREATE VIRTUAL TABLE parts USING fts5 (t, tokenize='trigram remove_diacritics 1')")
    db.execute("CREATE TABLE documents (id INTEGER PRIMARY KEY)")
    for text in ("a b", "b c", "surveillance cameras", "number 2026-ICFO-00123", "José said 2026ICFO00123"):
        db.execute("INSERT INTO words (t) VALUES (?)", (text,))
        db.execute("INSERT INTO parts (t) VALUES (?)", (text,))
        db.execute("INSERT INTO documents DEFAULT VALUES")
    return db


def _ids(db, text: str) -> set[int]:
    words, _ = findable(parse(text).words)
    if words is None:
        return set()
    sql, values = sets(words, "d.id", parts=False)
    found = {key for (key,) in db.execute(f"SELECT d.id FROM documents d WHERE {sql}", values)}
    expression = match(words)
    if expression is not None:  # one expression and joined sets say the same
        assert {key for (key,) in db.execute("SELECT rowid FROM words WHERE words MATCH ?", (expression,))} == found
    return found


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("a", {1}),
        ("b", {1, 2}),
        ("b -a", {2}),
        ("-b", {3, 4, 5}),
        ("a OR -b", {1, 3, 4, 5}),
        ("surveil*", {3}),
        ("surveil", set()),
        ("jose", {5}),
        ("JOSÉ", {5}),
        ("2026-ICFO-00123", {4, 5}),
        ('"c b"', set()),
        ('"b c"', {2}),
    ],
)
def test_what_is_found(index, text, ids) -> None:
    index.execute("INSERT OR REPLACE INTO words (rowid, t) VALUES (5, 'José said 2026ICFO00123 2026 ICFO 00123')")
    assert _ids(index, text) == ids


_TEXT = st.text(
    st.one_of(st.characters(), st.sampled_from("\"*()-:^+{}\\'\x00\x01\ud800 "), st.sampled_from("abAND ORNOT")),
    max_size=60,
)
_PIECES = st.lists(
    st.sampled_from(
        ["a", '"', "(", ")", "OR", "AND", "NOT", "-", "*", ":", "kind:letter", "from:", "NEAR(", "^a", " "]
    ),
    max_size=25,
).map(" ".join)


@given(st.one_of(_TEXT, _PIECES), st.booleans())
def test_no_text_is_an_error(text, typing) -> None:
    db = _memory()
    found = parse(text, typing=typing)
    words, lost = findable(found.words)
    assert all(isinstance(each, str) for each in (*lost, *found.notes))
    if words is None:
        return
    for tree in (words, beginning(words)):
        expression = match(tree)
        if expression is not None:
            db.execute("SELECT rowid FROM words WHERE words MATCH ?", (expression,)).fetchall()
        sql, values = sets(tree, "d.id", parts=True)
        db.execute(f"SELECT d.id FROM documents d WHERE {sql}", values).fetchall()
    anywhere = inside(words)
    if anywhere is not None:
        db.execute("SELECT rowid FROM parts WHERE parts MATCH ?", (anywhere,)).fetchall()


_KEPT: list[object] = []


def _memory():
    if not _KEPT:
        db = dbapi2.connect(":memory:")
        db.execute("CREATE VIRTUAL TABLE words USING fts5 (t, tokenize='unicode61 remove_diacritics 2', prefix='3 4')")
        db.execute("CREATE VIRTUAL TABLE parts USING fts5 (t, tokenize='trigram remove_diacritics 1')")
        db.execute("CREATE TABLE documents (id INTEGER PRIMARY KEY)")
        _KEPT.append(db)
    return _KEPT[0]


def test_deep_and_long_queries_end() -> None:
    for text in ("(" * 3_000 + "a", "NOT " * 900 + "a", "-(" * 1_500, "a " * 2_000, '"' * 4_001, "a OR " * 700 + "b"):
        words, _ = findable(parse(text).words)
        if words is not None and (expression := match(words)) is not None:
            _memory().execute("SELECT rowid FROM words WHERE words MATCH ?", (expression,)).fetchall()
    assert len(parse("a " * 500).notes) == 1
    json.dumps(parse("a" * 10_000).notes)
