"""Passphrases: what is refused, what is the same, and that our derivation is SQLCipher's."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foiadesk.records.errors import BadInput, WrongPassphrase
from foiadesk.store.connection import connect
from foiadesk.store.keys import derive, normalized, quoted


@pytest.mark.parametrize("text", ["", "   ", "x'00'", "x'" + "0" * 64 + "'", "two\nlines", "nul\0", "\ud800"])
def test_unusable_passphrases_are_refused_in_a_sentence(text):
    with pytest.raises(BadInput) as refused:
        normalized(text)
    assert refused.value.what.endswith((".", "key."))
    assert text.strip() not in refused.value.what or not text.strip()


@pytest.mark.parametrize("text", ["x'ab", "x''y", " x'00'", "fox'es", " a ", "🦊 fox"])
def test_ordinary_passphrases_are_taken_as_they_are(text):
    assert normalized(text) == text


def test_a_refusal_does_not_repeat_the_passphrase():
    with pytest.raises(BadInput) as refused:
        normalized("x'feedface'")
    assert "feedface" not in str(refused.value)


def test_both_ways_to_type_an_accent_are_one_passphrase():
    composed = "Zo\u00eb"
    decomposed = unicodedata.normalize("NFD", composed)
    assert composed != decomposed
    assert normalized(composed) == normalized(decomposed)


@given(st.text())
def test_quoting_yields_one_literal_with_the_same_text(text):
    literal = quoted(text)
    assert literal[0] == literal[-1] == "'"
    inside = literal[1:-1]
    assert inside.replace("''", "") == inside.replace("''", "").replace("'", "")
    assert inside.replace("''", "'") == text


def test_the_derived_key_is_the_one_sqlcipher_derives(tmp_path, passphrase):
    path = tmp_path / "public.db"
    made = connect(path, passphrase, "create")
    made["t"].insert({"a": 1})
    made.close()
    salt = path.read_bytes()[:16]
    opened = connect(path, derive(passphrase, salt), "read")
    assert list(opened["t"].rows) == [{"a": 1}]
    opened.close()
    with pytest.raises(WrongPassphrase):
        connect(path, derive(passphrase + "!", salt), "read")


def test_a_key_never_shows_itself():
    key = derive("some words", b"0" * 16)
    assert "some" not in repr(key)
    assert key.literal.strip("\"x'")[:8] not in repr(key)
